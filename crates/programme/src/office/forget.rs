//! What somebody said at an office goes on her word, and after a term when no case took it up. Facts stay, and name nobody.

use ceiba_access::{Act, Caller};
use ceiba_store::Work;
use uuid::Uuid;

use super::person;
use crate::{Outcome, Problems, Programme, ProgrammeError, erasure};

/// The job that somebody without a case leaves for the day when her term ends.
pub(crate) const JOB: &str = "office.forget";

/// Forgets somebody on her word. `sure`: whoever asks has said that she wants it. After the commit the caller calls
/// [`ceiba_store::Db::forget`].
///
/// # Errors
/// [`ProgrammeError::Invalid`] when nobody said so; [`ProgrammeError::State`] when she has a case, whose erasure two people decide.
pub async fn on_her_word(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    id: Uuid,
    sure: bool,
) -> Outcome<()> {
    let (who, _) = person(p, work.tx(), caller, Act::OFFICE_WRITE, id).await?;
    let mut problems = Problems::default();
    problems.when(!sure, "sure", "problem-visit-forget");
    problems.done()?;
    if who.case.is_some() {
        return Err(ProgrammeError::State("state-office-has-case"));
    }
    destroy(work, id, caller.account, "her_word").await?;
    Ok(work.record("office.forget", "office", id, [0; 32]).await?)
}

/// The term ended: her key goes, unless a case took it up or she was forgotten already. Says whether it did.
pub(crate) async fn after_term(work: &mut Work, id: Uuid) -> Outcome<bool> {
    let row = work
        .sql(
            "SELECT 1 AS x FROM office_person o LEFT JOIN alert a ON a.id = o.alert WHERE o.id = $1 AND o.case_id IS NULL
               AND a.case_id IS NULL AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.subject = o.id)",
        )
        .bind(id)
        .optional()
        .await?;
    if row.is_none() {
        return Ok(false);
    }
    destroy(work, id, Uuid::nil(), "term").await?;
    work.record("office.forgotten", "office", id, [0; 32]).await?;
    Ok(true)
}

async fn destroy(work: &mut Work, id: Uuid, by: Uuid, basis: &'static str) -> Outcome<()> {
    if !erasure::destroy(work, id, (by, by), basis).await? {
        return Err(ProgrammeError::Stale);
    }
    // Nobody waits for an answer about her any more.
    work.sql("UPDATE entry SET state = 'done', due_at = NULL WHERE file = $1").bind(id).run().await?;
    Ok(())
}
