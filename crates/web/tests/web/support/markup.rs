//! Takes our own HTML apart: maud quotes every value and escapes every `<` and `>` in text.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"<(/?[a-z][a-z0-9]*)([^>]*)>").unwrap());
static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"([A-Za-z0-9-]+)(?:="([^"]*)")?"#).unwrap());

pub struct Tag {
    pub name: String,
    attributes: BTreeMap<String, String>,
}

impl Tag {
    pub fn get(&self, attribute: &str) -> Option<String> {
        self.attributes.get(attribute).cloned()
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.attributes.keys().map(String::as_str)
    }
}

/// The page without its style sheet and script.
pub fn plain(html: &str) -> String {
    Regex::new(r"(?s)<(style|script)>.*?</(style|script)>").unwrap().replace_all(html, "").into_owned()
}

/// All tags in order; closing ones have a name like `/label`.
pub fn tags(html: &str) -> impl Iterator<Item = Tag> {
    TAG.captures_iter(html).map(|tag| {
        let pairs = ATTRIBUTE.captures_iter(tag.get(2).unwrap().as_str());
        let value = |pair: &regex::Captures<'_>| pair.get(2).map_or("", |value| value.as_str()).to_owned();
        let attributes = pairs.map(|pair| (pair[1].to_owned(), value(&pair))).collect();
        Tag { name: tag[1].to_owned(), attributes }
    })
}

/// Whether each tag is closed where it should be, and no block stands inside a paragraph.
pub fn nested(html: &str) -> Result<(), String> {
    const VOID: [&str; 3] = ["meta", "input", "path"];
    const BLOCKS: [&str; 9] = ["p", "div", "ul", "ol", "dl", "table", "form", "section", "details"];
    let mut open: Vec<String> = Vec::new();
    for tag in tags(html) {
        if let Some(name) = tag.name.strip_prefix('/') {
            if open.pop().as_deref() != Some(name) {
                return Err(format!("{} closes what is not open", tag.name));
            }
        } else if !VOID.contains(&tag.name.as_str()) {
            if BLOCKS.contains(&tag.name.as_str()) && open.iter().any(|outer| outer == "p" || outer == "span")
            {
                return Err(format!("{} inside a paragraph", tag.name));
            }
            open.push(tag.name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("left open: {open:?}")) }
}
