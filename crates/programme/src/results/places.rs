//! Places of the houses: things, not people. They pass no gate and are not kept; what is made of them and of nights (occupancy) is.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller};
use ceiba_store::Tx;

use super::span::Span;
use crate::{Outcome, Programme};

/// The nights that could have been slept in the houses, by month (`2026-03`): beds of every night that was counted, whoever slept there.
///
/// # Errors
/// The gate's refusal, or when the database breaks.
pub async fn places(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    span: &Span,
) -> Outcome<BTreeMap<String, u64>> {
    p.may(caller, Act::NUMBERS_READ)?;
    let rows = tx
        .sql(
            "SELECT SUBSTR(day, 1, 7) AS month, CAST(SUM(amount) AS BIGINT) AS n FROM fact
             WHERE kind = 'shelter.places' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
             GROUP BY SUBSTR(day, 1, 7) HAVING SUM(amount) > 0",
        )
        .bind(&span.from)
        .bind(&span.to)
        .bind(span.site.clone())
        .all()
        .await?;
    rows.iter().map(|r| Ok((r.get("month")?, r.get::<i64>("n")?.unsigned_abs()))).collect()
}
