//! Fills the placeholders of a part, and repeats its blocks. Checking a template and filling it are the same walk: whatever was let
//! in can be filled.
//!
//! A block that begins and ends in one row of a table repeats the row. One that begins and ends in one paragraph repeats the
//! paragraph. Any other repeats everything from the paragraph (or row) where it begins to the one where it ends; these two go when
//! nothing else stands in them.

use std::collections::BTreeMap;

use super::marks::{Mark, Piece, below, pieces, words};
use super::problem::{Place, Problem, Why};
use super::xml::{Child, Element, MOST};

/// Where values come from, or where names are noted.
pub(super) trait Source {
    /// The value of a name here. `near` are the words around it.
    fn text(&mut self, name: &str, near: &str) -> String;
    /// What stands for a name that is a picture here.
    fn code(&mut self, _: &str) -> Option<Element> {
        None
    }
    /// How often a block comes; from here on names are those of its first item.
    fn enter(&mut self, name: &str, rows: bool, near: &str) -> usize;
    /// Names are those of this item now.
    fn item(&mut self, n: usize);
    /// Out of the block again.
    fn leave(&mut self);
    /// Something is wrong with the blocks.
    fn wrong(&mut self, problem: Problem);
}

/// A walk through one part.
pub(super) struct Walk<'a, S> {
    pub source: &'a mut S,
    pub place: Place,
    /// How many elements it made, and how many bytes of values it put in.
    made: usize,
    said: usize,
    /// How many blocks stand in each other here.
    deep: usize,
}

/// Blocks in each other. No paper needs four.
const DEEP: usize = 4;

/// Bytes of values in a part. A report of two hundred pages stays below it.
const SAID: usize = 4 << 20;

impl<'a, S: Source> Walk<'a, S> {
    pub(super) const fn new(source: &'a mut S, place: Place) -> Self {
        Self { source, place, made: 0, said: 0, deep: 0 }
    }

    /// The part, filled.
    pub(super) fn part(&mut self, root: &Element) -> Result<Element, Why> {
        let mut new = Element { children: Vec::new(), ..root.clone() };
        new.children = self.list(&root.children)?;
        // What closes without having begun, or begins without an end, stands outside of every block.
        tidy(&mut new);
        Ok(new)
    }

    fn list(&mut self, children: &[Child]) -> Result<Vec<Child>, Why> {
        let marks: Vec<Vec<Mark>> =
            children.iter().map(|c| c.element().map_or_else(Vec::new, |e| below(e, None))).collect();
        // In which of the children something closes, each name in order.
        let mut ends: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (n, name) in marks.iter().enumerate().flat_map(|(n, all)| all.iter().map(move |m| (n, m))) {
            if let Mark::Close(name) = name {
                ends.entry(name).or_default().push(n);
            }
        }
        let mut new = Vec::new();
        let mut at = 0;
        while let Some(child) = children.get(at) {
            let Child::Element(e) = child else {
                new.push(child.clone());
                at += 1;
                continue;
            };
            match block(e, &marks[at], (at, &ends)) {
                Begins::Here(name) => self.repeat(&name, std::slice::from_ref(child), &mut new)?,
                Begins::Until(name, last) => {
                    self.repeat(&name, &children[at..=last], &mut new)?;
                    at = last;
                }
                Begins::Wrong(why, name) => {
                    let problem = Problem::new(self.place, why).what(name).near(&words_of(e));
                    // Its names are not looked at: inside a block that is mended they mean something else.
                    self.source.wrong(problem);
                    new.push(child.clone());
                }
                Begins::Not => new.push(Child::Element(self.element(e)?)),
            }
            at += 1;
        }
        Ok(new)
    }

    fn element(&mut self, e: &Element) -> Result<Element, Why> {
        self.made += 1;
        if self.made > MOST {
            return Err(Why::Long);
        }
        let mut new = Element { children: Vec::new(), ..e.clone() };
        if e.name == "w:p" {
            self.runs(e, &mut new, &words(e))?;
        } else {
            new.children = self.list(&e.children)?;
        }
        Ok(new)
    }

