//! The summary: what comes next, consents at a glance, what is open. For a new case: the first five acts.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases::consent::{self, Consent};
use ceiba_programme::cases::followup::due;
use ceiba_programme::cases::plan::{self, Goal};
use ceiba_programme::cases::tasks::Task;
use ceiba_programme::cases::{PHASES, tasks};
use ceiba_programme::entries::{self, Entry};
use ceiba_programme::route::{signing, steps};
use ceiba_programme::{ProgrammeError, cases};
use maud::{Markup, html};
use uuid::Uuid;

use super::changed::{self, Both, Said};
use super::frame::{self, Opened, risk};
use super::{Done, finish, follow, history};
use crate::me::Me;
use crate::parts::{
    Field, Kind, Mood, Problems, Tone, actions, button, button_link, card, clock_due_at, date_fields,
    error_summary, form_post, goal_scale, select, submit, tag, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App, see_other};

/// `GET /casos/{code}`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "").await?;
    let grant = &o.file.grant;
    let (prog, caller) = (&app.programme, me.caller());
    let consents: Vec<Entry<Consent>> = consent::list(prog, work.tx(), caller, grant, o.id()).await?;
    let social = o.can(app, me, Act::READ_SOCIAL);
    let goals: Vec<Entry<Goal>> = if social {
        let grant = prog.may_on(caller, Act::READ_SOCIAL, o.id(), &o.file.situation)?;
        plan::list(prog, work.tx(), caller, &grant, o.id()).await?
    } else {
        vec![]
    };
    let todo: Vec<Entry<Task>> =
        entries::list(prog, work.tx(), caller, grant, (o.id(), ceiba_access::Folder::Social)).await?;
    let birth = &o.file.person.core.birth;
    let missing = ceiba_programme::clinic::appointments::missing(prog, work.tx(), o.id(), birth).await?;
    let clocks = if o.can(app, me, Act::ROUTE_READ) {
        steps::clocks(prog, work.tx(), caller, o.id()).await?
    } else {
        vec![]
    };
    let marks = signing::marks(prog, work.tx()).await?;
    let looks = due::of(prog, work.tx(), &o.file.case).await?;
    let again = due::again(work.tx(), o.id()).await?;
    let o = o.settle(work).await?;
    let sleeps = prog.pack.sites.iter().any(|s| s.code == o.file.case.site && s.house.is_some());
    let open: Vec<_> = todo.iter().rev().filter(|t| t.head.state == "open").collect();
    let content = html! {
        (error_summary(w, p))
        p { (w.t("case-risk")) " " (risk(w, &o.file.case.risk)) }
        (chips(app, me, &o, &consents))
        (follow::next(app, me, &o, &looks, again.as_deref()))
        (card(&w.t("case-next"), html! {
            @if open.is_empty() { p { (w.t("nothing-due")) } }
            ul class="tasks" { @for t in &open { li { (task(app, me, &o, t)) } } }
            @if o.can(app, me, Act::TASK_WRITE) { (give(app, me, &o, f, p)) }
        }))
        (crate::route::urgent(app, me, &marks, &o, &clocks))
        @if social { (card(&w.t("section-plan"), html! {
            @if goals.is_empty() { p { (w.t("plan-empty")) } }
            @for g in goals.iter().take(6) {
                p { (w.t(&format!("domain-{}", g.head.code.as_deref().unwrap_or("home")))) ": «" (typed(&g.body.words)) "»" }
                (goal_scale(w, Some(g.body.level)))
            }
            p { (button_link(&w.t("section-plan"), &o.path("plan"), Tone::Quiet)) }
        })) }
        (crate::clinic::booking::missing(app, me, o.code(), &o.file.case.state, &missing))
        (phase(app, me, &o))
        p class="actions" {
            @if o.can(app, me, Act::WRITE_SOCIAL) { (button_link(&w.t("person-title"), &o.path("persona"), Tone::Quiet)) }
            @if o.can(app, me, Act::READ_IDENTITY) { (button_link(&w.t("identity-link"), &o.path("identidad"), Tone::Quiet)) }
            @if sleeps {
                @if o.can(app, me, Act::PLAN_WRITE) { (button_link(&w.t("exit-title"), &o.path("egreso"), Tone::Quiet)) }
                @if o.can(app, me, Act::VISIT_AUTHORISE) { (button_link(&w.t("visits-today"), &o.path("visitas"), Tone::Quiet)) }
            }
            @if o.can(app, me, Act::CLOSE_ASK) || o.can(app, me, Act::CLOSE_APPROVE) || o.file.case.state == "closed" {
                (button_link(&w.t("closing-link"), &o.path("cierre"), Tone::Quiet))
            }
            @if o.can(app, me, Act::ERASE_ASK) || o.can(app, me, Act::HOLD_SET) { (button_link(&w.t("erasure-title"), &o.path("borrado"), Tone::Quiet)) }
            @if o.can(app, me, Act::WRITE_SOCIAL) { (button_link(&w.t("case-screen"), &format!("/deteccion/{}/conversation-guide", o.id()), Tone::Quiet)) }
        }
    };
    Ok(super::with_status(frame::page(app, me, &o, "", content), p))
}

