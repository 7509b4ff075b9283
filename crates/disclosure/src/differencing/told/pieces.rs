//! The pieces into which measures cut facts: those that are part of the same measures.

use std::collections::{BTreeMap, BTreeSet};

use crate::Threshold;

/// So many small pieces are looked at two by two.
const PAIRED: usize = 24;

/// Facts of the same measures, and whose they are.
pub(super) struct Pieces {
    /// Of each piece its people, in order; of k or more some k of them: never more are asked for.
    who: Vec<Vec<u32>>,
    /// Of each measure which pieces are part of it, 64 in a word.
    of: Vec<Vec<u64>>,
    /// Pieces that are of fewer than k people.
    small: Vec<usize>,
    pub threshold: Threshold,
}

impl Pieces {
    pub(super) fn of<'a>(
        facts: impl Iterator<Item = (u32, &'a [usize])>,
        many: usize,
        threshold: Threshold,
    ) -> Self {
        let enough = usize::try_from(threshold.k()).unwrap_or(usize::MAX);
        let mut all: BTreeMap<Vec<usize>, Vec<u32>> = BTreeMap::new();
        for (who, of) in facts {
            let mut of: Vec<usize> = of.iter().copied().filter(|measure| *measure < many).collect();
            of.sort_unstable();
            of.dedup();
            if !of.is_empty() {
                let people = all.entry(of).or_default();
                if people.len() < enough {
                    join(people, &[who]);
                }
            }
        }
        let mut of = vec![vec![0; all.len().div_ceil(64)]; many];
        for (at, measures) in all.keys().enumerate() {
            measures.iter().for_each(|measure| of[*measure][at / 64] |= 1 << (at % 64));
        }
        let who: Vec<Vec<u32>> = all.into_values().collect();
        let small = (0..who.len()).filter(|at| who[*at].len() < enough).collect();
        Self { who, of, small, threshold }
    }

    /// How many there are.
    pub(super) fn many(&self) -> usize {
        self.who.len()
    }

    /// What a measure adds up.
    pub(super) fn row(&self, measure: usize) -> Vec<u32> {
        (0..self.many()).map(|at| u32::from(self.is_of(at, measure))).collect()
    }

    fn is_of(&self, at: usize, measure: usize) -> bool {
        self.of[measure][at / 64] >> (at % 64) & 1 == 1
    }

    /// How many people a measure is of; no more than k are counted.
    pub(super) fn people(&self, measure: usize) -> u64 {
        self.people_of(self.of[measure].iter().copied())
    }

    /// How many people the facts are of that only one of two measures has; no more than k are counted.
    pub(super) fn between(&self, one: usize, other: usize) -> u64 {
        self.people_of(self.of[one].iter().zip(&self.of[other]).map(|(a, b)| a ^ b))
    }

    fn people_of(&self, pieces: impl Iterator<Item = u64>) -> u64 {
        let mut found = Vec::new();
        for (n, mut word) in pieces.enumerate() {
            while word != 0 {
                join(&mut found, &self.who[n * 64 + word.trailing_zeros() as usize]);
                if found.len() as u64 >= self.threshold.k() {
                    return self.threshold.k();
                }
                word &= word - 1;
            }
        }
        found.len() as u64
    }

    /// Cuts further, by whether pieces are a part of a measure: those that no measure tells from one another have the same number.
    pub(super) fn cut(&self, cut: &mut [usize], measure: usize) {
        let mut known = vec![[None; 2]; cut.len()];
        let mut next = 0;
        for (at, part) in cut.iter_mut().enumerate() {
            *part = *known[*part][usize::from(self.is_of(at, measure))].get_or_insert_with(|| {
                next += 1;
                next - 1
            });
        }
    }

    /// Sets of pieces that are of 1 to k-1 people: those of each small piece into which measures cut, and of each two that are still
    /// few together, with every other piece that is of nobody else. Of many only those of which something could be told: a piece is
    /// among them that a row has `alone`.
    pub(super) fn few(&self, cut: &[usize], alone: impl Iterator<Item = usize>) -> Vec<Vec<usize>> {
        let hides = |who: &[u32]| self.threshold.hides(who.len() as u64);
        let mut parts: Vec<Vec<u32>> = vec![Vec::new(); cut.len()];
        for (who, at) in self.who.iter().zip(cut) {
            let part = &mut parts[*at];
            if (part.len() as u64) < self.threshold.k() {
                join(part, who);
            }
        }
        let mut people: BTreeSet<Vec<u32>> = parts.into_iter().filter(|who| hides(who)).collect();
        if people.len() <= PAIRED {
            let small: Vec<Vec<u32>> = people.iter().cloned().collect();
            for (n, one) in small.iter().enumerate() {
                for other in &small[n + 1..] {
                    let mut both = one.clone();
                    join(&mut both, other);
                    if hides(&both) {
                        people.insert(both);
                    }
                }
            }
        } else {
            let alone: BTreeSet<&[u32]> =
                alone.map(|at| self.who[at].as_slice()).filter(|who| hides(who)).collect();
            people.retain(|who| alone.iter().any(|one| is_within(one, who)));
        }
        let mut holds: BTreeMap<u32, Vec<usize>> =
            people.iter().flatten().map(|one| (*one, Vec::new())).collect();
        for at in &self.small {
            for one in &self.who[*at] {
                if let Some(of) = holds.get_mut(one) {
                    of.push(*at);
                }
            }
        }
        let within = |who: &Vec<u32>| -> Vec<usize> {
            let near: BTreeSet<usize> =
                who.iter().flat_map(|one| holds.get(one).into_iter().flatten()).copied().collect();
            near.into_iter().filter(|at| is_within(&self.who[*at], who)).collect()
        };
        people.iter().map(within).collect()
    }
}

/// Adds some people to others, in order.
fn join(to: &mut Vec<u32>, some: &[u32]) {
    for who in some {
        if let Err(at) = to.binary_search(who) {
            to.insert(at, *who);
        }
    }
}

/// Whether some are all among others; both are in order.
fn is_within(some: &[u32], others: &[u32]) -> bool {
    some.len() <= others.len() && some.iter().all(|who| others.binary_search(who).is_ok())
}
