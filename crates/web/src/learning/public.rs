//! The test on a phone, behind the code on the wall: no account, no script, no name where the test asks for none.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ceiba_programme::ProgrammeError;
use ceiba_programme::learning::items::{LETTERS, Test};
use ceiba_programme::learning::rounds::{self, Round};
use ceiba_programme::learning::sheets::{self, APPLIED, Sheet};
use ceiba_programme::training::Course;
use maud::{Markup, html};
use uuid::Uuid;

use super::name;
use crate::me::Visitor;
use crate::parts::{
    Choice, Field, Kind, Notice, Problems, actions, error_summary, heading, notice, radios, submit,
    text_field,
};
use crate::posted::{Fields, Open};
use crate::view::{keyed, problems};
use crate::{Answer, App, Page};

/// What is behind a code.
struct Found<'a> {
    round: Round,
    course: Course,
    test: &'a Test,
}

async fn knock<'a>(app: &'a App, code: &str) -> Result<Option<Found<'a>>, crate::Failure> {
    let mut tx = app.programme.store.db.read().await?;
    let Some(round) = rounds::knock(&mut tx, code).await? else { return Ok(None) };
    let Some(test) = rounds::of(&app.programme, &round) else { return Ok(None) };
    let course = rounds::course(&mut tx, &round).await?;
    Ok(Some(Found { round, course, test }))
}

/// `GET /prueba/{token}`.
pub async fn show(State(app): State<App>, v: Visitor, Path(token): Path<String>) -> Answer {
    Ok(match knock(&app, &token).await? {
        Some(found) => ask(&app, &v, &found, None, &Problems::new()),
        None => closed(&app, &v),
    })
}

/// The names of the form's fields.
fn names(app: &App, found: &Found<'_>) -> Vec<String> {
    let items = (0..found.test.item.len()).map(|n| format!("i{n}"));
    let applied = sheets::techniques(&app.programme, &found.course).into_iter().map(|t| format!("t-{t}"));
    ["who".to_owned()].into_iter().chain(items).chain(applied).collect()
}

/// What was chosen of the techniques, where they are asked for.
pub(super) fn applied(app: &App, course: &Course, f: &Fields) -> Vec<(String, String)> {
    sheets::techniques(&app.programme, course)
        .into_iter()
        .map(|t| (t.to_owned(), f.text(&format!("t-{t}")).to_owned()))
        .filter(|(_, said)| !said.is_empty())
        .collect()
}

/// `POST /prueba/{token}`.
pub async fn send(State(app): State<App>, v: Visitor, Path(token): Path<String>, open: Open) -> Answer {
    let Some(found) = knock(&app, &token).await? else { return Ok(closed(&app, &v)) };
    let names = names(&app, &found);
    let f = open.only(&names.iter().map(String::as_str).collect::<Vec<_>>())?;
    let w = v.words(&app);
    let mut p = Problems::new();
    let mut answers = String::new();
    for n in 0..found.test.item.len() {
        let said = f.text(&format!("i{n}"));
        if said.chars().count() != 1 {
            p.add(
                format!("i{n}"),
                w.with("problem-test-item", &[("n", i64::try_from(n + 1).unwrap_or(0).into())]),
            );
        }
        answers.push_str(said);
    }
    if !p.is_empty() {
        return Ok(ask(&app, &v, &found, Some(f), &p));
    }
    let sheet = Sheet { who: f.text("who").to_owned(), answers, applied: applied(&app, &found.course, f) };
    let mut work = app.programme.store.work(Uuid::nil()).await?;
    match sheets::hand_in(&app.programme, &mut work, &found.round, &sheet).await {
        Ok(true) => work.commit().await?,
        // The same sheet a second time.
        Ok(false) => drop(work),
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            return Ok(ask(&app, &v, &found, Some(f), &problems(w, &list)));
        }
        Err(e) => return Err(e.into()),
    }
    Ok(thanks(&app, &v, found.test))
}

fn ask(app: &App, v: &Visitor, found: &Found<'_>, f: Option<&Fields>, p: &Problems) -> Response {
    let (w, test) = (v.words(app), found.test);
    let here = format!("/prueba/{}", found.round.code);
    let kind = if test.named { "code" } else { "mark" };
    let who = Field::new("who", w.t(&format!("test-who-{kind}")))
        .hint(w.t(&format!("test-who-{kind}-hint")))
        .value(f.map_or("", |f| f.text("who")))
        .error(p.of("who"));
    let content = html! {
        (heading(html! { (w.t(&format!("phase-{}", found.round.phase))) }, html! { (name(app, v.lang, &found.course)) " · " (app.programme.pack.name) }))
        (error_summary(w, p))
        p { (w.t(if test.named { "test-public-named" } else { "test-public-anonymous" })) }
        form class="stack" method="post" action=(here) novalidate {
            (text_field(w, &who, Kind::Text))
            @for (n, _) in test.item.iter().enumerate() { (item(app, v, test, n, f, p)) }
            @if found.round.phase == "month6" { (checklist(app, v, &found.course, f)) }
            (actions(&[submit(&w.t("test-send"))]))
        }
    };
    let status = if p.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, Page::new(w, "test-public-window").here(&here).body(content)).into_response()
}

fn item(app: &App, v: &Visitor, test: &Test, n: usize, f: Option<&Fields>, p: &Problems) -> Markup {
    let (w, lang, id) = (v.words(app), v.lang.code(), format!("i{n}"));
    let Some(item) = test.item.get(n) else { return html! {} };
    let choices = LETTERS.iter().zip(&item.choice).map(|(letter, c)| Choice::new(*letter, c.text.of(lang)));
    let choices: Vec<Choice> = choices.chain([Choice::new("-", w.t("test-do-not-know"))]).collect();
    let label = format!("{}. {}", n + 1, item.text.of(lang));
    let field = Field::new(&*id, label).value(f.map_or("", |f| f.text(&id))).error(p.of(&id));
    radios(w, &field, &choices)
}

/// What she does now of what was taught; nobody has to answer.
pub(super) fn checklist(app: &App, v: &Visitor, course: &Course, f: Option<&Fields>) -> Markup {
    let (w, lang) = (v.words(app), v.lang.code());
    html! {
        h2 { (w.t("applied-title")) }
        p { (w.t("applied-text")) }
        @for code in sheets::techniques(&app.programme, course) {
            @let id = format!("t-{code}");
            @let name = app.programme.pack.training.technique(code).map_or(code, |t| t.name.of(lang));
            (radios(w, &Field::new(&*id, name).value(f.map_or("", |f| f.text(&id))), &keyed(w, "applied", &APPLIED)))
        }
    }
}

fn thanks(app: &App, v: &Visitor, test: &Test) -> Response {
    let w = v.words(app);
    let content = html! {
        (heading(html! { (w.t("test-thanks-title")) }, html! { (app.programme.pack.name) }))
        (notice(w, Notice::Done, html! { (w.t("test-thanks-text")) }))
        @if !test.named { p { (w.t("test-thanks-mark")) } }
    };
    Page::new(w, "test-public-window").here("/").body(content).into_response()
}

/// Nothing behind this code, or not any more.
fn closed(app: &App, v: &Visitor) -> Response {
    let w = v.words(app);
    let content = html! {
        (heading(html! { (w.t("test-closed-title")) }, html! { (app.programme.pack.name) }))
        p { (w.t("test-closed-text")) }
    };
    (StatusCode::GONE, Page::new(w, "test-public-window").here("/").body(content)).into_response()
}
