//! The foot of every page. A document has sections; a section has a foot for its pages, perhaps another for its first one, perhaps
//! another for even ones; what it does not give itself it has from the section before.

use std::collections::{BTreeMap, BTreeSet};

use super::package::{Package, Role};
use super::problem::{Place, Problem, Why};
use super::xml::Element;

/// Names that stand in the foot of some page, but not of all: each a problem.
pub(super) fn check(
    package: &Package,
    found: &BTreeMap<String, BTreeSet<String>>,
    names: &[String],
) -> Vec<Problem> {
    let Some(document) = package.document() else { return Vec::new() };
    let mut sections = Vec::new();
    document.root.each(&mut |e| {
        if e.name == "w:sectPr" {
            sections.push(e);
        }
    });
    let even = package
        .parts
        .values()
        .filter(|p| p.root.name == "w:settings")
        .any(|p| p.root.elements().any(|e| e.name == "w:evenAndOddHeaders" && on(e)));
    let none = Element::default();
    let sections = if sections.is_empty() { vec![&none] } else { sections };
    let (mut feet, mut lacking) = (BTreeMap::<&str, &str>::new(), BTreeSet::new());
    for section in sections {
        for reference in section.elements().filter(|e| e.name == "w:footerReference") {
            let target = reference.get("r:id").and_then(|id| document.rels.iter().find(|r| r.id == id));
            if let Some(target) = target.filter(|r| r.kind == "footer") {
                feet.insert(reference.get("w:type").unwrap_or("default"), &target.target);
            }
        }
        let first = section.elements().any(|e| e.name == "w:titlePg" && on(e));
        for (kind, needed) in [("default", true), ("first", first), ("even", even)] {
            let here = feet
                .get(kind)
                .filter(|part| package.parts.get(**part).is_some_and(|p| p.role == Role::Footer))
                .and_then(|part| found.get(*part));
            for name in names.iter().filter(|n| needed && !here.is_some_and(|all| all.contains(*n))) {
                lacking.insert((name, kind));
            }
        }
    }
    // One problem for each name, with the kinds of pages that lack it.
    names
        .iter()
        .filter_map(|name| {
            let kinds: Vec<String> =
                lacking.iter().filter(|(n, _)| *n == name).map(|(_, kind)| (*kind).to_owned()).collect();
            (!kinds.is_empty())
                .then(|| Problem::new(Place::Footer, Why::Foot).what(name.as_str()).like(kinds))
        })
        .collect()
}

/// Whether a switch is on: one without a value is.
fn on(e: &Element) -> bool {
    !matches!(e.get("w:val"), Some("0" | "false" | "off"))
}
