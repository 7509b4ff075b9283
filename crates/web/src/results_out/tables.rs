//! Tables of a report as files, each with its description beside it.

use ceiba_exchange::csvw::{Column, Kind, Table, Value};
use ceiba_exchange::iati;
use ceiba_programme::results::frozen::{self, Figure, Frozen};

use crate::results::labels::Labels;
use crate::{App, Words};

mod reached;

/// Their names.
pub(super) const FILES: [&str; 4] = ["figures.csv", "parts.csv", "spending.csv", "reached.csv"];

/// A table by its name.
pub(super) fn of(app: &App, labels: &Labels<'_>, report: &Frozen, file: &str) -> Option<Table> {
    let w = labels.words();
    let lang = w.lang();
    let (columns, rows) = match file {
        "figures.csv" => figures(w, report),
        "parts.csv" => parts(labels, report),
        "spending.csv" => spending(w, report),
        "reached.csv" => reached::table(app, labels, report),
        _ => return None,
    };
    let threshold = i64::try_from(report.threshold).unwrap_or(i64::MAX);
    Some(Table {
        file: file.to_owned(),
        title: format!(
            "{} · {}",
            report.grant.name.of(lang.code()),
            w.t(&format!("out-table-{}", file.trim_end_matches(".csv")))
        ),
        about: w.with(
            "out-table-about",
            &[
                ("period", report.period.code.as_str().into()),
                ("version", i64::from(report.version).into()),
                ("n", threshold.into()),
            ],
        ),
        language: lang.code().to_owned(),
        publisher: app.programme.pack.name.clone(),
        source: if file == "reached.csv" { w.t("out-table-places") } else { String::new() },
        columns,
        rows,
    })
}

/// A column whose heading and meaning are texts of its key.
fn column(w: &Words, name: &str, kind: Kind) -> Column {
    let key = format!("out-col-{}", name.replace('_', "-"));
    let about = format!("{key}-about");
    Column {
        name: name.to_owned(),
        title: w.t(&key),
        tag: String::new(),
        kind,
        about: if w.knows(&about) { w.t(&about) } else { String::new() },
    }
}

fn text(text: &str) -> Value {
    if text.trim().is_empty() { Value::Empty } else { Value::Text(text.to_owned()) }
}

/// To the hundredth, as it is.
fn number(n: Option<f64>) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "what is larger is left out")]
    match n.filter(|n| n.is_finite() && n.abs() < 1e15) {
        Some(n) => Value::Number(iati::Number((n * 100.0).round() as i64)),
        None => Value::Empty,
    }
}

/// `shown`, `hidden` or `nothing`: an empty field alone does not say which.
pub(super) const fn state(value: frozen::Value) -> &'static str {
    match value {
        frozen::Value::Shown(_) => "shown",
        frozen::Value::AtLeast(_) => "at_least",
        frozen::Value::Hidden => "hidden",
        frozen::Value::Nothing => "nothing",
    }
}

/// The same in words of the file's language.
fn state_said(w: &Words, value: frozen::Value) -> Value {
    text(&w.t(&format!("out-state-{}", state(value).replace('_', "-"))))
}

/// What a figure is counted in.
pub(super) fn unit(w: &Words, figure: &Figure) -> String {
    let key = format!("out-unit-{}", figure.unit);
    if w.knows(&key) { w.t(&key) } else { figure.unit.clone() }
}

type Made = (Vec<Column>, Vec<Vec<Value>>);

fn figures(w: &Words, report: &Frozen) -> Made {
    let kinds = [
        ("figure", Kind::Text),
        ("name", Kind::Text),
        ("unit_code", Kind::Text),
        ("unit", Kind::Text),
        ("baseline", Kind::Decimal),
        ("target", Kind::Decimal),
        ("value", Kind::Decimal),
        ("value_state_code", Kind::Text),
        ("value_state", Kind::Text),
        ("to_date", Kind::Decimal),
        ("to_date_state_code", Kind::Text),
        ("to_date_state", Kind::Text),
        ("deviation", Kind::Text),
        ("definition", Kind::Text),
        ("rule_version", Kind::Count),
    ];
    let columns = kinds.map(|(name, kind)| column(w, name, kind)).to_vec();
    let lang = w.lang().code();
    let row = |f: &Figure| {
        vec![
            text(&f.code),
            text(f.name.of(lang)),
            text(&f.unit),
            text(&unit(w, f)),
            number(f.baseline),
            number(f.target),
            number(f.value.least()),
            text(state(f.value)),
            state_said(w, f.value),
            number(f.to_date.least()),
            text(state(f.to_date)),
            state_said(w, f.to_date),
            text(&f.deviation),
            text(f.definition.of(lang)),
            number(Some(f64::from(f.version))),
        ]
    };
    (columns, report.figures.iter().map(row).collect())
}

fn parts(labels: &Labels<'_>, report: &Frozen) -> Made {
    let w = labels.words();
    let kinds = [
        ("figure", Kind::Text),
        ("name", Kind::Text),
        ("rows_by_code", Kind::Text),
        ("rows_by", Kind::Text),
        ("row_code", Kind::Text),
        ("row", Kind::Text),
        ("columns_by_code", Kind::Text),
        ("columns_by", Kind::Text),
        ("column_code", Kind::Text),
        ("column", Kind::Text),
        ("value", Kind::Decimal),
        ("value_state_code", Kind::Text),
        ("value_state", Kind::Text),
    ];
    let columns = kinds.map(|(name, kind)| column(w, name, kind)).to_vec();
    let mut rows = Vec::new();
    for f in &report.figures {
        for t in &f.tables {
            for (r, cells) in t.rows.iter().zip(&t.cells) {
                for (c, value) in t.columns.iter().zip(cells) {
                    rows.push(vec![
                        text(&f.code),
                        text(f.name.of(w.lang().code())),
                        text(&t.rows_by),
                        text(&labels.by(&t.rows_by)),
                        text(r),
                        text(&labels.part(f, &t.rows_by, r)),
                        text(&t.columns_by),
                        text(&labels.by(&t.columns_by)),
                        text(c),
                        text(&labels.part(f, &t.columns_by, c)),
                        number(value.least()),
                        text(state(*value)),
                        state_said(w, *value),
                    ]);
                }
            }
        }
    }
    (columns, rows)
}

fn spending(w: &Words, report: &Frozen) -> Made {
    let kinds = [
        ("line", Kind::Text),
        ("line_name", Kind::Text),
        ("currency", Kind::Text),
        ("budget", Kind::Decimal),
        ("spent", Kind::Decimal),
        ("spent_to_date", Kind::Decimal),
    ];
    let columns = kinds.map(|(name, kind)| column(w, name, kind)).to_vec();
    let cents = |n: i64| Value::Number(iati::Number(n));
    let row = |l: &frozen::Line| {
        let money = [cents(l.budget), cents(l.spent), cents(l.to_date)];
        [text(&l.code), text(&l.name), text(&report.grant.currency)].into_iter().chain(money).collect()
    };
    (columns, report.spending.iter().map(row).collect())
}

/// Why a number is not shown.
pub(super) fn hidden(w: &Words, report: &Frozen) -> String {
    w.with("out-hidden", &[("n", i64::try_from(report.threshold).unwrap_or(i64::MAX).into())])
}