    /// What stands in a paragraph: texts are filled; paragraphs of a text box in it are a list of their own.
    fn runs(&mut self, e: &Element, new: &mut Element, near: &str) -> Result<(), Why> {
        for child in &e.children {
            match child {
                Child::Text(_) => new.children.push(child.clone()),
                Child::Element(t) if t.name == "w:t" => self.say(t, near, &mut new.children)?,
                Child::Element(box_) if box_.name == "w:txbxContent" => {
                    let mut filled = Element { children: Vec::new(), ..box_.clone() };
                    filled.children = self.list(&box_.children)?;
                    new.children.push(Child::Element(filled));
                }
                Child::Element(e) => {
                    self.made += 1;
                    if self.made > MOST {
                        return Err(Why::Long);
                    }
                    let mut inner = Element { children: Vec::new(), ..e.clone() };
                    self.runs(e, &mut inner, near)?;
                    new.children.push(Child::Element(inner));
                }
            }
        }
        Ok(())
    }

    /// A text with its values. Lines of a value become lines of the paper.
    fn say(&mut self, t: &Element, near: &str, new: &mut Vec<Child>) -> Result<(), Why> {
        let template: String = t.children.iter().filter_map(Child::text).collect();
        let mut line = String::new();
        let put = |line: &mut String, new: &mut Vec<Child>| {
            if !line.is_empty() {
                let t = Element::new("w:t").attr("xml:space", "preserve").text(line);
                new.push(Child::Element(t));
                line.clear();
            }
        };
        for piece in pieces(&template) {
            match piece {
                Piece::Said(text) => line.push_str(&text),
                // A block of its own was taken out before; one that is left was told already.
                Piece::Mark(Mark::Open(_) | Mark::Close(_)) => {}
                Piece::Mark(Mark::Text(name)) => {
                    if let Some(drawing) = self.source.code(&name) {
                        put(&mut line, new);
                        new.push(Child::Element(drawing));
                        continue;
                    }
                    let value = self.source.text(&name, near);
                    self.said += value.len();
                    if self.said > SAID {
                        return Err(Why::Long);
                    }
                    for c in value.replace("\r\n", "\n").chars() {
                        match c {
                            '\n' | '\r' | '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                                put(&mut line, new);
                                new.push(Child::Element(Element::new("w:br")));
                            }
                            '\t' => {
                                put(&mut line, new);
                                new.push(Child::Element(Element::new("w:tab")));
                            }
                            _ => line.push(c),
                        }
                    }
                }
            }
        }
        put(&mut line, new);
        Ok(())
    }

    fn repeat(&mut self, name: &str, range: &[Child], new: &mut Vec<Child>) -> Result<(), Why> {
        let rows = range.iter().filter_map(Child::element).all(|e| e.name == "w:tr");
        let near = range.first().and_then(Child::element).map(words_of).unwrap_or_default();
        self.deep += 1;
        if self.deep > DEEP {
            return Err(Why::Long);
        }
        let inside = without(name, range);
        for n in 0..self.source.enter(name, rows, &near) {
            self.source.item(n);
            new.extend(self.list(&inside)?);
        }
        self.source.leave();
        self.deep -= 1;
        Ok(())
    }
}

fn words_of(e: &Element) -> String {
    let mut all = Vec::new();
    e.each(&mut |e| {
        if e.name == "w:p" {
            all.push(words(e));
        }
    });
    all.join(" ")
}

enum Begins {
    Not,
    /// In this element, and ends in it.
    Here(String),
    /// In this element, and ends in a later one: its place in the list.
    Until(String, usize),
    Wrong(Why, String),
}

/// Whether a block begins in an element of a list: `marks` are all below it, `ends` says where in the list names close.
fn block(e: &Element, marks: &[Mark], (at, ends): (usize, &BTreeMap<&str, Vec<usize>>)) -> Begins {
    // A row or a paragraph may hold a whole block, unless the block is of a row or a paragraph further in.
    if matches!(e.name.as_str(), "w:tr" | "w:p") {
        let own = below(e, Some(&e.name));
        let (_, last) = spans(&own);
        let whole = own.iter().enumerate().find_map(|(n, m)| match m {
            Mark::Open(name) if last.get(name.as_str()).is_some_and(|end| *end > n) => Some(name),
            _ => None,
        });
        if let Some(name) = whole {
            return Begins::Here(name.clone());
        }
    }
    let (first, last) = spans(marks);
    let mut wrong = None;
    for (n, mark) in marks.iter().enumerate() {
        match mark {
            Mark::Open(name) if last.get(name.as_str()).is_none_or(|end| *end < n) => {
                let places = ends.get(name.as_str()).map_or(&[][..], Vec::as_slice);
                match places.get(places.partition_point(|place| *place <= at)) {
                    Some(end) => return Begins::Until(name.clone(), *end),
                    None => wrong = wrong.or(Some((Why::Unclosed, name))),
                }
            }
            Mark::Close(name) if first.get(name.as_str()).is_none_or(|begin| *begin > n) => {
                wrong = wrong.or(Some((Why::Unopened, name)));
            }
            _ => {}
        }
    }
    // It is told where it stands: in its paragraph.
    match wrong {
        Some((why, name)) if e.name == "w:p" => Begins::Wrong(why, name.clone()),
        _ => Begins::Not,
    }
}

