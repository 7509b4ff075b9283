//! Which definitions and lists an expression mentions, without evaluating it.

use super::Program;
use crate::expr::ast::{Expr, Path, Start, Step};

/// A place, known before there are answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Where<'e> {
    Document,
    Def(usize),
    List(&'e str),
    Root(&'e str),
    Item(&'e str),
    Column,
}

/// A name that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Missing {
    Field(String),
    List(String),
    Column(String, String),
}

/// What an expression mentions.
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    pub defs: Vec<usize>,
    pub missing: Vec<Missing>,
    /// Literal regular expressions.
    pub patterns: Vec<String>,
    /// It calls a function whose value differs each time.
    pub volatile: bool,
}

/// Collects the mentions of an expression of `def`; `here` is what bare names belong to.
pub(crate) fn mentions<'e>(
    program: &'e Program<'_>,
    def: usize,
    here: Where<'e>,
    expr: &'e Expr,
) -> Mentions {
    let mut walker = Walker { program, def, found: Mentions::default() };
    walker.expr(expr, here);
    walker.found
}

struct Walker<'e, 'f> {
    program: &'e Program<'f>,
    def: usize,
    found: Mentions,
}

impl<'e> Walker<'e, '_> {
    fn expr(&mut self, expr: &'e Expr, here: Where<'e>) {
        match expr {
            Expr::Number(_) => {}
            // `${name}` within quotes is how jr:choice-name() names its question.
            Expr::Text(text) => {
                let name = text.trim().strip_prefix("${").and_then(|t| t.strip_suffix('}'));
                if let Some(name) = name.map(str::trim).filter(|name| self.program.by_name(name).is_none()) {
                    self.found.missing.push(Missing::Field(name.to_owned()));
                }
            }
            Expr::Path(path) => self.path(path, here),
            Expr::Call(name, args) => {
                self.found.volatile |= crate::expr::signatures::VOLATILE.contains(name);
                if let ("regex", [_, Expr::Text(pattern)]) = (*name, args.as_slice()) {
                    self.found.patterns.push(pattern.clone());
                }
                args.iter().for_each(|arg| self.expr(arg, here));
            }
            Expr::Negate(inner) => self.expr(inner, here),
            Expr::Chain(first, rest) => {
                self.expr(first, here);
                rest.iter().for_each(|(_, expr)| self.expr(expr, here));
            }
        }
    }

    fn path(&mut self, path: &'e Path, here: Where<'e>) {
        let mut at = vec![match &path.start {
            Start::Root => Where::Document,
            Start::Here => here,
            Start::Current => Where::Def(self.def),
            Start::List(list) => match self.program.form().lists.contains_key(list) {
                true => Where::List(list),
                false => return self.found.missing.push(Missing::List(list.clone())),
            },
            Start::Field(name) => match self.program.by_name(name) {
                Some(def) => Where::Def(def),
                None => return self.found.missing.push(Missing::Field(name.clone())),
            },
        }];
        for step in &path.steps {
            let next: Vec<Where<'e>> = at.iter().flat_map(|place| self.step(*place, step)).collect();
            if next.is_empty() {
                let name = match step {
                    Step::Child(Some(name), _) => name.clone(),
                    Step::Child(None, _) => "*".into(),
                    Step::Same => ".".into(),
                    Step::Parent => "..".into(),
                };
                return self.found.missing.push(match at.first() {
                    Some(Where::Item(list)) => Missing::Column((*list).to_owned(), name),
                    _ => Missing::Field(name),
                });
            }
            if let Step::Child(_, predicates) = step {
                for place in &next {
                    predicates.iter().for_each(|predicate| self.expr(predicate, *place));
                }
            }
            at = next;
        }
        self.found.defs.extend(at.iter().filter_map(|place| match place {
            Where::Def(def) => Some(*def),
            _ => None,
        }));
    }

    fn step(&self, place: Where<'e>, step: &'e Step) -> Vec<Where<'e>> {
        let name = match step {
            Step::Same => return vec![place],
            Step::Parent => {
                return match place {
                    Where::Document | Where::List(_) | Where::Column => Vec::new(),
                    Where::Def(0) => vec![Where::Document],
                    Where::Def(def) => vec![Where::Def(self.program.defs.get(def).map_or(0, |d| d.parent))],
                    Where::Root(list) => vec![Where::List(list)],
                    Where::Item(list) => vec![Where::Root(list)],
                };
            }
            Step::Child(name, _) => name.as_deref(),
        };
        let is = |known: &str| name.is_none_or(|name| name == known);
        match place {
            Where::Document if is("data") => vec![Where::Def(0)],
            Where::Def(def) => {
                let children = self.program.defs.get(def).map(|d| d.children.as_slice()).unwrap_or_default();
                children
                    .iter()
                    .filter(|child| self.program.item(**child).is_some_and(|item| is(&item.name)))
                    .map(|child| Where::Def(*child))
                    .collect()
            }
            Where::List(list) if is("root") => vec![Where::Root(list)],
            Where::Root(list) if is("item") => vec![Where::Item(list)],
            Where::Item(list) => {
                let standard = name.is_none_or(|name| matches!(name, "name" | "label" | "itextId"));
                let choices = self.program.form().lists.get(list).map(|l| l.choices.as_slice());
                let extra = || {
                    choices
                        .unwrap_or_default()
                        .iter()
                        .any(|choice| name.is_some_and(|name| choice.extra.contains_key(name)))
                };
                if standard || extra() { vec![Where::Column] } else { Vec::new() }
            }
            _ => Vec::new(),
        }
    }
}
