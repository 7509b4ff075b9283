//! What somebody without an account sends twice is kept once.
//!
//! A signed-in person's form leaves its number with her account (`web`, `Posted`). A reporter has none, and her receipt
//! code is stored as a hash only, so there is no answer to give again. Instead the number of the form and what it
//! says decide, under the office key, which id and which code come out: the same form finds what it made.

use ceiba_store::{Chance, Tx};
use serde::Serialize;
use uuid::Uuid;

use super::Report;
use crate::{Outcome, Programme};

/// Chance that comes out the same for the same form with the same content, and for nothing else.
pub(crate) fn chance(p: &Programme, once: Uuid, content: &impl Serialize) -> Chance {
    // What is hashed are plain strings and lists of them: writing them as JSON cannot fail.
    let content = serde_json::to_vec(content).unwrap_or_default();
    Chance::seeded(p.office.repeat_seed(once.as_bytes(), &content))
}

/// The id and the receipt code of a report.
pub(super) fn names(p: &Programme, fresh: &Chance, report: &Report) -> (Uuid, String) {
    let repeat = report.once.map(|once| chance(p, once, report));
    let chance = repeat.as_ref().unwrap_or(fresh);
    (chance.id(), crate::codes::draw(chance, 'A', 10))
}

/// The receipt code that this very form got already; none when it comes for the first time, or says something
/// else than before.
///
/// # Errors
/// When the database breaks.
pub async fn repeated(p: &Programme, tx: &mut Tx, report: &Report) -> Outcome<Option<String>> {
    if report.once.is_none() {
        return Ok(None);
    }
    let (id, code) = names(p, &p.store.chance, report);
    let known = tx.sql("SELECT id FROM alert WHERE id = $1").bind(id).optional().await?;
    Ok(known.map(|_| code))
}
