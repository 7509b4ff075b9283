//! What was released before, and what a new answer would give away beside it.
//!
//! Whoever has the number of all sites and that of all but one has that of the one. So every number that left is kept with
//! whom it counts (days and filters), and a new one leaves only when the same attack fails on all of them together: on those
//! hidden, and on what lies between two of them, their difference and their overlap.

mod attacked;
mod family;
mod region;
mod told;

use std::collections::{BTreeMap, BTreeSet};

use family::Family;
pub use region::Region;
use serde::{Deserialize, Serialize};

pub use told::{Behind, told};

use crate::together::Line;
use crate::{Cell, DisclosureError, SafeTable, Threshold};

/// What is asked for: a measure, by what, of whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The code of what is counted.
    pub measure: String,
    /// What it is divided by.
    pub by: Vec<String>,
    /// Of whom.
    pub region: Region,
    /// Whether numbers of parts add up to that of the whole. They do for things; a person may be in two of them.
    pub adds_up: bool,
}

impl Question {
    /// The same text for the same question, however it was put together.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        format!("{}|{}|{}|{}", self.measure, self.by.join(","), self.region, self.adds_up)
    }
}

/// An answer that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// What was asked.
    pub question: Question,
    /// For each combination of codes whom it counts, when that is less than the whole question, and what was shown.
    pub lines: Vec<(Vec<String>, Option<Region>, Option<u64>)>,
}

/// An answer that passed. Only this crate makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SafeAnswer {
    lines: Vec<Line>,
    /// How many are hidden because they are small, and how many because of what was released before.
    small: usize,
    earlier: usize,
    #[serde(skip)]
    past: Past,
}

impl SafeAnswer {
    /// The numbers, in the order given.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// How many are hidden because they are small, and how many because of what was released before.
    #[must_use]
    pub const fn hidden(&self) -> (usize, usize) {
        (self.small, self.earlier)
    }

    /// What is to be kept of it.
    #[must_use]
    pub const fn past(&self) -> &Past {
        &self.past
    }

    /// As rows and columns, when it is divided by two; what is not listed counts nobody.
    #[must_use]
    pub fn table(&self, threshold: Threshold) -> Option<SafeTable> {
        if self.past.question.by.len() != 2 {
            return None;
        }
        let codes = |at: usize| self.lines.iter().map(|l| l.codes[at].clone()).collect::<BTreeSet<_>>();
        let (rows, columns) = (codes(0), codes(1));
        let cells: BTreeMap<_, _> =
            self.lines.iter().map(|l| ((&l.codes[0], &l.codes[1]), l.count)).collect();
        let of = |row, column| cells.get(&(row, column)).copied().unwrap_or(Cell::Shown(0));
        let grid = rows.iter().map(|row| columns.iter().map(|column| of(row, column)).collect()).collect();
        Some(SafeTable::apart(
            rows.iter().cloned().collect(),
            columns.iter().cloned().collect(),
            grid,
            threshold,
        ))
    }

    /// An answer that was kept, once more as it was given: what is kept passed before.
    #[must_use]
    pub fn again(past: Past) -> Self {
        let cell = |n: &Option<u64>| n.map_or(Cell::HIDDEN, Cell::Shown);
        let lines = past.lines.iter().map(|(codes, _, n)| Line { codes: codes.clone(), count: cell(n) });
        Self { lines: lines.collect(), small: 0, earlier: 0, past }
    }
}

/// What becomes of a number beside which more were released than are attacked together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// It is hidden: who asks so often with other filters is looking for somebody.
    Hide,
    /// It is compared with each earlier one that holds it or is held by it, one by one. Only for questions of a fixed list.
    Compare,
}

/// Answers a question beside what was released before. `exact` is a code for each dimension, whom the number counts when that is
/// less than the whole question (a row that is a month), and how many.
///
/// A number that an earlier answer has, of the same people, is repeated as it was shown. One of 1 to k-1 is hidden. One that would
/// give something away beside earlier ones is hidden as well.
///
/// # Errors
/// [`DisclosureError::DuplicateCode`].
pub fn guard(
    question: &Question,
    exact: &[(Vec<String>, Option<Region>, u64)],
    before: &[Past],
    threshold: Threshold,
    many: Many,
) -> Result<SafeAnswer, DisclosureError> {
    guarded(question, exact, before, threshold, Some((many, false)))
}

/// Answers a question again whose answers so far were wrong: nothing is repeated. A number that differs from an earlier one of the same
/// people by 1 to k-1 is hidden, and later questions are compared with all of them.
///
/// # Errors
/// [`DisclosureError::DuplicateCode`].
pub fn restate(
    question: &Question,
    exact: &[(Vec<String>, Option<Region>, u64)],
    before: &[Past],
    threshold: Threshold,
    many: Many,
) -> Result<SafeAnswer, DisclosureError> {
    guarded(question, exact, before, threshold, Some((many, true)))
}

/// The same without looking at earlier answers: the control of the adversary's test. It is not part of the crate's promise.
#[doc(hidden)]
pub fn unguarded(
    question: &Question,
    exact: &[(Vec<String>, Option<Region>, u64)],
    threshold: Threshold,
) -> Result<SafeAnswer, DisclosureError> {
    guarded(question, exact, &[], threshold, None)
}

fn guarded(
    question: &Question,
    exact: &[(Vec<String>, Option<Region>, u64)],
    before: &[Past],
    threshold: Threshold,
    how: Option<(Many, bool)>,
) -> Result<SafeAnswer, DisclosureError> {
    crate::counts::unique(&exact.iter().map(|(codes, ..)| codes.join("\u{1f}")).collect::<Vec<_>>())?;
    let related: Vec<&Past> = before
        .iter()
        .filter(|past| past.question.measure == question.measure && past.question.by == question.by)
        .collect();
    let (mut lines, mut counts) = (Vec::new(), (0, 0));
    for (codes, region, people) in exact {
        let whole = region.as_ref().unwrap_or(&question.region);
        let mut family = Family::of(&related, codes, whole);
        let shown = match (family.same, how) {
            // What left to somebody who may see smaller groups is not repeated to somebody who may not.
            (Some(shown), Some((_, false)) | None) => shown.filter(|n| !threshold.hides(*n)),
            (_, None) => (!threshold.hides(*people)).then_some(*people),
            (_, Some((many, _))) => family.decide(*people, threshold, question.adds_up, many),
        };
        match shown {
            None if threshold.hides(*people) => counts.0 += 1,
            None => counts.1 += 1,
            Some(_) => {}
        }
        lines.push((codes.clone(), region.clone(), shown));
    }
    let past = Past { question: question.clone(), lines };
    Ok(SafeAnswer { small: counts.0, earlier: counts.1, ..SafeAnswer::again(past) })
}
