//! Somebody is looked for by an official alert, and comes back: rest first, then quiet screening, health, a safety plan before home, and
//! nobody who must not know. It needs no house: a house's own search is `shelter::missing`.
//!
//! Scenario 4 of domain.md 9; rows R01, R03 and R04 of its 2.5. What is proposed and in which order: `packs/core/tasks.toml`.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{MINUTE, Micros, Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::tasks::{self, On, Task};
use crate::dates::past;
use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::partners::directory;
use crate::partners::disclosed::{self, What};
use crate::{Outcome, Problems, Programme, ProgrammeError, dates};

/// A search by an official alert. Its code is of the list `search_alerts`, `other` the institution that started it, `on_day` when; its
/// state `open`, `found` or `closed`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// The day she came back.
    pub found_on: String,
    /// Code of the list `search_found`.
    pub how: String,
    /// When that was noted: what is done counts from here.
    pub found_at: Option<Micros>,
    /// The day on which the alert was closed.
    pub closed_on: String,
    /// Where she goes: code of the list `search_goes_to`.
    pub goes_to: String,
}

impl Kind for Search {
    const KIND: &'static str = "search";
    const COMPARTMENT: Option<&'static str> = Some("safety");
}

/// What the closing letter tells; codes of the list of what went out.
pub const TELLS: [&str; 1] = ["back"];

/// A step that is proposed once she is back, as its task stands.
pub struct Step<'p> {
    /// The task's code.
    pub code: &'p str,
    /// Its task.
    pub task: Head,
}

/// Notes that an alert was started.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when she is looked for already.
pub async fn activate(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (alert, institution, on_day): (&str, Option<Uuid>, &str),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::SAFETY_WRITE, case).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("search_alerts", alert), "alert", "problem-choose");
    let known = directory::list(work.tx()).await?.iter().any(|i| Some(i.id) == institution);
    problems.when(!known, "institution", "problem-choose");
    past(p, work.at(), (on_day, "on"), &mut problems);
    problems.done()?;
    if under_way(work.tx(), case).await? {
        return Err(ProgrammeError::State("state-search-open"));
    }
    let plain = Plain {
        state: "open",
        code: Some(alert.to_owned()),
        other: institution,
        on_day: Some(on_day.to_owned()),
        ..Plain::default()
    };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &Search::default()).await?;
    count(p, work, caller, (&grant, case), ("search.activated", alert, None, None)).await?;
    Ok(id)
}

async fn under_way(tx: &mut Tx, case: Uuid) -> Outcome<bool> {
    let text = "SELECT 1 AS x FROM entry WHERE file = $1 AND kind = 'search' AND state <> 'closed'";
    Ok(tx.sql(text).bind(case).optional().await?.is_some())
}

async fn count(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (grant, case): (&Grant, Uuid),
    (kind, code, outcome, minutes): (&'static str, &str, Option<&str>, Option<i64>),
) -> Outcome<()> {
    let mut fact = super::fact(p, work, caller, grant, case, kind).await?;
    fact.code = Some(code.to_owned());
    fact.outcome = outcome.map(str::to_owned);
    fact.minutes = minutes;
    Ok(work.fact(fact).await?)
}

/// She is back: what is proposed becomes tasks, in the order of the pack, for whoever is responsible. The clock of the search stops.
///
/// # Errors
/// As [`activate`]; [`ProgrammeError::Stale`] when somebody was faster.
pub async fn found(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (Uuid, Uuid, i64),
    (how, on_day): (&str, &str),
) -> Outcome<()> {
    let (grant, entry) = changing(p, work, caller, which, "open").await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("search_found", how), "how", "problem-choose");
    let day = past(p, work.at(), (on_day, "found"), &mut problems);
    let began = entry.head.on_day.as_deref().and_then(|d| d.parse::<Date>().ok());
    problems.when(day.is_some() && day < began, "found", "problem-search-before");
    problems.done()?;
    let body = Search {
        found_on: on_day.to_owned(),
        how: how.to_owned(),
        found_at: Some(work.at()),
        ..entry.body.clone()
    };
    let plain = Plain { state: "found", ..Plain::from(&entry.head) };
    entries::change(p, work, caller, &grant, &entry.head, which.2, plain, &body, "found").await?;
    let owner = super::lookup(work.tx(), which.0).await?.responsible;
    tasks::arise(p, work, caller, &grant, (which.0, owner), On::Returned).await?;
    let alert = entry.head.code.clone().unwrap_or_default();
    let minutes = began.map(|d| (work.at() - dates::start(d, &p.pack.zone)) / MINUTE);
    count(p, work, caller, (&grant, which.0), ("search.found", &alert, Some(how), minutes)).await
}

