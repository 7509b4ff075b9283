//! Case conferences: agencies meet and share the minimum. What is spoken of is a code and a few words, what is decided becomes a
//! task; nothing that she told is written. She is told before, and what she objects to is not done.
//!
//! Sources: pathway row 16 of domain.md 3.1.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Micros, Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cases::{self, team};
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme, notices};

mod agenda;
mod decisions;
mod minutes;
mod objections;
mod shares;
pub use agenda::{Agenda, WORDS, few};
pub(crate) use decisions::task_done;
pub use decisions::{Decision, New as NewDecision, all as decided, answer, decide};
pub use minutes::{Minutes, hand, minutes};
pub use objections::{Objection, SETTLED, TO, object, settle, tell};
pub use shares::{Offered, hold, offered, shared};

/// At most so many points in one conference.
pub const POINTS: usize = 4;

/// A case conference. Its code is of the list `conference_places`, `due_at` when it begins; its state `set`, `held` or `cancelled`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conference {
    /// What is spoken of.
    pub points: Vec<Point>,
    /// Institutions, and what each may hear.
    pub invited: Vec<Invited>,
    /// Accounts of colleagues of the team.
    pub colleagues: Vec<Uuid>,
    /// When she was told, and by whom.
    pub told: Option<(Micros, Uuid)>,
    /// What she does not want.
    pub objections: Vec<Objection>,
    /// Institutions and colleagues who came.
    pub came: Vec<Uuid>,
    /// Days on which it was to be before.
    pub was: Vec<String>,
}

/// A point of the agenda.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Code of the list `conference_points`.
    pub code: String,
    /// A few words; may be empty.
    pub words: String,
}

/// An institution that is invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// Which.
    pub institution: Uuid,
    /// Kinds of data that are meant for it: codes of `consent::DATA`. What it gets is less when she allows less.
    pub shares: Vec<String>,
}

impl Kind for Conference {
    const KIND: &'static str = "conference";
}

/// A conference as somebody prepares it.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// The civil day and the hour as they were typed.
    pub when: (&'a str, &'a str),
    /// Code of the list `conference_places`.
    pub place: &'a str,
    /// Agenda, institutions and colleagues.
    pub conference: Conference,
}

/// Prepares a conference. What an institution may hear is covered by her grants for it, or nothing is kept. Colleagues find a
/// notice.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend: a colleague with a conflict of interest is refused as one who is
/// not of the team.
pub async fn prepare(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    new: &New<'_>,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::CONFERENCE_WRITE, case).await?;
    let (now, asked) = (work.at(), &new.conference);
    let mut problems = Problems::default();
    let at = when(p, now, new.when, &mut problems);
    problems.when(!p.pack.lists.has("conference_places", new.place), "place", "problem-choose");
    agenda(p, &asked.points, &mut problems);
    let none = asked.invited.is_empty() && asked.colleagues.is_empty();
    problems.when(none, "institutions", "problem-conference-nobody");
    for invited in &asked.invited {
        let off = shares::off(p, work.tx(), caller, &grant, (case, invited), now).await?;
        problems.when(off, "share", "problem-conference-not-covered");
    }
    let members = team::members(work.tx(), case).await?;
    for colleague in &asked.colleagues {
        let may =
            members.iter().any(|m| m.account == *colleague) && !blocked(work.tx(), case, *colleague).await?;
        problems.when(!may, "colleagues", "problem-conference-colleague");
    }
    let offered = super::directory::offered(work.tx()).await?;
    let known = asked.invited.iter().all(|i| offered.iter().any(|o| o.id == i.institution));
    problems.when(!known, "institutions", "problem-choose");
    problems.done()?;
    let plain = Plain {
        state: "set",
        code: Some(new.place.to_owned()),
        on_day: Some(new.when.0.to_owned()),
        due_at: at,
        ..Plain::default()
    };
    let body = Conference {
        points: asked.points.clone(),
        invited: asked.invited.clone(),
        colleagues: asked.colleagues.clone(),
        ..Conference::default()
    };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await?;
    for colleague in body.colleagues.iter().filter(|c| **c != caller.account) {
        notices::tell(work, *colleague, notices::CONFERENCE, id).await?;
    }
    count(p, work, caller, (&grant, case), ("conference.set", new.place, None)).await?;
    Ok(id)
}

