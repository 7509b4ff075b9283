//! Appeals: who, when, and what came of it.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::entries::Entry;
use ceiba_programme::justice::appeals::{self, Appeal, BY, ENDS};
use maud::{Markup, html};
use uuid::Uuid;

use super::process;
use super::section::Part;
use crate::cases::history;
use crate::me::Me;
use crate::parts::{
    Field, Kind, Mood, actions, date_fields, empty_state, form_post, radios, select, submit, tag, text_field,
    typed,
};
use crate::posted::Posted;
use crate::view::{iso_day, keyed};
use crate::{Answer, App};

pub(super) fn list(part: &Part<'_>, proceeding: Uuid, all: &[Entry<Appeal>]) -> Markup {
    let (app, me, w) = (part.app, part.me, part.me.words(part.app));
    let write = part.o.can(app, me, Act::WRITE_LEGAL);
    let mine: Vec<&Entry<Appeal>> = all.iter().filter(|e| e.head.other == Some(proceeding)).collect();
    html! {
        @if mine.is_empty() { (empty_state(&w.t("appeals-none"), html! {})) }
        @for e in mine {
            div class="stack" {
                p {
                    strong { (app.code(me, "appeal_kinds", e.head.code.as_deref().unwrap_or_default())) } " "
                    (tag(Mood::Plain, &w.t(&format!("state-court_appeal-{}", e.head.state))))
                }
                p class="quiet" {
                    (w.t(&format!("appeal-by-{}", e.body.by))) " · " (iso_day(w, e.head.on_day.as_deref()))
                    @if !e.body.decided_on.is_empty() { " · " (w.t("measure-decided-on")) " " (iso_day(w, Some(&e.body.decided_on))) }
                }
                @if !e.body.outcome.is_empty() { p { (typed(&e.body.outcome)) } }
                (history::link(w, part.o, &e.head))
                @if write && e.head.state == "filed" { (decide_form(part, proceeding, e)) }
            }
        }
        @if write { (new_form(part, proceeding)) }
    }
}

fn new_form(part: &Part<'_>, proceeding: Uuid) -> Markup {
    let (w, shown) = (part.me.words(part.app), part.form("appeal", None));
    let field = |name: &'static str, key: &str| shown.field(w, (name, "appeal"), key);
    let day = shown.f.map_or_else(Default::default, |f| f.day_parts("filed"));
    html! {
        details class="why" open[shown.f.is_some()] { summary { (w.t("appeal-new")) }
            (form_post(&part.o.path(&format!("procesos/{proceeding}/impugnaciones")), &part.me.session.csrf, &part.app.once(), html! {
                (select(w, &field("kind", "appeal-kind"), &part.app.choices(part.me.lang, "appeal_kinds")))
                (select(w, &field("by", "appeal-by"), &keyed(w, "appeal-by", &BY)))
                (date_fields(w, &Field::new("filed", w.t("appeal-filed")).error(shown.p.of("filed")).id("appeal-filed"), &day, false))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

fn decide_form(part: &Part<'_>, proceeding: Uuid, e: &Entry<Appeal>) -> Markup {
    let (w, id) = (part.me.words(part.app), e.head.id);
    let shown = part.form("appeal-decide", Some(id));
    let own = id.to_string();
    let field = |name: &'static str, key: &str| shown.field(w, (name, &own), key);
    let day = shown.f.map_or_else(Default::default, |f| f.day_parts("decided"));
    html! {
        details class="why" open[shown.f.is_some()] { summary { (w.t("measure-decide")) }
            (form_post(&part.o.path(&format!("procesos/{proceeding}/impugnaciones/{id}")), &part.me.session.csrf, &part.app.once(), html! {
                input type="hidden" name="version" value=(e.head.version);
                (radios(w, &field("how", "measure-what"), &keyed(w, "state-court_appeal", &ENDS)))
                (date_fields(w, &Field::new("decided", w.t("measure-decided-on")).error(shown.p.of("decided")).id(format!("decided-{id}")), &day, false))
                (text_field(w, &field("outcome", "appeal-outcome"), Kind::Text))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

/// `POST /casos/{code}/procesos/{id}/impugnaciones`.
pub async fn file(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    process::change(
        &app,
        &me,
        (&code, id),
        (&posted, &["kind", "by", "filed"]),
        ("appeal", None),
        async |work, case, f| {
            let day = f.day("filed");
            let said = (f.text("kind"), f.text("by"), day.as_str());
            appeals::file(&app.programme, work, me.caller(), (case, id), said).await.map(|_| ())
        },
    )
    .await
}

/// `POST /casos/{code}/procesos/{id}/impugnaciones/{appeal}`: what came of it.
pub async fn decide(
    State(app): State<App>,
    me: Me,
    Path((code, id, appeal)): Path<(String, Uuid, Uuid)>,
    posted: Posted,
) -> Answer {
    process::change(
        &app,
        &me,
        (&code, id),
        (&posted, &["version", "how", "decided", "outcome"]),
        ("appeal-decide", Some(appeal)),
        async |work, case, f| {
            let (seen, day) = (f.number("version").unwrap_or(0), f.day("decided"));
            let said = (f.text("how"), day.as_str(), f.text("outcome"));
            appeals::decide(&app.programme, work, me.caller(), (case, appeal, seen), said).await
        },
    )
    .await
}
