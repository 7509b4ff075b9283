//! Linking a visit to a case: one that the caller may open, or one that she has just opened.

use ceiba_access::{Act, Caller};
use ceiba_store::Work;
use uuid::Uuid;

use super::open;
use crate::{Outcome, Problem, Programme, ProgrammeError, cases};

/// Joins a visit to an existing case by its code. One that is not hers, one that does not exist and one that is closed
/// are answered alike.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when the visit has a case.
pub async fn join(p: &Programme, work: &mut Work, caller: &Caller, visit: Uuid, code: &str) -> Outcome<()> {
    open(p, work.tx(), caller, Act::CLINIC_RECEIVE, visit).await?;
    let none = || ProgrammeError::Invalid(vec![Problem { field: "code", key: "problem-clinic-code" }]);
    let case = cases::by_code(work.tx(), code).await?;
    match p.may_case(work.tx(), caller, Act::CASE_READ, case).await {
        Err(ProgrammeError::Refused(_)) => return Err(none()),
        other => other?,
    };
    if cases::lookup(work.tx(), case).await?.state == "closed" {
        return Err(none());
    }
    joined(p, work, caller, visit, case).await
}

/// Links a visit to a case that the caller has opened in the same [`Work`], or was allowed to open.
///
/// # Errors
/// [`ProgrammeError::State`] when it has a case already, or she had it forgotten: nobody ties her to it again.
pub async fn joined(p: &Programme, work: &mut Work, caller: &Caller, visit: Uuid, case: Uuid) -> Outcome<()> {
    let (it, _) = open(p, work.tx(), caller, Act::CLINIC_RECEIVE, visit).await?;
    it.still_said()?;
    let touched = work
        .sql("UPDATE visit SET case_id = $1, version = version + 1 WHERE id = $2 AND case_id IS NULL")
        .bind(case)
        .bind(visit)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::State("state-visit-has-case"));
    }
    Ok(work.record("clinic.join", "visit", visit, [0; 32]).await?)
}
