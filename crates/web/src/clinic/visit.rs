//! One visit: what she came for, what a desk has to say, her case, and where she goes next.

use axum::extract::{Path, State};
use ceiba_access::{Act, Folder};
use ceiba_programme::clinic::{self, Remark, Visit, WalkIn};
use ceiba_programme::entries::Entry;
use ceiba_programme::{ProgrammeError, cases};
use ceiba_store::DAY;
use maud::{Markup, html};
use uuid::Uuid;

use super::{desk, urgency};
use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Notice, Problems, Tone, actions, button, button_link, button_off, card, checks,
    clock_ago, error_summary, form_post, heading, notice, select, submit, text_area, text_field, typed,
    typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::Names;
use crate::{Answer, App, Place};

/// What the page knows of a visit.
struct Shown {
    visit: Visit,
    said: WalkIn,
    remarks: Vec<Entry<Remark>>,
    names: Names,
    /// The code of her case, if the reader may know of it.
    code: Option<String>,
    /// Whether the reader may write in the folder of this desk.
    writes: bool,
}

/// `GET /clinica/visitas/{id}`.
pub async fn show(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    page(&app, &me, id, None, &Problems::new()).await
}

async fn read(app: &App, me: &Me, id: Uuid) -> Result<Shown, crate::Failure> {
    let (p, caller) = (&app.programme, me.caller());
    let mut work = app.work(me).await?;
    let (visit, grant) = clinic::open(p, work.tx(), caller, Act::CLINIC_READ, id).await?;
    let said = clinic::said(p, work.tx(), caller, &grant, &visit).await?;
    let remarks = clinic::remarks(p, work.tx(), caller, &grant, &visit).await?;
    let names = Names::read(app, work.tx()).await?;
    let (mut code, mut writes) = (None, false);
    if let Some(case) = visit.case {
        if p.may_case(work.tx(), caller, Act::CASE_READ, case).await.is_ok() {
            code = Some(cases::lookup(work.tx(), case).await?.code);
        }
        if let Some(folder) = p.pack.clinic.desk(&visit.desk).and_then(|d| Folder::find(&d.folder)) {
            writes = p.may_case(work.tx(), caller, folder.write(), case).await.is_ok();
        }
    }
    work.record("clinic.visit", "visit", id, [0; 32]).await?;
    work.commit().await?;
    Ok(Shown { visit, said, remarks, names, code, writes })
}

