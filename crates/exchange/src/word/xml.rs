//! A part of the document as a tree: read within bounds, written with escapes, by us and by nobody else.
//!
//! No document type and no entity but the five of XML. The two name spaces that our checks look at have one prefix each: under
//! another one a field or a relation would go by unseen.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::Why;

/// How deep elements may stand in each other. Word's own stay below forty.
const DEEP: usize = 120;
/// How many elements a part may have.
pub(crate) const MOST: usize = 200_000;

/// Words, in the prefix `w`. Those of the strict variant, which nobody's Word writes by itself, are not among them.
pub(crate) const WORDS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Relations, in the prefix `r`.
pub(crate) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An element.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Element {
    /// As written, with its prefix.
    pub name: String,
    /// In their order.
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Child>,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Child {
    Element(Element),
    Text(String),
}

impl Element {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    pub(crate) fn attr(mut self, name: &str, value: &str) -> Self {
        self.attributes.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn child(mut self, child: Self) -> Self {
        self.children.push(Child::Element(child));
        self
    }

    /// The same with this child, if there is one.
    pub(crate) fn maybe(self, child: Option<Self>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    pub(crate) fn text(mut self, text: &str) -> Self {
        self.children.push(Child::Text(text.to_owned()));
        self
    }

    pub(crate) fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == attribute).map(|(_, value)| value.as_str())
    }

    pub(crate) fn elements(&self) -> impl DoubleEndedIterator<Item = &Self> {
        self.children.iter().filter_map(Child::element)
    }

    /// The name without its prefix.
    pub(crate) fn local(&self) -> &str {
        local(&self.name)
    }

    /// Itself and all below, in the order of the document.
    pub(crate) fn each<'a>(&'a self, f: &mut impl FnMut(&'a Self)) {
        f(self);
        for child in self.elements() {
            child.each(f);
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.elements().any(|e| e.name == name || e.has(name))
    }
}

impl Child {
    pub(crate) const fn element(&self) -> Option<&Element> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text(_) => None,
        }
    }

    pub(crate) const fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.as_str()),
            Self::Element(_) => None,
        }
    }
}

pub(crate) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Reads a part.
pub(crate) fn read(bytes: &[u8]) -> Result<Element, Why> {
    let text = std::str::from_utf8(bytes).map_err(|_| Why::Broken)?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let (mut open, mut root, mut count): (Vec<Element>, Option<Element>, usize) = (Vec::new(), None, 0);
    loop {
        let event = reader.read_event().map_err(|_| Why::Broken)?;
        let (element, empty) = match event {
            Event::Start(start) => (element(&start)?, false),
            Event::Empty(start) => (element(&start)?, true),
            Event::End(_) => {
                let done = open.pop().ok_or(Why::Broken)?;
                put(&mut open, &mut root, done)?;
                continue;
            }
            Event::Text(text) => {
                say(&mut open, &text.xml10_content())?;
                continue;
            }
            Event::CData(text) => {
                say(&mut open, &text.xml10_content())?;
                continue;
            }
            Event::GeneralRef(reference) => {
                match reference.resolve_char_ref().map_err(|_| Why::Broken)? {
                    Some(c) => say(&mut open, c.encode_utf8(&mut [0; 4]))?,
                    None => {
                        say(&mut open, resolve_xml_entity(&reference.xml10_content()).ok_or(Why::Entities)?)?
                    }
                }
                continue;
            }
            Event::DocType(_) => return Err(Why::Entities),
            Event::Eof => return root.filter(|_| open.is_empty()).ok_or(Why::Broken),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
        };
        count += 1;
        if count > MOST || open.len() > DEEP {
            return Err(Why::Bomb);
        }
        if empty {
            put(&mut open, &mut root, element)?;
        } else {
            open.push(element);
        }
    }
}

fn put(open: &mut [Element], root: &mut Option<Element>, done: Element) -> Result<(), Why> {
    match open.last_mut() {
        Some(parent) => parent.children.push(Child::Element(done)),
        None if root.is_none() => *root = Some(done),
        None => return Err(Why::Broken),
    }
    Ok(())
}

/// Texts that stand beside each other become one.
fn say(open: &mut [Element], text: &str) -> Result<(), Why> {
    let Some(parent) = open.last_mut() else {
        return if text.trim().is_empty() { Ok(()) } else { Err(Why::Broken) };
    };
    match parent.children.last_mut() {
        Some(Child::Text(before)) => before.push_str(text),
        _ => parent.children.push(Child::Text(text.to_owned())),
    }
    Ok(())
}

fn element(start: &BytesStart<'_>) -> Result<Element, Why> {
    let mut element = Element::new(name(start.name().as_ref())?);
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| Why::Broken)?;
        let key = name(attribute.key.as_ref())?;
        let value =
            attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|_| Why::Entities)?;
        let ours = [("xmlns:w", WORDS), ("xmlns:r", RELATIONS)];
        if key.starts_with("xmlns")
            && ours.iter().any(|(prefix, space)| (key == *prefix) != (value == *space))
        {
            return Err(Why::Broken);
        }
        element.attributes.push((key.to_owned(), value.into_owned()));
    }
    Ok(element)
}

/// A name that is one without a table of letters. Every name of the standard is.
fn name(name: &str) -> Result<&str, Why> {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if begins && name.chars().all(fine) && name.matches(':').count() < 2 && !name.ends_with(':') {
        Ok(name)
    } else {
        Err(Why::Broken)
    }
}

/// The part as bytes.
pub(crate) fn write(root: &Element) -> Vec<u8> {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    write_into(root, &mut out);
    out.into_bytes()
}

fn write_into(element: &Element, out: &mut String) {
    out.push('<');
    out.push_str(&element.name);
    for (name, value) in &element.attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape(value, true, out);
        out.push('"');
    }
    if element.children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    for child in &element.children {
        match child {
            Child::Element(element) => write_into(element, out),
            Child::Text(text) => escape(text, false, out),
        }
    }
    out.push_str("</");
    out.push_str(&element.name);
    out.push('>');
}

/// Characters that XML 1.0 cannot hold in any way are left out.
fn escape(text: &str, quoted: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if quoted => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\n' if quoted => out.push_str("&#10;"),
            '\t' if quoted => out.push_str("&#9;"),
            '\t' | '\n' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
}
