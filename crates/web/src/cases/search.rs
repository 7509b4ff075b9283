//! She is looked for by an official alert; she is back: what is proposed, in its order, and the letter that ends the search.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases::relations;
use ceiba_programme::cases::search::{self, Search, Step};
use ceiba_programme::entries::Entry;
use ceiba_programme::partners::directory::{self, Institution};
use maud::{Markup, html};
use uuid::Uuid;

use super::frame::{self, Opened};
use super::{history, on_case, typed_in, with_status};
use crate::me::Me;
use crate::parts::{
    Choice, DateParts, Field, Mood, Notice, Problems, Tone, actions, button, button_link, card, date_fields,
    error_summary, form_post, notice, select, submit, tag, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App};

/// `GET /casos/{code}/busqueda`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "busqueda").await?;
    let (prog, caller) = (&app.programme, me.caller());
    let all = search::list(prog, work.tx(), caller, &o.file.grant, o.id()).await?;
    let now = all.first().filter(|s| s.head.state != "closed");
    let steps = match now.and_then(|s| s.body.found_at) {
        Some(at) => search::steps(prog, work.tx(), o.id(), at).await?,
        None => Vec::new(),
    };
    let mut feared = Vec::new();
    if !steps.is_empty() && o.can(app, me, Act::READ_SOCIAL) {
        let grant = prog.may_case(work.tx(), caller, Act::READ_SOCIAL, o.id()).await?;
        feared = relations::list(prog, work.tx(), caller, &grant, o.id()).await?;
        feared.retain(|r| r.head.state == "unsafe" && !r.body.name.is_empty());
    }
    let feared: Vec<String> = feared.into_iter().map(|r| r.body.name).collect();
    let directory = directory::list(work.tx()).await?;
    let o = o.settle(work).await?;
    let write = o.can(app, me, Act::SAFETY_WRITE);
    let content = html! {
        (error_summary(w, p))
        @match now {
            Some(s) => {
                (card(&w.t("seek-title"), html! { (what(app, me, s, &directory)) (history::link(w, &o, &s.head)) }))
                @if s.head.state == "open" {
                    (notice(w, Notice::Info, html! { p { (w.t("seek-open-text")) } }))
                    @if write { (card(&w.t("seek-found"), found_form(app, me, &o, s, (f, p)))) }
                } @else {
                    (card(&w.t("seek-back"), back(app, me, &o, &steps, &feared)))
                    @if write { (card(&w.t("seek-end"), close_form(app, me, &o, s, (f, p)))) }
                }
            }
            None => {
                p { (w.t("seek-none")) }
                @if write { (card(&w.t("seek-activated"), activate_form(app, me, &o, &directory, (f, p)))) }
            }
        }
        @let past: Vec<_> = all.iter().filter(|s| s.head.state == "closed").collect();
        @if !past.is_empty() {
            (card(&w.t("seek-past"), html! { @for s in past { (what(app, me, s, &directory)) } }))
        }
    };
    Ok(with_status(frame::page(app, me, &o, "busqueda", content), p))
}

fn what(app: &App, me: &Me, s: &Entry<Search>, directory: &[Institution]) -> Markup {
    let w = me.words(app);
    let mood = if s.head.state == "open" { Mood::Care } else { Mood::Ok };
    html! {
        p { strong { (app.code(me, "search_alerts", s.head.code.as_deref().unwrap_or_default())) } " " (tag(mood, &w.t(&format!("state-search-{}", s.head.state)))) }
        p class="quiet" {
            (w.t("seek-since")) " " (iso_day(w, s.head.on_day.as_deref()))
            @if let Some(i) = directory.iter().find(|i| Some(i.id) == s.head.other) { " · " (typed(&i.name)) }
        }
        @if !s.body.found_on.is_empty() { p { (w.t("seek-found-on")) " " (iso_day(w, Some(&s.body.found_on))) " · " (app.code(me, "search_found", &s.body.how)) } }
        @if !s.body.closed_on.is_empty() { p { (w.t("seek-closed-on")) " " (iso_day(w, Some(&s.body.closed_on))) " · " (app.code(me, "search_goes_to", &s.body.goes_to)) } }
    }
}

