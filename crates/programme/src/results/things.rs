//! Things, not people: places of the houses, sessions of courses. Their counts tell of nobody, so they pass no gate and are not kept; what is made of
//! places and of nights (occupancy) is. Which kinds of facts are things is code (`kinds`), not a pack; a session of a group or with a
//! survivor is none of them.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller};
use ceiba_disclosure::{Cell, count_of_things};
use ceiba_store::Tx;

use super::kinds::kind;
use super::span::Span;
use crate::{Outcome, Programme, ProgrammeError};

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
    by_month(tx, "shelter.places", span).await
}

/// The sessions of courses that were held, by month: of trainings of officials and partners.
///
/// # Errors
/// The gate's refusal, or when the database breaks.
pub async fn sessions(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    span: &Span,
) -> Outcome<BTreeMap<String, Cell>> {
    p.may(caller, Act::NUMBERS_READ)?;
    let all = by_month(tx, "training.session", span).await?;
    Ok(all.into_iter().map(|(month, n)| (month, count_of_things(n))).collect())
}

async fn by_month(tx: &mut Tx, what: &'static str, span: &Span) -> Outcome<BTreeMap<String, u64>> {
    if kind(what).is_none_or(|kind| kind.people) {
        return Err(ProgrammeError::Unreadable("a number of things"));
    }
    let rows = tx
        .sql(
            "SELECT SUBSTR(day, 1, 7) AS month, CAST(SUM(amount) AS BIGINT) AS n FROM fact
             WHERE kind = $4 AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
             GROUP BY SUBSTR(day, 1, 7) HAVING SUM(amount) > 0",
        )
        .bind(&span.from)
        .bind(&span.to)
        .bind(span.site.clone())
        .bind(what)
        .all()
        .await?;
    rows.iter().map(|r| Ok((r.get("month")?, r.get::<i64>("n")?.unsigned_abs()))).collect()
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn a_session_with_a_survivor_is_no_thing() {
        for of_people in
            ["service.given", "attendance.noted", "seat.given", "telling.held", "training.attended"]
        {
            assert!(kind(of_people).expect("is known").people, "{of_people}");
        }
        for thing in ["shelter.places", "training.session"] {
            assert!(!kind(thing).expect("is known").people, "{thing}");
        }
    }
}
