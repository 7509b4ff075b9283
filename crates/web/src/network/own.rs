//! A partner's own page: an address and a number, no account, no script, nothing that says what it is about. It may be open on a
//! telephone that others use.

use axum::extract::{Path, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use ceiba_programme::ProgrammeError;
use ceiba_programme::alerts::receipt::Seen;
use ceiba_programme::lessons::{self, Lesson};
use ceiba_programme::network::own::{self, Answered, Page as Own, Tried};
use ceiba_programme::network::{Partner, materials};
use maud::{Markup, html};
use uuid::Uuid;

use super::lesson::{feedback, list, question, text};
use crate::me::Visitor;
use crate::parts::{
    Field, Kind, Notice, Problems, Tone, actions, button_link, card, error_summary, heading, notice, submit,
    text_field,
};
use crate::posted::Open;
use crate::view::{iso_day, problems};
use crate::{Answer, App, Failure, Page, Words, cookies, see_other};

/// The address of a page. What no address of ours can hold, a line end for one, leads to the first page.
fn path(token: &str) -> String {
    let plain = token.bytes().all(|b| b.is_ascii_alphanumeric());
    if plain { format!("/red/mi/{token}") } else { "/".to_owned() }
}

fn bare<'a>(app: &'a App, w: &'a Words, here: &'a str) -> Page<'a> {
    Page::new(w, "mine-window").quick_exit(&app.programme.pack.quick_exit).here(here)
}

/// The partner of a browser whose cookie proves that the number was hers.
async fn inside(app: &App, headers: &HeaderMap, token: &str) -> Result<Option<Partner>, Failure> {
    let Some(sitting) = cookies::get(headers, cookies::PAGE) else { return Ok(None) };
    let mut tx = app.programme.store.db.read().await?;
    Ok(own::again(&app.programme, &mut tx, (token, sitting)).await?)
}

/// `GET /red/mi/{link}`.
pub async fn show(
    State(app): State<App>,
    v: Visitor,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Answer {
    if let Some(partner) = inside(&app, &headers, &token).await? {
        let mut tx = app.programme.store.db.read().await?;
        let page = own::page(&app.programme, &mut tx, &partner).await?;
        return Ok(sheet(&app, &v, &token, &page));
    }
    let mut tx = app.programme.store.db.read().await?;
    let there = own::knock(&app.programme, &mut tx, &token).await?;
    Ok(if there { ask(&app, &v, &token, &Problems::new()) } else { closed(&app, &v) })
}

fn ask(app: &App, v: &Visitor, token: &str, p: &Problems) -> Response {
    let w = v.words(app);
    let here = path(token);
    let content = html! {
        (heading(html! { (w.t("mine-title")) }, html! {}))
        (error_summary(w, p))
        form class="stack" method="post" action=(here) novalidate {
            (text_field(w, &Field::new("number", w.t("mine-number")).hint(w.t("mine-number-hint")).error(p.of("number")), Kind::Code))
            (actions(&[submit(&w.t("mine-open"))]))
        }
    };
    let status = if p.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, bare(app, w, &here).body(content)).into_response()
}

/// Nothing behind this address, or not any more: the same words for both.
fn closed(app: &App, v: &Visitor) -> Response {
    let w = v.words(app);
    let content = html! {
        (heading(html! { (w.t("mine-closed-title")) }, html! {}))
        p { (w.t("mine-closed-text")) }
    };
    (StatusCode::GONE, bare(app, w, "/").body(content)).into_response()
}

/// `POST /red/mi/{link}`: her number.
pub async fn enter(State(app): State<App>, v: Visitor, Path(token): Path<String>, open: Open) -> Answer {
    let f = open.only(&["number"])?;
    match own::open(&app.programme, &token, f.text("number")).await? {
        Tried::Open(_) => {
            let mut tx = app.programme.store.db.read().await?;
            let Some(sitting) = own::sitting(&app.programme, &mut tx, &token).await? else {
                return Ok(closed(&app, &v));
            };
            let cookie = cookies::set(cookies::PAGE, &sitting, app.tls);
            Ok(([(SET_COOKIE, cookie)], see_other(&path(&token))).into_response())
        }
        Tried::Wrong(left) => {
            let mut p = Problems::new();
            p.add("number", v.words(&app).with("mine-wrong", &[("n", left.into())]));
            Ok(ask(&app, &v, &token, &p))
        }
        Tried::Closed => Ok(closed(&app, &v)),
    }
}

/// `POST /red/mi/{link}/salir`: whoever has the telephone next finds a page that asks for a number.
pub async fn leave(State(app): State<App>, Path(token): Path<String>, open: Open) -> Answer {
    open.only(&[])?;
    let gone = cookies::set(cookies::PAGE, "", app.tls);
    Ok(([(SET_COOKIE, gone)], see_other(&path(&token))).into_response())
}

