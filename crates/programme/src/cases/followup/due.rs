//! When somebody is to be asked how she is after her file was closed. Nothing is kept of it: the terms of `packs/core/follow.toml`,
//! the day of closing and the contacts noted since say what is due.

use ceiba_access::{Act, Caller, Situation, situation_columns};
use ceiba_store::{Micros, Row, Tx};
use jiff::{Span, civil::Date};
use serde::Deserialize;
use uuid::Uuid;

use super::FollowUp;
use crate::cases::Case;
use crate::entries::Kind as _;
use crate::{Outcome, Programme};

/// The terms.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Reasons of closing after which nobody asks.
    pub unless: Vec<String>,
    /// When she is asked, in their order.
    pub look: Vec<Look>,
}

/// One time at which she is asked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// How facts call it.
    pub code: String,
    /// Months after closing at which it is due.
    pub months: i32,
    /// Months after closing from which on a contact counts for it.
    pub from: i32,
    /// Months after closing from which on it does not any more.
    pub until: i32,
}

impl Terms {
    /// What is wrong with them; none: nothing.
    pub(crate) fn wrong(&self, known: impl Fn(&str) -> bool) -> Option<String> {
        if let Some(code) = self.unless.iter().find(|code| !known(code)) {
            return Some(format!("an unknown reason of closing: {code}"));
        }
        let bad = |l: &&Look| l.code.is_empty() || !(0 <= l.from && l.from <= l.months && l.months < l.until);
        if let Some(look) = self.look.iter().find(bad) {
            return Some(format!("{} is not due between its first month and its last", look.code));
        }
        let over = self.look.windows(2).find(|two| two[0].until > two[1].from);
        over.map(|two| format!("{} begins before {} is over", two[1].code, two[0].code))
    }

    /// The look for which a contact counts, by its day.
    pub(crate) fn counts(&self, closed: Date, day: Date) -> Option<&Look> {
        self.look.iter().find(|l| after(closed, l.from) <= day && day < after(closed, l.until))
    }
}

fn after(day: Date, months: i32) -> Date {
    day.saturating_add(Span::new().months(months))
}

/// How a look stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is due on a day; whether somebody tried already.
    Due {
        /// The day.
        on: Date,
        /// The day of the last try without her.
        tried: Option<Date>,
    },
    /// It was done, or given up after trying: the day.
    Done(Date),
    /// Nobody noted anything while it counted.
    Missed,
    /// She preferred not to be asked again.
    Declined,
}

/// A contact as its row tells: its state and its day.
pub type Contact = (String, Date);

/// How each look stands on a day.
#[must_use]
pub fn standing<'t>(
    terms: &'t Terms,
    (closing, closed): (&str, Date),
    contacts: &[Contact],
    today: Date,
) -> Vec<(&'t Look, Standing)> {
    if terms.unless.iter().any(|r| r == closing) {
        return Vec::new();
    }
    let since = || contacts.iter().filter(|(_, day)| *day >= closed);
    let declined = since().any(|(state, _)| state == "declined");
    let one = |look: &Look| {
        let (from, until) = (after(closed, look.from), after(closed, look.until));
        let of = || since().filter(|(_, day)| from <= *day && *day < until);
        let done = of().filter(|(state, _)| state != "not_reached").map(|(_, day)| *day).max();
        match done {
            Some(day) => Standing::Done(day),
            None if declined => Standing::Declined,
            None if today >= until => Standing::Missed,
            None => Standing::Due { on: after(closed, look.months), tried: of().map(|(_, day)| *day).max() },
        }
    };
    terms.look.iter().map(|look| (look, one(look))).collect()
}

/// What is due next.
#[must_use]
pub fn next(standing: &[(&Look, Standing)]) -> Option<(String, Date)> {
    standing.iter().find_map(|(look, s)| match s {
        Standing::Due { on, .. } => Some((look.code.clone(), *on)),
        _ => None,
    })
}

/// How the looks of a closed case stand; empty while it is open, and once it was opened again.
///
/// # Errors
/// When the database breaks.
pub async fn of<'p>(p: &'p Programme, tx: &mut Tx, case: &Case) -> Outcome<Vec<(&'p Look, Standing)>> {
    if case.closed_at.is_none() || again(tx, case.id).await?.is_some() {
        return Ok(Vec::new());
    }
    let rows = tx
        .sql("SELECT file, state, on_day FROM entry WHERE file = $1 AND kind = $2 AND on_day IS NOT NULL")
        .bind(case.id)
        .bind(FollowUp::KIND)
        .all()
        .await?;
    Ok(stands(p, case, &contacts(&rows)?))
}

fn stands<'p>(p: &'p Programme, case: &Case, contacts: &[(Uuid, Contact)]) -> Vec<(&'p Look, Standing)> {
    let (Some(at), Some(closing)) = (case.closed_at, &case.closing) else { return Vec::new() };
    let zone = &p.pack.zone;
    let (closed, today) = (crate::dates::day(at, zone), crate::dates::day(p.store.clock.now(), zone));
    let hers: Vec<Contact> =
        contacts.iter().filter(|(file, _)| *file == case.id).map(|(_, c)| c.clone()).collect();
    standing(&p.pack.follow, (closing, closed), &hers, today)
}

