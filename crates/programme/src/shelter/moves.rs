//! From one bed to another within the house: under the same rules as an arrival, without losing a night.

use ceiba_access::{Act, Caller};
use ceiba_store::Work;
use uuid::Uuid;

use super::{beds, companions, presence, rules, stays};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// Gives her another bed of the same house. `pass` is why it is done against a rule; empty when none stands against it.
///
/// # Errors
/// [`ProgrammeError::Unsafe`] when a rule of safety stops it, [`ProgrammeError::Invalid`] when somebody has the bed.
pub async fn to_bed(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (bed, pass): (&str, &str),
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_ADMIT, case).await?;
    let (site, house) = beds::of(p, caller)?;
    stays::take_turn(work, &[&site.code]).await?;
    let mut problems = Problems::default();
    problems.when(!house.beds().any(|b| b == bed), "bed", "problem-bed");
    problems.done()?;
    let hers = stays::current(work.tx(), case).await?;
    let Some(hers) = hers.filter(|s| s.bed.split('-').next() == Some(site.code.as_str())) else {
        return Err(ProgrammeError::State("state-not-in-house"));
    };
    let mut problems = Problems::default();
    problems.when(beds::said(site, &hers.bed) == bed, "bed", "problem-same-bed");
    problems.done()?;
    let known = rules::known(p, work.tx(), caller, &grant, case).await?;
    let candidate = rules::Candidate { moves: true, ..known };
    let found = rules::look(p, work.tx(), caller, (site, house), &candidate, bed).await?;
    let passed = rules::clear(p, caller, found, pass)?;
    let at = work.at();
    stays::end(work, case, at).await?;
    stays::begin(work, site, bed, (case, case)).await?;
    companions::follow(work, (site, house), case, bed).await?;
    rules::passed(p, work, caller, &grant, (case, &passed, pass)).await?;
    presence::seen(work, caller, case, "move").await?;
    Ok(work.record("stay.move", "case", case, [0; 32]).await?)
}
