//! Somebody of the register: what is known of her, her courses, whether she is somebody else as well, and forgetting her.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::training::known::{self, Alike};
use ceiba_programme::training::people::{self, New};
use ceiba_programme::training::{Trainee, merge, roster};
use ceiba_programme::{Outcome, Programme};
use ceiba_store::Work;
use maud::{Markup, html};

use super::people::{FIELDS, fields, read, whence};
use super::roster::shown_name;
use super::{Institutions, days, title};
use crate::cases::{Done, finish};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Mood, Notice, Problems, Tone, actions, button, button_link, card, checks, empty_state,
    error_summary, form_post, heading, notice, radios, submit, tag, typed,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Place};

/// `GET /capacitacion/personas/{code}`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let (prog, caller) = (&app.programme, me.caller());
    let mut work = app.work(me).await?;
    let t = people::find(prog, work.tx(), caller, code).await?;
    let courses = roster::courses_of(prog, work.tx(), caller, t.id).await?;
    let gone = t.erased_at.is_some();
    let alike = if gone || t.merged_into.is_some() {
        Vec::new()
    } else {
        known::alike(prog, work.tx(), caller, &t.name, t.id).await?
    };
    let into = match t.merged_into {
        Some(id) => Some(people::get(prog, work.tx(), caller, id).await?),
        None => None,
    };
    let institutions = Institutions::read(work.tx()).await?;
    work.record("trainee.read", "trainee", t.id, [0; 32]).await?;
    work.commit().await?;
    let path = format!("/capacitacion/personas/{}", t.code);
    let writes = me.can(app, Act::TRAINING_WRITE) && !gone;
    let seen = f.and_then(|f| f.number("version")).unwrap_or(t.version);
    let new = f.filter(|f| f.ticked("name")).map_or_else(|| of(&t), read);
    let content = html! {
        (heading(html! { (shown_name(w, &t)) }, html! { (t.code) " · " (whence(app, me, &t, &institutions)) }))
        (error_summary(w, p))
        p class="actions" { (button_link(&w.t("training-people"), "/capacitacion/personas", Tone::Quiet)) }
        @if gone { (notice(w, Notice::Info, html! { p { (w.t("training-forgotten-text")) } })) }
        @if let Some(into) = &into { (merged(app, me, &path, &t, into)) }
        (card(&w.t("training-courses"), html! {
            @if courses.is_empty() { (empty_state(&w.t("training-courses-none"), html! {})) }
            ul class="tasks" { @for (c, r) in &courses { li {
                p { a href={ "/capacitacion/cursos/" (c.code) } { (title(app, w, c)) } " "
                    @if r.reached && c.state == "closed" { (tag(Mood::Ok, &w.t("training-completed-one"))) } }
                p class="quiet" { (days(w, c)) @if r.of > 0 { " · " (w.with("training-percent", &[("n", r.percent().into())])) } }
            } } }
        }))
        @if writes && into.is_none() {
            @if !alike.is_empty() { (same(app, me, &path, &t, (&alike, &institutions), p)) }
            details open[f.is_some_and(|f| f.ticked("name"))] { summary { (w.t("training-person-change")) }
                (form_post(&path, &me.session.csrf, &app.once(), html! {
                    input type="hidden" name="version" value=(seen);
                    (fields(app, me, &new, &institutions, p))
                    (actions(&[submit(&w.t("training-save"))]))
                }))
            }
            details open[p.of("sure").is_some()] { summary { (w.t("training-forget")) }
                (form_post(&format!("{path}/olvidar"), &me.session.csrf, &app.once(), html! {
                    p { (w.t("training-forget-text")) }
                    (checks(w, &Field::new("sure", w.t("training-forget-sure")).error(p.of("sure")), &[Choice::new("yes", w.t("training-forget-yes"))], &[]))
                    (actions(&[button(&w.t("training-forget"), Tone::Danger, "do", "forget")]))
                }))
            }
        }
    };
    let desk =
        Desk::new(app, me, "training-person-window", path.as_str()).area(Place::Training).code(&t.code);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn of(t: &Trainee) -> New {
    let text = |code: &Option<String>| code.clone().unwrap_or_default();
    New {
        name: t.name.clone(),
        audience: t.audience.clone(),
        institution: text(&t.institution),
        post: text(&t.post),
        partner_type: text(&t.partner_type),
        department: text(&t.department),
        municipality: text(&t.municipality),
        language: text(&t.language),
        sex: text(&t.sex),
    }
}

