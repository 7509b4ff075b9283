//! What was found, afterwards: the codes to read out on the phone, and the sheet with which the team is called.

use axum::extract::{Path, State};
use ceiba_programme::cases::found::{self, Event, Seen};
use ceiba_programme::clinic::Status;
use ceiba_programme::packs::{Fill, Response};
use ceiba_programme::partners::directory;
use maud::{Markup, html};
use uuid::Uuid;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Mood, Notice, Tone, button_link, card, facts_list, heading, notice, tag, typed};
use crate::{Answer, App, Place};

/// `GET /varias/{found}`.
pub async fn show(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let event = found::read(&app.programme, work.tx(), me.caller(), id).await?;
    work.record("found.read", "found", id, [0; 32]).await?;
    work.commit().await?;
    let content = html! {
        (heading(html! { (w.t("found-done-title")) }, html! { (w.moment(app.local(event.at))) " · " (app.code(&me, "municipalities", &event.municipality)) }))
        @if event.people.iter().any(|s| s.asked) { (notice(w, Notice::Warning, html! { (w.t("found-asked-text")) })) }
        (card(&w.t("found-done-codes"), html! {
            p { (w.t("found-done-text")) }
            ul class="tasks" { @for s in &event.people { li { (person(&app, &me, s)) } } }
        }))
        (card(&w.t("found-done-rest"), html! {
            (facts_list(&[
                (&w.t("found-language"), html! { (app.code(&me, "languages", &event.language)) }),
                (&w.t("found-interpreter"), html! { (w.t(&format!("found-interpreter-{}", event.interpreter))) }),
            ]))
            p { (w.t("found-apart")) }
            @if app.programme.pack.response.is_some() {
                p class="actions" { (button_link(&w.t("found-sheet"), &format!("/varias/{id}/hoja"), Tone::Primary)) }
            }
        }))
    };
    Ok(Desk::new(&app, &me, "found-window", format!("/varias/{id}")).area(Place::Cases).body(content))
}

fn person(app: &App, me: &Me, s: &Seen) -> Markup {
    let w = me.words(app);
    let needs: Vec<&str> = s.needs.iter().map(|c| app.code(me, "urgent_needs", c)).collect();
    html! {
        p {
            @match &s.name {
                Some(name) => { a href={ "/casos/" (s.code) } { (s.code) } @if !name.is_empty() { " · " (typed(name)) } }
                None => strong { (s.code) },
            }
            " · " (age(w, &s.age_band)) " "
            @if s.asked { (tag(Mood::Care, &w.t("found-asked-tag"))) }
        }
        p class="quiet" { (tonight(app, me, &s.tonight)) @if !needs.is_empty() { " · " (needs.join(", ")) } }
    }
}

/// Where she sleeps, in words.
fn tonight(app: &App, me: &Me, code: &str) -> String {
    let house = places(app, me).into_iter().find(|(house, _)| house == code);
    house.map_or_else(|| app.code(me, "tonight_places", code).to_owned(), |(_, name)| name)
}

/// The houses of the programme, and what they are called.
pub(super) fn places(app: &App, me: &Me) -> Vec<(String, String)> {
    let sites = app.programme.pack.sites.iter().filter(|s| s.house.is_some());
    let named = |code: &str| me.words(app).with("found-house", &[("site", code.into())]);
    sites.map(|s| (s.code.clone(), named(&s.code))).collect()
}

fn age(w: &crate::Words, band: &str) -> String {
    if band == "unknown" { w.t("found-age-unknown") } else { w.with("found-age", &[("band", band.into())]) }
}

