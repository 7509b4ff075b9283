//! The model that documents and EM teach.

use super::calibrate::platt;
use super::documents;
use super::em::{self, Counted};
use super::examples::{self, Pair, Told};
use super::groups;
use super::logistic::{Fitted, MOST, Ridge, fit};
use crate::levels::{FACTS, Pattern, fact};
use crate::model::features::{CELLS, SLOPED, WEIGHED, start};
use crate::model::{Model, Scorer};

/// Ridges of levels, of what they say together, and of slopes.
const RIDGE: (f64, f64, f64) = (0.3, 1.0, 0.05);
/// How strongly every weight is held to a model that was learnt elsewhere: as if it were known there to a fifth of a nat or so.
/// Hundreds of pairs that decide something move it all the same; what nobody's documents decide here stays as it was.
const HELD: f64 = 20.0;
/// And how common one person is among pairs, which every register has its own way.
const HELD_BASE: f64 = 1.0;
/// A model that was learnt elsewhere is calibrated anew by so many pairs of one document; fewer would only blur it.
const OF_ITS_OWN: u64 = 1000;
/// Steps of the fits that only tell which documents err.
const FIRST: usize = 15;
/// Documents calibrate when they decide so many pairs each way.
const ENOUGH: u64 = 50;

/// A model, and two that learnt from one half of the decided pairs each: only these can say how the model does
/// with pairs that it did not learn from.
pub(crate) struct Taught {
    pub(crate) model: Model,
    /// The first did not see the pairs of lots of half 0, the second not those of half 1.
    pub(crate) halves: [Model; 2],
}

/// Learns from pairs that blocking brought, and from random ones; `begin` is a model that was learnt elsewhere, to
/// which weights are held. However many documents there are, they may all be of women, or of grown people: what they
/// decide is learnt from them, and what they never show (another sex, say) is as it was elsewhere.
pub(crate) fn teach(pairs: &[Pair], random: &[Pattern], documents: bool, begin: Option<&Model>) -> Taught {
    let found = em::run(&counted(pairs), &counted_patterns(random));
    let (mut told, same, other) = examples::decided(pairs, &found, documents);
    if begin.is_none() {
        examples::by_em(pairs, &found, &mut told);
    }
    examples::sort(&mut told);
    let ridge = ridge(begin);
    let mut fits = weigh_all(&told, &ridge, None, FIRST);
    let enough = same >= ENOUGH && other >= ENOUGH;
    let own = begin.is_none() || same >= OF_ITS_OWN;
    let mut model = with(&fits[0]);
    if enough {
        // Documents err too. Where all else is sure and the half that did not see the pair says so, the document
        // gives way by as much as it errs; then everything is learnt again.
        for most in [FIRST, MOST] {
            let add = documents::add(&told, &[&fits[1], &fits[2]]);
            documents::doubt(&mut told, &[&fits[1], &fits[2]], &add);
            fits = weigh_all(&told, &ridge, Some(&fits), most);
        }
        model = with(&fits[0]);
    }
    let mut halves = [with(&fits[1]), with(&fits[2])];
    if enough && own {
        let (slope, shift) = platt(&examples::held_out(&told, &[&fits[1], &fits[2]]));
        model.calibrate(slope, shift);
        halves.iter_mut().for_each(|half| half.calibrate(slope, shift));
    }
    if enough {
        let scorer = Scorer::new(&model);
        model.nations =
            groups::nations(pairs, examples::share_of_one(&told), |p| scorer.score(&p.pattern).0.into());
        halves.iter_mut().for_each(|half| half.nations.clone_from(&model.nations));
    }
    // Third records teach what they say when there are documents enough (see `link`).
    model.third = begin.and_then(|begin| begin.third.clone());
    if let (false, Some(begin)) = (enough, begin) {
        (model.documents, model.nations) = (begin.documents.clone(), begin.nations.clone());
    } else {
        let scorer = Scorer::new(&model);
        model.documents = documents::of_all(pairs, |pattern| f64::from(scorer.score(pattern).0));
    }
    model.make_monotone();
    halves.iter_mut().for_each(Model::make_monotone);
    model.shares = (0..FACTS).map(|f| (found.one_person[f].clone(), found.chance[f].clone())).collect();
    let p = &mut model.provenance;
    (p.same_document, p.other_document) = (same, other);
    p.em_iterations = found.iterations as u64;
    p.converged = found.converged && fits[0].converged;
    p.doubts = found.doubts();
    if !fits[0].converged {
        p.doubts.push(format!("the weights did not settle in {} steps", fits[0].iterations));
    }
    if !enough {
        p.doubts
            .push("too few documents decide: what is said to be likely was checked by nothing".to_owned());
    }
    Taught { model, halves }
}

fn with(fitted: &Fitted) -> Model {
    let mut model = Model::empty();
    model.weights.clone_from(&fitted.weights);
    // Every pattern sets the one cell that stands for all nations: it is part of the base.
    let nation = std::mem::take(&mut model.weights[start(fact::NATION)]);
    if let Some(base) = model.weights.last_mut() {
        *base += nation;
    }
    model
}

/// Patterns with how often each set of levels is there, in order.
fn counted(pairs: &[Pair]) -> Vec<Counted> {
    let all = pairs.iter().map(|p| (p.pattern.levels, f64::from(p.weight))).collect();
    count(all)
}

fn counted_patterns(patterns: &[Pattern]) -> Vec<Counted> {
    count(patterns.iter().map(|p| (p.levels, 1.0)).collect())
}

fn count(mut all: Vec<Counted>) -> Vec<Counted> {
    all.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    all.chunk_by(|a, b| a.0 == b.0).map(|same| (same[0].0, same.iter().map(|s| s.1).sum())).collect()
}

/// What weights are held to: a model that was learnt elsewhere, or nought.
fn ridge(begin: Option<&Model>) -> Ridge {
    if let Some(begin) = begin {
        let mut strength = vec![HELD; CELLS + SLOPED];
        strength.push(HELD_BASE);
        return Ridge { strength, centre: begin.weights.clone() };
    }
    let mut strength = vec![RIDGE.1; CELLS];
    strength[..start(WEIGHED)].fill(RIDGE.0);
    strength.extend([RIDGE.2; SLOPED]);
    strength.push(0.0);
    Ridge { centre: vec![0.0; strength.len()], strength }
}

/// Fits to all examples, and to those of either half.
fn weigh_all(told: &[Told], ridge: &Ridge, from: Option<&[Fitted; 3]>, most: usize) -> [Fitted; 3] {
    let weigh =
        |told: &[Told], from: Option<&Fitted>| fit(told, CELLS, ridge, from.map(|f| &f.weights[..]), most);
    let all = weigh(told, from.map(|f| &f[0]));
    let halves = [0, 1].map(|half| {
        let seen: Vec<Told> = told.iter().filter(|t| t.half() != half).copied().collect();
        weigh(&seen, Some(from.map_or(&all, |f| &f[1 + half])))
    });
    let [one, two] = halves;
    [all, one, two]
}
