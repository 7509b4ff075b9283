//! From the queue to a desk, on to the next one, and out: each step is one change of the visit's row.

use ceiba_access::{Act, Caller, Folder};
use ceiba_store::{Micros, Work};
use uuid::Uuid;

use super::{Remark, Visit, fact, minutes, open};
use crate::cases::notes;
use crate::entries::{self, Plain};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// Calls somebody. The second of two people who press the button at once is told who was faster.
///
/// # Errors
/// [`ProgrammeError::Taken`] when somebody else attends to her; [`ProgrammeError::State`] when she is not there any more.
pub async fn call(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<()> {
    open(p, work.tx(), caller, Act::CLINIC_RECEIVE, id).await?;
    let now = work.at();
    let touched = work
        .sql(
            "UPDATE visit SET state = 'attending', attended_by = $1, called_at = $2, version = version + 1
             WHERE id = $3 AND state = 'waiting'",
        )
        .bind(caller.account)
        .bind(now)
        .bind(id)
        .run()
        .await?;
    if touched == 0 {
        let (visit, _) = open(p, work.tx(), caller, Act::CLINIC_RECEIVE, id).await?;
        return match (visit.attended_by, visit.called_at) {
            // Pressing twice is not an error.
            (Some(by), _) if by == caller.account && visit.state == "attending" => {
                Ok(work.record("clinic.visit", "visit", id, [0; 32]).await?)
            }
            (Some(by), Some(at)) => Err(ProgrammeError::Taken { by, at }),
            _ => Err(ProgrammeError::State("state-visit-over")),
        };
    }
    Ok(work.record("clinic.call", "visit", id, [0; 32]).await?)
}

/// Where a visit goes.
struct To<'a> {
    state: &'static str,
    desk: &'a str,
    queued_at: Micros,
    called_at: Option<Micros>,
    ended_at: Option<Micros>,
    attended_by: Option<Uuid>,
}

async fn go(work: &mut Work, visit: &Visit, seen: i64, to: &To<'_>) -> Outcome<()> {
    let touched = work
        .sql(
            "UPDATE visit SET state = $1, desk = $2, queued_at = $3, called_at = $4, ended_at = $5, attended_by = $6,
               version = version + 1 WHERE id = $7 AND version = $8",
        )
        .bind(to.state)
        .bind(to.desk)
        .bind(to.queued_at)
        .bind(to.called_at)
        .bind(to.ended_at)
        .bind(to.attended_by)
        .bind(visit.id)
        .bind(seen)
        .run()
        .await?;
    if touched == 1 { Ok(()) } else { Err(ProgrammeError::Stale) }
}

async fn counted(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    visit: &Visit,
    outcome: &'static str,
) -> Outcome<()> {
    let mut fact = fact(p, work, caller, visit, "clinic.visit").await?;
    fact.code = Some(visit.desk.clone());
    fact.outcome = Some(outcome.to_owned());
    fact.minutes = Some(minutes(visit.queued_at, visit.called_at.unwrap_or(fact.at)));
    Ok(work.fact(fact).await?)
}

/// A visit in a state, or why the step is not possible now.
async fn being(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    id: Uuid,
    state: &'static str,
) -> Outcome<Visit> {
    let (visit, _) = open(p, work.tx(), caller, Act::CLINIC_RECEIVE, id).await?;
    if visit.state == state {
        return Ok(visit);
    }
    let key = if state == "waiting" { "state-visit-not-waiting" } else { "state-visit-not-attending" };
    Err(ProgrammeError::State(key))
}

/// The visit is over. `seen` is the version that the page showed.
///
/// # Errors
/// [`ProgrammeError::Stale`] when it was changed meanwhile, [`ProgrammeError::State`] when nobody attends to her.
pub async fn finish(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid, seen: i64) -> Outcome<()> {
    let visit = being(p, work, caller, id, "attending").await?;
    let to = To { state: "done", ended_at: Some(work.at()), ..To::from(&visit) };
    go(work, &visit, seen, &to).await?;
    work.record("clinic.done", "visit", id, [0; 32]).await?;
    counted(p, work, caller, &visit, "done").await
}

/// She goes on to another desk, back into the queue and in her place, without telling it again.
///
/// # Errors
/// As [`finish`]; [`ProgrammeError::Invalid`] for a desk that there is not, or the same one.
pub async fn pass(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (id, seen): (Uuid, i64),
    desk: &str,
) -> Outcome<()> {
    let visit = being(p, work, caller, id, "attending").await?;
    let mut problems = Problems::default();
    let other = p.pack.clinic.desk(desk).is_some() && desk != visit.desk;
    problems.when(!other, "desk", "problem-choose");
    problems.done()?;
    let to = To {
        state: "waiting",
        desk,
        queued_at: work.at(),
        called_at: None,
        attended_by: None,
        ended_at: None,
    };
    go(work, &visit, seen, &to).await?;
    work.record("clinic.pass", "visit", id, [0; 32]).await?;
    counted(p, work, caller, &visit, "done").await
}

/// She left before anybody attended to her. It is nobody's fault, least of all hers.
///
/// # Errors
/// As [`finish`].
pub async fn leave(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid, seen: i64) -> Outcome<()> {
    let visit = being(p, work, caller, id, "waiting").await?;
    let to = To { state: "left", ended_at: Some(work.at()), ..To::from(&visit) };
    go(work, &visit, seen, &to).await?;
    work.record("clinic.left", "visit", id, [0; 32]).await?;
    counted(p, work, caller, &visit, "left").await
}

impl<'a> From<&'a Visit> for To<'a> {
    fn from(v: &'a Visit) -> Self {
        Self {
            state: "waiting",
            desk: &v.desk,
            queued_at: v.queued_at,
            called_at: v.called_at,
            ended_at: v.ended_at,
            attended_by: v.attended_by,
        }
    }
}

/// Keeps what a desk has to say: in its own folder of the linked case, under that folder's rights; without a case a
/// short remark in the visit, where the pack allows one for this desk.
///
/// # Errors
/// [`ProgrammeError::State`] when this desk's notes need a case; [`ProgrammeError::Invalid`] with what to mend; the gate's
/// refusal when the folder is not hers.
pub async fn say(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid, text: &str) -> Outcome<()> {
    let (visit, grant) = open(p, work.tx(), caller, Act::CLINIC_RECEIVE, id).await?;
    visit.still_said()?;
    let desk = p.pack.clinic.desk(&visit.desk).ok_or(ProgrammeError::Unreadable("desk"))?;
    if let Some(case) = visit.case {
        let folder = Folder::find(&desk.folder).ok_or(ProgrammeError::Unreadable("folder"))?;
        let day = p.day(work.at());
        notes::add(p, work, caller, case, folder, ("session", &day, text), None).await?;
        return Ok(());
    }
    if !desk.remark {
        return Err(ProgrammeError::State("state-visit-needs-case"));
    }
    let mut problems = Problems::default();
    problems.when(text.trim().is_empty(), "text", "problem-note-empty");
    problems.when(text.chars().count() > 500, "text", "problem-too-long");
    problems.done()?;
    let plain = Plain { state: "written", code: Some(visit.desk.clone()), ..Plain::default() };
    let remark = Remark { text: text.trim().to_owned() };
    entries::add(p, work, caller, &grant, (id, Folder::Social), plain, &remark).await?;
    Ok(())
}