/// `GET /varias/{found}/hoja`: no name and no code of a case; what is not kept here is a line to write on.
pub async fn sheet(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let event = found::read(&app.programme, work.tx(), me.caller(), id).await?;
    let Some(response) = &app.programme.pack.response else { return Err(crate::Failure::Absent) };
    let directory = directory::list(work.tx()).await?;
    work.record("found.print", "found", id, [0; 32]).await?;
    work.commit().await?;
    let lang = me.lang.code();
    let lines: Vec<(&str, Markup)> =
        response.lines.iter().map(|l| (l.said.name(lang), filled(&app, &me, &event, l.fill))).collect();
    let called = |kind: &str| {
        html! {
            @for i in directory.iter().filter(|i| i.kind == kind) { p { (i.name) ": " (i.phone) } }
            (by_hand(w))
        }
    };
    let calls: Vec<(&str, Markup)> =
        response.calls.iter().map(|c| (c.said.name(lang), called(&c.kind))).collect();
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("found-print-how")) }
            (button_link(&w.t("back"), &format!("/varias/{id}"), Tone::Quiet))
        }
        (heading(html! { (response.team.said.name(lang)) }, html! { (w.t("found-sheet-text")) }))
        (status(&app, &me, response))
        section class="card sheet" {
            h2 { (w.t("found-sheet-what")) }
            (facts_list(&lines))
        }
        section class="card sheet" {
            h2 { (w.t("found-sheet-calls")) }
            (facts_list(&calls))
        }
        footer class="quiet" { (w.t("plan-print-by")) " " (typed(&me.session.name)) " · " (w.moment(app.now())) }
    };
    Ok(Desk::new(&app, &me, "found-sheet-window", format!("/varias/{id}/hoja"))
        .area(Place::Cases)
        .body(content))
}

/// Whether anybody has compared the sheet with the official form.
fn status(app: &App, me: &Me, response: &Response) -> Markup {
    let (w, team) = (me.words(app), &response.team);
    html! {
        p {
            @if team.status == Status::Verified { (w.t("found-sheet-verified")) " " (team.verified_by) ", " (team.verified_on) }
            @else { (tag(Mood::Care, &w.t("found-sheet-unverified"))) }
            " · " (team.basis)
        }
    }
}

fn filled(app: &App, me: &Me, e: &Event, fill: Fill) -> Markup {
    let w = me.words(app);
    match fill {
        Fill::When => html! { (w.moment(app.local(e.at))) },
        Fill::Place => {
            html! { (app.code(me, "found_places", &e.place)) " · " (app.code(me, "municipalities", &e.municipality)) }
        }
        Fill::Who => html! { (app.code(me, "found_by", &e.found_by)) },
        Fill::Languages => html! { (app.code(me, "languages", &e.language)) },
        Fill::Interpreter => html! { (w.t(&format!("found-interpreter-{}", e.interpreter))) },
        Fill::People => counted(
            e.people.iter().map(|s| format!("{}, {}", app.code(me, "gender", &s.sex), age(w, &s.age_band))),
        ),
        Fill::Needs => counted(
            e.people.iter().flat_map(|s| &s.needs).map(|c| app.code(me, "urgent_needs", c).to_owned()),
        ),
        // Which house is nobody's business outside.
        Fill::Tonight => counted(e.people.iter().map(|s| {
            let house = places(app, me).iter().any(|(house, _)| *house == s.tonight);
            if house { w.t("found-house-any") } else { tonight(app, me, &s.tonight) }
        })),
        Fill::Hand => by_hand(w),
    }
}

/// A line to write on.
fn by_hand(w: &crate::Words) -> Markup {
    html! { span class="blank" { span class="hear" { (w.t("found-by-hand")) } } }
}

/// How often each was said, in the order in which they came.
fn counted(said: impl Iterator<Item = String>) -> Markup {
    let mut lines: Vec<(String, usize)> = Vec::new();
    for line in said {
        match lines.iter_mut().find(|(l, _)| *l == line) {
            Some((_, n)) => *n += 1,
            None => lines.push((line, 1)),
        }
    }
    html! { @if lines.is_empty() { "—" } @for (line, n) in &lines { p { (n) " · " (line) } } }
}
