//! Pairs as examples.

use super::em::Found;
use super::logistic::{Example, Fitted, logistic};
use crate::levels::{Pattern, fact};
use crate::model::features::{CELLS, SET, SLOPED, cells, slopes};

/// A pair of records to learn from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub(crate) pattern: Pattern,
    /// The same for the same two records, whatever their order.
    pub(crate) lot: u64,
    /// For how many pairs it stands.
    pub(crate) weight: f32,
    /// Nothing but the document brought them together: the document cannot vouch for itself.
    pub(crate) only_document: bool,
}

/// What documents decide of a pair: 0 nothing, 1 one person, 2 two.
pub(crate) fn decides(pattern: &Pattern) -> u8 {
    match pattern.levels[fact::DOCUMENT] {
        1 => 1,
        3 => 2,
        _ => 0,
    }
}

/// An example.
#[derive(Clone, Copy)]
pub(crate) struct Told {
    cells: [u16; SET],
    slopes: [f32; SLOPED],
    pub(crate) target: f32,
    weight: f32,
    lot: u64,
    /// What documents decide.
    pub(crate) decided: u8,
}

impl Example for Told {
    fn set(&self) -> &[u16] {
        &self.cells
    }
    fn values(&self) -> &[f32] {
        &self.slopes
    }
    fn target(&self) -> f32 {
        self.target
    }
    fn weight(&self) -> f32 {
        self.weight
    }
}

/// In which half a lot is.
pub(crate) fn half(lot: u64) -> usize {
    (crate::mix(lot ^ 2) & 1) as usize
}

impl Told {
    fn new(pair: &Pair, target: f32, weight: f32, decided: u8) -> Self {
        let (cells, slopes) = (cells(&pair.pattern), slopes(&pair.pattern));
        Self { cells, slopes, target, weight, lot: pair.lot, decided }
    }

    pub(crate) fn half(&self) -> usize {
        half(self.lot)
    }

    /// Its score by weights, in nats.
    pub(crate) fn score(&self, fitted: &Fitted) -> f64 {
        let set: f64 = self.cells.iter().map(|c| fitted.weights[usize::from(*c)]).sum();
        let dense = self.slopes.iter().zip(&fitted.weights[CELLS..]).map(|(x, w)| f64::from(*x) * w);
        set + dense.sum::<f64>() + fitted.weights[CELLS + SLOPED]
    }
}

/// So many pairs that are easily told apart are learnt from; more teach no better.
const EASY: f64 = 6_000.0;
/// Pairs of two people count as easily told apart when EM gives them less than this.
const HARD: f64 = 0.01;
/// For how many pairs all that documents do not decide counts, with what EM thinks of it.
const BY_EM: f64 = 300.0;

/// The share of a number, from 0 to 1.
pub(crate) fn share(lot: u64) -> f64 {
    (lot >> 11) as f64 / (1u64 << 53) as f64
}

/// Pairs that documents decide, and how many are of one person and of two.
pub(crate) fn decided(pairs: &[Pair], found: &Found, documents: bool) -> (Vec<Told>, u64, u64) {
    let decided = pairs.iter().filter(|p| documents && !p.only_document && decides(&p.pattern) > 0);
    let (mut one, mut two, mut easy): (Vec<Told>, Vec<Told>, Vec<&Pair>) = (vec![], vec![], vec![]);
    for pair in decided {
        if decides(&pair.pattern) == 1 {
            one.push(Told::new(pair, 1.0, pair.weight, 1));
        } else if found.one_person(&pair.pattern.levels, fact::DOCUMENT) >= HARD {
            two.push(Told::new(pair, 0.0, pair.weight, 2));
        } else {
            easy.push(pair);
        }
    }
    let counts = (one.len() as u64, (two.len() + easy.len()) as u64);
    let keep = (EASY / easy.len().max(1) as f64).min(1.0);
    let kept = easy.into_iter().filter(|p| share(crate::mix(p.lot ^ 3)) <= keep);
    two.extend(kept.map(|p| Told::new(p, 0.0, p.weight / keep as f32, 2)));
    one.extend(two);
    (one, counts.0, counts.1)
}

/// Adds undecided pairs with what EM thinks of them.
pub(crate) fn by_em(pairs: &[Pair], found: &Found, told: &mut Vec<Told>) {
    let undecided: Vec<&Pair> = pairs.iter().filter(|p| decides(&p.pattern) == 0).collect();
    let keep = (2_500.0 / undecided.len().max(1) as f64).min(1.0);
    let some: Vec<&Pair> = undecided.into_iter().filter(|p| share(crate::mix(p.lot ^ 1)) <= keep).collect();
    let all: f64 = some.iter().map(|p| f64::from(p.weight)).sum();
    told.extend(some.into_iter().map(|p| {
        let target = found.one_person(&p.pattern.levels, fact::DOCUMENT) as f32;
        Told::new(p, target, (f64::from(p.weight) * BY_EM / all) as f32, 0)
    }));
}

/// Sums of floating-point numbers depend on their order; this one no order of records changes.
pub(crate) fn sort(told: &mut [Told]) {
    told.sort_unstable_by(|a, b| {
        a.lot.cmp(&b.lot).then(a.cells.cmp(&b.cells)).then(a.target.total_cmp(&b.target))
    });
}

/// Scores of decided pairs by the half that did not see them, with their targets.
pub(crate) fn held_out(told: &[Told], halves: &[&Fitted; 2]) -> Vec<(f64, f64, f64)> {
    let decided = told.iter().filter(|t| t.decided > 0);
    decided.map(|t| (t.score(halves[t.half()]), f64::from(t.target), f64::from(t.weight))).collect()
}

/// The probability of a score and what a document adds.
pub(crate) fn with_document(score: f64, add: f64) -> f64 {
    logistic(score + add)
}

/// The share of one person among decided pairs.
pub(crate) fn share_of_one(told: &[Told]) -> f64 {
    let decided = || told.iter().filter(|t| t.decided > 0);
    let one: f64 = decided().map(|t| f64::from(t.weight * t.target)).sum();
    one / decided().map(|t| f64::from(t.weight)).sum::<f64>()
}
