//! «Datos»: the programme's numbers. Every figure passed the disclosure gate; each says its rule.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use ceiba_access::Act;
use ceiba_disclosure::{Cell, SafeTable, Threshold, count};
use ceiba_paper::{Bar, Figure, Series, bars_horizontal, bars_stacked, matrix, ranked};
use ceiba_programme::results::{self, Measure, Span};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Choice, Field, Tone, actions, button_link, card, facts_list, heading, select, submit};
use crate::view::band;
use crate::{Answer, App, Place, Words};

pub mod house;
pub mod office;
pub mod services;

/// Which span and site.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    meses: u32,
    #[serde(default)]
    sede: String,
    /// Who referred; only of one view.
    #[serde(default)]
    origen: String,
}

impl Asked {
    /// For a page that asks for more besides.
    pub(crate) const fn new(meses: u32, sede: String) -> Self {
        Self { meses, sede, origen: String::new() }
    }

    /// Who referred, as it was asked for.
    pub(crate) fn origin(&self) -> &str {
        &self.origen
    }
}

/// `GET /datos`.
pub async fn show(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    p.may(caller, ceiba_access::Act::NUMBERS_READ)?;
    let (months, from, span) = span(&app, &asked);
    let mut tx = p.store.db.read().await?;
    let served = results::people(p, &mut tx, caller, &span).await?;
    let answer = results::median_hours(p, &mut tx, caller, ("alert.answered", None), &span).await?;
    let accepted =
        results::median_hours(p, &mut tx, caller, ("referral.answered", Some("accepted")), &span).await?;
    let mut table = async |measure| results::count(p, &mut tx, caller, measure, &span).await;
    let by_service = table(Measure::ServedByService).await?;
    let by_month = table(Measure::ServedByMonth).await?;
    let sex_age = table(Measure::ServedBySexAge).await?;
    let cascade = table(Measure::Cascade).await?;
    let alerts = table(Measure::Alerts).await?;
    let answers = table(Measure::Answers).await?;
    let goals = table(Measure::Goals).await?;
    let screening = table(Measure::Screening).await?;
    drop(tx);

    let (app_, me_) = (&app, &me);
    let list = |name: &'static str| move |code: &str| app_name(app_, me_, name, code);
    let key = |prefix: &'static str| move |code: &str| w.t(&format!("{prefix}-{code}"));
    let figure = |id: &str, headings: Vec<String>| figure(&app, w, id, headings);
    let content = html! {
        (heading(html! { (w.t("data-title")) }, html! { (w.with("data-span", &[("from", w.date(from).into()), ("to", w.date(last_day(&app)).into())])) }))
        form class="stack" method="get" action="/datos" {
            (select(w, &Field::new("meses", w.t("data-months")).value(months.to_string()), &[3, 12, 36].map(|n| Choice::new(n.to_string(), w.with("data-last-months", &[("n", n.into())])))))
            (select(w, &Field::new("sede", w.t("case-site")).value(&asked.sede), &p.pack.sites.iter().map(|s| Choice::new(&s.code, &s.code)).collect::<Vec<_>>()))
            (actions(&[submit(&w.t("data-show"))]))
        }
        p class="actions" {
            (button_link(&w.t("board-title"), &format!("/datos/tablero?meses={months}&sede={}", span.site.as_deref().unwrap_or_default()), Tone::Primary))
            (button_link(&w.t("data-houses-title"), &format!("/datos/casas?meses={months}&sede={}", span.site.as_deref().unwrap_or_default()), Tone::Quiet))
            (button_link(&w.t("releases-title"), "/resultados/publicaciones", Tone::Quiet))
            @if me.can(&app, Act::LEAK_DECIDE) { (button_link(&w.t("leaks-title"), "/supervision/filtraciones", Tone::Quiet)) }
            @if me.can(&app, Act::ERASE_APPROVE) { (button_link(&w.t("erasures-title"), "/borrados", Tone::Quiet)) }
            (button_link(&w.t("data-services-title"), &format!("/datos/servicios?meses={months}&sede={}", span.site.as_deref().unwrap_or_default()), Tone::Quiet))
            (button_link(&w.t("route-data-title"), &format!("/datos/ruta?meses={months}&sede={}", span.site.as_deref().unwrap_or_default()), Tone::Quiet))
            (button_link(&w.t("data-office-title"), &format!("/datos/oficina?meses={months}&sede={}", span.site.as_deref().unwrap_or_default()), Tone::Quiet))
            (button_link(&w.t("justice-data-title"), &format!("/datos/procesos?meses={months}&sede={}", span.site.as_deref().unwrap_or_default()), Tone::Quiet))
            (button_link(&w.t("result-title"), "/resultados", Tone::Quiet))
            @if me.can(&app, Act::BUDGET_READ) { (button_link(&w.t("care-budget-title"), "/presupuesto", Tone::Quiet)) }
            @if me.can(&app, Act::CONDUCT_READ) { (button_link(&w.t("conduct-list-title"), "/supervision/conducta", Tone::Quiet)) }
            @if me.can(&app, Act::AUDIT_READ) { (button_link(&w.t("audit-title"), "/supervision/registro", Tone::Quiet)) }
            @if me.can(&app, Act::TEMPLATE_PUBLISH) { (button_link(&w.t("templates-title"), "/plantillas", Tone::Quiet)) }
            @if me.can(&app, Act::HANDOVER_BEGIN) { (button_link(&w.t("post-title"), "/traspaso", Tone::Quiet)) }
            @if me.can(&app, Act::TRAINING_READ) { (button_link(&w.t("training-title"), "/capacitacion", Tone::Quiet)) }
            @if me.can(&app, Act::NETWORK_READ) { (button_link(&w.t("network-title"), "/red", Tone::Quiet)) }
            @if me.can(&app, Act::LOG_WRITE) { (button_link(&w.t("logbook-title"), "/bitacora", Tone::Quiet)) }
            @if me.can(&app, Act::CLOSING_RUN) { (button_link(&w.t("ending-title"), "/cierre", Tone::Quiet)) }
            @if me.can(&app, Act::FORM_PUBLISH) { (button_link(&w.t("forms-title"), "/ajustes/formularios", Tone::Quiet)) }
        }
        (card(&w.t("data-now"), facts_list(&[
            (&w.t("data-served"), html! { (number(w, served)) }),
            (&w.t("data-answer"), html! { (hours(w, answer)) }),
            (&w.t("data-accepted"), html! { (hours(w, accepted)) }),
        ])))
        (bars_horizontal(&figure("cascade", vec![w.t("figure-step"), w.t("figure-number")]), &bars(&cascade, &["requested", "received", "accepted", "in-progress", "completed", "rejected", "failed", "cancelled"], key("state-referral"))))
        (stacked(&figure("months", headings(w, &by_month, |s| s.to_owned())), &by_month, |s| s.to_owned(), &span))
        (stacked(&figure("alerts", headings(w, &alerts, key("urgency"))), &alerts, key("urgency"), &span))
        (whole(&figure("goals", headings(w, &goals, key("state-goal"))), &goals, key("domain"), key("state-goal")))
        (whole(&figure("services", headings(w, &by_service, key("served"))), &by_service, list("service_types"), key("served")))
        (whole(&figure("sexage", headings(w, &sex_age, list("gender"))), &sex_age, |code| band(w, code), list("gender")))
        (bars_horizontal(&figure("screening", vec![w.t("figure-result"), w.t("figure-number")]), &ranked(bars(&screening, &[], key("outcome")))))
        (whole(&figure("answers", headings(w, &answers, key("answered"))), &answers, key("urgency"), key("answered")))
    };
    Ok(Desk::new(&app, &me, "data-window", "/datos").area(Place::Data).body(content))
}

