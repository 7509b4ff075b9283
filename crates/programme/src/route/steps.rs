//! The clocks of a case, read from its facts; and steps of the route that a person notes, because an institution took them.

use std::collections::BTreeSet;

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{MINUTE, Micros, Row as Line, Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::clock::{self, Event, Move, Run};
use super::{Route, Row, Timing};
use crate::cases::{self, Case};
use crate::clinic::appointments;
use crate::entries::{self, Entry, Kind, Plain};
use crate::people::Person;
use crate::{Outcome, Problems, Programme, ProgrammeError, dates};

/// A step that somebody noted. Which row it belongs to is sealed too: some rows tell what happened to her.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteStep {
    /// The row's code.
    pub row: String,
    /// What it does to the clock: see [`Move`].
    pub what: String,
    /// When it happened.
    pub at: Micros,
    /// What was set by it, such as the instant of a hearing.
    pub set: Option<Micros>,
    /// The institution of the directory that took it.
    pub institution: Option<Uuid>,
    /// A remark.
    pub remark: String,
}

impl Kind for RouteStep {
    const KIND: &'static str = "route_step";
    const COMPARTMENT: Option<&'static str> = Some("route");
}

/// The kind of fact that a noted step makes.
const FACT: &str = "route.step";

/// What somebody typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Typed<'a> {
    /// The row's code.
    pub row: &'a str,
    /// What it does: see [`Move::NOTED`].
    pub what: &'a str,
    /// On which day.
    pub on_day: &'a str,
    /// At what time; empty: the whole day counts.
    pub time: &'a str,
    /// The day that was set, for rows before a day; may be empty.
    pub set_day: &'a str,
    /// Who took the step, if an institution of the directory.
    pub institution: Option<Uuid>,
    /// A remark.
    pub remark: &'a str,
}

/// A clock of a case.
#[derive(Clone, Debug)]
pub struct Clock<'p> {
    /// Its row.
    pub row: &'p Row,
    /// From when to when.
    pub run: Run,
    /// Until when each term of the row.
    pub dues: Vec<Option<Micros>>,
}

impl Clock<'_> {
    /// The next term that is not over, else the last one that is; none without a last instant.
    #[must_use]
    pub fn next(&self, now: Micros) -> Option<Micros> {
        let known = || self.dues.iter().flatten().copied();
        known().filter(|due| *due > now).min().or_else(|| known().max())
    }

    /// Whether every term with a last instant was over when it ended, or is now.
    #[must_use]
    pub fn late(&self, now: Micros) -> bool {
        let until = self.run.ended.map_or(now, |(at, _)| at);
        self.dues.iter().flatten().max().is_some_and(|due| *due <= until)
    }
}

/// A fact as clocks need it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Told {
    pub(super) at: Micros,
    kind: String,
    pub(super) code: String,
    pub(super) institution: Option<Uuid>,
    pub(super) outcome: String,
    minutes: Option<i64>,
}

impl Told {
    pub(super) fn read(line: &Line) -> Outcome<Self> {
        let kind: String = line.get("kind")?;
        let code = line.get::<Option<String>>("code")?.unwrap_or_default();
        // Of a step that somebody noted: `<row>@<institution>`, see `coded`.
        let (code, institution) = match code.split_once('@').filter(|_| kind == FACT) {
            Some((row, institution)) => (row.to_owned(), institution.parse().ok()),
            None => (code, None),
        };
        Ok(Self {
            at: line.get("at")?,
            kind,
            code,
            institution,
            outcome: line.get::<Option<String>>("outcome")?.unwrap_or_default(),
            minutes: line.get("minutes")?,
        })
    }

    /// What it does to a row.
    fn events(&self, row: &Row) -> Vec<Event> {
        if self.kind == FACT {
            let set = self.minutes.map(|m| self.at + m * MINUTE);
            let what = Move::find(&self.outcome).filter(|_| self.code == row.id);
            return what.map(|what| Event { at: self.at, what, set }).into_iter().collect();
        }
        row.moved_by(&self.kind, &self.code, &self.outcome)
            .map(|what| Event { at: self.at, what, set: None })
            .collect()
    }
}

