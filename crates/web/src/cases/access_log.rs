//! Who saw this file, in plain words.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_store::ledger;
use maud::html;

use super::frame;
use crate::lang::act;
use crate::me::Me;
use crate::parts::{Column, Table, Tone, button_link, typed};
use crate::{Answer, App};

/// `GET /casos/{code}/accesos`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let o = frame::open(&app, &me, &mut work, &code, "accesos").await?;
    app.programme.may_case(work.tx(), me.caller(), Act::ACCESS_LOG, o.id()).await?;
    let lines = ledger::about(work.tx(), o.id(), 100).await?;
    let o = o.settle(work).await?;
    let columns = ["access-when", "access-who", "access-what"].map(|c| Column::new(w.t(c)));
    let table = Table::new(w.t("access-caption"), columns.into()).rows(lines.iter().map(|l| {
        vec![
            html! { (w.moment(app.local(l.at))) },
            typed(&o.names.of(w, l.actor)),
            html! { (act(w, &l.action)) },
        ]
    }));
    let content = html! {
        p { (w.t("access-text")) }
        @if o.can(&app, &me, Act::LEAK_ASK) { p class="actions" { (button_link(&w.t("leak-link"), &o.path("filtracion"), Tone::Quiet)) } }
        (table.show(w))
    };
    Ok(frame::page(&app, &me, &o, "accesos", content))
}
