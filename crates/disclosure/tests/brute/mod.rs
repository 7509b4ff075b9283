//! Tries whole-number worlds one by one: it knows neither networks nor linear programs. Worlds are looked for within some people
//! of the true one.

use std::collections::BTreeMap;

use ceiba_disclosure::{Dimension, Exact, SafeRelease, TOTAL};

type Key = Vec<(String, String)>;
type Line = (String, Key);
/// What is true, and what is shown.
type Seen = (u64, Option<u64>);

/// What is true and what is shown, by what a number is of.
pub struct Known {
    numbers: Vec<(Line, u64, Option<u64>)>,
    /// Whole and parts.
    sums: Vec<(usize, Vec<usize>)>,
    k: u64,
}

impl Known {
    pub fn of(safe: &SafeRelease, tables: &[Exact], _: &[Dimension]) -> Self {
        let mut all: BTreeMap<Key, Seen> = BTreeMap::new();
        let mut sums = Vec::new();
        for exact in tables {
            let table = safe.table(&exact.name).expect("released");
            for line in table.lines() {
                let key: Vec<_> = key(table.by(), &line.codes);
                let covered =
                    |codes: &[String]| line.codes.iter().zip(codes).all(|(over, code)| is_over(over, code));
                let value = exact.cells.iter().filter(|(codes, _)| covered(codes)).map(|(_, n)| n).sum();
                let seen = (value, line.count.shown());
                assert_eq!(*all.entry(key).or_insert(seen), seen, "one number, one answer");
            }
            for line in table.lines() {
                for axis in 0..line.codes.len() {
                    let parts: Vec<_> = table
                        .lines()
                        .iter()
                        .filter(|l| {
                            l.codes.iter().enumerate().all(|(n, code)| match n == axis {
                                true => {
                                    parent(code) == Some(line.codes[axis].as_str())
                                        || (line.codes[axis] == TOTAL && is_top(code))
                                }
                                false => *code == line.codes[n],
                            })
                        })
                        .map(|l| key(table.by(), &l.codes))
                        .collect();
                    if !parts.is_empty() {
                        sums.push((key(table.by(), &line.codes), parts));
                    }
                }
            }
        }
        let places: Vec<_> = all.keys().cloned().collect();
        let at = |k: &Key| places.binary_search(k).expect("there");
        let sums = sums.iter().map(|(w, parts)| (at(w), parts.iter().map(at).collect())).collect();
        let numbers = all.into_iter().map(|(k, (n, seen))| ((String::new(), k), n, seen)).collect();
        Self { numbers, sums, k: safe.threshold().k() }
    }

    /// The same with everything hidden but zeros.
    pub fn all_hidden(&self) -> Self {
        let hide = |(line, n, _): &(Line, u64, Option<u64>)| (line.clone(), *n, (*n == 0).then_some(0));
        Self { numbers: self.numbers.iter().map(hide).collect(), sums: self.sums.clone(), k: self.k }
    }

    pub fn each(&self) -> impl Iterator<Item = (&Line, u64, Option<u64>)> {
        self.numbers.iter().map(|(line, n, seen)| (line, *n, *seen))
    }
}

fn key(by: &[String], codes: &[String]) -> Vec<(String, String)> {
    let mut key: Vec<_> = by.iter().cloned().zip(codes.iter().cloned()).filter(|(_, c)| c != TOTAL).collect();
    key.sort();
    key
}

/// The test's own hierarchy: `m0` and `m1` under `d0`, `m2` and `m3` under `d1`.
fn parent(code: &str) -> Option<&str> {
    match code {
        "m0" | "m1" => Some("d0"),
        "m2" | "m3" => Some("d1"),
        _ => None,
    }
}

fn is_top(code: &str) -> bool {
    code != TOTAL && parent(code).is_none()
}

fn is_over(over: &str, code: &str) -> bool {
    over == TOTAL || over == code || parent(code) == Some(over)
}

/// How far apart the possible values lie, counted up to `enough`: of all hidden numbers, or of the small ones for somebody who is
/// told why each is hidden.
pub fn spreads(known: &Known, enough: u64, told: bool) -> Vec<(Line, u64)> {
    let bounds = |n: usize| {
        let value = known.numbers[n].1;
        let near = (value.saturating_sub(enough), value + enough);
        match (told, value < known.k) {
            (false, _) => (near.0.max(1), near.1),
            (true, true) => (near.0.max(1), near.1.min(known.k - 1)),
            (true, false) => (near.0.max(known.k), near.1),
        }
    };
    let hidden = (0..known.numbers.len()).filter(|n| known.numbers[*n].2.is_none());
    let targets = hidden.filter(|n| !told || known.numbers[*n].1 < known.k);
    targets
        .map(|target| {
            let (low, high) = bounds(target);
            let possible: Vec<u64> = (low..=high)
                .filter(|value| {
                    let mut world: Vec<(u64, u64)> = (0..known.numbers.len())
                        .map(|n| known.numbers[n].2.map_or_else(|| bounds(n), |v| (v, v)))
                        .collect();
                    world[target] = (*value, *value);
                    exists(known, &mut world)
                })
                .collect();
            let width = possible.last().zip(possible.first()).map_or(0, |(high, low)| high - low);
            (known.numbers[target].0.clone(), width)
        })
        .collect()
}

/// Whether any world lies within the bounds: narrows them, then tries the values of the narrowest number.
fn exists(known: &Known, world: &mut [(u64, u64)]) -> bool {
    loop {
        let before = world.to_vec();
        for (whole, parts) in &known.sums {
            let low: u64 = parts.iter().map(|p| world[*p].0).sum();
            let high: u64 = parts.iter().map(|p| world[*p].1).sum();
            let of = (world[*whole].0.max(low), world[*whole].1.min(high));
            if of.0 > of.1 {
                return false;
            }
            world[*whole] = of;
            for part in parts {
                let (others_low, others_high) = (low - world[*part].0, high - world[*part].1);
                if of.1 < others_low {
                    return false;
                }
                // Bounds of this turn stay true however much narrower the others become.
                let narrower = (
                    world[*part].0.max(of.0.saturating_sub(others_high)),
                    world[*part].1.min(of.1 - others_low),
                );
                if narrower.0 > narrower.1 {
                    return false;
                }
                if narrower != world[*part] {
                    world[*part] = narrower;
                    break;
                }
            }
        }
        if before == world {
            break;
        }
    }
    let open =
        (0..world.len()).filter(|n| world[*n].0 < world[*n].1).min_by_key(|n| world[*n].1 - world[*n].0);
    let Some(open) = open else {
        return known
            .sums
            .iter()
            .all(|(w, parts)| world[*w].0 == parts.iter().map(|p| world[*p].0).sum::<u64>());
    };
    let (low, high) = world[open];
    (low..=high).any(|value| {
        let mut tried = world.to_vec();
        tried[open] = (value, value);
        exists(known, &mut tried)
    })
}
