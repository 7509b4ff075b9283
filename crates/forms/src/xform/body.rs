//! The controls that a person sees.

use super::instance::children;
use super::paths::{absolute, expand};
use crate::form::{Item, Kind, Text};
use crate::program::Program;
use crate::xml::Element;

pub(super) fn body(program: &Program<'_>) -> Element {
    let mut body = Element::new("h:body");
    for child in children(program, 0) {
        push(program, &mut body, child);
    }
    body
}

fn push(program: &Program<'_>, parent: &mut Element, def: usize) {
    let Some(item) = program.item(def) else { return };
    let path = absolute(program, def);
    match &item.kind {
        Kind::Meta { .. } | Kind::Calculate => {}
        Kind::Group => {
            let mut group = appearance(Element::new("group").attr("ref", &path), item);
            label(&mut group, &path, "label", &item.label);
            for child in children(program, def) {
                push(program, &mut group, child);
            }
            parent.push(group);
        }
        Kind::Repeat => {
            let mut group = Element::new("group").attr("ref", &path);
            label(&mut group, &path, "label", &item.label);
            let mut repeat = appearance(Element::new("repeat").attr("nodeset", &path), item);
            for child in children(program, def) {
                push(program, &mut repeat, child);
            }
            parent.push(group.child(repeat));
        }
        kind => parent.push(control(program, def, item, kind, &path)),
    }
}

fn control(program: &Program<'_>, def: usize, item: &Item, kind: &Kind, path: &str) -> Element {
    let name = match kind {
        Kind::SelectOne { .. } => "select1",
        Kind::SelectMultiple { .. } => "select",
        Kind::Acknowledge => "trigger",
        Kind::Attachment { .. } => "upload",
        Kind::Range { .. } => "range",
        _ => "input",
    };
    let mut control = appearance(Element::new(name).attr("ref", path), item);
    match kind {
        Kind::Attachment { media } => control = control.attr("mediatype", media.media_type()),
        Kind::Range { start, end, step } => {
            control = control
                .attr("start", start.to_string())
                .attr("end", end.to_string())
                .attr("step", step.to_string());
        }
        _ => {}
    }
    label(&mut control, path, "label", &item.label);
    label(&mut control, path, "hint", &item.hint);
    if let Some(list) = kind.list() {
        let filter = item.choice_filter.as_ref();
        let filter = filter.map(|source| format!("[{}]", expand(program, def, source, true)));
        let nodeset = format!("instance('{list}')/root/item{}", filter.unwrap_or_default());
        control.push(
            Element::new("itemset")
                .attr("nodeset", nodeset)
                .child(Element::new("value").attr("ref", "name"))
                .child(Element::new("label").attr("ref", "jr:itext(itextId)")),
        );
    }
    control
}

fn appearance(element: Element, item: &Item) -> Element {
    match &item.appearance {
        Some(wish) => element.attr("appearance", wish),
        None => element,
    }
}

fn label(element: &mut Element, path: &str, name: &str, text: &Text) {
    if !text.is_empty() {
        element.push(Element::new(name).attr("ref", format!("jr:itext('{path}:{name}')")));
    }
}
