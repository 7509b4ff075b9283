//! «It is the same person», «they are two», «later», and taking it back. Whoever decides may open both files; deciding gives
//! nobody a right on either.

use ceiba_access::{Act, Caller, Refusal};
use ceiba_store::{Tx, Work};
use uuid::Uuid;

use super::super::known;
use super::apart::{release, wait_again};
use super::same::{group, regroup};
use super::{Link, Standing, by_id, standing};
use crate::sealed::readable;
use crate::{Outcome, Programme, ProgrammeError};

/// What somebody says about two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are of one person.
    One,
    /// They are of two people.
    Two,
    /// Nobody knows yet.
    Later,
}

impl Verdict {
    /// The one with this code.
    #[must_use]
    pub fn find(code: &str) -> Option<Self> {
        match code {
            "one" => Some(Self::One),
            "two" => Some(Self::Two),
            "later" => Some(Self::Later),
            _ => None,
        }
    }
}

/// Decides on two files that wait. What else keeps them one person is taken back with «they are two»; `also` is what the page said
/// that would be.
///
/// # Errors
/// The gate's refusal, also when only one of the two may be opened; [`ProgrammeError::Taken`] when somebody decided meanwhile;
/// [`ProgrammeError::Stale`] when other things speak for it by now; [`ProgrammeError::State`] when a third file does not fit.
pub async fn decide(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (id, seen): (Uuid, i64),
    verdict: Verdict,
    also: &[Uuid],
) -> Outcome<()> {
    let link = allowed(p, work, caller, id).await?;
    if let (true, Some(by), Some(at)) = (link.state != "proposed", link.decided_by, link.decided_at) {
        return Err(ProgrammeError::Taken { by, at });
    }
    if link.version != seen {
        return Err(ProgrammeError::Stale);
    }
    let now = work.at();
    if verdict == Verdict::Later {
        work.sql("UPDATE person_link SET put_off_at = $1, version = version + 1 WHERE id = $2")
            .bind(now)
            .bind(id)
            .once()
            .await?;
        return Ok(work.record("link.later", "link", id, [0; 32]).await?);
    }
    let before = group(work.tx(), &link.people).await?;
    if verdict == Verdict::One {
        fits(p, work.tx(), &link).await?;
    } else {
        release(p, work, caller, &link, also).await?;
    }
    let (state, act) = if verdict == Verdict::One { ("one", "link.one") } else { ("two", "link.two") };
    work.sql(
        "UPDATE person_link SET state = $1, decided_by = $2, decided_at = $3, put_off_at = NULL, version = version + 1
         WHERE id = $4",
    )
    .bind(state)
    .bind(caller.account)
    .bind(now)
    .bind(id)
    .once()
    .await?;
    if verdict == Verdict::One || !also.is_empty() {
        regroup(p, work, &before).await?;
    }
    Ok(work.record(act, "link", id, [0; 32]).await?)
}

/// Takes a decision back: the two wait again, and everything else is as it was. That two are one person goes with what else keeps
/// them one, else nothing would be taken back; `also` is what the page said that would be.
///
/// # Errors
/// As [`decide`]; [`ProgrammeError::Stale`] when nothing is decided.
pub async fn undo(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (id, seen): (Uuid, i64),
    also: &[Uuid],
) -> Outcome<()> {
    let link = allowed(p, work, caller, id).await?;
    if link.version != seen || link.state == "proposed" {
        return Err(ProgrammeError::Stale);
    }
    let before = group(work.tx(), &link.people).await?;
    if link.state == "one" {
        release(p, work, caller, &link, also).await?;
    }
    wait_again(work, id).await?;
    regroup(p, work, &before).await
}

/// The link, when this caller may decide on both people.
pub(super) async fn allowed(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<Link> {
    p.may(caller, Act::LINK_LIST)?;
    let Some(link) = by_id(work.tx(), id).await? else { return Err(Refusal::Absent.into()) };
    for person in link.people {
        match standing(p, work.tx(), caller, Act::LINK_DECIDE, person).await? {
            Standing::Open { case, .. } => {
                p.may_case(work.tx(), caller, Act::LINK_DECIDE, case).await?;
            }
            // What she may not decide on is, for her, not there.
            Standing::Hidden | Standing::Nothing => return Err(Refusal::Absent.into()),
        }
    }
    Ok(link)
}

/// Two records that the register does not even find alike, in doublings of the odds: as in the groups of the linkage crate.
const UNKNOWN: f64 = -9.0;
/// One sure pair does not carry a group of strangers.
const MOST: f64 = 20.0;

/// The guard against chains: two groups become one only when all pairs between them speak for it together, and nobody said
/// that two of them are two people. The pair itself was decided by somebody who saw both: it counts as sure.
async fn fits(p: &Programme, tx: &mut Tx, link: &Link) -> Outcome<()> {
    let [one, other] = [group(tx, &link.people[..1]).await?, group(tx, &link.people[1..]).await?];
    if one.len() + other.len() == 2 || one == other {
        return Ok(());
    }
    let mut sum = 0.0;
    for a in &one {
        let row =
            tx.sql("SELECT * FROM person WHERE id = $1 AND erased_at IS NULL").bind(*a).optional().await?;
        let Some(row) = row else { continue };
        let answers = match readable(known::read(p, tx, &row).await)? {
            Some(known) => known::ask(p, &known, 0.0, 1000),
            None => vec![],
        };
        for b in &other {
            let (low, high) = (*a.min(b), *a.max(b));
            let said = tx
                .sql("SELECT state FROM person_link WHERE one = $1 AND other = $2 AND state = 'two'")
                .bind(low)
                .bind(high)
                .optional()
                .await?;
            if said.is_some() {
                return Err(ProgrammeError::State("state-link-third"));
            }
            let found = answers.iter().find(|answer| answer.id == *b.as_bytes());
            let sure = [low, high] == link.people;
            sum += if sure {
                MOST / 2.0
            } else {
                found.map_or(UNKNOWN, |answer| answer.weight.clamp(UNKNOWN, MOST))
            };
        }
    }
    // A third record must fit by itself, not by the one pair that is sure.
    if sum - MOST / 2.0 <= 0.0 {
        return Err(ProgrammeError::State("state-link-third"));
    }
    Ok(())
}
