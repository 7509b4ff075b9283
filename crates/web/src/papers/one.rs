//! One template: what it holds, how it looks with invented values, and its way from draft to published to retired.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use ceiba_access::Act;
use ceiba_exchange::word::{self, Found, Place as In};
use ceiba_programme::ProgrammeError;
use ceiba_programme::papers::{self, Paper};
use maud::{Markup, html};
use uuid::Uuid;

use super::{HERE, at, file, name, state};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Notice, Tone, actions, button, button_link, card, form_post, heading, notice, typed};
use crate::posted::Posted;
use crate::view::Names;
use crate::{Answer, App, Failure, Place, Words};

/// `GET /plantillas/{id}`.
pub async fn show(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    let w = me.words(&app);
    let mut tx = app.programme.store.db.read().await?;
    let (v, template) = papers::one(&app.programme, &mut tx, me.caller(), id).await?;
    let names = Names::read(&app, &mut tx).await?;
    drop(tx);
    let paper = papers::paper(&app.programme, &v.kind).ok_or(Failure::Absent)?;
    let filled = template.fill(&paper.sample(&v.language)).map_err(|_| Failure::Absent)?;
    let lines = word::text(&filled).map_err(|_| Failure::Absent)?;
    let own = v.added_by == me.account();
    let content = html! {
        (heading(html! { (name(&app, &me, &v)) }, html! {
            (w.t(&format!("template-language-{}", v.language))) " · " (w.t("template-version")) " " (v.version) " · " (state(w, &v))
            " · " (w.t("form-by")) " " (names.of(w, v.added_by)) " · " (w.date(app.local(v.added_at).date()))
            @if let Some(by) = v.decided_by { " · " (w.t("template-decided-by")) " " (names.of(w, by)) }
        }))
        @if v.state == "draft" && own { (notice(w, Notice::Info, html! { (w.t("state-template-other-publishes")) })) }
        (card(&w.t("template-found"), found(w, paper, &template.found)))
        (card(&w.t("template-preview"), html! {
            p class="quiet" { (w.t("template-preview-text")) }
            (look(w, &lines))
            p { a href=(format!("{}/muestra", at(&v))) { (w.t("template-sample")) } " · " a href=(format!("{}/archivo", at(&v))) { (w.t("template-original")) } }
        }))
        @if v.state != "retired" && me.can(&app, Act::TEMPLATE_PUBLISH) {
            (form_post(&at(&v), &me.session.csrf, &app.once(), html! {
                @if v.state == "draft" && !own { (actions(&[button(&w.t("template-publish"), Tone::Primary, "what", "publish")])) }
                p class="quiet" { (w.t("template-retire-text")) }
                (actions(&[button(&w.t("template-retire"), Tone::Quiet, "what", "retire")]))
            }))
        }
        (actions(&[button_link(&w.t("back"), HERE, Tone::Quiet)]))
    };
    Ok(Desk::new(&app, &me, "templates-title", at(&v)).area(Place::Data).body(content))
}

/// What stands in it, what comes again and again, and what it leaves out.
fn found(w: &Words, paper: &Paper, found: &Found) -> Markup {
    let left: Vec<&str> = paper
        .marks
        .iter()
        .map(|m| m.name.as_str())
        .filter(|n| !found.texts.contains(*n) && !found.blocks.contains_key(*n))
        .collect();
    let codes = |all: &[&str]| html! { @for (n, name) in all.iter().enumerate() { @if n > 0 { ", " } code { (name) } } };
    let texts: Vec<&str> = found.texts.iter().map(String::as_str).collect();
    html! {
        p { (w.t("template-found-texts")) " " (codes(&texts)) }
        @if !found.blocks.is_empty() { ul { @for (name, rows) in &found.blocks {
            li { code { (name) } ": " (w.t(if *rows { "template-block-rows" } else { "template-block-lines" })) }
        } } }
        @if !left.is_empty() { p class="quiet" { (w.t("template-left-out")) " " (codes(&left)) } }
    }
}

/// The words of the document, part by part.
fn look(w: &Words, lines: &[(In, Vec<String>)]) -> Markup {
    html! { @for (place, lines) in lines {
        h3 { (w.t(&format!("template-place-{}", place.key()))) }
        div class="sheet" { @for line in lines.iter().filter(|l| !l.trim().is_empty()) { p { (typed(line)) } } }
    } }
}

/// `GET /plantillas/{id}/muestra`: filled with invented values.
pub async fn sample(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    let mut tx = app.programme.store.db.read().await?;
    let (v, template) = papers::one(&app.programme, &mut tx, me.caller(), id).await?;
    let paper = papers::paper(&app.programme, &v.kind).ok_or(Failure::Absent)?;
    let bytes = template.fill(&paper.sample(&v.language)).map_err(|_| Failure::Absent)?;
    let w = me.words(&app);
    Ok(file(
        &format!("{}-{}", w.t(&format!("template-file-{}", v.kind)), w.t("template-file-sample")),
        "word",
        bytes,
    ))
}

/// `GET /plantillas/{id}/archivo`: the template itself, to change it in Word.
pub async fn original(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    let mut tx = app.programme.store.db.read().await?;
    let (v, template) = papers::one(&app.programme, &mut tx, me.caller(), id).await?;
    let bytes = template.clean().map_err(|_| Failure::Absent)?;
    let name = me.words(&app).t(&format!("template-file-{}", v.kind));
    Ok(file(&format!("{name}-{}-{}", v.language, v.version), "word", bytes))
}

/// `POST /plantillas/{id}`: publishes or retires it.
pub async fn decide(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["what"])?;
    let (prog, caller) = (&app.programme, me.caller());
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let done = match f.text("what") {
        "publish" => papers::publish(prog, &mut work, caller, id).await,
        _ => papers::retire(prog, &mut work, caller, id).await,
    };
    match done {
        Ok(()) => posted.commit(work, HERE).await,
        Err(ProgrammeError::Stale) => {
            drop(work);
            // What it is by now is on the page, with whatever may still be done.
            let page = show(State(app), me, Path(id)).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