/// What is proposed, each with where it is done.
fn back(app: &App, me: &Me, o: &Opened, steps: &[Step<'_>], feared: &[String]) -> Markup {
    let w = me.words(app);
    let to = |code: &str| match code {
        "back-screening" if o.can(app, me, Act::WRITE_SOCIAL) => {
            Some((format!("/deteccion/{}/observation-community", o.id()), "seek-to-screening"))
        }
        "back-health" => Some((format!("/clinica/citas?caso={}", o.code()), "seek-to-health"))
            .filter(|_| o.can(app, me, Act::CLINIC_READ)),
        "back-safety" if o.can(app, me, Act::SAFETY_WRITE) => Some((o.path("seguridad"), "seek-to-safety")),
        "back-not-told" => Some((o.path("contacto"), "seek-to-contact")),
        _ => None,
    };
    html! {
        p { (w.t("seek-back-text")) }
        ol { @for s in steps {
            li {
                p {
                    strong { (w.t(&format!("task-{}", s.code))) }
                    @if s.task.state == "done" { " " (tag(Mood::Ok, &w.t("missing-done"))) }
                    @else if let Some(due) = s.task.due_at { span class="quiet" { " · " (w.t("missing-by")) " " (w.near_moment(app.local(due), app.now())) } }
                }
                p class="quiet" { (w.t(&format!("seek-{}", s.code))) }
                @if s.code == "back-not-told" && !feared.is_empty() { p { (w.t("seek-feared")) " " @for (n, name) in feared.iter().enumerate() { @if n > 0 { ", " } (typed(name)) } } }
                @if s.task.state != "done" {
                    @if let Some((href, key)) = to(s.code) { p class="actions" { (button_link(&w.t(key), &href, Tone::Quiet)) } }
                    @else if o.can(app, me, Act::TASK_WRITE) {
                        (form_post(&o.path(&format!("tareas/{}", s.task.id)), &me.session.csrf, &app.once(), html! {
                            input type="hidden" name="version" value=(s.task.version);
                            input type="hidden" name="back" value="busqueda";
                            (actions(&[button(&w.t("missing-done-send"), Tone::Quiet, "state", "done")]))
                        }))
                    }
                }
            }
        } }
    }
}

fn activate_form(
    app: &App,
    me: &Me,
    o: &Opened,
    directory: &[Institution],
    (f, p): (Option<&Fields>, &Problems),
) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let institutions: Vec<Choice> =
        directory.iter().filter(|i| i.active).map(|i| Choice::new(i.id.to_string(), &i.name)).collect();
    form_post(
        &o.path("busqueda"),
        &me.session.csrf,
        &app.once(),
        html! {
            (select(w, &field("alert", "seek-alert"), &app.choices(me.lang, "search_alerts")))
            (select(w, &field("institution", "seek-institution"), &institutions))
            (date_fields(w, &Field::new("on", w.t("seek-day")).error(p.of("on")), &day, false))
            (actions(&[submit(&w.t("seek-activated-send"))]))
        },
    )
}

fn found_form(
    app: &App,
    me: &Me,
    o: &Opened,
    s: &Entry<Search>,
    (f, p): (Option<&Fields>, &Problems),
) -> Markup {
    let w = me.words(app);
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("found"));
    form_post(
        &o.path(&format!("busqueda/{}", s.head.id)),
        &me.session.csrf,
        &app.once(),
        html! {
            input type="hidden" name="version" value=(s.head.version);
            (date_fields(w, &Field::new("found", w.t("seek-found-day")).error(p.of("found")), &day, false))
            (select(w, &Field::new("how", w.t("seek-how")).value(typed_in(f, "how")).error(p.of("how")), &app.choices(me.lang, "search_found")))
            (actions(&[submit(&w.t("seek-found-send"))]))
        },
    )
}

fn close_form(
    app: &App,
    me: &Me,
    o: &Opened,
    s: &Entry<Search>,
    (f, p): (Option<&Fields>, &Problems),
) -> Markup {
    let w = me.words(app);
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("closed"));
    html! {
        p { (w.t("seek-letter-text")) }
        (form_post(&o.path(&format!("busqueda/{}/carta", s.head.id)), &me.session.csrf, &app.once(), actions(&[button(&w.t("seek-letter"), Tone::Quiet, "go", "1")])))
        (form_post(&o.path(&format!("busqueda/{}/fin", s.head.id)), &me.session.csrf, &app.once(), html! {
            input type="hidden" name="version" value=(s.head.version);
            (date_fields(w, &Field::new("closed", w.t("seek-closed-day")).error(p.of("closed")), &day, false))
            (select(w, &Field::new("goes_to", w.t("seek-goes-to")).hint(w.t("seek-goes-to-hint")).value(typed_in(f, "goes_to")).error(p.of("goes_to")), &app.choices(me.lang, "search_goes_to")))
            (actions(&[submit(&w.t("seek-end-send"))]))
        }))
    }
}

/// `POST /casos/{code}/busqueda`: an alert was started.
pub async fn activate(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, Some(f), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/busqueda")),
        (&posted, &["alert", "institution", "on"]),
        async |work, case, f| {
            let on = f.day("on");
            let what = (f.text("alert"), f.id("institution"), on.as_str());
            search::activate(&app.programme, work, me.caller(), case, what).await.map(|_| ())
        },
        mend,
    )
    .await
}

/// `POST /casos/{code}/busqueda/{id}`: she is back.
pub async fn found(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, Some(f), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/busqueda")),
        (&posted, &["version", "found", "how"]),
        async |work, case, f| {
            let (seen, day) = (f.number("version").unwrap_or(0), f.day("found"));
            let said = (f.text("how"), day.as_str());
            search::found(&app.programme, work, me.caller(), (case, id, seen), said).await
        },
        mend,
    )
    .await
}

/// `POST /casos/{code}/busqueda/{id}/fin`: the alert was closed.
pub async fn close(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, Some(f), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/busqueda")),
        (&posted, &["version", "closed", "goes_to"]),
        async |work, case, f| {
            let (seen, day) = (f.number("version").unwrap_or(0), f.day("closed"));
            let said = (day.as_str(), f.text("goes_to"));
            search::close(&app.programme, work, me.caller(), (case, id, seen), said).await
        },
        mend,
    )
    .await
}
