//! Functions on several places at once: counts, sums and the copies of a repeat.

use crate::expr::eval::{Machine, Scope};
use crate::expr::value::{Fail, NodeRef, Value, number_of};

impl<'f> Machine<'_, 'f> {
    pub(super) fn call_places(
        &mut self,
        name: &str,
        values: &[Value<'f>],
        scope: Scope<'f>,
    ) -> Result<Value<'f>, Fail> {
        match name {
            "position" => {
                let place = match values.first() {
                    None => scope.place,
                    Some(Value::Nodes(nodes)) => match nodes.first() {
                        Some(NodeRef::Form(index)) => self.tree.nodes.get(*index).map_or(0, |n| n.position),
                        Some(NodeRef::Item(_, index)) => index + 1,
                        _ => 0,
                    },
                    Some(_) => return Err(Fail::NotNodes),
                };
                Ok(Value::Number(place as f64))
            }
            "indexed-repeat" => self.indexed_repeat(values),
            "max" | "min" => {
                let mut numbers = Vec::new();
                for value in values {
                    numbers.extend(self.numbers(value)?);
                }
                let best = match name {
                    "max" => numbers.into_iter().reduce(f64::max),
                    _ => numbers.into_iter().reduce(f64::min),
                };
                Ok(Value::Number(best.unwrap_or(f64::NAN)))
            }
            _ => {
                let Some(nodes @ Value::Nodes(_)) = values.first() else { return Err(Fail::NotNodes) };
                Ok(Value::Number(match name {
                    "count" => self.texts(nodes)?.len() as f64,
                    "count-non-empty" => self.texts(nodes)?.iter().filter(|t| !t.is_empty()).count() as f64,
                    _ => self.numbers(nodes)?.into_iter().sum(),
                }))
            }
        }
    }

    /// The numbers of a value. Blanks are left out: one copy without an amount must not lose the sum.
    fn numbers(&mut self, value: &Value<'f>) -> Result<Vec<f64>, Fail> {
        match value {
            Value::Nodes(_) => {
                let texts = self.texts(value)?;
                Ok(texts.iter().filter(|t| !t.trim().is_empty()).map(|t| number_of(t)).collect())
            }
            Value::Text(text) if text.is_empty() => Ok(Vec::new()),
            other => Ok(vec![self.number(other)]),
        }
    }

    /// The field in the n-th copy of its repeat (and of the repeats within, by further pairs).
    fn indexed_repeat(&mut self, values: &[Value<'f>]) -> Result<Value<'f>, Fail> {
        let (Some(Value::Nodes(fields)), Some(pairs)) = (values.first(), values.get(1..)) else {
            return Err(Fail::NotNodes);
        };
        // `${field}` means its nearest copies, so the copies are taken anew, from the whole form.
        let Some(NodeRef::Form(field)) = fields.first() else { return Ok(Value::Nodes(Vec::new())) };
        let Some(def) = self.tree.nodes.get(*field).map(|n| n.def) else { return Err(Fail::Broken) };
        let mut found = self.tree.copies(def).to_vec();
        for pair in pairs.chunks(2) {
            let [Value::Nodes(repeats), index] = pair else { return Err(Fail::NotNodes) };
            let Some(NodeRef::Form(repeat)) = repeats.first() else { return Ok(Value::Nodes(Vec::new())) };
            let Some(repeat) = self.tree.nodes.get(*repeat).map(|n| n.def) else { return Err(Fail::Broken) };
            let wanted = self.number(index);
            self.spend(found.len() as u64 * 4)?;
            found.retain(|node| {
                self.tree.ancestor(*node, repeat).is_some_and(|copy| {
                    self.tree.nodes.get(copy).is_some_and(|n| n.position as f64 == wanted)
                })
            });
        }
        Ok(Value::Nodes(found.into_iter().map(NodeRef::Form).collect()))
    }
}
