//! Where each goal was when it was set, and where it is now: one fact that stands, on the day it was set, which every rating replaces.

use ceiba_access::{Caller, Grant};
use ceiba_store::{Micros, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Goal;
use crate::{Outcome, Programme, cases};

const KIND: &str = "goal.scored";

/// What is counted of a goal. It is sealed with the goal: in clear it would lead from her file to her facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The level it was set at.
    pub entry: i8,
    /// The fact that stands.
    pub fact: Uuid,
}

/// Counts a goal that was set at an instant, in place of what stood.
pub(super) async fn count(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (grant, case): (&Grant, Uuid),
    (domain, at): (&str, Micros),
    (goal, stood): (&Goal, Option<&Counted>),
) -> Outcome<Counted> {
    if let Some(stood) = stood {
        work.fact_back(KIND, stood.fact).await?;
    }
    let entry = stood.map_or(goal.level, |s| s.entry);
    let mut fact = cases::fact(p, work, caller, grant, case, KIND).await?;
    (fact.at, fact.day) = (at, p.day(at));
    fact.code = Some(domain.to_owned());
    fact.outcome = Some(goal.level.to_string());
    fact.dims = vec![("entry", entry.to_string())];
    Ok(Counted { entry, fact: work.fact_known(fact).await? })
}
