//! The test on paper: printed without anything to sign, and typed by keyboard: a mark and a row of letters a sheet.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::learning::items::{LETTERS, Test};
use ceiba_programme::learning::rounds::{self, Round};
use ceiba_programme::learning::sheets::{self, Sheet};
use ceiba_programme::training::{Course, courses};
use maud::{Markup, html};
use uuid::Uuid;

use super::{at, name, public};
use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::{Me, Visitor};
use crate::parts::{
    Column, Field, Kind, Problems, Table, Tone, actions, button, button_link, card, error_summary, form_post,
    heading, submit, text_field,
};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App, Failure, Place};

/// A round of a course, by what stands in a path.
struct Found<'a> {
    course: Course,
    round: Round,
    test: &'a Test,
}

async fn found<'a>(
    app: &'a App,
    me: &Me,
    tx: &mut ceiba_store::Tx,
    (code, phase): (&str, &str),
) -> Result<Found<'a>, Failure> {
    let p = &app.programme;
    let course = courses::find(p, tx, me.caller(), code).await?;
    let all = rounds::list(p, tx, me.caller(), course.id).await?;
    let round = all.into_iter().find(|r| r.phase == phase).ok_or(Failure::Absent)?;
    let test = rounds::of(p, &round).ok_or(Failure::Absent)?;
    Ok(Found { course, round, test })
}

impl Found<'_> {
    fn here(&self) -> String {
        format!("{}/prueba/{}", at(&self.course), self.round.phase)
    }
}

/// `GET /capacitacion/cursos/{code}/prueba/{phase}/papel`: to print, one for each.
pub async fn print(State(app): State<App>, me: Me, Path((code, phase)): Path<(String, String)>) -> Answer {
    let (w, lang) = (me.words(&app), me.lang.code());
    let mut tx = app.programme.store.db.read().await?;
    let it = found(&app, &me, &mut tx, (&code, &phase)).await?;
    drop(tx);
    let kind = if it.test.named { "code" } else { "mark" };
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("test-print-how")) }
            (button_link(&w.t("back"), &format!("{}/prueba", at(&it.course)), Tone::Quiet))
        }
        (heading(html! { (w.t(&format!("phase-{phase}"))) }, html! { (name(&app, me.lang, &it.course)) " · " (it.course.code) }))
        section class="card sheet stack" {
            p { strong { (w.t(&format!("test-who-{kind}"))) } ": " span class="blank" {} }
            p class="quiet" { (w.t(&format!("test-who-{kind}-hint"))) }
            ol { @for item in &it.test.item { li {
                p { strong { (item.text.of(lang)) } }
                ul { @for (letter, c) in LETTERS.iter().zip(&item.choice) { li { (letter) ") " (c.text.of(lang)) } } }
            } } }
            @if phase == "month6" {
                h2 { (w.t("applied-title")) }
                ul { @for code in sheets::techniques(&app.programme, &it.course) { li {
                    (app.programme.pack.training.technique(code).map_or(code, |t| t.name.of(lang))) ": "
                    (w.t("applied-yes")) " ☐ · " (w.t("applied-partly")) " ☐ · " (w.t("applied-no")) " ☐"
                } } }
            }
        }
    };
    Ok(Desk::new(&app, &me, "test-window", format!("{}/papel", it.here()))
        .area(Place::Training)
        .body(content))
}

