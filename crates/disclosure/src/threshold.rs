//! From how many people on a group may be shown.

use serde::Serialize;

use crate::DisclosureError;

/// The smallest group that may be shown, k: groups of 1 to k-1 people are hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Threshold(u64);

impl Threshold {
    /// Five people: the least that is allowed, and what is used unless a programme asks for more.
    pub const DEFAULT: Self = Self(5);

    /// Ten people: for whatever anybody may read.
    pub const PUBLIC: Self = Self(10);

    /// A threshold of `k` people.
    ///
    /// # Errors
    /// [`DisclosureError::ThresholdTooLow`] below five.
    pub fn new(k: u64) -> Result<Self, DisclosureError> {
        if k < Self::DEFAULT.0 {
            return Err(DisclosureError::ThresholdTooLow { least: Self::DEFAULT.0 });
        }
        Ok(Self(k))
    }

    /// The number of people, k.
    #[must_use]
    pub const fn k(self) -> u64 {
        self.0
    }

    /// Whether a group of `people` has to be hidden: 1 to k-1.
    #[must_use]
    pub const fn hides(self, people: u64) -> bool {
        people > 0 && people < self.0
    }

    /// How far apart the possible values of a hidden cell must at least lie, so that knowing the totals
    /// tells little: half of k, rounded up (privacy.md 5).
    #[must_use]
    pub const fn spread(self) -> u64 {
        self.0.div_ceil(2)
    }
}

impl Default for Threshold {
    fn default() -> Self {
        Self::DEFAULT
    }
}