fn contacts(rows: &[Row]) -> Outcome<Vec<(Uuid, Contact)>> {
    let mut all = Vec::new();
    for row in rows {
        if let Ok(day) = row.get::<String>("on_day")?.parse() {
            all.push((row.get("file")?, (row.get("state")?, day)));
        }
    }
    Ok(all)
}

/// The case that was opened after a closed one.
///
/// # Errors
/// When the database breaks.
pub async fn again(tx: &mut Tx, case: Uuid) -> Outcome<Option<String>> {
    let row = tx
        .sql("SELECT code FROM case_file WHERE previous = $1 ORDER BY opened_at, id")
        .bind(case)
        .all()
        .await?;
    Ok(row.first().map(|r| r.get("code")).transpose()?)
}

/// A follow-up that is due, for the page of today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    /// The case's code.
    pub case: String,
    /// The look's.
    pub look: String,
    /// When.
    pub on: Date,
}

/// The follow-ups of closed cases for which the caller answers that are due before a day, the oldest first. Those of files in which
/// she may not write them are left out.
///
/// # Errors
/// When something breaks.
pub async fn mine(p: &Programme, tx: &mut Tx, caller: &Caller, before: Date) -> Outcome<Vec<Mine>> {
    let since = since(p);
    let rows = tx
        .sql(concat!(
            "SELECT c.*, ",
            situation_columns!(),
            " FROM case_file c WHERE c.responsible = $1 AND c.state = 'closed' AND c.closed_at >= $3
             AND NOT EXISTS (SELECT 1 FROM case_file n WHERE n.previous = c.id) ORDER BY c.closed_at, c.id"
        ))
        .bind(caller.account)
        .bind(p.store.clock.now())
        .bind(since)
        .all()
        .await?;
    let noted = tx
        .sql(
            "SELECT e.file, e.state, e.on_day FROM entry e JOIN case_file c ON c.id = e.file
             WHERE c.responsible = $1 AND c.state = 'closed' AND c.closed_at >= $2 AND e.kind = 'followup' AND e.on_day IS NOT NULL",
        )
        .bind(caller.account)
        .bind(since)
        .all()
        .await?;
    let contacts = contacts(&noted)?;
    let mut mine = Vec::new();
    for row in &rows {
        let case = Case::read(row)?;
        if p.may_on(caller, Act::FOLLOW_WRITE, case.id, &Situation::read(row, caller)?).is_err() {
            continue;
        }
        let due = next(&stands(p, &case, &contacts));
        mine.extend(due.filter(|(_, on)| *on < before).map(|(look, on)| Mine { case: case.code, look, on }));
    }
    mine.sort_by(|a, b| (a.on, &a.case).cmp(&(b.on, &b.case)));
    Ok(mine)
}

/// The first moment of closing after which something may still be due.
fn since(p: &Programme) -> Micros {
    let last = p.pack.follow.look.iter().map(|l| l.until).max().unwrap_or(0);
    let today = crate::dates::day(p.store.clock.now(), &p.pack.zone);
    crate::dates::start(after(today, -last), &p.pack.zone)
}

/// Whether somebody is still to be asked after this file was closed: whoever takes over a post takes such a file with it.
pub(crate) async fn waits(p: &Programme, tx: &mut Tx, case: &Case) -> Outcome<bool> {
    // Most were closed long ago: nothing has to be read of them.
    if case.closed_at.is_none_or(|at| at < since(p)) {
        return Ok(false);
    }
    Ok(next(&of(p, tx, case).await?).is_some())
}

/// Closed cases of the caller's site in which she wants support again and nobody opened a new case, for whoever may.
///
/// # Errors
/// When something breaks.
pub async fn wanting(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<String>> {
    let rows = tx
        .sql(concat!(
            "SELECT c.*, ",
            situation_columns!(),
            " FROM case_file c WHERE c.state = 'closed' AND c.site = $3
             AND EXISTS (SELECT 1 FROM entry e WHERE e.file = c.id AND e.kind = 'followup' AND e.code = 'support'
                         AND e.created_at >= c.closed_at)
             AND NOT EXISTS (SELECT 1 FROM case_file n WHERE n.previous = c.id) ORDER BY c.closed_at, c.id"
        ))
        .bind(caller.account)
        .bind(p.store.clock.now())
        .bind(caller.site.clone())
        .all()
        .await?;
    let mut codes = Vec::new();
    for row in &rows {
        let case = Case::read(row)?;
        if p.may_on(caller, Act::CASE_REOPEN, case.id, &Situation::read(row, caller)?).is_ok() {
            codes.push(case.code);
        }
    }
    Ok(codes)
}
