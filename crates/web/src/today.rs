//! «Hoy»: what I must do, by urgency.

use axum::extract::{Query, State};
use ceiba_access::{Act, Situation};
use ceiba_programme::alerts::board;
use ceiba_programme::care::support;
use ceiba_programme::cases::followup::due;
use ceiba_programme::cases::tasks::{self, Mine};
use ceiba_programme::cases::{emergency, lists};
use ceiba_programme::closing;
use ceiba_programme::route::steps;
use maud::{Markup, html};
use serde::Deserialize;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Notice, Tone, actions, button, button_link, card, clock_due_at, empty_state, form_post, heading, notice,
    pages_nav, typed,
};
use crate::view::Names;
use crate::{Answer, App, Place, see_other};

/// Which page of one's tasks.
#[derive(Deserialize, Default)]
pub struct At {
    #[serde(default)]
    pagina: usize,
}

/// `GET /hoy`.
pub async fn show(State(app): State<App>, me: Me, Query(at): Query<At>) -> Answer {
    let w = me.words(&app);
    let p = &app.programme;
    let (cases, triage) = (me.can(&app, Act::CASE_LIST), me.can(&app, Act::ALERT_LIST));
    if !cases && !triage {
        return Ok(see_other(crate::desk::landing(&app, &me)));
    }
    let now = p.store.clock.now();
    let mut tx = p.store.db.read().await?;
    let number = at.pagina.clamp(1, 1000);
    let skip = (number - 1) * tasks::SHOWN;
    let mut tasks =
        if cases { tasks::mine(p, &mut tx, me.caller(), now + tasks::AHEAD, skip).await? } else { vec![] };
    let last = if tasks.len() > tasks::SHOWN { number + 1 } else { number };
    tasks.truncate(tasks::SHOWN);
    let waiting = if triage { board::list(p, &mut tx, me.caller(), false, 100).await? } else { vec![] };
    let site = Situation { same_site: true, ..Situation::default() };
    let supervises = me.caller().site.is_some() && p.gate.would(me.caller(), Act::SUPERVISE, &site);
    let closings = if supervises { lists::closing(p, &mut tx, me.caller()).await? } else { vec![] };
    let wanting = if supervises { due::wanting(p, &mut tx, me.caller()).await? } else { vec![] };
    let erases = me.caller().site.is_some() && p.gate.would(me.caller(), Act::ERASE_ASK, &site);
    let destroy = if erases { closing::to_destroy(p, &mut tx, me.caller()).await?.len() } else { 0 };
    let asked = if supervises { support::waiting(p, &mut tx, me.caller()).await? } else { vec![] };
    let reviews = if supervises || me.can(&app, Act::BREAK_REVIEW) {
        emergency::waiting(p, &mut tx, me.caller()).await?.len()
    } else {
        0
    };
    let week = app.local(now + tasks::AHEAD).date();
    let follows = if cases { due::mine(p, &mut tx, me.caller(), week).await? } else { vec![] };
    let until = now + 3 * ceiba_store::DAY;
    let route = if cases { steps::pressing(p, &mut tx, me.caller(), until).await? } else { vec![] };
    let marks = ceiba_programme::route::signing::marks(p, &mut tx).await?;
    drop(tx);
    let urgent = waiting.iter().filter(|a| a.due_at < now || a.urgency == "now").count();
    let (late, soon): (Vec<&Mine>, Vec<&Mine>) =
        tasks.iter().partition(|t| t.head.due_at.is_some_and(|d| d < now));
    let content = html! {
        (heading(html! { (w.t("today-title")) }, html! { (w.weekday(app.today().weekday())) " " (w.date(app.today())) }))
        @if triage && !waiting.is_empty() {
            (notice(w, if urgent > 0 { Notice::Warning } else { Notice::Info }, html! {
                a href="/avisos" { (w.with("today-alerts", &[("n", waiting.len().into()), ("urgent", urgent.into())])) }
            }))
        }
        @if !closings.is_empty() || !wanting.is_empty() || !asked.is_empty() || reviews > 0 || destroy > 0 {
            (card(&w.t("today-decisions"), html! { ul {
                @for line in &closings {
                    li { a href={ "/casos/" (line.case.code) "/cierre" } { (w.t("today-closing")) " " (line.case.code) } }
                }
                @for code in &wanting {
                    li { a href={ "/casos/" (code) "/cierre" } { (w.t("today-wanting")) " " (code) } }
                }
                @for (case, head) in &asked {
                    li { a href={ "/casos/" (case.code) "/apoyo" } { (w.t("care-today")) " " (w.t(&format!("care-kind-{}", head.code.as_deref().unwrap_or_default()))) " · " (case.code) } }
                }
                @if destroy > 0 { li { a href="/cierre/destruir" { (w.with("today-destroy", &[("n", destroy.into())])) } } }
                @if reviews > 0 { li { a href="/revision" { (w.with("today-reviews", &[("n", reviews.into())])) } } }
            } }))
        }
        @if cases {
            @if tasks.is_empty() && follows.is_empty() { (empty_state(&w.t("today-empty"), html! { (button_link(&w.t("today-cases"), "/casos", Tone::Quiet)) })) }
            @if !late.is_empty() { (card(&w.t("today-past"), list(&app, &me, &late))) }
            @if !soon.is_empty() { (card(&w.t("today-soon"), list(&app, &me, &soon))) }
            @if !follows.is_empty() { (card(&w.t("today-follow"), follow(&app, &me, &follows))) }
            (pages_nav(w, number, last, |n| format!("/hoy?pagina={n}")))
            (crate::route::pressing(&app, &me, &marks, &route))
        }
        @if cases { p { (button_link(&w.t("care-catalogue-title"), "/servicios", Tone::Quiet)) " " (button_link(&w.t("directory-title"), "/directorio", Tone::Quiet)) " " (button_link(&w.t("route-table-title"), "/ruta", Tone::Quiet)) @if me.can(&app, Act::EFFORT_WRITE) { " " (button_link(&w.t("care-hours-title"), "/horas", Tone::Quiet)) } } }
        @if supervises { p { (button_link(&w.t("supervision-link"), "/supervision", Tone::Quiet)) @if me.can(&app, Act::HANDOVER_BEGIN) { " " (button_link(&w.t("post-title"), "/traspaso", Tone::Quiet)) } } }
    };
    Ok(Desk::new(&app, &me, "today-window", "/hoy").area(Place::Today).body(content))
}

