//! What a figure says in a sentence, and whether it changed.

use ceiba_disclosure::Cell;

use super::Ask;

/// Whether two counts of spans of the same length differ by more than chance makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Up,
    Down,
    /// Chance alone may have made it.
    None,
    /// One of them is hidden, or both are none.
    Unknown,
}

/// Compares an earlier count with a later one: given their sum, the later one lies around its half by the binomial distribution. Beyond
/// 1.96 of its deviations, less the half step of whole numbers, it changed. Source: the usual conditional test of two Poisson counts.
pub(super) fn change(before: Cell, after: Cell) -> Change {
    let Some((before, after)) = before.shown().zip(after.shown()) else { return Change::Unknown };
    if before + after == 0 {
        return Change::Unknown;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of a programme are fewer than 2^53")]
    let (sum, apart) = ((before + after) as f64, before.abs_diff(after) as f64);
    if apart - 1.0 <= 1.96 * sum.sqrt() {
        Change::None
    } else if after > before {
        Change::Up
    } else {
        Change::Down
    }
}

impl Change {
    /// In words, to stand behind a number.
    pub(super) fn words(self, a: &Ask<'_>) -> String {
        a.w.t(match self {
            Self::Up => "board-more",
            Self::Down => "board-fewer",
            Self::None => "board-no-change",
            Self::Unknown => "board-not-known",
        })
    }
}

/// The largest shown number of some, with its label; none when nothing is shown or all are zero.
pub(super) fn largest<'c>(all: impl IntoIterator<Item = (&'c str, Cell)>) -> Option<(&'c str, u64)> {
    let shown =
        all.into_iter().filter_map(|(label, cell)| cell.shown().filter(|n| *n > 0).map(|n| (label, n)));
    // The first of equal ones, so that the sentence stays.
    shown.fold(
        None,
        |best: Option<(&str, u64)>, one| if best.is_some_and(|b| b.1 >= one.1) { best } else { Some(one) },
    )
}

#[cfg(test)]
mod tests {
    use ceiba_disclosure::{Cell, Threshold, count};

    use super::{Change, change, largest};

    fn cell(n: u64) -> Cell {
        count(n, Threshold::new(5).unwrap())
    }

    #[test]
    fn chance_is_no_change() {
        for (before, after, is) in [
            (20, 20, Change::None),
            (20, 30, Change::None),
            (20, 45, Change::Up),
            (45, 20, Change::Down),
            (0, 6, Change::Up),
            (0, 0, Change::Unknown),
            (3, 40, Change::Unknown),
        ] {
            assert_eq!(change(cell(before), cell(after)), is, "{before} {after}");
        }
    }

    #[test]
    fn what_is_hidden_is_not_the_largest() {
        assert_eq!(largest([("a", cell(3)), ("b", cell(0))]), None);
        assert_eq!(largest([("a", cell(7)), ("b", cell(9)), ("c", cell(9))]), Some(("b", 9)));
    }
}
