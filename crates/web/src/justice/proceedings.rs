//! Proceedings: the team sees what kind and how far; numbers, court and offence are the lawyer's.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::entries::{Entry, Head};
use ceiba_programme::justice::proceedings::{self, Proceeding, STAGES, STANDING};
use maud::{Markup, html};
use uuid::Uuid;

use super::process;
use super::section::{self, Part, Shown};
use crate::cases::history;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Mood, Tone, actions, button_link, checks, empty_state, facts_list, form_post,
    radios, select, submit, tag, text_area, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App};

/// The list: opened for whoever may, by kind and stage for everybody else.
pub(super) fn list(part: &Part<'_>, heads: &[Head], opened: &[Entry<Proceeding>]) -> Markup {
    let w = part.me.words(part.app);
    html! {
        @if heads.is_empty() { (empty_state(&w.t("proceedings-none"), html! {})) }
        @for head in heads {
            div class="stack" {
                p {
                    strong { (part.app.code(part.me, "proceeding_kinds", head.code.as_deref().unwrap_or_default())) } " "
                    (tag(Mood::Plain, part.app.code(part.me, "proceeding_stages", &head.state)))
                }
                @match opened.iter().find(|e| e.head.id == head.id) {
                    Some(entry) => { (whole(part, entry)) }
                    None => p class="quiet" { (w.t("proceeding-masked")) },
                }
            }
        }
        @if part.o.can(part.app, part.me, Act::WRITE_LEGAL) { (form(part, None)) }
    }
}

fn whole(part: &Part<'_>, e: &Entry<Proceeding>) -> Markup {
    let (w, b) = (part.me.words(part.app), &e.body);
    let names = |list: &str, codes: &[String]| {
        codes.iter().map(|c| part.app.code(part.me, list, c).to_owned()).collect::<Vec<_>>().join(", ")
    };
    let rows = [
        ("proceeding-prosecutor_number", b.prosecutor_number.clone()),
        ("proceeding-unit", b.unit.clone()),
        ("proceeding-court_number", b.court_number.clone()),
        ("proceeding-court", b.court.clone()),
        ("proceeding-offences", names("iccs_offences", &b.offences)),
        ("proceeding-purposes", names("purposes", &b.purposes)),
        ("proceeding-standing", w.t(&format!("proceeding-standing-{}", b.standing))),
    ];
    let rows: Vec<(String, Markup)> = rows
        .into_iter()
        .filter(|(_, t)| !t.is_empty())
        .map(|(k, t)| (w.t(k), html! { (typed(&t)) }))
        .collect();
    let rows: Vec<(&str, Markup)> = rows.iter().map(|(k, t)| (k.as_str(), t.clone())).collect();
    html! {
        (facts_list(&rows))
        @if !b.remark.is_empty() { p { (typed(&b.remark)) } }
        @if e.head.other.is_some() { p { (typed(part.institution(e.head.other))) } }
        p class="actions" { (button_link(&w.t("proceeding-open"), &part.o.path(&format!("procesos/{}", e.head.id)), Tone::Quiet)) }
        (history::link(w, part.o, &e.head))
    }
}

