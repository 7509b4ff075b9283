//! Tables of shares, means and medians. A share of a known whole is a count, and a mean of known people is their sum: so each leaves only where
//! the counts that it is made of could leave as a table, with their totals.

use ceiba_disclosure::{Counts, Margins, Threshold, release_after};

use super::super::counting::{Divided, Exact};
use super::super::frozen::{Table, Value};
use super::tables::{before, table};
use super::{Counted, behind, guarded};
use crate::{Outcome, ProgrammeError};

/// Lets a table of measures through. `total` is the figure that it divides.
pub(super) fn divided((c, d): (&Counted, &Divided), total: Value, k: Threshold) -> Outcome<Table> {
    let flat: Vec<&Exact> = d.cells.iter().flatten().collect();
    // A share is two counts: the part, and the rest of its whole. Of others only people are counted.
    let shares = flat.iter().any(|e| matches!(e, Exact::Share { .. }));
    let counts: Vec<Vec<u64>> = flat
        .iter()
        .map(|e| match e {
            Exact::Share { part, whole, .. } => vec![*part, whole.saturating_sub(*part)],
            other if shares => vec![behind(other), 0],
            other => vec![behind(other)],
        })
        .collect();
    let rows: Vec<String> = (0..flat.len()).map(|n| n.to_string()).collect();
    let columns: Vec<String> = (0..if shares { 2 } else { 1 }).map(|n: usize| n.to_string()).collect();
    // Many nights of few girls: a table «before» that differs by one makes them go.
    let few = |e: &Exact| matches!(e, Exact::Share { people: Some(n), .. } if k.hides(*n));
    let forced: Vec<Vec<Option<u64>>> = flat
        .iter()
        .zip(&counts)
        .map(|(e, row)| row.iter().map(|n| few(e).then(|| n.saturating_add(1))).collect())
        .collect();
    let forced = before((&rows, &columns), &forced)?;
    let margins = match (d.parts, shares) {
        (true, true) => Margins::Both,
        (true, false) => Margins::Columns,
        (false, true) => Margins::Rows,
        (false, false) => Margins::None,
    };
    let unreadable = |_| ProgrammeError::Unreadable("a table of counts");
    let counts = Counts::new(rows, columns, counts).map_err(unreadable)?;
    let safe = release_after(&counts, margins, k, &[forced]).map_err(unreadable)?;
    let mut totals = safe.column_totals().into_iter().flatten().copied().chain(safe.grand_total());
    let whole_is_told = total.shown().is_some() && totals.all(|cell| !cell.is_hidden());
    let may = |n: usize| {
        let own = safe.cells().get(n).is_some_and(|row| row.iter().all(|cell| !cell.is_hidden()));
        let whole = safe.row_totals().and_then(|all| all.get(n)).is_none_or(|cell| !cell.is_hidden());
        own && whole && (!d.parts || whole_is_told)
    };
    let wide = d.columns.len().max(1);
    let cells = d.cells.iter().enumerate().map(|(row, cells)| {
        let one = |(column, exact): (usize, &Exact)| match exact {
            Exact::Nothing => Value::Nothing,
            exact if may(row * wide + column) => guarded(exact, c.scale, k),
            _ => Value::Hidden,
        };
        cells.iter().enumerate().map(one).collect()
    });
    Ok(table(d, cells.collect()))
}
