//! What is due of courses that are over: people to be asked again, three and six months later, and what is to be given once more.

use axum::extract::State;
use ceiba_access::Act;
use ceiba_programme::learning::rounds;
use ceiba_programme::training::due;
use maud::html;

use super::{at, name};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Column, Table, Tone, actions, button, button_link, card, form_post, heading};
use crate::{Answer, App, Place};

/// `GET /capacitacion/seguimiento`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let mut tx = app.programme.store.db.read().await?;
    let all = rounds::waiting(&app.programme, &mut tx, me.caller()).await?;
    let again = due::courses_due(&app.programme, &mut tx, me.caller()).await?;
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
        (card(&w.t("due-again"), html! {
            p { (w.t("due-again-text")) }
            @if again.is_empty() { p { (w.t("due-none")) } }
            ul class="tasks" { @for a in &again { li {
                p { a href=(at(&a.course)) { (name(&app, me.lang, &a.course)) " · " (a.course.code) } " · " (w.date(a.due)) }
                @if writes { p class="actions" { (button_link(&w.t("due-again-plan"), &format!("/capacitacion/cursos/nuevo?de={}", a.course.code), Tone::Quiet)) } }
            } } }
        }))
    };
    Ok(Desk::new(&app, &me, "due-window", "/capacitacion/seguimiento").area(Place::Training).body(content))
}
