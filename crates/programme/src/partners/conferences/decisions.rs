//! What was decided: a kind, a few words, whose it is and until when. One of ours is a task too; one of an institution is followed
//! up until it was kept, late or dropped.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{HOUR, Micros, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Conference, blocked, count, few};
use crate::cases::tasks::Task;
use crate::cases::team;
use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::{Outcome, Problems, Programme, ProgrammeError, dates};

/// A decision. Its code is of the list `conference_decisions`, `other` the institution and `owner` the colleague whose it is, `due_at`
/// until when; its state `open`, `kept`, `late` or `dropped`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The conference.
    pub conference: Uuid,
    /// The point of its agenda.
    pub point: String,
    /// A few words.
    pub words: String,
}

impl Kind for Decision {
    const KIND: &'static str = "conference_decision";
}

/// A decision as somebody enters it.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Code of the list `conference_decisions`.
    pub kind: &'a str,
    /// The point of the agenda.
    pub point: &'a str,
    /// A few words.
    pub words: &'a str,
    /// Whose it is: an account of the team, or an institution that came.
    pub whose: Option<Uuid>,
    /// The last civil day.
    pub until: &'a str,
}

/// Writes what was decided at a conference that was held.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] when it was not held; [`ProgrammeError::Invalid`] with what to mend, a story among it.
pub async fn decide(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, conference): (Uuid, Uuid),
    new: New<'_>,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::CONFERENCE_WRITE, case).await?;
    let held: Entry<Conference> = entries::get(p, work.tx(), caller, &grant, case, conference).await?;
    if held.head.state != "held" {
        return Err(ProgrammeError::State("state-conference-not-held"));
    }
    let ours = match new.whose {
        Some(who) => {
            team::members(work.tx(), case).await?.iter().any(|m| m.account == who)
                && !blocked(work.tx(), case, who).await?
        }
        None => false,
    };
    let theirs = new.whose.filter(|w| held.body.invited.iter().any(|i| i.institution == *w));
    let day = new.until.parse::<jiff::civil::Date>();
    let today = dates::day(work.at(), &p.pack.zone);
    let words = new.words.trim();
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("conference_decisions", new.kind), "kind", "problem-choose");
    problems.when(!held.body.spoken().any(|at| at.code == new.point), "point", "problem-choose");
    problems.when(words.is_empty() || !few(words), "words", "problem-conference-words");
    problems.when(!ours && theirs.is_none(), "whose", "problem-conference-whose");
    problems.when(day.is_err(), "until", "problem-date-impossible");
    problems.when(day.as_ref().is_ok_and(|d| *d < today), "until", "problem-date-past");
    problems.done()?;
    // Due at the end of the working day, as any task is.
    let due = day.map_or(0, |d| dates::start(d, &p.pack.zone) + 17 * HOUR);
    let plain = Plain {
        state: "open",
        code: Some(new.kind.to_owned()),
        other: theirs,
        owner: new.whose.filter(|_| ours),
        on_day: Some(new.until.to_owned()),
        due_at: Some(due),
        ..Plain::default()
    };
    let body = Decision { conference, point: new.point.to_owned(), words: words.to_owned() };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await?;
    if ours {
        let plain =
            Plain { state: "open", other: Some(id), due_at: Some(due), owner: new.whose, ..Plain::default() };
        let task = Task { text: words.to_owned() };
        entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &task).await?;
    }
    let whose = if ours { "ours" } else { "institution" };
    count(p, work, caller, (&grant, case), ("conference.decided", new.kind, Some(whose))).await?;
    Ok(id)
}

/// How an institution answers for what it took on: `kept` on a day, or `dropped`. Later than agreed it is late.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Stale`] when somebody was faster; [`ProgrammeError::State`] when it is settled, or is ours: its
/// task settles it; [`ProgrammeError::Invalid`] with what to mend.
pub async fn answer(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    (how, on_day): (&str, &str),
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::CONFERENCE_WRITE, case).await?;
    let entry: Entry<Decision> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if entry.head.version != seen {
        return Err(ProgrammeError::Stale);
    }
    if entry.head.state != "open" || entry.head.other.is_none() {
        return Err(ProgrammeError::State("state-conference-settled"));
    }
    let day = on_day.parse::<jiff::civil::Date>().ok();
    let agreed = entry.head.on_day.as_deref().and_then(|d| d.parse::<jiff::civil::Date>().ok());
    let mut problems = Problems::default();
    problems.when(!["kept", "dropped"].contains(&how), "how", "problem-choose");
    problems.when(how == "kept" && day.is_none(), "done", "problem-date-impossible");
    let ahead = day.is_some_and(|d| d > dates::day(work.at(), &p.pack.zone));
    problems.when(how == "kept" && ahead, "done", "problem-date-future");
    problems.done()?;
    let state = match how {
        "dropped" => "dropped",
        _ if day > agreed => "late",
        _ => "kept",
    };
    let plain = Plain { state, ..Plain::from(&entry.head) };
    entries::change(p, work, caller, &grant, &entry.head, seen, plain, &entry.body, state).await?;
    let kind = entry.head.code.clone().unwrap_or_default();
    count(p, work, caller, (&grant, case), ("conference.followed", &kind, Some(state))).await
}

/// The task of a decision of ours was done, or opened again: the decision and its number follow.
pub(crate) async fn task_done(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    (task, done): (&Head, bool),
) -> Outcome<()> {
    let Some(id) = task.other else { return Ok(()) };
    let decision = entries::head(work.tx(), task.file, id).await?;
    let on_time = decision.due_at >= Some(work.at());
    let state = match (done, on_time) {
        (false, _) => "open",
        (true, true) => "kept",
        (true, false) => "late",
    };
    if decision.kind != Decision::KIND || decision.state == state {
        return Ok(());
    }
    entries::follow(work, caller, (task.file, Decision::KIND), |d| d.id == id, state, state).await?;
    let mut fact = crate::cases::fact(p, work, caller, grant, task.file, "conference.followed").await?;
    fact.code = decision.code;
    // Opened again, what was counted is taken back.
    fact.outcome = Some(if done { state.to_owned() } else { decision.state });
    fact.amount = if done { 1 } else { -1 };
    Ok(work.fact(fact).await?)
}

/// The decisions of a case, newest first; `late` tells which are open past their day.
///
/// # Errors
/// The gate's refusal, or when something breaks.
pub async fn all(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<Vec<Entry<Decision>>> {
    let grant = p.may_case(tx, caller, Act::CONFERENCE_READ, case).await?;
    entries::list(p, tx, caller, &grant, (case, Folder::Social)).await
}

impl Decision {
    /// Whether an open decision is past its day.
    #[must_use]
    pub fn waits(head: &Head, now: Micros) -> bool {
        head.state == "open" && head.due_at < Some(now)
    }
}
