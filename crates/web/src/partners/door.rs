//! The institution's page: a link and a spoken code, no account, no script.

use axum::extract::{Path, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use ceiba_programme::ProgrammeError;
use ceiba_programme::partners::answers::{self, Said, Word};
use ceiba_programme::partners::directory;
use ceiba_programme::partners::door::{self, Opened, STAY, Tried};
use maud::{Markup, html};
use uuid::Uuid;

use super::exchange;
use crate::me::Visitor;
use crate::parts::{
    Choice, Field, Kind, Notice, Problems, actions, card, date_fields, error_summary, heading, notice,
    radios, submit, text_area, text_field, typed,
};
use crate::posted::{Fields, Open, once};
use crate::view::problems;
use crate::{Answer, App, Page, cookies, see_other};

/// The name of the cookie of a sitting (`door::sitting`), under this packet's path only.
const COOKIE: &str = "carpeta";

/// `GET /r/{link}`.
pub async fn show(
    State(app): State<App>,
    v: Visitor,
    headers: HeaderMap,
    Path(link): Path<String>,
) -> Answer {
    match inside(&app, &headers, &link).await? {
        Some(opened) => sheet(&app, &v, &link, &opened, None, &Problems::new()).await,
        None => {
            let mut tx = app.programme.store.db.read().await?;
            let there = door::knock(&app.programme, &mut tx, &link).await?;
            Ok(if there.is_some() { ask(&app, &v, &link, &Problems::new()) } else { closed(&app, &v) })
        }
    }
}

/// `POST /r/{link}`: the spoken code.
pub async fn enter(State(app): State<App>, v: Visitor, Path(link): Path<String>, open: Open) -> Answer {
    let f = open.only(&["code"])?;
    // As passwords are: two at a time, each takes memory and a core.
    let _turn = app.slow.acquire().await;
    match door::open(&app.programme, &link, f.text("code")).await? {
        Tried::Open(opened) => {
            let cookie = stay(&app, &link, &opened);
            let to = format!("/r/{link}");
            Ok(([(SET_COOKIE, cookie)], see_other(&to)).into_response())
        }
        Tried::Wrong(left) => {
            let mut p = Problems::new();
            p.add("code", v.words(&app).with("behind-wrong", &[("n", left.into())]));
            Ok(ask(&app, &v, &link, &p))
        }
        Tried::Closed => Ok(closed(&app, &v)),
    }
}

/// `POST /r/{link}/responder`: what the institution does.
pub async fn answer(
    State(app): State<App>,
    v: Visitor,
    headers: HeaderMap,
    Path(link): Path<String>,
    open: Open,
) -> Answer {
    let f = open.only(&["do", "words", "on"])?;
    let Some(opened) = inside(&app, &headers, &link).await? else {
        return Ok(see_other(&format!("/r/{link}")));
    };
    let said = Said { words: f.text("words").to_owned(), on_day: f.day("on") };
    let number = f.id("once").unwrap_or_default();
    let mut work = app.programme.store.work(Uuid::nil()).await?;
    match answers::say(&app.programme, &mut work, &opened.packet, (f.text("do"), &said), number).await {
        Ok(true) => work.commit().await?,
        // The same form a second time.
        Ok(false) => drop(work),
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            return sheet(&app, &v, &link, &opened, Some(f), &problems(v.words(&app), &list)).await;
        }
        Err(e) => return Err(e.into()),
    }
    let mut tx = app.programme.store.db.read().await?;
    let still = door::knock(&app.programme, &mut tx, &link).await?.is_some();
    Ok(if still { see_other(&format!("/r/{link}")) } else { thanks(&app, &v) })
}

/// The packet, for a browser whose cookie proves that both halves fitted.
async fn inside(app: &App, headers: &HeaderMap, link: &str) -> Result<Option<Opened>, crate::Failure> {
    let Some(sitting) = cookies::get(headers, COOKIE) else { return Ok(None) };
    let _turn = app.slow.acquire().await;
    Ok(door::again(&app.programme, link, sitting).await?)
}

fn stay(app: &App, link: &str, opened: &Opened) -> String {
    let (sitting, seconds) = (door::sitting(&app.programme, opened), STAY / ceiba_store::SECOND);
    let secure = if app.tls { "; Secure" } else { "" };
    format!("{COOKIE}={sitting}; Path=/r/{link}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}

fn bare<'a>(w: &'a crate::Words) -> Page<'a> {
    Page::new(w, "behind-window")
}

