//! Beds: what they are called in the database, which are free, and places by profile.

use std::collections::BTreeSet;

use ceiba_access::{Act, Caller};
use ceiba_store::Tx;

use super::at_home;
use super::stays::OPEN;
use crate::packs::{House, Site};
use crate::{Outcome, Programme, ProgrammeError};

/// The caller's house.
///
/// # Errors
/// [`ProgrammeError::State`] when nobody sleeps at her site.
pub fn of<'p>(p: &'p Programme, caller: &Caller) -> Outcome<(&'p Site, &'p House)> {
    caller.site.as_deref().and_then(|code| at(p, code)).ok_or(ProgrammeError::State("state-no-house"))
}

/// The house with this code.
pub(super) fn at<'p>(p: &'p Programme, code: &str) -> Option<(&'p Site, &'p House)> {
    let site = p.pack.sites.iter().find(|s| s.code == code)?;
    site.house.as_ref().map(|house| (site, house))
}

/// A bed as it stands in the database: the same number in two houses is two beds.
pub(super) fn place(site: &Site, bed: &str) -> String {
    format!("{}-{bed}", site.code)
}

/// A bed as people say it.
pub(super) fn said<'a>(site: &Site, place: &'a str) -> &'a str {
    place.strip_prefix(site.code.as_str()).and_then(|rest| rest.strip_prefix('-')).unwrap_or(place)
}

/// The places of a house that somebody has now, as they stand in the database.
pub(super) async fn taken(tx: &mut Tx, site: &Site) -> Outcome<BTreeSet<String>> {
    let rows = tx
        .sql("SELECT bed FROM stay WHERE site = $1 AND until_at = $2")
        .bind(&site.code)
        .bind(OPEN)
        .all()
        .await?;
    Ok(rows.iter().map(|r| r.get("bed")).collect::<Result<_, _>>()?)
}

/// The beds of a house that nobody has, in the order of the pack.
///
/// # Errors
/// When the database breaks.
pub async fn free<'p>(tx: &mut Tx, (site, house): (&Site, &'p House)) -> Outcome<Vec<&'p str>> {
    let taken = taken(tx, site).await?;
    Ok(house.beds().filter(|b| !taken.contains(&place(site, b))).collect())
}

/// A house as others may know it: whom it receives, and for how many there is a place now. Nothing of who is there.
pub struct Places<'p> {
    /// Its code.
    pub site: &'p str,
    /// What it is for.
    pub house: &'p House,
    /// How many more it may receive: free beds, within what it is authorised for.
    pub free: usize,
    /// How many free beds stand in a room without a step.
    pub step_free: usize,
    /// Whether a cot is free.
    pub cot: bool,
}

/// Every house with its free places.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn places<'p>(p: &'p Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Places<'p>>> {
    p.may_on(caller, Act::HOUSE_ADMIT, uuid::Uuid::nil(), &at_home(caller))?;
    let mut all = Vec::new();
    for (site, house) in p.pack.sites.iter().filter_map(|s| s.house.as_ref().map(|h| (s, h))) {
        let taken = taken(tx, site).await?;
        let is_free = |b: &&str| !taken.contains(&place(site, b));
        let beds: Vec<&str> = house.beds().filter(is_free).collect();
        let room = house.capacity.saturating_sub(house.beds().count() - beds.len());
        let step_free = beds.iter().filter(|b| house.room(b).is_some_and(|r| r.step_free)).count();
        all.push(Places {
            site: &site.code,
            house,
            free: beds.len().min(room),
            step_free,
            cot: house.rooms.iter().flat_map(|r| &r.cots).any(|c| is_free(&c.as_str())),
        });
    }
    Ok(all)
}
