//! The professionals' own folders: legal, health, psychological. Notes there open only with that folder's
//! right, and in a strongbox only with a named person's key.

use axum::extract::{Path, State};
use ceiba_access::Folder;
use ceiba_programme::cases;
use ceiba_programme::cases::notes;
use ceiba_programme::clinic::findings;
use maud::html;

use super::{Done, finish, frame, medicine, typed_in};
use crate::me::Me;
use crate::parts::{
    DateParts, Field, Notice, Problems, actions, card, date_fields, error_summary, form_post, notice, radios,
    submit, text_area, typed, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::{iso_day, keyed};
use crate::{Answer, App};

/// `GET /casos/{code}/legal`.
pub async fn legal(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, ("legal", Folder::Legal), None, &Problems::new()).await
}

/// `GET /casos/{code}/salud`.
pub async fn health(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, ("salud", Folder::Health), None, &Problems::new()).await
}

/// `GET /casos/{code}/psicologia`.
pub async fn psychological(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, ("psicologia", Folder::Psychological), None, &Problems::new()).await
}

pub(super) async fn page(
    app: &App,
    me: &Me,
    code: &str,
    (path, folder): (&str, Folder),
    f: Option<&Fields>,
    p: &Problems,
) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, path).await?;
    let grant = app.programme.may_case(work.tx(), me.caller(), folder.read(), o.id()).await?;
    let written = notes::list(&app.programme, work.tx(), me.caller(), &grant, o.id(), folder).await?;
    let hers = match folder {
        Folder::Health => Some(medicine::read(app, me, &mut work, &grant, o.id()).await?),
        _ => None,
    };
    let results = if folder == Folder::Health {
        findings::list(&app.programme, work.tx(), me.caller(), &grant, o.id()).await?
    } else {
        vec![]
    };
    let o = o.settle(work).await?;
    // The health page has other forms too: what was typed there is not shown here.
    let none = Problems::new();
    let all = p;
    let (note, p) = match f {
        Some(f) if f.names().any(|n| n == "text") => (Some(f), p),
        _ => (None, &none),
    };
    let day = note.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let kind = note.map_or("session", |f| f.text("kind"));
    let content = html! {
        (error_summary(w, all))
        (notice(w, Notice::Info, html! { (w.t(&format!("folder-{}", folder.code()))) }))
        @if let Some(hers) = &hers { (medicine::section(app, me, &o, hers, (f, all))) }
        @if folder == Folder::Health { (super::results::section(app, me, &o, &results, f, all)) }
        @for n in &written {
            (card(&iso_day(w, n.head.on_day.as_deref()), html! {
                p class="quiet" { (w.t(&format!("note-{}", n.head.code.as_deref().unwrap_or("note")))) " · " (typed(&o.names.of(w, n.head.author))) }
                (typed_block(&n.body.text))
            }))
        }
        @if o.can(app, me, folder.write()) {
            (card(&w.t("note-new"), form_post(&o.path(path), &me.session.csrf, &app.once(), html! {
                (radios(w, &Field::new("kind", w.t("note-kind")).value(kind).error(p.of("kind")), &keyed(w, "note", &notes::KINDS)))
                (text_area(w, &Field::new("text", w.t("note-text")).hint(w.t("note-hint")).value(typed_in(note, "text")).error(p.of("text"))))
                (date_fields(w, &Field::new("on", w.t("note-day")).error(p.of("on_day")), &day, false))
                (actions(&[submit(&w.t("save"))]))
            })))
        }
    };
    Ok(super::with_status(frame::page(app, me, &o, path, content), all))
}

/// `POST /casos/{code}/legal`.
pub async fn add_legal(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    add(&app, &me, &code, ("legal", Folder::Legal), &posted).await
}

/// `POST /casos/{code}/salud`.
pub async fn add_health(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    add(&app, &me, &code, ("salud", Folder::Health), &posted).await
}

/// `POST /casos/{code}/psicologia`.
pub async fn add_psychological(
    State(app): State<App>,
    me: Me,
    Path(code): Path<String>,
    posted: Posted,
) -> Answer {
    add(&app, &me, &code, ("psicologia", Folder::Psychological), &posted).await
}

async fn add(app: &App, me: &Me, code: &str, (path, folder): (&str, Folder), posted: &Posted) -> Answer {
    let f = posted.only(&["kind", "text", "on"])?;
    let mut work = app.work(me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), code).await?;
    let day = f.day("on");
    let done = notes::add(
        &app.programme,
        &mut work,
        me.caller(),
        id,
        folder,
        (f.text("kind"), &day, f.text("text")),
        None,
    )
    .await;
    match finish(app, me, posted, work, done, &format!("/casos/{code}/{path}")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(app, me, code, (path, folder), Some(f), &p).await,
    }
}
