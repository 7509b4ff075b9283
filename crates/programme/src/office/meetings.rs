//! A meeting of the municipal commission: agenda, who came of which institution, and agreements with whose they are and until
//! when. An agreement is a task of the office until somebody says that it was kept, kept late, or not.

use ceiba_access::{Act, Caller};
use ceiba_store::{Fact, HOUR, Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{FOLDER, fact, file, there};
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme, ProgrammeError, dates};

/// What is sealed of a meeting. Nobody the programme looks after is named in one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Its points, one a line.
    pub agenda: String,
    /// Who came, one a line: institution, then name and post.
    pub who: String,
}

impl Kind for Meeting {
    const KIND: &'static str = "meeting";
    const COMPARTMENT: Option<&'static str> = Some("office");
}

/// What was agreed. Until when, and how it stands, are in clear.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// What.
    pub text: String,
    /// Whose it is: an institution, a post.
    pub whose: String,
}

impl Kind for Agreement {
    const KIND: &'static str = "agreement";
    const COMPARTMENT: Option<&'static str> = Some("office");
}

/// What becomes of an agreement, as somebody says it.
pub const ENDS: [&str; 2] = ["done", "dropped"];

/// Notes a meeting.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn hold(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    on_day: &str,
    body: &Meeting,
) -> Outcome<Uuid> {
    let (office, grant) = file(p, work.tx(), caller, Act::OFFICE_WRITE).await?;
    let mut problems = Problems::default();
    let day = on_day.parse::<Date>();
    problems.when(day.is_err(), "on", "problem-date-impossible");
    problems.when(day.is_ok_and(|d| d > dates::day(work.at(), &p.pack.zone)), "on", "problem-date-future");
    problems.when(body.agenda.trim().is_empty(), "agenda", "problem-office-agenda");
    problems.when(body.agenda.chars().count() > 1500, "agenda", "problem-too-long");
    problems.when(body.who.trim().is_empty(), "who", "problem-office-came");
    problems.when(body.who.chars().count() > 2000, "who", "problem-too-long");
    problems.done()?;
    let plain = Plain {
        state: "held",
        on_day: Some(on_day.to_owned()),
        owner: Some(caller.account),
        ..Plain::default()
    };
    let id = entries::add(p, work, caller, &grant, (office, FOLDER), plain, body).await?;
    let base = fact(p, work, caller, None, "office.meeting").await?;
    work.fact(Fact { day: on_day.to_owned(), ..base }).await?;
    Ok(id)
}

/// Notes what a meeting agreed.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ceiba_access::Refusal::Absent`] when there is no such meeting.
pub async fn agree(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    meeting: Uuid,
    (body, until): (&Agreement, &str),
) -> Outcome<Uuid> {
    there(p, caller, Act::OFFICE_WRITE)?;
    let (office, grant) = file(p, work.tx(), caller, Act::OFFICE_WRITE).await?;
    let _: Entry<Meeting> = entries::get(p, work.tx(), caller, &grant, office, meeting).await?;
    let mut problems = Problems::default();
    problems.when(body.text.trim().is_empty(), "text", "problem-office-agreement");
    problems.when(body.text.chars().count() > 400, "text", "problem-too-long");
    problems.when(body.whose.trim().is_empty(), "whose", "problem-office-whose");
    problems.when(body.whose.chars().count() > 120, "whose", "problem-too-long");
    let day = until.parse::<Date>();
    problems.when(day.is_err(), "until", "problem-date-impossible");
    problems.done()?;
    let plain = Plain {
        state: "open",
        other: Some(meeting),
        on_day: Some(until.to_owned()),
        // Until the end of its day: who keeps it in the evening keeps it.
        due_at: day.ok().map(|d| dates::start(d, &p.pack.zone) + 24 * HOUR),
        owner: Some(caller.account),
        ..Plain::default()
    };
    entries::add(p, work, caller, &grant, (office, FOLDER), plain, body).await
}

/// Says what became of an agreement. Whether it was in time follows from the day. Tells its meeting.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody said so already.
pub async fn end(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (id, seen): (Uuid, i64),
    how: &str,
) -> Outcome<Uuid> {
    there(p, caller, Act::OFFICE_WRITE)?;
    let (office, grant) = file(p, work.tx(), caller, Act::OFFICE_WRITE).await?;
    let mut problems = Problems::default();
    problems.when(!ENDS.contains(&how), "how", "problem-choose");
    problems.done()?;
    let it: Entry<Agreement> = entries::get(p, work.tx(), caller, &grant, office, id).await?;
    if it.head.state != "open" {
        return Err(ProgrammeError::Stale);
    }
    let late = it.head.due_at.is_some_and(|due| work.at() >= due);
    let state = match (how, late) {
        ("dropped", _) => "dropped",
        (_, true) => "late",
        _ => "kept",
    };
    let plain = Plain { state, ..Plain::from(&it.head) };
    entries::change(p, work, caller, &grant, &it.head, seen, plain, &it.body, state).await?;
    let base = fact(p, work, caller, None, "office.agreement").await?;
    work.fact(Fact { outcome: Some(state.to_owned()), ..base }).await?;
    Ok(it.head.other.unwrap_or_default())
}

/// The meetings of the caller's office, the newest first.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Entry<Meeting>>> {
    let (office, grant) = file(p, tx, caller, Act::OFFICE_READ).await?;
    let mut all: Vec<Entry<Meeting>> = entries::list(p, tx, caller, &grant, (office, FOLDER)).await?;
    all.sort_by(|a, b| b.head.on_day.cmp(&a.head.on_day));
    Ok(all)
}

/// Everything that was agreed, the newest first.
///
/// # Errors
/// As [`list`].
pub async fn agreed(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Entry<Agreement>>> {
    let (office, grant) = file(p, tx, caller, Act::OFFICE_READ).await?;
    entries::list(p, tx, caller, &grant, (office, FOLDER)).await
}

/// A meeting with what it agreed, in the order in which it was agreed.
///
/// # Errors
/// As [`list`]; [`ceiba_access::Refusal::Absent`] when there is none.
pub async fn read(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    id: Uuid,
) -> Outcome<(Entry<Meeting>, Vec<Entry<Agreement>>)> {
    there(p, caller, Act::OFFICE_READ)?;
    let (office, grant) = file(p, tx, caller, Act::OFFICE_READ).await?;
    let meeting = entries::get(p, tx, caller, &grant, office, id).await?;
    let mut all: Vec<Entry<Agreement>> = entries::list(p, tx, caller, &grant, (office, FOLDER)).await?;
    all.retain(|a| a.head.other == Some(id));
    all.reverse();
    Ok((meeting, all))
}
