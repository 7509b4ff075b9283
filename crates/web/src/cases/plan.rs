//! The life plan: her goals in her words. A second writer sees both versions.

use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use ceiba_access::Act;
use ceiba_programme::cases::plan::{self, Goal, LifeProject};
use ceiba_programme::entries::{self, Entry};
use ceiba_programme::{ProgrammeError, cases};
use maud::{Markup, html};
use uuid::Uuid;

use super::frame::{self, Opened};
use super::{Done, finish, history, typed_in};
use crate::me::Me;
use crate::parts::{
    Choice, DateParts, Field, Kind, Notice, Problems, Tone, Version, actions, button, card, checks,
    clock_due_at, conflict_card, date_fields, error_summary, facts_list, form_post, goal_field, goal_scale,
    notice, radios, select, submit, text_area, text_field, typed, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::{iso_day, keyed};
use crate::{Answer, App};

const FIELDS: [&str; 12] = [
    "domain", "words", "need", "strength", "level", "with_her", "step", "step_who", "by", "version",
    "choice", "conflict",
];

/// `GET /casos/{code}/plan`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "plan").await?;
    let (prog, caller) = (&app.programme, me.caller());
    let grant = prog.may_on(caller, Act::READ_SOCIAL, o.id(), &o.file.situation)?;
    let goals = plan::list(prog, work.tx(), caller, &grant, o.id()).await?;
    let agreed = plan::agreement(prog, work.tx(), caller, &grant, o.id()).await?;
    let dream = plan::life_project(prog, work.tx(), caller, &grant, o.id()).await?;
    let overdue = agreed.as_ref().and_then(|a| a.head.due_at).is_some_and(|due| due < work.at());
    let o = o.settle(work).await?;
    let write = o.can(app, me, Act::PLAN_WRITE);
    let content = html! {
        (error_summary(w, p))
        (card(&w.t("care-dream-title"), dream_card(app, me, &o, dream.as_ref(), write, f, p)))
        @if overdue { (notice(w, Notice::Warning, html! { p { (w.t("care-review-late")) } })) }
        @if goals.is_empty() { (notice(w, Notice::Info, html! { (w.t("plan-empty")) })) }
        @for g in &goals { (goal(app, me, &o, g, write)) }
        @if let Some(a) = &agreed {
            p { (w.t("plan-agreed-on")) " " (w.date(app.local(a.head.created_at).date())) " · "
                @if let Some(due) = a.head.due_at { (w.t("plan-review")) " " (clock_due_at(w, app.local(due), app.now())) } }
        }
        @if !goals.is_empty() {
            p { a href=(o.path("plan/imprimir")) { (w.t("plan-print-link")) } }
        }
        @if write && !goals.is_empty() {
            (card(&w.t(if agreed.is_some() { "care-review-title" } else { "plan-agree-title" }), form_post(&o.path("plan/acuerdo"), &me.session.csrf, &app.once(), html! {
                (radios(w, &Field::new("how", w.t("plan-agree-how")).error(p.of("how")), &keyed(w, "how", &["signed", "thumb", "spoken"])))
                (actions(&[button(&w.t(if agreed.is_some() { "care-review-send" } else { "plan-agree-send" }), Tone::Quiet, "go", "1")]))
            })))
        }
        @if write {
            (card(&w.t("goal-new"), form_post(&o.path("plan"), &me.session.csrf, &app.once(), html! {
                @let domains: Vec<&str> = prog.pack.domains.iter().map(String::as_str).collect();
                (select(w, &Field::new("domain", w.t("goal-domain")).value(typed_in(f, "domain")).error(p.of("domain")), &keyed(w, "domain", &domains)))
                (fields(app, me, f, None, p))
                (actions(&[submit(&w.t("save"))]))
            })))
        }
    };
    Ok(super::with_status(frame::page(app, me, &o, "plan", content), p))
}

