//! The legal hold: nothing of her may be erased while a court or a trial may need it.

use ceiba_access::{Act, Caller};
use ceiba_store::{Micros, Tx, Work};
use uuid::Uuid;

use crate::{Outcome, Problems, Programme, ProgrammeError};

/// Reasons for setting one.
pub const REASONS: [&str; 4] = ["court_order", "open_trial", "complaint_filed", "protection_order"];
/// Reasons for lifting one.
pub const ENDED: [&str; 3] = ["trial_ended", "order_lifted", "set_by_mistake"];

/// A hold in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Its id: what the form to lift it is based on.
    pub id: Uuid,
    /// One of [`REASONS`].
    pub reason: String,
    /// Who set it.
    pub set_by: Uuid,
    /// When.
    pub set_at: Micros,
}

/// Sets a hold: the lawyer of the care team decides what a court may need.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] without a reason; [`ProgrammeError::Stale`] when there is
/// one already.
pub async fn set(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, reason: &str) -> Outcome<Uuid> {
    p.may_case(work.tx(), caller, Act::HOLD_SET, case).await?;
    let mut problems = Problems::default();
    problems.when(!REASONS.contains(&reason), "reason", "problem-reason");
    problems.done()?;
    if current(work.tx(), case).await?.is_some() {
        return Err(ProgrammeError::Stale);
    }
    let (id, now) = (work.chance().id(), work.at());
    work.sql("INSERT INTO legal_hold (id, case_id, reason, set_by, set_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(case)
        .bind(reason)
        .bind(caller.account)
        .bind(now)
        .once()
        .await?;
    mark(work, case, true).await?;
    work.record("hold.set", "case", case, [0; 32]).await?;
    Ok(id)
}

/// Lifts a hold, with a reason. `seen` is the hold that the form showed.
///
/// # Errors
/// As [`set`]; [`ProgrammeError::Stale`] when it is not the one in force any more.
pub async fn lift(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, seen): (Uuid, Uuid),
    why: &str,
) -> Outcome<()> {
    p.may_case(work.tx(), caller, Act::HOLD_SET, case).await?;
    let mut problems = Problems::default();
    problems.when(!ENDED.contains(&why), "why", "problem-reason");
    problems.done()?;
    if current(work.tx(), case).await?.is_none_or(|h| h.id != seen) {
        return Err(ProgrammeError::Stale);
    }
    let now = work.at();
    work.sql("UPDATE legal_hold SET lifted_by = $1, lifted_at = $2, why = $3 WHERE id = $4")
        .bind(caller.account)
        .bind(now)
        .bind(why)
        .bind(seen)
        .once()
        .await?;
    mark(work, case, false).await?;
    Ok(work.record("hold.lift", "case", case, [0; 32]).await?)
}

async fn mark(work: &mut Work, case: Uuid, held: bool) -> Outcome<()> {
    Ok(work
        .sql("UPDATE case_file SET legal_hold = $1, version = version + 1 WHERE id = $2")
        .bind(held)
        .bind(case)
        .once()
        .await?)
}

/// The hold in force on a case.
///
/// # Errors
/// When the database breaks.
pub async fn current(tx: &mut Tx, case: Uuid) -> Outcome<Option<Hold>> {
    let row = tx
        .sql("SELECT id, reason, set_by, set_at FROM legal_hold WHERE case_id = $1 AND lifted_at IS NULL")
        .bind(case)
        .optional()
        .await?;
    row.map(|r| {
        Ok(Hold {
            id: r.get("id")?,
            reason: r.get("reason")?,
            set_by: r.get("set_by")?,
            set_at: r.get("set_at")?,
        })
    })
    .transpose()
}

/// Whether any of her cases is held: all of them go together, so one is enough.
///
/// # Errors
/// When the database breaks.
pub async fn any(tx: &mut Tx, person: Uuid) -> Outcome<bool> {
    let row = tx
        .sql("SELECT 1 AS x FROM case_file WHERE person = $1 AND legal_hold LIMIT 1")
        .bind(person)
        .optional();
    Ok(row.await?.is_some())
}