fn agenda(p: &Programme, points: &[Point], problems: &mut Problems) {
    let known = points.iter().all(|point| p.pack.lists.has("conference_points", &point.code));
    problems.when(points.is_empty(), "point-1", "problem-conference-points");
    problems.when(!known || points.len() > POINTS, "point-1", "problem-choose");
    problems.when(!points.iter().all(|point| few(&point.words)), "words-1", "problem-conference-words");
}

/// The instant of a day and an hour; a problem beside the field when it cannot be, or has passed.
fn when(p: &Programme, now: Micros, (on_day, time): (&str, &str), problems: &mut Problems) -> Option<Micros> {
    let day = on_day.parse::<Date>();
    problems.when(day.is_err(), "on", "problem-date-impossible");
    let at = day.ok().and_then(|d| crate::clinic::appointments::instant(p, d, time));
    problems.when(at.is_none(), "time", "problem-clinic-time");
    problems.when(at.is_some_and(|at| at < now), "on", "problem-clinic-past");
    at
}

async fn blocked(tx: &mut Tx, case: Uuid, account: Uuid) -> Outcome<bool> {
    let row = tx
        .sql("SELECT 1 AS x FROM conflict_block WHERE case_id = $1 AND account = $2")
        .bind(case)
        .bind(account);
    Ok(row.optional().await?.is_some())
}

/// Sets another day. What she was told holds for the conference, not for its day: she is told anew.
///
/// # Errors
/// As [`prepare`]; [`ProgrammeError::Stale`] when somebody changed it meanwhile; [`ProgrammeError::State`] when it is over.
pub async fn postpone(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (Uuid, Uuid, i64),
    to: (&str, &str),
) -> Outcome<()> {
    let (grant, entry) = open(p, work, caller, which).await?;
    let mut problems = Problems::default();
    let at = when(p, work.at(), to, &mut problems);
    problems.done()?;
    let mut body = entry.body.clone();
    body.was.extend(entry.head.on_day.clone());
    body.told = None;
    let plain = Plain { state: "set", on_day: Some(to.0.to_owned()), due_at: at, ..Plain::from(&entry.head) };
    entries::change(p, work, caller, &grant, &entry.head, which.2, plain, &body, "postponed").await
}

/// Calls it off.
///
/// # Errors
/// As [`postpone`].
pub async fn cancel(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (Uuid, Uuid, i64),
) -> Outcome<()> {
    let (grant, entry) = open(p, work, caller, which).await?;
    over(p, work, caller, (&grant, &entry), (&entry.body, "cancelled")).await
}

/// It was held, or called off.
async fn over(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (grant, entry): (&Grant, &Entry<Conference>),
    (body, state): (&Conference, &'static str),
) -> Outcome<()> {
    let plain = Plain { state, ..Plain::from(&entry.head) };
    entries::change(p, work, caller, grant, &entry.head, entry.head.version, plain, body, state).await?;
    let place = entry.head.code.clone().unwrap_or_default();
    count(p, work, caller, (grant, entry.head.file), ("conference.ended", &place, Some(state))).await
}

async fn count(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (grant, case): (&Grant, Uuid),
    (kind, code, outcome): (&'static str, &str, Option<&str>),
) -> Outcome<()> {
    let mut fact = cases::fact(p, work, caller, grant, case, kind).await?;
    fact.code = Some(code.to_owned());
    fact.outcome = outcome.map(str::to_owned);
    Ok(work.fact(fact).await?)
}

/// A conference that is to come, about to change.
async fn open(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (Uuid, Uuid, i64),
) -> Outcome<(Grant, Entry<Conference>)> {
    let to_come = (&["set"][..], "state-conference-over");
    entries::open(p, work, (caller, Act::CONFERENCE_WRITE), which, to_come).await
}

/// The conferences of a case, newest first.
///
/// # Errors
/// The gate's refusal, or when something breaks.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    case: Uuid,
) -> Outcome<Vec<Entry<Conference>>> {
    let grant = p.may_case(tx, caller, Act::CONFERENCE_READ, case).await?;
    entries::list(p, tx, caller, &grant, (case, Folder::Social)).await
}
