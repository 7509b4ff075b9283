//! What she said in a visit that never became a case: it goes after a term, and on her word at once. Its keys are
//! destroyed, so that no copy opens it any more; the visit's codes and the facts stay, and name nobody.

use ceiba_access::{Act, Caller};
use ceiba_store::Work;
use uuid::Uuid;

use super::{Visit, by_id, open};
use crate::{Outcome, Problems, Programme, ProgrammeError, erasure};

/// The job that a visit without a case leaves for the day when its term ends.
pub(crate) const JOB: &str = "visit.forget";

/// Erases what she said on her word. `sure`: whoever asks has said that she wants it.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when nobody said so; [`ProgrammeError::State`] when the visit has a case, whose erasure two
/// people decide on, or nothing is left to erase; the gate's refusal.
pub async fn on_her_word(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    id: Uuid,
    sure: bool,
) -> Outcome<()> {
    let (visit, _) = open(p, work.tx(), caller, Act::CLINIC_RECEIVE, id).await?;
    let mut problems = Problems::default();
    problems.when(!sure, "sure", "problem-visit-forget");
    problems.done()?;
    if visit.case.is_some() {
        return Err(ProgrammeError::State("state-visit-has-case"));
    }
    if visit.erased_at.is_some() {
        return Err(ProgrammeError::State("state-visit-erased"));
    }
    destroy(work, &visit, caller.account, "her_word").await?;
    Ok(work.record("clinic.forget", "visit", id, [0; 32]).await?)
}

/// The term of a visit ended: what was said goes, unless a case took it up or it has gone already. Says whether it did.
///
/// # Errors
/// When the database breaks.
pub(crate) async fn after_term(work: &mut Work, id: Uuid) -> Outcome<bool> {
    let Some(visit) = by_id(work.tx(), id).await? else { return Ok(false) };
    if visit.case.is_some() || visit.erased_at.is_some() {
        return Ok(false);
    }
    destroy(work, &visit, Uuid::nil(), "term").await?;
    work.record("clinic.forgotten", "visit", id, [0; 32]).await?;
    Ok(true)
}

/// The keys go, and the erasure is on the list that every restore applies again.
async fn destroy(work: &mut Work, visit: &Visit, by: Uuid, basis: &'static str) -> Outcome<()> {
    // Whoever joins the visit to a case at this moment waits for this row, and then finds it erased.
    work.sql("UPDATE visit SET version = version + 1 WHERE id = $1 AND case_id IS NULL")
        .bind(visit.id)
        .once()
        .await?;
    if erasure::destroy(work, visit.id, (by, by), basis).await? { Ok(()) } else { Err(ProgrammeError::Stale) }
}
