//! Hearings of a case: set, arranged, ended.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::contact::outbox::Wire;
use ceiba_programme::entries::Entry;
use ceiba_programme::justice::hearings::{self, Hearing, INTERPRETER, TRANSPORT};
use maud::{Markup, html};
use uuid::Uuid;

use super::section::{self, Part, Shown};
use super::{invitation, remind};
use crate::cases::history;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Mood, Tone, actions, button_link, checks, date_fields, empty_state, form_post,
    radios, select, submit, tag, text_area, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App};

/// The list: what is to come, what was, and the form for a new one.
pub(super) fn list(part: &Part<'_>, all: &[Entry<Hearing>]) -> Markup {
    let w = part.me.words(part.app);
    let (next, past): (Vec<_>, Vec<_>) = all.iter().partition(|h| h.head.state == "set");
    html! {
        @if next.is_empty() { (empty_state(&w.t("hearings-none"), html! {})) }
        @for (n, h) in next.iter().rev().enumerate() { (one(part, h, n == 0)) }
        @if !past.is_empty() {
            details class="why" { summary { (w.t("hearings-past")) } @for h in &past { (over(part, h)) } }
        }
        @if part.o.can(part.app, part.me, Act::HEARING_WRITE) { (new_form(part)) (invitation::form(part)) }
    }
}

fn heading(part: &Part<'_>, h: &Entry<Hearing>) -> Markup {
    let (app, w) = (part.app, part.me.words(part.app));
    html! {
        p {
            strong { (app.code(part.me, "hearing_kinds", h.head.code.as_deref().unwrap_or_default())) }
            @if let Some(at) = h.head.due_at { " · " (w.moment(app.local(at))) }
            @if h.head.other.is_some() { " · " (part.institution(h.head.other)) }
        }
    }
}

fn one(part: &Part<'_>, h: &Entry<Hearing>, nearest: bool) -> Markup {
    let (app, me, o, w) = (part.app, part.me, part.o, part.me.words(part.app));
    let lacks = hearings::missing(&h.body);
    let (id, writes) = (h.head.id, o.can(app, me, Act::HEARING_WRITE));
    html! {
        div class="stack" {
            (heading(part, h))
            @if lacks.is_empty() { p { (tag(Mood::Ok, &w.t("hearing-ready"))) } }
            @else { p { (tag(Mood::Care, &w.t("hearing-missing"))) " " (lacks.iter().map(|m| w.t(&format!("hearing-missing-{m}"))).collect::<Vec<_>>().join(", ")) } }
            @if !h.body.company.is_empty() { p { (w.t("hearing-company")) ": " (typed(&h.body.company)) } }
            @if !h.body.place.is_empty() { p { (app.code(me, "hearing_places", &h.body.place)) } }
            @if !h.body.remark.is_empty() { p { (typed(&h.body.remark)) } }
            p class="actions" {
                (button_link(&w.t("brief-link"), &o.path(&format!("audiencias/{id}/explicar")), Tone::Quiet))
                @if writes && !part.at_hand(id, nearest) { (button_link(&w.t("hearing-work"), &o.path(&format!("audiencias?de={id}")), Tone::Quiet)) }
            }
            (history::link(w, o, &h.head))
            @if writes && part.at_hand(id, nearest) { (arrange_form(part, h)) (end_form(part, h)) @if app.programme.carries(Wire::Sms) { (remind::form(part, h)) } }
        }
    }
}

fn over(part: &Part<'_>, h: &Entry<Hearing>) -> Markup {
    let w = part.me.words(part.app);
    html! {
        div class="stack" {
            (heading(part, h))
            p { (w.t(&format!("state-hearing-{}", h.head.state))) @if !h.body.outcome.is_empty() { ": " (typed(&h.body.outcome)) } }
        }
    }
}

/// The fields that say what is arranged.
fn arranged(part: &Part<'_>, shown: Shown<'_>, stands: &Hearing, id: &str) -> Markup {
    let w = part.me.words(part.app);
    let field = |name: &'static str, key: &str, value: &str| {
        Field::new(name, w.t(key))
            .value(shown.f.map_or(value, |f| f.text(name)))
            .error(shown.p.of(name))
            .id(format!("{name}-{id}"))
    };
    let prepared = shown.f.map_or(stands.prepared, |f| f.ticked("prepared"));
    let ticked: &[&str] = if prepared { &["yes"] } else { &[] };
    let yes = [Choice::new("yes", w.t("hearing-prepared-yes"))];
    html! {
        (text_field(w, &field("company", "hearing-company", &stands.company), Kind::Text))
        (radios(w, &field("interpreter", "hearing-interpreter", &stands.interpreter), &keyed(w, "hearing-interpreter", &INTERPRETER)))
        (radios(w, &field("transport", "hearing-transport", &stands.transport), &keyed(w, "hearing-transport", &TRANSPORT)))
        (select(w, &field("place", "hearing-place", &stands.place), &part.app.choices(part.me.lang, "hearing_places")))
        (checks(w, &Field::new("prepared", w.t("hearing-prepared")).id(format!("prepared-{id}")), &yes, ticked))
        (text_area(w, &field("remark", "hearing-remark", &stands.remark).hint(w.t("hearing-remark-hint")).rows(2)))
    }
}

