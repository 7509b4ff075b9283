//! The tables of a figure. What is hidden in one must not follow from another, nor from the figure.

use ceiba_disclosure::{Cell, Counts, Earlier as EarlierTable, Margins, SafeTable, Threshold, release_after};

use super::super::counting::{Divided, Exact};
use super::super::frozen::{Table, Value};
use super::{Counted, Scale, Shown, measures, natural, open, whole};
use crate::{Outcome, ProgrammeError};

/// All tables of a figure. A crossed one is released first: the rows and columns of its margins are the tables of one dimension.
pub(super) fn tables(c: &Counted, shown: &Shown<'_>, total: Value, k: Threshold) -> Outcome<Vec<Table>> {
    let mut out: Vec<Option<Table>> = c.tables.iter().map(|_| None).collect();
    let mut order: Vec<usize> = (0..c.tables.len()).collect();
    order.sort_by_key(|n| c.tables[*n].columns_by.is_empty());
    let mut margins: Vec<(String, Vec<(String, Cell)>)> = Vec::new();
    for n in order {
        let d = &c.tables[n];
        let known =
            d.columns_by.is_empty().then(|| margins.iter().find(|(by, _)| *by == d.rows_by)).flatten();
        let table = match known {
            Some((_, cells)) if c.people && d.additive => {
                let cell =
                    |row: &String| cells.iter().find(|(r, _)| r == row).map_or(Cell::HIDDEN, |(_, c)| *c);
                table(d, d.rows.iter().map(|r| vec![value(cell(r), c.scale)]).collect())
            }
            _ => divided(c, d, shown, total, k, &mut margins)?,
        };
        if let Some(place) = out.get_mut(n) {
            *place = Some(table);
        }
    }
    Ok(out.into_iter().flatten().collect())
}

fn divided(
    c: &Counted,
    d: &Divided,
    shown: &Shown<'_>,
    total: Value,
    k: Threshold,
    margins: &mut Vec<(String, Vec<(String, Cell)>)>,
) -> Outcome<Table> {
    if !c.people || d.rows.is_empty() {
        return Ok(table(
            d,
            d.cells.iter().map(|row| row.iter().map(|e| open(e, c.scale)).collect()).collect(),
        ));
    }
    if !d.cells.iter().flatten().all(|c| matches!(c, Exact::Number { .. })) {
        return measures::divided((c, d), total, k);
    }
    let number = |e: &Exact| match e {
        Exact::Number { value, .. } => value.unsigned_abs(),
        _ => 0,
    };
    let cells: Vec<Vec<u64>> = d.cells.iter().map(|row| row.iter().map(number).collect()).collect();
    let all = match (d.additive, d.columns_by.is_empty()) {
        (false, _) => Margins::None,
        (true, true) => Margins::Columns,
        (true, false) => Margins::Both,
    };
    // Many nights of few girls: the cell must go although its number is large. A table «before» that differs by one makes it go.
    let few = |e: &Exact| matches!(e, Exact::Number { people, .. } if k.hides(*people));
    let forced: Vec<Vec<Option<u64>>> =
        d.cells.iter().map(|row| row.iter().map(|e| few(e).then(|| number(e) + 1)).collect()).collect();
    let mut earlier = vec![before((&d.rows, &d.columns), &forced)?];
    let same = |t: &&Table| t.rows_by == d.rows_by && t.columns_by == d.columns_by;
    for then in shown.versions.iter().filter(|_| c.unique).filter_map(|f| f.tables.iter().find(same)) {
        let at = |row: &String, column: &String| {
            let (r, c) =
                (then.rows.iter().position(|x| x == row)?, then.columns.iter().position(|x| x == column)?);
            then.cells.get(r)?.get(c)?.shown().map(whole)
        };
        let cells: Vec<Vec<Option<u64>>> =
            d.rows.iter().map(|r| d.columns.iter().map(|c| at(r, c)).collect()).collect();
        earlier.push(before((&d.rows, &d.columns), &cells)?);
    }
    let unreadable = |_| ProgrammeError::Unreadable("a table of counts");
    let counts = Counts::new(d.rows.clone(), d.columns.clone(), cells).map_err(unreadable)?;
    let safe = release_after(&counts, all, k, &earlier).map_err(unreadable)?;
    if d.additive && (total.shown().is_none() || hides_its_total(&safe, d)) {
        // The whole is what a report is for: a table from which it would have to be kept goes instead.
        return Ok(table(d, d.cells.iter().map(|row| vec![Value::Hidden; row.len()]).collect()));
    }
    if let (Some(rows), Some(columns)) =
        (safe.row_totals(), safe.column_totals().filter(|_| all == Margins::Both))
    {
        let named =
            |names: &[String], cells: &[Cell]| names.iter().cloned().zip(cells.iter().copied()).collect();
        margins.push((d.rows_by.clone(), named(safe.rows(), rows)));
        margins.push((d.columns_by.clone(), named(safe.columns(), columns)));
    }
    Ok(table(
        d,
        safe.cells().iter().map(|row| row.iter().map(|cell| value(*cell, c.scale)).collect()).collect(),
    ))
}

fn hides_its_total(safe: &SafeTable, d: &Divided) -> bool {
    let cell = if d.columns_by.is_empty() {
        safe.column_totals().and_then(|c| c.first().copied())
    } else {
        safe.grand_total()
    };
    cell.is_some_and(Cell::is_hidden)
}

/// A table that was shown before, in the shape of one that is released now.
pub(super) fn before(
    (rows, columns): (&[String], &[String]),
    cells: &[Vec<Option<u64>>],
) -> Outcome<EarlierTable> {
    let json = serde_json::json!({
        "rows": rows, "columns": columns, "cells": cells,
        "row_totals": null, "column_totals": null, "grand_total": null, "threshold": 5,
    });
    serde_json::from_value(json).map_err(|_| ProgrammeError::Unreadable("an earlier table"))
}

fn value(cell: Cell, scale: Scale) -> Value {
    cell.shown().map_or(Value::Hidden, |n| scale.shown(natural(n)))
}

pub(super) fn table(d: &Divided, cells: Vec<Vec<Value>>) -> Table {
    Table {
        rows_by: d.rows_by.clone(),
        columns_by: d.columns_by.clone(),
        rows: d.rows.clone(),
        columns: d.columns.clone(),
        cells,
    }
}
