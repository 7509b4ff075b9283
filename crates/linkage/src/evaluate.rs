//! How right pairs are, where the truth is known.

use std::collections::BTreeMap;

use crate::link::Scored;

/// Precision, recall and their harmonic mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quality {
    /// The share of what was linked that is right.
    pub precision: f64,
    /// The share of what is right that was linked, pairs that were never looked at included.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

/// Pairs, measured against the truth.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// Pairs that are of one person.
    pub true_pairs: u64,
    /// At the threshold that is best in hindsight, and that threshold.
    pub best: (Quality, f64),
    /// At the threshold given.
    pub at: Quality,
    /// The largest recall at which the precision is still 0.99.
    pub recall_at_99: f64,
    /// The mean squared error of each pair's own probability, over the pairs kept.
    pub brier: f64,
    /// By tenths of each pair's own probability: pairs, their mean probability, the share that is right.
    pub reliability: Vec<(u64, f64, f64)>,
}

impl Quality {
    fn of(right: u64, linked: u64, all: u64) -> Self {
        let share = |n: u64, of: u64| if of == 0 { 0.0 } else { n as f64 / of as f64 };
        let f1 = if linked + all == 0 { 0.0 } else { 2.0 * right as f64 / (linked + all) as f64 };
        Self { precision: share(right, linked), recall: share(right, all), f1 }
    }
}

/// How many pairs within `truth`, or between its parts before and from `second` on, are of one person.
#[must_use]
pub fn true_pairs<T: Ord>(truth: &[T], second: Option<usize>) -> u64 {
    let mut counts = BTreeMap::<&T, (u64, u64)>::new();
    for (n, person) in truth.iter().enumerate() {
        let count = counts.entry(person).or_default();
        if second.is_some_and(|second| n >= second) { count.1 += 1 } else { count.0 += 1 }
    }
    let pairs = |(a, b): &(u64, u64)| if second.is_some() { a * b } else { a * a.saturating_sub(1) / 2 };
    counts.values().map(pairs).sum()
}

/// Measures pairs, from likely to unlikely as [`crate::Linker::link`] gives them.
#[must_use]
pub fn evaluate<T: Ord>(pairs: &[Scored], truth: &[T], second: Option<usize>, threshold: f64) -> Evaluation {
    let all = true_pairs(truth, second);
    let mut e = Evaluation { true_pairs: all, reliability: vec![(0, 0.0, 0.0); 10], ..Evaluation::default() };
    let (mut right, mut squares) = (0, 0.0);
    for (n, pair) in pairs.iter().enumerate() {
        let is = truth[pair.left as usize] == truth[pair.right as usize];
        right += u64::from(is);
        squares += (pair.alone - f64::from(u8::from(is))).powi(2);
        let tenth = &mut e.reliability[((pair.alone * 10.0) as usize).min(9)];
        *tenth = (tenth.0 + 1, tenth.1 + pair.alone, tenth.2 + f64::from(u8::from(is)));
        // Pairs alike are linked together or not at all.
        if pairs.get(n + 1).is_some_and(|next| next.alone == pair.alone) {
            continue;
        }
        let quality = Quality::of(right, n as u64 + 1, all);
        if quality.f1 > e.best.0.f1 {
            e.best = (quality, pair.probability);
        }
        if quality.precision >= 0.99 {
            e.recall_at_99 = quality.recall;
        }
        if pair.probability >= threshold {
            e.at = quality;
        }
    }
    e.brier = squares / pairs.len().max(1) as f64;
    for (n, p, right) in &mut e.reliability {
        (*p, *right) = (*p / (*n).max(1) as f64, *right / (*n).max(1) as f64);
    }
    e
}
