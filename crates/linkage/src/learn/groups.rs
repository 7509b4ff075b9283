//! What documents cannot teach, because whole groups have none.
//!
//! Foreigners have no document of the country, so pairs of theirs teach nothing, nor does it teach anything that
//! one is from another country. How common pairs of one person are in each group is found from scores alone:
//! Saerens, Latinne and Decaestecker (2002), «Adjusting the outputs of a classifier to new a priori
//! probabilities». What is told is how much more common than among pairs of the country that no document decides:
//! those that documents decide may all be men's, among whom one person is more common anyhow.

use super::examples::{Pair, decides};
use super::logistic::logistic;
use crate::levels::{NAMES, fact, nation};

/// Pairs that a group must have to be told from the others.
const ENOUGH: f64 = 200.0;

/// What each level of the nation adds, in nats; `taught` is the share of one person among what was learnt from.
pub(crate) fn nations(pairs: &[Pair], taught: f64, score: impl Fn(&Pair) -> f64) -> Vec<f64> {
    let scored: Vec<(f64, usize, f64)> = pairs
        .iter()
        .filter(|p| decides(&p.pattern) == 0 && !p.only_document)
        .map(|p| (score(p), usize::from(p.pattern.levels[fact::NATION]), f64::from(p.weight)))
        .collect();
    let found: Vec<f64> =
        (0..NAMES[fact::NATION].1.len()).map(|level| shift(&scored, level, taught)).collect();
    found.iter().map(|shift| shift - found[nation::COMMON]).collect()
}

fn shift(scored: &[(f64, usize, f64)], level: usize, taught: f64) -> f64 {
    let group = || scored.iter().filter(|s| s.1 == level);
    let all: f64 = group().map(|s| s.2).sum();
    if group().count() < ENOUGH as usize {
        return 0.0;
    }
    let odds = |share: f64| (share / (1.0 - share)).ln();
    let mut shift = 0.0;
    for _ in 0..200 {
        // Half a pair of either kind, so that a share is never nought.
        let yes = 0.5 + group().map(|s| s.2 * logistic(s.0 + shift)).sum::<f64>();
        let next = (odds(yes / (all + 1.0)) - odds(taught)).clamp(-10.0, 4.0);
        if f64::abs(next - shift) < 1e-4 {
            break;
        }
        shift = next;
    }
    shift
}
