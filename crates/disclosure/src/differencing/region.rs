//! Whom a number counts, and how several of them overlap.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

/// Whom a number counts: those of some days, and of some codes of some dimensions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Region {
    /// The first day, and the first after the last: days since any fixed one.
    pub days: (i64, i64),
    /// For each dimension that is filtered, the codes that count.
    pub filters: BTreeMap<String, BTreeSet<String>>,
}

impl Region {
    /// Whether everybody in the other is in this one.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.days.0 <= other.days.0
            && other.days.1 <= self.days.1
            && self
                .filters
                .iter()
                .all(|(name, codes)| other.filters.get(name).is_some_and(|theirs| theirs.is_subset(codes)))
    }

    /// Whether anybody could be in both.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.days.0 < other.days.1
            && other.days.0 < self.days.1
            && self
                .filters
                .iter()
                .all(|(name, codes)| other.filters.get(name).is_none_or(|theirs| !theirs.is_disjoint(codes)))
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.days.0, self.days.1)?;
        for (name, codes) in &self.filters {
            let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
            write!(f, ";{name}={}", codes.join("+"))?;
        }
        Ok(())
    }
}

/// The pieces into which regions cut one another: each is in some of them and not in the others.
pub(super) struct Pieces {
    /// For each region its pieces.
    pub(super) of: Vec<BTreeSet<usize>>,
    pub(super) count: usize,
    /// Those of codes that no region names: perhaps there are none such.
    pub(super) others: BTreeSet<usize>,
    /// Groups that somebody might ask for next: each run of days with some of the codes, see [`next`]. Empty when they are too many.
    pub(super) next: Vec<BTreeSet<usize>>,
}

impl Pieces {
    /// The pieces of a region.
    pub(super) fn whole(&self, region: usize) -> BTreeSet<usize> {
        self.of[region].clone()
    }
}

/// Which regions something is in.
type Signature = Vec<bool>;

/// The most groups that are looked at beyond pieces and pairs.
const MOST_NEXT: usize = 600;
/// So many named codes are few: every choice of them is looked at.
const FEW: usize = 4;

/// Cuts: days at each first and last one, dimensions at each code that any region names, with a piece for all the others. Pieces
/// in the same regions are one.
pub(super) fn pieces(regions: &[&Region]) -> Pieces {
    let days: BTreeSet<i64> = regions.iter().flat_map(|r| [r.days.0, r.days.1]).collect();
    let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, codes) in regions.iter().flat_map(|r| &r.filters) {
        names.entry(name).or_default().extend(codes.iter().map(String::as_str));
    }
    let runs: Vec<Signature> = days
        .iter()
        .map(|day| regions.iter().map(|r| r.days.0 <= *day && *day < r.days.1).collect())
        .collect();
    let cuts: Vec<Vec<Signature>> = names
        .into_iter()
        .map(|(name, codes)| {
            let within = |code: &&str| {
                regions.iter().map(|r| r.filters.get(name).is_none_or(|c| c.contains(*code))).collect()
            };
            let others = regions.iter().map(|r| !r.filters.contains_key(name)).collect();
            codes.iter().map(within).chain([others]).collect()
        })
        .collect();
    // The last cut of a dimension is of the codes that nobody names.
    let mut cells: BTreeSet<(Signature, bool)> = runs.iter().map(|run| (run.clone(), false)).collect();
    for each in &cuts {
        let cross = |(s, other): &(Signature, bool)| -> Vec<(Signature, bool)> {
            each.iter().enumerate().map(|(at, c)| (both(s, c), *other || at + 1 == each.len())).collect()
        };
        cells = cells.iter().flat_map(cross).collect();
    }
    cells.retain(|(signature, _)| signature.iter().any(|inside| *inside));
    let named: BTreeSet<&Signature> = cells.iter().filter(|(_, other)| !other).map(|(s, _)| s).collect();
    let signatures: Vec<Signature> =
        cells.iter().map(|(s, _)| s.clone()).collect::<BTreeSet<_>>().into_iter().collect();
    let others = (0..signatures.len()).filter(|at| !named.contains(&signatures[*at])).collect();
    let mut of = vec![BTreeSet::new(); regions.len()];
    for (piece, signature) in signatures.iter().enumerate() {
        for (region, _) in signature.iter().enumerate().filter(|(_, inside)| **inside) {
            of[region].insert(piece);
        }
    }
    Pieces { of, count: signatures.len(), others, next: next(&runs, &cuts, &signatures) }
}

fn both(one: &Signature, other: &Signature) -> Signature {
    one.iter().zip(other).map(|(a, b)| *a && *b).collect()
}

fn next(runs: &[Signature], cuts: &[Vec<Signature>], signatures: &[Signature]) -> Vec<BTreeSet<usize>> {
    // Of the codes of a dimension that were named: any of them when they are few, else each, all but one, or all; the last cut is of the
    // codes that nobody named, and comes alone, with all, or with all but one.
    let parts = |each: &Vec<Signature>| -> Vec<Vec<Signature>> {
        let Some((others, named)) = each.split_last() else { return Vec::new() };
        let but = |out: usize| -> Vec<Signature> {
            (0..named.len()).filter(|at| *at != out).map(|at| named[at].clone()).collect()
        };
        let mut all: Vec<Vec<Signature>> = if named.len() <= FEW {
            let chosen = |mask: u32| named.iter().enumerate().filter(move |(at, _)| mask >> at & 1 == 1);
            (1..1 << named.len()).map(|mask| chosen(mask).map(|(_, s)| s.clone()).collect()).collect()
        } else {
            let one = named.iter().map(|s| vec![s.clone()]);
            one.chain((0..named.len()).map(but)).chain([named.to_vec()]).collect()
        };
        all.extend((0..=named.len()).map(|out| but(out).into_iter().chain([others.clone()]).collect()));
        all.push(vec![others.clone()]);
        all
    };
    let mut boxes: Vec<Vec<Signature>> = Vec::new();
    for first in 0..runs.len() {
        for last in first..runs.len() {
            boxes.push(runs[first..=last].to_vec());
        }
    }
    for each in cuts {
        let parts = parts(each);
        if boxes.len().saturating_mul(parts.len()) > MOST_NEXT {
            return Vec::new();
        }
        let cross = |of: &Vec<Signature>, part: &Vec<Signature>| {
            of.iter().flat_map(|s| part.iter().map(move |c| both(s, c))).collect::<Vec<_>>()
        };
        boxes = boxes.iter().flat_map(|of| parts.iter().map(move |part| cross(of, part))).collect();
    }
    if boxes.len() > MOST_NEXT {
        return Vec::new();
    }
    // What is in no region is nobody's to count.
    let places = |of: Vec<Signature>| -> Option<BTreeSet<usize>> {
        of.iter().map(|s| signatures.binary_search(s).ok()).collect()
    };
    boxes.into_iter().filter_map(places).collect()
}
