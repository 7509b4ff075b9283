//! Where time is lost: days from a trigger to what was due, by whoever has the duty, by institution and by row. Only noted steps of
//! the route are read, and only medians leave, through the disclosure gate and kept like every other answer: they are of at least five
//! people, and their quarters of at least twenty.

use std::collections::{BTreeMap, BTreeSet};

use ceiba_access::Caller;
use ceiba_disclosure::{Estimate, median_days};
use ceiba_store::Tx;

use super::ended::{Ended, Noted};
use crate::results::{self, Span};
use crate::{Outcome, Programme};

/// By what runs are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Whoever has the duty: an institution of the pack.
    Holder,
    /// The institution of the directory that did it, where that was noted, by its id.
    Institution,
    /// The row.
    Row,
}

impl By {
    /// All.
    pub const ALL: [Self; 3] = [Self::Holder, Self::Institution, Self::Row];

    /// Its code in the log of what left.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Holder => "route:holder",
            Self::Institution => "route:institution",
            Self::Row => "route:row",
        }
    }

    /// By its code.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.code() == code)
    }

    /// In which groups a run is: one may be the duty of several.
    pub(crate) fn groups(self, p: &Programme, run: &Ended) -> Vec<String> {
        match self {
            Self::Holder => p.pack.route.row(&run.row).map(|r| r.who.clone()).unwrap_or_default(),
            Self::Institution => run.institution.iter().map(ToString::to_string).collect(),
            Self::Row => vec![run.row.clone()],
        }
    }
}

/// How long a group took, in days, to two digits.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The code of the group.
    pub code: String,
    /// The middle, of five people at least.
    pub median: Estimate,
    /// A quarter took less, of twenty people at least.
    pub lower: Estimate,
    /// A quarter took more.
    pub upper: Estimate,
}

/// What is kept of a group.
pub(crate) const PARTS: [&str; 3] = ["lower", "median", "upper"];

/// Reads the groups of which anything has ended.
///
/// A new answer is kept in a unit of work of its own: the caller must hold none.
///
/// # Errors
/// The gate's refusal, or when the database breaks.
pub async fn read(p: &Programme, tx: &mut Tx, caller: &Caller, by: By, span: &Span) -> Outcome<Vec<Line>> {
    let all = results::values(p, tx, caller, (by.code().to_owned(), &["group", "part"]), span).await?;
    let mut groups = BTreeMap::<String, [Estimate; 3]>::new();
    for (codes, value) in all {
        let [code, part] = codes.as_slice() else { continue };
        let group = groups.entry(code.clone()).or_insert([Estimate::HIDDEN; 3]);
        if let Some(at) = PARTS.iter().position(|p| p == part) {
            group[at] = Estimate::again(value);
        }
    }
    let lines = groups.into_iter().map(|(code, [lower, median, upper])| Line { code, median, lower, upper });
    Ok(lines.collect())
}

/// The same before the answers that left: a group with one of [`PARTS`], how many people stand behind it, and the days.
pub(crate) async fn measured(
    p: &Programme,
    tx: &mut Tx,
    by: By,
    span: &Span,
) -> Outcome<Vec<(Vec<String>, u64, Option<f64>)>> {
    let mut groups = BTreeMap::<String, Vec<(Vec<u8>, u32)>>::new();
    for run in Noted::read(tx).await?.ended(p, span, i64::MAX) {
        for group in by.groups(p, &run) {
            groups.entry(group).or_default().push((run.person.clone(), run.days()));
        }
    }
    let threshold = results::threshold()?;
    let mut all = Vec::new();
    for (group, days) in groups {
        let people = days.iter().map(|(person, _)| person).collect::<BTreeSet<_>>().len() as u64;
        let safe = median_days(&days, threshold);
        for (part, value) in PARTS.into_iter().zip([safe.lower(), safe.median(), safe.upper()]) {
            all.push((vec![group.clone(), part.to_owned()], people, value.coarse().shown()));
        }
    }
    Ok(all)
}
