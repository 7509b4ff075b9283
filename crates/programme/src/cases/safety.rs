//! Safety: risk, what to do and not to do, who must not come near. How she may be reached: `contact::rules`.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{DAY, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::tasks;
use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::{Outcome, Problems, Programme};

/// A risk evaluation with its safety plan. The newest is the one in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// What nobody should do.
    pub avoid: String,
    /// Who must not come near.
    pub keep_away: String,
    /// What to do now.
    pub now: String,
    /// The safety plan in her words.
    pub plan: String,
}

impl Kind for Evaluation {
    const KIND: &'static str = "safety";
    const COMPARTMENT: Option<&'static str> = Some("safety");
}

/// Levels, the gravest first.
pub const LEVELS: [&str; 3] = ["high", "medium", "low"];

/// Days until the next evaluation, by level (domain.md 2.6).
const REVIEW: [i64; 3] = [3, 7, 30];

/// Records an evaluation. The case shows its level from now on.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn evaluate(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    level: &str,
    evaluation: &Evaluation,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::SAFETY_WRITE, case).await?;
    let mut problems = Problems::default();
    let place = LEVELS.iter().position(|l| *l == level);
    problems.when(place.is_none(), "level", "problem-choose");
    let texts = [&evaluation.avoid, &evaluation.keep_away, &evaluation.now, &evaluation.plan];
    problems.when(texts.iter().any(|t| t.chars().count() > 2000), "plan", "problem-too-long");
    problems.when(level == "high" && evaluation.now.trim().is_empty(), "now", "problem-high-needs-now");
    problems.done()?;
    let due = work.at() + REVIEW[place.unwrap_or(0)] * DAY;
    let plain =
        Plain { state: "in_force", code: Some(level.to_owned()), due_at: Some(due), ..Plain::default() };
    replace(work, caller, case).await?;
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, evaluation).await?;
    work.sql("UPDATE case_file SET risk = $1, version = version + 1 WHERE id = $2")
        .bind(level)
        .bind(case)
        .once()
        .await?;
    let mut fact = super::fact(p, work, caller, &grant, case, "risk.evaluated").await?;
    fact.code = Some(level.to_owned());
    work.fact(fact).await?;
    tasks::resolve(p, work, caller, case, Evaluation::KIND).await?;
    Ok(id)
}

/// Adds to who must not come near, keeping everything else that is in force. It is no evaluation: the level stays as
/// it is, and the task of evaluating stays open. The grant is that of receiving her into a house.
pub(crate) async fn add_to_door(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
    keep_away: &str,
) -> Outcome<()> {
    let now = in_force(p, work.tx(), caller, grant, case).await?;
    let (code, due_at) = now.as_ref().map_or((None, None), |e| (e.head.code.clone(), e.head.due_at));
    let mut body = now.map(|e| e.body).unwrap_or_default();
    if !body.keep_away.is_empty() {
        body.keep_away.push('\n');
    }
    body.keep_away.push_str(keep_away);
    replace(work, caller, case).await?;
    let code = Some(code.unwrap_or_else(|| "unknown".to_owned()));
    let plain = Plain { state: "in_force", code, due_at, ..Plain::default() };
    entries::add(p, work, caller, grant, (case, Folder::Social), plain, &body).await?;
    Ok(())
}

async fn replace(work: &mut Work, caller: &Caller, case: Uuid) -> Outcome<()> {
    let ends = |e: &Head| e.state == "in_force";
    entries::follow(work, caller, (case, Evaluation::KIND), ends, "replaced", "replaced").await?;
    Ok(())
}

/// The evaluation in force, if there is one. Without one the page shows default precautions.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn in_force(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Option<Entry<Evaluation>>> {
    entries::in_state(p, tx, caller, grant, (case, Folder::Social), "in_force").await
}
