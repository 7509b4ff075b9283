//! The numbers of a view as one long table: figure, row, column, number.

use ceiba_disclosure::{Estimate, SafeTable};
use ceiba_exchange::csvw::{Column, Kind, Table, Value};
use ceiba_exchange::iati::Number;

use super::Ask;

/// A row: figure, code and name of its row, code and name of its column, number; none is hidden.
type Row = (String, (String, String), (String, String), Option<f64>);

/// Every number of a view.
#[derive(Default)]
pub(super) struct Rows(Vec<Row>);

impl Rows {
    /// A number by itself.
    pub(super) fn one(&mut self, figure: &str, row: (&str, &str), column: &str, n: Option<f64>) {
        let row = (row.0.to_owned(), row.1.to_owned());
        self.0.push((figure.to_owned(), row, ("all".to_owned(), column.to_owned()), n));
    }

    /// A measure by itself.
    pub(super) fn measure(&mut self, figure: &str, row: (&str, &str), column: &str, n: Estimate) {
        self.one(figure, row, column, n.shown());
    }

    /// A released table.
    pub(super) fn table_of(
        &mut self,
        figure: &str,
        t: &SafeTable,
        row: impl Fn(&str) -> String,
        column: impl Fn(&str) -> String,
    ) {
        for (r, cells) in t.rows().iter().zip(t.cells()) {
            for (c, cell) in t.columns().iter().zip(cells) {
                #[expect(clippy::cast_precision_loss, reason = "counts of a programme are fewer than 2^53")]
                let n = cell.shown().map(|n| n as f64);
                self.0.push((figure.to_owned(), (r.clone(), row(r)), (c.clone(), column(c)), n));
            }
        }
    }

    /// As a file with its description.
    pub(super) fn table(&self, a: &Ask<'_>, name: &str, file: &str, finding: &str) -> Table {
        let w = a.w;
        let kinds = [
            ("figure", Kind::Text, "board-col-figure"),
            ("row_code", Kind::Text, "out-col-row-code"),
            ("row", Kind::Text, "out-col-row"),
            ("column_code", Kind::Text, "out-col-column-code"),
            ("column", Kind::Text, "out-col-column"),
            ("value", Kind::Decimal, "board-col-value"),
            ("value_state", Kind::Text, "out-col-value-state"),
        ];
        let column = |(name, kind, key): (&str, Kind, &str)| Column {
            name: name.to_owned(),
            title: w.t(key),
            tag: String::new(),
            kind,
            about: if name == "value_state" { w.t("board-state-about") } else { String::new() },
        };
        let text = |t: &str| if t.trim().is_empty() { Value::Empty } else { Value::Text(t.to_owned()) };
        let row = |(figure, row, column, n): &Row| {
            #[expect(clippy::cast_possible_truncation, reason = "counts and percentages")]
            let value = n.map_or(Value::Empty, |n| Value::Number(Number((n * 100.0).round() as i64)));
            let state = if n.is_some() { "shown" } else { "hidden" };
            vec![
                text(figure),
                text(&row.0),
                text(&row.1),
                text(&column.0),
                text(&column.1),
                value,
                text(state),
            ]
        };
        Table {
            file: file.to_owned(),
            title: w.t(&format!("board-{name}")),
            about: format!(
                "{finding} {}",
                w.with(
                    "data-span",
                    &[("from", w.date(a.from).into()), ("to", w.date(crate::data::last_day(a.app)).into())]
                )
            ),
            language: w.lang().code().to_owned(),
            publisher: a.app.programme.pack.name.clone(),
            source: if name == "territorio" { w.t("board-map-credit") } else { String::new() },
            columns: kinds.map(column).to_vec(),
            rows: self.0.iter().map(row).collect(),
        }
    }
}
