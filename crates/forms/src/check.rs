//! What a form must satisfy to be published.

use std::collections::BTreeMap;

use crate::expr::lexer::{Reason, SyntaxError};
use crate::expr::pattern::Patterns;
use crate::form::{Form, Kind, walk};
use crate::limits;
use crate::problem::{Code, Place, Problem};
use crate::program::resolve::{Mentions, Missing, Where, mentions};
use crate::program::{Program, Slot};
use crate::read::valid_name;

/// Checks a form that was read or built: names, lists, expressions, references and cycles.
///
/// Gives back nothing but errors; an empty list means that the form can be published.
pub fn check(form: &Form) -> Vec<Problem> {
    let mut problems = Vec::new();
    names(form, &mut problems);
    if !problems.is_empty() {
        // Expressions point by name: with names in disorder their errors would mislead.
        return problems;
    }
    let program = Program::new(form);
    let mut patterns = Patterns::default();
    for def in 1..program.defs.len() {
        let Some(item) = program.item(def) else { continue };
        for slot in Slot::ALL {
            let Some(parsed) = program.expr(def, slot) else { continue };
            let place = Place::new("survey", item.row, slot.column());
            let here = match (slot, item.kind.list()) {
                (Slot::ChoiceFilter, Some(list)) => Where::Item(list),
                _ => Where::Def(def),
            };
            match parsed {
                Err(error) => problems.push(syntax(error, place)),
                Ok(expr) => {
                    references(mentions(&program, def, here, expr), &place, &mut patterns, &mut problems);
                }
            }
        }
        outputs(&program, item, &mut problems);
    }
    if let Some(parsed) = &program.instance_name {
        let place = Place::new("settings", 2, "instance_name");
        match parsed {
            Err(error) => problems.push(syntax(error, place)),
            Ok(expr) => {
                references(mentions(&program, 0, Where::Def(0), expr), &place, &mut patterns, &mut problems);
            }
        }
    }
    if let Some(first) = program.cycle.first() {
        let names = program.cycle.iter().filter_map(|def| program.item(*def)).map(|item| item.name.as_str());
        let fields = names.collect::<Vec<_>>().join(", ");
        let row = program.item(*first).map_or(0, |item| item.row);
        problems.push(Problem::error(Code::Cycle, Place::new("survey", row, "")).with("fields", fields));
    }
    problems
}

fn names(form: &Form, problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    let mut count = 0;
    let mut questions = 0;
    walk(form, |item, path| {
        count += 1;
        questions += usize::from(!item.kind.holds_items());
        let place = |column| Place::new("survey", item.row, column);
        if !valid_name(&item.name) || item.name == "meta" {
            problems.push(Problem::error(Code::BadName, place("name")).with("name", &item.name));
        }
        if seen.insert(&item.name, item.row).is_some() {
            problems.push(Problem::error(Code::DuplicateName, place("name")).with("name", &item.name));
        }
        if path.matches('/').count() > limits::GROUP_DEPTH {
            problems.push(Problem::limit("groups in one another", limits::GROUP_DEPTH, place("type")));
        }
        if let Some(list) = item.kind.list().filter(|list| !form.lists.contains_key(*list)) {
            problems.push(Problem::error(Code::UnknownList, place("type")).with("list", list));
        }
        if item.kind == Kind::Calculate && item.calculation.is_none() && item.default.is_none() {
            let problem = Problem::error(Code::MissingCalculation, place("calculation"));
            problems.push(problem.with("name", &item.name));
        }
    });
    if count > limits::FIELDS {
        problems.push(Problem::limit("fields", limits::FIELDS, Place::new("survey", 0, "")));
    }
    if questions == 0 {
        problems.push(Problem::error(Code::EmptyForm, Place::new("survey", 0, "")));
    }
    if form.languages.len() > limits::LANGUAGES {
        problems.push(Problem::limit("languages", limits::LANGUAGES, Place::new("survey", 1, "")));
    }
}

/// `${name}` within labels and hints.
fn outputs(program: &Program<'_>, item: &crate::form::Item, problems: &mut Vec<Problem>) {
    for (column, text) in [("label", &item.label), ("hint", &item.hint)] {
        for (language, text) in text {
            for name in crate::template::names(text).filter(|name| program.by_name(name).is_none()) {
                let place = Place::new("survey", item.row, &format!("{column}::{language}"));
                problems.push(Problem::error(Code::UnknownField, place).with("field", name));
            }
        }
    }
}

fn references(found: Mentions, place: &Place, patterns: &mut Patterns, problems: &mut Vec<Problem>) {
    for pattern in &found.patterns {
        if let Err(reason) = patterns.get(pattern) {
            let problem = Problem::error(Code::BadRegex, place.clone());
            problems.push(problem.with("pattern", pattern).with("reason", reason));
        }
    }
    for missing in found.missing {
        let error = |code| Problem::error(code, place.clone());
        problems.push(match missing {
            Missing::Field(field) => error(Code::UnknownField).with("field", field),
            Missing::List(list) => error(Code::UnknownList).with("list", list),
            Missing::Column(list, column) => {
                error(Code::UnknownChoiceColumn).with("list", list).with("column", column)
            }
        });
    }
}

fn syntax(error: &SyntaxError, place: Place) -> Problem {
    match &error.reason {
        Reason::Plain(reason) => {
            Problem::error(Code::Expression, place).with("at", error.at + 1).with("reason", reason)
        }
        Reason::UnknownFunction(name) => Problem::error(Code::UnknownFunction, place).with("function", name),
        Reason::Arguments(name, expected) => {
            Problem::error(Code::Arguments, place).with("function", name).with("expected", expected)
        }
    }
}
