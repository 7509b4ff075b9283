//! From tables to numbers and equations.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ask, Key, Places};
use crate::dimension::ALL;
use crate::{Dimension, DisclosureError};

/// The most numbers of a release that are not zero, totals included.
const MOST: usize = 20_000;

/// A table in places of dimensions.
pub(super) struct Table<'a> {
    pub(super) name: String,
    /// The dimensions, and where each stands among all.
    pub(super) by: Vec<(usize, &'a Dimension)>,
    /// The level of each dimension: how far below all.
    pub(super) depth: Vec<usize>,
    /// The codes of each dimension that stand in it, zeros too.
    pub(super) codes: Vec<BTreeSet<usize>>,
    pub(super) cells: BTreeMap<Vec<usize>, u64>,
    pub(super) totals: bool,
}

/// Reads the tables, in the order of their names.
pub(super) fn tables<'a>(ask: &Ask<'a>) -> Result<Vec<Table<'a>>, DisclosureError> {
    let mut dimensions: Vec<&Dimension> = ask.dimensions.iter().collect();
    dimensions.sort_by(|a, b| a.name.cmp(&b.name));
    crate::counts::unique(&dimensions.iter().map(|d| d.name.clone()).collect::<Vec<_>>())?;
    let mut exact: Vec<_> = ask.tables.iter().collect();
    exact.sort_by(|a, b| a.name.cmp(&b.name));
    crate::counts::unique(&exact.iter().map(|t| t.name.clone()).collect::<Vec<_>>())?;
    exact.into_iter().map(|table| read(table, &dimensions)).collect()
}

fn read<'a>(exact: &super::Exact, dimensions: &[&'a Dimension]) -> Result<Table<'a>, DisclosureError> {
    crate::counts::unique(&exact.by)?;
    let mut by = Vec::new();
    for name in &exact.by {
        let at = dimensions.iter().position(|d| d.name == *name);
        let at = at.ok_or_else(|| DisclosureError::Unknown(name.clone()))?;
        by.push((at, dimensions[at]));
    }
    let mut codes = vec![BTreeSet::new(); by.len()];
    let mut cells: BTreeMap<Vec<usize>, u64> = BTreeMap::new();
    for (named, people) in &exact.cells {
        if named.len() != by.len() {
            return Err(DisclosureError::Shape);
        }
        let mut key = Vec::new();
        for ((code, (_, dimension)), known) in named.iter().zip(&by).zip(&mut codes) {
            let node = dimension.place(code).ok_or_else(|| DisclosureError::Unknown(code.clone()))?;
            known.insert(node);
            key.push(node);
        }
        match cells.insert(key, *people) {
            None => {}
            Some(_) => return Err(DisclosureError::DuplicateCode(named.join(", "))),
        }
    }
    for (known, (_, dimension)) in codes.iter().zip(&by) {
        for node in known {
            let mut over = dimension.above[*node];
            while over != ALL {
                if known.contains(&over) {
                    return Err(DisclosureError::Mixed(dimension.codes[over].clone()));
                }
                over = dimension.above[over];
            }
        }
    }
    let depth = codes.iter().zip(&by).map(|(known, (_, d))| known.iter().map(|n| d.depth[*n]).max());
    let depth = depth.map(Option::unwrap_or_default).collect();
    Ok(Table { name: exact.name.clone(), by, depth, codes, cells, totals: exact.totals })
}

