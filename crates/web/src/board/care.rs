//! Referrals, places, goals, services.

use ceiba_disclosure::SafeTable;
use ceiba_paper::{Bar, bars_horizontal, ranked};
use ceiba_programme::care::scales;
use ceiba_programme::results::{self, Measure};
use maud::html;

use super::finding::{largest, some_hidden};
use super::rows::Rows;
use super::{Ask, View};
use crate::Failure;
use crate::care::numbers;
use crate::data::{bars, figure, headings, stacked, whole};

/// The steps of a referral, in their order.
const STEPS: [&str; 8] =
    ["requested", "received", "accepted", "in-progress", "completed", "rejected", "failed", "cancelled"];

fn cell(t: &SafeTable, row: &str, column: usize) -> Option<ceiba_disclosure::Cell> {
    t.rows().iter().position(|r| r == row).and_then(|at| t.cell(at, column))
}

fn whole_number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

pub(super) async fn referrals(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p) = (a.w, &a.app.programme);
    let mut tx = p.store.db.read().await?;
    let steps = results::count(p, &mut tx, a.me.caller(), Measure::Cascade, &a.span).await?;
    drop(tx);
    let n = |step: &str| cell(&steps, step, 0).and_then(ceiba_disclosure::Cell::shown);
    let finding = match n("requested").zip(n("accepted")) {
        Some((sent, accepted)) if sent > 0 => w.with(
            "board-say-referrals",
            &[("sent", whole_number(sent).into()), ("accepted", whole_number(accepted).into())],
        ),
        _ => w.t("board-say-few"),
    };
    let name = |code: &str| w.t(&format!("state-referral-{code}"));
    let mut rows = Rows::default();
    rows.table_of("referencias", &steps, name, |_| w.t("figure-number"));
    let figure = figure(a.app, w, "cascade", vec![w.t("figure-step"), w.t("figure-number")]);
    Ok(View::new(finding, html! { (bars_horizontal(&figure, &bars(&steps, &STEPS, name))) }, rows))
}

pub(super) async fn occupancy(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let mut tx = p.store.db.read().await?;
    let share = results::occupancy(p, &mut tx, caller, &a.span).await?;
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
    rows.table_of("sin_lugar_por_que", &why, reason, |_| w.t("figure-number"));
    rows.table_of("sin_lugar_quien", &who, |c| crate::view::band(w, c), key("refused"));
    let fig = |id: &str, headings: Vec<String>| figure(a.app, w, id, headings);
    let body = html! {
        (stacked(&fig("nights", headings(w, &nights, str::to_owned)), &nights, str::to_owned, str::to_owned))
        (bars_horizontal(&fig("refused-why", vec![w.t("figure-result"), w.t("figure-number")]), &ranked(bars(&why, &[], reason))))
        (whole(&fig("refused", headings(w, &who, key("refused"))), &who, |c| crate::view::band(w, c), key("refused")))
    };
    Ok(View::new(finding, body, rows))
}

pub(super) fn listed(a: &Ask<'_>, list: &str, code: &str) -> String {
    a.app.programme.pack.lists.name(list, code, a.w.lang().code()).unwrap_or(code).to_owned()
}

pub(super) async fn goals(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let mut tx = p.store.db.read().await?;
    let goals = results::count(p, &mut tx, caller, Measure::Goals, &a.span).await?;
    let outcomes = results::count(p, &mut tx, caller, Measure::Outcomes, &a.span).await?;
    let scales = scales::all(p, &mut tx).await?;
    drop(tx);
    let domain = |code: &str| numbers::domain(a.me, &scales, code);
    let key = |prefix: &'static str| move |code: &str| w.t(&format!("{prefix}-{code}"));
    let better = outcomes.columns().iter().position(|c| c == "better");
    let labels: Vec<String> = outcomes.rows().iter().map(|r| domain(r)).collect();
    let cells = better.and_then(|c| outcomes.column(c)).unwrap_or_default();
    let hidden = some_hidden(cells.iter().copied());
    let finding = match largest(labels.iter().map(String::as_str).zip(cells)) {
        Some((label, n)) => {
            let said = w.with("board-say-goals", &[("area", label.into()), ("n", whole_number(n).into())]);
            if hidden { format!("{said} {}", w.t("board-say-hidden-too")) } else { said }
        }
        None => w.t("board-say-few"),
    };
    let mut rows = Rows::default();
    rows.table_of("metas", &goals, key("domain"), key("state-goal"));
    rows.table_of("cambios", &outcomes, domain, key("care-change"));
    let fig = |id: &str, headings: Vec<String>| figure(a.app, w, id, headings);
    let body = html! {
        (whole(&fig("goals", headings(w, &goals, key("state-goal"))), &goals, key("domain"), key("state-goal")))
        (whole(&fig("outcomes", headings(w, &outcomes, key("care-change"))), &outcomes, domain, key("care-change")))
    };
    Ok(View::new(finding, body, rows))
}

pub(super) async fn services(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let mut tx = p.store.db.read().await?;
    let all = results::count(p, &mut tx, caller, Measure::ServicesByMonth, &a.span).await?;
    let served = results::people(p, &mut tx, caller, &a.span).await?;
    drop(tx);
    let name = |code: &str| listed(a, "service_types", code);
    let finding = match served.shown() {
        Some(n) => {
            let kinds = i64::try_from(all.rows().len()).unwrap_or(0);
            w.with("board-say-services", &[("n", whole_number(n).into()), ("kinds", kinds.into())])
        }
        None => w.t("board-say-few"),
    };
    let month = |code: &str| code.to_owned();
    let mut rows = Rows::default();
    rows.table_of("servicios", &all, name, month);
    let figure = figure(a.app, w, "services-months", headings(w, &all, month));
    Ok(View::new(finding, html! { (whole(&figure, &all, name, month)) }, rows))
}

/// A bar for each row of a table of one column, by the name of its code.
pub(super) fn plain_bars(t: &SafeTable, name: impl Fn(&str) -> String) -> Vec<Bar> {
    ranked(bars(t, &[], name))
}
