//! Who has a place in a course, how far each has come, and giving places to whoever is in the register already.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::training::{counting, courses, people, roster};
use ceiba_programme::{Outcome, Problem, ProgrammeError};
use maud::html;

use super::{Institutions, title};
use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Column, Field, Kind, Mood, Problems, Table, Tone, actions, button, button_link, card, empty_state,
    error_summary, form_post, heading, submit, tag, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Place};

/// `GET /capacitacion/cursos/{code}/personas`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let (prog, caller) = (&app.programme, me.caller());
    prog.may(caller, Act::TRAINEE_READ)?;
    let mut work = app.work(me).await?;
    let course = courses::find(prog, work.tx(), caller, code).await?;
    let all = roster::of(prog, work.tx(), caller, course.id).await?;
    let reached: BTreeMap<_, _> =
        counting::reached(prog, work.tx(), caller, &course).await?.into_iter().map(|r| (r.who, r)).collect();
    let institutions = Institutions::read(work.tx()).await?;
    work.record("training.roster", "course", course.id, [0; 32]).await?;
    work.commit().await?;
    let path = format!("/capacitacion/cursos/{}/personas", course.code);
    let writes = me.can(app, Act::TRAINING_WRITE) && course.state == "open";
    let columns = ["training-name", "training-institution", "training-post", "training-present"];
    let table = Table::new(w.t("training-roster"), columns.map(|k| Column::new(w.t(k))).to_vec())
        .cards()
        .rows(all.iter().map(|s| {
            let post = s.post.as_deref().unwrap_or_default();
            let hers = reached.get(&s.trainee.id);
            vec![
                html! {
                    a href={ "/capacitacion/personas/" (s.trainee.code) } { (shown_name(w, &s.trainee)) }
                    div class="quiet" { (s.trainee.code) }
                },
                html! { (institutions.of(app, w, s.institution.as_deref().unwrap_or_default())) },
                html! { (app.code(me, "training_posts", post)) },
                html! { @if let Some(r) = hers.filter(|r| r.of > 0) {
                    (w.with("training-percent", &[("n", r.percent().into())])) " "
                    @if r.reached { (tag(Mood::Ok, &w.t("training-reaches"))) }
                } @else { (w.t("training-not-yet")) } },
            ]
        }));
    let content = html! {
        (heading(html! { (w.t("training-roster")) }, html! { (title(app, w, &course)) " · " (course.code) " · " (w.with("training-people-n", &[("n", all.len().into())])) }))
        (error_summary(w, p))
        p class="actions" {
            (button_link(&w.t("training-badges"), &format!("/capacitacion/cursos/{}/gafetes", course.code), Tone::Quiet))
            (button_link(&w.t("training-back-course"), &format!("/capacitacion/cursos/{}", course.code), Tone::Quiet))
        }
        @if writes {
            (card(&w.t("training-enrol"), html! {
                p { (w.t("training-enrol-text")) }
                (form_post(&path, &me.session.csrf, &app.once(), html! {
                    (text_field(w, &Field::new("person", w.t("training-code")).hint(w.t("training-code-hint")).value(typed_in(f, "person")).error(p.of("person")), Kind::Text))
                    (actions(&[submit(&w.t("training-enrol")), button_link(&w.t("training-person-new"), &format!("/capacitacion/personas/nueva?curso={}", course.code), Tone::Quiet)]))
                }))
            }))
        }
        @if all.is_empty() { (empty_state(&w.t("training-roster-none"), html! {})) } @else { (table.show(w)) }
        @if writes && !all.is_empty() {
            details { summary { (w.t("training-leave")) }
                (form_post(&format!("{path}/quitar"), &me.session.csrf, &app.once(), html! {
                    p { (w.t("training-leave-text")) }
                    (text_field(w, &Field::new("person", w.t("training-code")).id("f-leaves"), Kind::Text))
                    (actions(&[button(&w.t("training-leave"), Tone::Danger, "do", "leave")]))
                }))
            }
        }
    };
    let desk =
        Desk::new(app, me, "training-roster-window", path.as_str()).area(Place::Training).code(&course.code);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// Her name, or that there is none any more.