/// `GET /capacitacion/cursos/{code}/prueba/{phase}/hoja`.
pub async fn ask(State(app): State<App>, me: Me, Path((code, phase)): Path<(String, String)>) -> Answer {
    page(&app, &me, (&code, &phase), None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, path: (&str, &str), f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    app.programme.may(me.caller(), Act::TRAINING_WRITE)?;
    let mut tx = app.programme.store.db.read().await?;
    let it = found(app, me, &mut tx, path).await?;
    let typed = sheets::typed(&app.programme, &mut tx, me.caller(), it.round.id).await?;
    drop(tx);
    let here = format!("{}/hoja", it.here());
    let kind = if it.test.named { "code" } else { "mark" };
    let visitor = Visitor { lang: me.lang, device: String::new() };
    let who =
        Field::new("who", w.t(&format!("test-who-{kind}"))).value(typed_in(f, "who")).error(p.of("who"));
    let answers = Field::new("answers", w.with("test-letters", &[("n", it.test.item.len().into())]))
        .hint(w.t("test-letters-hint"))
        .value(typed_in(f, "answers"))
        .error(p.of("answers"));
    let content = html! {
        (heading(html! { (w.t("test-type")) }, html! { (w.t(&format!("phase-{}", path.1))) " · " (it.course.code) }))
        p { (button_link(&w.t("back"), &format!("{}/prueba", at(&it.course)), Tone::Quiet)) }
        (error_summary(w, p))
        (form_post(&here, &me.session.csrf, &app.once(), html! {
            (text_field(w, &who, Kind::Text))
            (text_field(w, &answers, Kind::Text))
            @if path.1 == "month6" { (public::checklist(app, &visitor, &it.course, f)) }
            (actions(&[submit(&w.t("test-type-send"))]))
        }))
        @if !typed.is_empty() { (card(&w.with("test-typed", &[("n", typed.len().into())]), list(app, me, &it, &typed))) }
    };
    let desk = Desk::new(app, me, "test-window", here).area(Place::Training);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// What was typed, without whose it is: a slip of the finger is found by its letters.
fn list(app: &App, me: &Me, it: &Found<'_>, typed: &[sheets::Typed]) -> Markup {
    let w = me.words(app);
    let columns =
        ["test-typed-letters", "test-typed-day", "test-typed-back"].map(|k| Column::new(w.t(k))).into();
    let rows = typed.iter().map(|t| {
        vec![
            html! { code { (t.answers) } },
            html! { (iso_day(w, Some(&t.day))) },
            form_post(
                &format!("{}/hoja/{}", it.here(), t.id),
                &me.session.csrf,
                &app.once(),
                html! {
                    (actions(&[button(&w.t("test-take-back"), Tone::Quiet, "do", "back")]))
                },
            ),
        ]
    });
    Table::new(w.t("test-typed-list"), columns).cards().rows(rows).show(w)
}

/// `POST /capacitacion/cursos/{code}/prueba/{phase}/hoja`: one sheet, and the form again for the next.
pub async fn send(
    State(app): State<App>,
    me: Me,
    Path((code, phase)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let p = &app.programme;
    p.may(me.caller(), Act::TRAINING_WRITE)?;
    let mut work = app.work(&me).await?;
    let it = found(&app, &me, work.tx(), (&code, &phase)).await?;
    let names: Vec<String> =
        sheets::techniques(p, &it.course).into_iter().map(|t| format!("t-{t}")).collect();
    let names: Vec<&str> = ["who", "answers"].into_iter().chain(names.iter().map(String::as_str)).collect();
    let f = posted.only(&names)?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let sheet = Sheet {
        who: f.text("who").to_owned(),
        answers: f.text("answers").to_owned(),
        applied: public::applied(&app, &it.course, f),
    };
    let outcome = sheets::type_in(p, &mut work, me.caller(), &it.round, &sheet).await;
    match finish(&app, &me, &posted, work, outcome, &format!("{}/hoja", it.here())).await? {
        Done::To(response) => Ok(response),
        Done::Mend(problems) => page(&app, &me, (&code, &phase), Some(f), &problems).await,
    }
}

/// `POST /capacitacion/cursos/{code}/prueba/{phase}/hoja/{id}`: takes one back.
pub async fn take_back(
    State(app): State<App>,
    me: Me,
    Path((code, phase, id)): Path<(String, String, Uuid)>,
    posted: Posted,
) -> Answer {
    app.programme.may(me.caller(), Act::TRAINING_WRITE)?;
    posted.only(&["do"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let it = found(&app, &me, work.tx(), (&code, &phase)).await?;
    sheets::take_back(&app.programme, &mut work, me.caller(), &it.round, id).await?;
    posted.commit(work, &format!("{}/hoja", it.here())).await
}
