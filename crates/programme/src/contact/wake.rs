//! A notice waits: whoever has a channel of her own is woken, once an hour at most, and not when she looked meanwhile.

use ceiba_store::{DAY, HOUR, Micros, Tx, Work};
use uuid::Uuid;

use super::outbox::{self, Term, Text, Wire};
use super::{door, staff};
use crate::{Outcome, Programme};

/// The job.
pub(crate) const JOB: &str = "notice.wake";

/// A notice was added: plans to wake her. One plan for each person at a time.
pub(crate) async fn plan(work: &mut Work, account: Uuid) -> Outcome<()> {
    let has = work
        .sql("SELECT 1 AS x FROM account_channel WHERE account = $1 AND state = 'confirmed'")
        .bind(account)
        .optional()
        .await?;
    let planned = work
        .sql("SELECT 1 AS x FROM job WHERE kind = $1 AND resource = $2 AND done_at IS NULL")
        .bind(JOB)
        .bind(account)
        .optional()
        .await?;
    if has.is_none() || planned.is_some() {
        return Ok(());
    }
    let row = work
        .sql("SELECT MAX(created_at) AS last FROM message WHERE account = $1 AND kind = 'task'")
        .bind(account)
        .one()
        .await?;
    let last: Option<Micros> = row.get("last")?;
    let due = work.at().max(last.map_or(0, |l| l + HOUR));
    Ok(work.job(JOB, account, due).await.map(|_| ())?)
}

/// Queues the message, through one of her channels.
pub(crate) async fn wake(p: &Programme, work: &mut Work, account: Uuid) -> Outcome<bool> {
    if !waits(work.tx(), account).await? {
        return Ok(false);
    }
    let now = work.at();
    let queued = work
        .sql(
            "SELECT 1 AS x FROM message WHERE account = $1 AND kind = 'task' AND (state = 'queued' OR created_at > $2)",
        )
        .bind(account)
        .bind(now - HOUR)
        .optional()
        .await?;
    if queued.is_some() {
        return Ok(false);
    }
    let all = staff::of(p, work.tx(), account).await?;
    // Who gave a number too wants to know sooner.
    let wires = [Wire::Sms, Wire::Email].into_iter().filter(|w| p.carries(*w));
    let own = wires.filter_map(|w| all.iter().find(|o| o.wire == w && o.confirmed)).next();
    let Some(own) = own else { return Ok(false) };
    // In her quiet hours it waits for their end; the postman looks again whether anything still waits.
    let due = own.quiet_until(now, &p.pack.zone).unwrap_or(now);
    let Ok(passed) = door::staff(own, false, due, &p.pack.zone) else { return Ok(false) };
    outbox::queue(work, &passed, (own.wire, Text::Task), (None, account), Term { due, until: due + DAY })
        .await?;
    Ok(true)
}

/// Whether a notice waits that came after she last used the program.
pub(super) async fn waits(tx: &mut Tx, account: Uuid) -> Outcome<bool> {
    let row = tx
        .sql(
            "SELECT 1 AS x FROM notice WHERE account = $1 AND seen_at IS NULL
             AND at > COALESCE((SELECT MAX(seen_at) FROM session WHERE account = $1), 0) LIMIT 1",
        )
        .bind(account)
        .optional()
        .await?;
    Ok(row.is_some())
}
