//! The checks of one field, once relevance and values are known.

use std::collections::{HashMap, HashSet};

use super::budget::Budget;
use super::flow::{Errors, failed};
use super::{ErrorKind, FieldError, Shown, choices, computed, kinds};
use crate::answers::{Answer, Answers};
use crate::expr::eval::Scope;
use crate::expr::value::Fail;
use crate::form::Kind;
use crate::program::{Program, Slot};
use crate::tree::Tree;

/// Checks one node and describes it.
pub(super) fn node<'f>(
    program: &Program<'f>,
    tree: &Tree,
    index: usize,
    answers: &Answers,
    sets: &HashMap<&str, HashSet<&str>>,
    budget: &mut Budget<'_>,
    errors: &mut Errors,
) -> Option<Shown<'f>> {
    let node = tree.nodes.get(index)?;
    let item = program.item(node.def)?;
    let list = item.kind.list().and_then(|list| program.form().lists.get(list));
    let mut shown = Shown {
        item,
        path: node.path.clone(),
        parent: node.parent.checked_sub(1),
        position: node.position,
        relevant: node.relevant,
        required: false,
        value: if node.relevant { node.value.clone() } else { String::new() },
        answer: None,
        sign: false,
        filtered: None,
        all: list.map(|l| l.choices.as_slice()).unwrap_or_default(),
        index,
    };
    if !node.relevant {
        shown.filtered = Some(Vec::new());
        return Some(shown);
    }
    let mut flag = |slot: Slot, otherwise: bool, errors: &mut Errors| match program.expr(node.def, slot) {
        None => otherwise,
        Some(Err(_)) => {
            errors.push((index, failed(slot, Fail::Broken)));
            otherwise
        }
        Some(Ok(expr)) => budget.flag(program, tree, Scope::at(index), expr).unwrap_or_else(|fail| {
            errors.push((index, failed(slot, fail)));
            otherwise
        }),
    };
    shown.sign = flag(Slot::Sign, false, errors);
    if computed(program, node.def) || item.kind.holds_items() || item.kind == Kind::Calculate {
        return Some(shown);
    }
    let answer = answers.get(&node.path);
    shown.answer = answer.cloned();
    shown.required = flag(Slot::Required, false, errors);
    let blank = node.value.trim().is_empty();
    if blank && answer.is_none() && shown.required {
        errors.push((index, ErrorKind::Required));
    }
    if item.kind.list().is_some() {
        match choices::filtered(program, tree, index, node.def, budget) {
            Ok(filtered) => shown.filtered = filtered,
            Err(error) => errors.push((index, error)),
        }
    }
    if blank {
        return Some(shown);
    }
    let changed = item.kind == Kind::Note
        || (item.readonly && item.default.as_deref().is_none_or(|default| default != node.value));
    if changed && program.expr(node.def, Slot::Default).is_none() {
        errors.push((index, ErrorKind::ReadOnly));
        return Some(shown);
    }
    let wrong = kinds::check(&item.kind, &node.value)
        .or_else(|| choices::check(&item.kind, &node.value, shown.filtered.as_deref(), sets));
    if let Some(wrong) = wrong {
        errors.push((index, wrong));
    } else if let Some(parsed) = program.expr(node.def, Slot::Constraint) {
        // A constraint that cannot be evaluated is no proof that the answer is right.
        let held = match parsed {
            Ok(expr) => budget.flag(program, tree, Scope::at(index), expr),
            Err(_) => Err(Fail::Broken),
        };
        match held {
            Ok(true) => {}
            Ok(false) => errors.push((index, ErrorKind::Constraint)),
            Err(fail) => errors.push((index, failed(Slot::Constraint, fail))),
        }
    }
    Some(shown)
}

/// Errors by node to errors by path, in document order.
pub(super) fn in_order(tree: &Tree, mut errors: Errors) -> Vec<FieldError> {
    errors.sort_by_key(|(node, _)| *node);
    let path = |node: usize| tree.nodes.get(node).map(|n| n.path.clone()).unwrap_or_default();
    errors.into_iter().map(|(node, kind)| FieldError { path: path(node), kind }).collect()
}

/// Answers to fields that the form does not have, or to groups.
pub(super) fn strangers(tree: &Tree, answers: &Answers, program: &Program<'_>) -> Vec<FieldError> {
    let known: HashSet<&str> = tree
        .nodes
        .iter()
        .filter(|node| program.item(node.def).is_some_and(|item| !item.kind.holds_items()))
        .map(|node| node.path.as_str())
        .collect();
    answers
        .iter()
        // What clients say about the submission itself; never compared.
        .filter(|(path, _)| !path.starts_with("meta/") && !known.contains(path))
        .filter(|(_, answer)| **answer != Answer::Given(String::new()))
        .map(|(path, _)| FieldError { path: path.to_owned(), kind: ErrorKind::UnknownField })
        .collect()
}
