//! The points of a proceeding, each with how it stands, why it matters and where it comes from; never one number.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::clinic::Status;
use ceiba_programme::entries::Entry;
use ceiba_programme::justice::score::{self, Answers, Point, Standing};
use maud::{Markup, html};
use uuid::Uuid;

use super::process;
use super::section::Part;
use crate::me::Me;
use crate::parts::{Field, Mood, actions, form_post, select, submit, tag};
use crate::posted::Posted;
use crate::view::{iso_day, keyed};
use crate::{Answer, App};

const SAYS: [&str; 3] = ["met", "not_met", "does_not_apply"];

pub(super) fn list(
    part: &Part<'_>,
    proceeding: Uuid,
    points: &[Point<'_>],
    answers: Option<&Entry<Answers>>,
) -> Markup {
    let (w, lang) = (part.me.words(part.app), part.me.lang.code());
    let open: Vec<&Point<'_>> = points.iter().filter(|p| !p.on_file).collect();
    html! {
        p { (w.t("score-text")) }
        @for p in points {
            div class="stack" {
                p {
                    (p.item.name.of(lang)) " "
                    (tag(mood(p.standing), &w.t(&format!("score-{}", p.standing.code()))))
                }
                details class="why" { summary { (w.t("score-why")) }
                    p { (p.item.why.of(lang)) }
                    p class="quiet" { (w.t(if p.on_file { "score-on-file" } else { "score-by-lawyer" })) }
                    p class="quiet" { (w.t("score-source")) ": " (p.item.source) " · " (status(part, p)) }
                }
            }
        }
        @if points.is_empty() { p { (w.t("score-none")) } }
        @if part.o.can(part.app, part.me, Act::WRITE_LEGAL) && !points.is_empty() {
            (form(part, proceeding, &open, answers))
        }
    }
}

fn status(part: &Part<'_>, p: &Point<'_>) -> Markup {
    let w = part.me.words(part.app);
    html! {
        @if p.item.status == Status::Verified {
            (w.t("score-verified")) " " (p.item.verified_by) ", " (iso_day(w, Some(&p.item.verified_on)))
        } @else { (w.t("score-unverified")) }
    }
}

const fn mood(s: Standing) -> Mood {
    match s {
        Standing::Met => Mood::Ok,
        Standing::NotMet => Mood::No,
        Standing::NotKnown | Standing::DoesNotApply => Mood::Plain,
    }
}

/// Only what the file does not say is asked.
fn form(part: &Part<'_>, proceeding: Uuid, open: &[&Point<'_>], answers: Option<&Entry<Answers>>) -> Markup {
    let (w, lang, shown) = (part.me.words(part.app), part.me.lang.code(), part.form("score", None));
    let stands =
        |code: &str| answers.and_then(|a| a.body.said.get(code)).map_or("", String::as_str).to_owned();
    html! {
        details class="why" open[shown.f.is_some()] { summary { (w.t("score-answer")) }
            (form_post(&part.o.path(&format!("procesos/{proceeding}/puntos")), &part.me.session.csrf, &part.app.once(), html! {
                input type="hidden" name="version" value=(answers.map_or(0, |a| a.head.version));
                p class="quiet" { (w.t("score-answer-text")) }
                @for p in open {
                    @let field = Field::new(format!("p-{}", p.item.code), p.item.name.of(lang))
                        .value(shown.value(&format!("p-{}", p.item.code), &stands(&p.item.code)))
                        .error(shown.p.of("said").filter(|_| false));
                    (select(w, &field, &keyed(w, "score", &SAYS)))
                }
                (actions(&[submit(&w.t("score-keep"))]))
            }))
        }
    }
}

/// `POST /casos/{code}/procesos/{id}/puntos`.
pub async fn answer(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let fields: Vec<String> =
        app.programme.pack.score.items.iter().map(|i| format!("p-{}", i.code)).collect();
    let names: Vec<&str> = std::iter::once("version").chain(fields.iter().map(String::as_str)).collect();
    process::change(&app, &me, (&code, id), (&posted, &names), ("score", None), async |work, case, f| {
        let said: BTreeMap<String, String> = app
            .programme
            .pack
            .score
            .items
            .iter()
            .map(|i| (i.code.clone(), f.text(&format!("p-{}", i.code)).to_owned()))
            .filter(|(_, said)| !said.is_empty())
            .collect();
        let seen = f.number("version").unwrap_or(0);
        score::answer(&app.programme, work, me.caller(), (case, id, seen), &said).await
    })
    .await
}
