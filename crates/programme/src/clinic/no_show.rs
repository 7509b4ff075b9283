//! She did not come: whoever wants to reach her asks the door, like everybody. Her own phone is not read: it is nobody's safe way
//! until a rule says so.

use ceiba_access::{Act, Caller};
use ceiba_store::{Tx, Work};
use uuid::Uuid;

use super::of;
use crate::contact::door::{self, Attempt, Blocked, Passed};
use crate::contact::rules::Channel;
use crate::{Outcome, Programme};

/// What each channel would say now, for somebody of her clinic.
///
/// # Errors
/// The gate's refusal, or when something breaks.
pub async fn ways(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    case: Uuid,
    leaving: Option<Channel>,
) -> Outcome<Vec<(Channel, Result<Passed, Blocked>)>> {
    of(p, caller, Act::CLINIC_READ)?;
    p.may_case(tx, caller, Act::CLINIC_READ, case).await?;
    door::ways(p, tx, caller, case, (p.store.clock.now(), leaving)).await
}

/// Somebody of her clinic wants to reach her now.
///
/// # Errors
/// The gate's refusal, or when something breaks.
pub async fn reach(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    wanted: &Attempt,
) -> Outcome<Result<Passed, Blocked>> {
    of(p, caller, Act::CLINIC_RECEIVE)?;
    p.may_case(work.tx(), caller, Act::CLINIC_RECEIVE, case).await?;
    door::knock(p, work, caller, case, (wanted, "no_show")).await
}