fn ask(app: &App, v: &Visitor, link: &str, p: &Problems) -> Response {
    let w = v.words(app);
    let content = html! {
        (heading(html! { (w.t("behind-title")) }, html! { (app.programme.pack.name) }))
        (error_summary(w, p))
        p { (w.t("behind-text")) }
        form class="stack" method="post" action={ "/r/" (link) } novalidate {
            (text_field(w, &Field::new("code", w.t("behind-code")).hint(w.t("behind-code-hint")).error(p.of("code")), Kind::Text))
            (actions(&[submit(&w.t("behind-open"))]))
        }
    };
    let here = format!("/r/{link}");
    (mended(p), bare(w).here(&here).body(content)).into_response()
}

fn mended(p: &Problems) -> StatusCode {
    if p.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// Nothing behind this link, or not any more: the same words for both, and what to do.
fn closed(app: &App, v: &Visitor) -> Response {
    let w = v.words(app);
    let content = html! {
        (heading(html! { (w.t("behind-closed-title")) }, html! { (app.programme.pack.name) }))
        p { (w.t("behind-closed-text")) }
    };
    (StatusCode::GONE, bare(w).here("/").body(content)).into_response()
}

/// The exchange has ended, and with it the link.
fn thanks(app: &App, v: &Visitor) -> Response {
    let w = v.words(app);
    let content = html! {
        (heading(html! { (w.t("behind-thanks-title")) }, html! { (app.programme.pack.name) }))
        (notice(w, Notice::Done, html! { (w.t("behind-thanks-text")) }))
    };
    bare(w).here("/").body(content).into_response()
}

async fn sheet(
    app: &App,
    v: &Visitor,
    link: &str,
    opened: &Opened,
    f: Option<&Fields>,
    p: &Problems,
) -> Answer {
    let w = v.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let (state, words) = answers::seen_outside(&app.programme, &mut tx, &opened.packet).await?;
    let directory = directory::list(&mut tx).await?;
    drop(tx);
    let to = super::referrals::name(&directory, Some(opened.packet.institution));
    let service = app
        .programme
        .pack
        .lists
        .name("service_types", &opened.sheet.service, v.lang.code())
        .unwrap_or_default();
    let content = html! {
        (heading(html! { (w.t("behind-sheet-title")) }, html! { (app.programme.pack.name) " → " (to) }))
        p class="quiet" { (w.t("packet-reference")) " " (opened.packet.reference()) " · " (w.t(&format!("state-referral-{state}"))) " · " (w.t("packet-until")) " " (w.moment(app.local(opened.packet.until))) }
        (error_summary(w, p))
        (card(&w.t("behind-asked"), html! { p { strong { (service) } } p { (typed(&opened.sheet.need)) } }))
        (card(&w.t("behind-lines"), html! {
            @if opened.sheet.lines.is_empty() { p { (w.t("behind-no-lines")) } }
            (exchange::lines(app, (v.lang, w), &opened.sheet.lines))
            p class="quiet" { (w.t("behind-duty")) }
        }))
        @if !words.is_empty() { (card(&w.t("behind-said"), exchange::said(w, app, &words))) }
        (answer_form(app, v, link, (&state, &words), f, p))
    };
    let here = format!("/r/{link}");
    Ok((mended(p), bare(w).here(&here).body(content)).into_response())
}

fn answer_form(
    app: &App,
    v: &Visitor,
    link: &str,
    (state, words): (&str, &[Word]),
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = v.words(app);
    let text = |name: &str| f.map_or("", |f| f.text(name));
    let choices: Vec<Choice> = answers::offered(state, words)
        .into_iter()
        .map(|c| Choice::new(c, w.t(&format!("packet-do-{c}"))))
        .collect();
    let day = f.map_or_else(Default::default, |f| f.day_parts("on"));
    html! {
        div class="actions" {
            (card(&w.t("behind-answer"), html! {
                form class="stack" method="post" action={ "/r/" (link) "/responder" } novalidate {
                    (once(app))
                    (radios(w, &Field::new("do", w.t("behind-do")).value(text("do")).error(p.of("do")), &choices))
                    (text_area(w, &Field::new("words", w.t("behind-words")).hint(w.t("behind-words-hint")).value(text("words")).error(p.of("words")).rows(3)))
                    (date_fields(w, &Field::new("on", w.t("behind-day")).hint(w.t("behind-day-hint")).error(p.of("on_day")), &day, false))
                    (actions(&[submit(&w.t("behind-send"))]))
                }
            }))
        }
    }
}
