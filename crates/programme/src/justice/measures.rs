//! Protection measures: what was asked for her, what was granted and how fast, and whether it is kept.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{DAY, Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{days_between, open, past};
use crate::entries::{self, Entry, Kind, Plain};
use crate::partners::directory;
use crate::{Outcome, Problems, Programme, cases, dates};

/// A measure. Its code is of the list `measure_kinds`, `other` who decides, `on_day` when it was asked, `due_at` the end
/// of its term.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// On which day it was granted or refused; empty while nothing was decided.
    pub decided_on: String,
    /// Under what conditions.
    pub conditions: String,
    /// One of [`KEPT`]; empty while nobody looked.
    pub kept: String,
}

impl Kind for Measure {
    const KIND: &'static str = "measure";
}

/// What an authority decides.
pub const DECISIONS: [&str; 2] = ["granted", "refused"];
/// Whether those whom it binds keep to it.
pub const KEPT: [&str; 3] = ["yes", "partly", "no"];

/// Notes that a measure was asked for.
///
/// # Errors
/// The gate's refusal; [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn ask(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (kind, institution, on_day): (&str, Option<Uuid>, &str),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::HEARING_WRITE, case).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("measure_kinds", kind), "kind", "problem-choose");
    past(p, work.at(), (on_day, "asked"), &mut problems);
    problems.done()?;
    let plain = Plain {
        state: "asked",
        code: Some(kind.to_owned()),
        other: institution,
        on_day: Some(on_day.to_owned()),
        ..Plain::default()
    };
    let id =
        entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &Measure::default()).await?;
    let mut fact = cases::fact(p, work, caller, &grant, case, "measure.asked").await?;
    fact.dims = vec![("court", super::institution(work.tx(), institution).await?)];
    fact.code = Some(kind.to_owned());
    fact.dims.extend(directory::dim(work.tx(), institution).await?);
    work.fact(fact).await?;
    Ok(id)
}

/// A decision on a measure.
#[derive(Clone, Copy, Debug)]
pub struct Decided<'a> {
    /// One of [`DECISIONS`].
    pub what: &'a str,
    /// On which day.
    pub on_day: &'a str,
    /// The last day of its term; may be empty.
    pub until: &'a str,
    /// Under what conditions.
    pub conditions: &'a str,
}

/// Notes what was decided. The fact carries how long it took, from the day it was asked.
///
/// # Errors
/// [`crate::ProgrammeError::Stale`] when somebody was faster; [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn decide(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    d: Decided<'_>,
) -> Outcome<()> {
    let (grant, entry) = changing(p, work, caller, (case, id, seen), "asked").await?;
    let state = DECISIONS.iter().find(|s| **s == d.what).copied();
    let mut problems = Problems::default();
    problems.when(state.is_none(), "what", "problem-choose");
    let on = past(p, work.at(), (d.on_day, "decided"), &mut problems);
    let asked = entry.head.on_day.as_deref().and_then(|t| t.parse::<Date>().ok());
    problems.when(on.zip(asked).is_some_and(|(on, asked)| on < asked), "decided", "problem-measure-before");
    let until = d.until.parse::<Date>();
    problems.when(!d.until.is_empty() && until.is_err(), "until", "problem-date-impossible");
    problems.when(
        until.as_ref().is_ok_and(|u| on.is_some_and(|on| *u < on)),
        "until",
        "problem-measure-until",
    );
    problems.when(d.conditions.chars().count() > 500, "conditions", "problem-too-long");
    problems.done()?;
    let Some(state) = state else { return Ok(()) };
    let due_at = until.ok().map(|u| dates::start(u, &p.pack.zone) + DAY);
    let plain = Plain { state, due_at, ..Plain::from(&entry.head) };
    let body =
        Measure { decided_on: d.on_day.to_owned(), conditions: d.conditions.trim().to_owned(), ..entry.body };
    entries::change(p, work, caller, &grant, &entry.head, seen, plain, &body, state).await?;
    let mut fact = cases::fact(p, work, caller, &grant, case, "measure.decided").await?;
    fact.dims = vec![("court", super::institution(work.tx(), entry.head.other).await?)];
    fact.code.clone_from(&entry.head.code);
    fact.outcome = Some(state.to_owned());
    fact.minutes = days_between(asked, on);
    fact.dims.extend(directory::dim(work.tx(), entry.head.other).await?);
    work.fact(fact).await?;
    Ok(())
}

/// Notes whether a granted measure is kept, or that it ended.
///
/// # Errors
/// As [`decide`].
pub async fn look(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    (kept, ended): (&str, bool),
) -> Outcome<()> {
    let (grant, entry) = changing(p, work, caller, (case, id, seen), "granted").await?;
    let mut problems = Problems::default();
    problems.when(!ended && !KEPT.contains(&kept), "kept", "problem-choose");
    problems.done()?;
    let state = if ended { "ended" } else { "granted" };
    let plain = Plain { state, ..Plain::from(&entry.head) };
    let body = Measure { kept: kept.to_owned(), ..entry.body };
    entries::change(p, work, caller, &grant, &entry.head, seen, plain, &body, state).await?;
    if kept == "no" {
        let mut fact = cases::fact(p, work, caller, &grant, case, "measure.broken").await?;
        fact.code.clone_from(&entry.head.code);
        work.fact(fact).await?;
    }
    Ok(())
}

async fn changing(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (Uuid, Uuid, i64),
    state: &str,
) -> Outcome<(Grant, Entry<Measure>)> {
    open(p, work, (caller, Act::HEARING_WRITE), which, (&[state], "state-measure-order")).await
}

/// The measures of a case, newest first.
///
/// # Errors
/// When something breaks or the grant does not open them.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Measure>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Social)).await
}