/// The form of a new one, or, on its page, of one that is there.
pub(super) fn form(part: &Part<'_>, e: Option<&Entry<Proceeding>>) -> Markup {
    let (w, id) = (part.me.words(part.app), e.map(|e| e.head.id));
    let shown: Shown<'_> = part.form("proceeding", id);
    let nothing = Proceeding { standing: "none".into(), ..Proceeding::default() };
    let stands = e.map_or(&nothing, |e| &e.body);
    let mark = id.map_or_else(|| "new".to_owned(), |id| id.to_string());
    let field = |name: &'static str, key: &str, value: &str| {
        Field::new(name, w.t(key))
            .value(shown.f.map_or(value, |f| f.text(name)))
            .error(shown.p.of(name))
            .id(format!("{name}-{mark}"))
    };
    let text = |name: &'static str, value: &str| {
        text_field(w, &field(name, &format!("proceeding-{name}"), value), Kind::Text)
    };
    let chosen = |name: &str, stands: &[String]| shown.f.map_or_else(|| stands.to_vec(), |f| f.list(name));
    let many = |name: &'static str, list: &str, stands: &[String]| {
        let chosen = chosen(name, stands);
        let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
        let field = Field::new(name, w.t(&format!("proceeding-{name}")))
            .error(shown.p.of(name))
            .id(format!("{name}-{mark}"));
        html! { details class="why" open[shown.p.of(name).is_some()] {
            summary { (w.t(&format!("proceeding-{name}"))) @if !chosen.is_empty() { " (" (chosen.len()) ")" } }
            (checks(w, &field, &part.app.choices(part.me.lang, list), &chosen))
        } }
    };
    let stages: Vec<Choice> =
        STAGES.iter().map(|s| Choice::new(*s, part.app.code(part.me, "proceeding_stages", s))).collect();
    let stage = e.map_or("complaint", |e| e.head.state.as_str());
    let leads = e.and_then(|e| e.head.other).map_or_else(String::new, |id| id.to_string());
    let to = id.map_or_else(|| part.o.path("procesos"), |id| part.o.path(&format!("procesos/{id}")));
    html! {
        details class="why" open[shown.f.is_some()] { summary { (w.t(if id.is_some() { "proceeding-change" } else { "proceeding-new" })) }
            (form_post(&to, &part.me.session.csrf, &part.app.once(), html! {
                @match e {
                    Some(e) => { input type="hidden" name="version" value=(e.head.version); }
                    None => { (select(w, &field("kind", "proceeding-kind", ""), &part.app.choices(part.me.lang, "proceeding_kinds"))) }
                }
                (select(w, &field("stage", "proceeding-stage", stage), &stages))
                (select(w, &field("leads", "proceeding-leads", &leads), &part.institutions()))
                (text("prosecutor_number", &stands.prosecutor_number)) (text("unit", &stands.unit))
                (text("court_number", &stands.court_number)) (text("court", &stands.court))
                (many("offences", "iccs_offences", &stands.offences)) (many("purposes", "purposes", &stands.purposes))
                (radios(w, &field("standing", "proceeding-standing", &stands.standing), &keyed(w, "proceeding-standing", &STANDING)))
                (text_area(w, &field("remark", "proceeding-remark", &stands.remark).rows(2)))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

const NAMES: [&str; 10] = [
    "stage",
    "leads",
    "prosecutor_number",
    "unit",
    "court_number",
    "court",
    "offences",
    "purposes",
    "standing",
    "remark",
];

fn read(f: &Fields) -> Proceeding {
    let text = |name: &str| f.text(name).to_owned();
    Proceeding {
        prosecutor_number: text("prosecutor_number"),
        court_number: text("court_number"),
        unit: text("unit"),
        court: text("court"),
        offences: f.list("offences"),
        purposes: f.list("purposes"),
        standing: text("standing"),
        remark: text("remark"),
    }
}

/// `POST /casos/{code}/procesos`.
pub async fn add(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let names = [&["kind"][..], &NAMES].concat();
    section::change(&app, &me, &code, (&posted, &names), ("proceeding", None), async |work, case, f| {
        let what = (f.text("kind"), f.text("stage"), f.id("leads"));
        proceedings::add(&app.programme, work, me.caller(), case, what, &read(f)).await.map(|_| ())
    })
    .await
}

/// `POST /casos/{code}/procesos/{id}`.
pub async fn change(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let names = [&["version"][..], &NAMES].concat();
    let what = ("proceeding", Some(id));
    process::change(&app, &me, (&code, id), (&posted, &names), what, async |work, case, f| {
        let seen = f.number("version").unwrap_or(0);
        let said = (f.text("stage"), f.id("leads"), &read(f));
        proceedings::change(&app.programme, work, me.caller(), (case, id, seen), said).await
    })
    .await
}
