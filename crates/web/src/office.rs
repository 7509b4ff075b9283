//! «Oficina»: the desk of a Municipal Protection Office. What is due stands first; whatever happens is written in three taps.

use axum::extract::State;
use ceiba_access::Act;
use ceiba_programme::alerts::board;
use ceiba_programme::office::desk::{self, Due};
use ceiba_programme::office::people::Reception;
use ceiba_programme::office::{self, Person};
use ceiba_programme::partners::directory::{self, Institution};
use ceiba_programme::route::steps;
use ceiba_store::Tx;
use maud::{Markup, html};

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Notice, Tone, actions, button, button_link, card, clock_due_at, empty_state, form_post, heading,
    notice, typed,
};
use crate::posted::Fields;
use crate::{Answer, App, Failure, Place};

pub mod activity;
pub mod calls;
pub mod meetings;
pub mod person;
pub mod receive;
pub mod report;
pub mod visits;

/// How many of those who came last stand on the desk.
const CAME: i64 = 10;

/// `GET /oficina`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    let site = office::of(p, caller, Act::OFFICE_READ)?;
    let mut work = app.work(&me).await?;
    let due = desk::due(p, work.tx(), caller).await?;
    let came = desk::came(p, work.tx(), caller, CAME).await?;
    let alerts = board::list(p, work.tx(), caller, false, 100).await?;
    let directory = directory::list(work.tx()).await?;
    let mut clocks = Vec::new();
    for (id, code) in office::cases_of(p, work.tx(), caller).await? {
        let all = steps::clocks(p, work.tx(), caller, id).await?;
        clocks.push((code, all.into_iter().filter(|c| c.run.ended.is_none()).collect::<Vec<_>>()));
    }
    work.record("office.read", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let now = p.store.clock.now();
    let urgent = alerts.iter().filter(|a| a.due_at < now || a.urgency == "now").count();
    let content = html! {
        (heading(html! { (w.t("office-title")) " " (site.code) }, html! { (w.weekday(app.today().weekday())) " " (w.date(app.today())) " · " (app.code(&me, "municipalities", &site.municipality)) }))
        @if !alerts.is_empty() {
            (notice(w, if urgent > 0 { Notice::Warning } else { Notice::Info }, html! {
                a href="/avisos" { (w.with("today-alerts", &[("n", alerts.len().into()), ("urgent", urgent.into())])) }
            }))
        }
        (card(&w.t("office-due"), html! {
            @if due.is_empty() { p { (w.t("office-due-none")) } }
            @else { ul class="tasks" { @for d in &due { li { (waiting(&app, &me, &directory, d)) } } } }
        }))
        (card(&w.t("office-write"), html! { p class="actions" {
            (button_link(&w.t("office-receive"), "/oficina/recibir", Tone::Primary))
            (button_link(&w.t("office-call"), "/oficina/llamada", Tone::Quiet))
            (button_link(&w.t("office-visit"), "/oficina/visita", Tone::Quiet))
            (button_link(&w.t("office-activity"), "/oficina/actividad", Tone::Quiet))
            (button_link(&w.t("office-meeting"), "/oficina/reuniones", Tone::Quiet))
        } }))
        @if !clocks.is_empty() {
            (card(&w.t("office-cases"), html! { ul { @for (code, clocks) in &clocks { li {
                strong { (code) }
                @if clocks.is_empty() { " · " (w.t("office-case-quiet")) }
                @for c in clocks { " · " (c.row.task(me.lang.code())) " (" (c.row.id) ")" @if let Some(at) = c.next(now) { " " (clock_due_at(w, app.local(at), app.now())) } }
            } } } }))
        }
        (card(&w.t("office-came"), html! {
            @if came.is_empty() { (empty_state(&w.t("office-came-none"), html! {})) }
            ul { @for (person, said) in &came { li { (line(&app, &me, person, &said.body, said.head.code.as_deref())) } } }
        }))
        p class="actions" {
            (button_link(&w.t("office-report"), "/oficina/informe", Tone::Quiet))
            @if me.somewhere(&app, Act::NETWORK_READ) { (button_link(&w.t("network-title"), "/red", Tone::Quiet)) }
            @if me.somewhere(&app, Act::LOG_WRITE) { (button_link(&w.t("logbook-title"), "/bitacora", Tone::Quiet)) }
            (button_link(&w.t("post-title"), "/traspaso", Tone::Quiet))
        }
    };
    Ok(Desk::new(&app, &me, "office-window", "/oficina").area(Place::Office).body(content))
}

