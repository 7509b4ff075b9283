//! Meetings of the commission, their agreements, and the minutes on one sheet.

use axum::extract::{Path, State};
use ceiba_programme::entries::Entry;
use ceiba_programme::office::meetings::{self, Agreement, Meeting};
use maud::{Markup, html};
use uuid::Uuid;

use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    DateParts, Field, Kind, Problems, Tone, actions, button, button_link, card, clock_due_at, date_fields,
    error_summary, form_post, heading, submit, text_area, text_field, typed, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App, Place};

/// `GET /oficina/reuniones`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let all = meetings::list(&app.programme, &mut tx, me.caller()).await?;
    drop(tx);
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let content = html! {
        (heading(html! { (w.t("office-meetings-title")) }, html! { (w.t("office-meetings-text")) }))
        (error_summary(w, p))
        @if !all.is_empty() { (card(&w.t("office-meetings"), html! { ul { @for m in all.iter().take(24) { li {
            a href={ "/oficina/reuniones/" (m.head.id) } { (iso_day(w, m.head.on_day.as_deref())) }
            " · " (typed(m.body.agenda.lines().next().unwrap_or_default()))
        } } } })) }
        (card(&w.t("office-meeting-new"), form_post("/oficina/reuniones", &me.session.csrf, &app.once(), html! {
            (date_fields(w, &Field::new("on", w.t("office-on")).error(p.of("on")), &day, false))
            (text_area(w, &field("agenda", "office-agenda").hint(w.t("office-agenda-hint")).rows(3)))
            (text_area(w, &field("who", "office-present").hint(w.t("office-present-hint")).rows(4)))
            (actions(&[submit(&w.t("office-meeting-send"))]))
        })))
        p { (button_link(&w.t("office-back"), "/oficina", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "office-meetings-window", "/oficina/reuniones").area(Place::Office);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /oficina/reuniones`.
pub async fn hold(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["on", "agenda", "who"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let body = Meeting { agenda: f.text("agenda").to_owned(), who: f.text("who").to_owned() };
    let outcome = meetings::hold(&app.programme, &mut work, me.caller(), &f.day("on"), &body).await;
    let to = outcome.as_ref().map_or_else(|_| String::new(), |id| format!("/oficina/reuniones/{id}"));
    match finish(&app, &me, &posted, work, outcome, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, Some(f), &p).await,
    }
}

/// `GET /oficina/reuniones/{id}`.
pub async fn one(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    meeting(&app, &me, id, None, &Problems::new()).await
}

async fn meeting(app: &App, me: &Me, id: Uuid, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let (it, agreed) = meetings::read(&app.programme, &mut tx, me.caller(), id).await?;
    drop(tx);
    let path = format!("/oficina/reuniones/{id}");
    let until = f.map_or_else(DateParts::default, |f| f.day_parts("until"));
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let content = html! {
        (heading(html! { (w.t("office-meeting-of")) " " (iso_day(w, it.head.on_day.as_deref())) }, html! {}))
        (error_summary(w, p))
        p { (button_link(&w.t("office-minutes"), &format!("{path}/acta"), Tone::Quiet)) }
        (card(&w.t("office-agenda"), typed_block(&it.body.agenda)))
        (card(&w.t("office-present"), typed_block(&it.body.who)))
        (card(&w.t("office-agreements"), html! {
            @if agreed.is_empty() { p { (w.t("office-agreements-none")) } }
            ul class="tasks" { @for a in &agreed { li { (agreement(app, me, a)) } } }
        }))
        (card(&w.t("office-agreement-new"), form_post(&path, &me.session.csrf, &app.once(), html! {
            (text_field(w, &field("text", "office-agreement"), Kind::Text))
            (text_field(w, &field("whose", "office-whose").hint(w.t("office-whose-hint")), Kind::Text))
            (date_fields(w, &Field::new("until", w.t("office-agreement-until")).error(p.of("until")), &until, false))
            (actions(&[submit(&w.t("office-agreement-send"))]))
        })))
        p { (button_link(&w.t("office-meetings-back"), "/oficina/reuniones", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "office-meeting-window", path).area(Place::Office);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn agreement(app: &App, me: &Me, a: &Entry<Agreement>) -> Markup {
    let w = me.words(app);
    html! {
        p { (typed(&a.body.text)) " · " (typed(&a.body.whose)) " · "
            @if a.head.state == "open" { @if let Some(at) = a.head.due_at { (clock_due_at(w, app.local(at), app.now())) } }
            @else { strong { (w.t(&format!("state-agreement-{}", a.head.state))) } " · " (iso_day(w, a.head.on_day.as_deref())) }
        }
        @if a.head.state == "open" {
            (form_post(&format!("/oficina/acuerdos/{}", a.head.id), &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(a.head.version);
                (actions(&[button(&w.t("office-agreement-done"), Tone::Quiet, "how", "done"), button(&w.t("office-agreement-dropped"), Tone::Quiet, "how", "dropped")]))
            }))
        }
    }
}

/// `POST /oficina/reuniones/{id}`: what was agreed.
pub async fn agree(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["text", "whose", "until"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let body = Agreement { text: f.text("text").to_owned(), whose: f.text("whose").to_owned() };
    let outcome = meetings::agree(&app.programme, &mut work, me.caller(), id, (&body, &f.day("until"))).await;
    match finish(&app, &me, &posted, work, outcome, &format!("/oficina/reuniones/{id}")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => meeting(&app, &me, id, Some(f), &p).await,
    }
}

/// `POST /oficina/acuerdos/{id}`: what became of it.
pub async fn end(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["version", "how", "back"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let seen = f.number("version").unwrap_or_default();
    let meeting = meetings::end(&app.programme, &mut work, me.caller(), (id, seen), f.text("how")).await?;
    let back = if f.text("back") == "oficina" {
        "/oficina".to_owned()
    } else {
        format!("/oficina/reuniones/{meeting}")
    };
    posted.commit(work, &back).await
}

/// `GET /oficina/reuniones/{id}/acta`: on one sheet, to be signed.
pub async fn minutes(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let (it, agreed) = meetings::read(&app.programme, work.tx(), me.caller(), id).await?;
    work.record("meeting.print", "office", id, [0; 32]).await?;
    work.commit().await?;
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("office-print-how")) }
            (button_link(&w.t("back"), &format!("/oficina/reuniones/{id}"), Tone::Quiet))
        }
        (heading(html! { (w.t("office-minutes-title")) }, html! { (iso_day(w, it.head.on_day.as_deref())) " · " (app.programme.pack.name) }))
        section class="card sheet" { h2 { (w.t("office-agenda")) } (typed_block(&it.body.agenda)) }
        section class="card sheet" {
            h2 { (w.t("office-agreements")) }
            @if agreed.is_empty() { p { (w.t("office-agreements-none")) } }
            ol { @for a in &agreed { li { (typed(&a.body.text)) " · " (typed(&a.body.whose)) " · " (w.t("conference-until")) " " (iso_day(w, a.head.on_day.as_deref())) " · " (w.t(&format!("state-agreement-{}", a.head.state))) } } }
        }
        section class="card sheet" {
            h2 { (w.t("office-signatures")) }
            ul { @for line in it.body.who.lines().filter(|l| !l.trim().is_empty()) { li { (typed(line)) span class="blank" {} } } }
        }
        footer class="quiet" { (w.t("plan-print-by")) " " (typed(&me.session.name)) " · " (w.moment(app.now())) }
    };
    Ok(Desk::new(&app, &me, "office-minutes-window", format!("/oficina/reuniones/{id}/acta"))
        .area(Place::Office)
        .body(content))
}
