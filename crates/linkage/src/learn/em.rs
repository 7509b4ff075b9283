//! Shares of agreement without labels: EM over four kinds of pairs.
//!
//! Fellegi and Sunter (1969) with conditionally independent facts tell two kinds of pairs apart; inside blocks
//! that collapses, since what is common there is not chance but kinship and namesakes. So there are four:
//! *one person*, *one family* (surnames, mother, place, phone and nation agree as within a family, everything
//! else by chance), *namesakes* (names agree, everything else by chance) and *chance*. What happens by chance is
//! counted on random pairs and stays fixed; surnames with mother are one fact.

use super::start::ONE_PERSON;
use crate::levels::{FACTS, NAMES, fact};

/// How many pairs of one person the starting shares count as.
const PRIOR: f64 = 200.0;
const MOST: usize = 200;
const ENOUGH: f64 = 1e-4;
/// And the share of one person may change by no more than this part of itself.
const SETTLED: f64 = 1e-3;
const KINDS: usize = 4;
/// Surnames with mother: their levels multiplied.
const FAMILY: usize = 14 * 7;

/// Shares of levels by fact; surnames hold the family, mother is empty.
pub(crate) type Shares = Vec<Vec<f64>>;

/// What EM found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Shares among pairs of one person.
    pub(crate) one_person: Shares,
    /// Shares among random pairs.
    pub(crate) chance: Shares,
    /// Shares of the kinds among the pairs given.
    pub(crate) kinds: [f64; KINDS],
    logs: [Shares; KINDS],
    pub(crate) iterations: usize,
    pub(crate) converged: bool,
}

/// Levels with how many pairs have them.
pub(crate) type Counted = ([u8; FACTS], f64);

fn sizes() -> impl Iterator<Item = usize> {
    (0..FACTS).map(|f| match f {
        fact::SURNAMES => FAMILY,
        fact::MOTHER => 0,
        _ => NAMES[f].1.len(),
    })
}

/// The cell of a fact; `None` when it is unknown.
fn cell(levels: &[u8; FACTS], f: usize) -> Option<usize> {
    match f {
        fact::MOTHER => None,
        fact::SURNAMES => {
            let both = usize::from(levels[f]) * 7 + usize::from(levels[fact::MOTHER]);
            (both > 0).then_some(both)
        }
        _ => (levels[f] > 0).then_some(usize::from(levels[f])),
    }
}

/// The starting shares, and what counts as one pair in them.
fn prior() -> Shares {
    let normal = |shares: &[f64]| {
        let all: f64 = shares.iter().sum();
        shares.iter().map(|s| s / all).collect::<Vec<f64>>()
    };
    let (surnames, mother) = (normal(ONE_PERSON[fact::SURNAMES]), normal(ONE_PERSON[fact::MOTHER]));
    sizes()
        .enumerate()
        .map(|(f, size)| match f {
            fact::SURNAMES => (0..FAMILY)
                .map(|both| match (both / 7, both % 7) {
                    (0, 0) => 0.0,
                    (0, m) => mother[m - 1] * 0.02,
                    (s, 0) => surnames[s - 1] * 0.7,
                    (s, m) => surnames[s - 1] * mother[m - 1] * 0.3,
                })
                .collect(),
            _ => (0..size).map(|l| if l == 0 { 0.0 } else { normal(ONE_PERSON[f])[l - 1] }).collect(),
        })
        .collect()
}

/// Shares of levels, each a little above zero.
fn shares(weighted: &[Counted], weight: impl Fn(usize) -> f64, prior: &Shares, strength: f64) -> Shares {
    let mut counts: Shares = prior.iter().map(|p| p.iter().map(|x| x * strength).collect()).collect();
    for (n, (levels, count)) in weighted.iter().enumerate() {
        let weight = count * weight(n);
        for (f, counts) in counts.iter_mut().enumerate() {
            if let Some(cell) = cell(levels, f) {
                counts[cell] += weight;
            }
        }
    }
    for counts in &mut counts {
        let all: f64 = counts.iter().skip(1).map(|c| c + 1e-3).sum();
        counts.iter_mut().skip(1).for_each(|c| *c = (*c + 1e-3) / all);
    }
    counts
}

