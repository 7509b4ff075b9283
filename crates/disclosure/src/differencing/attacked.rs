//! The attack over the pieces into which the regions of a family cut one another.

use std::collections::{BTreeMap, BTreeSet};

use super::family::Family;
use super::region::Pieces;
use crate::Threshold;
use crate::together::attack::{Found, Published, Target, agrees, exposed};

/// What is known, what adds up to what, and the number of the first piece.
type Attacked = (Vec<Published>, Vec<Vec<(usize, i64)>>, usize);

/// A family with the pieces into which its regions cut one another.
pub(super) struct Pieced<'a> {
    family: &'a Family<'a>,
    pieces: &'a Pieces,
    adds_up: bool,
    threshold: Threshold,
    /// Whether the attacker takes it that there are no codes but those that were named. He knows the list of sites.
    closed: bool,
}

impl<'a> Pieced<'a> {
    pub(super) const fn of(
        family: &'a Family<'a>,
        pieces: &'a Pieces,
        (adds_up, threshold): (bool, Threshold),
    ) -> Self {
        Self { family, pieces, adds_up, threshold, closed: false }
    }

    pub(super) fn agrees(&self) -> bool {
        let (published, sums, _) = self.system(Published::Between(0, None));
        agrees(&published, &sums)
    }

    pub(super) fn gives_away(&self, people: u64) -> bool {
        let new = Published::Shown(people);
        let agree = |of: &Self| {
            let (published, sums, _) = of.system(new);
            agrees(&published, &sums)
        };
        let closed = Self { closed: true, ..*self };
        let tries = !self.pieces.others.is_empty() && self.adds_up && agree(&closed);
        !agree(self) || !self.bad(new).is_empty() || tries && !closed.bad(new).is_empty()
    }

    /// What is known of the regions, and what their pieces add up to; then the number of the first piece.
    fn system(&self, new: Published) -> Attacked {
        let of = |n: &Option<u64>| n.map_or(Published::Between(0, None), Published::Shown);
        let mut published: Vec<Published> =
            std::iter::once(new).chain(self.family.shown[1..].iter().map(of)).collect();
        let (regions, mut sums) = (published.len(), Vec::new());
        if self.adds_up {
            let nobody = |piece: usize| self.closed && self.pieces.others.contains(&piece);
            let piece = |at| if nobody(at) { Published::Shown(0) } else { Published::Between(0, None) };
            published.extend((0..self.pieces.count).map(piece));
            for at in 0..regions {
                sums.push(sum(at, &self.pieces.whole(at), regions));
            }
            return (published, sums, regions);
        }
        // People in the whole who are not in the part are people. Nothing is known of overlaps.
        for whole in 0..regions {
            for part in (0..regions).filter(|part| *part != whole) {
                if self.is_part(part, whole) {
                    published.push(Published::Between(0, None));
                    sums.push(vec![(whole, -1), (part, 1), (published.len() - 1, 1)]);
                }
            }
        }
        (published, sums, regions)
    }

    fn is_part(&self, part: usize, whole: usize) -> bool {
        let (all, some) = (&self.pieces.of[whole], &self.pieces.of[part]);
        some.len() < all.len() && some.is_subset(all)
    }

    /// Which groups of people, as sets of pieces, can be counted to within less than the spread and may be small.
    fn bad(&self, new: Published) -> BTreeSet<BTreeSet<usize>> {
        let (published, sums, first) = self.system(new);
        // A group, and the numbers that add up to it.
        let mut groups: BTreeMap<BTreeSet<usize>, Vec<usize>> = BTreeMap::new();
        for (at, seen) in published[..first].iter().enumerate() {
            if !matches!(seen, Published::Shown(_)) {
                groups.insert(self.pieces.whole(at), vec![at]);
            }
        }
        if self.adds_up {
            for group in self.between(&published[..first]) {
                let numbers = group.iter().map(|piece| first + piece).collect();
                groups.entry(group).or_insert(numbers);
            }
        } else {
            for sum in &sums {
                if let [(whole, _), (part, _), (rest, _)] = sum[..] {
                    let group = self.pieces.of[whole].difference(&self.pieces.of[part]).copied().collect();
                    groups.entry(group).or_insert_with(|| vec![rest]);
                }
            }
        }
        let spread = self.threshold.spread();
        let targets: Vec<Target> = groups.values().map(|numbers| (numbers.clone(), spread)).collect();
        #[expect(clippy::cast_precision_loss, reason = "a threshold is a small number")]
        let k = self.threshold.k() as f64;
        let small = |found: &&Found| found.range.is_none_or(|(low, high)| high >= 0.5 && low < k - 0.5);
        let found = exposed(&published, &sums, &targets, false);
        let found: BTreeSet<usize> = found.iter().filter(small).map(|f| f.target).collect();
        groups.into_keys().enumerate().filter(|(at, _)| found.contains(at)).map(|(_, group)| group).collect()
    }

    /// What lies between the new region and each other one, and between any two when they are few: overlap and both rests; and each
    /// piece; unless what is shown says at once that it is nobody, or many.
    fn between(&self, shown: &[Published]) -> BTreeSet<BTreeSet<usize>> {
        let people = |at: usize| match shown[at] {
            Published::Shown(people) => Some(people),
            Published::Between(..) => None,
        };
        let many = |one: Option<u64>, other: Option<u64>| match (one, other) {
            (Some(one), Some(other)) => one.saturating_sub(other) >= self.threshold.k(),
            _ => false,
        };
        // Each piece: whoever asks often enough cuts until a piece is one group.
        let mut all: BTreeSet<BTreeSet<usize>> =
            (0..self.pieces.count).map(|piece| BTreeSet::from([piece])).collect();
        all.extend(self.pieces.next.iter().cloned());
        let firsts = if shown.len() <= 12 { shown.len() } else { 1 };
        for one in 0..firsts {
            for other in one + 1..shown.len() {
                let (a, b) = (&self.pieces.of[one], &self.pieces.of[other]);
                let (n, m) = (people(one), people(other));
                all.insert(a.intersection(b).copied().collect::<BTreeSet<_>>());
                if !many(n, m) {
                    all.insert(a.difference(b).copied().collect());
                }
                if !many(m, n) {
                    all.insert(b.difference(a).copied().collect());
                }
            }
        }
        let nobody: BTreeSet<usize> = (0..shown.len())
            .filter(|at| people(*at) == Some(0))
            .flat_map(|at| self.pieces.of[at].iter().copied())
            .collect();
        let large = |group: &BTreeSet<usize>| {
            (0..shown.len()).any(|at| many(people(at), Some(0)) && self.pieces.of[at].is_subset(group))
        };
        all.retain(|group| !group.is_subset(&nobody) && !large(group));
        all
    }
}

/// A number as what its pieces add up to.
fn sum(whole: usize, parts: &BTreeSet<usize>, first: usize) -> Vec<(usize, i64)> {
    std::iter::once((whole, -1)).chain(parts.iter().map(|part| (first + part, 1))).collect()
}
