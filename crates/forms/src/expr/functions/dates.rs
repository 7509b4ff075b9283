//! Functions on dates.

use crate::expr::dates::{datetime_from_days, format, from_days, to_days};
use crate::expr::eval::Machine;
use crate::expr::value::{Fail, Value};

impl<'f> Machine<'_, 'f> {
    pub(super) fn call_date(&mut self, name: &str, values: &[Value<'f>]) -> Result<Value<'f>, Fail> {
        let text = match name {
            "today" => self.context.today(),
            "now" => self.context.now_text(),
            _ => {
                // A text is a date or nothing; a number is days since 1970-01-01.
                let days = match values.first() {
                    Some(Value::Number(number)) => Some(*number),
                    Some(other) => to_days(self.text(other).trim()),
                    None => None,
                };
                let days = days.filter(|days| days.is_finite());
                match name {
                    "date" => days.and_then(from_days).unwrap_or_default(),
                    "date-time" => days
                        .and_then(datetime_from_days)
                        .map(|moment| moment.strftime("%Y-%m-%dT%H:%M:%S").to_string())
                        .unwrap_or_default(),
                    "decimal-date-time" => return Ok(Value::Number(days.unwrap_or(f64::NAN))),
                    _ => {
                        let pattern = self.arg(values, 1)?;
                        let lower = self.context.language.to_lowercase();
                        let spanish = lower.contains("(es") || lower.starts_with("es");
                        days.and_then(datetime_from_days)
                            .map(|moment| format(moment, &pattern, spanish))
                            .unwrap_or_default()
                    }
                }
            }
        };
        self.made(text)
    }
}
