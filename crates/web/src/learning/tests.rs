//! The tests of a course: rounds with their code on the wall, and what was learnt.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use ceiba_access::Act;
use ceiba_programme::learning::rounds::{self, PHASES, Round};
use ceiba_programme::training::{Course, courses};
use maud::{Markup, html};

use super::{address, at, name, results};
use crate::cases::{Done, finish};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Mood, Tone, actions, button, button_link, card, facts_list, form_post, heading, qr, tag};
use crate::posted::Posted;
use crate::{Answer, App, Place, see_other};

/// `GET /capacitacion/cursos/{code}/prueba`.
pub async fn show(State(app): State<App>, me: Me, headers: HeaderMap, Path(code): Path<String>) -> Answer {
    let (w, p) = (me.words(&app), &app.programme);
    let mut tx = p.store.db.read().await?;
    let course = courses::find(p, &mut tx, me.caller(), &code).await?;
    let rounds = rounds::list(p, &mut tx, me.caller(), course.id).await?;
    let mut counts = Vec::with_capacity(rounds.len());
    for round in &rounds {
        counts.push((round, rounds::handed_in(p, &mut tx, me.caller(), round.id).await?));
    }
    let learnt = results::show(&app, &me, &mut tx, &rounds).await?;
    drop(tx);
    let test = rounds::test(p, &course, &rounds);
    let writes = me.can(&app, Act::TRAINING_WRITE);
    let content = html! {
        (heading(html! { (w.t("test-title")) }, html! { (name(&app, me.lang, &course)) " · " (course.code) }))
        p { (button_link(&w.t("back"), &at(&course), Tone::Quiet)) }
        @match test {
            None => p { (w.t("test-none")) },
            Some(test) => {
                p { (w.t(if test.named { "test-named" } else { "test-anonymous" })) }
                @for phase in PHASES {
                    @let found = counts.iter().find(|(r, _)| r.phase == phase);
                    (card(&w.t(&format!("phase-{phase}")), html! {
                        @match found {
                            None => (waiting(&app, &me, &course, phase, writes)),
                            Some((round, count)) => {
                                (facts_list(&[
                                    (&w.t("test-state"), if round.state == "open" { tag(Mood::Ok, &w.t("test-open")) } else { tag(Mood::Plain, &w.t("test-closed")) }),
                                    (&w.t("test-sheets"), html! { (count.shown().map_or_else(|| w.t("hidden"), |n| n.to_string())) }),
                                ]))
                                (steps(&app, &me, &headers, (&course, round), writes))
                            }
                        }
                    }))
                }
                (learnt)
            }
        }
    };
    Ok(Desk::new(&app, &me, "test-window", format!("{}/prueba", at(&course)))
        .area(Place::Training)
        .body(content))
}

/// A round that nobody opened: when it is due, and the button.
fn waiting(app: &App, me: &Me, course: &Course, phase: &str, writes: bool) -> Markup {
    let w = me.words(app);
    let due = rounds::due(course, phase);
    let early = phase.starts_with("month") && due.is_none_or(|due| app.today() < due);
    html! {
        @if let Some(due) = due { p class="quiet" { (w.t("test-due")) " " (w.date(due)) } }
        @if writes && !early && course.state != "cancelled" { (set(app, me, course, phase, "open")) }
    }
}

fn set(app: &App, me: &Me, course: &Course, phase: &str, to: &str) -> Markup {
    let w = me.words(app);
    let tone = if to == "open" { Tone::Primary } else { Tone::Quiet };
    form_post(
        &format!("{}/prueba", at(course)),
        &me.session.csrf,
        &app.once(),
        html! {
            input type="hidden" name="phase" value=(phase);
            (actions(&[button(&w.t(&format!("test-do-{to}")), tone, "do", to)]))
        },
    )
}

/// What can be done with a round: the code on the wall, paper, typing, closing.
fn steps(
    app: &App,
    me: &Me,
    headers: &HeaderMap,
    (course, round): (&Course, &Round),
    writes: bool,
) -> Markup {
    let w = me.words(app);
    let here = format!("{}/prueba/{}", at(course), round.phase);
    let link = format!("{}/prueba/{}", address(app, headers), round.code);
    html! {
        @if round.state == "open" {
            details {
                summary { (w.t("test-wall")) }
                div class="stack" {
                    (qr(&w.t("test-qr"), &link))
                    p class="code" { (link) }
                    p class="quiet" { (w.t("test-wall-how")) }
                }
            }
        }
        p class="actions" {
            (button_link(&w.t("test-paper"), &format!("{here}/papel"), Tone::Quiet))
            @if writes { (button_link(&w.t("test-type"), &format!("{here}/hoja"), Tone::Quiet)) }
        }
        @if writes { (set(app, me, course, &round.phase, if round.state == "open" { "close" } else { "open" })) }
    }
}

/// `POST /capacitacion/cursos/{code}/prueba`: opens or closes a round.
pub async fn change(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let p = &app.programme;
    p.may(me.caller(), Act::TRAINING_WRITE)?;
    let f = posted.only(&["phase", "do"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let course = courses::find(p, work.tx(), me.caller(), &code).await?;
    let here = format!("{}/prueba", at(&course));
    let outcome = if f.text("do") == "close" {
        let all = rounds::list(p, work.tx(), me.caller(), course.id).await?;
        match all.iter().find(|r| r.phase == f.text("phase")) {
            Some(round) => rounds::close(p, &mut work, me.caller(), round).await,
            None => Err(ceiba_access::Refusal::Absent.into()),
        }
    } else {
        rounds::open(p, &mut work, me.caller(), (&course, f.text("phase"))).await.map(drop)
    };
    match finish(&app, &me, &posted, work, outcome, &here).await? {
        Done::To(response) => Ok(response),
        Done::Mend(_) => Ok(see_other(&here)),
    }
}
