//! Where time is lost: days from a trigger to what was due, by institution and by row. Only noted steps of the route are read,
//! and only medians leave, through the disclosure gate: they are of at least five people, and their quarters of at least twenty.

use ceiba_access::{Act, Caller};
use ceiba_disclosure::{SafeMedian, median_days};
use ceiba_store::{DAY, Tx};

use super::steps;
use crate::results::{self, Span};
use crate::{Outcome, Programme};

/// A line: the code of a duty-holder or of a row, and how long it took.
pub type Line = (String, SafeMedian);

/// By duty-holder, then by row; only those that have ended at all.
///
/// # Errors
/// The gate's refusal, or when the database breaks.
pub async fn read(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    span: &Span,
) -> Outcome<(Vec<Line>, Vec<Line>)> {
    p.may(caller, Act::NUMBERS_READ)?;
    let ended = steps::ended(p, tx, &span.from, &span.to, span.site.as_deref()).await?;
    let threshold = results::threshold()?;
    let line = |code: &str, holds: &dyn Fn(&str) -> bool| {
        let days: Vec<(&[u8], u32)> = ended
            .iter()
            .filter(|(_, row, _)| holds(row))
            .filter_map(|(person, _, run)| {
                let took = (run.ended?.0 - run.since).max(0) / DAY;
                Some((person.as_slice(), u32::try_from(took).unwrap_or(u32::MAX)))
            })
            .collect();
        (!days.is_empty()).then(|| (code.to_owned(), median_days(&days, threshold)))
    };
    let route = &p.pack.route;
    let holders = route
        .holders()
        .filter_map(|who| line(who, &|row| route.row(row).is_some_and(|r| r.who.iter().any(|w| w == who))))
        .collect();
    let rows = route.rows().filter_map(|r| line(&r.id, &|row| row == r.id)).collect();
    Ok((holders, rows))
}
