//! Evaluation: one [`Machine`] per expression, with a budget of steps.

use super::ast::{Expr, Op, Path, Start, Step};
use super::pattern::Patterns;
use super::value::{Fail, NodeRef, Value};
use crate::context::Context;
use crate::form::Kind;
use crate::limits;
use crate::program::Program;
use crate::tree::Tree;

/// Evaluates one expression.
pub(crate) struct Machine<'a, 'f> {
    pub program: &'a Program<'f>,
    pub tree: &'a Tree,
    pub context: &'a Context,
    pub patterns: &'a mut Patterns,
    /// Steps left.
    pub fuel: u64,
    /// How many chance numbers were drawn in this expression.
    pub draws: u64,
}

/// Where an expression stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'f> {
    /// `.`
    pub here: NodeRef<'f>,
    /// `current()` and the origin of `${}`.
    pub current: NodeRef<'f>,
    /// `position()` within a predicate, from 1.
    pub place: usize,
}

impl<'f> Scope<'f> {
    /// The scope of an expression of a node of the form.
    pub(crate) fn at(node: usize) -> Self {
        Self { here: NodeRef::Form(node), current: NodeRef::Form(node), place: 1 }
    }
}

impl<'a, 'f> Machine<'a, 'f> {
    pub(crate) fn new(
        program: &'a Program<'f>,
        tree: &'a Tree,
        context: &'a Context,
        patterns: &'a mut Patterns,
        fuel: u64,
    ) -> Self {
        Self { program, tree, context, patterns, fuel: fuel.min(limits::FUEL), draws: 0 }
    }

    /// Pays for work before it is done.
    pub(crate) fn spend(&mut self, steps: u64) -> Result<(), Fail> {
        self.fuel = self.fuel.checked_sub(steps).ok_or(Fail::Fuel)?;
        Ok(())
    }

    /// Pays for a text and checks its length.
    pub(crate) fn made(&mut self, text: String) -> Result<Value<'f>, Fail> {
        if text.len() > limits::OUTPUT_BYTES {
            return Err(Fail::TooLarge);
        }
        self.spend(1 + text.len() as u64 / 16)?;
        Ok(Value::Text(text))
    }

    pub(crate) fn eval(&mut self, expr: &Expr, scope: Scope<'f>) -> Result<Value<'f>, Fail> {
        self.spend(1)?;
        match expr {
            Expr::Number(number) => Ok(Value::Number(*number)),
            Expr::Text(text) => self.made(text.clone()),
            Expr::Path(path) => self.path(path, scope).map(Value::Nodes),
            Expr::Call(name, args) => self.call(name, args, scope),
            Expr::Negate(inner) => {
                let value = self.eval(inner, scope)?;
                Ok(Value::Number(-self.number(&value)))
            }
            Expr::Chain(first, rest) => {
                let mut left = self.eval(first, scope)?;
                for (op, expr) in rest {
                    left = match op {
                        Op::And if !self.flag(&left) => Value::Flag(false),
                        Op::Or if self.flag(&left) => Value::Flag(true),
                        Op::And | Op::Or => {
                            let right = self.eval(expr, scope)?;
                            Value::Flag(self.flag(&right))
                        }
                        _ => {
                            let right = self.eval(expr, scope)?;
                            self.apply(*op, &left, &right)?
                        }
                    };
                }
                Ok(left)
            }
        }
    }

    /// The places that a path points to.
    pub(crate) fn path(&mut self, path: &Path, scope: Scope<'f>) -> Result<Vec<NodeRef<'f>>, Fail> {
        let mut nodes = match &path.start {
            Start::Root => vec![NodeRef::Document],
            Start::Here => vec![scope.here],
            Start::Current => vec![scope.current],
            Start::List(list) => {
                let (name, _) = self.program.form().lists.get_key_value(list).ok_or(Fail::Broken)?;
                vec![NodeRef::List(name)]
            }
            Start::Field(name) => self.field(name, scope)?,
        };
        for step in &path.steps {
            let mut next = Vec::new();
            for node in nodes {
                self.spend(1)?;
                self.step(step, node, scope, &mut next)?;
            }
            nodes = next;
        }
        Ok(nodes)
    }

    /// `${name}`: the copies of the field nearest to the question that asks.
    fn field(&mut self, name: &str, scope: Scope<'f>) -> Result<Vec<NodeRef<'f>>, Fail> {
        let def = self.program.by_name(name).ok_or(Fail::Broken)?;
        let from = match scope.current {
            NodeRef::Form(node) => node,
            _ => 0,
        };
        let copies = self.tree.nearest(self.program, def, from);
        self.spend(copies.len() as u64)?;
        Ok(copies.into_iter().map(NodeRef::Form).collect())
    }

    fn step(
        &mut self,
        step: &Step,
        node: NodeRef<'f>,
        scope: Scope<'f>,
        out: &mut Vec<NodeRef<'f>>,
    ) -> Result<(), Fail> {
        match step {
            Step::Same => out.push(node),
            Step::Parent => out.extend(self.parent(node).filter(|p| !out.contains(p))),
            Step::Child(name, predicates) => {
                let mut found = self.children(node, name.as_deref());
                self.spend(found.len() as u64)?;
                for predicate in predicates {
                    found = self.filter(predicate, found, scope)?;
                }
                out.extend(found);
            }
        }
        Ok(())
    }

    fn filter(
        &mut self,
        predicate: &Expr,
        nodes: Vec<NodeRef<'f>>,
        scope: Scope<'f>,
    ) -> Result<Vec<NodeRef<'f>>, Fail> {
        let mut kept = Vec::new();
        for (index, node) in nodes.into_iter().enumerate() {
            let place = index + 1;
            let keep = match self.eval(predicate, Scope { here: node, place, ..scope })? {
                Value::Number(number) => number == place as f64,
                other => self.flag(&other),
            };
            if keep {
                kept.push(node);
            }
        }
        Ok(kept)
    }

    /// True for nodes whose `0` means false.
    pub(super) fn is_computed(&self, node: usize) -> bool {
        let item = self.tree.nodes.get(node).and_then(|n| self.program.item(n.def));
        item.is_some_and(|item| {
            item.calculation.is_some()
                || matches!(item.kind, Kind::Integer | Kind::Decimal | Kind::Range { .. })
        })
    }
}