fn sheet(app: &App, v: &Visitor, token: &str, page: &Own) -> Response {
    let w = v.words(app);
    let here = path(token);
    let name = |list: &'static str, code: &str| {
        app.programme.pack.lists.name(list, code, v.lang.code()).unwrap_or(code).to_owned()
    };
    let content = html! {
        (heading(html! { (w.t("mine-title")) }, html! { (w.t("mine-text")) }))
        (card(&w.t("mine-said"), html! {
            @if page.alerts.is_empty() { p { (w.t("mine-said-none")) } }
            @else { ul { @for a in &page.alerts { li { (answered(w, a)) } } } }
            p class="quiet" { (w.t("mine-said-text")) }
        }))
        (card(&w.t("lessons-title"), list(app, w, &format!("{here}/leccion"), &page.lessons)))
        @if let Some((kind, day)) = &page.next { (card(&w.t("mine-next"), html! { p { (name("network_activity_kinds", kind)) " · " (iso_day(w, Some(day))) } })) }
        @let sums = materials::sums(&page.materials);
        @if !sums.is_empty() { (card(&w.t("mine-materials"), html! { ul { @for (material, language, n) in &sums { li {
            (w.number(*n)) " · " (name("network_materials", material)) " · " (name("languages", language))
        } } } })) }
        form class="stack" method="post" action={ (here) "/salir" } { (actions(&[submit(&w.t("mine-leave"))])) }
        p class="quiet" { (w.t("mine-leave-text")) }
    };
    bare(app, w, &here).body(content).into_response()
}

fn month(w: &Words, month: &str) -> String {
    format!("{month}-01").parse().map_or_else(|_| month.to_owned(), |day| w.month(day))
}

/// Month, neutral state, days. Nothing else of it.
fn answered(w: &Words, a: &Answered) -> Markup {
    let state = match a.seen {
        Seen::Received => "mine-received",
        Seen::InHands => "mine-in-hands",
        Seen::Closed => "mine-closed",
    };
    html! {
        strong { (month(w, &a.month)) } ": " (w.t(state))
        @if let Some(days) = a.days { " · " (w.with("mine-days", &[("n", days.into())])) }
    }
}

/// `GET /red/mi/{link}/leccion/{lesson}`.
pub async fn lesson(
    State(app): State<App>,
    v: Visitor,
    headers: HeaderMap,
    Path((token, code)): Path<(String, String)>,
) -> Answer {
    if inside(&app, &headers, &token).await?.is_none() {
        return Ok(see_other(&path(&token)));
    }
    let lesson = app.programme.pack.lessons.find(&code).ok_or(Failure::Absent)?;
    Ok(read(&app, &v, (&token, lesson), None, &Problems::new()))
}

fn read(
    app: &App,
    v: &Visitor,
    (token, lesson): (&str, &Lesson),
    said: Option<&lessons::Answer>,
    p: &Problems,
) -> Response {
    let w = v.words(app);
    let t = lesson.text(v.lang.code());
    let here = format!("{}/leccion/{}", path(token), lesson.code);
    let content = html! {
        (heading(html! { (t.title) }, html! { (w.with("lessons-minutes", &[("n", lesson.minutes(v.lang.code()).into())])) }))
        (error_summary(w, p))
        @match said {
            Some(answer) => {
                (notice(w, Notice::Done, html! { p { (w.t("lessons-finished")) } }))
                (feedback(w, t, answer))
            },
            None => {
                (text(t))
                form class="stack" method="post" action=(here) novalidate {
                    (question(w, t, None, p))
                    (actions(&[submit(&w.t("lessons-send"))]))
                }
            },
        }
        p { (button_link(&w.t("mine-back"), &path(token), Tone::Quiet)) }
    };
    let status = if p.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, bare(app, w, &here).body(content)).into_response()
}

/// `POST /red/mi/{link}/leccion/{lesson}`.
pub async fn answer(
    State(app): State<App>,
    v: Visitor,
    headers: HeaderMap,
    Path((token, code)): Path<(String, String)>,
    open: Open,
) -> Answer {
    let f = open.only(&["answer"])?;
    let Some(partner) = inside(&app, &headers, &token).await? else { return Ok(see_other(&path(&token))) };
    let lesson = app.programme.pack.lessons.find(&code).ok_or(Failure::Absent)?;
    match lessons::answered(lesson.text(v.lang.code()), f.text("answer")) {
        Ok(answer) => {
            let mut work = app.programme.store.work(Uuid::nil()).await?;
            lessons::by_partner(&app.programme, &mut work, &partner, lesson).await?;
            work.commit().await?;
            Ok(read(&app, &v, (&token, lesson), Some(answer), &Problems::new()))
        }
        Err(ProgrammeError::Invalid(list)) => {
            Ok(read(&app, &v, (&token, lesson), None, &problems(v.words(&app), &list)))
        }
        Err(e) => Err(e.into()),
    }
}
