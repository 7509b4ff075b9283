//! The end: the account that leaves is closed and has nothing in its hands.

use ceiba_access::{Act, Caller};
use ceiba_store::Work;
use uuid::Uuid;

use super::{held, read};
use crate::{Outcome, Programme, ProgrammeError, accounts};

/// Closes a handover and the account of whoever leaves.
///
/// # Errors
/// [`ProgrammeError::State`] while something has not moved; [`ProgrammeError::Stale`] when it was closed meanwhile.
pub async fn close(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<()> {
    let handover = read(p, work.tx(), caller, Act::HANDOVER_BEGIN, id).await?;
    if !handover.open() {
        return Err(ProgrammeError::Stale);
    }
    if caller.account == handover.leaver {
        return Err(ProgrammeError::State("state-own-account"));
    }
    if held::of(p, work.tx(), &handover).await?.iter().any(|t| t.moved_at.is_none()) {
        return Err(ProgrammeError::State("state-handover-left"));
    }
    let row =
        work.sql("SELECT active, version FROM account WHERE id = $1").bind(handover.leaver).one().await?;
    if row.get::<bool>("active")? {
        accounts::set_active(work, (handover.leaver, row.get("version")?), false).await?;
    } else {
        accounts::let_go(work, handover.leaver).await?;
    }
    let at = work.at();
    let touched = work
        .sql(
            "UPDATE handover SET state = 'closed', closed_by = $1, closed_at = $2, version = version + 1
             WHERE id = $3 AND version = $4",
        )
        .bind(caller.account)
        .bind(at)
        .bind(id)
        .bind(handover.version)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::Stale);
    }
    Ok(work.record("post.close", "account", handover.leaver, [0; 32]).await?)
}