/// The last day of the last month that is counted.
pub(crate) fn last_day(app: &App) -> Date {
    ceiba_programme::results::last_day(&app.programme)
}

/// What is asked for: months, the first day, and the span with its site.
pub(crate) fn span(app: &App, asked: &Asked) -> (u32, Date, Span) {
    let months = if [3, 12, 36].contains(&asked.meses) { asked.meses } else { 12 };
    let site = app.programme.pack.sites.iter().any(|s| s.code == asked.sede).then(|| asked.sede.clone());
    let to = last_day(app);
    let from = to.first_of_month().saturating_sub(jiff::Span::new().months(months - 1));
    (months, from, Span { from: from.to_string(), to: to.to_string(), site })
}

/// A median in hours, or in days when it is long.
fn hours(w: &Words, hours: Option<f64>) -> String {
    match hours {
        None => w.t("hidden"),
        Some(h) if h >= 72.0 => w.with("days", &[("n", w.decimal(h / 24.0, 0).into())]),
        Some(h) => w.with("hours", &[("n", w.decimal(h, 1).into())]),
    }
}

pub(crate) fn app_name(app: &App, me: &Me, list: &str, code: &str) -> String {
    app.programme.pack.lists.name(list, code, me.lang.code()).unwrap_or(code).to_owned()
}

