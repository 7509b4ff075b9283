//! «Casa»: what a shift must know now. Who sleeps here by chosen name, what must not harm her, who must not come in, what is
//! due; nothing of her history.

use axum::extract::{Query, State};
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::people::links;
use ceiba_programme::shelter::shift as shifts;
use ceiba_programme::shelter::{self, Resident, medicine, of_age};
use ceiba_store::{HOUR, Tx};
use maud::{Markup, html};
use serde::Deserialize;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Mood, Notice, Tone, actions, button_link, card, empty_state, form_post, heading, notice, submit, tag,
    typed, typed_block,
};
use crate::view::{Names, at_home};
use crate::{Answer, App, Failure, Place, Words};

pub mod admit;
pub mod apart;
pub mod doses;
pub mod drill;
mod hours;
pub mod incidents;
pub mod letter;
pub mod letter_file;
pub mod lists;
pub mod missing;
pub mod no_bed;
mod places;
pub mod resident;
pub mod round;
pub mod shift;
pub mod steps;
pub mod transfer;
pub mod unmet;

/// Who was just received.
#[derive(Deserialize, Default)]
pub struct Came {
    #[serde(default)]
    recibida: String,
}

/// `GET /casa`.
pub async fn show(State(app): State<App>, me: Me, Query(came): Query<Came>) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    let mut work = app.work(&me).await?;
    let here = shelter::residents(p, work.tx(), caller).await?;
    let house = match shelter::of(p, caller) {
        Ok(house) => Some(house),
        Err(ProgrammeError::State(_)) => None,
        Err(e) => return Err(e.into()),
    };
    let mut free = 0;
    let mut due = 0;
    let (mut on, mut ways, mut drills) = (html! {}, html! {}, html! {});
    if let Some(house) = house {
        free = shelter::free(work.tx(), house).await?.len();
        of_age::arise(p, &mut work, caller, &here).await?;
        due = doses_due(&app, &me, work.tx(), &here).await?;
        on = whose_shift(&app, &me, work.tx()).await?;
        ways = transfer::boards(&app, &me, work.tx()).await?;
        drills = drill::reminder(&app, &me, work.tx()).await?;
    }
    let met = match here.iter().find(|r| r.case.code == came.recibida) {
        Some(r) if links::perhaps(p, work.tx(), caller, r.case.person).await? => {
            work.record("person.alike.elsewhere", "case", r.case.id, [0; 32]).await?;
            true
        }
        _ => false,
    };
    work.record("house.read", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let may = |act| house.is_some() && p.gate.would(caller, act, &at_home());
    let content = html! {
        (heading(html! { (w.t("house-title")) " " (caller.site.as_deref().unwrap_or_default()) }, html! {
            (w.with("house-count", &[("n", here.len().into())]))
            @if house.is_some() { " · " (w.with("house-free", &[("n", free.into())])) }
        }))
        @if let Some(r) = here.iter().find(|r| r.case.code == came.recibida) {
            (notice(w, Notice::Done, html! {
                p { (w.t("admit-done")) " " (typed(&r.person.core.chosen_name)) " · " (r.case.code) " · " (bed(w, &r.bed)) }
                p { (w.t("admit-done-rest")) }
                @if met { p { strong { (w.t("admit-met")) } } }
            }))
        }
        (on)
        (drills)
        @if let Some((_, house)) = house {
            @let hours = hours::said(&app, &me, house);
            @if !hours.is_empty() { p class="quiet" { (w.t("visit-hours-title")) " " (hours) } }
        }
        (now(&app, &me, &here))
        @if house.is_some() {
            nav class="actions links" aria-label=(w.t("house-do")) {
                @if may(Act::HOUSE_ADMIT) { (button_link(&w.t("admit-link"), "/casa/recibir", Tone::Primary)) }
                (button_link(&w.with("round-link", &[("n", due.into())]), "/casa/medicina", Tone::Quiet))
                (button_link(&w.t("inside-link"), "/casa/lista", Tone::Quiet))
                (button_link(&w.t("door-link"), "/casa/puerta", Tone::Quiet))
                (button_link(&w.t("shift-link"), "/casa/turno", Tone::Quiet))
                (button_link(&w.t("incident-link"), "/casa/incidentes", Tone::Quiet))
                @if me.can(&app, Act::CONDUCT_WRITE) { (button_link(&w.t("conduct-title"), "/conducta", Tone::Quiet)) }
                @if may(Act::HOUSE_ADMIT) { (button_link(&w.t("unmet-link"), "/casa/sin-lugar", Tone::Quiet)) }
            }
        }
        @if here.is_empty() { (empty_state(&w.t(if house.is_some() { "house-empty" } else { "house-no-beds" }), html! {})) }
        div class="cast" { (ways) @for r in &here { (resident_card(&app, &me, r)) } }
    };
    Ok(Desk::new(&app, &me, "house-window", "/casa").area(Place::House).body(content))
}

/// How many doses are due now, in the whole house.
async fn doses_due(app: &App, me: &Me, tx: &mut Tx, here: &[Resident]) -> Result<usize, Failure> {
    let mut due = 0;
    for r in here {
        let grant = app.programme.may_case(tx, me.caller(), Act::HOUSE_READ, r.case.id).await?;
        let taken = medicine::of(&app.programme, tx, me.caller(), &grant, r.case.id).await?;
        due += taken.iter().map(|t| t.due.len() + t.awaits.len()).sum::<usize>();
    }
    Ok(due)
}

