//! The workbook: figures, their parts, what each counts, spending, notes. Numbers are numbers; a hidden one says why.

use ceiba_exchange::sheet::{Book, Sheet, Value};
use ceiba_programme::results::frozen::{self, Figure, Frozen};
use jiff::civil::Date;

use super::content::{currency, span_days};
use super::tables::{hidden, unit};
use crate::Words;
use crate::results::labels::Labels;

/// The workbook of a report in a language.
pub(super) fn of(labels: &Labels<'_>, report: &Frozen, day: Date) -> Book {
    let w = labels.words();
    let title = report.grant.name.of(w.lang().code()).to_owned();
    let dated = w.with("out-dated", &[("span", span_days(w, &report.period.from, &report.period.to).into())]);
    let version =
        w.with("out-version", &[("n", i64::from(report.version).into()), ("day", w.date(day).into())]);
    let made = Making { labels, w, report, above: vec![title.clone(), dated, version] };
    let sheets = vec![made.figures(), made.parts(), made.definitions(), made.spending(), made.notes()];
    Book { title, sheets }
}

struct Making<'a> {
    labels: &'a Labels<'a>,
    w: &'a Words,
    report: &'a Frozen,
    above: Vec<String>,
}

fn text(text: &str) -> Value {
    if text.trim().is_empty() { Value::Empty } else { Value::Text(text.to_owned()) }
}

impl Making<'_> {
    fn sheet(&self, name: &str, columns: &[(&str, u8)], rows: Vec<Vec<Value>>) -> Sheet {
        let mut above = self.above.clone();
        let about = format!("out-book-{name}-about");
        if self.w.knows(&about) {
            above.push(self.w.t(&about));
        }
        let columns =
            columns.iter().map(|(key, wide)| (self.w.t(&format!("out-col-{key}")), *wide)).collect();
        Sheet { name: self.w.t(&format!("out-book-{name}")), above, columns, rows }
    }

    /// A number in the unit of its figure.
    fn number(&self, figure: &Figure, n: f64) -> Value {
        match figure.unit.as_str() {
            "percent" => Value::Percent(n),
            "people" | "events" | "things" => Value::Number(n, 0),
            "money" => Value::Number(n, 2),
            _ => Value::Number(n, 1),
        }
    }

    fn value(&self, figure: &Figure, value: frozen::Value) -> Value {
        match value {
            frozen::Value::Shown(n) => self.number(figure, n),
            frozen::Value::AtLeast(n) => match self.number(figure, n) {
                Value::Number(n, places) => Value::Least(n, places),
                other => other,
            },
            frozen::Value::Hidden => Value::Hidden(hidden(self.w, self.report)),
            frozen::Value::Nothing => Value::Text(self.w.t("out-nothing")),
        }
    }

    fn unit(&self, figure: &Figure) -> Value {
        text(&unit(self.w, figure))
    }

    fn figures(&self) -> Sheet {
        let lang = self.w.lang().code();
        let some = |f: &Figure, n: Option<f64>| n.map_or(Value::Empty, |n| self.number(f, n));
        let row = |f: &Figure| {
            vec![
                text(&f.code),
                text(f.name.of(lang)),
                self.unit(f),
                some(f, f.baseline),
                some(f, f.target),
                self.value(f, f.value),
                self.value(f, f.to_date),
                text(&f.deviation),
            ]
        };
        let columns = [
            ("figure", 10),
            ("name", 46),
            ("unit", 12),
            ("baseline", 12),
            ("target", 12),
            ("value", 16),
            ("to-date", 16),
            ("deviation", 50),
        ];
        self.sheet("figures", &columns, self.report.figures.iter().map(row).collect())
    }

    fn parts(&self) -> Sheet {
        let (w, mut rows) = (self.w, Vec::new());
        let by = |by: &str| text(&self.labels.by(by));
        for f in &self.report.figures {
            for t in &f.tables {
                for (r, cells) in t.rows.iter().zip(&t.cells) {
                    for (c, value) in t.columns.iter().zip(cells) {
                        let (row, column) =
                            (self.labels.part(f, &t.rows_by, r), self.labels.part(f, &t.columns_by, c));
                        let name = text(f.name.of(w.lang().code()));
                        let value = self.value(f, *value);
                        rows.push(vec![
                            text(&f.code),
                            name,
                            by(&t.rows_by),
                            text(&row),
                            by(&t.columns_by),
                            text(&column),
                            value,
                        ]);
                    }
                }
            }
        }
        let columns = [
            ("figure", 10),
            ("name", 40),
            ("rows-by", 16),
            ("row", 26),
            ("columns-by", 16),
            ("column", 26),
            ("value", 16),
        ];
        self.sheet("parts", &columns, rows)
    }

    fn definitions(&self) -> Sheet {
        let lang = self.w.lang().code();
        let row = |f: &Figure| {
            vec![
                text(&f.code),
                text(f.name.of(lang)),
                text(f.definition.of(lang)),
                text(f.source.of(lang)),
                Value::Number(f64::from(f.version), 0),
                text(&f.rule),
                text(&f.facts_hash),
            ]
        };
        let columns = [
            ("figure", 10),
            ("name", 40),
            ("definition", 70),
            ("source", 40),
            ("rule-version", 10),
            ("rule", 60),
            ("facts-hash", 30),
        ];
        self.sheet("definitions", &columns, self.report.figures.iter().map(row).collect())
    }

    fn spending(&self) -> Sheet {
        let cents = |n: i64| {
            #[expect(
                clippy::cast_precision_loss,
                reason = "money of a programme is far below what a double counts exactly"
            )]
            let units = n as f64 / 100.0;
            Value::Number(units, 2)
        };
        let name = currency(self.w, &self.report.grant.currency);
        let row = |l: &frozen::Line| {
            vec![text(&l.code), text(&l.name), text(&name), cents(l.budget), cents(l.spent), cents(l.to_date)]
        };
        let columns = [
            ("line", 10),
            ("line-name", 46),
            ("currency", 26),
            ("budget", 16),
            ("spent", 16),
            ("spent-to-date", 16),
        ];
        self.sheet("spending", &columns, self.report.spending.iter().map(row).collect())
    }

    fn notes(&self) -> Sheet {
        let w = self.w;
        let mut rows = vec![
            vec![Value::Text(w.t("out-note-hidden")), text(&hidden(w, self.report))],
            vec![Value::Text(w.t("out-note-nothing")), text(&w.t("out-nothing"))],
            vec![Value::Text(w.t("out-note-zero")), text(&w.t("out-note-zero-text"))],
        ];
        if let Some(before) = &self.report.restates {
            let what = w.with("out-foot-restates", &[("n", i64::from(before.version).into())]);
            rows.push(vec![Value::Text(what), text(&before.reason)]);
        }
        if !self.report.notes.trim().is_empty() {
            rows.push(vec![Value::Text(w.t("out-note-office")), text(&self.report.notes)]);
        }
        self.sheet("notes", &[("note", 30), ("note-text", 90)], rows)
    }
}
