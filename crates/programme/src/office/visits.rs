//! A visit: planned for a day, and what came of it. Without transport there is none, and that is a result too.

use ceiba_access::{Act, Caller};
use ceiba_store::{HOUR, Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::calls::{About, whose};
use super::{FOLDER, desk, fact, file};
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme, ProgrammeError, dates};

/// What is sealed of a visit. To what kind of place, and on which day, are in clear; where it is stays out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Something practical: with whom, by which bus.
    pub remark: String,
    /// A code of the list `office_visit_results`; empty while it is planned.
    #[serde(default)]
    pub result: String,
}

impl Kind for Visit {
    const KIND: &'static str = "office_visit";
    const COMPARTMENT: Option<&'static str> = Some("office");
}

/// What is typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct New<'a> {
    /// A code of the list `office_visit_kinds`.
    pub kind: &'a str,
    /// About whom.
    pub about: About,
    /// The day, as ISO text.
    pub on_day: &'a str,
    /// A code of the list `office_visit_results`; empty: it is planned.
    pub result: &'a str,
    /// Something practical.
    pub remark: &'a str,
}

/// Plans a visit, or notes one that was made.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn add(p: &Programme, work: &mut Work, caller: &Caller, n: &New<'_>) -> Outcome<Uuid> {
    file(p, work.tx(), caller, Act::OFFICE_WRITE).await?;
    let lists = &p.pack.lists;
    let mut problems = Problems::default();
    problems.when(!lists.has("office_visit_kinds", n.kind), "kind", "problem-choose");
    let made = !n.result.is_empty();
    problems.when(made && !lists.has("office_visit_results", n.result), "result", "problem-choose");
    problems.when(n.remark.chars().count() > 200, "remark", "problem-office-remark");
    let (day, today) = (n.on_day.parse::<Date>(), dates::day(work.at(), &p.pack.zone));
    problems.when(day.is_err(), "on", "problem-date-impossible");
    problems.when(made && day.as_ref().is_ok_and(|d| *d > today), "on", "problem-date-future");
    problems.when(!made && day.as_ref().is_ok_and(|d| *d < today), "on", "problem-office-past");
    problems.when(n.about == About::Unknown, "about", "problem-choose");
    problems.done()?;
    let (id, grant, case) = whose(p, work, caller, n.about).await?;
    let plain = Plain {
        state: if made { "done" } else { "planned" },
        code: Some(n.kind.to_owned()),
        other: case,
        on_day: Some(n.on_day.to_owned()),
        due_at: day.ok().filter(|_| !made).map(|d| dates::start(d, &p.pack.zone) + 17 * HOUR),
        owner: Some(caller.account),
        ..Plain::default()
    };
    let body = Visit { remark: n.remark.trim().to_owned(), result: n.result.to_owned() };
    let entry = entries::add(p, work, caller, &grant, (id, FOLDER), plain, &body).await?;
    if made {
        tell(p, work, caller, n.kind, n.result).await?;
    }
    Ok(entry)
}

/// What came of a planned visit.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody said so already.
pub async fn end(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (id, seen): (Uuid, i64),
    result: &str,
) -> Outcome<()> {
    let (head, grant) = desk::one(p, work.tx(), caller, Act::OFFICE_WRITE, id).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("office_visit_results", result), "result", "problem-choose");
    problems.done()?;
    let it: Entry<Visit> = entries::get(p, work.tx(), caller, &grant, head.file, id).await?;
    if it.head.state != "planned" {
        return Err(ProgrammeError::Stale);
    }
    let body = Visit { result: result.to_owned(), ..it.body };
    let plain = Plain { state: "done", due_at: None, ..Plain::from(&it.head) };
    entries::change(p, work, caller, &grant, &it.head, seen, plain, &body, "done").await?;
    tell(p, work, caller, it.head.code.as_deref().unwrap_or_default(), result).await
}

async fn tell(p: &Programme, work: &mut Work, caller: &Caller, kind: &str, result: &str) -> Outcome<()> {
    let mut fact = fact(p, work, caller, None, "office.visit").await?;
    (fact.code, fact.outcome) = (Some(kind.to_owned()), Some(result.to_owned()));
    Ok(work.fact(fact).await?)
}

/// A visit of the caller's office.
///
/// # Errors
/// [`ceiba_access::Refusal::Absent`] when there is none for her.
pub async fn read(p: &Programme, tx: &mut Tx, caller: &Caller, id: Uuid) -> Outcome<Entry<Visit>> {
    let (head, grant) = desk::one(p, tx, caller, Act::OFFICE_READ, id).await?;
    entries::get(p, tx, caller, &grant, head.file, id).await
}