fn merged(app: &App, me: &Me, path: &str, t: &Trainee, into: &Trainee) -> Markup {
    let w = me.words(app);
    notice(
        w,
        Notice::Info,
        html! {
            p { (w.t("training-merged")) " " a href={ "/capacitacion/personas/" (into.code) } { (typed(&into.name)) " · " (into.code) } }
            @if me.can(app, Act::TRAINING_WRITE) && t.erased_at.is_none() {
                (form_post(&format!("{path}/separar"), &me.session.csrf, &app.once(), html! {
                    input type="hidden" name="version" value=(t.version);
                    (actions(&[button(&w.t("training-unmerge"), Tone::Quiet, "do", "undo")]))
                }))
            }
        },
    )
}

fn same(
    app: &App,
    me: &Me,
    path: &str,
    t: &Trainee,
    (alike, institutions): (&[Alike], &Institutions),
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let choices: Vec<Choice> = alike
        .iter()
        .map(|a| {
            let is = [("name", a.trainee.name.as_str().into()), ("code", a.trainee.code.as_str().into())];
            Choice::new(a.trainee.id.to_string(), w.with("training-is", &is)).hint(whence(
                app,
                me,
                &a.trainee,
                institutions,
            ))
        })
        .collect();
    card(
        &w.t("training-merge-title"),
        form_post(
            &format!("{path}/unir"),
            &me.session.csrf,
            &app.once(),
            html! {
                p { (w.t("training-merge-text")) }
                input type="hidden" name="version" value=(t.version);
                (radios(w, &Field::new("into", w.t("training-merge-into")).error(p.of("into")), &choices))
                (actions(&[button(&w.t("training-merge"), Tone::Quiet, "do", "merge")]))
            },
        ),
    )
}

/// One change of somebody from a form on her page.
async fn on_person(
    app: &App,
    me: &Me,
    code: &str,
    (posted, names): (&Posted, &[&str]),
    does: impl AsyncFnOnce(&Programme, &mut Work, &Trainee, &Fields) -> Outcome<()>,
) -> Answer {
    let f = posted.only(names)?;
    app.programme.may(me.caller(), Act::TRAINING_WRITE)?;
    let mut work = app.work(me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let t = people::find(&app.programme, work.tx(), me.caller(), code).await?;
    let outcome = does(&app.programme, &mut work, &t, f).await;
    match finish(app, me, posted, work, outcome, &format!("/capacitacion/personas/{}", t.code)).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(app, me, code, Some(f), &p).await,
    }
}

/// `POST /capacitacion/personas/{code}`.
pub async fn change(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let names: Vec<&str> = FIELDS.into_iter().chain(["version"]).collect();
    on_person(&app, &me, &code, (&posted, &names), async |p, work, t, f| {
        people::change(p, work, me.caller(), (t.id, f.number("version").unwrap_or_default()), &read(f)).await
    })
    .await
}

/// `POST /capacitacion/personas/{code}/unir`.
pub async fn join(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    on_person(&app, &me, &code, (&posted, &["version", "into", "do"]), async |p, work, t, f| {
        let seen = f.number("version").unwrap_or_default();
        // Nothing chosen is herself, whom the programme refuses with a sentence.
        merge::merge(p, work, me.caller(), (t.id, seen), f.id("into").unwrap_or(t.id)).await
    })
    .await
}

/// `POST /capacitacion/personas/{code}/separar`.
pub async fn part(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    on_person(&app, &me, &code, (&posted, &["version", "do"]), async |p, work, t, f| {
        merge::undo(p, work, me.caller(), (t.id, f.number("version").unwrap_or_default())).await
    })
    .await
}

/// `POST /capacitacion/personas/{code}/olvidar`.
pub async fn forget(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let answer = on_person(&app, &me, &code, (&posted, &["sure", "do"]), async |p, work, t, f| {
        people::forget(p, work, me.caller(), t.id, f.ticked("sure")).await
    })
    .await?;
    app.programme.store.db.forget().await?;
    Ok(answer)
}
