//! Relevance and calculated values, in order of dependence.

use super::budget::Budget;
use super::{ErrorKind, computed};
use crate::answers::{Answer, Answers};
use crate::expr::eval::Scope;
use crate::form::Kind;
use crate::program::{Program, Slot};
use crate::tree::Tree;

/// Errors by node.
pub(super) type Errors = Vec<(usize, ErrorKind)>;

/// Fills `relevant` and calculated values of the tree.
pub(super) fn run(
    program: &Program<'_>,
    tree: &mut Tree,
    answers: &Answers,
    budget: &mut Budget<'_>,
) -> Errors {
    let mut errors = Errors::new();
    if tree.truncated {
        errors.push((tree.nodes.len().saturating_sub(1), ErrorKind::TooMany));
    }
    for def in program.order.iter().copied().filter(|def| *def != 0) {
        for node in tree.copies(def).to_vec() {
            let above = tree.nodes.get(node).map_or(0, |n| n.parent);
            let mut relevant = tree.nodes.get(above).is_some_and(|n| n.relevant);
            if relevant {
                relevant = decide(program, tree, node, def, budget, &mut errors);
            }
            let value = match relevant {
                true => calculate(program, tree, node, def, answers, budget, &mut errors),
                false => None,
            };
            if let Some(node) = tree.nodes.get_mut(node) {
                node.relevant = relevant;
                if let Some(value) = value {
                    node.value = value;
                }
            }
        }
    }
    errors
}

/// Whether the node's own `relevant` holds. One that cannot be evaluated shows the field: better asked
/// than lost.
fn decide(
    program: &Program<'_>,
    tree: &Tree,
    node: usize,
    def: usize,
    budget: &mut Budget<'_>,
    errors: &mut Errors,
) -> bool {
    match program.expr(def, Slot::Relevant) {
        None => true,
        Some(Err(_)) => {
            errors.push((node, failed(Slot::Relevant, crate::expr::value::Fail::Broken)));
            true
        }
        Some(Ok(expr)) => match budget.flag(program, tree, Scope::at(node), expr) {
            Ok(flag) => flag,
            Err(fail) => {
                errors.push((node, failed(Slot::Relevant, fail)));
                true
            }
        },
    }
}

fn calculate(
    program: &Program<'_>,
    tree: &Tree,
    node: usize,
    def: usize,
    answers: &Answers,
    budget: &mut Budget<'_>,
    errors: &mut Errors,
) -> Option<String> {
    let item = program.item(def)?;
    if !computed(program, def) {
        // A calculate with nothing but a default is a constant.
        return (item.kind == Kind::Calculate).then(|| item.default.clone()).flatten();
    }
    let value = match program.expr(def, Slot::Calculation) {
        Some(Ok(_)) if program.cycle.contains(&def) => Err("it waits for itself".to_owned()),
        Some(Ok(expr)) => budget.text(program, tree, node, expr).map_err(|fail| fail.to_string()),
        _ => Err(crate::expr::value::Fail::Broken.to_string()),
    };
    let value = value.unwrap_or_else(|reason| {
        errors.push((node, ErrorKind::Expression { column: Slot::Calculation.column(), reason }));
        String::new()
    });
    // `NaN` is how a blank number looks after arithmetic; as a value it is blank.
    let value = if value == "NaN" { String::new() } else { value };
    let path = tree.nodes.get(node).map(|n| n.path.as_str()).unwrap_or_default();
    let sent = answers.get(path).and_then(Answer::given);
    if let Some(sent) = sent {
        let volatile = program.volatile.get(def).copied().unwrap_or(false);
        if !volatile && !same(sent, &value) {
            let sent = sent.chars().take(200).collect();
            errors
                .push((node, ErrorKind::Recalculated { expected: value.chars().take(200).collect(), sent }));
        }
    }
    Some(value)
}

/// Equal as texts or as numbers: clients write `1` and `1.0`, `true` and `1`.
fn same(sent: &str, ours: &str) -> bool {
    let number = |text: &str| match text {
        "true" => Some(1.0),
        "false" => Some(0.0),
        other => other.parse::<f64>().ok(),
    };
    sent.trim() == ours.trim() || number(sent).is_some_and(|sent| Some(sent) == number(ours))
}

pub(super) fn failed(slot: Slot, fail: crate::expr::value::Fail) -> ErrorKind {
    ErrorKind::Expression { column: slot.column(), reason: fail.to_string() }
}
