//! Tables that passed the gate together.

use std::collections::BTreeMap;

use serde::Serialize;

use super::attack::Attack;
use super::build::{Built, Table};
use super::generalise::Generalised;
use super::system::{State, System};
use crate::dimension::ALL;
use crate::{Cell, Threshold};

/// What stands for all codes of a dimension.
pub const TOTAL: &str = "*";

/// A number of a released table, with what it is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// A code for each dimension; [`TOTAL`] for all.
    pub codes: Vec<String>,
    /// How many people.
    pub count: Cell,
}

/// A table of a release. Only this crate makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SafeCells {
    name: String,
    by: Vec<String>,
    totals: bool,
    /// The codes of each dimension, sorted, at the level at which the table left.
    codes: Vec<Vec<String>>,
    lines: Vec<Line>,
}

/// Tables that left together. Only this crate makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SafeRelease {
    threshold: Threshold,
    tables: Vec<SafeCells>,
    generalised: Vec<Generalised>,
    cells: usize,
    primary: usize,
    complementary: usize,
    attack: Attack,
}

pub(super) fn release(
    tables: &[Table<'_>],
    built: &Built,
    system: &System,
    generalised: Vec<Generalised>,
    attack: Attack,
) -> SafeRelease {
    let of = |state| system.state.iter().filter(|s| **s == state).count();
    SafeRelease {
        threshold: system.threshold,
        tables: tables.iter().enumerate().map(|(at, table)| cells(at, table, built, system)).collect(),
        generalised,
        cells: system.values.len(),
        primary: of(State::Primary),
        complementary: of(State::Complementary),
        attack,
    }
}

fn cells(at: usize, table: &Table<'_>, built: &Built, system: &System) -> SafeCells {
    let code = |axis: usize, node: usize| match node {
        ALL => TOTAL.to_owned(),
        node => table.by[axis].1.codes[node].clone(),
    };
    // Every code of the table, and those over it when totals leave.
    let nodes = |axis: usize| {
        let codes = table.codes[axis].iter();
        let mut all: Vec<usize> = if table.totals {
            codes.flat_map(|n| table.over(axis, *n)).collect()
        } else {
            codes.copied().collect()
        };
        all.sort_unstable();
        all.dedup();
        all
    };
    let mut keys: Vec<Vec<usize>> = vec![vec![]];
    for axis in 0..table.by.len() {
        let nodes = nodes(axis);
        let longer = |key: &Vec<usize>, node: &usize| key.iter().copied().chain([*node]).collect::<Vec<_>>();
        keys = keys.iter().flat_map(|key| nodes.iter().map(move |node| longer(key, node))).collect();
    }
    let lines = keys.into_iter().map(|key| {
        let count = match built.places.get(&table.key(at, &key, built.dimensions)) {
            None => Cell::Shown(0),
            Some(place) if system.state[*place].is_hidden() => Cell::HIDDEN,
            Some(place) => Cell::Shown(system.values[*place]),
        };
        Line { codes: key.iter().enumerate().map(|(axis, node)| code(axis, *node)).collect(), count }
    });
    SafeCells {
        name: table.name.clone(),
        by: table.by.iter().map(|(_, d)| d.name().to_owned()).collect(),
        totals: table.totals,
        codes: (0..table.by.len())
            .map(|axis| table.codes[axis].iter().map(|node| code(axis, *node)).collect())
            .collect(),
        lines: lines.collect(),
    }
}

impl SafeCells {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its dimensions.
    #[must_use]
    pub fn by(&self) -> &[String] {
        &self.by
    }

    /// The codes of a dimension, sorted, without totals.
    #[must_use]
    pub fn codes(&self, axis: usize) -> &[String] {
        self.codes.get(axis).map_or(&[], Vec::as_slice)
    }

    /// Every number, zeros too, sorted; totals first.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// One number; `None` when the table has none such.
    #[must_use]
    pub fn cell(&self, codes: &[&str]) -> Option<Cell> {
        self.lines.iter().find(|line| line.codes == codes).map(|line| line.count)
    }

    /// All of them by their codes, for whoever reads many.
    #[must_use]
    pub fn map(&self) -> BTreeMap<Vec<&str>, Cell> {
        self.lines.iter().map(|l| (l.codes.iter().map(String::as_str).collect(), l.count)).collect()
    }
}

impl SafeRelease {
    /// The threshold that it was released with.
    #[must_use]
    pub const fn threshold(&self) -> Threshold {
        self.threshold
    }

    /// The tables, by name.
    #[must_use]
    pub fn tables(&self) -> &[SafeCells] {
        &self.tables
    }

    /// A table by its name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&SafeCells> {
        self.tables.iter().find(|t| t.name == name)
    }

    /// Which tables went a level up first.
    #[must_use]
    pub fn generalised(&self) -> &[Generalised] {
        &self.generalised
    }

    /// How many different numbers are not zero, how many of them are hidden because they are small, and how many because they
    /// would give others away.
    #[must_use]
    pub const fn counted(&self) -> (usize, usize, usize) {
        (self.cells, self.primary, self.complementary)
    }

    /// What came of the attack on it.
    #[must_use]
    pub const fn attack(&self) -> &Attack {
        &self.attack
    }
}
