//! What a conference decided: whose it is and until when, and how an institution kept it.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::entries::Entry;
use ceiba_programme::partners::conferences::{self as rules, Decision, NewDecision};
use maud::{Markup, html};
use uuid::Uuid;

use super::named;
use super::one::{self, Part};
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Mood, actions, date_fields, form_post, radios, select, submit, tag, text_field,
    typed,
};
use crate::posted::Posted;
use crate::view::{iso_day, keyed};
use crate::{Answer, App};

/// How an institution can answer for a decision.
const ANSWERS: [&str; 2] = ["kept", "dropped"];

/// The decisions, newest first, and the form for another.
pub(super) fn list(part: &Part<'_>, decided: &[Entry<Decision>]) -> Markup {
    let w = part.me.words(part.app);
    html! {
        @if decided.is_empty() { p { (w.t("conference-decisions-none")) } }
        ul class="tasks" { @for d in decided { li { (one_of(part, d)) } } }
        @if part.o.can(part.app, part.me, Act::CONFERENCE_WRITE) { (form(part)) }
    }
}

fn one_of(part: &Part<'_>, d: &Entry<Decision>) -> Markup {
    let (app, me, w) = (part.app, part.me, part.me.words(part.app));
    let late = Decision::waits(&d.head, app.programme.store.clock.now());
    let mood = match d.head.state.as_str() {
        "kept" => Mood::Ok,
        "late" => Mood::Care,
        _ if late => Mood::Care,
        _ => Mood::Plain,
    };
    let state = if late {
        w.t("conference-decision-waits")
    } else {
        w.t(&format!("state-conference_decision-{}", d.head.state))
    };
    html! {
        p {
            strong { (app.code(me, "conference_decisions", d.head.code.as_deref().unwrap_or_default())) } ": " (typed(&d.body.words))
            " " (tag(mood, &state))
        }
        p class="quiet" {
            @match (d.head.owner, d.head.other) {
                (Some(owner), _) => (typed(&part.o.names.of(w, owner))),
                (None, Some(id)) => (named(part.offered, id)),
                _ => {}
            }
            " · " (w.t("conference-until")) " " (iso_day(w, d.head.on_day.as_deref()))
        }
        @if d.head.state == "open" && d.head.other.is_some() && part.o.can(app, me, Act::CONFERENCE_WRITE) { (answer_form(part, d)) }
    }
}

fn answer_form(part: &Part<'_>, d: &Entry<Decision>) -> Markup {
    let (w, id, (f, p)) = (part.me.words(part.app), d.head.id, part.form("answer", Some(d.head.id)));
    let day = f.map_or_else(Default::default, |f| f.day_parts("done"));
    let how = Field::new("how", w.t("conference-answer"))
        .value(f.map_or("", |f| f.text("how")))
        .error(p.of("how"))
        .id(format!("how-{id}"));
    html! {
        details class="why" open[f.is_some()] { summary { (w.t("conference-answer-note")) }
            (form_post(&part.to(&format!("decisiones/{id}")), &part.me.session.csrf, &part.app.once(), html! {
                input type="hidden" name="version" value=(d.head.version);
                (radios(w, &how, &keyed(w, "conference-answer", &ANSWERS)))
                (date_fields(w, &Field::new("done", w.t("conference-done")).error(p.of("done")).id(format!("done-{id}")), &day, false))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

fn form(part: &Part<'_>) -> Markup {
    let (app, me, w, (f, p)) = (part.app, part.me, part.me.words(part.app), part.form("decide", None));
    let body = &part.c.body;
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(f.map_or("", |f| f.text(name))).error(p.of(name))
    };
    let points: Vec<Choice> =
        body.spoken().map(|at| Choice::new(&at.code, app.code(me, "conference_points", &at.code))).collect();
    let team = part.o.team.iter().map(|m| Choice::new(m.account.to_string(), part.o.names.of(w, m.account)));
    let institutions = body.invited.iter().filter_map(|i| {
        let of = part.offered.iter().find(|of| of.institution.id == i.institution)?;
        Some(Choice::new(i.institution.to_string(), &of.institution.name))
    });
    let whose: Vec<Choice> = team.chain(institutions).collect();
    let day = f.map_or_else(Default::default, |f| f.day_parts("until"));
    html! {
        details class="why" open[f.is_some()] { summary { (w.t("conference-decide")) }
            (form_post(&part.to("decisiones"), &me.session.csrf, &app.once(), html! {
                (select(w, &field("kind", "conference-decision-kind"), &app.choices(me.lang, "conference_decisions")))
                (select(w, &field("point", "conference-decision-point"), &points))
                (text_field(w, &field("words", "conference-decision-words").hint(w.t("conference-words-hint")), Kind::Text))
                (select(w, &field("whose", "conference-decision-whose"), &whose))
                (date_fields(w, &Field::new("until", w.t("conference-decision-until")).error(p.of("until")), &day, false))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

/// `POST …/decisiones`.
pub async fn decide(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let names = ["kind", "point", "words", "whose", "until"];
    one::change(
        &app,
        &me,
        (&code, id),
        (&posted, &names),
        ("decide", None),
        async |work, (case, id, _), f| {
            let until = f.day("until");
            let new = NewDecision {
                kind: f.text("kind"),
                point: f.text("point"),
                words: f.text("words"),
                whose: f.id("whose"),
                until: &until,
            };
            rules::decide(&app.programme, work, me.caller(), (case, id), new).await.map(|_| ())
        },
    )
    .await
}

/// `POST …/decisiones/{entry}`: how an institution kept it.
pub async fn answer(
    State(app): State<App>,
    me: Me,
    Path((code, id, entry)): Path<(String, Uuid, Uuid)>,
    posted: Posted,
) -> Answer {
    let names = ["version", "how", "done"];
    one::change(
        &app,
        &me,
        (&code, id),
        (&posted, &names),
        ("answer", Some(entry)),
        async |work, (case, _, seen), f| {
            let day = f.day("done");
            rules::answer(&app.programme, work, me.caller(), (case, entry, seen), (f.text("how"), &day)).await
        },
    )
    .await
}
