//! A month of the office on one sheet: what it did in public as it was, and what is about people only in numbers that hide few.

use axum::extract::{Query, State};
use ceiba_disclosure::SafeTable;
use ceiba_programme::office::report::{self, Month};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Column, Field, Table, Tone, actions, button_link, heading, select, submit, typed,
};
use crate::view::iso_day;
use crate::{Answer, App, Place};

/// Which month, as `2026-11`.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    mes: String,
}

/// `GET /oficina/informe`.
pub async fn show(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    let w = me.words(&app);
    let this = app.today().first_of_month();
    let first = format!("{}-01", asked.mes).parse::<Date>().ok().filter(|d| *d <= this).unwrap_or(this);
    // Before the unit of work begins: an answer that is new is kept in one of its own.
    let mut tx = app.programme.store.db.read().await?;
    let month = report::month(&app.programme, &mut tx, me.caller(), first).await?;
    drop(tx);
    let mut work = app.work(&me).await?;
    work.record("office.report", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let months: Vec<Choice> = (0..12)
        .map(|n| {
            let day = this.saturating_sub(jiff::Span::new().months(n));
            Choice::new(format!("{:04}-{:02}", day.year(), day.month()), w.month(day))
        })
        .collect();
    let chosen = format!("{:04}-{:02}", first.year(), first.month());
    let content = html! {
        div class="actions" {
            form class="stack" method="get" action="/oficina/informe" {
                (select(w, &Field::new("mes", w.t("office-month")).value(chosen), &months))
                (actions(&[submit(&w.t("data-show"))]))
            }
        }
        div class="actions" {
            p class="quiet" { (w.t("office-print-how")) }
            (button_link(&w.t("office-back"), "/oficina", Tone::Quiet))
        }
        (heading(html! { (w.t("office-report-title")) }, html! { (w.month(month.days.0)) " · " (app.programme.pack.name) }))
        (public(&app, &me, &month))
        section class="card sheet" {
            h2 { (w.t("office-report-people")) }
            p { (w.t("office-report-hidden")) }
            (numbers(&app, &me, &month))
        }
        footer class="quiet" { (w.t("plan-print-by")) " " (typed(&me.session.name)) " · " (w.moment(app.now())) }
    };
    Ok(Desk::new(&app, &me, "office-report-window", "/oficina/informe").area(Place::Office).body(content))
}

/// What was done in public.
fn public(app: &App, me: &Me, m: &Month) -> Markup {
    let w = me.words(app);
    let columns = ["office-on", "office-activity-kind", "office-with", "office-reached"];
    let table = Table::new(w.t("office-activities"), columns.map(|k| Column::new(w.t(k))).to_vec()).rows(
        m.activities.iter().map(|a| {
            let with: Vec<&str> = a.body.with.iter().map(|code| app.code(me, "office_partners", code)).collect();
            vec![
                html! { (iso_day(w, a.head.on_day.as_deref())) },
                html! { (app.code(me, "office_activity_kinds", a.head.code.as_deref().unwrap_or_default())) " · " (app.code(me, "municipalities", &a.body.municipality)) },
                html! { (with.join(" · ")) },
                html! { (w.number(a.body.people())) },
            ]
        }),
    );
    html! {
        section class="card sheet" {
            h2 { (w.t("office-report-public")) }
            @if m.activities.is_empty() { p { (w.t("office-report-none")) } } @else { (table.show(w)) }
        }
        section class="card sheet" {
            h2 { (w.t("office-meetings")) }
            @if m.meetings.is_empty() { p { (w.t("office-report-none")) } }
            ul { @for one in &m.meetings { li { (iso_day(w, one.head.on_day.as_deref())) " · " (typed(one.body.agenda.lines().next().unwrap_or_default())) } } }
        }
        section class="card sheet" {
            h2 { (w.t("office-agreements")) }
            @if m.agreements.is_empty() { p { (w.t("office-report-none")) } }
            ul { @for a in &m.agreements { li {
                (iso_day(w, a.head.on_day.as_deref())) " · " (typed(&a.body.text)) " · " (typed(&a.body.whose)) " · " (w.t(&format!("state-agreement-{}", a.head.state)))
            } } }
        }
    }
}

fn numbers(app: &App, me: &Me, m: &Month) -> Markup {
    let w = me.words(app);
    let list = |name: &'static str| {
        move |code: &str| app.programme.pack.lists.name(name, code, me.lang.code()).unwrap_or(code).to_owned()
    };
    let answered = |code: &str| w.t(&format!("office-call-{code}"));
    let one = |_: &str| w.t("figure-number");
    html! {
        (table(app, me, "office-report-received", &m.received, &list("office_about"), &one))
        (table(app, me, "office-report-calls", &m.calls, &list("office_call_to"), &answered))
        (table(app, me, "office-report-visits", &m.visits, &list("office_visit_kinds"), &list("office_visit_results")))
    }
}

/// A table of released counts, as it is.
fn table(
    app: &App,
    me: &Me,
    title: &str,
    counts: &SafeTable,
    row: &dyn Fn(&str) -> String,
    column: &dyn Fn(&str) -> String,
) -> Markup {
    let w = me.words(app);
    if counts.rows().is_empty() {
        return html! { h3 { (w.t(title)) } p { (w.t("office-report-none")) } };
    }
    let columns = std::iter::once(Column::new(w.t("figure-row")))
        .chain(counts.columns().iter().map(|c| Column::number(column(c))))
        .collect();
    let rows = counts.rows().iter().enumerate().map(|(r, code)| {
        let cells = (0..counts.columns().len()).map(|c| {
            let shown = counts.cell(r, c).and_then(|cell| cell.shown());
            html! { @match shown { Some(n) => (w.number(i64::try_from(n).unwrap_or(i64::MAX))), None => (w.t("hidden")) } }
        });
        std::iter::once(html! { (row(code)) }).chain(cells).collect()
    });
    Table::new(w.t(title), columns).rows(rows).show(w)
}
