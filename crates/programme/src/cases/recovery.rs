//! When everybody who had the keys to a case is gone: two directors give them to whoever follows.

use ceiba_store::Work;
use ceiba_vault::PersonSecret;
use uuid::Uuid;

use crate::{Outcome, Programme, ProgrammeError};

/// Gives a member of the care team the strongboxes of a case that her role opens, with the directors' key. Returns
/// how many keys she was given.
///
/// # Errors
/// [`ProgrammeError::State`] when there is nothing to give: she is not on the team, has a conflict of interest, her
/// role opens no strongbox, there is none yet, or she has its keys.
pub async fn give(
    p: &Programme,
    work: &mut Work,
    quorum: &PersonSecret,
    (case, account): (Uuid, Uuid),
) -> Outcome<u32> {
    let given = p.gate.recover(work, quorum, case, account).await?;
    if given == 0 {
        return Err(ProgrammeError::State("state-nothing-to-recover"));
    }
    work.record("key.recover", "case", case, [0; 32]).await?;
    Ok(given)
}
