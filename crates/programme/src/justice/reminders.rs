//! Reminders of hearings: three days and one day before, to whoever goes through it with her.

use ceiba_access::{Act, Situation};
use ceiba_store::{DAY, Micros, Work};
use uuid::Uuid;

use crate::entries::Head;
use crate::shelter::house_of;
use crate::{Outcome, Programme, accounts, notices};

/// The job.
pub(crate) const JOB: &str = "hearing.remind";
/// How long before.
const BEFORE: [Micros; 2] = [3 * DAY, DAY];

/// Plans what still can come in time.
pub(super) async fn plan(work: &mut Work, hearing: Uuid, at: Micros) -> Outcome<()> {
    for due in BEFORE.map(|before| at - before) {
        if due > work.at() {
            work.job(JOB, hearing, due).await?;
        }
    }
    Ok(())
}

/// Tells her lawyer, her social worker and the house she lives in. A hearing that was ended meanwhile, or erased, tells nobody.
pub(crate) async fn remind(p: &Programme, work: &mut Work, id: Uuid) -> Outcome<bool> {
    let row = work
        .sql("SELECT * FROM entry WHERE id = $1 AND kind = 'hearing' AND state = 'set'")
        .bind(id)
        .optional()
        .await?;
    let Some(head) = row.as_ref().map(Head::read).transpose()? else { return Ok(false) };
    let Some(left) = head.due_at.map(|at| at - work.at()).filter(|left| *left > 0) else { return Ok(false) };
    let kind = if left > DAY { notices::HEARING } else { notices::HEARING_NEAR };
    let now = work.at();
    let mut told = false;
    for who in accounts::callers(p, work.tx()).await? {
        let situation = Situation::of(work.tx(), &who, head.file, now).await?.unwrap_or_default();
        let on_it = situation.on_team && p.gate.would(&who, Act::HEARING_WRITE, &situation);
        let house = in_house(work, &who, head.file).await? && p.gate.would(&who, Act::HOUSE_LOG, &situation);
        if on_it || house {
            told |= notices::tell(work, who.account, kind, id).await?;
        }
    }
    Ok(told)
}

/// Whether she sleeps in the house in which somebody works.
async fn in_house(work: &mut Work, who: &ceiba_access::Caller, case: Uuid) -> Outcome<bool> {
    let house = house_of(work.tx(), case).await?;
    Ok(house.is_some() && house == who.site)
}
