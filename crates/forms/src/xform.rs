//! Writes the XForm that ODK Collect and Enketo read.
//!
//! Source: <https://getodk.github.io/xforms-spec/>. Our own columns have no place there and stay out.

use crate::form::Form;
use crate::program::Program;
use crate::xml::Element;

mod binds;
mod body;
mod instance;
mod itext;
mod paths;

/// The XForm of a form that passed [`crate::check`].
pub fn write_xform(form: &Form) -> String {
    let program = Program::new(form);
    let mut model = Element::new("model").attr("odk:xforms-version", "1.0.0");
    model.push(itext::itext(&program));
    model.push(instance::primary(&program));
    for list in instance::used_lists(&program) {
        model.push(instance::secondary(&program, list));
    }
    for bind in binds::binds(&program) {
        model.push(bind);
    }
    let head = Element::new("h:head").child(Element::new("h:title").text(&form.title)).child(model);
    let mut html = Element::new("h:html");
    for (prefix, uri) in NAMESPACES {
        html = html.attr(prefix, uri);
    }
    let html = html.child(head).child(body::body(&program));
    let mut out = String::from("<?xml version=\"1.0\"?>");
    html.write(&mut out);
    out
}

const NAMESPACES: [(&str, &str); 7] = [
    ("xmlns", "http://www.w3.org/2002/xforms"),
    ("xmlns:h", "http://www.w3.org/1999/xhtml"),
    ("xmlns:ev", "http://www.w3.org/2001/xml-events"),
    ("xmlns:xsd", "http://www.w3.org/2001/XMLSchema"),
    ("xmlns:jr", "http://openrosa.org/javarosa"),
    ("xmlns:orx", "http://openrosa.org/xforms"),
    ("xmlns:odk", "http://www.opendatakit.org/xforms"),
];
