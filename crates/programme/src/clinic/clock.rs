//! The health clock after recent sexual violence: what can still be offered, in which order, and what she said to each.
//! Nothing about the act is asked but when it was. It informs; it never decides and never notifies.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{HOUR, MINUTE, Micros, Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::data::{Row, Step};
use super::{Visit, appointments, fact, open};
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme, ProgrammeError, cases, people};

/// When it was, as far as she says, and whether she is under 18.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// The instant; none: it is not known.
    pub at: Option<Micros>,
    /// `yes`, `no` or `unknown`. Unknown counts as yes.
    pub under_18: String,
}

impl Kind for Start {
    const KIND: &'static str = "clock";
    const COMPARTMENT: Option<&'static str> = Some("visit");
}

/// What she said to an offer, in the health folder of her case. The row and the answer are codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {}

impl Kind for Offer {
    const KIND: &'static str = "offer";
}

/// The same in a visit that has no case, or whose health folder is not the caller's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitOffer {}

impl Kind for VisitOffer {
    const KIND: &'static str = "visit-offer";
    const COMPARTMENT: Option<&'static str> = Some("visit");
}

/// What can become of an offer.
pub const ANSWERS: [&str; 3] = ["accepted", "declined", "not_offered"];

/// What was typed about when it was: a day and an hour, or how many hours ago, or that it is not known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Typed<'a> {
    /// `moment`, `ago` or `unknown`.
    pub how: &'a str,
    /// For `moment`: the civil day, as ISO text.
    pub on_day: &'a str,
    /// For `moment`: the hour, `14:30`.
    pub time: &'a str,
    /// For `ago`: hours.
    pub hours: &'a str,
    /// `yes`, `no` or `unknown`.
    pub under_18: &'a str,
}

/// How much of a window is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Open for so many minutes more; none: it has no last hour.
    Open(Option<i64>),
    /// It opens in so many minutes.
    Later(i64),
    /// It is over; the row says what is still worth doing.
    Over,
    /// Nobody knows when it was: to be offered all the same.
    Unknown,
}

/// A row of the clock at an instant.
pub struct Line<'p> {
    /// The row.
    pub row: &'p Row,
    /// What is left of its window.
    pub window: Window,
}

/// The window of a row at an instant. Its last hour belongs to it.
#[must_use]
pub fn window(row: &Row, at: Option<Micros>, now: Micros) -> Window {
    let Some(at) = at else { return Window::Unknown };
    let from = at + row.from_hours * HOUR;
    if now < from {
        return Window::Later((from - now) / MINUTE);
    }
    match row.to_hours.map(|to| at + to * HOUR - now) {
        None => Window::Open(None),
        Some(left) if left >= 0 => Window::Open(Some(left / MINUTE)),
        Some(_) => Window::Over,
    }
}

/// The rows in the order in which they press: open windows first, the shortest first; those that are over last.
#[must_use]
pub fn lines(p: &Programme, at: Option<Micros>, now: Micros) -> Vec<Line<'_>> {
    let mut all: Vec<Line<'_>> =
        p.pack.clinic.clock.rows.iter().map(|row| Line { window: window(row, at, now), row }).collect();
    all.sort_by_key(|l| match l.window {
        Window::Open(left) => (0, left.unwrap_or(i64::MAX)),
        Window::Unknown => (0, l.row.to_hours.unwrap_or(i64::MAX)),
        Window::Later(minutes) => (1, minutes),
        Window::Over => (2, 0),
    });
    all
}

/// The steps of reporting for an age: under 18, or grown up. In doubt under 18.
#[must_use]
pub fn steps(p: &Programme, under_18: bool) -> Vec<&Step> {
    let age = if under_18 { "under_18" } else { "adult" };
    p.pack.clinic.clock.steps.iter().filter(|s| s.ages.iter().any(|a| a == age)).collect()
}

/// Whether she counts as under 18: as her case says, else as was said here, else yes.
///
/// # Errors
/// When something breaks.
pub async fn under_18(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    visit: &Visit,
    said: Option<&Start>,
) -> Outcome<bool> {
    if let Some(case) = visit.case
        && let Ok(grant) = p.may_case(tx, caller, Act::CLINIC_READ, case).await
    {
        let file = cases::lookup(tx, case).await?;
        let birth = people::of(p, tx, caller, &grant, file.person).await?.core.birth;
        let today = crate::dates::day(p.store.clock.now(), &p.pack.zone);
        if birth.age_on(today).is_some() {
            return Ok(birth.presumed_minor(today));
        }
    }
    Ok(said.is_none_or(|s| s.under_18 != "no"))
}

