//! What documents say, and how often they err.

use super::examples::{Pair, Told, with_document};
use super::logistic::{Example, Fitted};
use crate::levels::fact;

const LEVELS: usize = 5;

/// What the levels of a document add, in nats: from their shares among pairs of one person and of two, as far
/// as everything else tells these apart, by a small EM. `scored` holds score without documents, level, weight.
fn shares(scored: &[(f64, usize, f64)]) -> [f64; LEVELS] {
    let mut add = [0.0, 8.0, 4.0, -4.0, -2.0];
    for _ in 0..12 {
        let (mut one, mut two) = ([0.05; LEVELS], [0.05; LEVELS]);
        for (score, level, weight) in scored {
            let p = with_document(*score, add[*level]);
            one[*level] += weight * p;
            two[*level] += weight * (1.0 - p);
        }
        let all = |counts: &[f64; LEVELS]| counts.iter().skip(1).sum::<f64>();
        let (ones, twos) = (all(&one), all(&two));
        for level in 1..LEVELS {
            add[level] = ((one[level] / ones) / (two[level] / twos)).ln().clamp(-12.0, 12.0);
        }
    }
    add[0] = 0.0;
    add
}

/// What documents add, by examples that the halves did not see.
pub(crate) fn add(told: &[Told], halves: &[&Fitted; 2]) -> [f64; LEVELS] {
    let decided = told.iter().filter(|t| t.decided > 0);
    let level = |t: &Told| if t.decided == 1 { 1 } else { 3 };
    let scored: Vec<_> =
        decided.map(|t| (t.score(halves[t.half()]), level(t), f64::from(t.weight()))).collect();
    shares(&scored)
}

/// Softens the targets of decided pairs by how often documents err.
pub(crate) fn doubt(told: &mut [Told], halves: &[&Fitted; 2], add: &[f64; LEVELS]) {
    for t in told.iter_mut().filter(|t| t.decided > 0) {
        let level = if t.decided == 1 { 1 } else { 3 };
        t.target = with_document(t.score(halves[t.half()]), add[level]) as f32;
    }
}

/// What documents add to the scores of a model, by all pairs that have two. So few that nothing can be said
/// leave the starting values.
pub(crate) fn of_all(pairs: &[Pair], score: impl Fn(&crate::levels::Pattern) -> f64) -> Vec<f64> {
    let level = |p: &Pair| usize::from(p.pattern.levels[fact::DOCUMENT]);
    let known = pairs.iter().filter(|p| level(p) > 0);
    let scored: Vec<_> = known.map(|p| (score(&p.pattern), level(p), f64::from(p.weight))).collect();
    shares(&scored).to_vec()
}
