//! Pairs as examples, and the model that they teach.

use super::calibrate::platt;
use super::em::{self, Counted, Found};
use super::logistic::{Example, Fitted, fit, logistic};
use crate::levels::{FACTS, Pattern, fact};
use crate::model::features::{CELLS, SET, SLOPED, WEIGHED, cells, slopes, start};
use crate::model::{Model, Scorer};

/// A pair of records to learn from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub(crate) pattern: Pattern,
    /// The same for the same two records, whatever their order.
    pub(crate) lot: u64,
    /// Nothing but the document brought them together: the document cannot vouch for itself.
    pub(crate) only_document: bool,
}

/// What documents decide of a pair: 0 nothing, 1 one person, 2 two.
pub(crate) fn decided(pattern: &Pattern) -> u8 {
    match pattern.levels[fact::DOCUMENT] {
        1 => 1,
        3 => 2,
        _ => 0,
    }
}

struct Told {
    cells: [u16; SET],
    slopes: [f32; SLOPED],
    target: f32,
    weight: f32,
    lot: u64,
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

/// How much of its prior EM gives to what it says of pairs that no document decides, in pairs.
const BY_EM: f64 = 300.0;
/// Ridges of levels, of what they say together, and of slopes.
const RIDGE: (f64, f64, f64) = (0.3, 1.0, 0.05);
/// So many decided pairs at most are learnt from; more teach no better.
const MOST: usize = 60_000;

/// Learns a model from pairs that blocking brought, and from random ones.
pub(crate) fn teach(pairs: &[Pair], random: &[Pattern], documents: bool) -> Model {
    let found = em::run(&counted(pairs.iter().map(|p| &p.pattern)), &counted(random));
    let decided_pairs = pairs.iter().filter(|p| documents && !p.only_document && decided(&p.pattern) > 0);
    let mut told: Vec<Told> = decided_pairs
        .map(|p| {
            let target = if decided(&p.pattern) == 1 { 1.0 } else { 0.0 };
            Told { cells: cells(&p.pattern), slopes: slopes(&p.pattern), target, weight: 1.0, lot: p.lot }
        })
        .collect();
    let (same, other) = told.iter().fold((0, 0), |(s, o), t| if t.target > 0.5 { (s + 1, o) } else { (s, o + 1) });
    thin(&mut told, same);
    by_em(pairs, &found, &mut told);
    // Sums of floating-point numbers depend on their order; the lots give one that no input order changes.
    told.sort_unstable_by(|a, b| a.lot.cmp(&b.lot).then(a.target.total_cmp(&b.target)).then(a.cells.cmp(&b.cells)));
    let fitted = weigh(&told);
    let mut model = Model::empty();
    model.weights.clone_from(&fitted.weights);
    if same >= 50 && other >= 50 {
        let (slope, shift) = platt(&held_out(&told));
        model.calibrate(slope, shift);
    }
    model.documents = documents_add(pairs, &model);
    model.shares = (0..FACTS).map(|f| (found.one_person[f].clone(), found.chance[f].clone())).collect();
    let p = &mut model.provenance;
    (p.same_document, p.other_document) = (same, other);
    p.em_iterations = found.iterations as u64;
    p.converged = found.converged && fitted.converged;
    p.doubts = found.doubts();
    if !fitted.converged {
        p.doubts.push(format!("the weights did not settle in {} steps", fitted.iterations));
    }
    model
}

/// Patterns with how often each set of levels is there, in order.
fn counted<'p>(patterns: impl IntoIterator<Item = &'p Pattern>) -> Vec<Counted> {
    let mut all: Vec<[u8; FACTS]> = patterns.into_iter().map(|p| p.levels).collect();
    all.sort_unstable();
    all.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as f64)).collect()
}

