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
    change_among(before, after, 1)
}

/// As [`change`], where `many` rows are looked at together: the more there are, the further apart the two must be, so that one in twenty
/// looks finds something in any of them by chance, not in each. Source: Bonferroni's inequality, steps of the normal distribution.
pub(super) fn change_among(before: Cell, after: Cell, many: usize) -> Change {
    match before.shown().zip(after.shown()) {
        Some((before, after)) => change_of(before, after, many),
        None => Change::Unknown,
    }
}

/// As [`change_among`], of numbers that hide nothing: things.
pub(super) fn change_of(before: u64, after: u64, many: usize) -> Change {
    let deviations = match many {
        0 | 1 => 1.96,
        2..=5 => 2.58,
        6..=10 => 2.81,
        11..=20 => 3.02,
        21..=40 => 3.23,
        _ => 3.48,
    };
    if before + after == 0 {
        return Change::Unknown;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of a programme are fewer than 2^53")]
    let (sum, apart) = ((before + after) as f64, before.abs_diff(after) as f64);
    if apart - 1.0 <= deviations * sum.sqrt() {
        Change::None
    } else if after > before {
        Change::Up
    } else {
        Change::Down
    }
}

impl Change {
    /// A sign beside the words, for whoever looks quickly.
    pub(super) const fn mark(self) -> &'static str {
        match self {
            Self::Up => "▲",
            Self::Down => "▼",
            Self::None | Self::Unknown => "",
        }
    }

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

/// Whether some of these numbers are hidden: then the largest that is shown may not be the largest, and the sentence must say so.
pub(super) fn some_hidden(cells: impl IntoIterator<Item = Cell>) -> bool {
    cells.into_iter().any(Cell::is_hidden)
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
    fn among_many_rows_a_change_must_be_larger() {
        use super::change_among;
        assert_eq!(change_among(cell(20), cell(36), 1), Change::Up);
        assert_eq!(change_among(cell(20), cell(36), 30), Change::None);
        assert_eq!(change_among(cell(10), cell(50), 30), Change::Up);
    }

    #[test]
    fn what_is_hidden_is_not_the_largest() {
        assert_eq!(largest([("a", cell(3)), ("b", cell(0))]), None);
        assert_eq!(largest([("a", cell(7)), ("b", cell(9)), ("c", cell(9))]), Some(("b", 9)));
    }
}
