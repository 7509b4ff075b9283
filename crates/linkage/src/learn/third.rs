//! What third records say of a pair.
//!
//! Two records that say little of each other may both be sure of a third; and one that looks like another may
//! contradict all that the other is sure of. What that is worth is learnt like everything else, from the pairs
//! that documents decide.

use serde::{Deserialize, Serialize};

use crate::levels::Pattern;

use super::logistic::{Example, MOST, Ridge, fit};

/// The score of a pair that was not kept.
pub(crate) const FLOOR: f32 = -6.0;
/// Who is as sure of each other as this is worth listening to.
const SURE: f32 = 2.0;
/// Steps of the direct score and of what third records say.
const DIRECT: usize = 15;
const SAID: usize = 8;
const CELLS: usize = DIRECT + 2 * DIRECT * SAID + SAID * SAID;

/// What is added to a pair's score, by what third records say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Third {
    /// By cells of direct score, support and contradiction; then slopes, then the intercept.
    weights: Vec<f64>,
}

/// A pair with its score without documents and what documents add (nats), and what documents decide.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) score: f32,
    /// The score by its fields alone.
    pub(crate) alone: f32,
    /// The score when no third record speaks.
    pub(crate) unheard: f32,
    pub(crate) document: f32,
    /// 0 not known, 1 one person, 2 two.
    pub(crate) decided: u8,
    /// For decided pairs the score by a model that did not learn from them, otherwise `score`.
    pub(crate) unseen: f32,
    /// What the two have in common.
    pub(crate) pattern: Pattern,
}

/// Links by record.
pub(crate) struct Graph {
    begins: Vec<u32>,
    /// The other record, and the score.
    links: Vec<(u32, f32)>,
}

impl Graph {
    pub(crate) fn new(records: usize, links: &[Link], score: impl Fn(&Link) -> f32) -> Self {
        let mut begins = vec![0u32; records + 1];
        for link in links {
            begins[link.a as usize + 1] += 1;
            begins[link.b as usize + 1] += 1;
        }
        for n in 0..records {
            begins[n + 1] += begins[n];
        }
        let (mut at, mut all) = (begins.clone(), vec![(0, 0.0); links.len() * 2]);
        for link in links {
            for (from, to) in [(link.a, link.b), (link.b, link.a)] {
                all[at[from as usize] as usize] = (to, score(link));
                at[from as usize] += 1;
            }
        }
        for n in 0..records {
            all[begins[n] as usize..begins[n + 1] as usize].sort_unstable_by_key(|(to, _)| *to);
        }
        Self { begins, links: all }
    }

    fn of(&self, record: u32) -> &[(u32, f32)] {
        &self.links[self.begins[record as usize] as usize..self.begins[record as usize + 1] as usize]
    }

    fn between(&self, one: u32, other: u32) -> f32 {
        let links = self.of(one);
        links.binary_search_by_key(&other, |(to, _)| *to).map_or(FLOOR, |at| links[at].1)
    }

    /// The best support by a third record, and the worst contradiction; `None` when nobody is sure of either.
    fn heard(&self, a: u32, b: u32) -> (Option<f32>, Option<f32>) {
        let (mut support, mut against): (Option<f32>, Option<f32>) = (None, None);
        for (one, other) in [(a, b), (b, a)] {
            for (third, sure) in self.of(one).iter().filter(|(third, s)| *third != other && *s > SURE) {
                let there = self.between(*third, other);
                let least = there.min(*sure);
                support = Some(support.map_or(least, |s| s.max(least)));
                against = Some(against.map_or(there, |s| s.min(there)));
            }
        }
        (support, against)
    }
}

fn step(value: f32, low: f32, width: f32, steps: usize) -> usize {
    (((value - low) / width).max(0.0) as usize).min(steps - 1)
}

fn said(value: Option<f32>) -> usize {
    value.map_or(0, |v| 1 + step(v, -5.0, 2.0, SAID - 1))
}

fn direct(score: f32) -> usize {
    step(score, FLOOR, 1.0, DIRECT)
}

fn cells(score: f32, heard: (Option<f32>, Option<f32>)) -> [u16; 4] {
    cells_of(direct(score), said(heard.0), said(heard.1))
}

fn cells_of(direct: usize, support: usize, against: usize) -> [u16; 4] {
    let all = [
        direct,
        DIRECT + direct * SAID + support,
        DIRECT + DIRECT * SAID + direct * SAID + against,
        DIRECT + 2 * DIRECT * SAID + support * SAID + against,
    ];
    all.map(|cell| cell as u16)
}

fn values(score: f32, heard: (Option<f32>, Option<f32>)) -> [f32; 3] {
    let clipped = |v: f32| v.clamp(-6.0, 9.0) / 3.0;
    [clipped(score), heard.0.map_or(0.0, clipped), heard.1.map_or(0.0, clipped)]
}

struct Told {
    cells: [u16; 4],
    values: [f32; 3],
    target: f32,
    weight: f32,
}

