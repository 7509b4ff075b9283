//! The one place where numbers of a report become numbers that may leave: [`pass`] gets all figures of a report at once, with what
//! earlier reports showed. Everything else in `results` holds exact numbers and shows none.

use ceiba_disclosure::{
    Cell, Counts, Earlier as EarlierTable, Margins, SafeTable, Threshold, count, median_days, release_after,
    share,
};

use super::counting::{Divided, Exact};
use super::frozen::{Figure, Table, Value};
use crate::{Outcome, ProgrammeError};

/// Changes when the same numbers would leave in another way.
pub const VERSION: u32 = 1;

/// A figure before the gate.
pub(super) struct Counted {
    /// Whether people stand behind it: documents and hours hide nothing.
    pub people: bool,
    /// Whether it counts people once each, so that two reports can be subtracted.
    pub unique: bool,
    /// By how much it is divided to be in its unit.
    pub scale: f64,
    pub value: Exact,
    pub to_date: Exact,
    pub brought: Exact,
    pub tables: Vec<Divided>,
}

/// What was shown before of the same figure.
#[derive(Clone, Default)]
pub(super) struct Shown<'a> {
    /// In the version of the same period that is restated.
    pub restated: Option<&'a Figure>,
    /// In the reports of the periods before and after it.
    pub others: Vec<&'a Figure>,
}

/// A figure after the gate.
#[derive(Debug)]
pub(super) struct Passed {
    pub value: Value,
    pub to_date: Value,
    pub brought: Value,
    pub tables: Vec<Table>,
}

