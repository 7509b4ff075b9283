//! The steps and bytes that all expressions of one evaluation share.

use crate::context::Context;
use crate::expr::ast::Expr;
use crate::expr::eval::{Machine, Scope};
use crate::expr::pattern::Patterns;
use crate::expr::value::{Fail, Value};
use crate::limits;
use crate::program::Program;
use crate::tree::Tree;

/// What is left.
pub(super) struct Budget<'a> {
    pub context: &'a Context,
    patterns: Patterns,
    fuel: u64,
    bytes: usize,
}

impl<'a> Budget<'a> {
    pub(super) fn new(context: &'a Context) -> Self {
        Self {
            context,
            patterns: Patterns::default(),
            fuel: limits::TOTAL_FUEL,
            bytes: limits::CALCULATED_BYTES,
        }
    }

    fn with<'f, T>(
        &mut self,
        program: &Program<'f>,
        tree: &Tree,
        scope: Scope<'f>,
        expr: &Expr,
        finish: impl FnOnce(&mut Machine<'_, 'f>, Value<'f>) -> T,
    ) -> Result<T, Fail> {
        let mut machine = Machine::new(program, tree, self.context, &mut self.patterns, self.fuel);
        let before = machine.fuel;
        let value = machine.eval(expr, scope);
        let value = value.map(|value| finish(&mut machine, value));
        let spent = before - machine.fuel;
        self.fuel -= spent;
        value
    }

    /// An expression of a node as text.
    pub(super) fn text(
        &mut self,
        program: &Program<'_>,
        tree: &Tree,
        node: usize,
        expr: &Expr,
    ) -> Result<String, Fail> {
        let text = self.with(program, tree, Scope::at(node), expr, |m, value| m.text(&value))?;
        // One value is bounded by the machine; this bounds two thousand of them.
        self.bytes = self.bytes.checked_sub(text.len()).ok_or(Fail::TooLarge)?;
        Ok(text)
    }

    /// An expression as truth, at any place.
    pub(super) fn flag<'f>(
        &mut self,
        program: &Program<'f>,
        tree: &Tree,
        scope: Scope<'f>,
        expr: &Expr,
    ) -> Result<bool, Fail> {
        self.with(program, tree, scope, expr, |m, value| m.flag(&value))
    }
}