impl Example for Told {
    fn set(&self) -> &[u16] {
        &self.cells
    }
    fn values(&self) -> &[f32] {
        &self.values
    }
    fn target(&self) -> f32 {
        self.target
    }
    fn weight(&self) -> f32 {
        self.weight
    }
}

/// Fewer pairs of either kind teach nothing.
const ENOUGH: usize = 200;

impl Third {
    /// Learns from the links that documents decide; `graph` holds scores without documents. `None` when there
    /// are too few.
    pub(crate) fn learn(links: &[Link], graph: &Graph) -> Option<Self> {
        let decided: Vec<Told> = links
            .iter()
            .filter(|link| link.decided > 0 && link.unseen > FLOOR)
            .map(|link| {
                let heard = graph.heard(link.a, link.b);
                let target = if link.decided == 1 { 1.0 } else { 0.0 };
                Told {
                    cells: cells(link.unseen, heard),
                    values: values(link.unseen, heard),
                    target,
                    weight: 1.0,
                }
            })
            .collect();
        let yes = decided.iter().filter(|t| t.target > 0.5).count();
        if yes < ENOUGH || decided.len() - yes < ENOUGH {
            return None;
        }
        let mut strength = vec![2.0; CELLS];
        strength.extend([0.1, 0.1, 0.1, 0.0]);
        let ridge = Ridge { centre: vec![0.0; strength.len()], strength };
        let fitted = fit(&decided, CELLS, &ridge, None, MOST);
        fitted.converged.then_some(Self { weights: fitted.weights })
    }

    /// Whether it has every weight, and each is a number.
    pub(crate) fn is_whole(&self) -> bool {
        self.weights.len() == CELLS + 4 && self.weights.iter().all(|w| w.is_finite())
    }

    /// What scores become.
    pub(crate) fn speaks(&self) -> Speaking<'_> {
        let mut steps = vec![(f64::NEG_INFINITY, f64::INFINITY); DIRECT * SAID * SAID];
        for (at, (before, after)) in steps.iter_mut().enumerate() {
            let (direct, support, against) = (at % DIRECT, at / DIRECT % SAID, at / DIRECT / SAID);
            let told = |step: usize, score: usize| self.told(step, support, against, FLOOR + score as f32);
            *before = (0..direct).map(|step| told(step, step + 1)).fold(*before, f64::max);
            *after = (direct + 1..DIRECT).map(|step| told(step, step)).fold(*after, f64::min);
        }
        Speaking { third: self, steps }
    }

    /// The score by what depends on the direct one.
    fn told(&self, direct: usize, support: usize, against: usize, score: f32) -> f64 {
        let all = cells_of(direct, support, against);
        let told: f64 = all.iter().map(|c| self.weights[usize::from(*c)]).sum();
        told + f64::from(values(score, (None, None))[0]) * self.weights[CELLS].max(0.0)
            + self.weights[CELLS + 3]
    }
}

/// A [`Third`] at work.
///
/// What was learnt goes by steps, and a step may begin lower than the one before it ends. A pair that scores more would then
/// be told less likely. So what is told is the mean of two curves that never fall: the most that lower scores come to, and
/// the least that higher ones do.
pub(crate) struct Speaking<'t> {
    third: &'t Third,
    /// By direct step, support and contradiction: the most of lower steps, the least of higher ones.
    steps: Vec<(f64, f64)>,
}

impl Speaking<'_> {
    /// The score of a pair without documents when no third record speaks: nobody is sure of either of the two.
    pub(crate) fn alone(&self, score: f32) -> f32 {
        self.with(score, (None, None))
    }

    /// The same once third records have spoken.
    pub(crate) fn heard(&self, score: f32, graph: &Graph, a: u32, b: u32) -> f32 {
        self.with(score, graph.heard(a, b))
    }

    fn with(&self, score: f32, heard: (Option<f32>, Option<f32>)) -> f32 {
        let (direct, support, against) = (direct(score), said(heard.0), said(heard.1));
        let told = self.third.told(direct, support, against, score);
        let (before, after) = self.steps[direct + DIRECT * (support + SAID * against)];
        let told = f64::midpoint(told.max(before), told.min(after));
        let [_, support, against] = values(score, heard).map(f64::from);
        let weights = &self.third.weights[CELLS..];
        (told + support * weights[1] + against * weights[2]) as f32
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CELLS, Third};

    proptest! {
        #[test]
        fn who_scores_more_is_told_no_less_likely(
            weights in prop::collection::vec(-3.0f64..3.0, CELLS + 4),
            (one, more) in (-6.0f32..12.0, 0.0f32..4.0),
            heard in (prop::option::of(-6.0f32..10.0), prop::option::of(-6.0f32..10.0)),
        ) {
            let third = Third { weights };
            let third = third.speaks();
            prop_assert!(third.with(one + more, heard) >= third.with(one, heard) - 1e-4);
        }
    }
}