/// Consents as chips: what was allowed, what was not.
fn chips(app: &App, me: &Me, o: &Opened, consents: &[Entry<Consent>]) -> Markup {
    let w = me.words(app);
    html! {
        p class="chips" {
            @if consents.is_empty() { (tag(Mood::No, &w.t("consent-none"))) }
            @for c in consents.iter().filter(|c| c.head.state == "live" || c.head.state == "refused") {
                a href=(o.path("permisos")) {
                    @let name = app.code(me, "consent_scopes", c.head.code.as_deref().unwrap_or_default());
                    @if c.head.state == "live" { (tag(Mood::Ok, &format!("{name}: {}", w.t("yes")))) }
                    @else { (tag(Mood::No, &format!("{name}: {}", w.t("no")))) }
                }
            }
        }
    }
}

fn task(app: &App, me: &Me, o: &Opened, t: &Entry<Task>) -> Markup {
    let w = me.words(app);
    html! {
        p {
            @match &t.head.code { Some(code) => { (w.t(&format!("task-{code}"))) } None => { (typed(&t.body.text)) } }
            " · " @if let Some(due) = t.head.due_at { (clock_due_at(w, app.local(due), app.now())) }
            @if let Some(owner) = t.head.owner { " · " (typed(&o.names.of(w, owner))) }
        }
        (history::link(w, o, &t.head))
        @if o.can(app, me, Act::TASK_WRITE) {
            (form_post(&o.path(&format!("tareas/{}", t.head.id)), &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(t.head.version);
                (actions(&[button(&w.t("task-done"), Tone::Quiet, "state", "done")]))
            }))
        }
    }
}

