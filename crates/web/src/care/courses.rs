//! «Cursos y escuela» of a case: places, progress, school, and that there is a therapy plan.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::care::catalogue::Offered;
use ceiba_programme::care::places::{self, Enrolment};
use ceiba_programme::care::schooling::{self, Schooling};
use ceiba_programme::entries::{Entry, Head};
use ceiba_store::Work;
use maud::{Markup, html};
use uuid::Uuid;

use super::said;
use crate::cases::frame::{self, Opened};
use crate::cases::{on_case, typed_in, with_status};
use crate::me::Me;
use crate::parts::{
    Choice, DateParts, Field, Kind, Mood, Problems, Tone, actions, button, card, date_fields, error_summary,
    form_post, number_field, select, submit, tag, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::{iso_day, keyed};
use crate::{Answer, App};

/// `GET /casos/{code}/cursos`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "cursos").await?;
    let (prog, caller, grant, id) = (&app.programme, me.caller(), &o.file.grant, o.id());
    let places = places::list(prog, work.tx(), caller, grant, id).await?;
    let schools = schooling::list(prog, work.tx(), caller, grant, id).await?;
    let therapy = schooling::therapy_reviewed(work.tx(), id).await?;
    let mut offered = Vec::new();
    for s in prog.pack.care.services.iter().filter(|s| s.site == o.file.case.site) {
        offered.push((s, places::taken(work.tx(), &s.code).await?));
    }
    let o = o.settle(work).await?;
    let write = o.can(app, me, Act::SERVICE_WRITE);
    let content = html! {
        (error_summary(w, p))
        (card(&w.t("care-places-title"), html! {
            @if places.is_empty() { p { (w.t("care-places-none")) } }
            @for e in &places { (place(app, me, &o, e, write, p)) }
            p { a href="/servicios" { (w.t("care-catalogue-title")) } }
            @if write { (enrol_form(app, me, &o, &offered, p)) }
        }))
        (card(&w.t("care-school-title"), html! {
            @if schools.is_empty() { p { (w.t("care-school-none")) } }
            @for s in &schools { (school(app, me, &o, s, write)) }
            @if write { (school_form(app, me, &o, f, p)) }
        }))
        (card(&w.t("care-therapy-title"), therapy_card(app, me, &o, therapy.as_ref())))
    };
    Ok(with_status(frame::page(app, me, &o, "cursos", content), p))
}

fn place(app: &App, me: &Me, o: &Opened, e: &Entry<Enrolment>, write: bool, p: &Problems) -> Markup {
    let w = me.words(app);
    let code = e.head.code.as_deref().unwrap_or_default();
    let service = app.programme.pack.care.services.iter().find(|s| s.code == code);
    let modules = service.map_or(0, |s| s.modules);
    let state = e.head.state.as_str();
    let mood = if ["in", "done"].contains(&state) { Mood::Ok } else { Mood::Plain };
    let form = |body: Markup| {
        form_post(
            &o.path(&format!("cursos/{}", e.head.id)),
            &me.session.csrf,
            &app.once(),
            html! {
                input type="hidden" name="version" value=(e.head.version);
                (body)
            },
        )
    };
    html! {
        section class="card" {
            p { strong { (service.map_or(code, |s| said(me, &s.name))) } " " (tag(mood, &w.t(&format!("state-enrolment-{state}")))) " "
                (w.date(app.local(e.head.created_at).date())) }
            @if modules > 0 && e.body.module > 0 {
                p { (w.with("care-module-reached", &[("n", i64::from(e.body.module).into()), ("of", i64::from(modules).into())])) }
            }
            @if write && state == "in" && modules > 0 {
                (form(html! {
                    (number_field(w, &Field::new("module", w.with("care-module", &[("of", i64::from(modules).into())])).error(p.of("module")).id(format!("module-{}", e.head.id))))
                    (actions(&[button(&w.t("save"), Tone::Quiet, "what", "reach")]))
                }))
            }
            @if write && state == "waiting" { (form(actions(&[button(&w.t("care-give-place"), Tone::Quiet, "what", "place")]))) }
            @if write && (state == "in" || state == "waiting") { (form(actions(&[button(&w.t("care-leave"), Tone::Quiet, "what", "leave")]))) }
        }
    }
}

/// What she can have a place in. What is not for her is named with the reason.
fn enrol_form(app: &App, me: &Me, o: &Opened, offered: &[(&Offered, (i64, i64))], p: &Problems) -> Markup {
    let w = me.words(app);
    let (case, person) = (&o.file.case, &o.file.person);
    let band = person.core.birth.band(app.today());
    let why = |s: &Offered| s.refuses(&case.site, &person.sex, band);
    let choices: Vec<Choice> = offered
        .iter()
        .filter(|(s, _)| why(s).is_none())
        .map(|(s, (taken, waiting))| {
            let left = (i64::from(s.seats) - taken).max(0);
            let seats = if left > 0 {
                w.with("care-seats-left", &[("n", left.into()), ("of", i64::from(s.seats).into())])
            } else {
                w.with("care-full", &[("n", (*waiting).into())])
            };
            Choice::new(&s.code, format!("{} · {seats}", said(me, &s.name)))
        })
        .collect();
    html! {
        @if !choices.is_empty() {
            (form_post(&o.path("cursos"), &me.session.csrf, &app.once(), html! {
                (select(w, &Field::new("service", w.t("care-service")).error(p.of("service")), &choices))
                (actions(&[submit(&w.t("care-enrol"))]))
            }))
        }
        @for (s, _) in offered { @if let Some(key) = why(s) { p class="quiet" { (said(me, &s.name)) ": " (w.t(key)) } } }
    }
}

