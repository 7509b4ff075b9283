//! What waits for a second person before it is erased: codes and bases, never a name.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::erasure::{self, Request};
use ceiba_programme::{ProgrammeError, people};
use maud::{Markup, html};
use uuid::Uuid;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Field, Notice, Problems, Tone, actions, button, card, empty_state, error_summary, form_post, heading,
    notice, select, submit_danger,
};
use crate::posted::Posted;
use crate::view::{Names, keyed, problems};
use crate::{Answer, App, Failure, Place};

/// `GET /borrados`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, wrong: Option<Uuid>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let waiting = erasure::waiting(&app.programme, &mut tx, me.caller()).await?;
    let names = Names::read(app, &mut tx).await?;
    drop(tx);
    let none = Problems::new();
    let content = html! {
        (heading(html! { (w.t("erasures-title")) }, html! { (w.t("erasures-text")) }))
        (error_summary(w, p))
        @if waiting.is_empty() { (empty_state(&w.t("erasures-none"), html! {})) }
        @for r in &waiting { (one(app, me, &names, r, if wrong == Some(r.id) { p } else { &none })) }
    };
    let desk = Desk::new(app, me, "erasures-window", "/borrados").area(Place::Data);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn one(app: &App, me: &Me, names: &Names, r: &Request, p: &Problems) -> Markup {
    let w = me.words(app);
    let why = Field::new("why", w.t("erasure-why")).id(format!("why-{}", r.id)).error(p.of("why"));
    card(
        &r.code,
        html! {
            p { strong { (w.t(&format!("erasure-basis-{}", r.basis))) } }
            p { (names.of(w, r.asked_by)) " · " (w.moment(app.local(r.asked_at))) }
            @if r.held { (notice(w, Notice::Warning, html! { (w.t("state-legal-hold")) })) }
            @if r.asked_by == me.account() { (notice(w, Notice::Info, html! { (w.t("erasure-other-approves")) })) }
            @else {
                @if !r.held {
                    (form_post(&format!("/borrados/{}", r.id), &me.session.csrf, &app.once(),
                        submit_danger(&w.t("erasure-approve"), &w.t("erasure-approve-consequence"), "decision", "approve")))
                }
                (form_post(&format!("/borrados/{}", r.id), &me.session.csrf, &app.once(), html! {
                    (select(w, &why, &keyed(w, "erasure-refused", &erasure::REFUSALS)))
                    (actions(&[button(&w.t("erasure-refuse"), Tone::Quiet, "decision", "refuse")]))
                }))
            }
        },
    )
}

/// `POST /borrados/{id}`: carries it out, or refuses it with a reason.
pub async fn decide(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["decision", "why"])?;
    let (prog, caller) = (&app.programme, me.caller());
    prog.may(caller, Act::ERASE_APPROVE)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    match f.text("decision") {
        "approve" => {
            let person = erasure::approve(prog, &mut work, caller, id).await?;
            let response = posted.commit(work, "/borrados").await?;
            people::known::refresh(prog, person).await?;
            prog.store.db.forget().await?;
            Ok(response)
        }
        "refuse" => match erasure::refuse(prog, &mut work, caller, id, f.text("why")).await {
            Ok(()) => posted.commit(work, "/borrados").await,
            Err(ProgrammeError::Invalid(list)) => {
                drop(work);
                page(&app, &me, Some(id), &problems(me.words(&app), &list)).await
            }
            Err(e) => Err(e.into()),
        },
        _ => {
            // Nothing is decided by a form that says nothing.
            erasure::waiting(prog, work.tx(), caller).await?;
            Err(Failure::Absent)
        }
    }
}
