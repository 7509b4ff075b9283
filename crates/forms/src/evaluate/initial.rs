//! The answers that a form opens with.

use super::budget::Budget;
use crate::answers::Answers;
use crate::context::Context;
use crate::form::{Form, Kind, Meta};
use crate::program::{Program, Slot};
use crate::tree::Tree;

/// Defaults, and `start` and `today` of the moment. A default that cannot be evaluated is left blank.
pub fn initial_answers(form: &Form, context: &Context) -> Answers {
    let program = Program::new(form);
    let mut answers = Answers::new();
    let tree = Tree::new(&program, &answers);
    let mut budget = Budget::new(context);
    for (index, node) in tree.nodes.iter().enumerate() {
        let Some(item) = program.item(node.def) else { continue };
        let value = match &item.kind {
            Kind::Meta { fact: Meta::Start } => Some(context.now_text()),
            Kind::Meta { fact: Meta::Today } => Some(context.today()),
            kind if kind.holds_items() || *kind == Kind::Calculate => None,
            _ => match program.expr(node.def, Slot::Default) {
                Some(Ok(expr)) => budget.text(&program, &tree, index, expr).ok(),
                Some(Err(_)) => None,
                None => item.default.clone(),
            },
        };
        if let Some(value) = value {
            answers.give(node.path.clone(), value);
        }
    }
    answers
}
