//! A stranger checks a certificate: by its code, and by the text of its badge. She sees no name that she did not type.

use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use ceiba_exchange::badge::{Published, Refused};
use ceiba_programme::learning::certificates::{self, About, Certificate};
use ceiba_programme::learning::check::{self, Compared};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::address;
use crate::me::Visitor;
use crate::parts::{
    Field, Kind, Mood, Notice, Problems, Tone, actions, button_link, card, error_summary, facts_list,
    heading, notice, submit, tag, text_area, text_field,
};
use crate::posted::Open;
use crate::view::iso_day;
use crate::{Answer, App, Failure, Page, see_other};

/// What is asked for by its code.
#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    codigo: String,
}

/// `GET /constancia`: where to type a code.
pub async fn ask(State(app): State<App>, v: Visitor, Query(asked): Query<Asked>) -> Response {
    if asked.codigo.is_empty() {
        return entry(&app, &v, "", &Problems::new());
    }
    // Only what can stand in a path goes into one.
    let plain: String =
        asked.codigo.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(32).collect();
    see_other(&format!("/constancia/{plain}"))
}

fn entry(app: &App, v: &Visitor, typed: &str, p: &Problems) -> Response {
    let w = v.words(app);
    let code = Field::new("codigo", w.t("check-code"))
        .hint(w.t("check-code-hint"))
        .value(typed)
        .error(p.of("codigo"));
    let badge =
        Field::new("badge", w.t("check-badge")).hint(w.t("check-badge-hint")).error(p.of("badge")).rows(4);
    let content = html! {
        (heading(html! { (w.t("check-title")) }, html! { (app.programme.pack.name) }))
        (error_summary(w, p))
        p { (w.t("check-text")) }
        form class="stack" method="get" action="/constancia" {
            (text_field(w, &code, Kind::Text))
            (actions(&[submit(&w.t("check-look"))]))
        }
        (card(&w.t("check-badge-title"), html! {
            form class="stack" method="post" action="/constancia/insignia" novalidate {
                (text_area(w, &badge))
                (actions(&[submit(&w.t("check-badge-look"))]))
            }
        }))
    };
    let status = if p.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, Page::new(w, "check-window").here("/constancia").body(content)).into_response()
}

/// `GET /constancia/{code}`: whether it holds; with `.json` its badge.
pub async fn show(State(app): State<App>, v: Visitor, Path(code): Path<String>) -> Answer {
    let (bare, json) = code.strip_suffix(".json").map_or((code.as_str(), false), |bare| (bare, true));
    let mut tx = app.programme.store.db.read().await?;
    let found = check::find(&mut tx, bare).await?;
    let Some(one) = found else {
        return if json { Err(Failure::Absent) } else { Ok(unknown(&app, &v, bare)) };
    };
    if json {
        drop(tx);
        return if one.is_valid() {
            Ok(written(&Published { credential: one.badge }))
        } else {
            Err(Failure::Absent)
        };
    }
    let about = certificates::about(&app.programme, &mut tx, one.course, v.lang.code()).await?;
    drop(tx);
    Ok(page(&app, &v, (&one, &about), ("", None), &Problems::new()))
}

/// `POST /constancia/{code}`: a name to compare.
pub async fn compare(State(app): State<App>, v: Visitor, Path(code): Path<String>, open: Open) -> Answer {
    let f = open.only(&["name"])?;
    let w = v.words(&app);
    let mut tx = app.programme.store.db.read().await?;
    let Some(one) = check::find(&mut tx, &code).await? else { return Ok(unknown(&app, &v, &code)) };
    let about = certificates::about(&app.programme, &mut tx, one.course, v.lang.code()).await?;
    drop(tx);
    let mut p = Problems::new();
    if f.text("name").is_empty() {
        p.add("name", w.t("problem-check-name"));
        return Ok(page(&app, &v, (&one, &about), ("", None), &p));
    }
    let compared = check::compare(&app.programme, one.id, f.text("name")).await?;
    match compared {
        Compared::Same => {}
        Compared::Other(left) => p.add("name", w.with("check-other", &[("n", left.into())])),
        Compared::Enough => p.add("name", w.t("check-enough")),
        Compared::Forgotten => p.add("name", w.t("check-forgotten")),
    }
    Ok(page(&app, &v, (&one, &about), (f.text("name"), Some(compared)), &p))
}

