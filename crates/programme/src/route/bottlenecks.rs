//! Where time is lost: days from a trigger to what was due, by whoever has the duty, by institution and by row. Only noted steps of
//! the route are read, and only medians leave, through the disclosure gate: they are of at least five people, and their quarters of
//! at least twenty.

use std::collections::BTreeSet;

use ceiba_access::{Act, Caller};
use ceiba_disclosure::{SafeMedian, median_days};
use ceiba_store::{DAY, Tx};
use uuid::Uuid;

use super::steps::{self, Ended};
use crate::results::{self, Span};
use crate::{Outcome, Programme};

/// A line: the code of a duty-holder or of a row, and how long it took.
pub type Line = (String, SafeMedian);

/// What took how long; only what has ended at all.
#[derive(Clone, Debug)]
pub struct Lines {
    /// By whoever has the duty.
    pub holders: Vec<Line>,
    /// By the institution of the directory that did it, where that was noted.
    pub institutions: Vec<(Uuid, SafeMedian)>,
    /// By row.
    pub rows: Vec<Line>,
}

/// Reads them.
///
/// # Errors
/// The gate's refusal, or when the database breaks.
pub async fn read(p: &Programme, tx: &mut Tx, caller: &Caller, span: &Span) -> Outcome<Lines> {
    p.may(caller, Act::NUMBERS_READ)?;
    let ended = steps::ended(p, tx, &span.from, &span.to, span.site.as_deref()).await?;
    let threshold = results::threshold()?;
    let median = |holds: &dyn Fn(&Ended) -> bool| {
        let days: Vec<(&[u8], u32)> = ended
            .iter()
            .filter(|e| holds(e))
            .filter_map(|e| {
                let took = (e.run.ended?.0 - e.run.since).max(0) / DAY;
                Some((e.person.as_slice(), u32::try_from(took).unwrap_or(u32::MAX)))
            })
            .collect();
        (!days.is_empty()).then(|| median_days(&days, threshold))
    };
    let route = &p.pack.route;
    let owes = |who: &str, e: &Ended| route.row(&e.row).is_some_and(|r| r.who.iter().any(|w| w == who));
    let did: BTreeSet<Uuid> = ended.iter().filter_map(|e| e.institution).collect();
    Ok(Lines {
        holders: route
            .holders()
            .filter_map(|who| Some((who.to_owned(), median(&|e| owes(who, e))?)))
            .collect(),
        institutions: did
            .into_iter()
            .filter_map(|id| Some((id, median(&|e| e.institution == Some(id))?)))
            .collect(),
        rows: route.rows().filter_map(|r| Some((r.id.clone(), median(&|e| e.row == r.id)?))).collect(),
    })
}
