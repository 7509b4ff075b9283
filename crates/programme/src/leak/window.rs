//! Who opened a file in some days: by name for whoever works on it, by function for direction.

use ceiba_access::{Act, Caller};
use ceiba_store::{Micros, Tx};
use uuid::Uuid;

use super::{Leak, span};
use crate::{Outcome, Programme};

/// At most so many lines are shown: who wants more asks for fewer days.
pub const SHOWN: usize = 150;

/// Somebody opened the file, or wrote in it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// When.
    pub at: Micros,
    /// Who.
    pub actor: Uuid,
    /// What, as its code in the ledger.
    pub action: String,
}

/// Those of a function who opened the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// Their role.
    pub role: String,
    /// How many people.
    pub people: i64,
    /// How often.
    pub times: i64,
    /// The last time.
    pub last: Micros,
}

/// Everything that was done with a file in some civil days, both included, newest first.
///
/// # Errors
/// The gate's refusal, or when the days are none.
pub async fn opened(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (case, window): (Uuid, (&str, &str)),
) -> Outcome<Vec<Opened>> {
    p.may_case(tx, caller, Act::LEAK_ASK, case).await?;
    let (from, to) = span(p, window)?;
    let rows = tx
        .sql(
            "SELECT l.at, l.actor, l.action FROM ledger_entry l JOIN account a ON a.id = l.actor
             WHERE l.resource = $1 AND l.at >= $2 AND l.at < $3 ORDER BY l.seq DESC LIMIT $4",
        )
        .bind(case)
        .bind(from)
        .bind(to)
        .bind(i64::try_from(SHOWN).unwrap_or(i64::MAX))
        .all()
        .await?;
    rows.iter()
        .map(|r| Ok(Opened { at: r.get("at")?, actor: r.get("actor")?, action: r.get("action")? }))
        .collect()
}

/// The same for the report to direction: functions and numbers, nobody's name and nothing of the case.
///
/// # Errors
/// The gate's refusal, or when something breaks.
pub async fn by_function(p: &Programme, tx: &mut Tx, caller: &Caller, leak: &Leak) -> Outcome<Vec<By>> {
    p.may(caller, Act::LEAK_DECIDE)?;
    let (from, to) = span(p, (&leak.window.0, &leak.window.1))?;
    let rows = tx
        .sql(
            "SELECT a.role, COUNT(DISTINCT l.actor) AS people, COUNT(*) AS times, MAX(l.at) AS last
             FROM ledger_entry l JOIN account a ON a.id = l.actor
             WHERE l.resource = $1 AND l.at >= $2 AND l.at < $3 GROUP BY a.role ORDER BY a.role",
        )
        .bind(leak.case)
        .bind(from)
        .bind(to)
        .all()
        .await?;
    rows.iter()
        .map(|r| {
            Ok(By {
                role: r.get("role")?,
                people: r.get("people")?,
                times: r.get("times")?,
                last: r.get("last")?,
            })
        })
        .collect()
}
