//! What a badge says was achieved: a curriculum in one version, for whoever follows the address in a badge.

use axum::extract::{Path, State};
use maud::html;

use crate::me::Visitor;
use crate::parts::{Tone, button_link, heading};
use crate::training::length;
use crate::{Answer, App, Failure, Page};

/// `GET /constancia/curso/{curriculum}/{version}`. The same page for every badge of this version, and nothing about whoever has one.
pub async fn show(
    State(app): State<App>,
    v: Visitor,
    Path((curriculum, version)): Path<(String, i64)>,
) -> Answer {
    let (w, lang) = (v.words(&app), v.lang.code());
    let c = app.programme.pack.training.find(&curriculum, version).ok_or(Failure::Absent)?;
    let content = html! {
        (heading(html! { (c.name.of(lang)) }, html! { (app.programme.pack.name) }))
        p class="quiet" { (w.with("training-version", &[("n", c.version.into())])) " · " (length(w, c.minutes())) }
        ol { @for m in &c.module { li { (m.name.of(lang)) " · " (length(w, m.minutes)) } } }
        p { (button_link(&w.t("check-again"), "/constancia", Tone::Quiet)) }
    };
    let here = format!("/constancia/curso/{}/{}", c.code, c.version);
    Ok(axum::response::IntoResponse::into_response(
        Page::new(w, "check-taught-window").here(&here).body(content),
    ))
}