/// Keeps all pairs of one person and, when there are too many others, some of them, each counting for several.
fn thin(told: &mut Vec<Told>, same: u64) {
    let others = told.len() as u64 - same;
    let keep = (MOST as u64).saturating_sub(same).max(1);
    if others > keep {
        let share = keep as f64 / others as f64;
        told.retain(|t| t.target > 0.5 || (crate::mix(t.lot) >> 11) as f64 / (1u64 << 53) as f64 <= share);
        told.iter_mut().filter(|t| t.target < 0.5).for_each(|t| t.weight = (1.0 / share) as f32);
    }
}

/// Adds undecided pairs with what EM thinks of them; together they count for a few hundred.
fn by_em(pairs: &[Pair], found: &Found, told: &mut Vec<Told>) {
    let undecided: Vec<&Pair> = pairs.iter().filter(|p| decided(&p.pattern) == 0).collect();
    let step = undecided.len().div_ceil(20_000).max(1) as u64;
    let some: Vec<&Pair> = undecided.into_iter().filter(|p| crate::mix(p.lot ^ 1) % step == 0).collect();
    let weight = (BY_EM / some.len().max(1) as f64) as f32;
    told.extend(some.into_iter().map(|p| Told {
        cells: cells(&p.pattern),
        slopes: slopes(&p.pattern),
        target: found.one_person(&p.pattern.levels, fact::DOCUMENT) as f32,
        weight,
        lot: p.lot,
    }));
}

fn weigh(told: &[Told]) -> Fitted {
    let mut ridge = vec![RIDGE.1; CELLS];
    ridge[..start(WEIGHED)].fill(RIDGE.0);
    ridge.extend([RIDGE.2; SLOPED]);
    fit(told, CELLS, SLOPED, &ridge)
}

/// Scores of decided pairs by models that did not see them: half and half.
fn held_out(told: &[Told]) -> Vec<(f64, bool, f64)> {
    let half = |t: &Told| crate::mix(t.lot ^ 2) & 1;
    let copy = |t: &Told| Told { ..*t };
    let mut scores = Vec::new();
    for side in 0..2 {
        let seen: Vec<Told> = told.iter().filter(|t| half(t) != side).map(copy).collect();
        let fitted = weigh(&seen);
        let decided = told.iter().filter(|t| half(t) == side && (t.target == 0.0 || t.target == 1.0));
        scores.extend(decided.map(|t| {
            let set: f64 = t.cells.iter().map(|c| fitted.weights[usize::from(*c)]).sum();
            let dense = t.slopes.iter().zip(&fitted.weights[CELLS..]).map(|(x, w)| f64::from(*x) * w);
            let score = set + dense.sum::<f64>() + fitted.weights[CELLS + SLOPED];
            (score, t.target > 0.5, f64::from(t.weight))
        }));
    }
    scores
}

/// What the levels of a document add: their shares among pairs of one person and of two, as far as everything
/// else tells these apart, by a small EM. Documents that agree outweigh everything but a contradiction.
fn documents_add(pairs: &[Pair], model: &Model) -> Vec<f64> {
    let scorer = Scorer::new(model);
    let levels = model.documents.len();
    let known: Vec<(f64, usize)> = pairs
        .iter()
        .map(|p| (f64::from(scorer.score(&p.pattern).0), usize::from(p.pattern.levels[fact::DOCUMENT])))
        .filter(|(_, level)| *level > 0)
        .collect();
    let mut add = vec![0.0; levels];
    for _ in 0..20 {
        let (mut one, mut two) = (vec![0.1; levels], vec![0.1; levels]);
        for (score, level) in &known {
            let p = logistic(score + add[*level]);
            one[*level] += p;
            two[*level] += 1.0 - p;
        }
        let all = |counts: &[f64]| counts.iter().skip(1).sum::<f64>();
        let (ones, twos) = (all(&one), all(&two));
        for level in 1..levels {
            add[level] = ((one[level] / ones) / (two[level] / twos)).ln().clamp(-12.0, 12.0);
        }
    }
    // A document of which nothing is known yet says nothing.
    if known.len() < 50 { vec![0.0, 8.0, 4.0, -4.0, -2.0] } else { add }
}
