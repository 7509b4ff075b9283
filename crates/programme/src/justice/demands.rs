//! Demands for files: who wants what, on which basis, what was decided and what was released. A stamp is no reason to hand over a
//! file whole: each demand has its scope, and what goes out is on her list.

use ceiba_access::{Act, Caller, Folder};
use ceiba_store::{DAY, MINUTE, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{fact, open, past};
use crate::cases::consent::DATA;
use crate::entries::{self, Entry, Kind, Plain};
use crate::partners::directory;
use crate::partners::disclosed::{self, What};
use crate::{Outcome, Problems, Programme, dates};

/// A demand. `other` is the institution, `on_day` when it came, `due_at` until when an answer is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demand {
    /// What is wanted, as it is written there.
    pub scope: String,
    /// On which basis: the court's number, the article.
    pub basis: String,
    /// What was decided and why; empty while nothing was.
    pub decision: String,
    /// What was released: codes of the kinds of data.
    pub released: Vec<String>,
}

impl Kind for Demand {
    const KIND: &'static str = "demand";
}

/// What is decided: the state of the entry after `received`.
pub const DECISIONS: [&str; 4] = ["complied", "partly", "refused", "asked_judge"];

/// Notes that a demand came.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`](crate::ProgrammeError::Invalid) with what to mend.
pub async fn receive(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (from, on_day, days): (Option<Uuid>, &str, &str),
    body: &Demand,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_LEGAL, case).await?;
    let known = directory::list(work.tx()).await?.iter().any(|i| Some(i.id) == from);
    let term = days.parse::<i64>();
    let mut problems = Problems::default();
    problems.when(!known, "from", "problem-choose");
    problems.when(body.scope.trim().is_empty(), "scope", "problem-demand-scope");
    problems.when(body.basis.trim().is_empty(), "basis", "problem-demand-basis");
    let day = past(p, work.at(), (on_day, "on"), &mut problems);
    problems.when(
        !days.is_empty() && !term.as_ref().is_ok_and(|n| (1..=365).contains(n)),
        "days",
        "problem-demand-days",
    );
    let long = body.scope.chars().count() > 2000 || body.basis.chars().count() > 500;
    problems.when(long, "scope", "problem-too-long");
    problems.done()?;
    let due_at = day.zip(term.ok()).map(|(day, n)| dates::start(day, &p.pack.zone) + (n + 1) * DAY);
    let plain =
        Plain { state: "received", other: from, on_day: Some(on_day.to_owned()), due_at, ..Plain::default() };
    let body = Demand { decision: String::new(), released: Vec::new(), ..body.clone() };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Legal), plain, &body).await?;
    let fact = fact(p, work, caller, case, "demand.received").await?;
    work.fact(fact).await?;
    Ok(id)
}

/// Decides a demand. What is released is written on the list of what went to whom, with the demand as its legal basis.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Stale`](crate::ProgrammeError::Stale) when somebody wrote meanwhile;
/// [`ProgrammeError::State`](crate::ProgrammeError::State) when it was decided before;
/// [`ProgrammeError::Invalid`](crate::ProgrammeError::Invalid) with what to mend.
pub async fn decide(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    (what, why, released): (&str, &str, &[String]),
) -> Outcome<()> {
    // Whoever asked a judge decides once more when the judge has answered.
    let waits = (&["received", "asked_judge"][..], "state-demand-order");
    let (grant, it) = open::<Demand>(p, work, (caller, Act::WRITE_LEGAL), (case, id, seen), waits).await?;
    let state = DECISIONS.iter().find(|d| **d == what).copied();
    let out = ["complied", "partly"].contains(&what);
    let mut problems = Problems::default();
    problems.when(state.is_none(), "what", "problem-choose");
    problems.when(why.trim().is_empty(), "why", "problem-demand-why");
    problems.when(why.chars().count() > 2000, "why", "problem-too-long");
    problems.when(out && released.is_empty(), "released", "problem-demand-released");
    problems.when(!out && !released.is_empty(), "released", "problem-demand-nothing");
    problems.when(released.iter().any(|d| !DATA.contains(&d.as_str())), "released", "problem-choose");
    problems.done()?;
    let Some(state) = state else { return Ok(()) };
    let body = Demand { decision: why.trim().to_owned(), released: released.to_vec(), ..it.body };
    let plain = Plain { state, ..Plain::from(&it.head) };
    entries::change(p, work, caller, &grant, &it.head, seen, plain, &body, state).await?;
    if let (true, Some(institution)) = (out, it.head.other) {
        let what = What { how: "demand", institution, fields: released, thing: id };
        disclosed::note(work, caller, case, what, &[]).await?;
    }
    let mut fact = fact(p, work, caller, case, "demand.decided").await?;
    fact.outcome = Some(state.to_owned());
    fact.minutes = Some((work.at() - it.head.created_at) / MINUTE);
    work.fact(fact).await?;
    Ok(())
}

/// The demands of a case, newest first.
///
/// # Errors
/// The gate's refusal, or a damaged value.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<Vec<Entry<Demand>>> {
    let grant = p.may_case(tx, caller, Act::READ_LEGAL, case).await?;
    entries::list(p, tx, caller, &grant, (case, Folder::Legal)).await
}
