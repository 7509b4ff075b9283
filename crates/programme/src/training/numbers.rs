//! Unique people who completed a curriculum, from facts, through the disclosure gate: one who took three courses is one.

use std::collections::BTreeSet;

use ceiba_access::{Act, Caller};
use ceiba_disclosure::{Cell, Counts, Margins, SafeTable, count, release};
use ceiba_store::Tx;

use super::may;
use crate::results::threshold;
use crate::{Outcome, Programme, ProgrammeError};

/// People who completed at least one course in a span of days, each once.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn people(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (audience, from, to): (&str, &str, &str),
) -> Outcome<Cell> {
    may(p, caller, Act::TRAINING_READ)?;
    let row = tx
        .sql(
            "SELECT COUNT(*) AS n FROM (SELECT subject FROM fact WHERE kind = 'training.completed' AND outcome = $1
               AND day BETWEEN $2 AND $3 GROUP BY subject HAVING SUM(amount) > 0) held",
        )
        .bind(audience)
        .bind(from)
        .bind(to)
        .one()
        .await?;
    Ok(count(row.get::<i64>("n")?.unsigned_abs(), threshold()?))
}

/// The same by institution (row) and sex (column; `unknown` for whoever did not say). Somebody who changed institution between two
/// courses stands in both rows, which is why no totals are published.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn by_institution(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (from, to): (&str, &str),
) -> Outcome<SafeTable> {
    may(p, caller, Act::TRAINING_READ)?;
    let rows = tx
        .sql(
            "SELECT r, c, COUNT(*) AS n FROM (SELECT d.value AS r, COALESCE(f.sex, 'unknown') AS c FROM fact f
               JOIN fact_dim d ON d.fact = f.id AND d.dim = 'institution'
               WHERE f.kind = 'training.completed' AND f.day BETWEEN $1 AND $2
               GROUP BY d.value, COALESCE(f.sex, 'unknown'), f.subject HAVING SUM(f.amount) > 0) held
             GROUP BY r, c",
        )
        .bind(from)
        .bind(to)
        .all()
        .await?;
    let mut cells: Vec<(String, String, u64)> = Vec::with_capacity(rows.len());
    for row in &rows {
        cells.push((row.get("r")?, row.get("c")?, row.get::<i64>("n")?.unsigned_abs()));
    }
    let names: BTreeSet<&str> = cells.iter().map(|c| c.0.as_str()).collect();
    let columns: BTreeSet<&str> = cells.iter().map(|c| c.1.as_str()).collect();
    let of = |row: &str, column: &str| cells.iter().find(|c| c.0 == row && c.1 == column).map_or(0, |c| c.2);
    let table = names.iter().map(|r| columns.iter().map(|c| of(r, c)).collect()).collect();
    let counts = Counts::new(names.iter().copied(), columns.iter().copied(), table)
        .map_err(|_| ProgrammeError::Unreadable("a table of counts"))?;
    Ok(release(&counts, Margins::None, threshold()?))
}

/// A number of people of one course, for whoever plans and may not read names: few are hidden.
///
/// # Errors
/// When the threshold of the pack is none.
pub fn taken(n: i64) -> Outcome<Cell> {
    Ok(count(n.unsigned_abs(), threshold()?))
}
