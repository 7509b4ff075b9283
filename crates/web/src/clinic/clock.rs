//! The health clock on a page and on paper: what can still be offered, what to tell her, who is to be told by law and who
//! only if she wants. Rows that no named professional has verified say so, on paper too.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases::consent;
use ceiba_programme::clinic::clock::{self, ANSWERS, Line, Start, Typed, Window};
use ceiba_programme::clinic::{self, Status, Visit};
use ceiba_programme::partners::directory::{self, Institution};
use maud::{Markup, html};
use uuid::Uuid;

use super::desk;
use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    DateParts, Field, Kind, Mood, Notice, Problems, Tone, actions, button, button_link, button_off, card,
    date_fields, error_summary, form_post, heading, notice, number_field, radios, submit, tag, text_field,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App, Failure, Place, Words};

/// Kinds of institutions that hear of a crime only if a grown woman wants.
const HERS_TO_DECIDE: [&str; 2] = ["prosecutor", "state"];

/// What the page knows.
struct Shown {
    visit: Visit,
    start: Option<Start>,
    under_18: bool,
    answers: Vec<(String, String)>,
    keeps: bool,
    directory: Vec<(Institution, bool)>,
}

/// `GET /clinica/visitas/{id}/reloj`.
pub async fn show(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    page(&app, &me, id, None, &Problems::new()).await
}

/// `GET /clinica/visitas/{id}/reloj/imprimir`: her number and no name.
pub async fn print(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    let w = me.words(&app);
    let s = read(&app, &me, id, "clinic.clock-print").await?;
    let path = format!("/clinica/visitas/{id}/reloj/imprimir");
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("clinic-print-how")) }
            (button_link(&w.t("back"), &format!("/clinica/visitas/{id}/reloj"), Tone::Quiet))
        }
        (head(&app, &me, &s))
        (rows(&app, &me, &s, false))
        (reporting(&app, &me, &s))
        footer class="quiet" { (w.moment(app.now())) }
    };
    Ok(Desk::new(&app, &me, "clinic-clock-window", path).area(Place::Clinic).body(content))
}

async fn read(app: &App, me: &Me, id: Uuid, act: &str) -> Result<Shown, Failure> {
    let (p, caller) = (&app.programme, me.caller());
    let mut work = app.work(me).await?;
    let (visit, grant) = clinic::open(p, work.tx(), caller, Act::CLINIC_READ, id).await?;
    let start = clock::started(p, work.tx(), caller, &grant, &visit).await?;
    let under_18 = clock::under_18(p, work.tx(), caller, &visit, start.as_ref()).await?;
    let answers = clock::answers(p, work.tx(), caller, &visit).await?;
    let now = work.at();
    let mut directory = Vec::new();
    for i in directory::offered(work.tx()).await? {
        let granted = match visit.case {
            Some(case) => consent::covers(work.tx(), case, i.id, now).await?,
            None => false,
        };
        directory.push((i, granted));
    }
    work.record(act, "visit", id, [0; 32]).await?;
    work.commit().await?;
    Ok(Shown { keeps: clock::keeps(p, caller, &visit), visit, start, under_18, answers, directory })
}

