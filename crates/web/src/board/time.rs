//! The programme today: four numbers month by month, and what waits for a decision.

use ceiba_disclosure::{Cell, SafeTable};
use ceiba_paper::sparkline;
use ceiba_programme::results::{self, Measure, Span};
use jiff::civil::Date;
use maud::html;

use super::finding::change;
use super::rows::Rows;
use super::{Ask, View, decisions};
use crate::Failure;
use crate::data::last_day;

/// The last twelve whole months, each with its span. One that still grows is not asked for: from one day to the next it would tell who
/// came.
fn months(a: &Ask<'_>) -> Vec<(String, Span)> {
    let this = last_day(a.app).first_of_month();
    (0..12i32)
        .rev()
        .map(|back| {
            let first = this.saturating_sub(jiff::Span::new().months(back));
            let name = first.strftime("%Y-%m").to_string();
            let span = Span {
                from: first.to_string(),
                to: first.last_of_month().to_string(),
                site: a.span.site.clone(),
            };
            (name, span)
        })
        .collect()
}

/// Two spans of three whole months, the earlier one first.
pub(super) fn quarters(last: Date) -> [(Date, Date); 2] {
    let back = |n: i32| last.first_of_month().saturating_sub(jiff::Span::new().months(n));
    [(back(5), back(2).yesterday().unwrap_or(last)), (back(2), last)]
}

/// A number of the first view: its key, its months, and how it is written.
type Number<'a> = (&'a str, Vec<Option<f64>>, &'a dyn Fn(&crate::Words, f64) -> String);

pub(super) async fn programme(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let all = months(a);
    let mut tx = p.store.db.read().await?;
    let (mut served, mut nights, mut accepted) = (vec![], vec![], vec![]);
    for (_, span) in &all {
        served.push(results::people(p, &mut tx, caller, span).await?);
        nights.push(results::people_of(p, &mut tx, caller, "shelter.night", span).await?);
        let which = ("referral.answered", Some("accepted"));
        accepted.push(results::median_hours(p, &mut tx, caller, which, span).await?);
    }
    let year = Span {
        from: all.first().map(|(_, s)| s.from.clone()).unwrap_or_default(),
        to: all.last().map(|(_, s)| s.to.clone()).unwrap_or_default(),
        site: a.span.site.clone(),
    };
    let reviews = results::count(p, &mut tx, caller, Measure::Reviews, &year).await?;
    let mut two = Vec::new();
    for (from, to) in quarters(last_day(a.app)) {
        let span = Span { from: from.to_string(), to: to.to_string(), site: a.span.site.clone() };
        two.push(results::people(p, &mut tx, caller, &span).await?);
    }
    let waiting = decisions::waiting(a, &mut tx).await?;
    drop(tx);
    let moved =
        change(two.first().copied().unwrap_or(Cell::HIDDEN), two.last().copied().unwrap_or(Cell::HIDDEN));
    let finding = match two.last().and_then(|c| c.shown()) {
        Some(n) => w.with(
            "board-say-programme",
            &[("n", i64::try_from(n).unwrap_or(i64::MAX).into()), ("change", moved.words(a).into())],
        ),
        None => w.t("board-say-few"),
    };
    #[expect(clippy::cast_precision_loss, reason = "counts of a programme are fewer than 2^53")]
    let counted = |cells: &[Cell]| cells.iter().map(|c| c.shown().map(|n| n as f64)).collect::<Vec<_>>();
    let whole = |w: &crate::Words, n: f64| w.decimal(n, 0);
    let percent = |w: &crate::Words, n: f64| w.percent(n / 100.0, 0);
    let hours = |w: &crate::Words, n: f64| w.with("hours", &[("n", w.decimal(n, 1).into())]);
    let four: [Number<'_>; 4] = [
        ("served", counted(&served), &whole),
        ("housed", counted(&nights), &whole),
        ("reviewed", all.iter().map(|(month, _)| on_time(&reviews, month)).collect(), &percent),
        ("accepted", accepted, &hours),
    ];
    // Of counts it is said whether the last month differs from the one before beyond chance.
    let two = |cells: &[Cell]| {
        let mut last = cells.iter().rev().copied();
        let (last, before) = (last.next().unwrap_or(Cell::HIDDEN), last.next().unwrap_or(Cell::HIDDEN));
        w.with("board-now-change", &[("change", change(before, last).words(a).into())])
    };
    let differs = [("served", two(&served)), ("housed", two(&nights))];
    let mut rows = Rows::default();
    for (key, values, _) in &four {
        for ((month, _), n) in all.iter().zip(values) {
            rows.one(key, (month, month), &w.t(&format!("board-now-{key}")), *n);
        }
    }
    let body = html! {
        div class="four" { @for (key, values, said) in &four {
            @let last = values.last().copied().flatten();
            @let label = w.t(&format!("board-now-{key}"));
            div {
                (label)
                @match last { Some(n) => { strong { (said(w, n)) } }, None => { p class="quiet" { (w.t("hidden")) } } }
                @if let Some((_, said)) = differs.iter().find(|(of, _)| of == key) { p class="quiet" { (said) } }
                (sparkline(&w.with("board-spark", &[("what", label.as_str().into())]), values))
            }
        } }
        p class="quiet" { (w.t("board-now-rule")) }
        details {
            summary { (w.t("figure-table")) }
            div class="fig-x" tabindex="0" role="region" aria-label=(w.t("figure-table")) { table {
                thead { tr { th scope="col" { (w.t("figure-month")) } @for (key, _, _) in &four { th scope="col" { (w.t(&format!("board-now-{key}"))) } } } }
                tbody { @for (n, (month, _)) in all.iter().enumerate() { tr {
                    th scope="row" { (month) }
                    @for (_, values, said) in &four { td { @match values.get(n).copied().flatten() { Some(v) => (said(w, v)), None => (w.t("hidden")) } } }
                } } }
            } }
        }
        (decisions::shown(a, &waiting))
    };
    Ok(View::new(finding, body, rows))
}

/// How many of a hundred plans were looked at again in time, of a month of which both numbers are shown.
fn on_time(reviews: &SafeTable, month: &str) -> Option<f64> {
    let row = reviews.rows().iter().position(|r| r == month)?;
    // A column that is not there has none in it.
    let n = |column: &str| match reviews.columns().iter().position(|c| c == column) {
        Some(at) => reviews.cell(row, at)?.shown(),
        None => Some(0),
    };
    let (in_time, late) = (n("on_time")?, n("late")?);
    #[expect(clippy::cast_precision_loss, reason = "counts of a programme are fewer than 2^53")]
    let share = (in_time as f64) * 100.0 / ((in_time + late) as f64);
    (in_time + late > 0).then(|| share.round())
}
