//! Comparison and arithmetic.

use super::ast::Op;
use super::eval::Machine;
use super::value::{Fail, NodeRef, Value, number_of};

impl<'f> Machine<'_, 'f> {
    /// Applies an operator that needs both sides; `and` and `or` are decided by the caller.
    pub(super) fn apply(&mut self, op: Op, left: &Value<'f>, right: &Value<'f>) -> Result<Value<'f>, Fail> {
        let number = |machine: &Self, f: fn(f64, f64) -> f64| {
            Ok(Value::Number(f(machine.number(left), machine.number(right))))
        };
        match op {
            Op::Add => number(self, |a, b| a + b),
            Op::Subtract => number(self, |a, b| a - b),
            Op::Multiply => number(self, |a, b| a * b),
            Op::Divide => number(self, |a, b| a / b),
            Op::Remainder => number(self, |a, b| a % b),
            Op::Union => self.union(left, right),
            _ => self.compare(op, left, right).map(Value::Flag),
        }
    }

    /// True if some pair of nodes compares so. A single node, or none, is its text: a field that is not
    /// relevant equals `''`, as ODK clients have it.
    fn compare(&mut self, op: Op, left: &Value<'f>, right: &Value<'f>) -> Result<bool, Fail> {
        let (lefts, rights) = (self.singles(left), self.singles(right));
        for a in &lefts {
            for b in &rights {
                self.spend(1)?;
                if self.compare_one(op, a, b)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// A value as its parts: one text for each of several nodes.
    fn singles(&self, value: &Value<'f>) -> Vec<Value<'f>> {
        match value {
            Value::Nodes(nodes) if nodes.len() > 1 => {
                nodes.iter().map(|node| Value::Text(self.node_text(*node).to_owned())).collect()
            }
            Value::Nodes(_) => vec![Value::Text(self.text(value))],
            other => vec![other.clone()],
        }
    }

    fn compare_one(&mut self, op: Op, a: &Value<'f>, b: &Value<'f>) -> Result<bool, Fail> {
        for value in [a, b] {
            if let Value::Text(text) = value {
                self.spend(text.len() as u64 / 16)?;
            }
        }
        let equal = || match (a, b) {
            (Value::Flag(_), _) | (_, Value::Flag(_)) => self.flag(a) == self.flag(b),
            (Value::Text(a), Value::Text(b)) => a == b,
            _ => self.number(a) == self.number(b),
        };
        Ok(match op {
            Op::Equal => equal(),
            Op::Unequal => !equal(),
            Op::Less => self.number(a) < self.number(b),
            Op::LessOrEqual => self.number(a) <= self.number(b),
            Op::Greater => self.number(a) > self.number(b),
            Op::GreaterOrEqual => self.number(a) >= self.number(b),
            _ => false,
        })
    }

    fn union(&mut self, left: &Value<'f>, right: &Value<'f>) -> Result<Value<'f>, Fail> {
        let (Value::Nodes(left), Value::Nodes(right)) = (left, right) else { return Err(Fail::NotNodes) };
        let mut nodes = left.clone();
        for node in right {
            self.spend(1 + nodes.len() as u64 / 8)?;
            if !nodes.contains(node) {
                nodes.push(*node);
            }
        }
        Ok(Value::Nodes(nodes))
    }

    /// The text of a value; of several nodes, the first.
    pub(crate) fn text(&self, value: &Value<'f>) -> String {
        match value {
            Value::Text(text) => text.clone(),
            Value::Number(number) => super::value::text_of(*number),
            Value::Flag(flag) => super::value::text_of_flag(*flag),
            Value::Nodes(nodes) => nodes.first().map(|n| self.node_text(*n).to_owned()).unwrap_or_default(),
        }
    }

    /// The number of a value.
    pub(crate) fn number(&self, value: &Value<'f>) -> f64 {
        match value {
            Value::Number(number) => *number,
            Value::Flag(flag) => f64::from(u8::from(*flag)),
            Value::Text(text) => number_of(text),
            Value::Nodes(nodes) => nodes.first().map_or(f64::NAN, |n| number_of(self.node_text(*n))),
        }
    }

    /// The truth of a value. A field counts by its answer, not by being there; a stored `0` or `false` of
    /// a number or a calculation is false, since nobody who writes `${is_minor}` means otherwise.
    pub(crate) fn flag(&self, value: &Value<'f>) -> bool {
        match value {
            Value::Flag(flag) => *flag,
            Value::Number(number) => *number != 0.0 && !number.is_nan(),
            Value::Text(text) => !text.is_empty(),
            Value::Nodes(nodes) => nodes.first().is_some_and(|node| match (self.node_text(*node), node) {
                ("", _) => false,
                ("0" | "false", NodeRef::Form(index)) => !self.is_computed(*index),
                _ => true,
            }),
        }
    }
}
