//! Files: attached, listed, and given out only as downloads.

use axum::extract::FromRequest as _;
use axum::extract::{FromRequestParts as _, Multipart, Path, Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::IntoResponse;
use ceiba_access::Act;
use ceiba_programme::cases;
use ceiba_programme::cases::files::{self, Attached};
use ceiba_programme::{Problem, ProgrammeError};
use maud::html;
use uuid::Uuid;

use super::frame;
use crate::me::{Known, Me};
use crate::parts::{
    Column, Field, Kind, Problems, Table, actions, card, empty_state, error_summary, file_field, form_files,
    submit, text_field, typed,
};
use crate::view::problems;
use crate::{Answer, App, Failure, see_other};

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

/// `POST /casos/{code}/documentos`. The size is bounded while it streams in, before anything is kept.
pub async fn add(State(app): State<App>, Path(code): Path<String>, request: Request) -> Answer {
    let (mut parts, body) = request.into_parts();
    let Known { session, lang } = Known::from_request_parts(&mut parts, &app).await?;
    if session.locked {
        return Err(Failure::Locked);
    }
    let me = Me { session, lang };
    let mut form = Multipart::from_request(Request::from_parts(parts, body), &app)
        .await
        .map_err(|_| Failure::Tampered)?;
    let (mut title, mut name, mut bytes, mut csrf) =
        (String::new(), String::new(), Vec::new(), String::new());
    let mut large = false;
    while let Some(mut field) = form.next_field().await.map_err(|_| Failure::TooLarge)? {
        let key = field.name().unwrap_or_default().to_owned();
        if key == "file" {
            field.file_name().unwrap_or_default().clone_into(&mut name);
            while let Some(chunk) = field.chunk().await.map_err(|_| Failure::TooLarge)? {
                // Read on without keeping, so that the browser gets the page that says it was too large.
                large |= bytes.len() + chunk.len() > files::LARGEST;
                if !large {
                    bytes.extend_from_slice(&chunk);
                }
            }
            continue;
        }
        let text = field.text().await.map_err(|_| Failure::TooLarge)?;
        match key.as_str() {
            "title" => title = text,
            "csrf" => csrf = text,
            "once" => {}
            _ => return Err(Failure::Tampered),
        }
    }
    if csrf != me.session.csrf {
        return Err(Failure::Tampered);
    }
    let mut work = app.work(&me).await?;
    let id = cases::by_code(work.tx(), &code).await?;
    let attached = Attached { name, title: title.clone() };
    let done = if large {
        Err(ProgrammeError::Invalid(vec![Problem { field: "file", key: "problem-file-large" }]))
    } else {
        files::attach(&app.programme, &mut work, me.caller(), id, &attached, &bytes).await
    };
    match done {
        Ok(_) => {
            work.commit().await?;
            Ok(see_other(&format!("/casos/{code}/documentos")))
        }
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            page(&app, &me, &code, &title, &problems(me.words(&app), &list)).await
        }
        Err(e) => Err(e.into()),
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
            (CONTENT_SECURITY_POLICY, "sandbox".to_owned()),
        ],
        bytes,
    )
        .into_response())
}
