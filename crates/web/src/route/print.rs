//! The clocks of a case on paper, all of them: her code and no name, and on every row whether anybody has signed it.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases;
use ceiba_programme::route::signing::{self, Marks};
use ceiba_programme::route::steps::{self, Clock};
use maud::{Markup, html};

use super::words;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Tone, button_link, heading, typed};
use crate::{Answer, App, Place};

/// `GET /casos/{code}/ruta/imprimir`. Whoever opens the sheet prints it, as far as the ledger knows.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    let mut work = app.work(&me).await?;
    let id = cases::by_code(work.tx(), &code).await?;
    p.may_case(work.tx(), caller, Act::ROUTE_READ, id).await?;
    let case = cases::lookup(work.tx(), id).await?;
    let all = steps::clocks(p, work.tx(), caller, id).await?;
    let marks = signing::marks(p, work.tx()).await?;
    work.record("route.print", "case", id, [0; 32]).await?;
    work.commit().await?;
    let running: Vec<&Clock<'_>> = all.iter().filter(|c| c.run.ended.is_none()).collect();
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("route-print-how")) }
            (button_link(&w.t("back"), &format!("/casos/{}/ruta", case.code), Tone::Quiet))
        }
        (heading(html! { (w.t("route-print-title")) " " (case.code) }, html! { (w.t("route-not-law")) }))
        @if running.is_empty() { p { (w.t("route-none")) } }
        @for c in &running { (line(&app, &me, &marks, c)) }
        footer class="quiet" { (w.t("plan-print-by")) " " (typed(&me.session.name)) " · " (w.moment(app.now())) }
    };
    Ok(Desk::new(&app, &me, "route-print-window", format!("/casos/{}/ruta/imprimir", case.code))
        .area(Place::Cases)
        .body(content))
}

fn line(app: &App, me: &Me, marks: &Marks, c: &Clock<'_>) -> Markup {
    let (w, lang) = (me.words(app), me.lang.code());
    html! {
        section class="card sheet" {
            h2 { (c.row.task(lang)) }
            (words::until(app, me, c))
            p {
                (words::whose(&app.programme.pack.route, c.row, lang)) " · "
                (c.row.when(lang)) ", " (w.date(app.local(c.run.since).date())) " · " (c.row.basis) " (" (c.row.id) ") · "
                (words::status(w, marks, c.row))
            }
        }
    }
}
