//! Places in the houses, and who found none.

use std::collections::BTreeMap;

use ceiba_disclosure::{SafeTable, count};
use ceiba_paper::{Limit, Series, bars_below, bars_horizontal, bars_stacked, ranked};
use ceiba_programme::results::{self, Measure};
use maud::{Markup, html};

use super::named::{listed, whole_number};
use super::rows::Rows;
use super::said::{cells, column, if_any, most, titled, total};
use super::{Ask, View};
use crate::Failure;
use crate::data::{axis, bars, headings, months, whole};

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
    let mut finding = match share {
        Some(share) => w.with("board-say-occupancy", &[("share", w.percent(share, 0).into())]),
        None => w.t("board-say-occupancy-few"),
    };
    if let Some(said) = if_any(a, "refused-why", &column(&why, None, reason)) {
        finding.push(' ');
        finding.push_str(&said);
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
    let why_said = most(a, "refused-why", &column(&why, None, reason));
    let why_figure = titled(a, "refused-why", why_said, vec![w.t("figure-result"), w.t("figure-number")]);
    let band = |c: &str| crate::view::band(w, c);
    let who_said = most(a, "refused", &cells(&who, band, key("refused")));
    let who_figure = titled(a, "refused", who_said, headings(w, &who, key("refused")));
    let body = html! {
        (slept(a, &nights, &places, share))
        (bars_horizontal(&why_figure, &ranked(bars(&why, &[], reason))))
        (whole(&who_figure, &who, band, key("refused")))
    };
    Ok(View::new(finding, body, rows))
}

/// Nights by month and house, and the beds there were: a month in which nobody slept anywhere, or no night was counted, stands there too.
fn slept(a: &Ask<'_>, nights: &SafeTable, places: &BTreeMap<String, u64>, share: Option<f64>) -> Markup {
    let w = a.w;
    let first = nights.rows().iter().chain(places.keys()).min();
    let months = if first.is_none() { Vec::new() } else { axis(&a.span, first) };
    let none = count(0, nights.threshold());
    let row = |month: &String| nights.rows().iter().position(|r| r == month);
    let value =
        |column: usize| move |month: &String| row(month).and_then(|r| nights.cell(r, column)).unwrap_or(none);
    let series = nights.columns().iter().enumerate();
    let series: Vec<Series> = series
        .map(|(n, house)| Series { label: house.clone(), values: months.iter().map(value(n)).collect() })
        .collect();
    let figure = titled(a, "nights", used(a, nights, places, share), headings(w, nights, str::to_owned));
    let limit = Limit {
        label: w.t("board-places"),
        values: months.iter().map(|month| places.get(month).copied()).collect(),
    };
    html! {
        @if places.is_empty() { (bars_stacked(&figure, &months, &series)) } @else { (bars_below(&figure, &months, &series, &limit)) }
        p class="quiet" { (w.t("board-places-rule")) }
    }
}

/// How many of the nights that there were in the last three months somebody slept; where a part is hidden, the share of the whole span,
/// which was let through by itself.
fn used(a: &Ask<'_>, nights: &SafeTable, places: &BTreeMap<String, u64>, share: Option<f64>) -> String {
    let w = a.w;
    let all = months(&a.span);
    let last = all.get(all.len().saturating_sub(3)..).unwrap_or_default();
    let (n, whole) = total(nights, last);
    let n = ("n", whole_number(n).into());
    let of: Option<u64> = last.iter().map(|month| places.get(month).copied()).sum();
    match (whole && !nights.rows().is_empty(), of, share) {
        (true, Some(of), _) => w.with("board-fig-nights", &[n, ("of", whole_number(of).into())]),
        (true, None, _) => w.with("board-fig-nights-only", &[n]),
        (false, _, Some(share)) => w.with("board-say-occupancy", &[("share", w.percent(share, 0).into())]),
        (false, _, None) => w.t("board-say-occupancy-few"),
    }
}
