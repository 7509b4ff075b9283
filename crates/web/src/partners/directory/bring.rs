//! The directory as a file for other systems, out and in. What comes is looked at before anything is written.

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use ceiba_access::Act;
use ceiba_exchange::hsds::{Fault, Service};
use ceiba_programme::ProgrammeError;
use ceiba_programme::partners::directory::hsds::{self, Fate, Looked};
use maud::{Markup, html};

use crate::cases::with_status;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Column, Field, Mood, Notice, Problems, Table, Tone, actions, button_link, error_summary, file_field,
    form_files, form_post, heading, notice, submit, tag, typed,
};
use crate::posted::Posted;
use crate::posted::upload::Upload;
use crate::{Answer, App, Place};

const HERE: &str = "/directorio/traer";

/// Bytes of what is carried from the look to the yes: it comes back percent-encoded, within what a form may hold.
const CARRIED: usize = 180 * 1024;

/// `GET /directorio/hsds.json`.
pub async fn export(State(app): State<App>, me: Me) -> Answer {
    let mut work = app.work(&me).await?;
    let file = hsds::export(&app.programme, work.tx(), me.caller()).await?;
    work.record("directory.export", "directory", me.account(), [0; 32]).await?;
    work.commit().await?;
    let head = [
        (CONTENT_TYPE, "application/json; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"directorio-hsds.json\""),
    ];
    Ok((head, file).into_response())
}

/// `GET /directorio/traer`.
pub async fn ask(State(app): State<App>, me: Me) -> Answer {
    blank(&app, &me, &Problems::new())
}

fn blank(app: &App, me: &Me, p: &Problems) -> Answer {
    let w = me.words(app);
    app.programme.may(me.caller(), Act::DIRECTORY_WRITE)?;
    let content = html! {
        (heading(html! { (w.t("bring-title")) }, html! { (w.t("bring-text")) }))
        (error_summary(w, p))
        (form_files(HERE, &me.session.csrf, &app.once(), html! {
            (file_field(w, &Field::new("file", w.t("bring-file")).hint(w.t("bring-file-hint")).error(p.of("file")), ".json"))
            (actions(&[submit(&w.t("bring-look"))]))
        }))
        p { (button_link(&w.t("directory-back"), "/directorio", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "directory-window", HERE).area(Place::Cases);
    Ok(with_status(desk.body(content), p))
}

/// `POST /directorio/traer`: what would become of each row. Nothing is written.
pub async fn look(State(app): State<App>, me: Me, upload: Upload) -> Answer {
    app.programme.may(me.caller(), Act::DIRECTORY_WRITE)?;
    upload.posted.only(&["file"])?;
    let refuse = |key: &str| {
        let mut p = Problems::new();
        p.add("file", me.words(&app).t(key));
        blank(&app, &me, &p)
    };
    let Some(sent) = upload.file("file")? else { return refuse("problem-bring-file") };
    if sent.large {
        return refuse("problem-bring-large");
    }
    let mut tx = app.programme.store.db.read().await?;
    let looked = hsds::look(&app.programme, &mut tx, me.caller(), &sent.bytes).await?;
    drop(tx);
    match looked {
        Err(Fault::NotJson) => refuse("problem-bring-not-json"),
        Err(Fault::NoServices) => refuse("problem-bring-none"),
        Err(Fault::TooMany) => refuse("problem-bring-large"),
        Ok(rows) => match carried(&rows) {
            None => refuse("problem-bring-large"),
            Some(carried) => Ok(shown(&app, &me, &rows, &carried)),
        },
    }
}

/// What will be added, for the yes; none when it is too much for a form.
fn carried(rows: &[Looked]) -> Option<String> {
    let new: Vec<&Service> = rows.iter().filter_map(|r| r.service.as_deref()).collect();
    serde_json::to_string(&new).ok().filter(|text| text.len() <= CARRIED)
}

fn shown(app: &App, me: &Me, rows: &[Looked], carried: &str) -> Response {
    let w = me.words(app);
    let new = rows.iter().filter(|r| r.fate == Fate::New).count();
    let columns = vec![
        Column::number(w.t("bring-row")),
        Column::new(w.t("directory-name")),
        Column::new(w.t("bring-fate")),
    ];
    let table = Table::new(w.t("bring-caption"), columns).cards().rows(rows.iter().map(|r| {
        vec![
            html! { (r.number) },
            html! { (typed(&r.name)) },
            html! { (fate(app, me, &r.fate)) @if r.places { " " (w.t("bring-places")) } },
        ]
    }));
    let content = html! {
        (heading(html! { (w.t("bring-look-title")) }, html! { (w.with("bring-new-count", &[("n", new.into()), ("of", rows.len().into())])) }))
        (notice(w, Notice::Info, html! { p { (w.t("bring-look-text")) } }))
        (table.show(w))
        @if new > 0 {
            (form_post("/directorio/traer/si", &me.session.csrf, &app.once(), html! {
                input type="hidden" name="rows" value=(carried);
                (actions(&[submit(&w.t("bring-add"))]))
            }))
        }
        p { (button_link(&w.t("bring-other"), HERE, Tone::Quiet)) }
    };
    Desk::new(app, me, "directory-window", HERE).area(Place::Cases).body(content)
}

fn fate(app: &App, me: &Me, fate: &Fate) -> Markup {
    let w = me.words(app);
    match fate {
        Fate::New => tag(Mood::Ok, &w.t("bring-new")),
        Fate::Known(id) => {
            html! { (tag(Mood::Plain, &w.t("bring-known"))) " " a href={ "/directorio/" (id) } { (w.t("bring-known-link")) } }
        }
        Fate::Twice(first) => tag(Mood::Care, &w.with("bring-twice", &[("row", (*first).into())])),
        Fate::NotOffered => tag(Mood::Plain, &w.t("bring-not-offered")),
        Fate::Wrong(list) => html! {
            (tag(Mood::Care, &w.t("bring-wrong")))
            @for (field, why) in list { p { @if !field.is_empty() { code { (typed(field)) } ": " } (w.t(&format!("bring-why-{}", why.code()))) } }
        },
        Fate::Mend(list) => html! {
            (tag(Mood::Care, &w.t("bring-mend")))
            @for p in list { p { (w.t(label(p.field))) ": " (w.t(p.key)) } }
        },
    }
}

/// What a field is called at the form; an office stands in no file, it is the first municipality served.
fn label(field: &str) -> &'static str {
    match field {
        "name" => "directory-name",
        "kind" => "directory-kind",
        "phone" => "directory-phone",
        "hours" => "directory-hours",
        "services" => "directory-services",
        "languages" => "directory-languages",
        "units" => "directory-units",
        "eligibility" => "directory-eligibility",
        "valid_from" => "directory-from",
        "valid_until" => "directory-until",
        _ => "directory-coverage",
    }
}

/// `POST /directorio/traer/si`. When the directory changed meanwhile, the look comes once more.
pub async fn yes(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["rows"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let bytes = f.text("rows").as_bytes();
    match hsds::bring(&app.programme, &mut work, me.caller(), bytes).await {
        Ok(_) => posted.commit(work, "/directorio").await,
        Err(ProgrammeError::Stale) => {
            drop(work);
            let mut tx = app.programme.store.db.read().await?;
            let rows = hsds::look(&app.programme, &mut tx, me.caller(), bytes).await?;
            drop(tx);
            let rows = rows.map_err(|_| crate::Failure::Tampered)?;
            let carried = carried(&rows).ok_or(crate::Failure::TooLarge)?;
            Ok((axum::http::StatusCode::CONFLICT, shown(&app, &me, &rows, &carried)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