pub(super) fn runs(row: &Row, told: &[Told], also: Option<Event>) -> Vec<Run> {
    let events: Vec<Event> = told.iter().flat_map(|t| t.events(row)).chain(also).collect();
    clock::runs(&events, row.repeats())
}

/// The facts of one course of care: after the course before it was closed, until this one was. What was noted by mistake
/// and taken back sums up to nothing.
async fn facts(p: &Programme, tx: &mut Tx, case: &Case) -> Outcome<Vec<Told>> {
    let before = tx
        .sql("SELECT MAX(closed_at) AS at FROM case_file WHERE person = $1 AND id <> $2 AND closed_at <= $3")
        .bind(case.person)
        .bind(case.id)
        .bind(case.opened_at)
        .one()
        .await?
        .get::<Option<i64>>("at")?;
    let rows = tx
        .sql(
            "SELECT kind, at, code, outcome, minutes FROM fact
             WHERE subject = $1 AND at > $2 AND at <= $3 AND kind <> 'shelter.night'
             GROUP BY kind, at, code, outcome, minutes HAVING SUM(amount) > 0 ORDER BY at, kind",
        )
        .bind(p.office.pseudonym(case.person.as_bytes()).to_vec())
        .bind(before.unwrap_or(i64::MIN))
        .bind(case.closed_at.unwrap_or(i64::MAX))
        .all()
        .await?;
    rows.iter().map(Told::read).collect()
}

/// The clocks of a case, those that run first and of them the most pressing first, then those that ended, the newest first.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn clocks<'p>(p: &'p Programme, tx: &mut Tx, caller: &Caller, id: Uuid) -> Outcome<Vec<Clock<'p>>> {
    p.may_case(tx, caller, Act::ROUTE_READ, id).await?;
    let case = cases::lookup(tx, id).await?;
    let told = facts(p, tx, &case).await?;
    Ok(ordered(&p.pack.route, &told, p.store.clock.now()))
}

fn ordered<'p>(route: &'p Route, told: &[Told], now: Micros) -> Vec<Clock<'p>> {
    let mut all: Vec<Clock<'p>> = route
        .in_use()
        .flat_map(|row| runs(row, told, None).into_iter().map(move |run| (row, run)))
        .map(|(row, run)| Clock { dues: route.dues(row, &run), row, run })
        .collect();
    all.sort_by_key(|c| match c.run.ended {
        // What is due without delay is the most pressing while it waits.
        None if c.row.clock == Timing::AtOnce => (0, c.run.since, c.run.since),
        None => (0, c.next(now).unwrap_or(i64::MAX), c.run.since),
        Some((at, _)) => (1, -at, c.run.since),
    });
    all
}

/// The clocks in the caller's own open cases that somebody noted and that have a term before an instant, or over: with the case's
/// code, the most pressing first. Opens no file: only codes and days are read.
///
/// # Errors
/// When something breaks.
pub async fn pressing<'p>(
    p: &'p Programme,
    tx: &mut Tx,
    caller: &Caller,
    until: Micros,
) -> Outcome<Vec<(String, Clock<'p>)>> {
    let now = p.store.clock.now();
    let people = tx.sql("SELECT DISTINCT subject FROM fact WHERE kind = 'route.step'").all().await?;
    let people = people.iter().map(|r| Ok(r.get("subject")?)).collect::<Outcome<BTreeSet<Vec<u8>>>>()?;
    let rows = tx
        .sql(
            "SELECT c.id, c.person FROM case_file c JOIN care_team t ON t.case_id = c.id
             WHERE t.account = $1 AND t.until IS NULL AND c.state = 'open' ORDER BY c.opened_at DESC",
        )
        .bind(caller.account)
        .all()
        .await?;
    let mut found = Vec::new();
    for row in &rows {
        let (id, person): (Uuid, Uuid) = (row.get("id")?, row.get("person")?);
        let any = people.contains(p.office.pseudonym(person.as_bytes()).as_slice());
        if !any || p.may_case(tx, caller, Act::ROUTE_WRITE, id).await.is_err() {
            continue;
        }
        let case = cases::lookup(tx, id).await?;
        let told = facts(p, tx, &case).await?;
        let presses = |c: &Clock<'_>| {
            let noted = told.iter().any(|t| t.kind == FACT && t.code == c.row.id);
            noted && c.run.ended.is_none() && c.next(now).is_some_and(|due| due < until)
        };
        let hers = ordered(&p.pack.route, &told, now).into_iter().filter(presses);
        found.extend(hers.map(|c| (case.code.clone(), c)));
    }
    found.sort_by_key(|(_, c)| c.next(now));
    Ok(found)
}

