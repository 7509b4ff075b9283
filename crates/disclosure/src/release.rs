//! From counts to a table that may be shown.

use crate::network::{Network, Seen};
use crate::{Counts, DisclosureError, Earlier, Margins, SafeTable, Threshold};

/// Releases a table: hides cells and totals of 1 to k-1 people, and more until none of them can be computed
/// from the cells and totals that are shown. Zeros are shown.
#[must_use]
pub fn release(counts: &Counts, margins: Margins, threshold: Threshold) -> SafeTable {
    guarded(counts, margins, threshold, &[])
}

/// Releases a table when others of the same shape were released earlier: a cell or total that differs by 1
/// to k-1 from what an earlier one showed is hidden as well, since the difference is a group of that size.
///
/// This is a first guard. It covers the same cells at different times. It does **not** cover tables with
/// other codes or filters, sums of several cells or several releases, a hidden cell that becomes a zero, or
/// people who left while as many came. Cells that are zero now stay shown.
///
/// # Errors
/// [`DisclosureError::DifferentShape`] when an earlier table has other codes or another order of them.
pub fn release_after(
    counts: &Counts,
    margins: Margins,
    threshold: Threshold,
    earlier: &[Earlier],
) -> Result<SafeTable, DisclosureError> {
    if earlier.iter().any(|table| !table.fits(counts)) {
        return Err(DisclosureError::DifferentShape);
    }
    Ok(guarded(counts, margins, threshold, earlier))
}

fn guarded(counts: &Counts, margins: Margins, threshold: Threshold, earlier: &[Earlier]) -> SafeTable {
    let (height, width) = (counts.rows.len() + 1, counts.columns.len() + 1);
    let mut network = Network::new(height + width);
    for row in 0..height {
        for column in 0..width {
            let value = counts.grid[row * width + column];
            let total = (row + 1 == height, column + 1 == width);
            let seen = if is_published(margins, total) { Seen::Shown } else { Seen::Unpublished };
            // Sums flow against the direction of their parts: that is what makes every node balance.
            let (from, to) = if total.0 == total.1 { (row, height + column) } else { (height + column, row) };
            let edge = network.add(from, to, value, seen);
            let changed = |table: &Earlier| {
                table.at(row, column).is_some_and(|before| threshold.hides(before.abs_diff(value)))
            };
            if value > 0 && earlier.iter().any(changed) {
                network.hide(edge);
            }
        }
    }
    network.suppress(threshold);
    let cells = (0..height * width).map(|edge| network.cell(edge)).collect();
    SafeTable::new(counts.rows.clone(), counts.columns.clone(), cells, margins, threshold)
}

/// Whether a number is part of what is shown, by whether it is a total of its column and of its row.
const fn is_published(margins: Margins, total: (bool, bool)) -> bool {
    match total {
        (false, false) => true,
        (false, true) => matches!(margins, Margins::Rows | Margins::Both),
        (true, false) => matches!(margins, Margins::Columns | Margins::Both),
        (true, true) => matches!(margins, Margins::Both),
    }
}
