//! Evaluates answers against a form: what is shown, what follows, what is wrong.

use std::collections::{HashMap, HashSet};

use crate::answers::{Answer, Answers};
use crate::context::Context;
use crate::form::{Choice, Form, Item, Kind, Text};
use crate::program::{Program, Slot};
use crate::tree::Tree;

mod budget;
mod checks;
mod choices;
mod error;
mod flow;
mod initial;
mod kinds;

pub use error::{ErrorKind, FieldError};
pub use initial::initial_answers;

/// A field, group or repeat copy, as it stands with these answers.
#[derive(Debug, Clone)]
pub struct Shown<'f> {
    /// The row of the form.
    pub item: &'f Item,
    /// Path with indices, without `/data/`: the key of its answer.
    pub path: String,
    /// Position of the group above in [`Evaluation::nodes`]; none at the top.
    pub parent: Option<usize>,
    /// Which copy of a repeat, from 1; 1 for all else.
    pub position: usize,
    /// Whether it is asked. What is not relevant has no value, no errors and no choices.
    pub relevant: bool,
    /// Whether an answer (or a non-answer) is needed.
    pub required: bool,
    /// The value: given or calculated; empty if there is none.
    pub value: String,
    /// What was answered; calculated values are not answers.
    pub answer: Option<Answer>,
    /// Whether its `sign` is true.
    pub sign: bool,
    /// The choices that the filter leaves; none if there is no filter.
    filtered: Option<Vec<&'f Choice>>,
    all: &'f [Choice],
    /// Its number in the tree.
    index: usize,
}

impl<'f> Shown<'f> {
    /// The choices to offer, in order.
    pub fn choices(&self) -> Vec<&'f Choice> {
        self.filtered.clone().unwrap_or_else(|| self.all.iter().collect())
    }

    /// True if the choice is selected.
    pub fn selected(&self, choice: &str) -> bool {
        self.value.split_whitespace().any(|c| c == choice)
    }
}

/// The outcome of [`evaluate`].
pub struct Evaluation<'f> {
    /// Everything in document order, also what is not relevant.
    pub nodes: Vec<Shown<'f>>,
    /// What is wrong, in document order; fields that the form does not have come last.
    pub errors: Vec<FieldError>,
    /// Name of the submission by the settings; empty if there is none.
    pub instance_name: String,
    program: Program<'f>,
    tree: Tree,
}

impl<'f> Evaluation<'f> {
    /// True if nothing is wrong. Otherwise keep the answers and flag them; never drop them.
    pub fn accepted(&self) -> bool {
        self.errors.is_empty()
    }

    /// The node at a path with indices.
    pub fn node(&self, path: &str) -> Option<&Shown<'f>> {
        self.nodes.iter().find(|node| node.path == path)
    }

    /// The errors of one path.
    pub fn errors_of<'e>(&'e self, path: &'e str) -> impl Iterator<Item = &'e FieldError> {
        self.errors.iter().filter(move |error| error.path == path)
    }

    /// A text of a node in a language, with `${name}` replaced by the answers. The result is plain text.
    pub fn say(&self, node: &Shown<'f>, text: &Text, language: &str) -> String {
        let mut out = String::new();
        for part in crate::template::parts(self.program.form().text(text, language)) {
            match part {
                crate::template::Part::Plain(plain) => out.push_str(plain),
                crate::template::Part::Name(name) => {
                    let copies = self
                        .program
                        .by_name(name)
                        .map(|def| self.tree.nearest(&self.program, def, node.index));
                    let first = copies.and_then(|copies| copies.first().copied());
                    let value = first.and_then(|n| self.tree.nodes.get(n)).filter(|n| n.relevant);
                    out.push_str(value.map_or("", |n| &n.value));
                }
            }
        }
        out
    }

    /// What to store: answers of relevant fields and calculated values. Answers to what is not relevant
    /// are left out.
    pub fn answers(&self) -> Answers {
        let mut answers = Answers::new();
        for node in self.nodes.iter().filter(|node| node.relevant) {
            if node.item.kind == Kind::Repeat
                && let Some((repeat, copy)) = crate::answers::copy_of(&node.path).last()
            {
                answers.at_least(repeat, *copy);
            }
            match &node.answer {
                Some(answer) => answers.set(node.path.clone(), answer.clone()),
                None if !node.value.is_empty() => answers.give(node.path.clone(), node.value.clone()),
                None => {}
            }
        }
        answers
    }

    /// The form.
    pub fn form(&self) -> &'f Form {
        self.program.form()
    }
}

/// Evaluates answers. Never fails: what cannot be evaluated is an error of its field.
///
/// Non-answers (`Declined`, `NotAsked`) are empty in expressions and satisfy `required`. Values sent for
/// calculated fields are compared with ours and ours is kept; those that depend on the moment are not
/// compared, so pass the moment of the filling-in when old answers are evaluated again.
pub fn evaluate<'f>(form: &'f Form, answers: &Answers, context: &Context) -> Evaluation<'f> {
    let program = Program::new(form);
    let mut tree = Tree::new(&program, answers);
    let mut budget = budget::Budget::new(context);
    let mut errors = flow::run(&program, &mut tree, answers, &mut budget);
    let sets: HashMap<&str, HashSet<&str>> = form
        .lists
        .iter()
        .map(|(name, list)| (name.as_str(), list.choices.iter().map(|c| c.name.as_str()).collect()))
        .collect();
    let mut nodes = Vec::with_capacity(tree.nodes.len());
    for index in 1..tree.nodes.len() {
        if let Some(shown) = checks::node(&program, &tree, index, answers, &sets, &mut budget, &mut errors) {
            nodes.push(shown);
        }
    }
    let name = program.instance_name.as_ref().and_then(|parsed| parsed.as_ref().ok());
    let name = name.and_then(|expr| budget.text(&program, &tree, 0, expr).ok()).unwrap_or_default();
    let mut errors = checks::in_order(&tree, errors);
    errors.extend(checks::strangers(&tree, answers, &program));
    Evaluation { nodes, errors, instance_name: name, program, tree }
}

/// True if the answer of a slot is computed and not given.
fn computed(program: &Program<'_>, def: usize) -> bool {
    program.expr(def, Slot::Calculation).is_some()
}
