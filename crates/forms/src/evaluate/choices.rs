//! Which choices a select offers, and whether an answer is among them.

use std::collections::{HashMap, HashSet};

use super::ErrorKind;
use super::budget::Budget;
use super::flow::failed;
use crate::expr::eval::Scope;
use crate::expr::value::{Fail, NodeRef};
use crate::form::{Choice, Kind};
use crate::program::{Program, Slot};
use crate::tree::Tree;

/// The choices left by the filter; `None` if there is no filter.
pub(super) fn filtered<'f>(
    program: &Program<'f>,
    tree: &Tree,
    node: usize,
    def: usize,
    budget: &mut Budget<'_>,
) -> Result<Option<Vec<&'f Choice>>, ErrorKind> {
    let Some(parsed) = program.expr(def, Slot::ChoiceFilter) else { return Ok(None) };
    let Ok(expr) = parsed else { return Err(failed(Slot::ChoiceFilter, Fail::Broken)) };
    let list = program.item(def).and_then(|item| item.kind.list());
    let found = list.and_then(|list| program.form().lists.get_key_value(list));
    let Some((name, list)) = found else { return Err(failed(Slot::ChoiceFilter, Fail::Broken)) };
    let mut kept = Vec::new();
    for (index, choice) in list.choices.iter().enumerate() {
        let scope =
            Scope { here: NodeRef::Item(name, index), current: NodeRef::Form(node), place: index + 1 };
        match budget.flag(program, tree, scope, expr) {
            Ok(true) => kept.push(choice),
            Ok(false) => {}
            Err(fail) => return Err(failed(Slot::ChoiceFilter, fail)),
        }
    }
    Ok(Some(kept))
}

/// Checks an answer of a select.
pub(super) fn check(
    kind: &Kind,
    value: &str,
    filtered: Option<&[&Choice]>,
    sets: &HashMap<&str, HashSet<&str>>,
) -> Option<ErrorKind> {
    let list = kind.list()?;
    let picked: Vec<&str> = value.split_whitespace().collect();
    if matches!(kind, Kind::SelectOne { .. }) && picked.len() > 1 {
        return Some(ErrorKind::Type { expected: "one choice" });
    }
    let known = sets.get(list);
    let mut seen = HashSet::new();
    for choice in picked {
        if !seen.insert(choice) {
            return Some(ErrorKind::Type { expected: "each choice once" });
        }
        let there = match filtered {
            Some(filtered) => filtered.iter().any(|c| c.name == choice),
            None => known.is_some_and(|set| set.contains(choice)),
        };
        if !there {
            return Some(ErrorKind::NotAmongChoices { filtered: filtered.is_some() });
        }
    }
    None
}