fn new_form(part: &Part<'_>) -> Markup {
    let (w, shown) = (part.me.words(part.app), part.form("hearing", None));
    let field = |name: &'static str, key: &str| shown.field(w, (name, "hearing"), key);
    let day = shown.f.map_or_else(Default::default, |f| f.day_parts("on"));
    let nothing =
        Hearing { interpreter: "not_needed".into(), transport: "missing".into(), ..Hearing::default() };
    html! {
        details class="why" open[shown.f.is_some()] { summary { (w.t("hearing-new")) }
            (form_post(&part.o.path("audiencias"), &part.me.session.csrf, &part.app.once(), html! {
                (select(w, &field("kind", "hearing-kind"), &part.app.choices(part.me.lang, "hearing_kinds")))
                (date_fields(w, &Field::new("on", w.t("hearing-day")).error(shown.p.of("on")).id("hearing-on"), &day, false))
                (text_field(w, &field("time", "clinic-time").hint(w.t("clinic-time-hint")), Kind::Text))
                (select(w, &field("institution", "hearing-institution"), &part.institutions()))
                (arranged(part, shown, &nothing, "new"))
                (actions(&[submit(&w.t("hearing-set"))]))
            }))
        }
    }
}

fn arrange_form(part: &Part<'_>, h: &Entry<Hearing>) -> Markup {
    let (w, shown) = (part.me.words(part.app), part.form("arrange", Some(h.head.id)));
    html! {
        details class="why" open[shown.f.is_some()] { summary { (w.t("hearing-arrange")) }
            (form_post(&part.o.path(&format!("audiencias/{}", h.head.id)), &part.me.session.csrf, &part.app.once(), html! {
                input type="hidden" name="version" value=(h.head.version);
                (arranged(part, shown, &h.body, &h.head.id.to_string()))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

fn end_form(part: &Part<'_>, h: &Entry<Hearing>) -> Markup {
    let (w, shown, id) = (part.me.words(part.app), part.form("end", Some(h.head.id)), h.head.id);
    let how = Field::new("how", w.t("hearing-how"))
        .value(shown.value("how", ""))
        .error(shown.p.of("how"))
        .id(format!("how-{id}"));
    let outcome = Field::new("outcome", w.t("hearing-outcome"))
        .hint(w.t("hearing-outcome-hint"))
        .value(shown.value("outcome", ""))
        .error(shown.p.of("outcome"))
        .id(format!("outcome-{id}"));
    html! {
        details class="why" open[shown.f.is_some()] { summary { (w.t("hearing-end")) }
            (form_post(&part.o.path(&format!("audiencias/{id}/fin")), &part.me.session.csrf, &part.app.once(), html! {
                input type="hidden" name="version" value=(h.head.version);
                (radios(w, &how, &keyed(w, "state-hearing", &hearings::ENDS)))
                (text_field(w, &outcome, Kind::Text))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

const ARRANGED: [&str; 6] = ["company", "interpreter", "transport", "place", "prepared", "remark"];

fn read(f: &Fields) -> Hearing {
    Hearing {
        company: f.text("company").to_owned(),
        interpreter: f.text("interpreter").to_owned(),
        transport: f.text("transport").to_owned(),
        prepared: f.ticked("prepared"),
        place: f.text("place").to_owned(),
        remark: f.text("remark").to_owned(),
        outcome: String::new(),
    }
}

/// `POST /casos/{code}/audiencias`.
pub async fn set(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let names = [&["kind", "on", "time", "institution"][..], &ARRANGED].concat();
    section::change(&app, &me, &code, (&posted, &names), ("hearing", None), async |work, case, f| {
        let on_day = f.day("on");
        let new = hearings::New {
            kind: f.text("kind"),
            institution: f.id("institution"),
            on_day: &on_day,
            time: f.text("time"),
            hearing: read(f),
        };
        hearings::set(&app.programme, work, me.caller(), case, &new).await.map(|_| ())
    })
    .await
}

/// `POST /casos/{code}/audiencias/{id}`: what is arranged.
pub async fn arrange(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let names = [&["version"][..], &ARRANGED].concat();
    section::change(&app, &me, &code, (&posted, &names), ("arrange", Some(id)), async |work, case, f| {
        let seen = f.number("version").unwrap_or(0);
        hearings::arrange(&app.programme, work, me.caller(), (case, id, seen), &read(f)).await
    })
    .await
}

/// `POST /casos/{code}/audiencias/{id}/fin`: what became of it.
pub async fn end(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    section::change(
        &app,
        &me,
        &code,
        (&posted, &["version", "how", "outcome"]),
        ("end", Some(id)),
        async |work, case, f| {
            let seen = f.number("version").unwrap_or(0);
            let said = (f.text("how"), f.text("outcome"));
            hearings::end(&app.programme, work, me.caller(), (case, id, seen), said).await
        },
    )
    .await
}
