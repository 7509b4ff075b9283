//! Budget and spending by line: beside the figures, and how a sheet is brought.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::results::frozen::Frozen;
use ceiba_programme::results::spending::{self, Doubts, Row};
use maud::{Markup, html};

use super::bring::{faults, file_of};
use super::period;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Column, Field, Notice, Problems, Table, Tone, actions, button_link, checks, error_summary,
    file_field, form_files, form_post, heading, notice, submit, typed,
};
use crate::posted::Posted;
use crate::posted::upload::Upload;
use crate::{Answer, App, Place, Words};

/// Whole units and cents.
fn money(w: &Words, cents: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "amounts are far below 2^53")]
    let units = cents as f64 / 100.0;
    w.decimal(units, 2)
}

/// The lines of a report.
pub(super) fn shown(w: &Words, frozen: &Frozen) -> Markup {
    let columns = vec![
        Column::new(w.t("result-line")),
        Column::number(w.t("result-budget")),
        Column::number(w.t("result-spent")),
        Column::number(w.t("result-spent-to-date")),
    ];
    let rows = frozen.spending.iter().map(|l| {
        vec![
            html! { (typed(&l.name)) " " span class="quiet" { (l.code) } },
            html! { (money(w, l.budget)) },
            html! { (money(w, l.spent)) },
            html! { (money(w, l.to_date)) },
        ]
    });
    let sum = |of: fn(&ceiba_programme::results::frozen::Line) -> i64| {
        money(w, frozen.spending.iter().map(of).sum())
    };
    html! {
        h2 { (w.with("result-spending", &[("currency", frozen.grant.currency.clone().into())])) }
        @if frozen.spending.is_empty() { p { (w.t("result-spending-none")) } }
        @else { (Table::new(w.t("result-spending-caption"), columns).cards().rows(rows.chain([vec![
            html! { strong { (w.t("result-sum")) } }, html! { (sum(|l| l.budget)) }, html! { (sum(|l| l.spent)) }, html! { (sum(|l| l.to_date)) },
        ]])).show(w)) }
    }
}

type At = Path<(String, String)>;

/// `GET /resultados/{grant}/{period}/gasto`.
pub async fn show(State(app): State<App>, me: Me, Path(at): At) -> Answer {
    blank(&app, &me, &at, html! {}, &Problems::new())
}

