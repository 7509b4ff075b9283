//! A visit: planned for a day, or noted when it was made.

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::office;
use ceiba_programme::office::calls::About;
use ceiba_programme::office::visits::{self, New};
use maud::html;
use uuid::Uuid;

use super::calls::Asked;
use super::{abouts, or};
use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    DateParts, Field, Kind, Problems, Tone, actions, button_link, card, date_fields, error_summary,
    facts_list, form_post, heading, radios, select, submit, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App, Place};

/// `GET /oficina/visita`.
pub async fn ask(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    page(&app, &me, &asked.sobre, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, about: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    office::of(&app.programme, me.caller(), Act::OFFICE_WRITE)?;
    let mut tx = app.programme.store.db.read().await?;
    let whom = abouts(app, me, &mut tx).await?;
    drop(tx);
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let content = html! {
        (heading(html! { (w.t("office-visit-title")) }, html! { (w.t("office-visit-text")) }))
        (error_summary(w, p))
        (form_post("/oficina/visita", &me.session.csrf, &app.once(), html! {
            (radios(w, &field("kind", "office-visit-kind"), &app.choices(me.lang, "office_visit_kinds")))
            (select(w, &field("about", "office-about-whom").value(or(f, "about", about)).hint(w.t("office-about-whom-hint")), &whom))
            (date_fields(w, &Field::new("on", w.t("office-visit-on")).error(p.of("on")), &day, false))
            (radios(w, &field("result", "office-visit-result").hint(w.t("office-visit-result-hint")), &app.choices(me.lang, "office_visit_results")))
            (text_field(w, &field("remark", "office-remark").hint(w.t("office-remark-hint")), Kind::Text))
            (actions(&[submit(&w.t("office-visit-send"))]))
        }))
    };
    let desk = Desk::new(app, me, "office-visit-window", "/oficina/visita").area(Place::Office);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /oficina/visita`.
pub async fn send(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["kind", "about", "on", "result", "remark"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let on_day = f.day("on");
    let new = New {
        kind: f.text("kind"),
        about: About::read(f.text("about")),
        on_day: &on_day,
        result: f.text("result"),
        remark: f.text("remark"),
    };
    let outcome = visits::add(&app.programme, &mut work, me.caller(), &new).await;
    match finish(&app, &me, &posted, work, outcome, "/oficina").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, "", Some(f), &p).await,
    }
}

/// `GET /oficina/visitas/{id}`.
pub async fn show(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    one(&app, &me, id, &Problems::new()).await
}

async fn one(app: &App, me: &Me, id: Uuid, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let visit = visits::read(&app.programme, &mut tx, me.caller(), id).await?;
    drop(tx);
    let path = format!("/oficina/visitas/{id}");
    let mut facts = vec![(w.t("office-visit-on"), html! { (iso_day(w, visit.head.on_day.as_deref())) })];
    if !visit.body.result.is_empty() {
        facts.push((
            w.t("office-visit-result"),
            html! { (app.code(me, "office_visit_results", &visit.body.result)) },
        ));
    }
    if !visit.body.remark.is_empty() {
        facts.push((w.t("office-remark"), typed(&visit.body.remark)));
    }
    let facts: Vec<(&str, maud::Markup)> = facts.iter().map(|(k, v)| (k.as_str(), v.clone())).collect();
    let content = html! {
        (heading(html! { (w.t("office-visit-title")) }, html! { (app.code(me, "office_visit_kinds", visit.head.code.as_deref().unwrap_or_default())) }))
        (error_summary(w, p))
        (card(&w.t("office-said"), facts_list(&facts)))
        @if visit.head.state == "planned" {
            (form_post(&path, &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(visit.head.version);
                (radios(w, &Field::new("result", w.t("office-visit-result")).error(p.of("result")), &app.choices(me.lang, "office_visit_results")))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
        p { (button_link(&w.t("office-back"), "/oficina", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "office-visit-window", path).area(Place::Office);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /oficina/visitas/{id}`: what came of it.
pub async fn end(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["version", "result"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let seen = f.number("version").unwrap_or_default();
    let outcome = visits::end(&app.programme, &mut work, me.caller(), (id, seen), f.text("result")).await;
    match finish(&app, &me, &posted, work, outcome, "/oficina").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => one(&app, &me, id, &p).await,
    }
}
