//! Something computed about groups, with the range in which it plausibly lies.

use serde::Serialize;

use crate::Threshold;

/// A value with its range, which may be below nought (a difference); shown only when enough stand behind it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SafeEstimate {
    value: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
}

/// A value, its lower and its upper end, each to two decimal places. `behind` is of how many people each group is that it was made
/// of; hidden when one of them is smaller than the threshold, or empty, or none is named. It must not be a single person's value whatever the
/// groups are: a mean or a difference of means, never the largest or the smallest.
#[must_use]
pub fn estimate(
    (value, lower, upper): (f64, f64, f64),
    behind: &[u64],
    threshold: Threshold,
) -> SafeEstimate {
    let safe = !behind.is_empty() && behind.iter().all(|n| *n > 0 && !threshold.hides(*n));
    let known = safe && value.is_finite() && lower.is_finite() && upper.is_finite();
    let of = |x: f64| known.then(|| (x * 100.0).round() / 100.0);
    SafeEstimate { value: of(value), lower: of(lower), upper: of(upper) }
}

impl SafeEstimate {
    /// An estimate that shows nothing.
    pub const HIDDEN: Self = Self { value: None, lower: None, upper: None };

    /// An estimate that was kept, once more as it was given: what is kept passed before.
    #[must_use]
    pub const fn again((value, lower, upper): (f64, f64, f64)) -> Self {
        Self { value: Some(value), lower: Some(lower), upper: Some(upper) }
    }

    /// The value, unless hidden.
    #[must_use]
    pub const fn value(&self) -> Option<f64> {
        self.value
    }

    /// The lower end.
    #[must_use]
    pub const fn lower(&self) -> Option<f64> {
        self.lower
    }

    /// The upper end.
    #[must_use]
    pub const fn upper(&self) -> Option<f64> {
        self.upper
    }

    /// Whether nothing may be concluded: the range holds nought. Nothing for a hidden one.
    #[must_use]
    pub fn holds_nought(&self) -> Option<bool> {
        let (low, high) = (self.lower?, self.upper?);
        Some(low <= 0.0 && high >= 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::estimate;
    use crate::Threshold;

    #[test]
    fn a_small_or_empty_group_hides_all_of_it() {
        let k = Threshold::DEFAULT;
        let shown = estimate((3.0, 1.0, 5.004), &[40, 12], k);
        assert_eq!((shown.value(), shown.upper()), (Some(3.0), Some(5.0)));
        assert_eq!(
            estimate((-3.0, -4.0, -1.0), &[40], k).value(),
            Some(-3.0),
            "a difference may be below nought"
        );
        assert_eq!(shown.holds_nought(), Some(false));
        assert_eq!(estimate((3.0, -1.0, 5.0), &[40], k).holds_nought(), Some(true));
        for behind in [&[40, 1][..], &[0], &[], &[2]] {
            assert_eq!(estimate((3.0, 1.0, 5.0), behind, k).value(), None, "{behind:?}");
        }
        assert_eq!(estimate((f64::NAN, 1.0, 5.0), &[40], k).lower(), None);
    }
}
