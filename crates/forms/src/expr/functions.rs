//! Functions, by what they work on. Arguments are evaluated first, save where only one of them counts.

use super::ast::Expr;
use super::eval::{Machine, Scope};
use super::signatures;
use super::value::{Fail, NodeRef, Value};

mod dates;
mod numbers;
mod places;
mod selects;
mod texts;

/// Names of all functions that an expression may use.
pub fn supported() -> impl Iterator<Item = &'static str> {
    signatures::SIGNATURES.iter().map(|(name, ..)| *name)
}

impl<'f> Machine<'_, 'f> {
    pub(super) fn call(
        &mut self,
        name: &'static str,
        args: &[Expr],
        scope: Scope<'f>,
    ) -> Result<Value<'f>, Fail> {
        // These must not evaluate what they do not use.
        match (name, args) {
            ("if", [condition, then, otherwise]) => {
                let condition = self.eval(condition, scope)?;
                return self.eval(if self.flag(&condition) { then } else { otherwise }, scope);
            }
            ("coalesce", args) => {
                for arg in args {
                    let value = self.eval(arg, scope)?;
                    let text = self.text(&value);
                    if !text.is_empty() {
                        return self.made(text);
                    }
                }
                return Ok(Value::Text(String::new()));
            }
            ("once", [calculation]) => {
                let kept = self.node_text(scope.here).to_owned();
                return if kept.is_empty() { self.eval(calculation, scope) } else { self.made(kept) };
            }
            _ => {}
        }
        let mut values = Vec::with_capacity(args.len());
        for arg in args {
            values.push(self.eval(arg, scope)?);
        }
        match name {
            "true" => Ok(Value::Flag(true)),
            "false" => Ok(Value::Flag(false)),
            "boolean" | "not" => {
                let flag = values.first().is_some_and(|v| self.flag(v));
                Ok(Value::Flag(flag == (name == "boolean")))
            }
            "boolean-from-string" => {
                let text = values.first().map(|v| self.text(v)).unwrap_or_default();
                Ok(Value::Flag(matches!(text.as_str(), "true" | "1")))
            }
            "uuid" => self.made(self.context.uuid.clone()),
            "random" => {
                let node = if let NodeRef::Form(node) = scope.current { node as u64 } else { 0 };
                let draw = self.draws;
                self.draws += 1;
                Ok(Value::Number(self.context.random(node, draw)))
            }
            "string" | "concat" | "join" | "substr" | "substring-before" | "substring-after"
            | "translate" | "string-length" | "normalize-space" | "contains" | "starts-with"
            | "ends-with" | "regex" => self.call_text(name, &values, scope),
            "today" | "now" | "format-date" | "format-date-time" | "date" | "date-time"
            | "decimal-date-time" => self.call_date(name, &values),
            "selected" | "selected-at" | "count-selected" | "checklist" | "weighted-checklist"
            | "jr:choice-name" | "jr:itext" => self.call_select(name, &values),
            "count" | "count-non-empty" | "position" | "indexed-repeat" | "sum" | "max" | "min" => {
                self.call_places(name, &values, scope)
            }
            _ => self.call_number(name, &values),
        }
    }

    /// The text of the n-th argument, paid for.
    fn arg(&mut self, values: &[Value<'f>], index: usize) -> Result<String, Fail> {
        let text = values.get(index).map(|v| self.text(v)).unwrap_or_default();
        self.spend(text.len() as u64 / 16)?;
        Ok(text)
    }

    /// The number of the n-th argument.
    fn arg_number(&self, values: &[Value<'f>], index: usize) -> f64 {
        values.get(index).map_or(f64::NAN, |v| self.number(v))
    }

    /// All texts of a value: one for each node. Places that are not relevant are left out.
    fn texts(&mut self, value: &Value<'f>) -> Result<Vec<String>, Fail> {
        let Value::Nodes(nodes) = value else { return Ok(vec![self.text(value)]) };
        let mut texts = Vec::new();
        for node in nodes {
            self.spend(1)?;
            if self.is_relevant(*node) {
                let text = self.node_text(*node).to_owned();
                self.spend(text.len() as u64 / 16)?;
                texts.push(text);
            }
        }
        Ok(texts)
    }

    fn is_relevant(&self, node: NodeRef<'f>) -> bool {
        match node {
            NodeRef::Form(index) => self.tree.nodes.get(index).is_some_and(|n| n.relevant),
            _ => true,
        }
    }
}