fn school(app: &App, me: &Me, o: &Opened, s: &Entry<Schooling>, write: bool) -> Markup {
    let w = me.words(app);
    html! {
        section class="card" {
            p { strong { (typed(&s.body.school)) } " · " (w.t(&format!("care-grade-{}", s.body.grade))) " · " (iso_day(w, s.head.on_day.as_deref())) }
            p { (tag(Mood::Plain, &w.t(&format!("state-schooling-{}", s.head.state))))
                @if !s.body.reviewed.is_empty() { " " (w.t("care-reviewed")) " " (iso_day(w, Some(&s.body.reviewed))) } }
            @if write && s.head.state == "attending" {
                (form_post(&o.path(&format!("escuela/{}", s.head.id)), &me.session.csrf, &app.once(), html! {
                    input type="hidden" name="version" value=(s.head.version);
                    (actions(&schooling::STATES.map(|state| button(&w.t(&format!("care-school-{state}")), Tone::Quiet, "state", state))))
                }))
            }
        }
    }
}

fn school_form(app: &App, me: &Me, o: &Opened, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let grades: Vec<&str> = app.programme.pack.care.grades.iter().map(String::as_str).collect();
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    html! {
        details class="why" open[f.is_some()] {
            summary { (w.t("care-school-new")) }
            (form_post(&o.path("escuela"), &me.session.csrf, &app.once(), html! {
                (text_field(w, &field("school", "care-school"), Kind::Text))
                (select(w, &field("grade", "care-grade"), &keyed(w, "care-grade", &grades)))
                (date_fields(w, &Field::new("on", w.t("care-since")).error(p.of("on_day")), &day, false))
                (actions(&[button(&w.t("save"), Tone::Quiet, "go", "1")]))
            }))
        }
    }
}

/// That there is a plan, and nothing of it.
fn therapy_card(app: &App, me: &Me, o: &Opened, last: Option<&Head>) -> Markup {
    let w = me.words(app);
    html! {
        p { @match last {
            Some(head) => { (w.t("care-therapy-yes")) " " (iso_day(w, head.on_day.as_deref())) }
            None => { (w.t("care-therapy-no")) }
        } }
        @if o.can(app, me, Act::WRITE_PSYCHOLOGICAL) && o.can(app, me, Act::SERVICE_WRITE) {
            (form_post(&o.path("terapia"), &me.session.csrf, &app.once(), html! {
                p class="quiet" { (w.t("care-therapy-text")) }
                (actions(&[button(&w.t("care-therapy-send"), Tone::Quiet, "go", "1")]))
            }))
        }
    }
}

/// `POST /casos/{code}/cursos`: a place, or a turn on the list.
pub async fn enrol(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    run(&app, &me, (&posted, &["service"]), &code, async |work, case, f| {
        places::enrol(&app.programme, work, me.caller(), case, f.text("service")).await.map(|_| ())
    })
    .await
}

/// `POST /casos/{code}/cursos/{id}`: progress, a place that is free, or the end.
pub async fn change(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    run(&app, &me, (&posted, &["version", "what", "module"]), &code, async |work, case, f| {
        let which = (case, id, f.number("version").unwrap_or(0));
        let (p, caller) = (&app.programme, me.caller());
        match f.text("what") {
            "place" => places::give_place(p, work, caller, which).await,
            "leave" => places::leave(p, work, caller, which).await,
            _ => places::reach(p, work, caller, which, f.text("module").parse().unwrap_or(0)).await,
        }
    })
    .await
}

/// `POST /casos/{code}/escuela`: a school took her back.
pub async fn enter(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    run(&app, &me, (&posted, &["school", "grade", "on", "go"]), &code, async |work, case, f| {
        let new = (f.text("school"), f.text("grade"), &*f.day("on"));
        schooling::enter(&app.programme, work, me.caller(), case, new).await.map(|_| ())
    })
    .await
}

/// `POST /casos/{code}/escuela/{id}`: is she still there?
pub async fn review(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    run(&app, &me, (&posted, &["version", "state"]), &code, async |work, case, f| {
        let which = (case, id, f.number("version").unwrap_or(0));
        schooling::review(&app.programme, work, me.caller(), which, f.text("state")).await.map(|_| ())
    })
    .await
}

/// `POST /casos/{code}/terapia`: there is a plan, and it was looked at today.
pub async fn therapy(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    run(&app, &me, (&posted, &["go"]), &code, async |work, case, _| {
        schooling::therapy_plan(&app.programme, work, me.caller(), case).await.map(|_| ())
    })
    .await
}

/// A step of this page: back to it, or to it with what to mend.
async fn run(
    app: &App,
    me: &Me,
    sent: (&Posted, &[&str]),
    code: &str,
    does: impl AsyncFnOnce(&mut Work, Uuid, &Fields) -> Result<(), ProgrammeError>,
) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(app, me, code, Some(f), p).await;
    on_case(app, me, (code, &format!("/casos/{code}/cursos")), sent, does, mend).await
}