fn give(app: &App, me: &Me, o: &Opened, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let people: Vec<_> = o
        .team
        .iter()
        .map(|m| crate::parts::Choice::new(m.account.to_string(), o.names.of(w, m.account)))
        .collect();
    html! {
        details class="why" open[!p.is_empty()] {
            summary { (w.t("task-new")) }
            (form_post(&o.path("tareas"), &me.session.csrf, &app.once(), html! {
                (text_field(w, &Field::new("text", w.t("task-text")).value(super::typed_in(f, "text")).error(p.of("text")), Kind::Text))
                (date_fields(w, &Field::new("due", w.t("task-due")).error(p.of("due")), &f.map(|f| f.day_parts("due")).unwrap_or_default(), false))
                (select(w, &Field::new("owner", w.t("task-owner")).value(super::typed_in(f, "owner")).error(p.of("owner")), &people))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

fn phase(app: &App, me: &Me, o: &Opened) -> Markup {
    let w = me.words(app);
    html! {
        @if o.can(app, me, Act::PLAN_WRITE) {
            (card(&w.t("case-phase"), form_post(&o.path("fase"), &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(o.file.case.version);
                (select(w, &Field::new("phase", w.t("case-phase")).value(&o.file.case.phase), &keyed(w, "phase", &PHASES)))
                (actions(&[button(&w.t("save"), Tone::Quiet, "go", "1")]))
            })))
        }
    }
}

/// `POST /casos/{code}/tareas`.
pub async fn add_task(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["text", "due", "owner"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let given = (f.text("text"), f.day("due"), f.id("owner"));
    let done = tasks::give(&app.programme, &mut work, me.caller(), id, (given.0, &given.1, given.2)).await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, Some(f), &p).await,
    }
}

/// `POST /casos/{code}/tareas/{id}`: done.
pub async fn set_task(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["version", "state", "back", changed::FIELDS[0], changed::FIELDS[1]])?;
    let to = match f.text("back") {
        "hoy" => "/hoy".to_owned(),
        "busqueda" => format!("/casos/{code}/busqueda"),
        _ => format!("/casos/{code}"),
    };
    let mine = || w_state(me.words(&app), f.text("state"));
    let again = (code.as_str(), "", id);
    match changed::said(f) {
        Said::Mine => {}
        Said::Theirs => return Ok(see_other(&to)),
        Said::Nothing => return changed::entry(&app, &me, again, (format!("tareas/{id}"), mine()), f).await,
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    let seen = f.number("version").unwrap_or(0);
    let done = f.text("state") == "done";
    match tasks::set(&app.programme, &mut work, me.caller(), (case, id, seen), done).await {
        Ok(()) => posted.commit(work, &to).await,
        Err(ProgrammeError::Stale) => {
            drop(work);
            changed::entry(&app, &me, again, (format!("tareas/{id}"), mine()), f).await
        }
        Err(e) => Err(e.into()),
    }
}

/// What a task becomes, in words.
fn w_state(w: &crate::Words, state: &str) -> String {
    w.t(if state == "done" { "state-task-done" } else { "state-task-open" })
}

/// `POST /casos/{code}/fase`.
pub async fn set_phase(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["version", "phase", "go", changed::FIELDS[0], changed::FIELDS[1]])?;
    match changed::said(f) {
        Said::Mine => {}
        Said::Theirs => return Ok(see_other(&format!("/casos/{code}"))),
        Said::Nothing => return phase_changed(&app, &me, &code, f).await,
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    let set = cases::set_phase(
        &app.programme,
        &mut work,
        me.caller(),
        case,
        f.text("phase"),
        f.number("version").unwrap_or(0),
    );
    let set = set.await;
    if set.is_err() {
        drop(work);
        return match set {
            Err(ProgrammeError::Stale) => phase_changed(&app, &me, &code, f).await,
            Err(ProgrammeError::Invalid(_)) | Ok(()) => Ok(see_other(&format!("/casos/{code}"))),
            Err(e) => Err(e.into()),
        };
    }
    posted.commit(work, &format!("/casos/{code}")).await
}

/// Somebody moved the case meanwhile: both phases, with who set the saved one.
async fn phase_changed(app: &App, me: &Me, code: &str, f: &Fields) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "").await?;
    let log = ceiba_store::ledger::about(work.tx(), o.id(), 200).await?;
    work.commit().await?;
    let last = log.iter().find(|l| l.action == "case.phase");
    let phase = |code: &str| w.t(&format!("phase-{code}"));
    let both = Both {
        label: w.t("case-phase"),
        theirs: phase(&o.file.case.phase),
        by: (last.map(|l| l.actor), last.map_or(o.file.case.opened_at, |l| l.at)),
        mine: PHASES.iter().find(|p| **p == f.text("phase")).map_or_else(String::new, |p| phase(p)),
        seen: o.file.case.version.to_string(),
        action: o.path("fase"),
        back: o.path(""),
    };
    Ok(both.in_file(app, me, &o, "", f))
}
