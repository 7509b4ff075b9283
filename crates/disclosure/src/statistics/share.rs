//! A part of a whole.

use serde::Serialize;

use crate::{Cell, DisclosureError, Estimate, Threshold, count};

/// A percentage with the numbers behind it: it is never shown without its denominator.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SafeShare {
    part: Cell,
    whole: Cell,
    percent: Estimate,
}

/// The share of `part` people among `whole`. Part and percentage are hidden when the part, the rest or the
/// whole is 1 to k-1 people: 28 of 30 tells of two. An empty whole has no percentage.
///
/// # Errors
/// [`DisclosureError::PartExceedsWhole`].
pub fn share(part: u64, whole: u64, threshold: Threshold) -> Result<SafeShare, DisclosureError> {
    let rest = whole.checked_sub(part).ok_or(DisclosureError::PartExceedsWhole)?;
    let safe = SafeShare { part: Cell::HIDDEN, whole: count(whole, threshold), percent: Estimate::HIDDEN };
    if threshold.hides(whole) || threshold.hides(part) || threshold.hides(rest) {
        return Ok(safe);
    }
    // An empty whole divides zero by zero, which is no number and stays hidden.
    let percent = Estimate::of((part as f64 / whole as f64 * 1000.0).round() / 10.0);
    Ok(SafeShare { part: Cell::Shown(part), percent, ..safe })
}

impl SafeShare {
    /// How many people have the trait.
    #[must_use]
    pub const fn part(&self) -> Cell {
        self.part
    }

    /// Of how many: the denominator.
    #[must_use]
    pub const fn whole(&self) -> Cell {
        self.whole
    }

    /// The percentage, 0 to 100, to one decimal place.
    #[must_use]
    pub const fn percent(&self) -> Estimate {
        self.percent
    }
}
