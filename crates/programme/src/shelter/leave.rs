//! Leaving the house, planned or not, without blame. The bed is free at once.

use ceiba_access::{Act, Caller};
use ceiba_store::{MINUTE, Work};
use uuid::Uuid;

use super::Admission;
use crate::cases::{self, tasks};
use crate::entries::{self, Entry, Plain};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// How somebody leaves.
pub const LEAVING: [&str; 2] = ["planned", "unplanned"];

/// Notes that she leaves today. When nobody had planned it, whoever is responsible has to look for her within the hour.
///
/// # Errors
/// [`ProgrammeError::Invalid`] without a way of leaving; [`ProgrammeError::State`] when she is not in the house.
pub async fn leave(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, how: &str) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_ADMIT, case).await?;
    let mut problems = Problems::default();
    problems.when(!LEAVING.contains(&how), "how", "problem-choose");
    problems.done()?;
    let row = work
        .sql("SELECT id FROM entry WHERE file = $1 AND kind = 'admission' AND state = 'in'")
        .bind(case)
        .optional()
        .await?;
    let Some(row) = row else { return Err(ProgrammeError::State("state-not-in-house")) };
    let entry: Entry<Admission> = entries::get(p, work.tx(), caller, &grant, case, row.get("id")?).await?;
    let plain = Plain { state: "left", ..Plain::from(&entry.head) };
    let body = Admission { left: how.to_owned(), ..entry.body };
    entries::change(p, work, caller, &grant, &entry.head, entry.head.version, plain, &body, how).await?;
    let mut fact = cases::fact(p, work, caller, &grant, case, "shelter.left").await?;
    fact.outcome = Some(how.to_owned());
    fact.minutes = Some((work.at() - entry.head.created_at) / MINUTE);
    work.fact(fact).await?;
    if how == "unplanned" {
        let owner = cases::lookup(work.tx(), case).await?.responsible;
        tasks::arise(p, work, caller, &grant, (case, owner), tasks::On::UnplannedExit).await?;
    }
    Ok(())
}
