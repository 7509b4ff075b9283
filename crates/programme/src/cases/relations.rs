//! Household and relations: who belongs to her, who is safe, and whose cases touch hers.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme};

/// A relation of hers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Relation {
    /// How she calls the person.
    pub name: String,
    /// A remark.
    pub remark: String,
}

impl Kind for Relation {
    const KIND: &'static str = "relation";
}

/// Types of relation; the code of the entry.
pub const TYPES: [&str; 8] =
    ["mother", "father", "sibling", "child", "partner", "co_victim", "trusted", "other"];

/// Whether contact is safe; the state of the entry.
pub const SAFETY: [&str; 3] = ["safe", "unsafe", "unknown"];

/// Adds a relation; `other` links her case to another one that the caller may open (a sister, a co-victim).
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend; the gate's refusal for a linked case that is not hers.
pub async fn add(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (kind, safety, other): (&str, &str, Option<Uuid>),
    relation: &Relation,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_SOCIAL, case).await?;
    if let Some(other) = other {
        p.may_case(work.tx(), caller, Act::CASE_READ, other).await?;
    }
    let mut problems = Problems::default();
    problems.when(!TYPES.contains(&kind), "kind", "problem-choose");
    let safety = SAFETY.iter().find(|s| **s == safety);
    problems.when(safety.is_none(), "safety", "problem-choose");
    problems.when(relation.name.trim().is_empty() && other.is_none(), "name", "problem-name-needed");
    problems.when(other == Some(case), "other", "problem-same-case");
    problems.done()?;
    let plain = Plain {
        state: safety.copied().unwrap_or("unknown"),
        code: Some(kind.to_owned()),
        other,
        ..Plain::default()
    };
    entries::add(p, work, caller, &grant, (case, Folder::Social), plain, relation).await
}

/// Her relations, newest first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Relation>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Social)).await
}
