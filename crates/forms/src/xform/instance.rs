//! The primary instance (the empty submission) and the choice lists.

use std::collections::BTreeSet;

use crate::form::Kind;
use crate::program::{Program, Slot};
use crate::xml::Element;

/// `<instance><data id version>…</data></instance>`.
pub(super) fn primary(program: &Program<'_>) -> Element {
    let form = program.form();
    let mut data = Element::new("data").attr("id", &form.id);
    if !form.version.is_empty() {
        data = data.attr("version", &form.version);
    }
    for child in children(program, 0) {
        push(program, &mut data, child, true);
    }
    let mut meta = Element::new("meta").child(Element::new("instanceID"));
    if form.instance_name.is_some() {
        meta.push(Element::new("instanceName"));
    }
    Element::new("instance").child(data.child(meta))
}

/// A repeat is written twice: the template of a new copy, and the first copy.
fn push(program: &Program<'_>, parent: &mut Element, def: usize, templates: bool) {
    let Some(item) = program.item(def) else { return };
    let repeat = item.kind == Kind::Repeat;
    let versions: &[bool] = if repeat && templates { &[true, false] } else { &[false] };
    for template in versions {
        let mut element = Element::new(&item.name);
        if *template {
            element = element.attr("jr:template", "");
        }
        // Templates of inner repeats belong to the outer template, once.
        let inner = if repeat { *template } else { templates };
        for child in children(program, def) {
            push(program, &mut element, child, inner);
        }
        let literal = item.default.as_deref().filter(|_| program.expr(def, Slot::Default).is_none());
        if let Some(default) = literal.filter(|_| !item.kind.holds_items()) {
            element = element.text(default);
        }
        parent.push(element);
    }
}

pub(super) fn children(program: &Program<'_>, def: usize) -> Vec<usize> {
    program.defs.get(def).map(|d| d.children.clone()).unwrap_or_default()
}

/// The lists that a select or an expression uses, in order of name.
pub(super) fn used_lists<'f>(program: &Program<'f>) -> Vec<&'f str> {
    let items = || (1..program.defs.len()).filter_map(|def| program.item(def));
    let selects: BTreeSet<&str> = items().filter_map(|item| item.kind.list()).collect();
    let mentioned = |list: &str| {
        items().any(|item| {
            Slot::ALL.iter().filter_map(|slot| slot.source(item)).any(|source| {
                source.contains(&format!("instance('{list}')"))
                    || source.contains(&format!("instance(\"{list}\")"))
            })
        })
    };
    let lists = program.form().lists.keys().map(String::as_str);
    lists.filter(|list| selects.contains(list) || mentioned(list)).collect()
}

/// `<instance id="list"><root><item>…`.
pub(super) fn secondary(program: &Program<'_>, list: &str) -> Element {
    let mut root = Element::new("root");
    let choices = program.form().lists.get(list).map(|l| l.choices.as_slice()).unwrap_or_default();
    for (index, choice) in choices.iter().enumerate() {
        let mut item = Element::new("item")
            .child(Element::new("itextId").text(format!("{list}-{index}")))
            .child(Element::new("name").text(&choice.name));
        for (column, value) in &choice.extra {
            // A header with blanks cannot be the name of an element, nor be used in a filter.
            if crate::read::valid_name(column) {
                item.push(Element::new(column).text(value));
            }
        }
        root.push(item);
    }
    Element::new("instance").attr("id", list).child(root)
}
