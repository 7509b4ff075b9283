//! Functions on text. Positions count characters, not bytes.

use crate::expr::eval::{Machine, Scope};
use crate::expr::value::{Fail, Value};
use crate::limits;

impl<'f> Machine<'_, 'f> {
    pub(super) fn call_text(
        &mut self,
        name: &str,
        values: &[Value<'f>],
        scope: Scope<'f>,
    ) -> Result<Value<'f>, Fail> {
        let first = match values {
            [] => self.node_text(scope.here).to_owned(),
            _ => self.arg(values, 0)?,
        };
        match name {
            "string" => self.made(first),
            "concat" => self.joined("", values),
            "join" => self.joined(&first, values.get(1..).unwrap_or_default()),
            "string-length" => Ok(Value::Number(first.chars().count() as f64)),
            "normalize-space" => {
                let text = first.split_whitespace().collect::<Vec<_>>().join(" ");
                self.made(text)
            }
            "substr" => {
                let length = first.chars().count() as f64;
                let bound = |n: f64| if n < 0.0 { (length + n).max(0.0) } else { n.min(length) };
                let start = bound(self.arg_number(values, 1).trunc());
                let end = if values.len() > 2 { bound(self.arg_number(values, 2).trunc()) } else { length };
                // NaN casts to 0, and a start beyond the end is an empty text.
                let (start, end) = (start as usize, end as usize);
                let text = first.chars().skip(start).take(end.saturating_sub(start)).collect();
                self.made(text)
            }
            "translate" => {
                let from: Vec<char> = self.arg(values, 1)?.chars().collect();
                let to: Vec<char> = self.arg(values, 2)?.chars().collect();
                self.spend(from.len() as u64 * first.len() as u64 / 16)?;
                let text = first
                    .chars()
                    .filter_map(|c| match from.iter().position(|f| *f == c) {
                        Some(index) => to.get(index).copied(),
                        None => Some(c),
                    })
                    .collect();
                self.made(text)
            }
            "regex" => {
                let source = self.arg(values, 1)?;
                self.spend(20 + first.len() as u64)?;
                let regex = self.patterns.get(&source).map_err(|_| Fail::Pattern)?;
                Ok(Value::Flag(regex.is_match(&first)))
            }
            _ => self.call_part(name, &first, values),
        }
    }

    fn call_part(&mut self, name: &str, first: &str, values: &[Value<'f>]) -> Result<Value<'f>, Fail> {
        let second = self.arg(values, 1)?;
        match name {
            "contains" => Ok(Value::Flag(first.contains(&second))),
            "starts-with" => Ok(Value::Flag(first.starts_with(&second))),
            "ends-with" => Ok(Value::Flag(first.ends_with(&second))),
            "substring-before" => {
                let text = first.split_once(second.as_str()).map_or("", |(before, _)| before);
                self.made(text.to_owned())
            }
            "substring-after" => {
                let text = first.split_once(second.as_str()).map_or("", |(_, after)| after);
                self.made(text.to_owned())
            }
            _ => Err(Fail::Broken),
        }
    }

    /// Joins every node of every value; stops before the text becomes too long.
    fn joined(&mut self, separator: &str, values: &[Value<'f>]) -> Result<Value<'f>, Fail> {
        let mut out = String::new();
        let mut any = false;
        for value in values {
            for text in self.texts(value)? {
                if any {
                    out.push_str(separator);
                }
                any = true;
                self.spend((text.len() + separator.len()) as u64 / 16)?;
                out.push_str(&text);
                if out.len() > limits::OUTPUT_BYTES {
                    return Err(Fail::TooLarge);
                }
            }
        }
        self.made(out)
    }
}
