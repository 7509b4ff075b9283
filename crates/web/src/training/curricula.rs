//! What is taught: modules, minutes and techniques, as the packs say it.

use axum::extract::State;
use ceiba_access::Act;
use maud::html;

use super::length;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Tone, button_link, card, heading};
use crate::{Answer, App, Place};

/// `GET /capacitacion/curriculos`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    app.programme.may(me.caller(), Act::TRAINING_READ)?;
    let (all, lang) = (&app.programme.pack.training, me.lang.code());
    let content = html! {
        (heading(html! { (w.t("training-curricula")) }, html! { (w.t("training-curricula-text")) }))
        p { (button_link(&w.t("back"), "/capacitacion", Tone::Quiet)) }
        @for c in &all.all {
            (card(c.name.of(lang), html! {
                p class="quiet" { (w.t(&format!("training-audience-{}", c.audience))) " · " (w.with("training-version", &[("n", c.version.into())])) " · " (length(w, c.minutes())) }
                ol { @for m in &c.module { li {
                    (m.name.of(lang)) " · " (length(w, m.minutes))
                    @if !m.techniques.is_empty() { ul { @for code in &m.techniques { li {
                        (all.technique(code).map_or(code.as_str(), |t| t.name.of(lang)))
                    } } } }
                } } }
            }))
        }
    };
    Ok(Desk::new(&app, &me, "training-curricula-window", "/capacitacion/curriculos")
        .area(Place::Training)
        .body(content))
}
