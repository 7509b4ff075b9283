//! Rows to a tree of groups and repeats.

use super::kinds::RowKind;
use crate::form::{Item, Kind};
use crate::limits;
use crate::problem::{Code, Place, Problem};

/// Nests the rows. Names are checked here for shape; for being unique in [`crate::check`].
pub(super) fn build(rows: Vec<(RowKind, Item)>, problems: &mut Vec<Problem>) -> Vec<Item> {
    let mut open: Vec<Item> = Vec::new();
    let mut top: Vec<Item> = Vec::new();
    for (row_kind, mut item) in rows {
        let place = Place::new("survey", item.row, "name");
        if !matches!(row_kind, RowKind::End(_)) {
            if item.name.is_empty() {
                problems.push(Problem::error(Code::MissingValue, place).with("what", "name"));
                // Keep going: the tree below it may have problems of its own.
                item.name = format!("unnamed_{}", item.row);
            } else if !valid_name(&item.name) || item.name == "meta" {
                problems.push(Problem::error(Code::BadName, place).with("name", &item.name));
            }
        }
        match row_kind {
            RowKind::Leaf(_) => push(&mut open, &mut top, item),
            RowKind::Begin(_) => {
                if open.len() >= limits::GROUP_DEPTH {
                    let place = Place::new("survey", item.row, "type");
                    problems.push(Problem::limit("groups in one another", limits::GROUP_DEPTH, place));
                    return Vec::new();
                }
                open.push(item);
            }
            RowKind::End(kind) => match open.pop() {
                Some(group) if group.kind == kind => push(&mut open, &mut top, group),
                other => {
                    let word = if kind == Kind::Group { "end_group" } else { "end_repeat" };
                    let place = Place::new("survey", item.row, "type");
                    problems.push(Problem::error(Code::UnexpectedEnd, place).with("type", word));
                    if let Some(group) = other {
                        open.push(group);
                    }
                }
            },
        }
    }
    while let Some(group) = open.pop() {
        let place = Place::new("survey", group.row, "type");
        problems.push(Problem::error(Code::UnclosedGroup, place).with("name", &group.name));
        push(&mut open, &mut top, group);
    }
    top
}

fn push(open: &mut [Item], top: &mut Vec<Item>, item: Item) {
    match open.last_mut() {
        Some(group) => group.children.push(item),
        None => top.push(item),
    }
}

/// A name of XML without colon and dot: letter or underscore, then letters, digits, `_` and `-`.
pub(crate) fn valid_name(name: &str) -> bool {
    let mut chars = name.chars();
    name.len() <= limits::NAME_BYTES
        && chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && chars.all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}