fn page(
    app: &App,
    v: &Visitor,
    (one, about): (&Certificate, &About),
    (typed, compared): (&str, Option<Compared>),
    p: &Problems,
) -> Response {
    let w = v.words(app);
    let here = format!("/constancia/{}", one.code);
    let name =
        Field::new("name", w.t("check-name")).hint(w.t("check-name-hint")).value(typed).error(p.of("name"));
    let content = html! {
        (heading(html! { (w.t(if one.is_valid() { "check-valid" } else { "check-revoked" })) }, html! { (app.programme.pack.name) " · " (one.code) }))
        @if compared == Some(Compared::Same) { (notice(w, Notice::Done, html! { (w.t("check-same")) })) }
        (error_summary(w, p))
        p { (standing(app, v, one)) }
        (course(app, v, one, about))
        @if one.is_valid() {
            form class="stack" method="post" action=(here) novalidate {
                (text_field(w, &name, Kind::Text))
                (actions(&[submit(&w.t("check-compare"))]))
            }
            p class="actions" { (button_link(&w.t("check-json"), &format!("{here}.json"), Tone::Quiet)) }
        }
    };
    let status = if p.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, Page::new(w, "check-window").here(&here).body(content)).into_response()
}

fn standing(app: &App, v: &Visitor, one: &Certificate) -> Markup {
    let w = v.words(app);
    html! {
        @if one.is_valid() { (tag(Mood::Ok, &w.t("certificate-is-valid"))) " " (w.t("check-valid-text")) }
        @else {
            (tag(Mood::Care, &w.t("certificate-is-revoked"))) " " (w.t("check-revoked-text"))
            @if let Some(at) = one.revoked_at { " " (w.date(app.local(at).date())) }
        }
    }
}

fn course(app: &App, v: &Visitor, one: &Certificate, about: &About) -> Markup {
    let w = v.words(app);
    let day = |day: Option<jiff::civil::Date>| day.map(|d| w.date(d)).unwrap_or_default();
    facts_list(&[
        (&w.t("check-course"), html! { (about.name) }),
        (&w.t("check-hours"), html! { (w.with("certificate-hours", &[("n", about.hours.as_str().into())])) }),
        (
            &w.t("check-days"),
            html! { (w.with("certificate-days", &[("from", day(about.from).into()), ("to", day(about.to).into())])) },
        ),
        (&w.t("check-issuer"), html! { (app.programme.pack.name) }),
        (&w.t("check-issued"), html! { (iso_day(w, Some(&one.day))) }),
    ])
}

/// A code that is none: wrongly typed, or invented.
fn unknown(app: &App, v: &Visitor, typed: &str) -> Response {
    let mut p = Problems::new();
    p.add("codigo", v.words(app).t("check-unknown"));
    entry(app, v, typed, &p)
}

/// `POST /constancia/insignia`: the text of a badge, or the file it came in.
pub async fn badge(State(app): State<App>, v: Visitor, open: Open) -> Answer {
    let f = open.only(&["badge"])?;
    let w = v.words(&app);
    let text = f.text("badge");
    let token =
        serde_json::from_str::<Published>(text).map_or_else(|_| text.to_owned(), |file| file.credential);
    let mut tx = app.programme.store.db.read().await?;
    let mut p = Problems::new();
    let (credential, one) = match check::badge(&app.programme, &mut tx, &token).await? {
        Ok(found) => found,
        Err(why) => {
            p.add("badge", w.t(wrong(why)));
            return Ok(entry(&app, &v, "", &p));
        }
    };
    let Some(one) = one else {
        p.add("badge", w.t("check-unknown"));
        return Ok(entry(&app, &v, "", &p));
    };
    let about = certificates::about(&app.programme, &mut tx, one.course, v.lang.code()).await?;
    drop(tx);
    let content = html! {
        (heading(html! { (w.t(if one.is_valid() { "check-badge-valid" } else { "check-revoked" })) }, html! { (credential.issuer.name) " · " (one.code) }))
        p { (standing(&app, &v, &one)) }
        (course(&app, &v, &one, &about))
        p class="quiet" { (w.t("check-badge-key")) " " code { (credential.issuer.id) } }
        p { (button_link(&w.t("check-again"), "/constancia", Tone::Quiet)) }
    };
    Ok(Page::new(w, "check-window").here("/constancia").body(content).into_response())
}

const fn wrong(why: Refused) -> &'static str {
    match why {
        Refused::NotABadge => "check-not-a-badge",
        Refused::Issuer | Refused::Algorithm => "check-badge-other",
        Refused::Signature => "check-badge-changed",
        Refused::Time => "check-badge-time",
    }
}

/// `GET /constancia/revocadas.json`: what was revoked, for programs. No reason and no name.
pub async fn revoked(State(app): State<App>, headers: HeaderMap) -> Answer {
    let mut tx = app.programme.store.db.read().await?;
    let list = check::revoked(&app.programme, &mut tx, &address(&app, &headers)).await?;
    Ok(written(&list))
}

fn written<T: Serialize>(value: &T) -> Response {
    let Ok(text) = serde_json::to_string_pretty(value) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    ([(CONTENT_TYPE, "application/json; charset=utf-8"), (CACHE_CONTROL, "no-store")], text).into_response()
}
