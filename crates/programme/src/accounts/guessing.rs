//! Noticing that somebody guesses: many tries at one name, or at many. Whoever answers for the programme is told, and
//! she whose name it is.

use ceiba_access::Act;
use ceiba_store::{HOUR, Work};
use uuid::Uuid;

use super::callers;
use crate::{Outcome, Programme, notices};

/// The kind of the job.
pub(crate) const JOB: &str = "sign-in.guessing";
/// So many wrong tries at one name in a day are no slip of the hand.
const ONE: i64 = 10;
/// So many at all names in an hour, of those that were tried.
const ALL: i64 = 50;

/// Looks at the wrong tries after one more. One wave is told once: for an hour nothing more is said of it.
pub(super) async fn watch(work: &mut Work, account: Uuid, failures: i64) -> Outcome<()> {
    let now = work.at();
    if failures < ONE {
        let row = work.sql("SELECT CAST(SUM(failures) AS BIGINT) AS n FROM sign_in_try WHERE at > $1");
        if row.bind(now - HOUR).one().await?.get::<Option<i64>>("n")?.unwrap_or(0) < ALL {
            return Ok(());
        }
    }
    let told = work.sql("SELECT 1 AS x FROM job WHERE kind = $1 AND resource = $2 AND due_at > $3");
    if told.bind(JOB).bind(account).bind(now - HOUR).optional().await?.is_none() {
        work.job(JOB, account, now).await?;
        work.record("sign-in.guessing", "account", account, [0; 32]).await?;
    }
    Ok(())
}

/// Tells those who read the ledger, and her whose name it was. Each wave is a notice of its own.
pub(crate) async fn tell(p: &Programme, work: &mut Work, account: Uuid) -> Outcome<bool> {
    let wave = work.chance().id();
    let mut told = false;
    for who in callers(p, work.tx()).await? {
        if who.account == account || p.gate.would(&who, Act::AUDIT_READ, &ceiba_access::Situation::default())
        {
            told |= notices::tell(work, who.account, notices::GUESSING, wave).await?;
        }
    }
    Ok(told)
}