impl Table<'_> {
    /// The nodes over a node, itself first, all of them last.
    pub(super) fn over(&self, axis: usize, node: usize) -> Vec<usize> {
        let mut all = vec![node];
        let mut at = node;
        while at != ALL {
            at = self.by[axis].1.above[at];
            all.push(at);
        }
        all
    }

    /// Every number of the table that is not zero, totals included.
    fn sums(&self) -> Result<BTreeMap<Vec<usize>, u64>, DisclosureError> {
        let mut all = self.cells.clone();
        if self.totals {
            for axis in 0..self.by.len() {
                let mut more = all.clone();
                for (key, people) in &all {
                    for over in self.over(axis, key[axis]).into_iter().skip(1) {
                        let mut key = key.clone();
                        key[axis] = over;
                        let sum = more.entry(key).or_default();
                        *sum = sum.checked_add(*people).ok_or(DisclosureError::Overflow)?;
                    }
                }
                all = more;
                if all.len() > MOST {
                    return Err(DisclosureError::TooLarge { most: MOST });
                }
            }
        }
        all.retain(|_, people| *people > 0);
        Ok(all)
    }

    /// What a number of the table is of, among all dimensions.
    pub(super) fn key(&self, at: usize, nodes: &[usize], dimensions: usize) -> Key {
        let mut key = vec![ALL; dimensions];
        for ((axis, _), node) in self.by.iter().zip(nodes) {
            key[*axis] = *node;
        }
        ((!self.totals).then_some(at), key)
    }
}

/// Numbers and equations of a release.
pub(super) struct Built {
    pub(super) places: Places,
    pub(super) values: Vec<u64>,
    pub(super) sums: Vec<Vec<(usize, i64)>>,
    pub(super) dimensions: usize,
}

impl Built {
    pub(super) fn of(tables: &[Table<'_>], dimensions: usize) -> Result<Self, DisclosureError> {
        let each = tables.iter().map(Table::sums).collect::<Result<Vec<_>, _>>()?;
        let mut people: BTreeMap<Key, u64> = BTreeMap::new();
        for (at, (table, sums)) in tables.iter().zip(&each).enumerate() {
            for (nodes, n) in sums {
                people.insert(table.key(at, nodes, dimensions), *n);
            }
        }
        agree(tables, &each, &people)?;
        if people.len() > MOST {
            return Err(DisclosureError::TooLarge { most: MOST });
        }
        let places: Places = people.keys().cloned().enumerate().map(|(at, key)| (key, at)).collect();
        let mut sums = BTreeSet::new();
        for (at, (table, numbers)) in tables.iter().zip(&each).enumerate().filter(|(_, (t, _))| t.totals) {
            let mut parts: BTreeMap<(Vec<usize>, usize), Vec<usize>> = BTreeMap::new();
            for nodes in numbers.keys() {
                for axis in (0..nodes.len()).filter(|axis| nodes[*axis] != ALL) {
                    let mut whole = nodes.clone();
                    whole[axis] = table.by[axis].1.above[nodes[axis]];
                    let place = places[&table.key(at, nodes, dimensions)];
                    parts.entry((whole, axis)).or_default().push(place);
                }
            }
            for ((whole, _), mut parts) in parts {
                parts.sort_unstable();
                let whole = places[&table.key(at, &whole, dimensions)];
                let sum = std::iter::once((whole, -1)).chain(parts.into_iter().map(|p| (p, 1)));
                sums.insert(sum.collect::<Vec<(usize, i64)>>());
            }
        }
        let values = people.into_values().collect();
        Ok(Self { places, values, sums: sums.into_iter().collect(), dimensions })
    }
}

/// Whether tables that count the same thing count it alike, zeros too.
fn agree(
    tables: &[Table<'_>],
    each: &[BTreeMap<Vec<usize>, u64>],
    people: &BTreeMap<Key, u64>,
) -> Result<(), DisclosureError> {
    for ((_, key), n) in people.iter().filter(|((apart, _), _)| apart.is_none()) {
        for (table, numbers) in tables.iter().zip(each).filter(|(t, _)| t.totals) {
            let nodes: Vec<usize> = table.by.iter().map(|(axis, _)| key[*axis]).collect();
            let mentioned = key.iter().filter(|node| **node != ALL).count();
            let its_own = nodes.iter().filter(|node| **node != ALL).count();
            // What is finer than the table, or of another dimension, is not its to count.
            let finer = nodes.iter().enumerate().any(|(axis, node)| {
                table.over(axis, *node).iter().skip(1).any(|over| table.codes[axis].contains(over))
            });
            if mentioned == its_own && !finer && numbers.get(&nodes).copied().unwrap_or(0) != *n {
                return Err(DisclosureError::Disagree(table.name.clone()));
            }
        }
    }
    Ok(())
}
