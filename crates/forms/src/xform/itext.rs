//! Texts by language. A text that a language lacks is written `-`, as clients expect every key.

use super::instance::used_lists;
use super::paths::{absolute, reference};
use crate::form::{Item, Text};
use crate::program::Program;
use crate::template::{Part, parts};
use crate::xml::Element;

/// The texts of an item that have a key, with the end of that key.
pub(super) fn texts(item: &Item) -> [(&'static str, &Text); 4] {
    [
        ("label", &item.label),
        ("hint", &item.hint),
        ("jr:constraintMsg", &item.constraint_message),
        ("jr:requiredMsg", &item.required_message),
    ]
}

pub(super) fn itext(program: &Program<'_>) -> Element {
    let form = program.form();
    let mut itext = Element::new("itext");
    for language in &form.languages {
        let mut translation = Element::new("translation").attr("lang", language);
        if *language == form.default_language {
            translation = translation.attr("default", "true()");
        }
        for list in used_lists(program) {
            let choices = form.lists.get(list).map(|l| l.choices.as_slice()).unwrap_or_default();
            for (index, choice) in choices.iter().enumerate() {
                let value = choice.label.get(language).map_or("-", String::as_str);
                let value = Element::new("value").text(value);
                translation.push(Element::new("text").attr("id", format!("{list}-{index}")).child(value));
            }
        }
        for def in 1..program.defs.len() {
            let Some(item) = program.item(def) else { continue };
            for (key, text) in texts(item) {
                if !text.is_empty() {
                    let id = format!("{}:{key}", absolute(program, def));
                    let value = value(program, def, text.get(language).map_or("-", String::as_str));
                    translation.push(Element::new("text").attr("id", id).child(value));
                }
            }
        }
        itext.push(translation);
    }
    itext
}

/// A text with `<output/>` for each `${name}`. A space on each side keeps clients from gluing words.
fn value(program: &Program<'_>, def: usize, text: &str) -> Element {
    let parts = parts(text);
    let outputs = parts.iter().any(|part| matches!(part, Part::Name(_)));
    let mut value = Element::new("value");
    if !outputs {
        return value.text(text);
    }
    value = value.text(" ");
    for part in parts {
        match part {
            Part::Plain(plain) => value = value.text(plain),
            Part::Name(name) => {
                if let Some(to) = program.by_name(name) {
                    let path = format!(" {} ", reference(program, def, to, false));
                    value.push(Element::new("output").attr("value", path));
                }
            }
        }
    }
    value.text(" ")
}
