//! Follow-ups that are due: courses whose people are to be asked again, three and six months later.

use axum::extract::State;
use ceiba_access::Act;
use ceiba_programme::learning::rounds;
use maud::html;

use super::{at, name};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Column, Table, Tone, actions, button, button_link, form_post, heading};
use crate::{Answer, App, Place};

/// `GET /capacitacion/seguimiento`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let mut tx = app.programme.store.db.read().await?;
    let all = rounds::waiting(&app.programme, &mut tx, me.caller()).await?;
    drop(tx);
    let writes = me.can(&app, Act::TRAINING_WRITE);
    let columns = ["due-course", "due-what", "due-since", "due-do"].map(|k| Column::new(w.t(k))).into();
    let rows = all.iter().map(|d| {
        vec![
            html! { a href=(at(&d.course)) { (name(&app, me.lang, &d.course)) " · " (d.course.code) } },
            html! { (w.t(&format!("phase-{}", d.phase))) },
            html! { (w.date(d.since)) },
            html! { @if writes { (form_post(&format!("{}/prueba", at(&d.course)), &me.session.csrf, &app.once(), html! {
                input type="hidden" name="phase" value=(d.phase);
                (actions(&[button(&w.t("test-do-open"), Tone::Primary, "do", "open")]))
            })) } },
        ]
    });
    let content = html! {
        (heading(html! { (w.t("due-title")) }, html! { (w.t("due-text")) }))
        p { (button_link(&w.t("back"), "/capacitacion", Tone::Quiet)) }
        @if all.is_empty() { p { (w.t("due-none")) } }
        @else { (Table::new(w.t("due-title"), columns).cards().rows(rows).show(w)) }
    };
    Ok(Desk::new(&app, &me, "due-window", "/capacitacion/seguimiento").area(Place::Training).body(content))
}
