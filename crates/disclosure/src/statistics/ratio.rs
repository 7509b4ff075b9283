//! One group for each member of another.

use serde::Serialize;

use crate::{Cell, Estimate, Threshold, count};

/// A ratio with the numbers behind it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SafeRatio {
    numerator: Cell,
    denominator: Cell,
    ratio: Estimate,
}

/// How many of one group there are for each of another, for instance people in care for each colleague. Both
/// are taken as people; the ratio is hidden unless both may be shown. For a part of a whole use
/// [`share`](crate::share), which looks at the rest as well.
#[must_use]
pub fn ratio(numerator: u64, denominator: u64, threshold: Threshold) -> SafeRatio {
    let (top, bottom) = (count(numerator, threshold), count(denominator, threshold));
    let shown = !top.is_hidden() && !bottom.is_hidden();
    let value = if shown { numerator as f64 / denominator as f64 } else { f64::NAN };
    SafeRatio { numerator: top, denominator: bottom, ratio: Estimate::of((value * 100.0).round() / 100.0) }
}

impl SafeRatio {
    /// The first group.
    #[must_use]
    pub const fn numerator(&self) -> Cell {
        self.numerator
    }

    /// The second group.
    #[must_use]
    pub const fn denominator(&self) -> Cell {
        self.denominator
    }

    /// First by second, to two decimal places.
    #[must_use]
    pub const fn ratio(&self) -> Estimate {
        self.ratio
    }
}
