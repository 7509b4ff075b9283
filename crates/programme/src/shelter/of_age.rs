//! Coming of age: ninety days before, her plan asks where she will live, of what, with which papers, and what she wants.
//!
//! Her date of birth is sealed and nothing may tell it in clear, so no job can wait for the day: whoever opens the house
//! causes the task.

use ceiba_access::{Act, Caller};
use ceiba_store::Work;

use super::Resident;
use crate::cases::tasks;
use crate::dates::{self, Birth};
use crate::people::Person;
use crate::{Outcome, Programme};

/// In how many days somebody comes of age, when it is within the pack's days and her day of birth is known.
pub(super) fn days(p: &Programme, person: &Person) -> Option<i64> {
    let Birth::Day { day } = &person.core.birth else { return None };
    let today = dates::day(p.store.clock.now(), &p.pack.zone);
    // Who was born on the 29th of February is of age on the 28th in a common year: not a day later than anybody.
    let birthday = jiff::civil::Date::new(day.year() + 18, day.month(), day.day())
        .or_else(|_| jiff::civil::Date::new(day.year() + 18, 2, 28))
        .ok()?;
    let left = i64::from((birthday - today).get_days());
    (0..=p.pack.shelter.of_age_days).contains(&left).then_some(left)
}

/// Opens the task of whoever comes of age soon, once. Returns how many were opened.
///
/// # Errors
/// When something breaks.
pub async fn arise(p: &Programme, work: &mut Work, caller: &Caller, here: &[Resident]) -> Outcome<usize> {
    let mut opened = 0;
    for r in here.iter().filter(|r| r.of_age_in.is_some()) {
        let asked = work
            .sql("SELECT 1 AS x FROM entry WHERE file = $1 AND kind = 'task' AND code = 'of-age'")
            .bind(r.case.id)
            .optional()
            .await?;
        if asked.is_some() {
            continue;
        }
        let Ok(grant) = p.may_case(work.tx(), caller, Act::HOUSE_LOG, r.case.id).await else { continue };
        tasks::arise(p, work, caller, &grant, (r.case.id, r.case.responsible), tasks::On::OfAge).await?;
        opened += 1;
    }
    Ok(opened)
}
