//! A number that may be shown, or the fact that it may not.

use serde::{Serialize, Serializer};

use crate::Threshold;

/// A count that passed the gate. Match it with `Cell::Shown(n, ..)` and `Cell::Hidden { .. }`; the dots are
/// what keeps other crates from building one.
///
/// Serialises as a number, or `null` when hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The exact number of people.
    #[non_exhaustive]
    Shown(u64),
    /// Not shown: a group of 1 to k-1, or a larger one that would give such a group away.
    #[non_exhaustive]
    Hidden {},
}

impl Cell {
    /// A cell that shows nothing. Anybody may make this one, for instance to compare.
    pub const HIDDEN: Self = Self::Hidden {};

    /// The number, unless hidden.
    #[must_use]
    pub const fn shown(self) -> Option<u64> {
        match self {
            Self::Shown(number) => Some(number),
            Self::Hidden {} => None,
        }
    }

    /// Whether the number is hidden.
    #[must_use]
    pub const fn is_hidden(self) -> bool {
        matches!(self, Self::Hidden {})
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shown().serialize(serializer)
    }
}

/// A measure (days, a percentage, a ratio) that passed the gate: finite and not negative, or hidden.
///
/// Serialises as a number, or `null` when hidden.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Estimate {
    /// The measure, in the unit that its source names.
    #[non_exhaustive]
    Shown(f64),
    /// Too few people stand behind it, or there is nothing to measure.
    #[non_exhaustive]
    Hidden {},
}

impl Estimate {
    /// A measure that shows nothing.
    pub const HIDDEN: Self = Self::Hidden {};

    pub(crate) fn of(value: f64) -> Self {
        if value.is_finite() && value >= 0.0 { Self::Shown(value) } else { Self::HIDDEN }
    }

    /// A measure that was kept, once more as it was given: what is kept passed before.
    #[must_use]
    pub fn again(value: Option<f64>) -> Self {
        value.map_or(Self::HIDDEN, Self::of)
    }

    /// To two digits: a median is one person's true value, and to the minute it would say whose.
    #[must_use]
    pub fn coarse(self) -> Self {
        let Self::Shown(value) = self else { return self };
        if value <= 0.0 {
            return self;
        }
        // As long as it is written with at most 17 digits before or after the point, which days and shares are.
        let step = 10f64.powf(value.log10().floor() - 1.0);
        let steps = (value / step).round();
        Self::of(if step < 1.0 { steps / (1.0 / step).round() } else { steps * step })
    }

    /// The measure, unless hidden.
    #[must_use]
    pub const fn shown(self) -> Option<f64> {
        match self {
            Self::Shown(value) => Some(value),
            Self::Hidden {} => None,
        }
    }
}

impl Serialize for Estimate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shown().serialize(serializer)
    }
}

/// A number of things behind which nobody stands: sessions of a course. It passes nothing; whoever calls this vouches that it counts nobody.
#[must_use]
pub const fn count_of_things(things: u64) -> Cell {
    Cell::Shown(things)
}

/// A single number of people. Several numbers that add up belong into one table, see
/// [`release`](crate::release): one by one they give each other away.
#[must_use]
pub const fn count(people: u64, threshold: Threshold) -> Cell {
    if threshold.hides(people) { Cell::HIDDEN } else { Cell::Shown(people) }
}
