//! Reminders of hearings: three days and one day before, to whoever goes through it with her.

use ceiba_access::{Act, Caller, Situation};
use ceiba_store::{DAY, Micros, Work};
use uuid::Uuid;

use super::hearings::Hearing;
use crate::contact::door::{self, Attempt, Blocked};
use crate::contact::outbox::{self, Term, Text, Wire};
use crate::contact::rules::Channel;
use crate::entries::{self, Entry, Head};
use crate::shelter::house_of;
use crate::{Outcome, Problems, Programme, ProgrammeError, accounts, notices};

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

/// Plans a text message to her before a hearing, if the door lets it pass at the hour at which it leaves. It says nothing of the
/// hearing: that she has something to do.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when text messages are
/// not set up here, the hearing is over, or one is planned already.
pub async fn to_her(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id): (Uuid, Uuid),
    at: Option<Micros>,
) -> Outcome<Result<(), Blocked>> {
    let grant = p.may_case(work.tx(), caller, Act::HEARING_WRITE, case).await?;
    if !p.carries(Wire::Sms) {
        return Err(ProgrammeError::State("state-channel-off"));
    }
    let hearing: Entry<Hearing> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    let Some(until) = hearing.head.due_at.filter(|_| hearing.head.state == "set") else {
        return Err(ProgrammeError::State("state-hearing-over"));
    };
    let mut problems = Problems::default();
    problems.when(at.is_none_or(|at| at < work.at() || at >= until), "time", "problem-reminder-before");
    problems.done()?;
    let queued = outbox::of_case(work.tx(), case).await?;
    if queued.iter().any(|m| m.about == id && m.state == "queued") {
        return Err(ProgrammeError::State("state-reminder-queued"));
    }
    let due = at.unwrap_or(until);
    let wanted = Attempt { channel: Channel::Sms, at: due, leaving: true };
    let decided = door::knock(p, work, caller, case, (&wanted, "hearing")).await?;
    let Ok(passed) = decided else { return Ok(decided.map(|_| ())) };
    outbox::queue(work, &passed, (Wire::Sms, Text::Task), (Some(case), id), Term { due, until }).await?;
    Ok(Ok(()))
}

/// Whether she sleeps in the house in which somebody works.
async fn in_house(work: &mut Work, who: &ceiba_access::Caller, case: Uuid) -> Outcome<bool> {
    let house = house_of(work.tx(), case).await?;
    Ok(house.is_some() && house == who.site)
}
