//! A template to begin with: a plain document in our own words, with every placeholder in its place. An office changes it in Word
//! until it looks like its own.

use std::collections::BTreeMap;

use super::Why;
use super::package::{Package, Part, Rel, Role};
use super::xml::{self, Element};

/// A line of a starter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The title.
    Title(String),
    /// A heading.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A table: what stands in its head, and the one row under it.
    Table(Vec<String>, Vec<String>),
}

/// What a starter says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Starter {
    /// Of its language, as `es-GT`.
    pub language: String,
    /// The head of every page.
    pub head: String,
    /// The text.
    pub lines: Vec<Line>,
    /// The foot of every page, line by line.
    pub foot: Vec<String>,
    /// Word for «page» before its number.
    pub page: String,
}

/// Makes the document.
///
/// # Errors
/// [`Why::Broken`] when it cannot be written.
pub fn starter(s: &Starter) -> Result<Vec<u8>, Why> {
    let mut body = Element::new("w:body");
    for line in &s.lines {
        body = match line {
            Line::Title(text) => body.child(paragraph(Some("Title"), text)),
            Line::Heading(text) => body.child(paragraph(Some("Heading1"), text)),
            Line::Text(text) => body.child(paragraph(None, text)),
            Line::Table(head, row) => body.child(table(head, row)).child(Element::new("w:p")),
        };
    }
    let reference = |name: &str, id: &str| Element::new(name).attr("w:type", "default").attr("r:id", id);
    let section = Element::new("w:sectPr")
        .child(reference("w:headerReference", "rId3"))
        .child(reference("w:footerReference", "rId4"))
        // Letter paper, a margin of an inch, in twentieths of a point.
        .child(Element::new("w:pgSz").attr("w:w", "12240").attr("w:h", "15840"))
        .child(
            ["w:top", "w:right", "w:bottom", "w:left"]
                .iter()
                .fold(Element::new("w:pgMar"), |e, side| e.attr(side, "1440"))
                .attr("w:header", "720")
                .attr("w:footer", "720")
                .attr("w:gutter", "0"),
        );
    let body = body.child(section);
    let head = root("w:hdr").child(paragraph(Some("Header"), &s.head));
    let mut foot = root("w:ftr");
    for line in &s.foot {
        foot = foot.child(paragraph(Some("Footer"), line));
    }
    let foot = foot.child(pages(&s.page));
    let rel = |id: &str, kind: &str, file: &str| Rel {
        id: id.into(),
        kind: kind.into(),
        target: format!("word/{file}.xml"),
        outside: false,
    };
    let rels = vec![
        rel("rId1", "styles", "styles"),
        rel("rId2", "settings", "settings"),
        rel("rId3", "header", "header1"),
        rel("rId4", "footer", "footer1"),
    ];
    let part = |role, root| Part { role, root, rels: Vec::new() };
    let mut parts = BTreeMap::new();
    let document = root("w:document").child(body);
    parts.insert("word/document.xml".to_owned(), Part { role: Role::Document, root: document, rels });
    parts.insert("word/styles.xml".to_owned(), part(Role::Other("styles"), styles(&s.language)));
    parts.insert("word/settings.xml".to_owned(), part(Role::Other("settings"), settings(&s.language)));
    parts.insert("word/header1.xml".to_owned(), part(Role::Header, head));
    parts.insert("word/footer1.xml".to_owned(), part(Role::Footer, foot));
    Package { parts, pictures: BTreeMap::new() }.write()
}

fn root(name: &str) -> Element {
    Element::new(name).attr("xmlns:w", xml::WORDS).attr("xmlns:r", xml::RELATIONS)
}

fn value(name: &str, value: &str) -> Element {
    Element::new(name).attr("w:val", value)
}

fn run(text: &str) -> Element {
    Element::new("w:r").child(Element::new("w:t").attr("xml:space", "preserve").text(text))
}

fn paragraph(style: Option<&str>, text: &str) -> Element {
    let p = Element::new("w:p");
    let p = match style {
        Some(style) => p.child(Element::new("w:pPr").child(value("w:pStyle", style))),
        None => p,
    };
    p.child(run(text))
}

