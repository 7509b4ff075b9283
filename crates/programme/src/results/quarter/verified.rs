//! Whether a frozen version is still what was signed.

use ceiba_access::{Caller, Refusal};
use uuid::Uuid;

use super::super::compute::{self, hash_of};
use super::read;
use crate::{Outcome, Programme, ProgrammeError};

/// What a frozen version is worth today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Counting its facts again gives the same bytes.
    pub same: bool,
    /// The office's signature fits its bytes.
    pub signed: bool,
    /// The ledger holds its hash.
    pub in_ledger: bool,
}

/// Counts a frozen version again from facts as of its position, and checks its signature and its entry in the ledger.
///
/// # Errors
/// The gate's refusal; [`Refusal::Absent`] when there is no such version.
pub async fn verify(p: &Programme, caller: &Caller, which: (&str, &str), number: i64) -> Outcome<Verified> {
    let mut tx = p.store.db.read().await?;
    let quarter = read(p, &mut tx, caller, which).await?;
    let frozen = quarter.versions.iter().find(|v| v.state == "frozen" && v.number == number);
    let version = frozen.ok_or(Refusal::Absent)?;
    let report = quarter.report.as_ref().map_or(Uuid::nil(), |r| r.id);
    let entry = tx
        .sql(
            "SELECT COUNT(*) AS n FROM ledger_entry WHERE resource = $1 AND action = 'report.freeze' AND detail = $2",
        )
        .bind(report)
        .bind(version.hash.clone())
        .one()
        .await?;
    drop(tx);
    let again = compute::report(p, &version.basis()?).await?;
    let body = again.canonical().map_err(|_| ProgrammeError::Unreadable("a report"))?;
    let signed =
        version.signature.as_ref().is_some_and(|s| p.office.verify_report(&hash_of(&version.body), s));
    Ok(Verified { same: body == version.body, signed, in_ledger: entry.get::<i64>("n")? == 1 })
}
