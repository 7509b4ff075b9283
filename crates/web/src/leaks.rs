//! Leaks for whoever decides: what kind, where it appeared, who opened the file by function, and what was done. Nothing of the file.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::leak::{self, By, Leak};
use ceiba_programme::{ProgrammeError, people};
use maud::{Markup, html};
use uuid::Uuid;

use crate::cases::leak::done;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Column, Field, Mood, Notice, Problems, Table, Tone, actions, button, button_link, card, empty_state,
    error_summary, facts_list, form_post, heading, notice, select, submit_danger, tag, typed,
};
use crate::posted::Posted;
use crate::view::{Names, iso_day, keyed, problems};
use crate::{Answer, App, Failure, Place};

/// `GET /supervision/filtraciones`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, wrong: Option<Uuid>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let all = leak::all(&app.programme, &mut tx, me.caller()).await?;
    let names = Names::read(app, &mut tx).await?;
    drop(tx);
    let none = Problems::new();
    let content = html! {
        (heading(html! { (w.t("leaks-title")) }, html! { (w.t("leaks-text")) }))
        (error_summary(w, p))
        @if all.is_empty() { (empty_state(&w.t("leaks-none"), html! {})) }
        @for l in &all { (one(app, me, &names, l, if wrong == Some(l.id) { p } else { &none })) }
    };
    let desk = Desk::new(app, me, "leaks-window", "/supervision/filtraciones").area(Place::Data);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn one(app: &App, me: &Me, names: &Names, l: &Leak, p: &Problems) -> Markup {
    let w = me.words(app);
    let to = format!("/supervision/filtraciones/{}", l.id);
    let why = Field::new("why", w.t("leak-why")).id(format!("why-{}", l.id)).error(p.of("why"));
    card(
        &w.with("leak-of", &[("day", iso_day(w, Some(&l.noticed_on)).into())]),
        html! {
            p { strong { (app.code(me, "leak_kinds", &l.kind)) } " · " (app.code(me, "leak_places", &l.place)) " " (state(app, me, l)) }
            p { (typed(&names.of(w, l.asked_by))) " · " (w.moment(app.local(l.asked_at))) }
            p class="actions" { (button_link(&w.t("leak-report"), &to, Tone::Quiet)) }
            @if l.state != "asked" { (done(app, me, l)) }
            @else if l.asked_by == me.account() { (notice(w, Notice::Info, html! { p { (w.t("leak-other-decides")) } })) }
            @else {
                (form_post(&to, &me.session.csrf, &app.once(),
                    submit_danger(&w.t("leak-approve"), &w.t("leak-approve-consequence"), "decision", "approve")))
                (form_post(&to, &me.session.csrf, &app.once(), html! {
                    (select(w, &why, &keyed(w, "leak-refused", &leak::REFUSALS)))
                    (actions(&[button(&w.t("leak-refuse"), Tone::Quiet, "decision", "refuse")]))
                }))
            }
        },
    )
}

fn state(app: &App, me: &Me, l: &Leak) -> Markup {
    let mood = match l.state.as_str() {
        "changed" => Mood::Ok,
        "asked" => Mood::Care,
        _ => Mood::Plain,
    };
    tag(mood, &me.words(app).t(&format!("leak-state-{}", l.state)))
}

/// `GET /supervision/filtraciones/{id}`: the report to direction, on one sheet.
pub async fn report(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let all = leak::all(&app.programme, work.tx(), me.caller()).await?;
    let l = all.into_iter().find(|l| l.id == id).ok_or(Failure::Absent)?;
    let by = leak::by_function(&app.programme, work.tx(), me.caller(), &l).await?;
    work.record("leak.report", "case", l.case, [0; 32]).await?;
    work.commit().await?;
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("conference-print-how")) }
            (button_link(&w.t("back"), "/supervision/filtraciones", Tone::Quiet))
        }
        (heading(html! { (w.t("leak-report")) }, html! { (w.t("leak-report-text")) }))
        section class="card sheet stack" {
            (facts_list(&[
                (&w.t("leak-kind"), html! { (app.code(&me, "leak_kinds", &l.kind)) }),
                (&w.t("leak-place"), html! { (app.code(&me, "leak_places", &l.place)) }),
                (&w.t("leak-noticed-day"), html! { (iso_day(w, Some(&l.noticed_on))) }),
                (&w.t("leak-asked-at"), html! { (w.moment(app.local(l.asked_at))) }),
                (&w.t("leak-decided-at"), html! { @match l.decided_at { Some(at) => (w.moment(app.local(at))), None => (w.t("leak-state-asked")) } }),
                (&w.t("leak-window-days"), html! { (iso_day(w, Some(&l.window.0))) " – " (iso_day(w, Some(&l.window.1))) }),
            ]))
            (table(&app, &me, &by))
            h2 { (w.t("leak-done")) }
            @match (&l.done, &l.why) {
                (Some(_), _) => (done(&app, &me, &l)),
                (None, Some(why)) => p { (w.t(&format!("leak-refused-{why}"))) },
                (None, None) => p { (w.t("leak-done-nothing")) },
            }
            p { (w.t("leak-done-tasks")) }
        }
        footer class="quiet" { (w.t("leak-foot")) " · " (typed(&me.session.name)) " · " (w.moment(app.now())) }
    };
    Ok(Desk::new(&app, &me, "leaks-window", format!("/supervision/filtraciones/{id}"))
        .area(Place::Data)
        .body(content))
}

fn table(app: &App, me: &Me, by: &[By]) -> Markup {
    let w = me.words(app);
    let columns = ["leak-function", "leak-people", "leak-times", "leak-last"].map(|c| Column::new(w.t(c)));
    Table::new(w.t("leak-by-function"), columns.into())
        .rows(by.iter().map(|b| {
            vec![
                html! { (w.t(&format!("role-{}", b.role))) },
                html! { (b.people) },
                html! { (b.times) },
                html! { (w.moment(app.local(b.last))) },
            ]
        }))
        .show(w)
}

/// `POST /supervision/filtraciones/{id}`: carries it out, or refuses it with a reason.
pub async fn decide(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["decision", "why"])?;
    let (prog, caller) = (&app.programme, me.caller());
    prog.may(caller, Act::LEAK_DECIDE)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    match f.text("decision") {
        "approve" => {
            let person = leak::approve(prog, &mut work, caller, id).await?;
            let response = posted.commit(work, "/supervision/filtraciones").await?;
            people::known::refresh(prog, person).await?;
            // Pages that the engine holds free may still have what stood under the old keys.
            prog.store.db.forget().await?;
            Ok(response)
        }
        "refuse" => match leak::refuse(prog, &mut work, caller, id, f.text("why")).await {
            Ok(()) => posted.commit(work, "/supervision/filtraciones").await,
            Err(ProgrammeError::Invalid(list)) => {
                drop(work);
                page(&app, &me, Some(id), &problems(me.words(&app), &list)).await
            }
            Err(e) => Err(e.into()),
        },
        // Nothing is decided by a form that says nothing.
        _ => Err(Failure::Absent),
    }
}