/// Runs EM over pairs that blocking found, with the levels of random pairs.
pub(crate) fn run(pairs: &[Counted], random: &[Counted]) -> Found {
    let prior = prior();
    let none: Shares = prior.iter().map(|p| vec![0.0; p.len()]).collect();
    let chance = shares(random, |_| 1.0, &none, 0.0);
    let start = shares(&[], |_| 0.0, &prior, PRIOR);
    let mut kinds = [0.1, 0.1, 0.2, 0.6];
    let mut all = [start.clone(), start.clone(), start, chance.clone()];
    all.iter_mut().enumerate().for_each(|(kind, shares)| fix(shares, &chance, kind));
    let total: f64 = pairs.iter().map(|p| p.1).sum::<f64>().max(1.0);
    let (mut iterations, mut converged) = (0, false);
    while iterations < MOST && !converged {
        iterations += 1;
        let logs = all.each_ref().map(logs);
        let posterior: Vec<[f64; KINDS]> =
            pairs.iter().map(|(levels, _)| split(levels, &logs, &kinds)).collect();
        let before = kinds;
        for kind in 0..KINDS {
            let of = |n: usize| posterior[n][kind];
            kinds[kind] = pairs.iter().enumerate().map(|(n, p)| p.1 * of(n)).sum::<f64>() / total;
            if kind < 3 {
                all[kind] = shares(pairs, of, &prior, PRIOR);
                fix(&mut all[kind], &chance, kind);
            }
        }
        converged = kinds.iter().zip(&before).all(|(k, b)| (k - b).abs() < ENOUGH)
            && (kinds[0] - before[0]).abs() < kinds[0] * SETTLED;
    }
    Found { one_person: all[0].clone(), chance, kinds, logs: all.each_ref().map(logs), iterations, converged }
}

fn logs(shares: &Shares) -> Shares {
    shares.iter().map(|s| s.iter().map(|x| x.max(1e-300).ln()).collect()).collect()
}

/// Sets what a kind has by chance.
fn fix(shares: &mut Shares, chance: &Shares, kind: usize) {
    let free: &[usize] = match kind {
        0 => return,
        1 => &[fact::SURNAMES, fact::PLACE, fact::PHONE, fact::NATION],
        2 => &[fact::GIVEN, fact::SURNAMES],
        _ => &[],
    };
    for f in (0..FACTS).filter(|f| !free.contains(f)) {
        shares[f].clone_from(&chance[f]);
    }
}

/// The probability of each kind for a pair.
fn split(levels: &[u8; FACTS], logs_of: &[Shares; KINDS], kinds: &[f64; KINDS]) -> [f64; KINDS] {
    let mut logs = [0.0; KINDS];
    for (kind, log) in logs.iter_mut().enumerate() {
        *log = kinds[kind].max(1e-12).ln();
        for (f, logs) in logs_of[kind].iter().enumerate() {
            if let Some(cell) = cell(levels, f) {
                *log += logs[cell];
            }
        }
    }
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let parts = logs.map(|l| (l - most).exp());
    let all: f64 = parts.iter().sum();
    parts.map(|p| p / all)
}

impl Found {
    /// The probability that a pair is of one person; `without` leaves a fact out.
    pub(crate) fn one_person(&self, levels: &[u8; FACTS], without: usize) -> f64 {
        let mut levels = *levels;
        levels[without] = 0;
        split(&levels, &self.logs, &self.kinds)[0]
    }

    /// What is wrong with it, if anything: not converged, or levels of agreement that speak against one person.
    pub(crate) fn doubts(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        if !self.converged {
            doubts.push(format!("EM did not converge in {} iterations", self.iterations));
        }
        for f in [fact::GIVEN, fact::BIRTH, fact::SEX, fact::PLACE, fact::PHONE, fact::DOCUMENT] {
            let (m, u) = (self.one_person[f][1], self.chance[f][1]);
            if m <= u {
                doubts.push(format!(
                    "{}: «{}» is not likelier for one person ({m:.4}) than by chance ({u:.4})",
                    NAMES[f].0, NAMES[f].1[1]
                ));
            }
        }
        doubts
    }
}