/// Tasks with their case, how soon they are due, and one button each.
fn list(app: &App, me: &Me, tasks: &[&Mine]) -> Markup {
    let w = me.words(app);
    html! {
        ul class="tasks" {
            @for t in tasks {
                li {
                    p {
                        a href={ "/casos/" (t.code) } { (t.code) } " · "
                        @match &t.head.code { Some(code) => { (w.t(&format!("task-{code}"))) } None => { (typed(&t.text)) } }
                        " · "
                        @if let Some(due) = t.head.due_at { (clock_due_at(w, app.local(due), app.now())) }
                    }
                    (form_post(&format!("/casos/{}/tareas/{}", t.code, t.head.id), &me.session.csrf, &app.once(), html! {
                        input type="hidden" name="version" value=(t.head.version);
                        input type="hidden" name="back" value="hoy";
                        (actions(&[button(&w.t("task-done"), Tone::Quiet, "state", "done")]))
                    }))
                }
            }
        }
    }
}

/// Those whose file is closed and who are to be asked how they are.
fn follow(app: &App, me: &Me, due: &[due::Mine]) -> Markup {
    let w = me.words(app);
    html! {
        ul class="tasks" { @for f in due { li {
            p {
                a href={ "/casos/" (f.case) } { (f.case) } " · " (w.t(&format!("follow-due-{}", f.look))) " · "
                (clock_due_at(w, f.on.at(17, 0, 0, 0), app.now()))
            }
            p class="actions" { (button_link(&w.t("followup-new"), &format!("/casos/{}/seguimiento", f.case), Tone::Quiet)) }
        } } }
    }
}

/// `GET /supervision`: how much everybody carries. Never a ranking.
pub async fn supervision(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let p = &app.programme;
    let mut tx = p.store.db.read().await?;
    let load = lists::load(p, &mut tx, me.caller()).await?;
    let names = Names::read(&app, &mut tx).await?;
    drop(tx);
    let columns = vec![
        crate::parts::Column::new(w.t("supervision-who")),
        crate::parts::Column::number(w.t("supervision-cases")),
        crate::parts::Column::number(w.t("supervision-late")),
    ];
    let table = crate::parts::Table::new(w.t("supervision-caption"), columns).rows(load.iter().map(
        |(who, cases, late)| {
            vec![typed(&names.of(w, *who)), html! { (w.number(*cases)) }, html! { (w.number(*late)) }]
        },
    ));
    let content = html! {
        (heading(html! { (w.t("supervision-title")) }, html! { (w.t("supervision-text")) }))
        (table.show(w))
    };
    Ok(Desk::new(&app, &me, "supervision-window", "/supervision").area(Place::Today).body(content))
}