/// Starts the clock of a visit, or sets it right.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn start(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid, t: &Typed<'_>) -> Outcome<()> {
    let (visit, grant) = open(p, work.tx(), caller, Act::CLINIC_RECEIVE, id).await?;
    visit.still_said()?;
    let now = work.at();
    let mut problems = Problems::default();
    let at = match t.how {
        "moment" => {
            let day = t.on_day.parse::<Date>();
            problems.when(day.is_err(), "on", "problem-date-impossible");
            let at = day.ok().and_then(|d| appointments::instant(p, d, t.time));
            problems.when(at.is_none(), "time", "problem-clinic-time");
            problems.when(at.is_some_and(|at| at > now), "on", "problem-date-future");
            at
        }
        "ago" => {
            let hours = t.hours.parse::<i64>().ok().filter(|h| (0..=8760).contains(h));
            problems.when(hours.is_none(), "hours", "problem-clinic-hours");
            hours.map(|h| now - h * HOUR)
        }
        how => {
            problems.when(how != "unknown", "how", "problem-choose");
            None
        }
    };
    problems.when(!["yes", "no", "unknown"].contains(&t.under_18), "under_18", "problem-choose");
    problems.done()?;
    let body = Start { at, under_18: t.under_18.to_owned() };
    let plain = Plain { state: "kept", ..Plain::default() };
    entries::add(p, work, caller, &grant, (id, Folder::Health), plain, &body).await?;
    Ok(())
}

/// When it was, as was said last; none when nobody has asked.
///
/// # Errors
/// When the grant does not open it or something breaks.
pub async fn started(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    visit: &Visit,
) -> Outcome<Option<Start>> {
    if visit.erased_at.is_some() {
        return Ok(None);
    }
    let all: Vec<Entry<Start>> = entries::list(p, tx, caller, grant, (visit.id, Folder::Health)).await?;
    Ok(all.into_iter().next().map(|e| e.body))
}

/// Whether the caller keeps and sees her answers: whoever works in health, and whoever attends to her now.
#[must_use]
pub fn keeps(p: &Programme, caller: &Caller, visit: &Visit) -> bool {
    let health = p.gate.roles().role(&caller.role).is_some_and(|r| r.function == "health");
    health || (visit.state == "attending" && visit.attended_by == Some(caller.account))
}

/// Keeps what she said to an offer: in the health folder of her case where the caller may write there, else in the visit.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; a refusal for whoever does not attend to her.
pub async fn offer(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    id: Uuid,
    (row, answer): (&str, &str),
) -> Outcome<()> {
    let (visit, grant) = open(p, work.tx(), caller, Act::CLINIC_RECEIVE, id).await?;
    if !keeps(p, caller, &visit) {
        return Err(ceiba_access::Refusal::Denied { act: Act::CLINIC_RECEIVE, because: vec![] }.into());
    }
    visit.still_said()?;
    let mut problems = Problems::default();
    let answer = ANSWERS.iter().find(|a| **a == answer);
    problems.when(answer.is_none(), "answer", "problem-choose");
    problems.when(!p.pack.clinic.clock.rows.iter().any(|r| r.id == row), "row", "problem-choose");
    problems.done()?;
    let answer = answer.copied().unwrap_or("not_offered");
    let plain = Plain { state: answer, code: Some(row.to_owned()), other: Some(id), ..Plain::default() };
    let folder = match visit.case {
        Some(case) => match p.may_case(work.tx(), caller, Act::WRITE_HEALTH, case).await {
            Ok(grant) => Some((case, grant)),
            Err(ProgrammeError::Refused(_)) => None,
            Err(e) => return Err(e),
        },
        None => None,
    };
    if let Some((case, grant)) = folder {
        entries::add(p, work, caller, &grant, (case, Folder::Health), plain, &Offer {}).await?;
    } else {
        entries::add(p, work, caller, &grant, (id, Folder::Health), plain, &VisitOffer {}).await?;
    }
    let mut fact = fact(p, work, caller, &visit, "clinic.offer").await?;
    fact.code = Some(row.to_owned());
    fact.outcome = Some(answer.to_owned());
    Ok(work.fact(fact).await?)
}

/// What she said to each row last, as far as the caller may know: row and answer.
///
/// # Errors
/// When something breaks.
pub async fn answers(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    visit: &Visit,
) -> Outcome<Vec<(String, String)>> {
    if !keeps(p, caller, visit) {
        return Ok(vec![]);
    }
    let files = [Some(visit.id), visit.case];
    let mut all = Vec::new();
    for file in files.into_iter().flatten() {
        if Some(file) == visit.case && p.may_case(tx, caller, Act::READ_HEALTH, file).await.is_err() {
            continue;
        }
        let rows = tx
            .sql(
                "SELECT code, state, created_at FROM entry WHERE file = $1 AND kind IN ('offer', 'visit-offer') AND other = $2
                 ORDER BY created_at DESC, id",
            )
            .bind(file)
            .bind(visit.id)
            .all()
            .await?;
        for row in rows {
            all.push((
                row.get::<i64>("created_at")?,
                row.get::<String>("code")?,
                row.get::<String>("state")?,
            ));
        }
    }
    all.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    let mut last: Vec<(String, String)> = Vec::new();
    for (_, row, answer) in all {
        if !last.iter().any(|(r, _)| *r == row) {
            last.push((row, answer));
        }
    }
    Ok(last)
}