pub(super) fn shown_name(w: &crate::Words, t: &ceiba_programme::training::Trainee) -> maud::Markup {
    if t.name.is_empty() {
        html! { (w.t("training-forgotten")) }
    } else {
        typed(&t.name)
    }
}

/// `POST /capacitacion/cursos/{code}/personas`.
pub async fn enrol(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    change(&app, &me, &code, (&posted, &["person"]), true).await
}

/// `POST /capacitacion/cursos/{code}/personas/quitar`.
pub async fn leave(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    change(&app, &me, &code, (&posted, &["person", "do"]), false).await
}

async fn change(app: &App, me: &Me, code: &str, (posted, names): (&Posted, &[&str]), comes: bool) -> Answer {
    let f = posted.only(names)?;
    let (prog, caller) = (&app.programme, me.caller());
    prog.may(caller, Act::TRAINING_WRITE)?;
    prog.may(caller, Act::TRAINEE_READ)?;
    let mut work = app.work(me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let course = courses::find(prog, work.tx(), caller, code).await?;
    let nobody = || ProgrammeError::Invalid(vec![Problem { field: "person", key: "problem-training-code" }]);
    let outcome: Outcome<()> = match people::find(prog, work.tx(), caller, f.text("person")).await {
        Ok(t) => {
            let who = t.merged_into.unwrap_or(t.id);
            if comes {
                roster::enrol(prog, &mut work, caller, &course, who).await.map(drop)
            } else {
                roster::leave(prog, &mut work, caller, &course, who).await.map_err(|e| match e {
                    ProgrammeError::Refused(ceiba_access::Refusal::Absent) => nobody(),
                    other => other,
                })
            }
        }
        Err(ProgrammeError::Refused(ceiba_access::Refusal::Absent)) => Err(nobody()),
        Err(e) => Err(e),
    };
    // Whoever has a place already changes nothing, and what changes nothing leaves no entry by itself.
    work.record("training.roster", "course", course.id, [0; 32]).await?;
    match finish(app, me, posted, work, outcome, &format!("/capacitacion/cursos/{}/personas", course.code))
        .await?
    {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(app, me, code, Some(f), &p).await,
    }
}

/// `GET /capacitacion/cursos/{code}/gafetes`: badges to cut out, a name and a code each.
pub async fn badges(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    let w = me.words(&app);
    let (prog, caller) = (&app.programme, me.caller());
    prog.may(caller, Act::TRAINEE_READ)?;
    let mut work = app.work(&me).await?;
    let course = courses::find(prog, work.tx(), caller, &code).await?;
    let all = roster::of(prog, work.tx(), caller, course.id).await?;
    let institutions = Institutions::read(work.tx()).await?;
    work.record("training.roster", "course", course.id, [0; 32]).await?;
    work.commit().await?;
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("training-print-how")) }
            (button_link(&w.t("back"), &format!("/capacitacion/cursos/{}/personas", course.code), Tone::Quiet))
        }
        (heading(html! { (w.t("training-badges")) }, html! { (title(&app, w, &course)) }))
        @if all.is_empty() { (empty_state(&w.t("training-roster-none"), html! {})) }
        ul class="badges" { @for s in &all { li {
            p class="lead" { (shown_name(w, &s.trainee)) }
            p { (institutions.of(&app, w, s.institution.as_deref().unwrap_or_default())) }
            p class="code" { (s.trainee.code) }
        } } }
    };
    let path = format!("/capacitacion/cursos/{}/gafetes", course.code);
    Ok(Desk::new(&app, &me, "training-badges-window", path)
        .area(Place::Training)
        .code(&course.code)
        .body(content))
}