fn blank(app: &App, me: &Me, (grant, quarter): &(String, String), more: Markup, p: &Problems) -> Answer {
    let w = me.words(app);
    app.programme.may(me.caller(), Act::RESULTS_WRITE)?;
    let here = format!("/resultados/{grant}/{quarter}/gasto");
    let content = html! {
        (heading(html! { (w.t("result-spending-bring")) }, html! { (period(w, quarter)) }))
        (error_summary(w, p))
        (more)
        p { (w.t("result-spending-text")) }
        (form_files(&here, &me.session.csrf, &app.once(), html! {
            (file_field(w, &Field::new("file", w.t("result-spending-file")).hint(w.t("result-spending-hint")).error(p.of("file")), ".csv,.xlsx"))
            (actions(&[submit(&w.t("bring-look"))]))
        }))
        p { (button_link(&w.t("back"), &format!("/resultados/{grant}/{quarter}"), Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "result-window", here.clone()).area(Place::Results);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /resultados/{grant}/{period}/gasto`: what would be kept. Nothing is written.
pub async fn look(State(app): State<App>, me: Me, Path(at): At, upload: Upload) -> Answer {
    let w = me.words(&app);
    let bytes = file_of(&upload)?;
    match spending::look(&app.programme, me.caller(), &at.0, &bytes)? {
        Err(list) => {
            let mut p = Problems::new();
            p.add("file", w.with("result-faults", &[("n", list.len().into())]));
            blank(&app, &me, &at, faults(&app, &me, &list), &p)
        }
        Ok(rows) => {
            let mut tx = app.programme.store.db.read().await?;
            let doubts =
                spending::doubts(&app.programme, &mut tx, me.caller(), (&at.0, &at.1), &rows).await?;
            drop(tx);
            Ok(yes_page(&app, &me, &at, (&rows, &doubts), &Problems::new()))
        }
    }
}

/// What is odd in the sheet, before it is kept: more budget than the grant has, lines that are no more.
fn odd(w: &Words, doubts: &Doubts) -> Markup {
    html! {
        (notice(w, Notice::Warning, html! {
            @if let Some((lines, has)) = doubts.over {
                p { (w.with("result-spending-over", &[("lines", money(w, lines).into()), ("grant", money(w, has).into()), ("more", money(w, lines - has).into())])) }
            }
            @if !doubts.dropped.is_empty() {
                p { (w.t("result-spending-dropped")) }
                ul { @for (code, name, budget) in &doubts.dropped { li { (typed(name)) " " span class="quiet" { (code) } ": " (money(w, *budget)) } } }
            }
        }))
    }
}

fn yes_page(
    app: &App,
    me: &Me,
    (grant, quarter): &(String, String),
    (rows, doubts): (&[Row], &Doubts),
    p: &Problems,
) -> axum::response::Response {
    let w = me.words(app);
    let here = format!("/resultados/{grant}/{quarter}/gasto");
    let columns = vec![
        Column::new(w.t("result-line")),
        Column::number(w.t("result-budget")),
        Column::number(w.t("result-spent")),
    ];
    let lines = rows.iter().map(|r| {
        vec![
            html! { (typed(&r.name)) " " span class="quiet" { (r.code) } },
            html! { (money(w, r.budget)) },
            html! { (money(w, r.spent)) },
        ]
    });
    let content = html! {
        (heading(html! { (w.t("result-spending-look")) }, html! { (period(w, quarter)) }))
        (error_summary(w, p))
        @if !doubts.is_empty() { (odd(w, doubts)) }
        (Table::new(w.t("result-spending-caption"), columns).cards().rows(lines).show(w))
        p { (w.with("result-spending-sum", &[("budget", money(w, rows.iter().map(|r| r.budget).sum()).into()), ("spent", money(w, rows.iter().map(|r| r.spent).sum()).into())])) }
        (form_post(&format!("{here}/si"), &me.session.csrf, &app.once(), html! {
            input type="hidden" name="rows" value=(spending::written(rows));
            @if !doubts.is_empty() {
                (checks(w, &Field::new("sure", w.t("result-spending-sure")).error(p.of("sure")), &[Choice::new("yes", w.t("result-spending-sure-yes"))], &[]))
            }
            (actions(&[submit(&w.t("result-spending-keep"))]))
        }))
        p { (button_link(&w.t("bring-other"), &here, Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "result-window", here.clone()).area(Place::Results);
    if p.is_empty() { desk.body(content) } else { desk.mend().body(content) }
}

/// `POST /resultados/{grant}/{period}/gasto/si`. What is odd needs a yes of its own.
pub async fn yes(State(app): State<App>, me: Me, Path(at): At, posted: Posted) -> Answer {
    let f = posted.only(&["rows", "sure"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let bytes = f.text("rows").as_bytes();
    if let Ok(rows) = spending::look(&app.programme, me.caller(), &at.0, bytes)? {
        let doubts = spending::doubts(&app.programme, work.tx(), me.caller(), (&at.0, &at.1), &rows).await?;
        if !doubts.is_empty() && f.text("sure") != "yes" {
            drop(work);
            let mut p = Problems::new();
            p.add("sure", me.words(&app).t("problem-spending-sure"));
            return Ok(yes_page(&app, &me, &at, (&rows, &doubts), &p));
        }
    }
    match spending::bring(&app.programme, &mut work, me.caller(), (&at.0, &at.1), bytes).await {
        Ok(_) => posted.commit(work, &format!("/resultados/{}/{}", at.0, at.1)).await,
        Err(ProgrammeError::Stale) => Err(crate::Failure::Tampered),
        Err(e) => Err(e.into()),
    }
}
