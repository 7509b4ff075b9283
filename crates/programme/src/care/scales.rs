//! How she is over time, on scales that are data. What counts is the place she will go back to, not today's safe house.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Said;
use crate::cases;
use crate::entries::{self, Entry, Kind, Plain};
use crate::packs::PackError;
use crate::{Outcome, Problems, Programme};

mod brought;
pub(crate) use brought::read;
pub use brought::{PREFIX, all};

/// A scale.
#[derive(Clone, Debug, Deserialize)]
pub struct Scale {
    /// It is answered now; a scale that was retired is shown with what was answered.
    #[serde(default = "open")]
    pub open: bool,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Said,
    /// Against what it is answered.
    pub against: Said,
    /// Its domains, in the order of the page.
    #[serde(rename = "domain")]
    pub domains: Vec<Domain>,
}

/// A domain with its described steps, the hardest first; the first one is 1.
#[derive(Clone, Debug, Deserialize)]
pub struct Domain {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: Said,
    /// The steps.
    #[serde(rename = "step")]
    pub steps: Vec<Said>,
}

const fn open() -> bool {
    true
}

/// Refuses a scale nobody could answer.
pub(super) fn sound(scales: &[Scale]) -> Result<(), PackError> {
    let bad = |s: &&Scale| {
        s.domains.is_empty()
            || s.domains.iter().any(|d| !(2..=10).contains(&d.steps.len()) || d.code.contains(':'))
    };
    match scales.iter().find(bad) {
        Some(s) => {
            Err(PackError("core/scales.toml".to_owned(), format!("{} has a domain without steps", s.id)))
        }
        None => Ok(()),
    }
}

/// One assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scored {
    /// The step reached, by domain. A domain that was left out is not here.
    pub values: BTreeMap<String, u8>,
    /// Whether she was there and had her say.
    pub with_her: bool,
}

impl Kind for Scored {
    const KIND: &'static str = "scale";
}

/// Keeps an assessment; for each domain a fact that says whether it is better, the same or worse than the first time.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn score(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (id, on_day): (&str, &str),
    scored: &Scored,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::PLAN_WRITE, case).await?;
    let all = all(p, work.tx()).await?;
    let scale = all.iter().find(|s| s.id == id && s.open);
    let fits = |(code, value): (&String, &u8)| {
        let steps =
            scale.and_then(|s| s.domains.iter().find(|d| d.code == *code)).map_or(0, |d| d.steps.len());
        (1..=steps).contains(&usize::from(*value))
    };
    let mut problems = Problems::default();
    problems.when(scale.is_none(), "scale", "problem-choose");
    problems.when(scored.values.is_empty(), "values", "problem-care-scale-empty");
    problems.when(scale.is_some() && !scored.values.iter().all(fits), "values", "problem-choose");
    super::day(p, work, on_day, &mut problems);
    problems.done()?;
    let before = list(p, work.tx(), caller, &grant, case, id).await?;
    let plain = Plain {
        state: if scored.with_her { "with_her" } else { "without_her" },
        code: Some(id.to_owned()),
        on_day: Some(on_day.to_owned()),
        ..Plain::default()
    };
    let entry = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, scored).await?;
    for (domain, value) in &scored.values {
        // The first time by its day, not by when somebody typed it.
        let first = before.iter().find_map(|e| e.body.values.get(domain));
        let outcome = match first.map(|f| value.cmp(f)) {
            None => "first",
            Some(std::cmp::Ordering::Greater) => "better",
            Some(std::cmp::Ordering::Equal) => "same",
            Some(std::cmp::Ordering::Less) => "worse",
        };
        let mut fact = cases::fact(p, work, caller, &grant, case, "outcome.scored").await?;
        fact.code = Some(format!("{id}:{domain}"));
        fact.outcome = Some(outcome.to_owned());
        on_day.clone_into(&mut fact.day);
        work.fact(fact).await?;
    }
    Ok(entry)
}

/// The assessments of a case on a scale, by day, the first one first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
    id: &str,
) -> Outcome<Vec<Entry<Scored>>> {
    let mut all: Vec<Entry<Scored>> = entries::list(p, tx, caller, grant, (case, Folder::Social)).await?;
    all.retain(|e| e.head.code.as_deref() == Some(id));
    all.sort_by(|a, b| (&a.head.on_day, a.head.created_at).cmp(&(&b.head.on_day, b.head.created_at)));
    Ok(all)
}
