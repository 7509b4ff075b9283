//! A sheet for anybody who prefers not to talk: rights, services, how to come back. Nothing is asked; that it was handed
//! over is a count and nothing else.

use axum::extract::{Query, State};
use ceiba_access::Act;
use ceiba_programme::clinic;
use maud::html;
use serde::Deserialize;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Notice, Tone, actions, button, button_link, card, form_post, heading, notice};
use crate::posted::Posted;
use crate::{Answer, App, Place};

/// Whether it was just handed over.
#[derive(Deserialize, Default)]
pub struct Given {
    #[serde(default)]
    entregada: String,
}

/// `GET /clinica/informacion`. It is the same for everybody, so that reading it is no reading of a file.
pub async fn show(State(app): State<App>, me: Me, Query(given): Query<Given>) -> Answer {
    let w = me.words(&app);
    clinic::of(&app.programme, me.caller(), Act::CLINIC_READ)?;
    let pack = &app.programme.pack.clinic;
    let content = html! {
        @if !given.entregada.is_empty() { (notice(w, Notice::Done, html! { (w.t("clinic-info-counted")) })) }
        (heading(html! { (w.t("clinic-info-title")) }, html! { (w.t("clinic-info-text")) }))
        div class="actions" {
            p class="quiet" { (w.t("clinic-print-how")) }
            (form_post("/clinica/informacion", &me.session.csrf, &app.once(), actions(&[
                button(&w.t("clinic-info-given"), Tone::Primary, "go", "1"),
                button_link(&w.t("back"), "/clinica", Tone::Quiet),
            ])))
        }
        (card(&w.t("clinic-info-rights"), html! { ul { @for n in 1..=6 { li { (w.t(&format!("clinic-info-right-{n}"))) } } } }))
        (card(&w.t("clinic-info-services"), html! {
            ul { @for d in &pack.desks { li { (d.name(me.lang.code())) ": " (w.t(&format!("clinic-info-desk-{}", d.id))) } } }
            p { (w.t("clinic-info-free")) }
        }))
        (card(&w.t("clinic-info-back"), html! { ul { @for n in 1..=3 { li { (w.t(&format!("clinic-info-back-{n}"))) } } } }))
    };
    Ok(Desk::new(&app, &me, "clinic-info-window", "/clinica/informacion").area(Place::Clinic).body(content))
}

/// `POST /clinica/informacion`: «Se la entregué».
pub async fn given(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    posted.only(&["go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    clinic::informed(&app.programme, &mut work, me.caller()).await?;
    posted.commit(work, "/clinica/informacion?entregada=1").await
}
