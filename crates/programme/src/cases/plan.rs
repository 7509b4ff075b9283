//! The life plan: her goals in her words, five described levels, steps with who and when.
//!
//! Levels follow goal attainment scaling (Kiresuk and Sherman 1968): −2 much less than expected … +2 much more.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::tasks;
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme};

mod scored;

pub use scored::Counted;

/// A goal of the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// The goal in her own words.
    pub words: String,
    /// What is needed.
    pub need: String,
    /// What she already has for it.
    pub strength: String,
    /// Where it stands, −2 to +2.
    pub level: i8,
    /// Whether the last rating was made together with her.
    pub rated_with_her: bool,
    /// What comes next.
    pub step: String,
    /// Who does it.
    pub step_who: String,
    /// By which day; may be empty.
    pub step_by: String,
    /// What is counted of it; whoever writes a goal leaves it out.
    #[serde(default)]
    pub counted: Option<Counted>,
}

impl Kind for Goal {
    const KIND: &'static str = "goal";
}

/// The plan as a whole: agreed with her, and when to look at it again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Agreement {
    /// How she agreed: `signed`, `thumb`, `spoken`.
    pub how: String,
}

impl Kind for Agreement {
    const KIND: &'static str = "plan";
}

/// What she wants her life to be, in her own words: above all goals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifeProject {
    /// Her words.
    pub words: String,
}

impl Kind for LifeProject {
    const KIND: &'static str = "life_project";
}

/// Writes her life project; what it said before stays in its history. `seen` is the version that was read, none the
/// first time.
///
/// # Errors
/// [`crate::ProgrammeError::Stale`] when somebody changed it meanwhile.
pub async fn dream(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (seen, words): (Option<i64>, &str),
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::PLAN_WRITE, case).await?;
    let mut problems = Problems::default();
    problems.when(words.trim().is_empty(), "dream", "problem-care-dream");
    problems.when(words.chars().count() > 1000, "dream", "problem-too-long");
    problems.done()?;
    let body = LifeProject { words: words.trim().to_owned() };
    let plain = Plain { state: "written", ..Plain::default() };
    match (life_project(p, work.tx(), caller, &grant, case).await?, seen) {
        (None, None) => {
            entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await?;
            Ok(())
        }
        (Some(old), Some(seen)) => {
            entries::change(p, work, caller, &grant, &old.head, seen, plain, &body, "life_project").await
        }
        _ => Err(crate::ProgrammeError::Stale),
    }
}

/// Her life project, if it was written.
///
/// # Errors
/// When something breaks or the grant does not open it.
pub async fn life_project(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Option<Entry<LifeProject>>> {
    Ok(entries::list(p, tx, caller, grant, (case, Folder::Social)).await?.into_iter().next())
}

fn check(p: &Programme, domain: &str, goal: &Goal) -> Outcome<()> {
    let mut problems = Problems::default();
    problems.when(!p.pack.domains.iter().any(|d| d == domain), "domain", "problem-choose");
    problems.when(goal.words.trim().is_empty(), "words", "problem-goal-words");
    problems.when(!(-2..=2).contains(&goal.level), "level", "problem-choose");
    let long = [&goal.words, &goal.need, &goal.strength, &goal.step].iter().any(|t| t.chars().count() > 1000);
    problems.when(long, "words", "problem-too-long");
    problems.when(
        !goal.step_by.is_empty() && goal.step_by.parse::<jiff::civil::Date>().is_err(),
        "step_by",
        "problem-date-impossible",
    );
    problems.done()
}

/// Adds a goal.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn add(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    domain: &str,
    goal: &Goal,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::PLAN_WRITE, case).await?;
    check(p, domain, goal)?;
    let plain = Plain { state: state(goal.level), code: Some(domain.to_owned()), ..Plain::default() };
    let at = work.at();
    let counted = scored::count(p, work, caller, (&grant, case), (domain, at), (goal, None)).await?;
    let goal = Goal { counted: Some(counted), ..goal.clone() };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &goal).await?;
    tasks::resolve(p, work, caller, case, Goal::KIND).await?;
    Ok(id)
}

/// Changes a goal, with the version it was read at. A change of level is a fact.
///
/// # Errors
/// [`crate::ProgrammeError::Stale`] when somebody changed it meanwhile; the page shows both.
pub async fn change(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    goal: &Goal,
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::PLAN_WRITE, case).await?;
    let old: Entry<Goal> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    check(p, old.head.code.as_deref().unwrap_or_default(), goal)?;
    let plain = Plain { state: state(goal.level), ..Plain::from(&old.head) };
    let mut goal = Goal { counted: old.body.counted.clone(), ..goal.clone() };
    // What was read meanwhile by somebody else is refused below, and with it what is counted here.
    if old.body.level != goal.level {
        let set = (old.head.code.as_deref().unwrap_or_default(), old.head.created_at);
        let stood = old.body.counted.as_ref();
        let counted = scored::count(p, work, caller, (&grant, case), set, (&goal, stood)).await?;
        goal.counted = Some(counted);
    }
    entries::change(p, work, caller, &grant, &old.head, seen, plain, &goal, "goal").await?;
    if old.body.level != goal.level {
        let mut fact = super::fact(p, work, caller, &grant, case, "goal.rated").await?;
        fact.code.clone_from(&old.head.code);
        fact.outcome = Some(state(goal.level).to_owned());
        work.fact(fact).await?;
    }
    Ok(())
}

/// Met means as expected or better.
const fn state(level: i8) -> &'static str {
    if level >= 0 { "met" } else { "open" }
}

/// Records that she agreed to the plan, and when it is looked at again.
///
/// # Errors
/// [`crate::ProgrammeError::State`] when there is no goal yet.
pub async fn agree(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, how: &str) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::PLAN_WRITE, case).await?;
    let mut problems = Problems::default();
    problems.when(!["signed", "thumb", "spoken"].contains(&how), "how", "problem-choose");
    problems.done()?;
    if list(p, work.tx(), caller, &grant, case).await?.is_empty() {
        return Err(crate::ProgrammeError::State("state-plan-empty"));
    }
    let before = agreement(p, work.tx(), caller, &grant, case).await?;
    let due = work.at() + p.pack.clocks.plan_review_days * ceiba_store::DAY;
    let plain = Plain { state: "agreed", due_at: Some(due), ..Plain::default() };
    let body = Agreement { how: how.to_owned() };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await?;
    // To agree again is to have looked at it again: how long the first one took stays as it was.
    let kind = if before.is_some() { "plan.reviewed" } else { "plan.agreed" };
    let mut fact = super::fact(p, work, caller, &grant, case, kind).await?;
    let due = match before {
        Some(before) => before.head.due_at.unwrap_or(due),
        None => {
            let opened = super::lookup(work.tx(), case).await?.opened_at;
            fact.minutes = Some((work.at() - opened) / ceiba_store::MINUTE);
            opened + p.pack.clocks.plan_review_days * ceiba_store::DAY
        }
    };
    fact.outcome = Some(if work.at() <= due { "on_time" } else { "late" }.to_owned());
    work.fact(fact).await?;
    tasks::resolve(p, work, caller, case, Agreement::KIND).await?;
    Ok(id)
}

/// The goals of a case, the first one first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Goal>>> {
    let mut goals = entries::list(p, tx, caller, grant, (case, Folder::Social)).await?;
    goals.reverse();
    Ok(goals)
}

/// The last agreement, if there is one.
///
/// # Errors
/// As [`list`].
pub async fn agreement(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Option<Entry<Agreement>>> {
    Ok(entries::list(p, tx, caller, grant, (case, Folder::Social)).await?.into_iter().next())
}