/// «Page n / m», in fields that Word counts.
fn pages(word: &str) -> Element {
    let field =
        |name: &str| Element::new("w:fldSimple").attr("w:instr", &format!(" {name} ")).child(run("1"));
    Element::new("w:p")
        .child(Element::new("w:pPr").child(value("w:pStyle", "Footer")))
        .child(run(&format!("{word} ")))
        .child(field("PAGE"))
        .child(run(" / "))
        .child(field("NUMPAGES"))
}

/// A table whose first row is its head: it comes again on every page, and is read out with every cell.
fn table(head: &[String], row: &[String]) -> Element {
    let columns = head.len().max(1);
    let width = (9360 / columns).to_string();
    let border = |e: Element, side: &str| {
        e.child(value(side, "single").attr("w:sz", "4").attr("w:space", "0").attr("w:color", "808080"))
    };
    let sides = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];
    let borders = sides.iter().fold(Element::new("w:tblBorders"), |e, side| border(e, side));
    let properties = Element::new("w:tblPr")
        .child(Element::new("w:tblW").attr("w:w", "5000").attr("w:type", "pct"))
        .child(borders)
        .child(value("w:tblLook", "0020").attr("w:firstRow", "1"));
    let grid = head
        .iter()
        .fold(Element::new("w:tblGrid"), |e, _| e.child(Element::new("w:gridCol").attr("w:w", &width)));
    let cell = |text: &str, style| {
        let width = Element::new("w:tcW").attr("w:w", &width).attr("w:type", "dxa");
        Element::new("w:tc").child(Element::new("w:tcPr").child(width)).child(paragraph(style, text))
    };
    let first = Element::new("w:tr").child(Element::new("w:trPr").child(Element::new("w:tblHeader")));
    let first = head.iter().fold(first, |e, text| e.child(cell(text, Some("TableHead"))));
    let second = row.iter().fold(Element::new("w:tr"), |e, text| e.child(cell(text, None)));
    Element::new("w:tbl").child(properties).child(grid).child(first).child(second)
}

fn settings(language: &str) -> Element {
    let compat = Element::new("w:compatSetting")
        .attr("w:name", "compatibilityMode")
        .attr("w:uri", "http://schemas.microsoft.com/office/word")
        .attr("w:val", "15");
    root("w:settings")
        .child(value("w:defaultTabStop", "720"))
        .child(Element::new("w:compat").child(compat))
        .child(value("w:themeFontLang", language))
}

/// Names of styles are Word's own, so that an office finds them in its list.
fn styles(language: &str) -> Element {
    let font =
        ["w:ascii", "w:hAnsi", "w:cs"].iter().fold(Element::new("w:rFonts"), |e, f| e.attr(f, "Calibri"));
    let size = |half_points: &str| [value("w:sz", half_points), value("w:szCs", half_points)];
    let letters = |bold: bool, half_points: &str| {
        let r = Element::new("w:rPr");
        let r = if bold { r.child(Element::new("w:b")) } else { r };
        size(half_points).into_iter().fold(r, Element::child)
    };
    let space = |before: &str, after: &str| {
        Element::new("w:pPr").child(Element::new("w:spacing").attr("w:before", before).attr("w:after", after))
    };
    let style = |id: &str, name: &str| {
        let s = Element::new("w:style").attr("w:type", "paragraph").attr("w:styleId", id);
        let s = s.child(value("w:name", name));
        if id == "Normal" { s } else { s.child(value("w:basedOn", "Normal")) }
    };
    let normal = Element::new("w:style").attr("w:type", "paragraph").attr("w:default", "1");
    let normal = normal.attr("w:styleId", "Normal").child(value("w:name", "Normal"));
    let outline = space("240", "80").child(value("w:outlineLvl", "0"));
    let base = Element::new("w:rPr").child(font);
    let base = size("22").into_iter().fold(base, Element::child).child(value("w:lang", language));
    let defaults = Element::new("w:docDefaults")
        .child(Element::new("w:rPrDefault").child(base))
        .child(Element::new("w:pPrDefault").child(space("0", "120")));
    root("w:styles")
        .child(defaults)
        .child(normal)
        .child(style("Title", "Title").child(space("0", "240")).child(letters(true, "36")))
        .child(style("Heading1", "heading 1").child(outline).child(letters(true, "26")))
        .child(style("Header", "header").child(letters(false, "18")))
        .child(style("Footer", "footer").child(space("0", "0")).child(letters(false, "18")))
        .child(style("TableHead", "Table Head").child(letters(true, "22")))
}