/// Whose shift it is; and before one's own, what the last one left, to be read.
async fn whose_shift(app: &App, me: &Me, tx: &mut Tx) -> Result<Markup, Failure> {
    let (w, p, caller) = (me.words(app), &app.programme, me.caller());
    let on = shifts::on(p, tx, caller).await?;
    let names = Names::read(app, tx).await?;
    let mine = on.iter().any(|s| s.account == caller.account);
    let begins = !mine && p.gate.would(caller, Act::HOUSE_LOG, &at_home());
    let left = if begins { shifts::handover(p, tx, caller).await? } else { None };
    Ok(html! {
        @if begins {
            (card(&w.t("shift-read-title"), html! {
                @match &left {
                    Some(h) => {
                        (typed_block(&h.body.text))
                        p class="quiet" { (names.of(w, h.head.author)) " · " (w.moment(app.local(h.head.created_at))) " · "
                            (w.with("shift-inside", &[("n", h.body.inside.into())])) }
                    }
                    None => p { (w.t("shift-nothing-left")) }
                }
                (form_post("/casa/turno", &me.session.csrf, &app.once(), html! {
                    input type="hidden" name="read" value=(left.as_ref().map(|h| h.head.id.to_string()).unwrap_or_default());
                    (actions(&[submit(&w.t("shift-begin"))]))
                }))
            }))
        }
        @if !on.is_empty() {
            p class="quiet" { (w.t("shift-on")) " "
                @for (n, s) in on.iter().enumerate() { @if n > 0 { ", " } (names.of(w, s.account)) " (" (w.t("house-since")) " " (w.near_moment(app.local(s.started_at), app.now())) ")" }
            }
        }
    })
}

/// What asks for somebody now: who is looked for, who should be back, whom nobody has seen, who comes of age.
fn now(app: &App, me: &Me, here: &[Resident]) -> Markup {
    let w = me.words(app);
    let at = app.programme.store.clock.now();
    let unseen = at - app.programme.pack.shelter.unseen_hours * HOUR;
    let name =
        |r: &Resident| html! { a href={ "/casa/" (r.case.code) } { (typed(&r.person.core.chosen_name)) } };
    let lines: Vec<Markup> = here
        .iter()
        .filter_map(|r| {
            if r.missing {
                return Some(html! { (name(r)) ": " (w.t("now-missing")) " " a href={ "/casa/" (r.case.code) "/no-esta" } { (w.t("now-missing-steps")) } });
            }
            match (&r.out, &r.seen) {
                (Some((_, back)), _) if *back < at => Some(html! { (name(r)) ": " (w.t("now-late")) " " (w.near_moment(app.local(*back), app.now())) }),
                (None, seen) if seen.as_ref().is_none_or(|s| s.0 < unseen) => Some(html! { (name(r)) ": " (w.t("now-unseen")) }),
                _ => r.of_age_in.map(|days| html! { (name(r)) ": " (w.with("now-of-age", &[("n", days.into())])) }),
            }
        })
        .collect();
    if lines.is_empty() {
        return html! {};
    }
    notice(w, Notice::Warning, html! { ul { @for line in lines { li { (line) } } } })
}

/// A bed in words.
fn bed(w: &Words, bed: &str) -> String {
    w.with("house-bed", &[("bed", bed.into())])
}

/// Where she is, in a word.
fn whereabouts(app: &App, me: &Me, r: &Resident) -> Markup {
    let w = me.words(app);
    match &r.out {
        _ if r.missing => tag(Mood::Harm, &w.t("where-missing")),
        Some((why, back)) => html! {
            (tag(Mood::Care, &w.t("where-out"))) " " (app.code(me, "outing_reasons", why)) " · "
            (w.t("where-until")) " " (w.near_moment(app.local(*back), app.now()))
        },
        None => tag(Mood::Ok, &w.t("where-in")),
    }
}

fn resident_card(app: &App, me: &Me, r: &Resident) -> Markup {
    let w = me.words(app);
    card(
        &format!("{} · {}", bed(w, &r.bed), r.case.code),
        html! {
            p class="lead" { a href={ "/casa/" (r.case.code) } { (typed(&r.person.core.chosen_name)) }
                @for c in &r.companions { " + " (typed(&c.body.name)) } }
            p { (whereabouts(app, me, r)) }
            @match &r.safety {
                Some(s) => {
                    @if !s.body.keep_away.is_empty() { div { p { strong { (w.t("house-door")) } } (typed_block(&s.body.keep_away)) } }
                    @if !s.body.now.is_empty() { div { p { strong { (w.t("safety-now")) } } (typed_block(&s.body.now)) } }
                }
                None => { p { (w.t("safety-default-2")) } }
            }
            div {
                p { strong { (w.t("house-bedside")) } }
                @if r.bedside.is_empty() { p { (w.t("house-bedside-none")) } }
                @for b in &r.bedside { (typed_block(&b.body.text)) }
            }
            p class="quiet" {
                (app.language(me, &r.person.core.language)) @if r.person.core.interpreter { " · " (w.t("case-interpreter")) }
                " · " (w.t("house-since")) " " (w.moment(app.local(r.since)))
            }
        },
    )
}