/// Her life project in her words, and the form to write it again.
fn dream_card(
    app: &App,
    me: &Me,
    o: &Opened,
    dream: Option<&Entry<LifeProject>>,
    write: bool,
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let was = dream.map_or("", |d| d.body.words.as_str());
    let typed_now = typed_in(f, "dream");
    html! {
        @match dream {
            Some(d) => { p class="lead" { "«" (typed(&d.body.words)) "»" } (history::link(w, o, &d.head)) }
            None => { p { (w.t("care-dream-none")) } }
        }
        @if write {
            details class="why" open[p.of("dream").is_some()] {
                summary { (w.t("care-dream-write")) }
                (form_post(&o.path("plan/proyecto"), &me.session.csrf, &app.once(), html! {
                    @if let Some(d) = dream { input type="hidden" name="version" value=(d.head.version); }
                    (text_area(w, &Field::new("dream", w.t("care-dream")).hint(w.t("care-dream-hint")).value(if typed_now.is_empty() { was } else { typed_now }).error(p.of("dream")).rows(3)))
                    (actions(&[button(&w.t("save"), Tone::Quiet, "go", "1")]))
                }))
            }
        }
    }
}

fn goal(app: &App, me: &Me, o: &Opened, g: &Entry<Goal>, write: bool) -> Markup {
    let w = me.words(app);
    let domain = w.t(&format!("domain-{}", g.head.code.as_deref().unwrap_or("home")));
    card(
        &domain,
        html! {
            p class="lead" { "«" (typed(&g.body.words)) "»" }
            (goal_scale(w, Some(g.body.level)))
            p class="quiet" {
                (w.t(if g.body.rated_with_her { "goal-rated-with" } else { "goal-rated-without" })) " · "
                (w.date(app.local(g.head.changed_at).date()))
            }
            (facts_list(&[
                (&w.t("goal-need"), typed_block(&g.body.need)),
                (&w.t("goal-strength"), typed_block(&g.body.strength)),
                (&w.t("goal-step"), html! { (typed(&g.body.step)) " " (typed(&g.body.step_who)) " " (iso_day(w, Some(&g.body.step_by))) }),
            ]))
            @if write { p { a href=(o.path(&format!("plan/{}", g.head.id))) { (w.t("goal-change")) } } }
            (history::link(w, o, &g.head))
        },
    )
}

fn fields(app: &App, me: &Me, f: Option<&Fields>, g: Option<&Goal>, p: &Problems) -> Markup {
    let w = me.words(app);
    let value = |name: &str, was: Option<&String>| {
        f.map_or_else(|| was.cloned().unwrap_or_default(), |f| f.text(name).to_owned())
    };
    let field = |name: &str, key: &str, was: Option<&String>| {
        Field::new(name, w.t(key)).value(value(name, was)).error(p.of(name))
    };
    let level =
        f.map_or_else(|| g.map_or("-2".to_owned(), |g| g.level.to_string()), |f| f.text("level").to_owned());
    let with: &[&str] =
        if f.map_or(g.is_some_and(|g| g.rated_with_her), |f| f.ticked("with_her")) { &["yes"] } else { &[] };
    let by = f.map_or_else(
        || {
            g.and_then(|g| g.step_by.parse().ok())
                .map_or_else(DateParts::default, |d| DateParts::of(d, false))
        },
        |f| f.day_parts("by"),
    );
    html! {
        (text_area(w, &field("words", "goal-words", g.map(|g| &g.words)).hint(w.t("goal-words-hint")).rows(2)))
        (goal_field(w, &Field::new("level", w.t("goal-level")).value(level).error(p.of("level")), &Default::default()))
        (checks(w, &Field::new("with_her", w.t("goal-with-her")), &[Choice::new("yes", w.t("goal-with-her-yes"))], with))
        (text_area(w, &field("need", "goal-need", g.map(|g| &g.need)).rows(2)))
        (text_area(w, &field("strength", "goal-strength", g.map(|g| &g.strength)).rows(2)))
        (text_field(w, &field("step", "goal-step", g.map(|g| &g.step)), Kind::Text))
        (text_field(w, &field("step_who", "goal-step-who", g.map(|g| &g.step_who)), Kind::Text))
        (date_fields(w, &Field::new("by", w.t("goal-step-by")).error(p.of("step_by")), &by, false))
    }
}

fn read(f: &Fields) -> Goal {
    Goal {
        words: f.text("words").to_owned(),
        need: f.text("need").to_owned(),
        strength: f.text("strength").to_owned(),
        level: f.text("level").parse().unwrap_or(-3),
        rated_with_her: f.ticked("with_her"),
        step: f.text("step").to_owned(),
        step_who: f.text("step_who").to_owned(),
        step_by: f.day("by"),
        counted: None,
    }
}

