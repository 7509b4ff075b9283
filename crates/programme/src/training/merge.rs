//! Two rows that are one person. Nothing is moved: places and marks stay where they were written and are read as hers, so that it can be
//! undone. What was counted is counted again as one person.

use ceiba_access::{Act, Caller};
use ceiba_store::Work;
use uuid::Uuid;

use super::{counting, known, may, people};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// Says that `from` is `into`.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when they are one row already; [`ProgrammeError::State`] when one of them was merged elsewhere or erased;
/// [`ProgrammeError::Stale`] when somebody changed her meanwhile.
pub async fn merge(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (from, seen): (Uuid, i64),
    into: Uuid,
) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    let mut problems = Problems::default();
    problems.when(from == into, "into", "problem-choose");
    problems.done()?;
    for id in [from, into] {
        let t = people::get(p, work.tx(), caller, id).await?;
        if t.merged_into.is_some() || t.erased_at.is_some() {
            return Err(ProgrammeError::State("state-training-merged"));
        }
    }
    let others = work.sql("SELECT 1 AS x FROM trainee WHERE merged_into = $1").bind(from).optional().await?;
    if others.is_some() {
        return Err(ProgrammeError::State("state-training-merged"));
    }
    point(work, (from, seen), Some(into)).await?;
    work.record("trainee.merge", "trainee", from, [0; 32]).await?;
    known::leave(p, work, from);
    counting::settle_of(p, work, [from, into]).await
}

/// Takes it back: she is somebody else after all.
///
/// # Errors
/// [`ProgrammeError::State`] when she was not merged; [`ProgrammeError::Stale`] when somebody changed her meanwhile.
pub async fn undo(p: &Programme, work: &mut Work, caller: &Caller, (from, seen): (Uuid, i64)) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    let t = people::get(p, work.tx(), caller, from).await?;
    let (Some(into), None) = (t.merged_into, t.erased_at) else {
        return Err(ProgrammeError::State("state-training-not-merged"));
    };
    point(work, (from, seen), None).await?;
    work.record("trainee.unmerge", "trainee", from, [0; 32]).await?;
    known::remember(p, work, from, &t.name);
    counting::settle_of(p, work, [from, into]).await
}

/// The version of the row stays: its name is sealed under it.
async fn point(work: &mut Work, (from, seen): (Uuid, i64), into: Option<Uuid>) -> Outcome<()> {
    let touched = work
        .sql("UPDATE trainee SET merged_into = $1 WHERE id = $2 AND version = $3 AND erased_at IS NULL")
        .bind(into)
        .bind(from)
        .bind(seen)
        .run()
        .await?;
    if touched == 1 { Ok(()) } else { Err(ProgrammeError::Stale) }
}