/// Where each name opens first and closes last.
fn spans(marks: &[Mark]) -> (BTreeMap<&str, usize>, BTreeMap<&str, usize>) {
    let (mut first, mut last) = (BTreeMap::new(), BTreeMap::new());
    for (n, mark) in marks.iter().enumerate() {
        match mark {
            Mark::Open(name) => drop(first.entry(name.as_str()).or_insert(n)),
            Mark::Close(name) => drop(last.insert(name.as_str(), n)),
            Mark::Text(_) => {}
        }
    }
    (first, last)
}

/// The range without the two marks of its block: the first that opens it and the first after it that closes it. A paragraph or a row
/// of which nothing is left goes.
fn without(name: &str, range: &[Child]) -> Vec<Child> {
    let mut state = (false, false);
    let mut all = Vec::new();
    for child in range {
        let Child::Element(e) = child else {
            all.push(child.clone());
            continue;
        };
        let before = state;
        let mut e = e.clone();
        strip(&mut e, name, &mut state);
        let empty =
            range.len() > 1 && before != state && matches!(e.name.as_str(), "w:p" | "w:tr") && blank(&e);
        if !empty {
            all.push(Child::Element(e));
        }
    }
    all
}

fn strip(e: &mut Element, name: &str, state: &mut (bool, bool)) {
    for child in &mut e.children {
        match child {
            Child::Text(text) if e.name == "w:t" => {
                let mut new = String::new();
                for piece in pieces(text) {
                    match &piece {
                        Piece::Mark(Mark::Open(n)) if n == name && !state.0 => state.0 = true,
                        Piece::Mark(Mark::Close(n)) if n == name && state.0 && !state.1 => state.1 = true,
                        Piece::Said(said) => new.push_str(said),
                        Piece::Mark(Mark::Open(n)) => new.push_str(&format!("{{{{#{n}}}}}")),
                        Piece::Mark(Mark::Close(n)) => new.push_str(&format!("{{{{/{n}}}}}")),
                        Piece::Mark(Mark::Text(n)) => new.push_str(&format!("{{{{{n}}}}}")),
                    }
                }
                *text = new;
            }
            Child::Text(_) => {}
            Child::Element(e) => strip(e, name, state),
        }
    }
}

/// Whether a reader sees nothing of it, and nothing but words was in it.
fn blank(e: &Element) -> bool {
    let kept = ["w:drawing", "w:pict", "w:sectPr", "w:br", "w:fldChar", "w:fldSimple", "m:oMath"];
    words_of(e).trim().is_empty()
        && (e.name != "w:p" || words(e).trim().is_empty())
        && !kept.iter().any(|k| e.has(k))
}

/// Word takes no table without a row, and no cell, head or foot that does not end in a paragraph.
fn tidy(e: &mut Element) {
    for child in &mut e.children {
        if let Child::Element(e) = child {
            tidy(e);
        }
    }
    e.children.retain(|c| c.element().is_none_or(|t| t.name != "w:tbl" || t.has("w:tr")));
    let ends = ["w:tc", "w:hdr", "w:ftr", "w:txbxContent", "w:footnote", "w:endnote", "w:body"];
    if ends.contains(&e.name.as_str()) {
        let section = e.children.last().and_then(Child::element).is_some_and(|l| l.name == "w:sectPr");
        let at = if section { e.children.len() - 1 } else { e.children.len() };
        let before = e.children[..at].iter().rev().find_map(Child::element);
        if before.is_none_or(|l| l.name != "w:p" && l.name != "w:sdt") {
            e.children.insert(at, Child::Element(Element::new("w:p")));
        }
    }
}
