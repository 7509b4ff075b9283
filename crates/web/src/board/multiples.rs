//! Many rows over the same quarters: a small line for each, its last number, and a word where it rose or fell beyond chance.

use ceiba_disclosure::{Cell, SafeTable};
use ceiba_paper::sparkline;
use maud::{Markup, html};

use super::Ask;
use super::finding::{Change, change_among};
use crate::data::{figure, headings, whole};
use crate::results::period;

/// A row with its quarters and how the last differs from the one before.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) before: Cell,
    pub(super) last: Cell,
    pub(super) moved: Change,
    line: Vec<Option<f64>>,
}

/// The rows, those that moved first, then the largest. A row of which every number is hidden has no line; it stands in the table.
pub(super) fn rows(t: &SafeTable, name: impl Fn(&str) -> String) -> Vec<Row> {
    let many = t.rows().len();
    let mut all: Vec<Row> = t
        .rows()
        .iter()
        .zip(t.cells())
        .map(|(code, cells)| {
            let last = cells.last().copied().unwrap_or(Cell::HIDDEN);
            let before = cells.iter().rev().nth(1).copied().unwrap_or(Cell::HIDDEN);
            #[expect(clippy::cast_precision_loss, reason = "counts of a programme are fewer than 2^53")]
            let line: Vec<Option<f64>> = cells.iter().map(|c| c.shown().map(|n| n as f64)).collect();
            Row { label: name(code), before, last, moved: change_among(before, last, many), line }
        })
        .filter(|r| r.line.iter().flatten().any(|n| *n > 0.0))
        .collect();
    let weight = |r: &Row| (!matches!(r.moved, Change::Up | Change::Down), std::cmp::Reverse(r.last.shown()));
    all.sort_by(|x, y| weight(x).cmp(&weight(y)).then_with(|| x.label.cmp(&y.label)));
    all
}

/// The lines, then the whole table of numbers.
pub(super) fn drawn(
    a: &Ask<'_>,
    id: &str,
    t: &SafeTable,
    rows: &[Row],
    name: impl Fn(&str) -> String,
) -> Markup {
    let w = a.w;
    let quarter = |code: &str| period(w, code);
    let fig = figure(a.app, w, id, headings(w, t, quarter));
    html! {
        @if !rows.is_empty() {
            ul class="lines" { @for r in rows {
                li {
                    span { (r.label) }
                    (sparkline(&w.with("board-line", &[("what", r.label.as_str().into()), ("last", number(a, r.last).into()), ("before", number(a, r.before).into())]), &r.line))
                    strong { (number(a, r.last)) }
                    @if matches!(r.moved, Change::Up | Change::Down) { span class="moved" { (r.moved.mark()) " " (r.moved.words(a)) } }
                }
            } }
        }
        (whole(&fig, t, name, quarter))
    }
}

fn number(a: &Ask<'_>, cell: Cell) -> String {
    cell.shown().map_or_else(|| a.w.t("hidden"), |n| a.w.number(i64::try_from(n).unwrap_or(i64::MAX)))
}
