//! Exact counts on their way to the gate.

use std::fmt;

use crate::DisclosureError;

/// The most cells, totals included: each hidden one is checked against all others.
const MOST_CELLS: usize = 20_000;

/// Which totals are shown. Totals that are not shown protect the cells, so fewer cells are hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Margins {
    /// No totals: cells that do not add up to anything that is published.
    None,
    /// A total for each row.
    Rows,
    /// A total for each column.
    Columns,
    /// Both, and the grand total.
    Both,
}

/// A table of exact counts of people: one row and one column code for each cell. Its totals are computed,
/// never taken from outside. `Debug` shows the shape and no count.
#[derive(Clone)]
pub struct Counts {
    pub(crate) rows: Vec<String>,
    pub(crate) columns: Vec<String>,
    /// Row by row, with the total at the end of each row and a last row of totals.
    pub(crate) grid: Vec<u64>,
}

impl Counts {
    /// A table of `cells`, row by row. A person must stand in at most one cell, or totals count her twice.
    ///
    /// # Errors
    /// [`DisclosureError::Shape`] when cells and codes do not fit,
    /// [`DisclosureError::DuplicateCode`], [`DisclosureError::TooLarge`] above 20,000 cells,
    /// [`DisclosureError::Overflow`].
    pub fn new<R: Into<String>, C: Into<String>>(
        rows: impl IntoIterator<Item = R>,
        columns: impl IntoIterator<Item = C>,
        cells: Vec<Vec<u64>>,
    ) -> Result<Self, DisclosureError> {
        let rows: Vec<String> = rows.into_iter().map(Into::into).collect();
        let columns: Vec<String> = columns.into_iter().map(Into::into).collect();
        if cells.len() != rows.len() || cells.iter().any(|row| row.len() != columns.len()) {
            return Err(DisclosureError::Shape);
        }
        if (rows.len() + 1).saturating_mul(columns.len() + 1) > MOST_CELLS {
            return Err(DisclosureError::TooLarge { most: MOST_CELLS });
        }
        unique(&rows)?;
        unique(&columns)?;
        let mut totals = vec![0u64; columns.len() + 1];
        let mut grid = Vec::with_capacity((rows.len() + 1) * (columns.len() + 1));
        for mut row in cells {
            row.push(sum(&row)?);
            for (total, cell) in totals.iter_mut().zip(&row) {
                *total = total.checked_add(*cell).ok_or(DisclosureError::Overflow)?;
            }
            grid.extend(row);
        }
        grid.extend(totals);
        Ok(Self { rows, columns, grid })
    }
}

impl fmt::Debug for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Counts({} by {})", self.rows.len(), self.columns.len())
    }
}

/// Adds up, or says that it does not fit.
pub(crate) fn sum(cells: &[u64]) -> Result<u64, DisclosureError> {
    cells.iter().try_fold(0u64, |sum, cell| sum.checked_add(*cell)).ok_or(DisclosureError::Overflow)
}

/// Refuses a code that stands twice.
pub(crate) fn unique(codes: &[String]) -> Result<(), DisclosureError> {
    let mut sorted: Vec<&String> = codes.iter().collect();
    sorted.sort_unstable();
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(DisclosureError::DuplicateCode(pair[0].clone())),
        None => Ok(()),
    }
}
