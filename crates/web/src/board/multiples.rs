//! Many rows over the same quarters: a small line for each, its last number, and a word where it rose or fell beyond chance.

use ceiba_disclosure::{Cell, SafeTable};
use ceiba_paper::sparkline;
use ceiba_programme::results::Span;
use maud::{Markup, html};

use super::Ask;
use super::finding::{Change, change_among};
use crate::results::period;
use crate::view::iso_day;

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

/// The lines beneath their title, and every number folded beneath them: a table of thirty signs is long.
pub(super) fn drawn(
    a: &Ask<'_>,
    id: &str,
    (t, rows): (&SafeTable, &[Row]),
    span: &Span,
    name: impl Fn(&str) -> String,
) -> Markup {
    let w = a.w;
    let title = format!("fig-{id}");
    html! {
        section class="fig" {
            h3 id=(title) { (said(a, t, rows)) }
            p class="topic" { (w.t(&format!("figure-{id}"))) }
            @if t.rows().is_empty() { p { (w.t("figure-empty")) } }
            @if !rows.is_empty() { ul class="lines" { @for r in rows { li { (line(a, r)) } } } }
            p { (w.t(&format!("figure-{id}-rule"))) " " (w.with("figure-as-of", &[("day", iso_day(w, Some(&span.to)).into())])) }
            @if !t.rows().is_empty() { details {
                summary { (w.t("figure-table")) }
                div class="fig-x" tabindex="0" role="region" aria-labelledby=(title) { table aria-labelledby=(title) {
                    thead { tr { th scope="col" { (w.t("figure-row")) } @for c in t.columns() { th scope="col" { (period(w, c)) } } } }
                    tbody { @for (code, cells) in t.rows().iter().zip(t.cells()) { tr {
                        th scope="row" { (name(code)) }
                        @for cell in cells { td { (number(a, *cell)) } }
                    } } }
                } }
            } }
        }
    }
}

/// What moved beyond chance, or that nothing that can be seen did.
fn said(a: &Ask<'_>, t: &SafeTable, rows: &[Row]) -> String {
    let w = a.w;
    if rows.is_empty() {
        return w.t(if t.rows().is_empty() { "figure-empty" } else { "board-fig-hidden" });
    }
    let named = |change: Change| {
        rows.iter()
            .filter(|r| r.moved == change)
            .map(|r| format!("«{}»", r.label))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let sentences: Vec<String> =
        [("board-fig-rise", named(Change::Up)), ("board-fig-fall", named(Change::Down))]
            .into_iter()
            .filter(|(_, what)| !what.is_empty())
            .map(|(key, what)| w.with(key, &[("what", what.into())]))
            .collect();
    if sentences.is_empty() { w.t("board-fig-steady") } else { sentences.join(" ") }
}

fn line(a: &Ask<'_>, r: &Row) -> Markup {
    let w = a.w;
    let said = w.with(
        "board-line",
        &[
            ("what", r.label.as_str().into()),
            ("last", number(a, r.last).into()),
            ("before", number(a, r.before).into()),
        ],
    );
    html! {
        span { (r.label) }
        (sparkline(&said, &r.line))
        @if r.last.is_hidden() { span class="quiet" { (w.t("hidden")) } } @else { strong { (number(a, r.last)) } }
        @if matches!(r.moved, Change::Up | Change::Down) { span class="moved" { (r.moved.mark()) " " (r.moved.words(a)) } }
    }
}

fn number(a: &Ask<'_>, cell: Cell) -> String {
    cell.shown().map_or_else(|| a.w.t("hidden"), |n| a.w.number(i64::try_from(n).unwrap_or(i64::MAX)))
}
