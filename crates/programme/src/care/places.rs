//! Places in a service: given while there are some, then a list of who waits; progress, and the end.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Fact, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::catalogue::Offered;
use crate::cases;
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problem, Problems, Programme, ProgrammeError};

/// A place in a service, or a turn on its list. Its state stands in clear: `waiting`, `in`, `done`, `left`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The part of the course that she has reached.
    pub module: u32,
}

impl Kind for Enrolment {
    const KIND: &'static str = "enrolment";
}

/// A service of the pack.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when there is none with this code.
pub fn offered<'p>(p: &'p Programme, code: &str) -> Outcome<&'p Offered> {
    p.pack
        .care
        .services
        .iter()
        .find(|s| s.code == code)
        .ok_or_else(|| ProgrammeError::Invalid(vec![Problem { field: "service", key: "problem-choose" }]))
}

/// How many have a place, and how many wait.
///
/// # Errors
/// When the database breaks.
pub async fn taken(tx: &mut Tx, code: &str) -> Outcome<(i64, i64)> {
    let row = tx
        .sql(
            "SELECT COUNT(CASE WHEN e.state = 'in' THEN 1 END) AS n, COUNT(CASE WHEN e.state = 'waiting' THEN 1 END) AS m
             FROM entry e JOIN case_file c ON c.id = e.file WHERE e.kind = 'enrolment' AND e.code = $1 AND c.state <> 'closed'",
        )
        .bind(code)
        .one()
        .await?;
    Ok((row.get("n")?, row.get("m")?))
}

/// Gives a place; when all are taken, a turn on the list. Tells whether she has a place. Units of work never overlap, so
/// the last one is given once.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with why she cannot have one.
pub async fn enrol(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    code: &str,
) -> Outcome<(Uuid, bool)> {
    let grant = p.may_case(work.tx(), caller, Act::SERVICE_WRITE, case).await?;
    let service = offered(p, code)?;
    let fact = cases::fact(p, work, caller, &grant, case, "seat.given").await?;
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    let mut problems = Problems::default();
    if let Some(key) = service.refuses(&text(&fact.site), &text(&fact.sex), &text(&fact.age_band)) {
        problems.when(true, "service", key);
    }
    problems.done()?;
    let state = if taken(work.tx(), code).await?.0 < i64::from(service.seats) { "in" } else { "waiting" };
    let plain = Plain { state, code: Some(code.to_owned()), ..Plain::default() };
    let added =
        entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &Enrolment::default()).await;
    let id = match added {
        Err(ProgrammeError::Store(e)) if e.is_taken() => {
            return Err(ProgrammeError::Invalid(vec![Problem {
                field: "service",
                key: "problem-care-enrolled",
            }]));
        }
        other => other?,
    };
    seat(work, fact, code, state).await?;
    Ok((id, state == "in"))
}

async fn seat(work: &mut Work, fact: Fact, code: &str, outcome: &str) -> Outcome<()> {
    Ok(work.fact(Fact { code: Some(code.to_owned()), outcome: Some(outcome.to_owned()), ..fact }).await?)
}

/// Gives a place to somebody on the list.
///
/// # Errors
/// [`ProgrammeError::State`] when none is free; [`ProgrammeError::Stale`] when somebody was faster.
pub async fn give_place(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (Uuid, Uuid, i64),
) -> Outcome<()> {
    let (grant, entry) = of(p, work, caller, which, &["waiting"]).await?;
    let service = offered(p, entry.head.code.as_deref().unwrap_or_default())?;
    if taken(work.tx(), &service.code).await?.0 >= i64::from(service.seats) {
        return Err(ProgrammeError::State("state-care-no-seat"));
    }
    to(p, work, caller, &grant, &entry, ("in", &entry.body)).await
}

/// Her place ends: she left, or stopped waiting. Somebody on the list can have it.
///
/// # Errors
/// As [`give_place`].
pub async fn leave(p: &Programme, work: &mut Work, caller: &Caller, which: (Uuid, Uuid, i64)) -> Outcome<()> {
    let (grant, entry) = of(p, work, caller, which, &["in", "waiting"]).await?;
    to(p, work, caller, &grant, &entry, ("left", &entry.body)).await
}

/// Notes the part of the course that she has reached; with the last one the course is done and her place is free.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when there is no such part; else as [`give_place`].
pub async fn reach(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (Uuid, Uuid, i64),
    module: u32,
) -> Outcome<()> {
    let (grant, entry) = of(p, work, caller, which, &["in"]).await?;
    let service = offered(p, entry.head.code.as_deref().unwrap_or_default())?;
    let mut problems = Problems::default();
    problems.when(!(1..=service.modules).contains(&module), "module", "problem-care-module");
    problems.done()?;
    let mut fact = cases::fact(p, work, caller, &grant, which.0, "course.reached").await?;
    fact.code = Some(service.code.clone());
    fact.outcome = Some(if module == service.modules { "done" } else { "going" }.to_owned());
    fact.amount = i64::from(module);
    work.fact(fact).await?;
    let state = if module == service.modules { "done" } else { "in" };
    to(p, work, caller, &grant, &entry, (state, &Enrolment { module })).await
}

async fn of(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    states: &[&str],
) -> Outcome<(Grant, Entry<Enrolment>)> {
    let grant = p.may_case(work.tx(), caller, Act::SERVICE_WRITE, case).await?;
    let entry: Entry<Enrolment> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if entry.head.version != seen || !states.contains(&entry.head.state.as_str()) {
        return Err(ProgrammeError::Stale);
    }
    Ok((grant, entry))
}

async fn to(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    entry: &Entry<Enrolment>,
    (state, body): (&'static str, &Enrolment),
) -> Outcome<()> {
    let plain = Plain { state, ..Plain::from(&entry.head) };
    entries::change(p, work, caller, grant, &entry.head, entry.head.version, plain, body, state).await?;
    if state == entry.head.state {
        return Ok(());
    }
    let fact = cases::fact(p, work, caller, grant, entry.head.file, "seat.given").await?;
    seat(work, fact, entry.head.code.as_deref().unwrap_or_default(), state).await
}

/// The places of a case, newest first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Enrolment>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Social)).await
}
