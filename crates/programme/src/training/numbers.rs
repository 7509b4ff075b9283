//! Unique people who completed a curriculum, from facts, through the disclosure gate: one who took three courses is one.

use ceiba_access::{Act, Caller};
use ceiba_disclosure::{Cell, SafeTable, count};
use ceiba_store::Tx;

use super::may;
use crate::results::{self, Span, threshold};
use crate::{Outcome, Programme};

/// People who completed at least one course in whole months, each once; and the two tables of the dashboard, by institution and by sex, with the
/// audience as columns. No other division is given: institution by sex beside them would tell of three men. Somebody who changed institution
/// between two courses stands in both rows, which is why no totals are published.
///
/// A new answer is kept in a unit of work of its own: the caller must hold none.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn people(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    span: &Span,
) -> Outcome<(Cell, [SafeTable; 2])> {
    may(p, caller, Act::TRAINING_READ)?;
    results::of_training(p, tx, caller, span).await
}

/// A number of people of one course, for whoever plans and may not read names: few are hidden.
///
/// # Errors
/// When the threshold of the pack is none.
pub fn taken(n: i64) -> Outcome<Cell> {
    Ok(count(n.unsigned_abs(), threshold()?))
}
