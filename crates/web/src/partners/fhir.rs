//! A referral as a file for an institution whose own program reads FHIR.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use ceiba_programme::cases;
use ceiba_programme::partners::fhir;
use uuid::Uuid;

use crate::me::Me;
use crate::{Answer, App};

/// `GET /casos/{code}/referencias/{id}/fhir.json`. The file is made while the page asks, and is on the list of what went.
pub async fn show(State(app): State<App>, me: Me, Path((code, id)): Path<(String, Uuid)>) -> Answer {
    let mut work = app.work(&me).await?;
    let case = cases::by_code(work.tx(), &code).await?;
    let bundle = fhir::bundle(&app.programme, &mut work, me.caller(), (case, id)).await?;
    work.commit().await?;
    let head = [
        (CONTENT_TYPE, "application/fhir+json; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"referencia.fhir.json\""),
    ];
    Ok((head, bundle.to_string()).into_response())
}