/// The institution closed its alert, and it is known where she goes. To her home only with a safety plan made since she is back.
///
/// # Errors
/// As [`found`]; [`ProgrammeError::Invalid`] when she would go home without a plan.
pub async fn close(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (Uuid, Uuid, i64),
    (on_day, goes_to): (&str, &str),
) -> Outcome<()> {
    let (grant, entry) = changing(p, work, caller, which, "found").await?;
    let mut problems = Problems::default();
    past(p, work.at(), (on_day, "closed"), &mut problems);
    problems.when(!p.pack.lists.has("search_goes_to", goes_to), "goes_to", "problem-choose");
    let home = ["home", "other_family"].contains(&goes_to);
    let safe = planned(work.tx(), which.0, entry.body.found_at).await?;
    problems.when(home && !safe, "goes_to", "problem-search-plan-first");
    problems.done()?;
    let body = Search { closed_on: on_day.to_owned(), goes_to: goes_to.to_owned(), ..entry.body.clone() };
    let plain = Plain { state: "closed", ..Plain::from(&entry.head) };
    entries::change(p, work, caller, &grant, &entry.head, which.2, plain, &body, "closed").await?;
    let alert = entry.head.code.clone().unwrap_or_default();
    count(p, work, caller, (&grant, which.0), ("search.closed", &alert, Some(goes_to), None)).await
}

/// Whether her safety was looked at since an instant.
async fn planned(tx: &mut Tx, case: Uuid, since: Option<Micros>) -> Outcome<bool> {
    let text = "SELECT 1 AS x FROM entry WHERE file = $1 AND kind = 'safety' AND created_at >= $2 LIMIT 1";
    Ok(tx.sql(text).bind(case).bind(since.unwrap_or(i64::MAX)).optional().await?.is_some())
}

/// Writes the letter that asks to close the alert and to take her picture down: that she is back, and nothing else of her. A second
/// one to the same institution is the same letter.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Stale`] while she is looked for.
pub async fn letter(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id): (Uuid, Uuid),
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::SAFETY_WRITE, case).await?;
    let entry: Entry<Search> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    let Some(institution) = entry.head.other.filter(|_| entry.head.state != "open") else {
        return Err(ProgrammeError::Stale);
    };
    work.record("search.letter", "case", case, [0; 32]).await?;
    if written(work.tx(), (id, institution)).await?.is_some() {
        return Ok(());
    }
    let fields = TELLS.map(str::to_owned);
    let what = What { how: "search", institution, fields: &fields, thing: id };
    // It rests on the duty to end the search: what was published of her goes.
    disclosed::note(work, caller, case, what, &[]).await
}

/// When the letter was written.
///
/// # Errors
/// When the database breaks.
pub async fn written(tx: &mut Tx, (id, institution): (Uuid, Uuid)) -> Outcome<Option<Micros>> {
    let row = tx
        .sql("SELECT at FROM disclosed WHERE thing = $1 AND institution = $2")
        .bind(id)
        .bind(institution)
        .optional()
        .await?;
    Ok(row.map(|r| r.get("at")).transpose()?)
}

async fn changing(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    state: &str,
) -> Outcome<(Grant, Entry<Search>)> {
    let grant = p.may_case(work.tx(), caller, Act::SAFETY_WRITE, case).await?;
    let entry: Entry<Search> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if entry.head.version != seen || entry.head.state != state {
        return Err(ProgrammeError::Stale);
    }
    Ok((grant, entry))
}

/// What is proposed since she is back, in the order of the pack.
///
/// # Errors
/// When something breaks.
pub async fn steps<'p>(p: &'p Programme, tx: &mut Tx, case: Uuid, since: Micros) -> Outcome<Vec<Step<'p>>> {
    let rows = tx
        .sql("SELECT * FROM entry WHERE file = $1 AND kind = $2 AND created_at >= $3 ORDER BY created_at, id")
        .bind(case)
        .bind(Task::KIND)
        .bind(since)
        .all()
        .await?;
    let mut tasks = rows.iter().map(Head::read).collect::<Outcome<Vec<_>>>()?;
    let mut steps = Vec::new();
    for rule in p.pack.task_rules.iter().filter(|r| r.on == On::Returned) {
        let at = tasks.iter().position(|t| t.code.as_deref() == Some(rule.code.as_str()));
        steps.extend(at.map(|at| Step { code: &rule.code, task: tasks.remove(at) }));
    }
    Ok(steps)
}

/// The searches of a case, newest first.
///
/// # Errors
/// When something breaks or the grant does not open them.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Search>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Social)).await
}