fn number(w: &Words, cell: Cell) -> String {
    cell.shown().map_or_else(|| w.t("hidden"), |n| w.number(i64::try_from(n).unwrap_or(i64::MAX)))
}

pub(crate) fn figure(app: &App, w: &Words, id: &str, headings: Vec<String>) -> Figure {
    Figure {
        id: format!("fig-{id}"),
        title: w.t(&format!("figure-{id}")),
        topic: String::new(),
        description: w.t(&format!("figure-{id}-about")),
        definition: w.t(&format!("figure-{id}-rule")),
        as_of: w.with("figure-as-of", &[("day", w.date(last_day(app)).into())]),
        hidden_text: w.t("hidden"),
        empty_text: w.t("figure-empty"),
        table_label: w.t("figure-table"),
        headings,
        decimal: '.',
    }
}

pub(crate) fn headings(w: &Words, table: &SafeTable, name: impl Fn(&str) -> String) -> Vec<String> {
    let months = table.rows().iter().all(|row| format!("{row}-01").parse::<Date>().is_ok());
    let first = if months && !table.rows().is_empty() { "figure-month" } else { "figure-row" };
    std::iter::once(w.t(first)).chain(table.columns().iter().map(|c| name(c))).collect()
}

/// A bar for each row of a table of one column, in the order given (or that of the table).
pub(crate) fn bars(table: &SafeTable, order: &[&str], name: impl Fn(&str) -> String) -> Vec<Bar> {
    let rows: Vec<&String> = if order.is_empty() {
        table.rows().iter().collect()
    } else {
        order.iter().filter_map(|code| table.rows().iter().find(|r| r == code)).collect()
    };
    rows.into_iter()
        .filter_map(|row| {
            let at = table.rows().iter().position(|r| r == row)?;
            Some(Bar { label: name(row), value: table.cell(at, 0)?, losses: vec![] })
        })
        .collect()
}

/// The months of a span of whole months, as facts write them.
pub(crate) fn months(span: &Span) -> Vec<String> {
    let (first, last) = (span.from.parse::<Date>(), span.to.parse::<Date>());
    let (Ok(first), Ok(last)) = (first, last) else { return Vec::new() };
    let each = (0..).map_while(|n: i32| first.checked_add(jiff::Span::new().months(n)).ok());
    each.take_while(|month| *month <= last).map(|month| month.strftime("%Y-%m").to_string()).collect()
}

/// The months of an axis: all of the span, so that one without anything stands there too. Of more than a year those before `first`, in
/// which nothing was counted yet, are left out: they may be older than the programme.
pub(crate) fn axis(span: &Span, first: Option<&String>) -> Vec<String> {
    let all = months(span);
    let before =
        if all.len() > 12 { first.map_or(0, |first| all.iter().filter(|m| *m < first).count()) } else { 0 };
    all.into_iter().skip(before).collect()
}

/// A bar for each month of a span: one without any is nought, not absent.
pub(crate) fn by_month(numbers: &BTreeMap<String, Cell>, span: &Span) -> Vec<Bar> {
    let none = count(0, Threshold::PUBLIC);
    months(span)
        .into_iter()
        .map(|code| {
            let value = numbers.get(&code).copied().unwrap_or(none);
            Bar { label: code, value, losses: vec![] }
        })
        .collect()
}

/// Stacked bars, one for each month of the axis.
pub(crate) fn stacked(
    figure: &Figure,
    table: &SafeTable,
    name: impl Fn(&str) -> String,
    span: &Span,
) -> Markup {
    // Where there is nothing at all the figure says so.
    let months = if table.rows().is_empty() { Vec::new() } else { axis(span, table.rows().iter().min()) };
    let none = count(0, table.threshold());
    let value = |column: usize| {
        move |month: &String| {
            let row = table.rows().iter().position(|r| r == month);
            row.and_then(|r| table.cell(r, column)).unwrap_or(none)
        }
    };
    let series = table.columns().iter().enumerate();
    let series: Vec<Series> = series
        .map(|(n, c)| Series { label: name(c), values: months.iter().map(value(n)).collect() })
        .collect();
    bars_stacked(figure, &months, &series)
}

pub(crate) fn whole(
    figure: &Figure,
    table: &SafeTable,
    row: impl Fn(&str) -> String,
    column: impl Fn(&str) -> String,
) -> Markup {
    let rows: Vec<String> = table.rows().iter().map(|r| row(r)).collect();
    let columns: Vec<String> = table.columns().iter().map(|c| column(c)).collect();
    matrix(figure, &rows, &columns, table.cells())
}
