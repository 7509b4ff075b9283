//! The tablet of a house or an office: three questions, no name, and then the same page again for whoever comes next.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ceiba_programme::ProgrammeError;
use ceiba_programme::log::slips;
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use crate::me::Visitor;
use crate::parts::{Field, Notice, Problems, actions, error_summary, heading, notice, radios, submit};
use crate::posted::{Fields, Open};
use crate::view::problems;
use crate::{Answer, App, Failure, Lang, Page, see_other};

/// Whether somebody has just given one.
#[derive(Deserialize, Default)]
pub struct Given {
    #[serde(default)]
    gracias: String,
}

/// The names of the fields: one for each question of the pack.
pub(super) fn names(app: &App) -> Vec<String> {
    app.programme.pack.lists.codes("feedback_questions").iter().map(|q| format!("q-{}", q.code)).collect()
}

/// What was answered, question by question; what was not is empty.
pub(super) fn said<'a>(app: &'a App, f: &'a Fields) -> Vec<(&'a str, &'a str)> {
    let questions = app.programme.pack.lists.codes("feedback_questions");
    questions.iter().map(|q| (q.code.as_str(), f.text(&format!("q-{}", q.code)))).collect()
}

/// The questions.
pub(super) fn questions(app: &App, lang: Lang, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = app.words(lang);
    let lists = &app.programme.pack.lists;
    let answers = app.choices(lang, "feedback_answers");
    let field = |code: &str, name: &str| {
        let id = format!("q-{code}");
        let value = f.map_or("", |f| f.text(&id)).to_owned();
        // Which one is missing stands beside it; the programme says only that one is.
        let error = p.of("answers").filter(|_| value.is_empty());
        Field::new(id, name).value(value).error(error)
    };
    html! {
        div id="f-answers" class="stack" {
            @for q in lists.codes("feedback_questions") { (radios(w, &field(&q.code, q.name(lang.code())), &answers)) }
        }
    }
}

/// `GET /opinion/{site}`.
pub async fn show(
    State(app): State<App>,
    v: Visitor,
    Path(site): Path<String>,
    Query(given): Query<Given>,
) -> Answer {
    slips::site(&app.programme, &site).ok_or(Failure::Absent)?;
    Ok(page(&app, &v, &site, None, &Problems::new(), (given.gracias == "si", false)))
}

fn page(
    app: &App,
    v: &Visitor,
    site: &str,
    f: Option<&Fields>,
    p: &Problems,
    (thanks, wait): (bool, bool),
) -> Response {
    let w = v.words(app);
    let here = format!("/opinion/{site}");
    let content = html! {
        (heading(html! { (w.t("opinion-title")) }, html! { (w.t("opinion-text")) }))
        @if thanks { (notice(w, Notice::Done, html! { p { (w.t("opinion-thanks")) } })) }
        @if wait { (notice(w, Notice::Warning, html! { p { (w.t("opinion-wait")) } })) }
        (error_summary(w, p))
        form class="stack" method="post" action=(here) novalidate {
            (questions(app, v.lang, f, p))
            (actions(&[submit(&w.t("opinion-send"))]))
        }
        p class="quiet" { (w.t("opinion-kept")) }
    };
    let status = match (p.is_empty(), wait) {
        (_, true) => StatusCode::TOO_MANY_REQUESTS,
        (false, _) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let page = Page::new(w, "opinion-window").quick_exit(&app.programme.pack.quick_exit).here(&here);
    (status, page.body(content)).into_response()
}

/// `POST /opinion/{site}`. After it the page is empty again: the next one sees nothing of what was answered.
pub async fn send(State(app): State<App>, v: Visitor, Path(site): Path<String>, open: Open) -> Answer {
    let names = names(&app);
    let f = open.only(&names.iter().map(String::as_str).collect::<Vec<_>>())?;
    let known = slips::site(&app.programme, &site).ok_or(Failure::Absent)?;
    let mut work = app.programme.store.work(Uuid::nil()).await?;
    match slips::leave(&app.programme, &mut work, known, &said(&app, f)).await {
        Ok(()) => {
            work.commit().await?;
            Ok(see_other(&format!("/opinion/{site}?gracias=si")))
        }
        Err(ProgrammeError::Invalid(list)) => {
            Ok(page(&app, &v, &site, Some(f), &problems(v.words(&app), &list), (false, false)))
        }
        Err(ProgrammeError::TooMany) => Ok(page(&app, &v, &site, Some(f), &Problems::new(), (false, true))),
        Err(e) => Err(e.into()),
    }
}
