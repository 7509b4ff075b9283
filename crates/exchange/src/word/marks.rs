//! Placeholders: `{{name}}`, `{{#block}}` … `{{/block}}`. Word cuts what was typed into runs wherever it likes; here every
//! placeholder comes to stand in one run again, the one in which it begins.

use super::problem::{MANY, Place, Problem, Why};
use super::xml::{Child, Element};

/// A placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Text(String),
    Open(String),
    Close(String),
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Said(String),
    Mark(Mark),
}

/// Bytes of a name.
const LONGEST: usize = 60;

/// What stands between braces, as a placeholder. Word likes to begin with a capital: that does not matter.
fn mark(inside: &str) -> Option<Mark> {
    let inside = inside.trim().to_lowercase();
    let (make, name): (fn(String) -> Mark, &str) = match inside.strip_prefix('#') {
        Some(rest) => (Mark::Open, rest),
        None => match inside.strip_prefix('/') {
            Some(rest) => (Mark::Close, rest),
            None => (Mark::Text, &inside),
        },
    };
    let name = name.trim();
    let fine =
        !name.is_empty() && name.len() <= LONGEST && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    fine.then(|| make(name.to_owned()))
}

/// A text cut at its placeholders. Braces that are none are said as they stand.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let (mut all, mut rest) = (Vec::new(), text);
    let mut said = String::new();
    while let Some(start) = rest.find("{{") {
        let Some(length) = rest[start..].find("}}") else { break };
        let end = start + length + 2;
        if let Some(mark) = mark(&rest[start + 2..end - 2]) {
            said.push_str(&rest[..start]);
            if !said.is_empty() {
                all.push(Piece::Said(std::mem::take(&mut said)));
            }
            all.push(Piece::Mark(mark));
        } else {
            said.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    said.push_str(rest);
    if !said.is_empty() {
        all.push(Piece::Said(said));
    }
    all
}

/// All marks below an element. With `within`, not those that stand in another element of this name further in.
pub(super) fn below(element: &Element, within: Option<&str>) -> Vec<Mark> {
    let mut all = Vec::new();
    gather(element, within, &mut all);
    all
}

fn gather(element: &Element, within: Option<&str>, all: &mut Vec<Mark>) {
    for child in &element.children {
        match child {
            Child::Text(text) if element.name == "w:t" => {
                all.extend(pieces(text).into_iter().filter_map(|p| match p {
                    Piece::Mark(mark) => Some(mark),
                    Piece::Said(_) => None,
                }));
            }
            Child::Element(e) if within != Some(e.name.as_str()) => gather(e, within, all),
            _ => {}
        }
    }
}

/// The words of a paragraph, without those of paragraphs in it.
pub(super) fn words(paragraph: &Element) -> String {
    let mut all = String::new();
    runs(paragraph, &mut |piece| all.push_str(piece.unwrap_or(" ")));
    all
}

/// The same, line by line: a break begins a new one.
pub(super) fn lines(paragraph: &Element) -> String {
    let mut all = String::new();
    runs(paragraph, &mut |piece| all.push_str(piece.unwrap_or("\n")));
    all
}

/// The texts of a paragraph in their order; `None` where a tab or a break parts them.
fn runs<'a>(element: &'a Element, f: &mut impl FnMut(Option<&'a str>)) {
    for child in &element.children {
        match child {
            Child::Text(text) if element.name == "w:t" => f(Some(text)),
            Child::Text(_) => {}
            Child::Element(e) => match e.name.as_str() {
                "w:p" | "w:pPr" | "w:rPr" => {}
                "w:tab" | "w:br" | "w:cr" => f(None),
                _ => runs(e, f),
            },
        }
    }
}

fn write_runs(element: &mut Element, new: &mut impl Iterator<Item = String>) {
    for child in &mut element.children {
        match child {
            Child::Text(text) if element.name == "w:t" => {
                if let Some(new) = new.next() {
                    *text = new;
                }
            }
            Child::Text(_) => {}
            Child::Element(e) => match e.name.as_str() {
                "w:p" | "w:pPr" | "w:rPr" | "w:tab" | "w:br" | "w:cr" => {}
                _ => write_runs(e, new),
            },
        }
    }
}

/// Puts the placeholders of every paragraph together. Braces that are no placeholder are problems.
pub(super) fn mend(element: &mut Element, place: Place, problems: &mut Vec<Problem>) {
    if element.name == "w:p" {
        paragraph(element, place, problems);
    }
    for child in &mut element.children {
        if let Child::Element(e) = child {
            mend(e, place, problems);
        }
    }
}

fn paragraph(p: &mut Element, place: Place, problems: &mut Vec<Problem>) {
    // A part is its range in the whole text; what parts two texts is no letter that XML can hold.
    let (mut whole, mut parts) = (String::new(), Vec::new());
    runs(p, &mut |piece| match piece {
        Some(text) => {
            parts.push(whole.len()..whole.len() + text.len());
            whole.push_str(text);
        }
        None => whole.push('\u{0}'),
    });
    if !whole.contains("{{") && !whole.contains("}}") {
        return;
    }
    let mut marks = Vec::new();
    let mut at = 0;
    let bad = |what: &str| Problem::new(place, Why::Braces).what(what).near(&whole.replace('\u{0}', " "));
    while let Some(start) = whole[at..].find(['{', '}']).map(|n| at + n).filter(|_| problems.len() < MANY) {
        let rest = &whole[start..];
        if rest.starts_with("{{") {
            let end = rest.find("}}").map(|n| start + n + 2);
            let inside = end.map(|end| &whole[start + 2..end - 2]);
            match (end, inside.and_then(mark)) {
                (Some(end), Some(_)) => {
                    marks.push(start..end);
                    at = end;
                }
                (Some(end), None) => {
                    problems.push(bad(&whole[start..end].replace('\u{0}', " ")));
                    at = end;
                }
                (None, _) => {
                    problems.push(bad(&rest.replace('\u{0}', " ")));
                    break;
                }
            }
        } else if rest.starts_with("}}") {
            problems.push(bad("}}"));
            at = start + 2;
        } else {
            at = start + 1;
        }
    }
    let mut next = 0;
    let mut new = Vec::new();
    for part in &parts {
        let mut text = String::new();
        for (at, c) in whole[part.clone()].char_indices().map(|(n, c)| (part.start + n, c)) {
            while marks.get(next).is_some_and(|m| m.end <= at) {
                next += 1;
            }
            match marks.get(next).filter(|m| m.start <= at) {
                Some(m) if m.start == at => text.push_str(&whole[m.clone()]),
                Some(_) => {}
                None => text.push(c),
            }
        }
        new.push(text);
    }
    write_runs(p, &mut new.into_iter());
}
