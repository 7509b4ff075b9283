//! Places in the houses, and who found none.

use std::collections::{BTreeMap, BTreeSet};

use ceiba_disclosure::{SafeTable, count};
use ceiba_paper::{Limit, Series, bars_below, bars_horizontal, bars_stacked, ranked};
use ceiba_programme::results::{self, Measure};
use maud::{Markup, html};

use super::finding::{largest, some_hidden};
use super::named::{listed, whole_number};
use super::rows::Rows;
use super::{Ask, View};
use crate::Failure;
use crate::data::{bars, figure, headings, whole};

pub(super) async fn occupancy(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let mut tx = p.store.db.read().await?;
    let share = results::occupancy(p, &mut tx, caller, &a.span).await?;
    let places = results::places(p, &mut tx, caller, &a.span).await?;
    let nights = results::count(p, &mut tx, caller, Measure::BedNights, &a.span).await?;
    let why = results::count(p, &mut tx, caller, Measure::RefusedWhy, &a.span).await?;
    let who = results::count(p, &mut tx, caller, Measure::Refused, &a.span).await?;
    drop(tx);
    let reason = |code: &str| listed(a, "refusal_reasons", code);
    let labels: Vec<String> = why.rows().iter().map(|r| reason(r)).collect();
    let first = largest(labels.iter().map(String::as_str).zip(why.column(0).unwrap_or_default()));
    let mut finding = match share {
        Some(share) => w.with("board-say-occupancy", &[("share", w.percent(share, 0).into())]),
        None => w.t("board-say-occupancy-few"),
    };
    if let Some((label, n)) = first {
        finding.push(' ');
        finding.push_str(
            &w.with("board-say-refused", &[("reason", label.into()), ("n", whole_number(n).into())]),
        );
        if some_hidden(why.column(0).unwrap_or_default()) {
            finding.push(' ');
            finding.push_str(&w.t("board-say-hidden-too"));
        }
    }
    let key = |prefix: &'static str| move |code: &str| w.t(&format!("{prefix}-{code}"));
    let mut rows = Rows::default();
    rows.one("ocupacion", ("share", &w.t("data-occupied")), "%", share.map(|s| (s * 100.0).round()));
    rows.table_of("noches", &nights, str::to_owned, str::to_owned);
    for (month, n) in &places {
        #[expect(clippy::cast_precision_loss, reason = "nights of a programme are fewer than 2^53")]
        rows.one("noches_posibles", (month, month), &w.t("board-places"), Some(*n as f64));
    }
    rows.table_of("sin_lugar_por_que", &why, reason, |_| w.t("figure-number"));
    rows.table_of("sin_lugar_quien", &who, |c| crate::view::band(w, c), key("refused"));
    let fig = |id: &str, headings: Vec<String>| figure(a.app, w, id, headings);
    let body = html! {
        (slept(a, &nights, &places))
        (bars_horizontal(&fig("refused-why", vec![w.t("figure-result"), w.t("figure-number")]), &ranked(bars(&why, &[], reason))))
        (whole(&fig("refused", headings(w, &who, key("refused"))), &who, |c| crate::view::band(w, c), key("refused")))
    };
    Ok(View::new(finding, body, rows))
}

/// Nights by month and house, and the beds there were: a month in which nobody slept anywhere stands there too.
fn slept(a: &Ask<'_>, nights: &SafeTable, places: &BTreeMap<String, u64>) -> Markup {
    let w = a.w;
    let months: Vec<String> =
        nights.rows().iter().chain(places.keys()).collect::<BTreeSet<_>>().into_iter().cloned().collect();
    let none = count(0, nights.threshold());
    let row = |month: &String| nights.rows().iter().position(|r| r == month);
    let value =
        |column: usize| move |month: &String| row(month).and_then(|r| nights.cell(r, column)).unwrap_or(none);
    let series = nights.columns().iter().enumerate();
    let series: Vec<Series> = series
        .map(|(n, house)| Series { label: house.clone(), values: months.iter().map(value(n)).collect() })
        .collect();
    let figure = figure(a.app, w, "nights", headings(w, nights, str::to_owned));
    let limit = Limit {
        label: w.t("board-places"),
        values: months.iter().map(|month| places.get(month).copied()).collect(),
    };
    html! {
        @if places.is_empty() { (bars_stacked(&figure, &months, &series)) } @else { (bars_below(&figure, &months, &series, &limit)) }
        p class="quiet" { (w.t("board-places-rule")) }
    }
}
