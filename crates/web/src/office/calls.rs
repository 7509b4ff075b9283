//! A call: to whom, the number, when, who answered, and what they said they would do. What they said is asked about when it is due.

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::entries::Entry;
use ceiba_programme::office;
use ceiba_programme::office::calls::{self, About, BY, Call, KEPT, New};
use ceiba_programme::partners::directory;
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use super::{abouts, or};
use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    DateParts, Field, Kind, Problems, Tone, actions, button, button_link, card, date_fields, error_summary,
    facts_list, form_post, heading, radios, select, submit, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App, Place};

const FIELDS: [&str; 9] =
    ["to", "number", "about", "on", "time", "answered_by", "said", "until", "reference"];
const ANSWER: [&str; 5] = ["version", "answered_by", "said", "until", "reference"];

/// About whom the form begins.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    pub sobre: String,
}

/// `GET /oficina/llamada`.
pub async fn ask(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    page(&app, &me, &asked.sobre, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, about: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let prog = &app.programme;
    let municipality = office::of(prog, me.caller(), Act::OFFICE_WRITE)?.municipality.clone();
    let mut tx = prog.store.db.read().await?;
    let whom = abouts(app, me, &mut tx).await?;
    let directory = directory::offered(&mut tx).await?;
    drop(tx);
    let now = app.now();
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let time = f.map_or_else(|| format!("{}:{:02}", now.hour(), now.minute()), |f| f.text("time").to_owned());
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let near: Vec<_> =
        directory.iter().filter(|i| i.municipality == municipality || i.kind == "state").take(8).collect();
    let content = html! {
        (heading(html! { (w.t("office-call-title")) }, html! { (w.t("office-call-text")) }))
        (error_summary(w, p))
        (form_post("/oficina/llamada", &me.session.csrf, &app.once(), html! {
            (radios(w, &field("to", "office-call-to").value(or(f, "to", "pgn")), &app.choices(me.lang, "office_call_to")))
            (text_field(w, &field("number", "office-number").hint(w.t("office-number-hint")), Kind::Phone))
            (select(w, &field("about", "office-about-whom").value(or(f, "about", about)).hint(w.t("office-about-whom-hint")), &whom))
            (date_fields(w, &Field::new("on", w.t("office-on")).error(p.of("on")), &day, false))
            (text_field(w, &field("time", "office-time").value(time), Kind::Text))
            (answer_fields(app, me, f, p))
            (actions(&[submit(&w.t("office-call-send"))]))
        }))
        @if !near.is_empty() { (card(&w.t("office-numbers"), html! { ul { @for i in near { li { (i.name) " · " (i.phone) " · " (i.hours) } } } })) }
    };
    let desk = Desk::new(app, me, "office-call-window", "/oficina/llamada").area(Place::Office);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn answer_fields(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    html! {
        (text_field(w, &field("answered_by", "office-answered-by").hint(w.t("office-answered-by-hint")), Kind::Text))
        (radios(w, &field("said", "office-said-what"), &app.choices(me.lang, "office_said")))
        (radios(w, &field("until", "office-until").hint(w.t("office-until-hint")), &keyed(w, "office-by", &BY.map(|(code, _)| code))))
        (text_field(w, &field("reference", "office-reference"), Kind::Text))
    }
}

fn answer(f: &Fields) -> calls::Answer<'_> {
    calls::Answer {
        by: f.text("answered_by"),
        said: f.text("said"),
        until: f.text("until"),
        reference: f.text("reference"),
    }
}

/// `POST /oficina/llamada`.
pub async fn send(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&FIELDS)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let answered = ["answered_by", "said", "until", "reference"].iter().any(|name| !f.text(name).is_empty());
    let on_day = f.day("on");
    let new = New {
        to: f.text("to"),
        number: f.text("number"),
        about: About::read(f.text("about")),
        on_day: &on_day,
        time: f.text("time"),
        answer: answered.then(|| answer(f)),
    };
    let outcome = calls::add(&app.programme, &mut work, me.caller(), &new).await;
    match finish(&app, &me, &posted, work, outcome, "/oficina").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, "", Some(f), &p).await,
    }
}

/// `GET /oficina/llamadas/{id}`.
pub async fn show(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    one(&app, &me, id, None, &Problems::new()).await
}

async fn one(app: &App, me: &Me, id: Uuid, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let (call, _) = calls::read(&app.programme, &mut tx, me.caller(), Act::OFFICE_READ, id).await?;
    drop(tx);
    let path = format!("/oficina/llamadas/{id}");
    let content = html! {
        (heading(html! { (app.code(me, "office_call_to", call.head.code.as_deref().unwrap_or_default())) }, html! { (w.t(&format!("state-office_call-{}", call.head.state))) }))
        (error_summary(w, p))
        (card(&w.t("office-call-title"), told(app, me, &call)))
        @if call.head.state == "unanswered" {
            (card(&w.t("office-answered"), form_post(&path, &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(call.head.version);
                (answer_fields(app, me, f, p))
                (actions(&[submit(&w.t("office-answered-send"))]))
            })))
        }
        @if call.head.state == "promised" {
            (card(&w.t("office-kept"), form_post(&format!("{path}/cumplio"), &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(call.head.version);
                (actions(&KEPT.map(|how| button(&w.t(&format!("office-{}", how.replace('_', "-"))), Tone::Quiet, "how", how))))
            })))
        }
        p { (button_link(&w.t("office-back"), "/oficina", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "office-call-window", path).area(Place::Office);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn told(app: &App, me: &Me, call: &Entry<Call>) -> Markup {
    let w = me.words(app);
    let body = &call.body;
    let mut facts = vec![
        (w.t("office-number"), typed(&body.number)),
        (w.t("office-tried"), html! { (w.near_moment(app.local(body.tried_at), app.now())) }),
    ];
    if let Some(at) = body.answered_at {
        facts.push((w.t("office-answered"), html! { (w.near_moment(app.local(at), app.now())) }));
        facts.push((w.t("office-answered-by"), typed(&body.answered_by)));
        facts.push((w.t("office-said-what"), html! { (app.code(me, "office_said", &body.said)) }));
    }
    if !body.reference.is_empty() {
        facts.push((w.t("office-reference"), typed(&body.reference)));
    }
    let facts: Vec<(&str, Markup)> = facts.iter().map(|(k, v)| (k.as_str(), v.clone())).collect();
    facts_list(&facts)
}

/// `POST /oficina/llamadas/{id}`: somebody answered at last.
pub async fn answered(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&ANSWER)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let seen = f.number("version").unwrap_or_default();
    let outcome = calls::answer(&app.programme, &mut work, me.caller(), (id, seen), &answer(f)).await;
    match finish(&app, &me, &posted, work, outcome, "/oficina").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => one(&app, &me, id, Some(f), &p).await,
    }
}

/// `POST /oficina/llamadas/{id}/cumplio`: whether they did what they said.
pub async fn kept(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["version", "how"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let seen = f.number("version").unwrap_or_default();
    calls::kept(&app.programme, &mut work, me.caller(), (id, seen), f.text("how")).await?;
    posted.commit(work, "/oficina").await
}
