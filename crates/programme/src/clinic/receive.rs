//! Receiving somebody: a number to be called by, a desk, how urgent it is. A name only if she wants.

use std::collections::BTreeSet;

use ceiba_access::{Act, Caller, Folder, Situation};
use ceiba_store::{DAY, Work};
use uuid::Uuid;

use super::{WalkIn, of};
use crate::entries::{self, Plain};
use crate::{Outcome, Problems, Programme};

/// Somebody who comes in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Arrival<'a> {
    /// What she wants to be called; may be empty.
    pub chosen_name: &'a str,
    /// A remark for whoever attends to her; may be empty.
    pub remark: &'a str,
    /// A desk's code.
    pub desk: &'a str,
    /// An urgency's code.
    pub urgency: &'a str,
    /// Her case, when she comes to an appointment. The caller of [`receive`] has decided that she may know of it.
    pub case: Option<Uuid>,
}

/// Puts somebody into the queue of the caller's clinic. Tells the visit and its number. The caller commits.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn receive(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    a: &Arrival<'_>,
) -> Outcome<(Uuid, String)> {
    let site = of(p, caller, Act::CLINIC_RECEIVE)?;
    let mut problems = Problems::default();
    problems.when(a.chosen_name.chars().count() > 80, "chosen_name", "problem-too-long");
    problems.when(a.remark.chars().count() > 500, "remark", "problem-too-long");
    problems.when(p.pack.clinic.desk(a.desk).is_none(), "desk", "problem-choose");
    problems.when(p.pack.clinic.urgency(a.urgency).is_none(), "urgency", "problem-choose");
    problems.done()?;
    let (id, now) = (work.chance().id(), work.at());
    let day = p.day(now);
    let number = free_number(work, &site.code, &day).await?;
    work.sql(
        "INSERT INTO visit (id, site, on_day, number, state, desk, urgency, arrived_at, queued_at, case_id, version)
         VALUES ($1, $2, $3, $4, 'waiting', $5, $6, $7, $7, $8, 1)",
    )
    .bind(id)
    .bind(&site.code)
    .bind(day)
    .bind(&number)
    .bind(a.desk)
    .bind(a.urgency)
    .bind(now)
    .bind(a.case)
    .once()
    .await?;
    let here = Situation { same_site: true, ..Situation::default() };
    let grant = p.may_on(caller, Act::CLINIC_RECEIVE, id, &here)?;
    let said = WalkIn { chosen_name: a.chosen_name.into(), remark: a.remark.into() };
    let plain = Plain { state: "said", ..Plain::default() };
    entries::add(p, work, caller, &grant, (id, Folder::Social), plain, &said).await?;
    if a.case.is_none() {
        work.job(super::forget::JOB, id, now + p.pack.clinic.forget_days * DAY).await?;
    }
    Ok((id, number))
}

/// A number that nobody has had today: two digits, drawn, so that it does not tell how many have come. Works come one
/// after the other, so nobody draws the same; the unique index is the last word.
async fn free_number(work: &mut Work, site: &str, day: &str) -> Outcome<String> {
    let rows = work
        .sql("SELECT number FROM visit WHERE site = $1 AND on_day = $2")
        .bind(site)
        .bind(day)
        .all()
        .await?;
    let taken = rows.iter().map(|r| r.get("number")).collect::<Result<BTreeSet<String>, _>>()?;
    let mut free = Vec::new();
    for range in [10..100, 100..1000, 1000..10_000] {
        free = range.map(|n: u32| n.to_string()).filter(|n| !taken.contains(n)).collect();
        if !free.is_empty() {
            break;
        }
    }
    let n = work.chance().below(u32::try_from(free.len()).unwrap_or(u32::MAX)) as usize;
    free.into_iter().nth(n).ok_or(crate::ProgrammeError::State("state-clinic-full"))
}
