//! What she is told before a hearing, on one sheet in plain words: when, who is with her, what she may ask for.

use axum::extract::{Path, State};
use ceiba_programme::contact::door;
use ceiba_programme::contact::rules::Channel;
use ceiba_programme::justice::hearings;
use maud::html;
use uuid::Uuid;

use crate::cases::frame;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Tone, button_link, heading, typed};
use crate::{Answer, App, Place};

/// `GET /casos/{code}/audiencias/{id}/explicar`. Neither her name nor what happened stands on it.
pub async fn show(State(app): State<App>, me: Me, Path((code, id)): Path<(String, Uuid)>) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let o = frame::open(&app, &me, &mut work, &code, "audiencias").await?;
    let h = hearings::one(&app.programme, work.tx(), me.caller(), &o.file.grant, (o.id(), id)).await?;
    let now = work.at();
    let ways = door::ways(&app.programme, work.tx(), me.caller(), o.id(), (now, None)).await?;
    let posted = ways
        .iter()
        .find(|(channel, _)| *channel == Channel::Letter)
        .and_then(|(_, said)| said.as_ref().err());
    work.record("hearing.brief", "case", o.id(), [0; 32]).await?;
    let o = o.settle(work).await?;
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("brief-print-how")) " " @if let Some(blocked) = posted { (w.t("brief-by-hand")) " " (w.t(&format!("reach-why-{}", blocked.why.code()))) } }
            (button_link(&w.t("back"), &o.path("audiencias"), Tone::Quiet))
        }
        (heading(html! { (w.t("brief-title")) }, html! { @if let Some(at) = h.head.due_at { (w.moment(app.local(at))) } }))
        p class="lead" { (w.t("brief-why")) }
        ul {
            @if h.body.company.is_empty() { li { (w.t("brief-company-someone")) } } @else { li { (w.t("brief-company")) " " strong { (typed(&h.body.company)) } } }
            // What is not confirmed is not promised.
            @match h.body.interpreter.as_str() {
                "confirmed" => li { (w.t("brief-interpreter")) },
                "asked" => li { (w.t("brief-interpreter-asked")) },
                _ => {}
            }
            @if h.body.transport == "arranged" { li { (w.t("brief-transport")) } }
            @if h.body.place == "gesell" || h.body.place == "video" { li { (w.t(&format!("brief-place-{}", h.body.place))) } }
        }
        h2 { (w.t("brief-rights-title")) }
        ul { @for n in ["break", "understand", "unknown", "apart", "stop"] { li { (w.t(&format!("brief-right-{n}"))) } } }
        p { (w.t("brief-after")) }
    };
    Ok(Desk::new(&app, &me, "brief-window", o.path(&format!("audiencias/{id}/explicar")))
        .area(Place::Cases)
        .body(content))
}
