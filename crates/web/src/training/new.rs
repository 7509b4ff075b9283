//! A new course, and changing where one is given and from what share of minutes on it is completed.

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::training::courses::{self, New};
use ceiba_programme::training::{Course, MODES};
use maud::{Markup, html};
use serde::Deserialize;

use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Problems, Tone, actions, button_link, date_fields, error_summary, form_post,
    heading, number_field, radios, select, submit, text_field,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App, Failure, Place};

/// The threshold that a new course begins with.
const THRESHOLD: &str = "80";

/// Of which course it is a refresher.
#[derive(Deserialize, Default)]
pub struct Of {
    #[serde(default)]
    de: String,
}

/// `GET /capacitacion/cursos/nuevo`, with `?de=` what was taught in an earlier course.
pub async fn ask(State(app): State<App>, me: Me, Query(of): Query<Of>) -> Answer {
    app.programme.may(me.caller(), Act::TRAINING_WRITE)?;
    let mut tx = app.programme.store.db.read().await?;
    let earlier = if of.de.is_empty() {
        None
    } else {
        courses::list(&app.programme, &mut tx, me.caller()).await?.into_iter().find(|c| c.code == of.de)
    };
    drop(tx);
    page(&app, &me, (None, earlier.as_ref()), &Problems::new())
}

/// `POST /capacitacion/cursos/nuevo`.
pub async fn send(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["curriculum", "mode", "municipality", "room", "language", "threshold", "from"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let day = f.day("from");
    let new = New { curriculum: f.text("curriculum"), from_day: &day, ..read(f) };
    let outcome = courses::add(&app.programme, &mut work, me.caller(), &new).await;
    let to = match &outcome {
        Ok(id) => {
            let row = work.sql("SELECT code FROM training_course WHERE id = $1").bind(*id).one().await?;
            format!("/capacitacion/cursos/{}", row.get::<String>("code")?)
        }
        Err(_) => String::new(),
    };
    match finish(&app, &me, &posted, work, outcome, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, (Some(f), None), &p),
    }
}

fn read(f: &Fields) -> New<'_> {
    New {
        mode: f.text("mode"),
        municipality: f.text("municipality"),
        room: f.text("room"),
        language: f.text("language"),
        threshold: f.number("threshold").unwrap_or(-1),
        ..New::default()
    }
}

fn page(app: &App, me: &Me, (f, earlier): (Option<&Fields>, Option<&Course>), p: &Problems) -> Answer {
    let w = me.words(app);
    app.programme.may(me.caller(), Act::TRAINING_WRITE)?;
    let lang = me.lang.code();
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let curricula: Vec<Choice> =
        app.programme.pack.training.offered().iter().map(|c| Choice::new(&c.code, c.name.of(lang))).collect();
    let day = f.map_or_else(Default::default, |f| f.day_parts("from"));
    let taught = earlier.map_or_else(|| typed_in(f, "curriculum").to_owned(), |c| c.curriculum.clone());
    let content = html! {
        (heading(html! { (w.t("training-new")) }, html! { (w.t("training-new-text")) }))
        (error_summary(w, p))
        (form_post("/capacitacion/cursos/nuevo", &me.session.csrf, &app.once(), html! {
            (radios(w, &field("curriculum", "training-curriculum").value(taught), &curricula))
            (date_fields(w, &Field::new("from", w.t("training-from")).error(p.of("from")), &day, false))
            (fields(app, me, f, earlier, p))
            (actions(&[submit(&w.t("training-new-send")), button_link(&w.t("back"), "/capacitacion", Tone::Quiet)]))
        }))
    };
    let desk = Desk::new(app, me, "training-new-window", "/capacitacion/cursos/nuevo").area(Place::Training);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// Where, how, in which language, and the threshold.
fn fields(app: &App, me: &Me, f: Option<&Fields>, now: Option<&Course>, p: &Problems) -> Markup {
    let w = me.words(app);
    let own = |name: &str| match (f, now, name) {
        (Some(f), _, _) => f.text(name).to_owned(),
        (None, Some(c), "mode") => c.mode.clone(),
        (None, Some(c), "municipality") => c.municipality.clone(),
        (None, Some(c), "room") => c.room.clone(),
        (None, Some(c), "language") => c.language.clone(),
        (None, Some(c), "threshold") => c.threshold.to_string(),
        (None, None, "mode") => "room".to_owned(),
        (None, None, "language") => "spa".to_owned(),
        (None, None, "threshold") => THRESHOLD.to_owned(),
        _ => String::new(),
    };
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(own(name)).error(p.of(name));
    html! {
        (radios(w, &field("mode", "training-mode"), &keyed(w, "training-mode", &MODES)))
        (select(w, &field("municipality", "alert-municipality"), &app.municipalities(me.lang)))
        (text_field(w, &field("room", "training-room").hint(w.t("training-room-hint")), Kind::Text))
        (select(w, &field("language", "training-language"), &app.choices(me.lang, "languages")))
        (number_field(w, &field("threshold", "training-threshold").hint(w.t("training-threshold-hint")).unit("%")))
    }
}

/// `GET /capacitacion/cursos/{code}/datos`.
pub async fn edit(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    let course = open(&app, &me, &code).await?;
    edit_page(&app, &me, &course, None, &Problems::new())
}

async fn open(app: &App, me: &Me, code: &str) -> Result<Course, Failure> {
    app.programme.may(me.caller(), Act::TRAINING_WRITE)?;
    let mut tx = app.programme.store.db.read().await?;
    Ok(courses::find(&app.programme, &mut tx, me.caller(), code).await?)
}

fn edit_page(app: &App, me: &Me, course: &Course, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let path = format!("/capacitacion/cursos/{}/datos", course.code);
    let seen = f.and_then(|f| f.number("version")).unwrap_or(course.version);
    let content = html! {
        (heading(html! { (w.t("training-edit")) }, html! { (super::title(app, w, course)) " · " (course.code) }))
        (error_summary(w, p))
        (form_post(&path, &me.session.csrf, &app.once(), html! {
            input type="hidden" name="version" value=(seen);
            (fields(app, me, f, Some(course), p))
            (actions(&[submit(&w.t("training-save")), button_link(&w.t("back"), &format!("/capacitacion/cursos/{}", course.code), Tone::Quiet)]))
        }))
    };
    let desk =
        Desk::new(app, me, "training-edit-window", path.as_str()).area(Place::Training).code(&course.code);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /capacitacion/cursos/{code}/datos`.
pub async fn change(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["version", "mode", "municipality", "room", "language", "threshold"])?;
    let course = open(&app, &me, &code).await?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let seen = f.number("version").unwrap_or_default();
    let outcome = courses::change(&app.programme, &mut work, me.caller(), (&course, seen), &read(f)).await;
    match finish(&app, &me, &posted, work, outcome, &format!("/capacitacion/cursos/{}", course.code)).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => edit_page(&app, &me, &course, Some(f), &p),
    }
}
