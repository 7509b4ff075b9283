//! Keeping the directory: what is added, changed, checked, retired. What a change replaces stays.

use ceiba_access::{Act, Caller};
use ceiba_store::Work;
use uuid::Uuid;

use super::check::{checked, twin};
use super::{Offer, find, kept, list};
use crate::{Outcome, Programme, ProgrammeError, dates};

/// Adds an institution. The caller commits.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend, also when the same is there already.
pub async fn add(p: &Programme, work: &mut Work, caller: &Caller, offer: &Offer) -> Outcome<Uuid> {
    p.may(caller, Act::DIRECTORY_WRITE)?;
    let mut problems = checked(p, offer);
    let all = list(work.tx()).await?;
    problems.when(twin(&all, offer, None).is_some(), "name", "problem-directory-twice");
    problems.done()?;
    let id = work.chance().id();
    let today = dates::day(work.at(), &p.pack.zone).to_string();
    insert(work, id, offer, (&today, Some(caller.account)), None).await?;
    work.record("directory.add", "institution", id, hash(offer)).await?;
    Ok(id)
}

pub(super) async fn insert(
    work: &mut Work,
    id: Uuid,
    offer: &Offer,
    (checked_on, checked_by): (&str, Option<Uuid>),
    document: Option<String>,
) -> Outcome<()> {
    work.sql(
        "INSERT INTO institution (id, code, kind, name, municipality, phone, hours, services, languages, units, coverage,
           eligibility, valid_from, valid_until, checked_on, checked_by, state, version, document)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'active', 1, $17)",
    )
    .bind(id)
    .bind(id.to_string())
    .bind(&offer.kind)
    .bind(offer.name.trim())
    .bind(&offer.municipality)
    .bind(offer.phone.trim())
    .bind(offer.hours.trim())
    .bind(offer.services.join(" "))
    .bind(offer.languages.join(" "))
    .bind(kept(&offer.units))
    .bind(offer.coverage.join(" "))
    .bind(offer.eligibility.trim())
    .bind(some(&offer.valid_from))
    .bind(some(&offer.valid_until))
    .bind(some(checked_on))
    .bind(checked_by)
    .bind(document)
    .once()
    .await?;
    Ok(())
}

fn some(day: &str) -> Option<String> {
    (!day.is_empty()).then(|| day.to_owned())
}

pub(super) fn hash(offer: &Offer) -> [u8; 32] {
    crate::sealed::detail(&serde_json::to_vec(offer).unwrap_or_default())
}

/// Changes an institution. What it said before is kept. The caller commits.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Stale`] when somebody was faster; [`ProgrammeError::Invalid`].
pub async fn change(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (id, seen): (Uuid, i64),
    offer: &Offer,
) -> Outcome<()> {
    p.may(caller, Act::DIRECTORY_WRITE)?;
    let mut problems = checked(p, offer);
    let all = list(work.tx()).await?;
    problems.when(twin(&all, offer, Some(id)).is_some(), "name", "problem-directory-twice");
    problems.done()?;
    let now = all.into_iter().find(|i| i.id == id).ok_or_else(absent)?;
    if now.version != seen {
        return Err(ProgrammeError::Stale);
    }
    let body = serde_json::to_string(&now.offer).map_err(|_| ProgrammeError::Unreadable("institution"))?;
    let at = work.at();
    work.sql("INSERT INTO institution_former (institution, version, body, at, by_account) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(seen)
        .bind(body)
        .bind(at)
        .bind(caller.account)
        .once()
        .await?;
    let changed = work
        .sql(
            "UPDATE institution SET kind = $1, name = $2, municipality = $3, phone = $4, hours = $5, services = $6,
               languages = $7, units = $8, coverage = $9, eligibility = $10, valid_from = $11, valid_until = $12,
               version = version + 1 WHERE id = $13 AND version = $14",
        )
        .bind(&offer.kind)
        .bind(offer.name.trim())
        .bind(&offer.municipality)
        .bind(offer.phone.trim())
        .bind(offer.hours.trim())
        .bind(offer.services.join(" "))
        .bind(offer.languages.join(" "))
        .bind(kept(&offer.units))
        .bind(offer.coverage.join(" "))
        .bind(offer.eligibility.trim())
        .bind(some(&offer.valid_from))
        .bind(some(&offer.valid_until))
        .bind(id)
        .bind(seen)
        .run()
        .await?;
    if changed != 1 {
        return Err(ProgrammeError::Stale);
    }
    Ok(work.record("directory.change", "institution", id, hash(offer)).await?)
}

/// Somebody asked the institution and it is as it stands here.
///
/// # Errors
/// The gate's refusal; an institution that is not there.
pub async fn confirm(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<()> {
    p.may(caller, Act::DIRECTORY_WRITE)?;
    find(work.tx(), id).await?.ok_or_else(absent)?;
    let today = dates::day(work.at(), &p.pack.zone).to_string();
    work.sql("UPDATE institution SET checked_on = $1, checked_by = $2 WHERE id = $3")
        .bind(today)
        .bind(caller.account)
        .bind(id)
        .once()
        .await?;
    Ok(work.record("directory.check", "institution", id, [0; 32]).await?)
}

/// Retires an institution, or offers it again. What names it stays as it is.
///
/// # Errors
/// The gate's refusal; an institution that is not there; [`ProgrammeError::Stale`] when it is so already.
pub async fn offer_again(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (id, active): (Uuid, bool),
) -> Outcome<()> {
    p.may(caller, Act::DIRECTORY_WRITE)?;
    let now = find(work.tx(), id).await?.ok_or_else(absent)?;
    if now.active == active {
        return Err(ProgrammeError::Stale);
    }
    work.sql("UPDATE institution SET state = $1 WHERE id = $2")
        .bind(if active { "active" } else { "retired" })
        .bind(id)
        .once()
        .await?;
    let what = if active { "directory.return" } else { "directory.retire" };
    Ok(work.record(what, "institution", id, [0; 32]).await?)
}

fn absent() -> ProgrammeError {
    ceiba_access::Refusal::Absent.into()
}
