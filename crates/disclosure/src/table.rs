//! A table that passed the gate.

use serde::Serialize;

use crate::{Cell, Margins, Threshold};

/// A released table: codes, cells and the totals that were asked for. Only this crate makes one.
///
/// Serialises as an object with `rows`, `columns`, `cells` (row by row), `row_totals`, `column_totals`,
/// `grand_total` and `threshold`. A hidden number is `null`; totals that were not asked for are `null` as a
/// whole. [`Earlier`](crate::Earlier) reads it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SafeTable {
    rows: Vec<String>,
    columns: Vec<String>,
    cells: Vec<Vec<Cell>>,
    row_totals: Option<Vec<Cell>>,
    column_totals: Option<Vec<Cell>>,
    grand_total: Option<Cell>,
    threshold: Threshold,
}

impl SafeTable {
    /// `grid` holds the cells row by row, with totals at the end of each row and in a last row.
    pub(crate) fn new(
        rows: Vec<String>,
        columns: Vec<String>,
        grid: Vec<Cell>,
        margins: Margins,
        threshold: Threshold,
    ) -> Self {
        let width = columns.len() + 1;
        let mut cells: Vec<Vec<Cell>> = grid.chunks(width).map(<[Cell]>::to_vec).collect();
        let mut column_totals = cells.pop().unwrap_or_default();
        let grand_total = column_totals.pop();
        let row_totals = cells.iter_mut().filter_map(Vec::pop).collect();
        let both = margins == Margins::Both;
        Self {
            rows,
            columns,
            cells,
            row_totals: (both || margins == Margins::Rows).then_some(row_totals),
            column_totals: (both || margins == Margins::Columns).then_some(column_totals),
            grand_total: grand_total.filter(|_| both),
            threshold,
        }
    }

    /// Cells that stand apart, without totals.
    pub(crate) const fn apart(
        rows: Vec<String>,
        columns: Vec<String>,
        cells: Vec<Vec<Cell>>,
        threshold: Threshold,
    ) -> Self {
        Self { rows, columns, cells, row_totals: None, column_totals: None, grand_total: None, threshold }
    }

    /// The row codes, in order.
    #[must_use]
    pub fn rows(&self) -> &[String] {
        &self.rows
    }

    /// The column codes, in order.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The cells, row by row.
    #[must_use]
    pub fn cells(&self) -> &[Vec<Cell>] {
        &self.cells
    }

    /// One cell, `None` outside the table.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Option<Cell> {
        self.cells.get(row)?.get(column).copied()
    }

    /// One column from top to bottom, `None` outside the table: for a list, the only one.
    #[must_use]
    pub fn column(&self, column: usize) -> Option<Vec<Cell>> {
        if column >= self.columns.len() {
            return None;
        }
        Some(self.cells.iter().filter_map(|row| row.get(column).copied()).collect())
    }

    /// The total of each row, if asked for.
    #[must_use]
    pub fn row_totals(&self) -> Option<&[Cell]> {
        self.row_totals.as_deref()
    }

    /// The total of each column, if asked for.
    #[must_use]
    pub fn column_totals(&self) -> Option<&[Cell]> {
        self.column_totals.as_deref()
    }

    /// The total of all cells, if both kinds of totals were asked for.
    #[must_use]
    pub const fn grand_total(&self) -> Option<Cell> {
        self.grand_total
    }

    /// The threshold that it was released with.
    #[must_use]
    pub const fn threshold(&self) -> Threshold {
        self.threshold
    }

    /// How many cells are hidden, totals not counted.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.cells.iter().flatten().filter(|cell| cell.is_hidden()).count()
    }
}
