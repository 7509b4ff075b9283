//! The middle of a group.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{Cell, Estimate, Threshold, count};

/// A median with the number of people behind it, and the quarters below and above it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SafeMedian {
    people: Cell,
    median: Estimate,
    lower: Estimate,
    upper: Estimate,
}

/// The median of days, each with the (pseudonymous) key of the person whom it is about. Shown when at least
/// k people stand behind it, however many values there are; the quartiles when at least 4k do, so that each
/// quarter holds k. It is one person's true value, or lies between two: fit for waiting times, not for
/// what only one of them could have lived.
#[must_use]
pub fn median_days<P: Ord>(days: &[(P, u32)], threshold: Threshold) -> SafeMedian {
    let people = days.iter().map(|(person, _)| person).collect::<BTreeSet<_>>().len() as u64;
    let mut sorted: Vec<u32> = days.iter().map(|(_, days)| *days).collect();
    sorted.sort_unstable();
    let at = |quarter: usize, least: u64| {
        if people < least { Estimate::HIDDEN } else { Estimate::of(quartile(&sorted, quarter)) }
    };
    let all = threshold.k().saturating_mul(4);
    SafeMedian {
        people: count(people, threshold),
        median: at(2, threshold.k()),
        lower: at(1, all),
        upper: at(3, all),
    }
}

/// The value below which `quarter` quarters lie, to half a day: the mean of the two nearest ranks where it
/// falls between values. Not a number for no values.
fn quartile(sorted: &[u32], quarter: usize) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let (below, above) = (last * quarter / 4, (last * quarter).div_ceil(4));
    f64::midpoint(f64::from(sorted[below]), f64::from(sorted[above]))
}

impl SafeMedian {
    /// How many people stand behind it.
    #[must_use]
    pub const fn people(&self) -> Cell {
        self.people
    }

    /// The median, in days.
    #[must_use]
    pub const fn median(&self) -> Estimate {
        self.median
    }

    /// The lower quartile, in days.
    #[must_use]
    pub const fn lower(&self) -> Estimate {
        self.lower
    }

    /// The upper quartile, in days.
    #[must_use]
    pub const fn upper(&self) -> Estimate {
        self.upper
    }
}
