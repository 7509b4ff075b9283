//! «Clínica»: who waits, by urgency and arrival; today's appointments above. A waiting room may read over a shoulder, so
//! that the list says a number, a name only if she gave one, and no reason but the desk.

use axum::extract::{Query, State};
use ceiba_access::Act;
use ceiba_programme::clinic::{self, Waiting, appointments};
use maud::{Markup, html};
use serde::Deserialize;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Mood, Notice, Tone, actions, button, button_link, card, clock_ago, empty_state, form_post, heading,
    notice, tag, typed, typed_block,
};
use crate::view::Names;
use crate::{Answer, App, Place};

pub mod booking;
pub mod clock;
pub mod information;
pub mod no_show;
pub mod receive;
pub mod visit;

/// Who was just received: her number.
#[derive(Deserialize, Default)]
pub struct Came {
    #[serde(default)]
    numero: String,
}

/// `GET /clinica`.
pub async fn show(State(app): State<App>, me: Me, Query(came): Query<Came>) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    let site = clinic::of(p, caller, Act::CLINIC_READ)?.code.clone();
    let mut work = app.work(&me).await?;
    let all = clinic::queue(p, work.tx(), caller).await?;
    let today = app.today().to_string();
    let booked = appointments::between(p, work.tx(), caller, (&today, &today)).await?;
    let names = Names::read(&app, work.tx()).await?;
    work.record("clinic.read", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let waiting = all.iter().filter(|v| v.visit.state == "waiting").count();
    let content = html! {
        (heading(html! { (w.t("clinic-title")) " " (site) }, html! { (w.with("clinic-count", &[("n", waiting.into())])) }))
        @if all.iter().any(|v| v.visit.number == came.numero) {
            (notice(w, Notice::Done, html! { (w.with("clinic-received", &[("number", (&came.numero).into())])) }))
        }
        p class="actions" {
            (button_link(&w.t("clinic-receive"), "/clinica/recibir", Tone::Primary))
            (button_link(&w.t("clinic-appointments"), "/clinica/citas", Tone::Quiet))
            (button_link(&w.t("clinic-information"), "/clinica/informacion", Tone::Quiet))
        }
        @if !booked.is_empty() {
            (card(&w.t("clinic-today"), html! { @for b in &booked { (booking::booked(&app, &me, &names, b)) } }))
        }
        @if all.is_empty() { (empty_state(&w.t("clinic-empty"), html! {})) }
        div class="cast" { @for v in &all { (line(&app, &me, &names, v)) } }
    };
    Ok(Desk::new(&app, &me, "clinic-window", "/clinica").area(Place::Clinic).body(content))
}

/// Somebody in the queue.
fn line(app: &App, me: &Me, names: &Names, v: &Waiting) -> Markup {
    let w = me.words(app);
    let path = format!("/clinica/visitas/{}", v.visit.id);
    let clock = app.programme.pack.clinic.urgency(&v.visit.urgency).is_some_and(|u| u.clock);
    card(
        &w.with("clinic-number", &[("number", (&v.visit.number).into())]),
        html! {
            @if !v.said.chosen_name.is_empty() { p { strong { (typed(&v.said.chosen_name)) } } }
            p { (urgency(app, me, &v.visit.urgency)) " " (desk(app, me, &v.visit.desk)) }
            @if v.visit.state == "attending" {
                p { (w.t("clinic-attended-by")) " " (typed(&v.visit.attended_by.map_or_else(String::new, |a| names.of(w, a)))) }
            } @else {
                p { (w.t("clinic-waits")) " " (clock_ago(w, app.local(v.visit.queued_at), app.now())) }
            }
            @if !v.said.remark.is_empty() { (typed_block(&v.said.remark)) }
            @if clock { p { (button_link(&w.t("clinic-clock"), &format!("{path}/reloj"), Tone::Quiet)) } }
            @if v.visit.state == "waiting" {
                (form_post(&format!("{path}/llamar"), &me.session.csrf, &app.once(), actions(&[
                    button(&w.with("clinic-call", &[("number", (&v.visit.number).into())]), Tone::Quiet, "go", "1"),
                    button_link(&w.t("clinic-open"), &path, Tone::Quiet),
                ])))
            } @else { p { (button_link(&w.t("clinic-open"), &path, Tone::Quiet)) } }
        },
    )
}

/// An urgency as a chip. The one that puts the health clock first is to be seen, and tells a waiting room nothing.
fn urgency(app: &App, me: &Me, id: &str) -> Markup {
    let Some(u) = app.programme.pack.clinic.urgency(id) else { return html! { (id) } };
    tag(if u.clock { Mood::Care } else { Mood::Plain }, u.name(me.lang.code()))
}

/// A desk's name.
fn desk<'a>(app: &'a App, me: &Me, id: &'a str) -> &'a str {
    app.programme.pack.clinic.desk(id).map_or(id, |d| d.name(me.lang.code()))
}
