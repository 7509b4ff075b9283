//! The certificates of a course: who is due one, those that were issued, the paper, revoking and issuing anew.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use ceiba_access::Act;
use ceiba_exchange::word::{Code, Values};
use ceiba_programme::learning::certificates::{self, Certificate, Line, REASONS};
use ceiba_programme::papers;
use ceiba_programme::training::{Course, courses};
use maud::{Markup, html};
use uuid::Uuid;

use super::{address, at, certificate_pdf, name};
use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::papers::{file, filled};
use crate::parts::{
    Column, Field, Mood, Problems, Table, Tone, actions, button, button_link, card, error_summary, form_post,
    heading, modules, select, submit, tag, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::{iso_day, keyed};
use crate::{Answer, App, Place, Words};

fn here(course: &Course) -> String {
    format!("{}/constancias", at(course))
}

/// `GET /capacitacion/cursos/{code}/constancias`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    let (w, p) = (me.words(&app), &app.programme);
    p.may(me.caller(), Act::CERTIFICATE_ISSUE)?;
    let mut tx = p.store.db.read().await?;
    let course = courses::find(p, &mut tx, me.caller(), &code).await?;
    let lines = certificates::lines(p, &mut tx, me.caller(), &course).await?;
    drop(tx);
    let due = lines.iter().filter(|l| l.due()).count();
    let columns = ["certificate-who", "certificate-state", "certificate-code", "certificate-day"];
    let table = Table::new(w.t("certificates-list"), columns.map(|c| Column::new(w.t(c))).into())
        .cards()
        .rows(lines.iter().map(|l| row(&app, &me, &course, l)));
    let content = html! {
        (heading(html! { (w.t("certificates-title")) }, html! { (name(&app, me.lang, &course)) " · " (course.code) }))
        p { (button_link(&w.t("back"), &at(&course), Tone::Quiet)) }
        @if course.state != "closed" { p { (w.t("certificates-open")) } }
        @else {
            p { (w.with("certificates-due", &[("n", due.into())])) }
            @if due > 0 { (form_post(&here(&course), &me.session.csrf, &app.once(), html! {
                (actions(&[submit(&w.with("certificates-issue", &[("n", due.into())]))]))
            })) }
        }
        @if lines.is_empty() { p { (w.t("certificates-nobody")) } } @else { (table.show(w)) }
    };
    Ok(Desk::new(&app, &me, "certificates-window", here(&course)).area(Place::Training).body(content))
}

fn row(app: &App, me: &Me, course: &Course, line: &Line) -> Vec<Markup> {
    let w = me.words(app);
    let newest = line.certificates.first();
    vec![
        html! { @if line.trainee.name.is_empty() { (line.trainee.code) } @else { (typed(&line.trainee.name)) } },
        state(w, line),
        html! { @if let Some(c) = newest { a href=(format!("{}/{}", here(course), c.id)) { (c.code) } } },
        html! { @if let Some(c) = newest { (iso_day(w, Some(&c.day))) } },
    ]
}

fn state(w: &Words, line: &Line) -> Markup {
    let (mood, key) = match line.certificates.first() {
        Some(c) if c.is_valid() => (Mood::Ok, "certificate-is-valid"),
        _ if line.due() => (Mood::Care, "certificate-is-due"),
        Some(_) => (Mood::Plain, "certificate-is-revoked"),
        None if line.attended => (Mood::Plain, "certificate-not-passed"),
        None => (Mood::Plain, "certificate-not-attended"),
    };
    tag(mood, &w.t(key))
}

/// `POST /capacitacion/cursos/{code}/constancias`: to everybody to whom one is due.
pub async fn issue(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(code): Path<String>,
    posted: Posted,
) -> Answer {
    let p = &app.programme;
    p.may(me.caller(), Act::CERTIFICATE_ISSUE)?;
    posted.only(&[])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let course = courses::find(p, work.tx(), me.caller(), &code).await?;
    certificates::issue(p, &mut work, me.caller(), &course, &address(&app, &headers)).await?;
    posted.commit(work, &here(&course)).await
}

