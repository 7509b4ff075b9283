//! A level up before most of a table is hidden: a department is worth more than four hundred municipalities of «oculto».

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::build::Table;
use crate::Threshold;

/// A table that went a level up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Generalised {
    /// The table.
    pub table: String,
    /// The dimension.
    pub dimension: String,
    /// The level it was asked at: how far below all.
    pub from: usize,
    /// The level it left at.
    pub to: usize,
}

/// Raises dimensions while more than half of what a table shows of people would be too small, the one that helps most first.
pub(super) fn raise(table: &mut Table<'_>, threshold: Threshold) -> Vec<Generalised> {
    let asked = table.depth.clone();
    while is_mostly_small(&table.cells, threshold) {
        let can = (0..table.by.len()).filter(|axis| table.depth[*axis] > 1);
        let tried = can.map(|axis| (small(&up(table, axis), threshold), axis));
        // Shares compared as products, so that no rounding decides.
        let better = tried.min_by(|((a, of_a), x), ((b, of_b), y)| (a * of_b, x).cmp(&(b * of_a, y)));
        let Some((_, axis)) = better else { break };
        table.cells = up(table, axis);
        table.depth[axis] -= 1;
        let (dimension, depth) = (table.by[axis].1, table.depth[axis]);
        table.codes[axis] =
            table.codes[axis].iter().map(|n| dimension.at(*n, depth)).collect::<BTreeSet<_>>();
    }
    let axes = (0..table.by.len()).filter(|axis| table.depth[*axis] < asked[*axis]);
    axes.map(|axis| Generalised {
        table: table.name.clone(),
        dimension: table.by[axis].1.name().to_owned(),
        from: asked[axis],
        to: table.depth[axis],
    })
    .collect()
}

fn up(table: &Table<'_>, axis: usize) -> BTreeMap<Vec<usize>, u64> {
    let mut all: BTreeMap<Vec<usize>, u64> = BTreeMap::new();
    for (nodes, people) in &table.cells {
        let mut nodes = nodes.clone();
        nodes[axis] = table.by[axis].1.at(nodes[axis], table.depth[axis] - 1);
        let sum = all.entry(nodes).or_default();
        *sum = sum.saturating_add(*people);
    }
    all
}

/// How many cells are too small, of how many that are not zero.
fn small(cells: &BTreeMap<Vec<usize>, u64>, threshold: Threshold) -> (usize, usize) {
    let small = cells.values().filter(|n| threshold.hides(**n)).count();
    (small, cells.values().filter(|n| **n > 0).count().max(1))
}

fn is_mostly_small(cells: &BTreeMap<Vec<usize>, u64>, threshold: Threshold) -> bool {
    let (small, of) = small(cells, threshold);
    2 * small > of
}
