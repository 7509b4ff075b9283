//! Binds: type, skip logic, checks and calculation of each field.

use super::paths::{absolute, expand};
use crate::form::{Item, Kind, Meta};
use crate::program::{Program, Slot};
use crate::xml::Element;

pub(super) fn binds(program: &Program<'_>) -> Vec<Element> {
    let mut binds = Vec::new();
    for def in 1..program.defs.len() {
        if let Some(item) = program.item(def) {
            binds.extend(bind(program, def, item));
            binds.extend(first_value(program, def));
        }
    }
    binds.push(
        Element::new("bind")
            .attr("nodeset", "/data/meta/instanceID")
            .attr("type", "string")
            .attr("readonly", "true()")
            .attr("jr:preload", "uid"),
    );
    if let Some(source) = &program.form().instance_name {
        binds.push(
            Element::new("bind")
                .attr("nodeset", "/data/meta/instanceName")
                .attr("type", "string")
                .attr("calculate", expand(program, 0, source, false)),
        );
    }
    binds
}

fn bind(program: &Program<'_>, def: usize, item: &Item) -> Option<Element> {
    let path = absolute(program, def);
    let mut bind = Element::new("bind").attr("nodeset", &path);
    let relevant = item.relevant.as_ref();
    if item.kind.holds_items() {
        // A group without skip logic needs no bind.
        return relevant.map(|source| bind.attr("relevant", expand(program, def, source, false)));
    }
    bind = bind.attr("type", type_of(&item.kind));
    if item.readonly || item.kind == Kind::Note {
        bind = bind.attr("readonly", "true()");
    }
    for (attribute, source) in [
        ("relevant", relevant),
        ("required", item.required.as_ref()),
        ("constraint", item.constraint.as_ref()),
        ("calculate", item.calculation.as_ref()),
    ] {
        if let Some(source) = source {
            bind = bind.attr(attribute, expand(program, def, source, false));
        }
    }
    for (attribute, text) in
        [("jr:constraintMsg", &item.constraint_message), ("jr:requiredMsg", &item.required_message)]
    {
        if !text.is_empty() {
            bind = bind.attr(attribute, format!("jr:itext('{path}:{attribute}')"));
        }
    }
    if let Kind::Meta { fact } = &item.kind {
        let (preload, parameter) = match fact {
            Meta::Start => ("timestamp", "start"),
            Meta::End => ("timestamp", "end"),
            Meta::Today => ("date", "today"),
            Meta::DeviceId => ("property", "deviceid"),
            Meta::Username => ("property", "username"),
        };
        bind = bind.attr("jr:preload", preload).attr("jr:preloadParams", parameter);
    }
    Some(bind)
}

/// A calculated default is set once, when the form is opened (or the copy is added).
fn first_value(program: &Program<'_>, def: usize) -> Option<Element> {
    let source = program.item(def).and_then(|item| Slot::Default.source(item))?;
    let in_repeat = program.ancestors(def).any(|above| program.is_repeat(above));
    let event = if in_repeat { "odk-instance-first-load odk-new-repeat" } else { "odk-instance-first-load" };
    Some(
        Element::new("setvalue")
            .attr("ref", absolute(program, def))
            .attr("event", event)
            .attr("value", expand(program, def, source, false)),
    )
}

fn type_of(kind: &Kind) -> &'static str {
    match kind {
        Kind::Integer => "int",
        Kind::Decimal => "decimal",
        Kind::Range { start, step, .. } => {
            if start.fract() == 0.0 && step.fract() == 0.0 {
                "int"
            } else {
                "decimal"
            }
        }
        Kind::Date | Kind::Meta { fact: Meta::Today } => "date",
        Kind::Time => "time",
        Kind::DateTime | Kind::Meta { fact: Meta::Start | Meta::End } => "dateTime",
        Kind::Attachment { .. } => "binary",
        _ => "string",
    }
}
