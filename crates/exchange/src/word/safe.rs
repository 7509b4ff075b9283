//! What may not be in a template, and what need not: fields that fetch, tracked changes and comments are told to whoever brings it;
//! names of people, of printers and of folders are taken out without a word.

use super::package::{Package, Rel};
use super::problem::{Place, Problem, Why};
use super::xml::{Child, Element, local};

/// Fields that say something of the document itself.
const FIELDS: [&str; 6] = ["PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "REF"];

/// Elements without which a letter reads the same.
const OUT: [&str; 10] = [
    "w:proofErr",
    "w:permStart",
    "w:permEnd",
    "w:dataBinding",
    "w:printerSettings",
    "w:lastRenderedPageBreak",
    "w:embedRegular",
    "w:embedBold",
    "w:embedItalic",
    "w:embedBoldItalic",
];

/// What stays of the settings. The rest is of the office that wrote it: attached files, lists for mail, protection, variables.
const SETTINGS: [&str; 9] = [
    "w:evenAndOddHeaders",
    "w:mirrorMargins",
    "w:autoHyphenation",
    "w:defaultTabStop",
    "w:characterSpacingControl",
    "w:compat",
    "w:themeFontLang",
    "w:clrSchemeMapping",
    "w:decimalSymbol",
];

/// Looks for what a template may not have.
pub(super) fn check(root: &Element, place: Place, problems: &mut Vec<Problem>) {
    let mut told = |why, what: &str| problems.push(Problem::new(place, why).what(what));
    let mut instructions: Vec<String> = Vec::new();
    root.each(&mut |e| {
        if e.get("w:author").is_some() {
            told(Why::Tracked, "");
        }
        match e.name.as_str() {
            "w:commentReference" | "w:commentRangeStart" => told(Why::Comments, ""),
            "w:altChunk" | "w:object" | "w:control" | "w:subDoc" | "o:OLEObject" => {
                told(Why::Embedded, e.local());
            }
            "w:fldSimple" => instructions.push(e.get("w:instr").unwrap_or_default().to_owned()),
            // Between its beginning and its value a field may stand in many runs; others may stand in it.
            "w:fldChar" if e.get("w:fldCharType") == Some("begin") => instructions.push(String::new()),
            "w:instrText" => {
                let text: String = e.children.iter().filter_map(Child::text).collect();
                match instructions.last_mut() {
                    Some(last) => last.push_str(&text),
                    None => instructions.push(text),
                }
            }
            _ => {}
        }
        for (name, value) in &e.attributes {
            let fetches = matches!(local(name), "src" | "href" | "althref") && !name.starts_with("r:");
            if fetches && value.contains([':', '\\', '/']) {
                told(Why::Remote, value);
            }
        }
    });
    for instruction in instructions {
        if let Some(name) = forbidden(&instruction) {
            told(Why::Field, &name);
        }
    }
}

/// The name of a field that a template may not have. A link is one to a page, to mail, or within the document.
fn forbidden(instruction: &str) -> Option<String> {
    let mut words = instruction.split_whitespace();
    let name = words.next()?.to_uppercase();
    let fine = match name.as_str() {
        "HYPERLINK" => words.next().is_some_and(|to| {
            let to = to.trim_matches(['"', '\u{201c}', '\u{201d}']);
            to == "\\l" || ["https://", "http://", "mailto:"].iter().any(|s| to.starts_with(s))
        }),
        name => FIELDS.contains(&name),
    };
    (!fine).then_some(name)
}

/// Takes out what need not be there.
pub(super) fn clean(root: &mut Element) {
    root.attributes.retain(|(name, _)| {
        !name.starts_with("w:rsid") && !matches!(name.as_str(), "w14:paraId" | "w14:textId")
    });
    // A picture keeps its description for whoever does not see it, but not the folder it came from.
    let picture = matches!(root.local(), "docPr" | "cNvPr" | "imagedata");
    if picture {
        for (name, value) in &mut root.attributes {
            if matches!(local(name), "name" | "descr" | "title") && value.contains(['\\', '/']) {
                value.clear();
            }
        }
    }
    root.children.retain(|c| c.element().is_none_or(|e| !OUT.contains(&e.name.as_str())));
    for child in &mut root.children {
        if let Child::Element(e) = child {
            clean(e);
        }
    }
}

/// Whether everything it points to is there.
pub(super) fn whole(root: &Element, rels: &[Rel]) -> bool {
    let mut all = true;
    root.each(&mut |e| {
        for (name, value) in &e.attributes {
            if name.starts_with("r:") && !value.is_empty() {
                all &= rels.iter().any(|rel| rel.id == *value);
            }
        }
    });
    all
}

/// Settings, reduced to how the document looks.
pub(super) fn settings(package: &mut Package) {
    for part in package.parts.values_mut().filter(|p| p.root.name == "w:settings") {
        part.root.children.retain(|c| c.element().is_some_and(|e| SETTINGS.contains(&e.name.as_str())));
        part.rels.clear();
    }
}
