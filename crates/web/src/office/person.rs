//! Somebody who came: what was done, what became of it, what it is linked to, and that she may have it forgotten.

use axum::extract::{Path, Query, State};
use ceiba_programme::alerts;
use ceiba_programme::office::{self, forget, people};
use ceiba_programme::partners::directory;
use maud::html;
use serde::Deserialize;
use uuid::Uuid;

use crate::cases::{Done, finish};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Notice, Problems, Tone, actions, button_link, card, checks, error_summary, facts_list,
    form_post, heading, notice, radios, select, submit, typed,
};
use crate::posted::Posted;
use crate::{Answer, App, Failure, Place};

/// Whether she was just received.
#[derive(Deserialize, Default)]
pub struct Came {
    #[serde(default)]
    recibida: String,
}

/// `GET /oficina/personas/{id}`.
pub async fn show(State(app): State<App>, me: Me, Path(id): Path<Uuid>, Query(came): Query<Came>) -> Answer {
    page(&app, &me, id, !came.recibida.is_empty(), &Problems::new()).await
}

async fn page(app: &App, me: &Me, id: Uuid, new: bool, p: &Problems) -> Answer {
    let w = me.words(app);
    let (prog, caller) = (&app.programme, me.caller());
    let mut work = app.work(me).await?;
    let (person, said) = people::read(prog, work.tx(), caller, id).await?;
    let said = said.ok_or(Failure::Absent)?;
    let directory = directory::list(work.tx()).await?;
    let alert = match person.alert {
        Some(id) => alerts::shown(prog, work.tx(), caller, id).await.ok(),
        None => None,
    };
    let cases = office::cases_of(prog, work.tx(), caller).await?;
    work.record("office.person", "office", id, [0; 32]).await?;
    work.commit().await?;
    let body = &said.body;
    let done: Vec<&str> = body.done.iter().map(|d| app.code(me, "office_done", d)).collect();
    let institution = directory.iter().find(|i| Some(i.id) == said.head.other);
    let code = cases.iter().find(|(id, _)| Some(*id) == person.case).map(|(_, code)| code);
    let path = format!("/oficina/personas/{id}");
    let mut facts = vec![
        (
            w.t("office-about"),
            html! { (app.code(me, "office_about", said.head.code.as_deref().unwrap_or_default())) },
        ),
        (w.t("office-who"), html! { (app.code(me, "office_who", &body.who)) }),
        (w.t("office-done"), html! { (done.join(" · ")) }),
    ];
    if let Some(i) = institution {
        facts.push((
            w.t("office-sent-to"),
            html! { (i.name) " · " a href={ "tel:" (i.phone) } { (i.phone) } },
        ));
    }
    if !body.result.is_empty() {
        facts.push((w.t("office-result"), html! { (app.code(me, "office_sent_results", &body.result)) }));
    }
    if !body.remark.is_empty() {
        facts.push((w.t("office-remark"), typed(&body.remark)));
    }
    let facts: Vec<(&str, maud::Markup)> = facts.iter().map(|(k, v)| (k.as_str(), v.clone())).collect();
    let content = html! {
        (heading(html! { @if body.name.is_empty() { (w.t("office-person-title")) } @else { (typed(&body.name)) } }, html! { (w.near_moment(app.local(person.at), app.now())) }))
        @if new { (notice(w, Notice::Done, html! { (w.t("office-received")) })) }
        (error_summary(w, p))
        (card(&w.t("office-said"), facts_list(&facts)))
        @if said.head.state == "waiting" {
            (card(&w.t("office-settle"), form_post(&path, &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(said.head.version);
                (radios(w, &Field::new("result", w.t("office-result")).error(p.of("result")), &app.choices(me.lang, "office_sent_results")))
                (actions(&[submit(&w.t("save"))]))
            })))
        }
        (card(&w.t("office-links"), html! {
            @if let Some(a) = &alert { p { a href={ "/avisos/" (a.id) } { (w.t("office-its-alert")) } " · " (w.t(&format!("alert-state-{}", a.state))) } }
            @if let Some(code) = code { p { (w.t("office-its-case")) " " (code) } }
            @if person.alert.is_none() && person.case.is_none() {
                p { (w.t("office-links-text")) }
                p { (button_link(&w.t("office-give-alert"), &format!("/avisos/nuevo?atencion={id}"), Tone::Primary)) }
            }
            p { (button_link(&w.t("office-call-about"), &format!("/oficina/llamada?sobre=p-{id}"), Tone::Quiet)) " " (button_link(&w.t("office-visit-about"), &format!("/oficina/visita?sobre=p-{id}"), Tone::Quiet)) }
            @if person.case.is_none() && !cases.is_empty() {
                (form_post(&format!("{path}/unir"), &me.session.csrf, &app.once(), html! {
                    (select(w, &Field::new("link", w.t("office-join")).error(p.of("link")), &cases.iter().map(|(id, code)| Choice::new(id.to_string(), code.as_str())).collect::<Vec<_>>()))
                    (actions(&[submit(&w.t("office-join-send"))]))
                }))
            }
        }))
        @if person.case.is_none() {
            details class="why" {
                summary { (w.t("office-forget")) }
                p { (w.t("office-forget-text")) }
                (form_post(&format!("{path}/olvidar"), &me.session.csrf, &app.once(), html! {
                    (checks(w, &Field::new("sure", w.t("office-forget-sure")).error(p.of("sure")), &[Choice::new("yes", w.t("office-forget-yes"))], &[]))
                    (actions(&[submit(&w.t("office-forget-send"))]))
                }))
            }
        }
        p { (button_link(&w.t("office-back"), "/oficina", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "office-person-window", path).area(Place::Office);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /oficina/personas/{id}`: what became of her where she was sent.
pub async fn settle(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["version", "result"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let seen = f.number("version").unwrap_or_default();
    let outcome = people::settle(&app.programme, &mut work, me.caller(), (id, seen), f.text("result")).await;
    match finish(&app, &me, &posted, work, outcome, "/oficina").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, id, false, &p).await,
    }
}

/// `POST /oficina/personas/{id}/unir`: to a case on whose team the caller is.
pub async fn link(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["link"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = (!f.text("link").is_empty()).then(|| f.id("link").unwrap_or_default());
    let outcome = people::link(&app.programme, &mut work, me.caller(), id, (None, case)).await;
    match finish(&app, &me, &posted, work, outcome, &format!("/oficina/personas/{id}")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, id, false, &p).await,
    }
}

/// `POST /oficina/personas/{id}/olvidar`: on her word.
pub async fn forget(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["sure"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let sure = f.ticked("sure") || f.list("sure").iter().any(|v| v == "yes");
    let outcome = forget::on_her_word(&app.programme, &mut work, me.caller(), id, sure).await;
    match finish(&app, &me, &posted, work, outcome, "/oficina").await? {
        Done::To(response) => {
            // Keys that are gone do not stay in a free page of the file.
            app.programme.store.db.forget().await?;
            Ok(response)
        }
        Done::Mend(p) => page(&app, &me, id, false, &p).await,
    }
}
