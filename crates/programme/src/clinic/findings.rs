//! Results of examinations: what was done, on which day, what was found. They stay in the health folder.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme};

/// A result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What was examined.
    pub what: String,
    /// What was found.
    pub found: String,
}

impl Kind for Finding {
    const KIND: &'static str = "result";
}

/// Keeps a result in the health folder of a case.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend; the gate's refusal when the folder is not hers.
pub async fn add(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    on_day: &str,
    finding: &Finding,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_HEALTH, case).await?;
    let mut problems = Problems::default();
    problems.when(finding.what.trim().is_empty(), "what", "problem-clinic-what");
    problems.when(finding.found.trim().is_empty(), "found", "problem-clinic-found");
    problems.when(finding.what.chars().count() > 200, "what", "problem-too-long");
    problems.when(finding.found.chars().count() > 2000, "found", "problem-too-long");
    let day = on_day.parse::<jiff::civil::Date>();
    let today = crate::dates::day(work.at(), &p.pack.zone);
    problems.when(day.is_err(), "result_on", "problem-date-impossible");
    problems.when(day.is_ok_and(|d| d > today), "result_on", "problem-date-future");
    problems.done()?;
    let plain = Plain { state: "written", on_day: Some(on_day.to_owned()), ..Plain::default() };
    entries::add(p, work, caller, &grant, (case, Folder::Health), plain, finding).await
}

/// The results of a case, newest first. The grant is that of reading the health folder.
///
/// # Errors
/// When the grant does not open them or something breaks.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Finding>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Health)).await
}
