//! The letter that ends a search, on one sheet: that she is back, and nothing else of her.

use axum::extract::{Path, State};
use ceiba_programme::cases::search;
use ceiba_programme::partners::directory;
use maud::html;
use uuid::Uuid;

use super::{frame, on_case};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Tone, button_link, facts_list, heading, typed};
use crate::posted::Posted;
use crate::view::iso_day;
use crate::{Answer, App, Failure, Place};

/// `POST /casos/{code}/busqueda/{id}/carta`: from here on the list of what went out has it.
pub async fn write(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/busqueda/{id}/carta")),
        (&posted, &["go"]),
        async |work, case, _| search::letter(&app.programme, work, me.caller(), (case, id)).await,
        async |_, _| Err(Failure::Absent),
    )
    .await
}

/// `GET /casos/{code}/busqueda/{id}/carta`: that she is back, and nothing else of her.
pub async fn show(State(app): State<App>, me: Me, Path((code, id)): Path<(String, Uuid)>) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let o = frame::open(&app, &me, &mut work, &code, "busqueda").await?;
    let all = search::list(&app.programme, work.tx(), me.caller(), &o.file.grant, o.id()).await?;
    let s = all.into_iter().find(|s| s.head.id == id).ok_or(Failure::Absent)?;
    let to = s.head.other.ok_or(Failure::Absent)?;
    let at = search::written(work.tx(), (id, to)).await?.ok_or(Failure::Absent)?;
    let directory = directory::list(work.tx()).await?;
    let name = directory.iter().find(|i| i.id == to).map_or("", |i| i.name.as_str());
    work.record("search.print", "case", o.id(), [0; 32]).await?;
    let o = o.settle(work).await?;
    let blank = || html! { span class="blank" { span class="hear" { (w.t("found-by-hand")) } } };
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("seek-print-how")) }
            (button_link(&w.t("back"), &o.path("busqueda"), Tone::Quiet))
        }
        (heading(html! { (w.t("seek-letter-title")) }, html! { (w.t("search-to")) " " (typed(name)) " · " (w.date(app.local(at).date())) }))
        section class="card sheet stack" {
            p { (w.t("seek-letter-asks")) }
            (facts_list(&[
                (&w.t("seek-alert"), html! { (app.code(&me, "search_alerts", s.head.code.as_deref().unwrap_or_default())) }),
                (&w.t("seek-since"), html! { (iso_day(w, s.head.on_day.as_deref())) }),
                (&w.t("search-legal-name"), blank()),
                (&w.t("search-answer-to"), blank()),
            ]))
            p { strong { (w.t("seek-letter-take-down")) } }
            p { (w.t("seek-letter-silence")) }
        }
        section class="card sheet" { (facts_list(&[(&w.t("search-signed"), blank()), (&w.t("search-received"), blank())])) }
        footer class="quiet" { (w.t("search-to")) " " (typed(name)) " · " (typed(&me.session.name)) " · " (w.moment(app.now())) }
    };
    Ok(Desk::new(&app, &me, "search-window", o.path(&format!("busqueda/{id}/carta")))
        .area(Place::Cases)
        .code(o.code())
        .body(content))
}