/// `POST /casos/{code}/plan`: a new goal.
pub async fn add(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&FIELDS)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let done = plan::add(&app.programme, &mut work, me.caller(), id, f.text("domain"), &read(f)).await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/plan")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, Some(f), &p).await,
    }
}

/// `POST /casos/{code}/plan/acuerdo`.
pub async fn agree(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["how", "go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let done = plan::agree(&app.programme, &mut work, me.caller(), id, f.text("how")).await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/plan")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, None, &p).await,
    }
}

/// `POST /casos/{code}/plan/proyecto`: her life project.
pub async fn dream(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["version", "dream", "go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let new = (f.number("version"), f.text("dream"));
    let done = plan::dream(&app.programme, &mut work, me.caller(), id, new).await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/plan")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, Some(f), &p).await,
    }
}

/// `GET /casos/{code}/plan/{id}`: one goal, to change.
pub async fn edit(State(app): State<App>, me: Me, Path((code, id)): Path<(String, Uuid)>) -> Answer {
    edit_page(&app, &me, &code, id, None, &Problems::new(), false).await
}

async fn edit_page(
    app: &App,
    me: &Me,
    code: &str,
    id: Uuid,
    f: Option<&Fields>,
    p: &Problems,
    stale: bool,
) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "plan").await?;
    let (prog, caller) = (&app.programme, me.caller());
    let grant = prog.may_case(work.tx(), caller, Act::PLAN_WRITE, o.id()).await?;
    let g: Entry<Goal> = entries::get(prog, work.tx(), caller, &grant, o.id(), id).await?;
    let changed_by = entries::changed_by(work.tx(), id).await?;
    let o = o.settle(work).await?;
    let version = g.head.version;
    let content = html! {
        (error_summary(w, p))
        (form_post(&o.path(&format!("plan/{id}")), &me.session.csrf, &app.once(), html! {
            input type="hidden" name="version" value=(version);
            @if stale {
                input type="hidden" name="conflict" value="1";
                @let who = changed_by.unwrap_or(g.head.author);
                @let theirs = Version { text: told(w, &g.body), who: o.names.of(w, who), at: app.local(g.head.changed_at) };
                @let mine = Version { text: f.map_or_else(String::new, |f| told(w, &read(f))), who: me.session.name.clone(), at: app.now() };
                (conflict_card(w, "choice", &w.t("goal-level"), &theirs, &mine, app.now()))
            }
            (fields(app, me, f, Some(&g.body), p))
            (actions(&[submit(&w.t("save"))]))
        }))
        (history::link(w, &o, &g.head))
    };
    let response = frame::page(app, me, &o, "plan", content);
    Ok(if stale {
        (axum::http::StatusCode::CONFLICT, response).into_response()
    } else {
        super::with_status(response, p)
    })
}

/// A goal in a line, for two versions side by side.
fn told(w: &crate::Words, g: &Goal) -> String {
    format!("«{}» · {} {} · {}", g.words, w.t("goal-level"), g.level, g.step)
}

/// `POST /casos/{code}/plan/{id}`: changes a goal. Whoever comes second chooses; nothing is lost.
pub async fn change(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&FIELDS)?;
    let to = format!("/casos/{code}/plan");
    if f.text("choice") == "theirs" {
        return Ok(crate::see_other(&to));
    }
    // Nothing is chosen for her: until she says which one stays, nobody's version is replaced.
    if f.ticked("conflict") && f.text("choice") != "mine" {
        return edit_page(&app, &me, &code, id, Some(f), &Problems::new(), true).await;
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    let seen = f.number("version").unwrap_or(0);
    let done = plan::change(&app.programme, &mut work, me.caller(), (case, id, seen), &read(f)).await;
    if matches!(done, Err(ProgrammeError::Stale)) {
        drop(work);
        return edit_page(&app, &me, &code, id, Some(f), &Problems::new(), true).await;
    }
    match finish(&app, &me, &posted, work, done, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => edit_page(&app, &me, &code, id, Some(f), &p, false).await,
    }
}