/// The populations whose rows may concern her: by her age, in doubt as under age; where she is from nobody must ask for this,
/// so rows for whoever is from another country are always among them.
#[must_use]
pub fn populations(p: &Programme, person: &Person) -> [&'static str; 3] {
    let today = dates::day(p.store.clock.now(), &p.pack.zone);
    let age = if person.core.birth.presumed_minor(today) { "child" } else { "adult" };
    ["any", age, "foreign"]
}

/// The steps that were noted in a case, the newest first.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn noted(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    case: Uuid,
) -> Outcome<Vec<Entry<RouteStep>>> {
    let grant = p.may_case(tx, caller, Act::ROUTE_READ, case).await?;
    entries::list(p, tx, caller, &grant, (case, Folder::Social)).await
}

/// Notes that a step of the route happened.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend: a step that moves no clock is one of them.
pub async fn note(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    t: &Typed<'_>,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::ROUTE_WRITE, case).await?;
    let body = read(p, work, case, t).await?;
    let id = entries::add(
        p,
        work,
        caller,
        &grant,
        (case, Folder::Social),
        Plain { state: "noted", ..Plain::default() },
        &body,
    )
    .await?;
    fact(p, work, caller, &grant, case, &body, 1).await?;
    kept(p, work, caller, &grant, case, &body, 1).await?;
    Ok(id)
}

/// Reads what was typed, and sees whether it moves a clock.
async fn read(p: &Programme, work: &mut Work, case: Uuid, t: &Typed<'_>) -> Outcome<RouteStep> {
    let now = work.at() / MINUTE * MINUTE;
    let mut problems = Problems::default();
    let row = p.pack.route.in_use().find(|r| r.id == t.row);
    let what = Move::find(t.what);
    problems.when(row.is_none(), "row", "problem-choose");
    problems.when(what.is_none(), "what", "problem-choose");
    let at = instant(p, t, what, now, &mut problems);
    let set_day = Some(t.set_day).filter(|d| !d.is_empty()).map(str::parse::<Date>);
    problems.when(set_day.as_ref().is_some_and(Result::is_err), "set", "problem-date-impossible");
    let set =
        set_day.and_then(Result::ok).filter(|_| what == Some(Move::Start) && row.is_some_and(Row::is_before));
    let set = set.map(|day| dates::start(day, &p.pack.zone));
    problems.when(t.remark.chars().count() > 1000, "remark", "problem-too-long");
    if let Some(id) = t.institution {
        let known = work.sql("SELECT 1 AS x FROM institution WHERE id = $1").bind(id).optional().await?;
        problems.when(known.is_none(), "institution", "problem-choose");
    }
    if let (Some(row), Some(what), Some(at)) = (row, what, at) {
        let file = cases::lookup(work.tx(), case).await?;
        let told = facts(p, work.tx(), &file).await?;
        let moved = runs(row, &told, Some(Event { at, what, set })) != runs(row, &told, None);
        problems.when(!moved, "what", "problem-route-moves-nothing");
    }
    problems.done()?;
    Ok(RouteStep {
        row: t.row.to_owned(),
        what: t.what.to_owned(),
        at: at.unwrap_or(now),
        set,
        institution: t.institution,
        remark: t.remark.trim().to_owned(),
    })
}

