//! The keys of what is locked in a case: whoever leaves gives them on the day of the handover; else a colleague of the team who has
//! them does, by opening the file; and when nobody has them, two directors together (`ceiba recover`).

use ceiba_access::{Act, Caller};
use ceiba_store::{Tx, Work};
use uuid::Uuid;

use super::held::{self, Kind};
use super::{Handover, mine};
use crate::{Outcome, Programme, ProgrammeError};

/// Where the keys of a case that moved will come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// Whoever leaves has them still.
    Leaver,
    /// Another member of the team has them.
    Team,
    /// Nobody but the directors.
    Directors,
}

/// The cases that moved and whose new colleague cannot open something that her role opens, by code.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn waiting(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    handover: &Handover,
) -> Outcome<Vec<(String, From)>> {
    let (things, _) = held::shown(p, tx, caller, handover).await?;
    let mut waiting = Vec::new();
    for (thing, _) in things.iter().filter(|(t, _)| t.kind == Kind::Case && t.moved_at.is_some()) {
        let to = thing.to.unwrap_or(handover.successor);
        let lacking = p.gate.lacking(tx, thing.item, to).await?;
        if lacking.is_empty() {
            continue;
        }
        let from = if lacking.iter().all(|has| has.contains(&handover.leaver)) {
            From::Leaver
        } else if lacking.iter().all(|has| !has.is_empty()) {
            From::Team
        } else {
            From::Directors
        };
        waiting.push((thing.code.clone(), from));
    }
    Ok(waiting)
}

/// Whoever leaves gives the keys that she has, of every case that moved. Tells how many were given.
///
/// # Errors
/// [`ProgrammeError::State`] when she hands nothing over, or nothing has moved yet.
pub async fn give(p: &Programme, work: &mut Work, caller: &Caller) -> Outcome<u32> {
    let handover = mine(work.tx(), caller).await?.filter(|h| h.leaver == caller.account);
    let Some(handover) = handover else { return Err(ProgrammeError::State("state-handover-none")) };
    let rows = work
        .sql("SELECT item FROM handover_item WHERE handover = $1 AND kind = 'case' AND moved_at IS NOT NULL ORDER BY item")
        .bind(handover.id)
        .all()
        .await?;
    if rows.is_empty() {
        return Err(ProgrammeError::State("state-handover-not-yet"));
    }
    let mut given = 0;
    for row in &rows {
        let case: Uuid = row.get("item")?;
        // She is on the team until the end, and nobody gives what she could not open.
        if p.may_case(work.tx(), caller, Act::CASE_READ, case).await.is_ok() {
            given += p.gate.hand_over(work, caller, case).await?;
        }
    }
    work.record("post.key", "account", caller.account, [0; 32]).await?;
    Ok(given)
}