async fn page(app: &App, me: &Me, id: Uuid, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let s = read(app, me, id).await?;
    let v = &s.visit;
    let path = format!("/clinica/visitas/{id}");
    let clock = app.programme.pack.clinic.urgency(&v.urgency).is_some_and(|u| u.clock);
    let number = w.with("clinic-number", &[("number", (&v.number).into())]);
    let content = html! {
        (heading(html! { (number) @if !s.said.chosen_name.is_empty() { " · " (typed(&s.said.chosen_name)) } }, html! {
            (desk(app, me, &v.desk)) " · " (w.t("clinic-arrived")) " " (clock_ago(w, app.local(v.arrived_at), app.now()))
        }))
        (error_summary(w, p))
        p { (urgency(app, me, &v.urgency)) " " (w.t(&format!("clinic-state-{}", v.state)))
            @if let Some(by) = v.attended_by { " · " (typed(&s.names.of(w, by))) } }
        @if clock {
            (notice(w, Notice::Warning, html! {
                p { (w.t("clinic-clock-first")) }
                p { (button_link(&w.t("clinic-clock"), &format!("{path}/reloj"), Tone::Primary)) }
            }))
        } @else { p { a href={ (path) "/reloj" } { (w.t("clinic-clock")) } } }
        @if !s.said.remark.is_empty() { (card(&w.t("clinic-remark"), typed_block(&s.said.remark))) }
        @for r in &s.remarks {
            (card(&w.t("clinic-note"), html! {
                (typed_block(&r.body.text))
                p class="quiet" { (desk(app, me, r.head.code.as_deref().unwrap_or_default())) " · " (typed(&s.names.of(w, r.head.author))) " · " (w.moment(app.local(r.head.created_at))) }
            }))
        }
        @match v.state.as_str() {
            "waiting" => {
                (waiting(app, me, v, &path))
                @if v.case.is_some() { (case(app, me, &s, f, p, &path)) }
            },
            "attending" => {
                @if v.erased_at.is_none() { (note(app, me, &s, f, p, &path)) (case(app, me, &s, f, p, &path)) }
                (on(app, me, v, &path))
            },
            _ if v.erased_at.is_some() => {},
            _ => (case(app, me, &s, f, p, &path)),
        }
        @if v.case.is_none() { (forget(app, me, v, p, &path)) }
        p { (button_link(&w.t("clinic-back"), "/clinica", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "clinic-visit-window", path.clone()).area(Place::Clinic);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn version(v: &Visit) -> Markup {
    html! { input type="hidden" name="version" value=(v.version); }
}

fn waiting(app: &App, me: &Me, v: &Visit, path: &str) -> Markup {
    let w = me.words(app);
    html! {
        (form_post(&format!("{path}/llamar"), &me.session.csrf, &app.once(), actions(&[
            button(&w.with("clinic-call", &[("number", (&v.number).into())]), Tone::Primary, "go", "1"),
        ])))
        details class="why" {
            summary { (w.t("clinic-left")) }
            (form_post(&format!("{path}/paso"), &me.session.csrf, &app.once(), html! {
                (version(v))
                p { (w.t("clinic-left-text")) }
                (actions(&[button(&w.t("clinic-left-send"), Tone::Quiet, "step", "left")]))
            }))
        }
    }
}

/// What this desk has to say, and where it is kept.
fn note(app: &App, me: &Me, s: &Shown, f: Option<&Fields>, p: &Problems, path: &str) -> Markup {
    let w = me.words(app);
    let Some(d) = app.programme.pack.clinic.desk(&s.visit.desk) else { return html! {} };
    let title = w.t("clinic-note");
    if s.visit.case.is_none() && !d.remark {
        return card(&title, html! { p { (w.t("clinic-note-needs-case")) } });
    }
    if s.visit.case.is_some() && !s.writes {
        return card(&title, html! { p { (w.t("clinic-note-not-team")) } });
    }
    let hint = if s.visit.case.is_some() { "clinic-note-hint-case" } else { "clinic-note-hint" };
    let field =
        Field::new("text", w.t("note-text")).hint(w.t(hint)).value(typed_in(f, "text")).error(p.of("text"));
    card(
        &title,
        form_post(
            &format!("{path}/nota"),
            &me.session.csrf,
            &app.once(),
            html! { (text_area(w, &field.rows(3))) (actions(&[button(&w.t("save"), Tone::Quiet, "go", "1")])) },
        ),
    )
}

/// Her case: a link, or how to get one.
fn case(app: &App, me: &Me, s: &Shown, f: Option<&Fields>, p: &Problems, path: &str) -> Markup {
    let w = me.words(app);
    let body = match (&s.visit.case, &s.code) {
        (Some(_), Some(code)) => html! { p { a href={ "/casos/" (code) } { (code) } } },
        (Some(_), None) => html! { p { (w.t("clinic-case-not-yours")) } },
        (None, _) => html! {
            p { (w.t("clinic-case-text")) }
            @if me.can(app, Act::CASE_OPEN) {
                p { (button_link(&w.t("clinic-case-new"), &format!("/casos/nuevo?visita={}", s.visit.id), Tone::Quiet)) }
            } @else { (button_off(w, &w.t("clinic-case-new"), &w.t("clinic-case-off"))) }
            details class="why" open[p.of("code").is_some()] {
                summary { (w.t("clinic-case-has-code")) }
                (form_post(&format!("{path}/caso"), &me.session.csrf, &app.once(), html! {
                    (text_field(w, &Field::new("code", w.t("clinic-case-code")).value(typed_in(f, "code")).error(p.of("code")), Kind::Text))
                    (actions(&[button(&w.t("clinic-case-join"), Tone::Quiet, "go", "1")]))
                }))
            }
        },
    };
    card(&w.t("clinic-case"), body)
}

/// What is kept of a visit without a case, until when, and its end on her word.
fn forget(app: &App, me: &Me, v: &Visit, p: &Problems, path: &str) -> Markup {
    let w = me.words(app);
    if let Some(at) = v.erased_at {
        return notice(w, Notice::Info, html! { (w.t("clinic-erased")) " " (w.moment(app.local(at))) });
    }
    let until = v.arrived_at + app.programme.pack.clinic.forget_days * DAY;
    let sure = Field::new("sure", w.t("clinic-forget-sure")).error(p.of("sure"));
    html! {
        details class="why" open[p.of("sure").is_some()] {
            summary { (w.t("clinic-forget")) }
            p { (w.t("clinic-forget-text")) " " (w.date(app.local(until).date())) "." }
            (form_post(&format!("{path}/olvidar"), &me.session.csrf, &app.once(), html! {
                (checks(w, &sure, &[Choice::new("yes", w.t("clinic-forget-yes"))], &[]))
                (actions(&[button(&w.t("clinic-forget-send"), Tone::Danger, "go", "1")]))
            }))
        }
    }
}

/// `POST /clinica/visitas/{id}/olvidar`: she wants what she said to go.
pub async fn erase(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["sure", "go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let outcome = clinic::on_her_word(&app.programme, &mut work, me.caller(), id, f.ticked("sure")).await;
    let answer = back(&app, &me, (id, f), &posted, work, outcome).await?;
    app.programme.store.db.forget().await?;
    Ok(answer)
}

/// On to another desk, or the end.
fn on(app: &App, me: &Me, v: &Visit, path: &str) -> Markup {
    let w = me.words(app);
    let others: Vec<Choice> = app
        .programme
        .pack
        .clinic
        .desks
        .iter()
        .filter(|d| d.id != v.desk)
        .map(|d| Choice::new(&d.id, d.name(me.lang.code())))
        .collect();
    html! {
        (card(&w.t("clinic-pass"), form_post(&format!("{path}/paso"), &me.session.csrf, &app.once(), html! {
            (version(v))
            p { (w.t("clinic-pass-text")) }
            (select(w, &Field::new("desk", w.t("clinic-pass-desk")), &others))
            (actions(&[button(&w.t("clinic-pass-send"), Tone::Quiet, "step", "pass")]))
        })))
        (form_post(&format!("{path}/paso"), &me.session.csrf, &app.once(), html! {
            (version(v))
            input type="hidden" name="step" value="done";
            (actions(&[submit(&w.t("clinic-done"))]))
        }))
    }
}

/// `POST /clinica/visitas/{id}/llamar`.
pub async fn call(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    posted.only(&["go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    clinic::call(&app.programme, &mut work, me.caller(), id).await?;
    posted.commit(work, &format!("/clinica/visitas/{id}")).await
}

/// `POST /clinica/visitas/{id}/paso`: the end, on to another desk, or she left.
pub async fn step(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["version", "desk", "step"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let (p, caller, seen) = (&app.programme, me.caller(), f.number("version").unwrap_or(0));
    let outcome = match f.text("step") {
        "done" => clinic::finish(p, &mut work, caller, id, seen).await,
        "left" => clinic::leave(p, &mut work, caller, id, seen).await,
        _ => clinic::pass(p, &mut work, caller, (id, seen), f.text("desk")).await,
    };
    match finish(&app, &me, &posted, work, outcome, "/clinica").await? {
        Done::To(response) => Ok(response),
        Done::Mend(problems) => page(&app, &me, id, Some(f), &problems).await,
    }
}

/// `POST /clinica/visitas/{id}/nota`.
pub async fn say(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["text", "go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let outcome = clinic::say(&app.programme, &mut work, me.caller(), id, f.text("text")).await;
    back(&app, &me, (id, f), &posted, work, outcome).await
}

/// `POST /clinica/visitas/{id}/caso`.
pub async fn join(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["code", "go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let outcome = clinic::join(&app.programme, &mut work, me.caller(), id, f.text("code")).await;
    back(&app, &me, (id, f), &posted, work, outcome).await
}

async fn back(
    app: &App,
    me: &Me,
    (id, f): (Uuid, &Fields),
    posted: &Posted,
    work: ceiba_store::Work,
    outcome: Result<(), ProgrammeError>,
) -> Answer {
    match finish(app, me, posted, work, outcome, &format!("/clinica/visitas/{id}")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(problems) => page(app, me, id, Some(f), &problems).await,
    }
}

/// What a new case can be begun with: the name she gave.
pub async fn begun(app: &App, me: &Me, visit: &str) -> String {
    let Ok(id) = visit.parse::<Uuid>() else { return String::new() };
    let read = async {
        let mut tx = app.programme.store.db.read().await.map_err(ProgrammeError::from)?;
        let (visit, grant) = clinic::open(&app.programme, &mut tx, me.caller(), Act::CLINIC_READ, id).await?;
        clinic::said(&app.programme, &mut tx, me.caller(), &grant, &visit).await
    };
    read.await.map(|s| s.chosen_name).unwrap_or_default()
}
