//! What a room sees: the code on the wall, and behind it a page without an account. Nobody learns there who else is in the course.

use axum::extract::{Path, State};
use axum::http::header::HOST;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use ceiba_programme::ProgrammeError;
use ceiba_programme::training::door::{self, Said, Told};
use ceiba_programme::training::{Course, Session};
use maud::html;

use super::{Institutions, module, title, when};
use crate::me::Visitor;
use crate::parts::{
    Choice, Field, Kind, Notice, Problems, actions, card, error_summary, heading, notice, qr, select, submit,
    text_field,
};
use crate::posted::{Fields, Open};
use crate::view::problems;
use crate::{Answer, App, Page};

/// The page of the wall asks for the next code before this one is too old.
const AGAIN: &str = "240";

/// `GET /asistir/pantalla/{link}`: the code, as large as the wall. No session is open while it hangs there.
pub async fn show(
    State(app): State<App>,
    v: Visitor,
    headers: HeaderMap,
    Path(link): Path<String>,
) -> Answer {
    let w = v.words(&app);
    let p = &app.programme;
    let mut tx = p.store.db.read().await?;
    let Some((s, course, came)) = door::on_wall(p, &mut tx, &link).await? else {
        return Ok(closed(&app, &v));
    };
    drop(tx);
    let host = headers.get(HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let token = door::token(p, &s, p.store.clock.now());
    let door = format!("{}://{host}/asistir/{token}", if app.tls { "https" } else { "http" });
    let content = html! {
        (heading(html! { (w.t("attend-wall-title")) }, html! { (title(&app, w, &course)) " · " (module(&app, w, &course, &s.module)) " · " (when(w, &s)) }))
        p class="lead" { (w.t("attend-wall-text")) }
        div class="wall" { (qr(&w.t("attend-wall-qr"), &door)) }
        p class="code" { (door) }
        p { (w.with("attend-wall-came", &[("n", came.into())])) }
        p class="quiet" { (w.t("attend-wall-again")) }
    };
    let page = Page::new(w, "attend-window").here("/").body(content);
    Ok(([(HeaderName::from_static("refresh"), AGAIN)], page).into_response())
}

/// `GET /asistir/{link}`.
pub async fn ask(State(app): State<App>, v: Visitor, Path(link): Path<String>) -> Answer {
    let mut tx = app.programme.store.db.read().await?;
    match door::knock(&app.programme, &mut tx, &link).await? {
        Some(found) => {
            drop(tx);
            form(&app, &v, &link, &found, None, &Problems::new()).await
        }
        None => Ok(closed(&app, &v)),
    }
}

/// `POST /asistir/{link}`.
pub async fn send(State(app): State<App>, v: Visitor, Path(link): Path<String>, open: Open) -> Answer {
    let f = open.only(&["code", "institution", "name"])?;
    let w = v.words(&app);
    let said = Said { code: f.text("code"), institution: f.text("institution"), name: f.text("name") };
    let mend = match door::say(&app.programme, &link, &said).await {
        Ok(Told::Noted) => return Ok(thanks(&app, &v)),
        Ok(Told::Closed) => return Ok(closed(&app, &v)),
        Ok(Told::Wrong) => {
            let mut p = Problems::new();
            p.add("code", w.t("problem-training-badge"));
            p
        }
        Err(ProgrammeError::Invalid(list)) => problems(w, &list),
        Err(e) => return Err(e.into()),
    };
    let mut tx = app.programme.store.db.read().await?;
    let Some(found) = door::knock(&app.programme, &mut tx, &link).await? else { return Ok(closed(&app, &v)) };
    drop(tx);
    form(&app, &v, &link, &found, Some(f), &mend).await
}

async fn form(
    app: &App,
    v: &Visitor,
    link: &str,
    (s, course): &(Session, Course),
    f: Option<&Fields>,
    p: &Problems,
) -> Answer {
    let w = v.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let invited = door::invited(&mut tx, course.id).await?;
    let institutions = Institutions::read(&mut tx).await?;
    drop(tx);
    let found = app.programme.pack.training.find(&course.curriculum, course.curriculum_version);
    let official = found.is_some_and(|c| c.audience == "official");
    let own = invited.iter().map(|code| Choice::new(code, institutions.of(app, w, code)));
    let others = institutions.choices(app, w).into_iter().filter(|c| !invited.iter().any(|i| i == c.value()));
    let choices: Vec<Choice> = own.chain(others).collect();
    let text = |name: &str| f.map_or("", |f| f.text(name));
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(text(name)).error(p.of(name));
    let action = format!("/asistir/{link}");
    let content = html! {
        (heading(html! { (w.t("attend-title")) }, html! { (title(app, w, course)) " · " (module(app, w, course, &s.module)) " · " (when(w, s)) }))
        (error_summary(w, p))
        p { (w.t("attend-text")) }
        form class="stack" method="post" action=(action) novalidate autocomplete="off" {
            @if official || !invited.is_empty() { (select(w, &field("institution", "training-institution"), &choices)) }
            (text_field(w, &field("name", "attend-name").hint(w.t("attend-name-hint")), Kind::Text))
            (card(&w.t("attend-or"), html! { (text_field(w, &field("code", "attend-code").hint(w.t("attend-code-hint")), Kind::Text)) }))
            (actions(&[submit(&w.t("attend-send"))]))
        }
        p class="quiet" { (w.t("attend-kept")) }
    };
    let status = if p.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, Page::new(w, "attend-window").here(&action).body(content)).into_response())
}

/// Guessed, too old, or over: the same words.
fn closed(app: &App, v: &Visitor) -> Response {
    let w = v.words(app);
    let content = html! {
        (heading(html! { (w.t("attend-closed-title")) }, html! {}))
        p { (w.t("attend-closed-text")) }
    };
    (StatusCode::GONE, Page::new(w, "attend-window").here("/").body(content)).into_response()
}

/// The same words whether she was on the list or a person still looks.
fn thanks(app: &App, v: &Visitor) -> Response {
    let w = v.words(app);
    let content = html! {
        (heading(html! { (w.t("attend-thanks-title")) }, html! {}))
        (notice(w, Notice::Done, html! { p { (w.t("attend-thanks-text")) } }))
    };
    Page::new(w, "attend-window").here("/").body(content).into_response()
}
