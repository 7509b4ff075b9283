//! Functions on answers of selects and on the labels of choices.

use crate::expr::eval::Machine;
use crate::expr::value::{Fail, Value};

impl<'f> Machine<'_, 'f> {
    pub(super) fn call_select(&mut self, name: &str, values: &[Value<'f>]) -> Result<Value<'f>, Fail> {
        match name {
            "selected" => {
                let (list, wanted) = (self.arg(values, 0)?, self.arg(values, 1)?);
                let wanted = wanted.trim();
                let found = list.split_whitespace().any(|choice| choice == wanted);
                Ok(Value::Flag(found || (wanted.is_empty() && list.trim().is_empty())))
            }
            "selected-at" => {
                let list = self.arg(values, 0)?;
                let index = self.arg_number(values, 1);
                let found = match index >= 0.0 {
                    true => list.split_whitespace().nth(index as usize).unwrap_or_default(),
                    false => "",
                };
                self.made(found.to_owned())
            }
            "count-selected" => {
                let list = self.arg(values, 0)?;
                Ok(Value::Number(list.split_whitespace().count() as f64))
            }
            "checklist" | "weighted-checklist" => self.checklist(name, values),
            "jr:choice-name" => self.choice_name(values),
            "jr:itext" => {
                let id = self.arg(values, 0)?;
                let text = self.itext(&id).unwrap_or_default();
                self.made(text)
            }
            _ => Err(Fail::Broken),
        }
    }

    /// True if the sum of what is true lies between the first two arguments; a negative bound is none.
    fn checklist(&mut self, name: &str, values: &[Value<'f>]) -> Result<Value<'f>, Fail> {
        let (least, most) = (self.arg_number(values, 0), self.arg_number(values, 1));
        let rest = values.get(2..).unwrap_or_default();
        let sum: f64 = if name == "checklist" {
            rest.iter().filter(|v| self.flag(v)).count() as f64
        } else {
            rest.chunks(2)
                .filter(|pair| pair.first().is_some_and(|v| self.flag(v)))
                .map(|pair| pair.get(1).map_or(0.0, |weight| self.number(weight)))
                .sum()
        };
        Ok(Value::Flag((least < 0.0 || sum >= least) && (most < 0.0 || sum <= most)))
    }

    /// The label of a choice; the second argument is `'${question}'` or its path, in quotes.
    fn choice_name(&mut self, values: &[Value<'f>]) -> Result<Value<'f>, Fail> {
        let (code, question) = (self.arg(values, 0)?, self.arg(values, 1)?);
        let question = question.trim();
        let name = match question.strip_prefix("${").and_then(|q| q.strip_suffix('}')) {
            Some(name) => name.trim(),
            None => question.rsplit('/').next().unwrap_or(question),
        };
        let def = self.program.by_name(name).ok_or(Fail::Broken)?;
        let list = self.program.item(def).and_then(|item| item.kind.list()).ok_or(Fail::Broken)?;
        let choices = self.list(list);
        self.spend(choices.len() as u64)?;
        let label = choices
            .iter()
            .find(|c| c.name == code)
            .map_or("", |choice| self.program.form().text(&choice.label, &self.context.language));
        self.made(label.to_owned())
    }

    /// `list-3` is the label of a choice; `/data/g/q:label` and `:hint` are texts of a question.
    fn itext(&self, id: &str) -> Option<String> {
        let form = self.program.form();
        if let Some((path, which)) = id.split_once(':') {
            let item = form.item(path.strip_prefix("/data/")?)?;
            let text = match which {
                "label" => &item.label,
                "hint" => &item.hint,
                _ => return None,
            };
            return Some(form.text(text, &self.context.language).to_owned());
        }
        let (list, index) = id.rsplit_once('-')?;
        let choice = self.list(list).get(index.parse::<usize>().ok()?)?;
        Some(form.text(&choice.label, &self.context.language).to_owned())
    }
}