/// Somebody who came, in one line. A name only when she gave one.
fn line(app: &App, me: &Me, person: &Person, said: &Reception, about: Option<&str>) -> Markup {
    let w = me.words(app);
    html! {
        a href={ "/oficina/personas/" (person.id) } { (w.near_moment(app.local(person.at), app.now())) }
        " · " (app.code(me, "office_about", about.unwrap_or_default()))
        @if !said.name.is_empty() { " · " (typed(&said.name)) }
        @if person.alert.is_some() { " · " (w.t("office-has-alert")) }
    }
}

/// Something that waits: what, whose, by when, and the button that ends it.
fn waiting(app: &App, me: &Me, directory: &[Institution], due: &Due) -> Markup {
    let w = me.words(app);
    let head = due.head();
    let by = html! { @if let Some(at) = head.due_at { " · " (clock_due_at(w, app.local(at), app.now())) } };
    let code = head.code.as_deref().unwrap_or_default();
    match due {
        Due::Sent(e) => html! { p {
            a href={ "/oficina/personas/" (head.file) } { (w.t("office-due-sent")) }
            @if let Some(i) = directory.iter().find(|i| Some(i.id) == head.other) { " · " (i.name) }
            @if !e.body.name.is_empty() { " · " (typed(&e.body.name)) }
            (by)
        } },
        Due::Call(e) => html! { p {
            a href={ "/oficina/llamadas/" (head.id) } { (w.t(if head.state == "unanswered" { "office-due-again" } else { "office-due-promise" })) }
            " · " (app.code(me, "office_call_to", code)) " · " (typed(&e.body.number))
            @if !e.body.said.is_empty() { " · " (app.code(me, "office_said", &e.body.said)) }
            (by)
        } },
        Due::Visit(_) => html! { p {
            a href={ "/oficina/visitas/" (head.id) } { (w.t("office-due-visit")) }
            " · " (app.code(me, "office_visit_kinds", code)) (by)
        } },
        Due::Agreed(e) => html! {
            p { a href={ "/oficina/reuniones/" (head.other.unwrap_or_default()) } { (w.t("office-due-agreement")) } " · " (typed(&e.body.text)) " · " (typed(&e.body.whose)) (by) }
            (form_post(&format!("/oficina/acuerdos/{}", head.id), &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(head.version);
                input type="hidden" name="back" value="oficina";
                (actions(&[button(&w.t("office-agreement-done"), Tone::Quiet, "how", "done"), button(&w.t("office-agreement-dropped"), Tone::Quiet, "how", "dropped")]))
            }))
        },
    }
}

/// About whom something can be: those who came last, and the cases on whose team she is.
async fn abouts(app: &App, me: &Me, tx: &mut Tx) -> Result<Vec<Choice>, Failure> {
    let w = me.words(app);
    let (p, caller) = (&app.programme, me.caller());
    let came = desk::came(p, tx, caller, 20).await?;
    let cases = office::cases_of(p, tx, caller).await?;
    let people = came.iter().map(|(person, said)| {
        let about = app.code(me, "office_about", said.head.code.as_deref().unwrap_or_default());
        let when = w.near_moment(app.local(person.at), app.now());
        let name = if said.body.name.is_empty() { String::new() } else { format!(" · {}", said.body.name) };
        Choice::new(format!("p-{}", person.id), format!("{when} · {about}{name}"))
    });
    let cases = cases.iter().map(|(id, code)| Choice::new(format!("c-{id}"), code.as_str()));
    Ok(people.chain(cases).collect())
}

/// What was typed, or what the form begins with.
fn or<'a>(f: Option<&'a Fields>, name: &str, first: &'a str) -> &'a str {
    f.map_or(first, |f| f.text(name))
}
