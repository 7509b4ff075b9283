//! A part of a whole with the range in which it plausibly lies.

use serde::Serialize;

use crate::{Cell, Estimate};

/// A percentage with its range, made of two cells that were released already: nobody learns more from it than from them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SafeInterval {
    percent: Estimate,
    lower: Estimate,
    upper: Estimate,
}

/// The normal quantile of a range that holds the true share in 95 of 100 samples.
const Z: f64 = 1.959_963_984_540_054;

/// The share of `part` in `part` and `rest`, with Wilson's score interval at 95 % (Wilson 1927), in percent to one decimal place. Hidden
/// when either cell is hidden or both are nobody.
#[must_use]
pub fn interval(part: Cell, rest: Cell) -> SafeInterval {
    let hidden = SafeInterval { percent: Estimate::HIDDEN, lower: Estimate::HIDDEN, upper: Estimate::HIDDEN };
    let (Some(part), Some(rest)) = (part.shown(), rest.shown()) else { return hidden };
    let n = part as f64 + rest as f64;
    if n <= 0.0 {
        return hidden;
    }
    let share = part as f64 / n;
    let spread = Z * Z / n;
    let middle = (share + spread / 2.0) / (1.0 + spread);
    let half = Z / (1.0 + spread) * (share * (1.0 - share) / n + spread / (4.0 * n)).sqrt();
    let percent = |x: f64| Estimate::of((x.clamp(0.0, 1.0) * 1000.0).round() / 10.0);
    SafeInterval { percent: percent(share), lower: percent(middle - half), upper: percent(middle + half) }
}

impl SafeInterval {
    /// The percentage, 0 to 100.
    #[must_use]
    pub const fn percent(&self) -> Estimate {
        self.percent
    }

    /// The lower end, in percent.
    #[must_use]
    pub const fn lower(&self) -> Estimate {
        self.lower
    }

    /// The upper end, in percent.
    #[must_use]
    pub const fn upper(&self) -> Estimate {
        self.upper
    }
}

#[cfg(test)]
mod tests {
    use super::interval;
    use crate::Cell;

    #[test]
    fn the_range_is_wilsons_and_nothing_hidden_is_told() {
        // The textbook's 10 of 10 and 5 of 20.
        let all = interval(Cell::Shown(10), Cell::Shown(0));
        assert_eq!(
            (all.percent().shown(), all.lower().shown(), all.upper().shown()),
            (Some(100.0), Some(72.2), Some(100.0))
        );
        let some = interval(Cell::Shown(5), Cell::Shown(15));
        assert_eq!(
            (some.percent().shown(), some.lower().shown(), some.upper().shown()),
            (Some(25.0), Some(11.2), Some(46.9))
        );
        for (part, rest) in
            [(Cell::HIDDEN, Cell::Shown(9)), (Cell::Shown(9), Cell::HIDDEN), (Cell::Shown(0), Cell::Shown(0))]
        {
            assert!(interval(part, rest).percent().shown().is_none(), "{part:?} of {rest:?}");
        }
    }
}