/// `GET /capacitacion/cursos/{code}/constancias/{id}`.
pub async fn one(State(app): State<App>, me: Me, Path((code, id)): Path<(String, Uuid)>) -> Answer {
    page(&app, &me, (&code, id), None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, (code, id): (&str, Uuid), f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    app.programme.may(me.caller(), Act::CERTIFICATE_ISSUE)?;
    let mut tx = app.programme.store.db.read().await?;
    let course = courses::find(&app.programme, &mut tx, me.caller(), code).await?;
    let (one, holder) = certificates::get(&app.programme, &mut tx, me.caller(), (&course, id)).await?;
    let word = papers::offered(&mut tx, "certificate").await?;
    drop(tx);
    let at = format!("{}/{id}", here(&course));
    let content = html! {
        (heading(html! { (w.t("certificate-title")) }, html! { (typed(&holder.name)) " · " (one.code) }))
        p { (button_link(&w.t("back"), &here(&course), Tone::Quiet)) }
        (error_summary(w, p))
        @if one.is_valid() {
            p class="actions" {
                (filled::links(app, me, &word, &at))
                (button_link(&w.t("certificate-public"), &format!("/constancia/{}", one.code), Tone::Quiet))
            }
            (card(&w.t("certificate-revoke-title"), html! {
                p { (w.t("certificate-revoke-text")) }
                (form_post(&at, &me.session.csrf, &app.once(), html! {
                    input type="hidden" name="version" value=(one.version);
                    (select(w, &Field::new("reason", w.t("certificate-reason")).value(typed_in(f, "reason")).error(p.of("reason")), &keyed(w, "revoked", &REASONS)))
                    (actions(&[
                        button(&w.t("certificate-revoke"), Tone::Danger, "do", "revoke"),
                        button(&w.t("certificate-reissue"), Tone::Quiet, "do", "reissue"),
                    ]))
                }))
            }))
        } @else { (revoked(app, me, &one)) }
    };
    let desk = Desk::new(app, me, "certificates-window", at).area(Place::Training).code(&one.code);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn revoked(app: &App, me: &Me, one: &Certificate) -> Markup {
    let w = me.words(app);
    html! {
        p { (tag(Mood::Care, &w.t("certificate-is-revoked"))) " "
            @if let Some(at) = one.revoked_at { (w.date(app.local(at).date())) ". " }
            @if let Some(reason) = &one.reason { (w.t(&format!("revoked-{reason}"))) }
        }
    }
}

/// `POST /capacitacion/cursos/{code}/constancias/{id}`: revokes it, or issues it anew under the name that the register has now.
pub async fn change(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let p = &app.programme;
    p.may(me.caller(), Act::CERTIFICATE_REVOKE)?;
    let f = posted.only(&["version", "reason", "do"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let course = courses::find(p, work.tx(), me.caller(), &code).await?;
    let which = (&course, id, f.number("version").unwrap_or_default());
    let outcome = if f.text("do") == "reissue" {
        certificates::reissue(p, &mut work, me.caller(), which, &address(&app, &headers)).await
    } else {
        certificates::revoke(p, &mut work, me.caller(), which, f.text("reason")).await
    };
    match finish(&app, &me, &posted, work, outcome, &here(&course)).await? {
        Done::To(response) => Ok(response),
        Done::Mend(problems) => page(&app, &me, (&code, id), Some(f), &problems).await,
    }
}

/// `GET /capacitacion/cursos/{code}/constancias/{id}/{format}/{language}`: the paper.
pub async fn paper(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path((code, id, format, language)): Path<(String, Uuid, String, String)>,
) -> Answer {
    let author = me.session.name.clone();
    let me = filled::speaking(&me, &language)?;
    let (w, p) = (me.words(&app), &app.programme);
    p.may(me.caller(), Act::CERTIFICATE_ISSUE)?;
    let mut work = app.work(&me).await?;
    let course = courses::find(p, work.tx(), me.caller(), &code).await?;
    let (one, holder) = certificates::get(p, work.tx(), me.caller(), (&course, id)).await?;
    if !one.is_valid() || holder.name.is_empty() {
        return Err(crate::Failure::State("state-certificate-revoked"));
    }
    let about = certificates::about(p, work.tx(), course.id, &language).await?;
    let link = format!("{}/constancia/{}", address(&app, &headers), one.code);
    let day = |day: Option<jiff::civil::Date>| day.map(|d| w.date(d)).unwrap_or_default();
    let values = Values::default()
        .text("programa", &p.pack.name)
        .text("nombre", &holder.name)
        .text("curso", &about.name)
        .text("temas", about.modules.join("; "))
        .text("horas", w.with("certificate-hours", &[("n", about.hours.as_str().into())]))
        .text(
            "dias",
            w.with("certificate-days", &[("from", day(about.from).into()), ("to", day(about.to).into())]),
        )
        .text("asistencia", w.with("certificate-attendance", &[("n", about.threshold.into())]))
        .text("fecha", iso_day(w, Some(&one.day)))
        .text("codigo", &one.code)
        .text("direccion", format!("{}/constancia", address(&app, &headers)))
        .code(
            "codigo_qr",
            Code { says: w.with("certificate-qr", &[("link", link.as_str().into())]), dark: modules(&link) },
        )
        .text("titular", certificates::holder_number(p, one.id))
        .text("emite", &author)
        .text("firma", format!("______________________________\n{author}\n{}", p.pack.name));
    let action = ("certificate.file", one.id);
    let bytes = if format == "pdf" {
        let bytes = certificate_pdf::pdf(&app, &me, &values, &link)?;
        papers::made(&mut work, action, &bytes).await?;
        bytes
    } else {
        filled::made(&app, &mut work, (&format, ("certificate", language.as_str())), action, &values).await?
    };
    work.commit().await?;
    Ok(file(&format!("{}-{}", w.t("template-file-certificate"), one.code), &format, bytes))
}
