//! «Resultados»: what each donor was promised and what came of it. Grants, quarters, figures.

use axum::extract::State;
use ceiba_access::Act;
use ceiba_programme::results::framework::Framework;
use ceiba_programme::results::frozen::{Figure, Value};
use ceiba_programme::results::quarter;
use ceiba_programme::results::versions::Report;
use maud::{Markup, html};

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Column, Mood, Table, Tone, button_link, card, heading, tag};
use crate::{Answer, App, Place, Words};

pub mod bring;
pub mod figure;
pub mod labels;
pub mod quarters;
pub mod spending;

/// `GET /resultados`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let mut tx = app.programme.store.db.read().await?;
    let grants = quarter::grants(&app.programme, &mut tx, me.caller()).await?;
    drop(tx);
    let content = html! {
        (heading(html! { (w.t("result-title")) }, html! { (w.t("result-text")) }))
        @if grants.is_empty() { p { (w.t("result-none")) } }
        @for (grant, reports) in &grants { (one(&app, &me, grant, reports)) }
    };
    Ok(Desk::new(&app, &me, "result-window", "/resultados").area(Place::Results).body(content))
}

fn one(app: &App, me: &Me, grant: &Framework, reports: &[Report]) -> Markup {
    let w = me.words(app);
    let periods = quarter::periods(grant, app.today());
    let rows = periods.iter().map(|p| {
        let report = reports.iter().find(|r| r.period == p.code);
        vec![
            html! { a href={ "/resultados/" (grant.code) "/" (p.code) } { (period(w, &p.code)) } },
            html! { (day(w, &p.from)) " – " (day(w, &p.to)) },
            state(w, report),
        ]
    });
    let columns = ["result-period", "result-days", "result-state"].map(|c| Column::new(w.t(c)));
    let money = w.number(grant.budget);
    card(
        grant.name.of(me.lang.code()),
        html! {
            p { (w.with("result-grant", &[("donor", grant.donor.clone().into()), ("currency", grant.currency.clone().into()), ("budget", money.into())])) }
            p class="quiet" { (w.with("result-grant-days", &[("from", day(w, &grant.from).into()), ("to", day(w, &grant.to).into())])) " " (w.with("result-grant-threshold", &[("n", grant.threshold.into())])) }
            (Table::new(w.with("result-periods", &[("name", grant.name.of(me.lang.code()).into())]), columns.into()).cards().rows(rows).show(w))
            @if me.can(app, Act::RESULTS_WRITE) { p { (button_link(&w.t("result-bring"), &format!("/resultados/{}/traer", grant.code), Tone::Quiet)) } }
        },
    )
}

/// A quarter's code as people say it.
pub(crate) fn period(w: &Words, code: &str) -> String {
    let (year, n) = code.split_once("-Q").unwrap_or((code, ""));
    w.with("result-quarter", &[("n", n.to_owned().into()), ("year", year.to_owned().into())])
}

pub(crate) fn day(w: &Words, day: &str) -> String {
    crate::view::iso_day(w, Some(day))
}

fn state(w: &Words, report: Option<&Report>) -> Markup {
    let (mood, key) = match report.map(|r| (r.state.as_str(), r.reason.is_empty())) {
        None => (Mood::Plain, "none"),
        Some(("frozen", true)) => (Mood::Ok, "frozen"),
        Some(("frozen", false)) => (Mood::Ok, "restated"),
        Some(("asked", _)) => (Mood::Care, "asked"),
        Some((_, true)) => (Mood::Care, "open"),
        Some((_, false)) => (Mood::Care, "again"),
    };
    tag(mood, &w.t(&format!("result-state-{key}")))
}

/// A number with its unit.
pub(crate) fn amount(w: &Words, unit: &str, value: Value) -> String {
    let number = |n: f64| {
        let digits = if unit == "money" { 2 } else { 1 };
        let written = w.decimal(n, if n.fract() == 0.0 { 0 } else { digits });
        match unit {
            "percent" | "hours" | "days" | "mean" => {
                w.with(&format!("result-unit-{unit}"), &[("n", written.into())])
            }
            _ => written,
        }
    };
    match value {
        Value::Shown(n) => number(n),
        Value::AtLeast(n) => w.with("result-least", &[("n", number(n).into())]),
        // How few are hidden is the grant's: the page says it once.
        Value::Hidden => w.t("release-cell-hidden"),
        Value::Nothing => w.t("result-nothing"),
    }
}

/// How far it has come: what is reached of what was promised, as a drawing and as words for whoever does not see it.
pub(crate) fn bar(w: &Words, figure: &Figure) -> Markup {
    let reached = if figure.target_of == "period" { figure.value } else { figure.to_date };
    let (Some(target), Some(reached)) = (figure.target, reached.least()) else { return html! {} };
    if target <= 0.0 || !figure.ascending {
        return html! {};
    }
    let share = (reached / target * 100.0).clamp(0.0, 100.0).round();
    let words = w.with("result-share", &[("n", w.decimal(share, 0).into())]);
    html! {
        svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label=(words) {
            rect width="100" height="6" {}
            rect class="at" width=(share) height="6" {}
        }
    }
}
