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
pub mod follow;
pub(crate) mod frame;
pub mod history;
pub mod identity;
pub mod leak;
pub mod leaving;
pub mod list;
pub mod medicine;
pub mod new;
pub mod paper;
pub mod person;
pub mod plan;
pub mod plan_print;
pub mod results;
pub mod safety;
pub mod search;
pub mod search_letter;
pub mod services;
pub mod summary;
pub mod team;
pub mod tellings;
pub mod timeline;
pub mod together;
pub mod together_read;
pub mod visits;
mod words;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ceiba_programme::ProgrammeError;
use ceiba_store::Work;
use uuid::Uuid;

use crate::me::Me;
use crate::parts::Problems;
use crate::posted::{Fields, Posted};
use crate::view::{problems, unsafe_bed};
use crate::{Answer, App, Failure};

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
    mut work: Work,
    outcome: Result<T, ProgrammeError>,
    to: &str,
) -> Result<Done, Failure> {
    match outcome {
        Ok(_) => Ok(Done::To(posted.commit(work, to).await?)),
        Err(ProgrammeError::Invalid(list)) => Ok(Done::Mend(problems(me.words(app), &list))),
        Err(ProgrammeError::Unsafe(found)) => Ok(Done::Mend(unsafe_bed(app, me, work.tx(), &found).await?)),
        Err(e) => Err(e.into()),
    }
}

/// One change of a case from a form: who asks and what she sent, done in one unit of work, then on to `to`, or the form
/// again with what to mend. A form that comes twice gets its first answer.
pub(crate) async fn on_case(
    app: &App,
    me: &Me,
    (code, to): (&str, &str),
    (posted, names): (&Posted, &[&str]),
    does: impl AsyncFnOnce(&mut Work, Uuid, &Fields) -> Result<(), ProgrammeError>,
    mend: impl AsyncFnOnce(&Fields, &Problems) -> Answer,
) -> Answer {
    let f = posted.only(names)?;
    let mut work = app.work(me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = ceiba_programme::cases::by_code(work.tx(), code).await?;
    let outcome = does(&mut work, case, f).await;
    match finish(app, me, posted, work, outcome, to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => mend(f, &p).await,
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
