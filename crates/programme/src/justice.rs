//! Justice: her proceedings, the hearings with whoever goes with her, and what was asked and granted to protect her.
//!
//! Numbers, courts and strategy stand in the legal folder, a strongbox. That there is a hearing, when, and what is still
//! missing for it, the team and her house must know: it stands in the compartment `agenda`. What she says anywhere is
//! never kept; that she said it is counted (`cases::tellings`).

use ceiba_access::{Act, Caller};
use ceiba_store::{DAY, Fact, MINUTE, Tx, Work};
use jiff::civil::Date;
use uuid::Uuid;

use crate::dates::past;
use crate::entries::{self, Head, open};
use crate::{Outcome, Programme, cases};

pub mod agenda;
pub mod appeals;
pub mod checklist;
pub mod deadlines;
pub mod demands;
pub mod evidence;
pub mod hearings;
pub mod invitations;
pub mod measures;
pub mod orders;
pub mod proceedings;
pub mod reminders;
pub mod reparation;
pub mod requests;
pub mod score;
pub mod stamps;
pub mod standing;

/// The proceeding that something belongs to.
async fn within(tx: &mut Tx, case: Uuid, proceeding: Uuid) -> Outcome<Head> {
    let head = entries::head(tx, case, proceeding).await?;
    if score::is_proceeding(&head) { Ok(head) } else { Err(ceiba_access::Refusal::Absent.into()) }
}

/// Days between two civil days, in minutes, as facts have them.
fn days_between(from: Option<Date>, to: Option<Date>) -> Option<i64> {
    let span = to.zip(from).and_then(|(to, from)| to.since(from).ok())?;
    Some(i64::from(span.get_days()) * (DAY / MINUTE))
}

/// The code of an institution of the directory; `unknown` when none was named.
async fn institution(tx: &mut Tx, id: Option<Uuid>) -> Outcome<String> {
    let Some(id) = id else { return Ok("unknown".to_owned()) };
    let row = tx.sql("SELECT code FROM institution WHERE id = $1").bind(id).optional().await?;
    Ok(row.map(|r| r.get("code")).transpose()?.unwrap_or_else(|| "unknown".to_owned()))
}

/// A fact of the legal folder. The everyday part of her record is opened for it under the right to the head of the file.
async fn fact(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    kind: &'static str,
) -> Outcome<Fact> {
    let grant = p.may_case(work.tx(), caller, Act::CASE_READ, case).await?;
    cases::fact(p, work, caller, &grant, case, kind).await
}
