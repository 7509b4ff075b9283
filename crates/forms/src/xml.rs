//! A small tree of XML elements, read within bounds and written with escapes.
//!
//! No document type, no entities but the five of XML: nothing to expand and nothing to fetch.

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use crate::limits;

/// An element. Texts between children are joined.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Element {
    /// Name as written, with its prefix.
    pub name: String,
    /// Attributes in order.
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Child>,
}

/// Content of an element.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Child {
    Element(Element),
    Text(String),
}

impl Element {
    pub(crate) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    #[must_use]
    pub(crate) fn attr(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push((name.into(), value.into()));
        self
    }

    #[must_use]
    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        self.children.push(Child::Text(text.into()));
        self
    }

    #[must_use]
    pub(crate) fn child(mut self, child: Self) -> Self {
        self.push(child);
        self
    }

    pub(crate) fn push(&mut self, child: Self) {
        self.children.push(Child::Element(child));
    }

    pub(crate) fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == attribute).map(|(_, value)| value.as_str())
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// Its own text.
    pub(crate) fn own_text(&self) -> String {
        self.children
            .iter()
            .filter_map(|child| match child {
                Child::Text(text) => Some(text.as_str()),
                Child::Element(_) => None,
            })
            .collect()
    }

    /// The name without its prefix.
    pub(crate) fn local(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or(&self.name)
    }

    /// Writes it. Depth is that of a form, which is bounded.
    pub(crate) fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push_str(&format!(" {name}=\"{}\"", escape(value.as_str())));
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for child in &self.children {
            match child {
                Child::Element(element) => element.write(out),
                Child::Text(text) => out.push_str(&escape(text.as_str())),
            }
        }
        out.push_str(&format!("</{}>", self.name));
    }
}

/// Reads a document. `Err` is a short English reason.
pub(crate) fn read(text: &str) -> Result<Element, &'static str> {
    const BROKEN: &str = "it is not well-formed XML";
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut count = 0;
    loop {
        let (element, empty) = match reader.read_event().map_err(|_| BROKEN)? {
            Event::Start(start) => (element(&start)?, false),
            Event::Empty(start) => (element(&start)?, true),
            Event::End(_) => {
                let done = open.pop().ok_or(BROKEN)?;
                match open.last_mut() {
                    Some(parent) => parent.push(done),
                    None => return Ok(done),
                }
                continue;
            }
            Event::Text(text) => {
                append(&mut open, &text.xml10_content());
                continue;
            }
            Event::CData(text) => {
                append(&mut open, &text.xml10_content());
                continue;
            }
            Event::GeneralRef(reference) => {
                let c = match reference.resolve_char_ref().map_err(|_| BROKEN)? {
                    Some(c) => c.to_string(),
                    None => quick_xml::escape::resolve_xml_entity(&reference.xml10_content())
                        .ok_or("it uses an entity that XML does not have")?
                        .to_owned(),
                };
                append(&mut open, &c);
                continue;
            }
            Event::DocType(_) => return Err("it has a document type, which is not accepted"),
            Event::Eof => return Err(BROKEN),
            _ => continue,
        };
        count += 1;
        if count > limits::XML_ELEMENTS || open.len() >= limits::XML_DEPTH {
            return Err("it has too many elements or is nested too deep");
        }
        match (empty, open.last_mut()) {
            (false, _) => open.push(element),
            (true, Some(parent)) => parent.push(element),
            (true, None) => return Ok(element),
        }
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, &'static str> {
    let name = start.name();
    let mut element = Element::new(name.as_ref());
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| "an attribute is not well-formed")?;
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_err(|_| "an attribute is not well-formed")?;
        element.attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(element)
}

fn append(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Child::Text(before)) => before.push_str(text),
        _ => parent.children.push(Child::Text(text.to_owned())),
    }
}
