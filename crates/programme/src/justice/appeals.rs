//! Appeals against what was decided in a proceeding: who, when, and what came of it.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{days_between, fact, open, past, within};
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme};

/// An appeal. Its code is of the list `appeal_kinds`, `other` the proceeding, `on_day` when it was filed; its state `filed` or one
/// of [`ENDS`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// One of [`BY`].
    pub by: String,
    /// On which day it was decided; empty while it was not.
    pub decided_on: String,
    /// What changed with it, in a sentence.
    pub outcome: String,
}

impl Kind for Appeal {
    const KIND: &'static str = "court_appeal";
}

/// Who appeals.
pub const BY: [&str; 5] = ["herself", "prosecutor", "child_protection", "accused", "other"];
/// What comes of it.
pub const ENDS: [&str; 4] = ["granted", "partly", "refused", "dropped"];

/// Notes that somebody appealed.
///
/// # Errors
/// The gate's refusal; [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn file(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, proceeding): (Uuid, Uuid),
    (kind, by, on_day): (&str, &str, &str),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_LEGAL, case).await?;
    within(work.tx(), case, proceeding).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("appeal_kinds", kind), "kind", "problem-choose");
    problems.when(!BY.contains(&by), "by", "problem-choose");
    past(p, work.at(), (on_day, "filed"), &mut problems);
    problems.done()?;
    let plain = Plain {
        state: "filed",
        code: Some(kind.to_owned()),
        other: Some(proceeding),
        on_day: Some(on_day.to_owned()),
        ..Plain::default()
    };
    let body = Appeal { by: by.to_owned(), ..Appeal::default() };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Legal), plain, &body).await?;
    let mut fact = fact(p, work, caller, case, "appeal.filed").await?;
    fact.code = Some(kind.to_owned());
    fact.outcome = Some(by.to_owned());
    work.fact(fact).await?;
    Ok(id)
}

/// Notes what came of an appeal. The fact carries how long it took.
///
/// # Errors
/// The gate's refusal; [`crate::ProgrammeError::Stale`], [`crate::ProgrammeError::State`] when it was decided before;
/// [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn decide(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    (how, on_day, outcome): (&str, &str, &str),
) -> Outcome<()> {
    let which = (case, id, seen);
    let filed = (&["filed"][..], "state-appeal-decided");
    let (grant, entry) = open::<Appeal>(p, work, (caller, Act::WRITE_LEGAL), which, filed).await?;
    let state = ENDS.iter().find(|s| **s == how).copied();
    let filed = entry.head.on_day.as_deref().and_then(|t| t.parse::<Date>().ok());
    let mut problems = Problems::default();
    problems.when(state.is_none(), "how", "problem-choose");
    let on = past(p, work.at(), (on_day, "decided"), &mut problems);
    let before = on.zip(filed).is_some_and(|(on, filed)| on < filed);
    problems.when(before, "decided", "problem-appeal-before");
    problems.when(outcome.chars().count() > 500, "outcome", "problem-too-long");
    problems.done()?;
    let Some(state) = state else { return Ok(()) };
    let plain = Plain { state, ..Plain::from(&entry.head) };
    let body =
        Appeal { decided_on: on_day.to_owned(), outcome: outcome.trim().to_owned(), ..entry.body.clone() };
    entries::change(p, work, caller, &grant, &entry.head, seen, plain, &body, state).await?;
    let mut fact = fact(p, work, caller, case, "appeal.decided").await?;
    fact.code.clone_from(&entry.head.code);
    fact.outcome = Some(state.to_owned());
    fact.minutes = days_between(filed, on);
    Ok(work.fact(fact).await?)
}

/// The appeals of a case, newest first. The grant is that of the legal folder.
///
/// # Errors
/// When something breaks, or she who asks has no key to the strongbox.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Appeal>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Legal)).await
}
