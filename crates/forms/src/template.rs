//! `${name}` within a text or an expression.

/// Cuts a text into plain parts and names: `Level: ${level}.` is plain, name, plain.
pub(crate) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let (before, after) = rest.split_at(start);
        let Some((name, tail)) = after.get(2..).and_then(|inner| inner.split_once('}')) else { break };
        if !before.is_empty() {
            parts.push(Part::Plain(before));
        }
        parts.push(Part::Name(name.trim()));
        rest = tail;
    }
    if !rest.is_empty() {
        parts.push(Part::Plain(rest));
    }
    parts
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part<'t> {
    Plain(&'t str),
    Name(&'t str),
}

/// The names in a text.
pub(crate) fn names(text: &str) -> impl Iterator<Item = &str> {
    parts(text).into_iter().filter_map(|part| match part {
        Part::Name(name) => Some(name),
        Part::Plain(_) => None,
    })
}