/// Lets a report through: groups of one to k-1 people are hidden, and so much else that none can be computed from what is shown
/// here or was shown before.
pub(super) fn pass(report: &[(Counted, Shown<'_>)], k: Threshold) -> Outcome<Vec<Passed>> {
    report.iter().map(|(counted, shown)| figure(counted, shown, k)).collect()
}

fn figure(c: &Counted, shown: &Shown<'_>, k: Threshold) -> Outcome<Passed> {
    let single = |exact: &Exact| if c.people { guarded(exact, c.scale, k) } else { open(exact, c.scale) };
    let apart = |value: Value, earlier: Option<Value>| {
        let (Some(now), Some(then)) = (value.shown(), earlier.and_then(Value::least)) else { return value };
        if c.unique && c.people && k.hides(whole((now - then).abs())) {
            return if now >= then { Value::AtLeast(then) } else { Value::Hidden };
        }
        value
    };
    let value = match apart(single(&c.value), shown.restated.map(|f| f.value)) {
        // What is counted in a period is no number that only grows.
        Value::AtLeast(_) => Value::Hidden,
        other => other,
    };
    let to_date = shown.others.iter().fold(single(&c.to_date), |value, f| apart(value, Some(f.to_date)));
    let to_date = apart(to_date, shown.restated.map(|f| f.to_date));
    let brought = match (&c.brought, &c.to_date) {
        // The rest would be a small group, known by subtraction.
        (Exact::Number { value: b, .. }, Exact::Number { value: all, .. })
            if c.people && k.hides(all.abs_diff(*b)) =>
        {
            Value::Hidden
        }
        (Exact::Number { .. }, _) => single(&c.brought),
        _ => Value::Nothing,
    };
    let tables = tables(c, shown, value, k)?;
    Ok(Passed { value, to_date, brought, tables })
}

/// A number that people stand behind.
fn guarded(exact: &Exact, scale: f64, k: Threshold) -> Value {
    let enough = |people: u64| count(people, k).shown().is_some();
    match exact {
        Exact::Number { people, .. } | Exact::Mean { people, .. } if !enough(*people) => Value::Hidden,
        Exact::Share { people: Some(people), .. } if !enough(*people) => Value::Hidden,
        Exact::Share { part, whole, people: None } => {
            match share(*part, *whole, k).map(|s| s.percent().shown()) {
                Ok(Some(percent)) => shown(percent),
                _ => Value::Hidden,
            }
        }
        Exact::Median(list) => {
            median_days(list, k).median().shown().map_or(Value::Hidden, |m| shown(m / scale))
        }
        other => open(other, scale),
    }
}

/// A number that hides nobody.
fn open(exact: &Exact, scale: f64) -> Value {
    match exact {
        Exact::Nothing => Value::Nothing,
        Exact::Number { value, .. } => shown(real(*value) / scale),
        Exact::Share { whole: 0, .. } | Exact::Mean { many: 0, .. } => Value::Nothing,
        Exact::Share { part, whole, .. } => shown(100.0 * natural(*part) / natural(*whole)),
        Exact::Mean { sum, many, .. } => shown(real(*sum) / natural(*many) / scale),
        Exact::Median(list) => {
            let mut all: Vec<u32> = list.iter().map(|(_, n)| *n).collect();
            all.sort_unstable();
            let middle = |n: usize| all.get(n).copied().map_or(0.0, f64::from);
            let half = all.len() / 2;
            let median = if all.len() % 2 == 1 {
                middle(half)
            } else {
                f64::midpoint(middle(half.saturating_sub(1)), middle(half))
            };
            if all.is_empty() { Value::Nothing } else { shown(median / scale) }
        }
    }
}

/// With one decimal: what is written must come out the same when it is read.
fn shown(n: f64) -> Value {
    // No minus before a zero.
    Value::Shown((n * 10.0).round() / 10.0 + 0.0)
}

#[expect(clippy::cast_precision_loss, reason = "counts of a programme are fewer than 2^53")]
const fn real(n: i64) -> f64 {
    n as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts of a programme are fewer than 2^53")]
const fn natural(n: u64) -> f64 {
    n as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was made from a count")]
fn whole(n: f64) -> u64 {
    n.max(0.0).round() as u64
}

/// All tables of a figure. A crossed one is released first: the rows and columns of its margins are the tables of one dimension.
fn tables(c: &Counted, shown: &Shown<'_>, total: Value, k: Threshold) -> Outcome<Vec<Table>> {
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
    let counts = d.cells.iter().flatten().all(|c| matches!(c, Exact::Number { .. }));
    if !c.people || !counts || d.rows.is_empty() {
        let single = |e: &Exact| if c.people { guarded(e, c.scale, k) } else { open(e, c.scale) };
        return Ok(table(d, d.cells.iter().map(|row| row.iter().map(single).collect()).collect()));
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
    let mut earlier = vec![before(d, &forced)?];
    if let Some(then) = shown
        .restated
        .filter(|_| c.unique)
        .and_then(|f| f.tables.iter().find(|t| t.rows_by == d.rows_by && t.columns_by == d.columns_by))
    {
        let at = |row: &String, column: &String| {
            let (r, c) =
                (then.rows.iter().position(|x| x == row)?, then.columns.iter().position(|x| x == column)?);
            then.cells.get(r)?.get(c)?.shown().map(whole)
        };
        let cells: Vec<Vec<Option<u64>>> =
            d.rows.iter().map(|r| d.columns.iter().map(|c| at(r, c)).collect()).collect();
        earlier.push(before(d, &cells)?);
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
fn before(d: &Divided, cells: &[Vec<Option<u64>>]) -> Outcome<EarlierTable> {
    let json = serde_json::json!({
        "rows": d.rows, "columns": d.columns, "cells": cells,
        "row_totals": null, "column_totals": null, "grand_total": null, "threshold": 5,
    });
    serde_json::from_value(json).map_err(|_| ProgrammeError::Unreadable("an earlier table"))
}

fn value(cell: Cell, scale: f64) -> Value {
    cell.shown().map_or(Value::Hidden, |n| shown(natural(n) / scale))
}

fn table(d: &Divided, cells: Vec<Vec<Value>>) -> Table {
    Table {
        rows_by: d.rows_by.clone(),
        columns_by: d.columns_by.clone(),
        rows: d.rows.clone(),
        columns: d.columns.clone(),
        cells,
    }
}
