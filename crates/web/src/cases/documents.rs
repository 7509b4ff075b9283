//! Files: attached, listed, and given out only as downloads.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::IntoResponse;
use ceiba_access::Act;
use ceiba_programme::cases;
use ceiba_programme::cases::files::{self, Attached};
use ceiba_programme::{Problem, ProgrammeError};
use maud::html;
use uuid::Uuid;

use super::{Done, finish, frame};
use crate::me::Me;
use crate::parts::{
    Column, Field, Kind, Problems, Table, actions, card, empty_state, error_summary, file_field, form_files,
    submit, text_field, typed,
};
use crate::posted::upload::Upload;
use crate::{Answer, App};

/// `GET /casos/{code}/documentos`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, "", &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, title: &str, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "documentos").await?;
    let list = files::list(&app.programme, work.tx(), me.caller(), &o.file.grant, o.id()).await?;
    let o = o.settle(work).await?;
    let columns =
        ["file-col-title", "file-col-type", "file-col-day", "file-col-who"].map(|c| Column::new(w.t(c)));
    let table = Table::new(w.t("section-documents"), columns.into()).rows(list.iter().map(|f| {
        vec![
            html! { a href=(o.path(&format!("documentos/{}", f.head.id))) { (typed(&f.body.title)) } },
            html! { (f.head.code.as_deref().unwrap_or_default()) },
            html! { (w.date(app.local(f.head.created_at).date())) },
            typed(&o.names.of(w, f.head.author)),
        ]
    }));
    let content = html! {
        (error_summary(w, p))
        @if list.is_empty() { (empty_state(&w.t("files-empty"), html! {})) } @else { (table.show(w)) }
        @if o.can(app, me, Act::FILE_WRITE) {
            (card(&w.t("file-new"), form_files(&o.path("documentos"), &me.session.csrf, &app.once(), html! {
                (text_field(w, &Field::new("title", w.t("file-title")).hint(w.t("file-title-hint")).value(title).error(p.of("title")), Kind::Text))
                (file_field(w, &Field::new("file", w.t("file-file")).hint(w.t("file-hint")).error(p.of("file")), "image/jpeg,image/png,application/pdf"))
                (actions(&[submit(&w.t("save"))]))
            })))
        }
    };
    Ok(super::with_status(frame::page(app, me, &o, "documentos", content), p))
}

/// `POST /casos/{code}/documentos`.
pub async fn add(State(app): State<App>, me: Me, Path(code): Path<String>, sent: Upload) -> Answer {
    let f = sent.posted.only(&["title"])?;
    let file = sent.file("file")?;
    let mut work = app.work(&me).await?;
    if let Some(done) = sent.posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let attached = Attached {
        name: file.map(|s| s.name.clone()).unwrap_or_default(),
        title: f.text("title").to_owned(),
    };
    let done = if file.is_some_and(|s| s.large) {
        Err(ProgrammeError::Invalid(vec![Problem { field: "file", key: "problem-file-large" }]))
    } else {
        let bytes = file.map_or(&[][..], |s| &s.bytes);
        files::attach(&app.programme, &mut work, me.caller(), id, &attached, bytes).await
    };
    match finish(&app, &me, &sent.posted, work, done, &format!("/casos/{code}/documentos")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, f.text("title"), &p).await,
    }
}

/// `GET /casos/{code}/documentos/{id}`: a download, never shown in the page's own origin.
pub async fn download(State(app): State<App>, me: Me, Path((code, id)): Path<(String, Uuid)>) -> Answer {
    let mut work = app.work(&me).await?;
    let case = cases::by_code(work.tx(), &code).await?;
    let grant = app.programme.may_case(work.tx(), me.caller(), Act::CASE_READ, case).await?;
    let (media, bytes) = files::content(&app.programme, work.tx(), me.caller(), &grant, case, id).await?;
    work.record("file.read", "case", case, [0; 32]).await?;
    work.commit().await?;
    let ending = match media.as_str() {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        _ => "pdf",
    };
    // The name tells the case's code and nothing that was typed.
    let disposition = format!("attachment; filename=\"{code}-{}.{ending}\"", &id.to_string()[..8]);
    Ok((
        [
            (CONTENT_TYPE, media),
            (CONTENT_DISPOSITION, disposition),
            (CONTENT_SECURITY_POLICY, crate::headers::SANDBOX.to_owned()),
        ],
        bytes,
    )
        .into_response())
}
