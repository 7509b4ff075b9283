//! Protection measures: asked, decided, looked after.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::entries::Entry;
use ceiba_programme::justice::measures::{self, DECISIONS, Decided, KEPT, Measure};
use maud::{Markup, html};
use uuid::Uuid;

use super::section::{self, Part};
use crate::cases::history;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Mood, actions, checks, clock_due_at, date_fields, empty_state, form_post, radios,
    select, submit, tag, text_field, typed,
};
use crate::posted::Posted;
use crate::view::{iso_day, keyed};
use crate::{Answer, App};

/// The list and the form for a new one.
pub(super) fn list(part: &Part<'_>, all: &[Entry<Measure>]) -> Markup {
    let w = part.me.words(part.app);
    html! {
        @if all.is_empty() { (empty_state(&w.t("measures-none"), html! {})) }
        @for m in all { (one(part, m)) }
        @if part.o.can(part.app, part.me, Act::HEARING_WRITE) { (new_form(part)) }
    }
}

fn one(part: &Part<'_>, m: &Entry<Measure>) -> Markup {
    let (app, me, o, w) = (part.app, part.me, part.o, part.me.words(part.app));
    let mood = match m.head.state.as_str() {
        "granted" => Mood::Ok,
        "refused" => Mood::No,
        _ => Mood::Plain,
    };
    let write = o.can(app, me, Act::HEARING_WRITE);
    html! {
        div class="stack" {
            p {
                strong { (app.code(me, "measure_kinds", m.head.code.as_deref().unwrap_or_default())) } " "
                (tag(mood, &w.t(&format!("state-measure-{}", m.head.state))))
                @if m.head.other.is_some() { " · " (part.institution(m.head.other)) }
            }
            p class="quiet" {
                (w.t("measure-asked-on")) " " (iso_day(w, m.head.on_day.as_deref()))
                @if !m.body.decided_on.is_empty() { " · " (w.t("measure-decided-on")) " " (iso_day(w, Some(&m.body.decided_on))) }
            }
            @if let Some(until) = m.head.due_at.filter(|_| m.head.state == "granted") { p { (clock_due_at(w, app.local(until), app.now())) } }
            @if !m.body.conditions.is_empty() { p { (typed(&m.body.conditions)) } }
            @if !m.body.kept.is_empty() { p { (w.t(&format!("measure-kept-{}", m.body.kept))) } }
            (history::link(w, o, &m.head))
            @if write && m.head.state == "asked" { (decide_form(part, m)) }
            @if write && m.head.state == "granted" { (look_form(part, m)) }
        }
    }
}

fn new_form(part: &Part<'_>) -> Markup {
    let (w, shown) = (part.me.words(part.app), part.form("measure", None));
    let field = |name: &'static str, key: &str| shown.field(w, (name, "measure"), key);
    let day = shown.f.map_or_else(Default::default, |f| f.day_parts("asked"));
    html! {
        details class="why" open[shown.f.is_some()] { summary { (w.t("measure-new")) }
            (form_post(&part.o.path("medidas"), &part.me.session.csrf, &part.app.once(), html! {
                (select(w, &field("kind", "measure-kind"), &part.app.choices(part.me.lang, "measure_kinds")))
                (date_fields(w, &Field::new("asked", w.t("measure-asked-on")).error(shown.p.of("asked")).id("measure-asked"), &day, false))
                (select(w, &field("institution", "measure-institution"), &part.institutions()))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

fn decide_form(part: &Part<'_>, m: &Entry<Measure>) -> Markup {
    let (w, shown, id) = (part.me.words(part.app), part.form("decide", Some(m.head.id)), m.head.id);
    let own = id.to_string();
    let field = |name: &'static str, key: &str| shown.field(w, (name, &own), key);
    let day = |name: &str| shown.f.map_or_else(Default::default, |f| f.day_parts(name));
    html! {
        details class="why" open[shown.f.is_some()] { summary { (w.t("measure-decide")) }
            (form_post(&part.o.path(&format!("medidas/{id}")), &part.me.session.csrf, &part.app.once(), html! {
                input type="hidden" name="version" value=(m.head.version);
                (radios(w, &field("what", "measure-what"), &keyed(w, "state-measure", &DECISIONS)))
                (date_fields(w, &Field::new("decided", w.t("measure-decided-on")).error(shown.p.of("decided")).id(format!("decided-{id}")), &day("decided"), false))
                (date_fields(w, &Field::new("until", w.t("measure-until")).hint(w.t("measure-until-hint")).error(shown.p.of("until")).id(format!("until-{id}")), &day("until"), false))
                (text_field(w, &field("conditions", "measure-conditions"), Kind::Text))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

fn look_form(part: &Part<'_>, m: &Entry<Measure>) -> Markup {
    let (w, shown, id) = (part.me.words(part.app), part.form("look", Some(m.head.id)), m.head.id);
    let kept = Field::new("kept", w.t("measure-kept"))
        .value(shown.value("kept", &m.body.kept))
        .error(shown.p.of("kept"))
        .id(format!("kept-{id}"));
    let ended = [Choice::new("yes", w.t("measure-ended-yes"))];
    html! {
        details class="why" open[shown.f.is_some()] { summary { (w.t("measure-look")) }
            (form_post(&part.o.path(&format!("medidas/{id}/cumple")), &part.me.session.csrf, &part.app.once(), html! {
                input type="hidden" name="version" value=(m.head.version);
                (radios(w, &kept, &keyed(w, "measure-kept", &KEPT)))
                (checks(w, &Field::new("ended", w.t("measure-ended")).id(format!("ended-{id}")), &ended, &[]))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

/// `POST /casos/{code}/medidas`.
pub async fn ask(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    section::change(
        &app,
        &me,
        &code,
        (&posted, &["kind", "asked", "institution"]),
        ("measure", None),
        async |work, case, f| {
            let day = f.day("asked");
            let asked = (f.text("kind"), f.id("institution"), day.as_str());
            measures::ask(&app.programme, work, me.caller(), case, asked).await.map(|_| ())
        },
    )
    .await
}

/// `POST /casos/{code}/medidas/{id}`: what was decided.
pub async fn decide(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    section::change(
        &app,
        &me,
        &code,
        (&posted, &["version", "what", "decided", "until", "conditions"]),
        ("decide", Some(id)),
        async |work, case, f| {
            let (on_day, until) = (f.day("decided"), f.day("until"));
            let d = Decided {
                what: f.text("what"),
                on_day: &on_day,
                until: &until,
                conditions: f.text("conditions"),
            };
            let seen = f.number("version").unwrap_or(0);
            measures::decide(&app.programme, work, me.caller(), (case, id, seen), d).await
        },
    )
    .await
}

/// `POST /casos/{code}/medidas/{id}/cumple`: whether it is kept.
pub async fn look(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    section::change(
        &app,
        &me,
        &code,
        (&posted, &["version", "kept", "ended"]),
        ("look", Some(id)),
        async |work, case, f| {
            let seen = f.number("version").unwrap_or(0);
            let said = (f.text("kept"), f.ticked("ended"));
            measures::look(&app.programme, work, me.caller(), (case, id, seen), said).await
        },
    )
    .await
}
