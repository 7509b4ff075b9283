//! Tries whole-number tables that agree with everything shown, knowing that hidden cells are not zero.
//! It knows nothing of networks: it counts.

use ceiba_disclosure::{Cell, SafeTable};

/// What is seen of a table with its totals; `None` is hidden, `Some(None)` is not published.
struct Seen {
    cells: Vec<Vec<Option<u64>>>,
    rows: Vec<Option<Option<u64>>>,
    columns: Vec<Option<Option<u64>>>,
    grand: Option<Option<u64>>,
}

struct Search<'a> {
    seen: &'a Seen,
    exact: &'a [Vec<u64>],
    reach: u64,
    table: Vec<Vec<u64>>,
    /// Lowest and highest value met, for hidden cells, row totals, column totals and the grand total.
    met: Vec<(u64, u64)>,
}

/// The smallest distance between the lowest and the highest possible value over all hidden numbers, looked
/// for within `reach` of the true values. `u64::MAX` when nothing is hidden.
pub fn least_spread(table: &SafeTable, exact: &[Vec<u64>], reach: u64) -> u64 {
    let numbers = |cells: &[Cell]| cells.iter().map(|cell| cell.shown()).collect::<Vec<_>>();
    let totals = |cells: Option<&[Cell]>, len: usize| match cells {
        Some(cells) => numbers(cells).into_iter().map(Some).collect(),
        None => vec![None; len],
    };
    let seen = Seen {
        cells: table.cells().iter().map(|row| numbers(row)).collect(),
        rows: totals(table.row_totals(), table.rows().len()),
        columns: totals(table.column_totals(), table.columns().len()),
        grand: table.grand_total().map(|cell| cell.shown()),
    };
    search(&seen, exact, reach)
}

/// The same for a table with all totals in which only cells of 1 to 4 are hidden.
pub fn spread_of_small_alone(exact: &[Vec<u64>]) -> u64 {
    let hide = |n: &u64| if (1..5).contains(n) { None } else { Some(*n) };
    let columns = (0..exact[0].len()).map(|c| exact.iter().map(|row| row[c]).sum::<u64>());
    let seen = Seen {
        cells: exact.iter().map(|row| row.iter().map(hide).collect()).collect(),
        rows: exact.iter().map(|row| Some(Some(row.iter().sum()))).collect(),
        columns: columns.map(|sum| Some(Some(sum))).collect(),
        grand: Some(Some(exact.iter().flatten().sum())),
    };
    search(&seen, exact, 3)
}

fn search(seen: &Seen, exact: &[Vec<u64>], reach: u64) -> u64 {
    let mut search = Search { seen, exact, reach, table: exact.to_vec(), met: Vec::new() };
    search.met = search.hidden_values();
    search.fill(0, 0);
    search.met.iter().map(|(low, high)| high - low).min().unwrap_or(u64::MAX)
}

impl Search<'_> {
    /// Values of everything that is published and hidden, in a fixed order, each as its own lowest and
    /// highest.
    fn hidden_values(&self) -> Vec<(u64, u64)> {
        let column = |c: usize| self.table.iter().map(|row| row[c]).sum::<u64>();
        let cells = self.seen.cells.iter().flatten().zip(self.table.iter().flatten().copied());
        let cells = cells.filter(|(seen, _)| seen.is_none()).map(|(_, value)| value);
        let rows = self.seen.rows.iter().zip(self.table.iter().map(|row| row.iter().sum::<u64>()));
        let columns = self.seen.columns.iter().enumerate().map(|(c, seen)| (seen, column(c)));
        let grand = std::iter::once((&self.seen.grand, self.table.iter().flatten().sum()));
        let totals = rows.chain(columns).chain(grand);
        let totals = totals.filter(|(seen, _)| **seen == Some(None)).map(|(_, value)| value);
        cells.chain(totals).map(|value| (value, value)).collect()
    }

    /// Tries every value of the cell and of those after it. True when enough was found.
    fn fill(&mut self, row: usize, column: usize) -> bool {
        if row == self.table.len() {
            return self.agrees() && self.note();
        }
        if column == self.table[row].len() {
            let sum: u64 = self.table[row].iter().sum();
            return self.seen.rows[row].flatten().is_none_or(|shown| shown == sum)
                && self.columns_still_fit(row)
                && self.fill(row + 1, 0);
        }
        if self.seen.cells[row][column].is_some() {
            return self.fill(row, column + 1);
        }
        let exact = self.exact[row][column];
        // The ends first: they are what is looked for.
        let (low, high) = (exact.saturating_sub(self.reach).max(1), exact + self.reach);
        for value in [high, low].into_iter().chain((low + 1..high).rev()) {
            self.table[row][column] = value;
            if self.fill(row, column + 1) {
                return true;
            }
        }
        self.table[row][column] = exact;
        false
    }

    /// Whether no column is beyond its total after this row.
    fn columns_still_fit(&self, row: usize) -> bool {
        let sum = |c: usize| self.table[..=row].iter().map(|row| row[c]).sum::<u64>();
        self.seen.columns.iter().enumerate().all(|(c, seen)| seen.flatten().is_none_or(|most| sum(c) <= most))
    }

    fn agrees(&self) -> bool {
        let columns = self.seen.columns.iter().enumerate();
        let sums = |c: usize| self.table.iter().map(|row| row[c]).sum::<u64>();
        columns.into_iter().all(|(c, seen)| seen.flatten().is_none_or(|shown| shown == sums(c)))
            && self.seen.grand.flatten().is_none_or(|sum| sum == self.table.iter().flatten().sum::<u64>())
    }

    fn note(&mut self) -> bool {
        let now = self.hidden_values();
        for (met, (value, _)) in self.met.iter_mut().zip(now) {
            *met = (met.0.min(value), met.1.max(value));
        }
        self.met.iter().all(|(low, high)| high - low >= self.reach)
    }
}
