//! A document as a reader sees it: its title, headings, paragraphs and tables in their order, and the foot of its pages.

use super::package::{Package, Role};
use super::xml::Element;
use super::{Problem, marks};

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The title.
    Title(String),
    /// A heading.
    Heading(String),
    /// A paragraph; a line feed is a new line in it.
    Text(String),
    /// A table, row by row.
    Table(Vec<Vec<String>>),
}

/// Reads a document: its text, and the lines in the foot of a page. Of the foot, the line that counts pages is left out: whoever sets
/// the pages counts them.
///
/// # Errors
/// What keeps it from being read.
pub fn shown(bytes: &[u8]) -> Result<(Vec<Shown>, Vec<String>), Vec<Problem>> {
    let package = Package::open(bytes)?;
    let (mut body, mut foot) = (Vec::new(), Vec::new());
    for part in package.parts.values() {
        match part.role {
            Role::Document => {
                for text in part.root.elements().filter(|e| e.name == "w:body") {
                    body.extend(text.elements().filter_map(piece));
                }
            }
            Role::Footer => {
                let lines = part.root.elements().filter(|e| e.name == "w:p" && !e.has("w:fldSimple"));
                foot.extend(lines.map(marks::words).filter(|t| !t.trim().is_empty()));
            }
            _ => {}
        }
    }
    Ok((body, foot))
}

fn piece(e: &Element) -> Option<Shown> {
    match e.name.as_str() {
        "w:p" => {
            let text = marks::lines(e);
            Some(match style(e) {
                Some("Title") => Shown::Title(text),
                Some(style) if style.starts_with("Heading") => Shown::Heading(text),
                _ => Shown::Text(text),
            })
            .filter(|_| !marks::words(e).trim().is_empty())
        }
        "w:tbl" => {
            let rows = e.elements().filter(|r| r.name == "w:tr");
            let cells = |row: &Element| {
                let cells = row.elements().filter(|c| c.name == "w:tc");
                cells
                    .map(|c| {
                        c.elements()
                            .filter(|p| p.name == "w:p")
                            .map(marks::lines)
                            .collect::<Vec<_>>()
                            .join("\n")
                    })
                    .collect()
            };
            Some(Shown::Table(rows.map(cells).collect()))
        }
        _ => None,
    }
}

fn style(paragraph: &Element) -> Option<&str> {
    let properties = paragraph.elements().find(|e| e.name == "w:pPr")?;
    properties.elements().find(|e| e.name == "w:pStyle")?.get("w:val")
}
