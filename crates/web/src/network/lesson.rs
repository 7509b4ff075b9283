//! A lesson: text, one question, and what is said to the answer. Staff read it at `/lecciones`, a partner on her page.

use axum::extract::{Path, State};
use axum::response::Response;
use ceiba_programme::ProgrammeError;
use ceiba_programme::lessons::{self, Lesson, Text};
use maud::{Markup, html};

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Mood, Notice, Problems, Tone, button_link, error_summary, heading, notice, radios, tag,
};
use crate::posted::Posted;
use crate::view::problems;
use crate::{Answer, App, Failure, Place, Words};

/// The list of lessons, each under `at`.
pub(super) fn list(app: &App, w: &Words, at: &str, done: &[String]) -> Markup {
    html! {
        ul class="tasks" {
            @for lesson in app.programme.pack.lessons.all() {
                @let code = w.lang().code();
                li {
                    a href={ (at) "/" (lesson.code) } { (lesson.text(code).title) }
                    " · " (w.with("lessons-minutes", &[("n", lesson.minutes(code).into())])) " "
                    @if done.contains(&lesson.code) { (tag(Mood::Ok, &w.t("lessons-read"))) }
                }
            }
        }
    }
}

/// Paragraphs and lists.
pub(super) fn text(t: &Text) -> Markup {
    let mut parts: Vec<(bool, Vec<&str>)> = Vec::new();
    for line in &t.text {
        let (point, line) = line.strip_prefix("* ").map_or((false, line.as_str()), |rest| (true, rest));
        match parts.last_mut() {
            Some((true, points)) if point => points.push(line),
            _ => parts.push((point, vec![line])),
        }
    }
    html! {
        @for (points, lines) in &parts {
            @if *points { ul class="steps" { @for line in lines { li { (line) } } } } @else { @for line in lines { p { (line) } } }
        }
    }
}

/// The question, or what is said to an answer.
pub(super) fn question(w: &Words, t: &Text, said: Option<&str>, p: &Problems) -> Markup {
    let choices: Vec<Choice> =
        t.answer.iter().enumerate().map(|(n, a)| Choice::new(n.to_string(), &a.text)).collect();
    let field = Field::new("answer", &t.question).value(said.unwrap_or_default()).error(p.of("answer"));
    radios(w, &field, &choices)
}

/// What is said to an answer. No score: the same words for whoever answers first or third.
pub(super) fn feedback(w: &Words, t: &Text, answer: &lessons::Answer) -> Markup {
    html! {
        (notice(w, Notice::Info, html! { p { strong { (w.t(if answer.good { "lessons-good" } else { "lessons-other" })) } } p { (answer.say) } }))
        p class="quiet" { (t.question) " " (answer.text) }
    }
}

fn find<'a>(app: &'a App, code: &str) -> Result<&'a Lesson, Failure> {
    app.programme.pack.lessons.find(code).ok_or(Failure::Absent)
}

/// `GET /lecciones`.
pub async fn all(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let mut tx = app.programme.store.db.read().await?;
    let done = lessons::done(&mut tx, me.account()).await?;
    drop(tx);
    let content = html! {
        (heading(html! { (w.t("lessons-title")) }, html! { (w.t("lessons-text")) }))
        (list(&app, w, "/lecciones", &done))
        p class="quiet" { (w.t("lessons-kept")) }
    };
    Ok(Desk::new(&app, &me, "lessons-window", "/lecciones").area(Place::Network).body(content))
}

/// `GET /lecciones/{lesson}`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    let lesson = find(&app, &code)?;
    Ok(page(&app, &me, lesson, None, &Problems::new()))
}

fn page(app: &App, me: &Me, lesson: &Lesson, said: Option<&lessons::Answer>, p: &Problems) -> Response {
    let w = me.words(app);
    let t = lesson.text(w.lang().code());
    let path = format!("/lecciones/{}", lesson.code);
    let content = html! {
        (heading(html! { (t.title) }, html! { (w.with("lessons-minutes", &[("n", lesson.minutes(w.lang().code()).into())])) }))
        (error_summary(w, p))
        @match said {
            Some(answer) => { (feedback(w, t, answer)) },
            None => {
                (text(t))
                (crate::parts::form_post(&path, &me.session.csrf, &app.once(), html! { (question(w, t, None, p)) (crate::parts::actions(&[crate::parts::submit(&w.t("lessons-send"))])) }))
            },
        }
        p class="actions" { (button_link(&w.t("lessons-back"), "/lecciones", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "lessons-window", path).area(Place::Network);
    if p.is_empty() { desk.body(content) } else { desk.mend().body(content) }
}

/// `POST /lecciones/{lesson}`: what is said to the answer. It is not kept; that she finished it is.
pub async fn answer(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["answer"])?;
    let lesson = find(&app, &code)?;
    match lessons::answered(lesson.text(me.words(&app).lang().code()), f.text("answer")) {
        Ok(answer) => {
            let mut work = app.work(&me).await?;
            lessons::by_staff(&app.programme, &mut work, me.caller(), lesson).await?;
            work.commit().await?;
            Ok(page(&app, &me, lesson, Some(answer), &Problems::new()))
        }
        Err(ProgrammeError::Invalid(list)) => {
            Ok(page(&app, &me, lesson, None, &problems(me.words(&app), &list)))
        }
        Err(e) => Err(e.into()),
    }
}
