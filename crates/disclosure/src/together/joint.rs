//! The table of all dimensions at once, of which linked tables are margins. It is never released, but there is one, and its
//! numbers are not negative either: that can say more than margins that agree.

use std::collections::{BTreeMap, BTreeSet};

use super::build::{Built, Table};
use crate::dimension::ALL;

/// The most cells of a joint that is attacked; larger ones are left to margins that agree.
const MOST: usize = 600;

/// Cells of the joint as numbers after those of the release, and what they add up to.
pub(super) struct Joint {
    pub(super) atoms: usize,
    pub(super) sums: Vec<Vec<(usize, i64)>>,
}

/// The joint of a release, when several of its tables are tied and it is small enough.
pub(super) fn of(tables: &[Table<'_>], built: &Built) -> Option<Joint> {
    let tied: Vec<(usize, &Table<'_>)> = tables.iter().enumerate().filter(|(_, t)| t.totals).collect();
    if tied.len() < 2 {
        return None;
    }
    // The finest codes of each dimension that any table has.
    let mut leaves: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (_, table) in &tied {
        for ((axis, _), codes) in table.by.iter().zip(&table.codes) {
            leaves.entry(*axis).or_default().extend(codes);
        }
    }
    for (_, table) in &tied {
        for (own, (axis, _)) in table.by.iter().enumerate() {
            let known = leaves.entry(*axis).or_default();
            let over: BTreeSet<usize> =
                known.iter().flat_map(|n| table.over(own, *n).into_iter().skip(1)).collect();
            known.retain(|n| !over.contains(n));
        }
    }
    let count = leaves.values().try_fold(1usize, |all, codes| all.checked_mul(codes.len()))?;
    if count > MOST {
        return None;
    }
    let mut atoms: Vec<Vec<usize>> = vec![vec![ALL; built.dimensions]];
    for (axis, codes) in &leaves {
        let each = atoms.iter().flat_map(|atom| {
            codes.iter().map(move |code| {
                let mut atom = atom.clone();
                atom[*axis] = *code;
                atom
            })
        });
        atoms = each.collect();
    }
    // Where any table counts nobody there is nobody.
    let cell = |at: usize, table: &Table<'_>, atom: &[usize]| {
        let nodes: Vec<usize> = table
            .by
            .iter()
            .enumerate()
            .map(|(own, (axis, _))| {
                let over = table.over(own, atom[*axis]);
                over.into_iter().find(|n| table.codes[own].contains(n)).unwrap_or(ALL)
            })
            .collect();
        built.places.get(&table.key(at, &nodes, built.dimensions)).copied()
    };
    let mut sums: BTreeMap<(usize, usize), Vec<(usize, i64)>> = BTreeMap::new();
    let mut kept = 0;
    for atom in &atoms {
        let cells: Option<Vec<_>> = tied.iter().map(|(at, t)| Some((*at, cell(*at, t, atom)?))).collect();
        let Some(cells) = cells else { continue };
        for (table, place) in cells {
            sums.entry((table, place))
                .or_insert_with(|| vec![(place, -1)])
                .push((built.values.len() + kept, 1));
        }
        kept += 1;
    }
    Some(Joint { atoms: kept, sums: sums.into_values().collect() })
}
