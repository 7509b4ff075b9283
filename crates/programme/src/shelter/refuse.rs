//! Nobody is sent away in silence: a request without a bed is a fact, and the page says where else to ask.

use ceiba_access::{Act, Caller};
use ceiba_store::{Fact, Tx, Work};
use uuid::Uuid;

use super::{at_home, free, of};
use crate::{Outcome, Programme};

/// Records that somebody could not be received: where, when and why, and nothing about her.
///
/// # Errors
/// When the gate refuses, or nobody sleeps at the caller's site.
pub async fn refuse(p: &Programme, work: &mut Work, caller: &Caller) -> Outcome<()> {
    p.may_on(caller, Act::HOUSE_ADMIT, Uuid::nil(), &at_home(caller))?;
    let house = of(p, caller)?;
    let full = free(work.tx(), house).await?.is_empty();
    let at = work.at();
    let fact = Fact {
        kind: "shelter.refused",
        at,
        day: p.day(at),
        code: Some(if full { "no_bed" } else { "no_bed_that_fits" }.to_owned()),
        site: Some(house.code.clone()),
        municipality: Some(house.municipality.clone()),
        amount: 1,
        ..Fact::default()
    };
    work.fact(fact).await?;
    Ok(work.record("house.refuse", "account", caller.account, [0; 32]).await?)
}

/// The other houses by code, with how many beds are free there now.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn elsewhere<'p>(p: &'p Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<(&'p str, usize)>> {
    p.may_on(caller, Act::HOUSE_ADMIT, Uuid::nil(), &at_home(caller))?;
    let mut houses = Vec::new();
    for site in p.pack.sites.iter().filter(|s| !s.beds.is_empty() && caller.site.as_ref() != Some(&s.code)) {
        houses.push((site.code.as_str(), free(tx, site).await?.len()));
    }
    Ok(houses)
}
