//! What an earlier release showed.

use serde::Deserialize;

use crate::{Cell, Counts, SafeTable};

/// The numbers that an earlier table showed, to compare a new one with. It can be read from what
/// [`SafeTable`] serialises to, and it cannot be shown: reading a file makes no number safe.
#[derive(Clone, Debug, Deserialize)]
pub struct Earlier {
    rows: Vec<String>,
    columns: Vec<String>,
    cells: Vec<Vec<Option<u64>>>,
    row_totals: Option<Vec<Option<u64>>>,
    column_totals: Option<Vec<Option<u64>>>,
    grand_total: Option<u64>,
}

impl Earlier {
    /// Whether the codes are the same, in the same order, and every number has its place.
    pub(crate) fn fits(&self, counts: &Counts) -> bool {
        let full = |totals: &Option<Vec<_>>, len| totals.as_ref().is_none_or(|t: &Vec<_>| t.len() == len);
        self.rows == counts.rows
            && self.columns == counts.columns
            && self.cells.len() == self.rows.len()
            && self.cells.iter().all(|row| row.len() == self.columns.len())
            && full(&self.row_totals, self.rows.len())
            && full(&self.column_totals, self.columns.len())
    }

    /// What was shown at a place of the table with its totals; `None` when nothing was.
    pub(crate) fn at(&self, row: usize, column: usize) -> Option<u64> {
        let of = |totals: &Option<Vec<Option<u64>>>, at: usize| totals.as_ref()?.get(at).copied()?;
        match (row == self.rows.len(), column == self.columns.len()) {
            (false, false) => self.cells.get(row)?.get(column).copied()?,
            (false, true) => of(&self.row_totals, row),
            (true, false) => of(&self.column_totals, column),
            (true, true) => self.grand_total,
        }
    }
}

impl From<&SafeTable> for Earlier {
    fn from(table: &SafeTable) -> Self {
        let numbers = |cells: &[Cell]| cells.iter().map(|cell| cell.shown()).collect::<Vec<_>>();
        Self {
            rows: table.rows().to_vec(),
            columns: table.columns().to_vec(),
            cells: table.cells().iter().map(|row| numbers(row)).collect(),
            row_totals: table.row_totals().map(numbers),
            column_totals: table.column_totals().map(numbers),
            grand_total: table.grand_total().and_then(Cell::shown),
        }
    }
}