/// When it happened. Without a time a start counts from the beginning of its day and whatever follows at its end: a term is
/// then rather too short than too long.
fn instant(
    p: &Programme,
    t: &Typed<'_>,
    what: Option<Move>,
    now: Micros,
    problems: &mut Problems,
) -> Option<Micros> {
    let day = t.on_day.parse::<Date>();
    problems.when(day.is_err(), "on", "problem-date-impossible");
    let day = day.ok()?;
    let begins = dates::start(day, &p.pack.zone);
    problems.when(begins > now, "on", "problem-date-future");
    if t.time.trim().is_empty() {
        let ends = dates::start(day.tomorrow().ok()?, &p.pack.zone) - MINUTE;
        return Some(if what == Some(Move::Start) { begins } else { ends.min(now) });
    }
    let at = appointments::instant(p, day, t.time);
    problems.when(at.is_none(), "time", "problem-clinic-time");
    problems.when(begins <= now && at.is_some_and(|at| at > now), "time", "problem-date-future");
    at
}

/// The code of a step's fact: its row, and which institution took it where that was said.
fn coded(step: &RouteStep) -> String {
    step.institution.map_or_else(|| step.row.clone(), |id| format!("{}@{id}", step.row))
}

async fn fact(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
    step: &RouteStep,
    amount: i64,
) -> Outcome<()> {
    let mut fact = cases::fact(p, work, caller, grant, case, FACT).await?;
    fact.at = step.at;
    fact.day = p.day(step.at);
    fact.code = Some(coded(step));
    fact.outcome = Some(step.what.clone());
    fact.minutes = step.set.map(|set| (set - step.at) / MINUTE);
    fact.amount = amount;
    Ok(work.fact(fact).await?)
}

/// The fact that a duty with a term was done, in time or late: what reports count. Made by the step that ended its clock.
async fn kept(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
    step: &RouteStep,
    amount: i64,
) -> Outcome<()> {
    let file = cases::lookup(work.tx(), case).await?;
    let told = facts(p, work.tx(), &file).await?;
    let Some(row) = p.pack.route.in_use().find(|r| r.id == step.row) else { return Ok(()) };
    let Some(run) = runs(row, &told, None).into_iter().find(|r| r.ended == Some((step.at, true))) else {
        return Ok(());
    };
    let Some(due) = p.pack.route.dues(row, &run).into_iter().flatten().max() else { return Ok(()) };
    let mut fact = cases::fact(p, work, caller, grant, case, "route.kept").await?;
    fact.at = step.at;
    fact.day = p.day(step.at);
    fact.code = Some(row.id.clone());
    fact.outcome = Some(if step.at <= due { "on_time" } else { "late" }.to_owned());
    fact.dims = row.who.iter().map(|who| ("holder", who.clone())).collect();
    fact.amount = amount;
    Ok(work.fact(fact).await?)
}

/// Takes a step back that was noted by mistake: the record stays and says so, its fact is balanced by one of minus one.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody changed it meanwhile, or it was taken back already.
pub async fn take_back(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (id, seen): (Uuid, i64),
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::ROUTE_WRITE, case).await?;
    let step: Entry<RouteStep> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if step.head.state != "noted" {
        return Err(ProgrammeError::Stale);
    }
    let plain = Plain { state: "mistake", ..Plain::from(&step.head) };
    entries::change(p, work, caller, &grant, &step.head, seen, plain, &step.body, "mistake").await?;
    kept(p, work, caller, &grant, case, &step.body, -1).await?;
    fact(p, work, caller, &grant, case, &step.body, -1).await
}