async fn page(app: &App, me: &Me, id: Uuid, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let s = read(app, me, id, "clinic.clock").await?;
    let path = format!("/clinica/visitas/{id}/reloj");
    let content = html! {
        (head(app, me, &s))
        (error_summary(w, p))
        (when(app, me, &s, f, p, &path))
        (rows(app, me, &s, true))
        (reporting(app, me, &s))
        p class="actions" {
            (button_link(&w.t("clinic-clock-print"), &format!("{path}/imprimir"), Tone::Quiet))
            (button_link(&w.t("clinic-visit"), &format!("/clinica/visitas/{id}"), Tone::Quiet))
        }
    };
    let desk = Desk::new(app, me, "clinic-clock-window", path.clone()).area(Place::Clinic);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn head(app: &App, me: &Me, s: &Shown) -> Markup {
    let w = me.words(app);
    let now = app.programme.store.clock.now();
    html! {
        (heading(html! { (w.t("clinic-clock")) }, html! {
            (w.with("clinic-number", &[("number", (&s.visit.number).into())])) " · "
            @match s.start.as_ref().map(|start| start.at) {
                Some(Some(at)) => (w.with("clinic-clock-hours", &[("n", ((now - at) / ceiba_store::HOUR).into())])),
                Some(None) => (w.t("clinic-clock-unknown")),
                None => (w.t("clinic-clock-not-asked")),
            }
        }))
        (notice(w, Notice::Info, html! { p { (w.t("clinic-clock-text")) } p { (w.t("clinic-clock-may-say-no")) } }))
    }
}

/// When it was: the only thing that is asked.
fn when(app: &App, me: &Me, s: &Shown, f: Option<&Fields>, p: &Problems, path: &str) -> Markup {
    let w = me.words(app);
    let how = f.map_or("ago", |f| f.text("how"));
    let under = f.map_or("unknown", |f| f.text("under_18"));
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    html! {
        details class="why" open[s.start.is_none() || !p.is_empty()] {
            summary { (w.t("clinic-clock-when")) }
            (form_post(path, &me.session.csrf, &app.once(), html! {
                (radios(w, &Field::new("how", w.t("clinic-clock-how")).value(how).error(p.of("how")), &keyed(w, "clinic-how", &["ago", "moment", "unknown"])))
                (number_field(w, &field("hours", "clinic-clock-ago").unit(w.t("clinic-unit-hours"))))
                (date_fields(w, &Field::new("on", w.t("clinic-clock-day")).error(p.of("on")), &day, false))
                (text_field(w, &field("time", "clinic-time").hint(w.t("clinic-time-hint")), Kind::Text))
                (radios(w, &Field::new("under_18", w.t("clinic-under-18")).hint(w.t("clinic-under-18-hint")).value(under).error(p.of("under_18")), &keyed(w, "clinic-age", &["yes", "no", "unknown"])))
                (actions(&[submit(&w.t("clinic-clock-start"))]))
            }))
        }
    }
}

fn rows(app: &App, me: &Me, s: &Shown, with_forms: bool) -> Markup {
    let now = app.programme.store.clock.now();
    let at = s.start.as_ref().and_then(|start| start.at);
    html! { @for line in clock::lines(&app.programme, at, now) { (row(app, me, s, &line, with_forms)) } }
}

fn row(app: &App, me: &Me, s: &Shown, line: &Line<'_>, with_forms: bool) -> Markup {
    let (w, lang, r) = (me.words(app), me.lang.code(), line.row);
    let answer = s.answers.iter().find(|(id, _)| *id == r.id).map(|(_, a)| a.as_str());
    card(
        r.name(lang),
        html! {
            p { (tag(mood(line.window), &left(w, line.window))) " " (status(w, r.status, (&r.verified_by, &r.verified_on))) }
            @if line.window == Window::Over { p { (r.late(lang)) } }
            @else { p { strong { (w.t("clinic-say")) } " «" (r.say(lang)) "»" } }
            p class="quiet" { (w.t("clinic-who")) " " (desk(app, me, &r.who)) " · " (w.t("clinic-basis")) " " (r.basis) }
            @if let Some(answer) = answer { p { (w.t("clinic-answer")) " " strong { (w.t(&format!("state-offer-{answer}"))) } } }
            @if with_forms && s.keeps {
                (form_post(&format!("/clinica/visitas/{}/reloj/respuesta", s.visit.id), &me.session.csrf, &app.once(), html! {
                    input type="hidden" name="row" value=(r.id);
                    (actions(&ANSWERS.map(|a| button(&w.t(&format!("clinic-offer-{a}")), Tone::Quiet, "answer", a))))
                }))
            }
        },
    )
}

const fn mood(window: Window) -> Mood {
    match window {
        Window::Open(Some(_)) | Window::Unknown => Mood::Care,
        Window::Open(None) => Mood::Ok,
        Window::Later(_) | Window::Over => Mood::Plain,
    }
}

/// What is left, in words.
fn left(w: &Words, window: Window) -> String {
    match window {
        Window::Open(None) => w.t("clinic-left-always"),
        Window::Open(Some(..60)) => w.t("clinic-left-last-hour"),
        Window::Open(Some(n)) => w.with("clinic-left-hours", &[("n", (n / 60).into())]),
        Window::Later(n) => w.with("clinic-left-later", &[("n", (n / 60).into())]),
        Window::Over => w.t("clinic-left-over"),
        Window::Unknown => w.t("clinic-left-unknown"),
    }
}

/// Whether anybody has checked it: without a name it is «sin verificar», whatever else is known.
fn status(w: &Words, status: Status, (by, on): (&str, &str)) -> Markup {
    match status {
        Status::Verified => {
            tag(Mood::Ok, &w.with("clinic-verified", &[("by", by.into()), ("on", on.into())]))
        }
        Status::Known | Status::Unverified => tag(Mood::Plain, &w.t("clinic-unverified")),
    }
}

/// Who has to be told, or that she decides.
fn reporting(app: &App, me: &Me, s: &Shown) -> Markup {
    let (w, lang) = (me.words(app), me.lang.code());
    let steps = clock::steps(&app.programme, s.under_18);
    let call: Vec<&str> = steps.iter().flat_map(|step| step.whom.iter().map(String::as_str)).collect();
    let title = if s.under_18 { "clinic-steps-under-18" } else { "clinic-steps-adult" };
    html! {
        (card(&w.t(title), html! {
            ol { @for step in &steps {
                li { p { (step.name(lang)) } p { (status(w, step.status, (&step.verified_by, &step.verified_on))) " " span class="quiet" { (step.basis) } } }
            } }
            p { (w.t(if s.under_18 { "clinic-tell-under-18" } else { "clinic-tell-adult" })) }
        }))
        (card(&w.t("clinic-call-whom"), html! {
            @if s.under_18 {
                ul { @for (i, _) in s.directory.iter().filter(|(i, _)| call.contains(&i.kind.as_str())) { li { (phone(i)) } } }
                p { (w.t("clinic-call-text")) }
            } @else {
                @for (i, granted) in s.directory.iter().filter(|(i, _)| HERS_TO_DECIDE.contains(&i.kind.as_str())) {
                    @if *granted { p { (phone(i)) } }
                    @else { (button_off(w, &w.with("clinic-notify", &[("name", (&i.name).into())]), &w.t("clinic-notify-off"))) }
                }
            }
        }))
    }
}

fn phone(i: &Institution) -> Markup {
    html! { (i.name) " · " a href={ "tel:" (i.phone) } { (i.phone) } " · " (i.hours) }
}

/// `POST /clinica/visitas/{id}/reloj`.
pub async fn start(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["how", "hours", "on", "time", "under_18"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let day = f.day("on");
    let typed = Typed {
        how: f.text("how"),
        on_day: &day,
        time: f.text("time"),
        hours: f.text("hours"),
        under_18: f.text("under_18"),
    };
    let outcome = clock::start(&app.programme, &mut work, me.caller(), id, &typed).await;
    match finish(&app, &me, &posted, work, outcome, &format!("/clinica/visitas/{id}/reloj")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, id, Some(f), &p).await,
    }
}

/// `POST /clinica/visitas/{id}/reloj/respuesta`: what she said to one row.
pub async fn answer(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["row", "answer"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let said = (f.text("row"), f.text("answer"));
    clock::offer(&app.programme, &mut work, me.caller(), id, said).await?;
    posted.commit(work, &format!("/clinica/visitas/{id}/reloj")).await
}
