//! Cases: the list, the file and its sections. One file for each section of the file.

pub mod access_log;
mod birth;
pub(crate) mod changed;
pub mod closing;
pub mod consent;
pub mod documents;
pub mod emergency;
pub mod erasing;
pub mod family;
pub mod folders;
pub(crate) mod frame;
pub mod history;
pub mod identity;
pub mod leaving;
pub mod list;
pub mod new;
pub mod paper;
pub mod person;
pub mod plan;
pub mod plan_print;
pub mod results;
pub mod safety;
pub mod services;
pub mod summary;
pub mod team;
pub mod timeline;
pub mod visits;
mod words;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ceiba_programme::ProgrammeError;
use ceiba_store::Work;

use crate::me::Me;
use crate::parts::Problems;
use crate::posted::{Fields, Posted};
use crate::view::{problems, unsafe_bed};
use crate::{App, Failure};

/// The end of every handler that changes something: done and on to a page, or the form again with what to
/// mend and everything that was typed, or a failure.
pub(crate) enum Done {
    /// Go there.
    To(Response),
    /// Show the form again.
    Mend(Problems),
}

/// Commits, or turns problems into sentences.
pub(crate) async fn finish<T>(
    app: &App,
    me: &Me,
    posted: &Posted,
    work: Work,
    outcome: Result<T, ProgrammeError>,
    to: &str,
) -> Result<Done, Failure> {
    match outcome {
        Ok(_) => Ok(Done::To(posted.commit(work, to).await?)),
        Err(ProgrammeError::Invalid(list)) => Ok(Done::Mend(problems(me.words(app), &list))),
        Err(ProgrammeError::Unsafe(found)) => Ok(Done::Mend(unsafe_bed(app, me, &found))),
        Err(e) => Err(e.into()),
    }
}

/// What was typed, for a form that is shown again; empty the first time.
pub(crate) fn typed_in<'a>(fields: Option<&'a Fields>, name: &str) -> &'a str {
    fields.map_or("", |f| f.text(name))
}

/// A page with problems has its own status.
pub(crate) fn with_status(response: Response, p: &Problems) -> Response {
    if p.is_empty() { response } else { (StatusCode::UNPROCESSABLE_ENTITY, response).into_response() }
}
