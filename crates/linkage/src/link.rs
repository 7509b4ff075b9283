//! A whole register, or two, at once.

mod candidates;
mod report;
mod shared;

pub use report::{LinkReport, Stage};

use crate::cluster::{self, Edge};
use crate::explain::{self, About, Because};
use crate::learn::calibrate::expected_precision;
use crate::learn::examples::{decides, half};
use crate::learn::logistic::logistic;
use crate::learn::teach::{Taught, teach};
use crate::learn::third::{FLOOR, Graph, Link, Third};
use crate::levels::{Lens, Pattern};
use crate::model::{Model, Scorer};
use crate::record::coded::{Coded, slot};
use crate::record::coder::Coder;
use crate::record::{CheckDigit, Row};
use crate::words::Nicknames;
use candidates::{Candidates, How};

/// How a register is linked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Hypocoristics of the country.
    pub nicknames: Nicknames,
    /// Check digits of its documents.
    pub checks: Vec<CheckDigit>,
    /// Look at every pair, however many; otherwise only up to [`EXHAUSTIVE`] records.
    pub exhaustive: bool,
    /// Let documents teach.
    pub documents: bool,
    /// A model that was learnt elsewhere, to begin with: small registers need one, and so do those in which some kind
    /// of people has no document at all.
    pub begin: Option<Model>,
}

/// Up to so many records every pair is looked at.
pub const EXHAUSTIVE: usize = 8_000;

/// Two records with what is thought of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// The place of one, in the order in which they were added.
    pub left: u32,
    /// The place of the other, always behind the first.
    pub right: u32,
    /// The probability that they are one person, of this pair alone.
    pub alone: f64,
    /// The share of right pairs that is expected among all pairs at least as likely as this one. A threshold
    /// on it keeps that share of what is linked right.
    pub probability: f64,
    /// Log odds of `alone`, in bits.
    pub weight: f64,
    /// What the score of its fields alone was measured to mean, beyond itself, in nats.
    measured: f64,
    /// What third records added, in nats.
    heard: f64,
    pattern: Pattern,
}

/// Records to be linked.
pub struct Linker {
    settings: Settings,
    coder: Coder,
    records: Vec<Coded>,
    /// What names each record in every order of input.
    lots: Vec<u64>,
    /// Where the second register begins.
    second: Option<usize>,
}

impl Linker {
    /// An empty register.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let coder = Coder::new(settings.nicknames.clone(), settings.checks.clone()).at_once();
        Self { settings, coder, records: vec![], lots: vec![], second: None }
    }

    /// Adds a record. `lot` decides what is learnt from where there is too much: a hash of the record's name in
    /// its register makes the answer the same in every order of records.
    pub fn add(&mut self, row: &Row, lot: u64) {
        let coded = self.coder.code(row);
        self.coder.count(&coded, true);
        self.records.push(coded);
        self.lots.push(crate::mix(lot));
    }

    /// What is added from now on is another register: only pairs of both are looked at.
    pub fn against(&mut self) {
        self.second = Some(self.records.len());
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Links: learns a model unless one is given, scores, listens to third records. `progress` is told what is
    /// done, of how much. Pairs come from likely to unlikely, down to one in four hundred.
    pub fn link(&mut self, model: Option<&Model>, progress: &mut dyn FnMut(Stage, u64, u64)) -> Linked {
        self.coder.words.compare_all();
        let words = &self.coder.words;
        let alike = |one: u32, two: u32| words.like(one).iter().any(|like| like.word() == two);
        let nobodys = shared::forget(&mut self.records, |word| words.text(word), alike);
        let sorted = self.sorted();
        let candidates = Candidates::new(&sorted, &self.coder, self.second, self.settings.exhaustive);
        let mut report = LinkReport { nobodys, blocks: candidates.report(), ..LinkReport::default() };
        let Taught { model: mut learnt, halves } = match model {
            Some(model) => Taught { model: model.clone(), halves: [model.clone(), model.clone()] },
            None => {
                let (pairs, random) = candidates.sample(progress);
                teach(&pairs, &random, self.settings.documents, self.settings.begin.as_ref())
            }
        };
        let mut links = self.score(&candidates, [&learnt, &halves[0], &halves[1]], &mut report, progress);
        if model.is_none() {
            learnt.provenance.records = self.records.len() as u64;
            let graph = Graph::new(self.records.len(), &links, |link| link.score);
            learnt.third = Third::learn(&links, &graph).or(learnt.third);
        }
        self.listen(&mut links, &learnt);
        let mut pairs: Vec<Scored> =
            links.iter().map(|link| scored(link, &sorted)).filter(|p| p.alone >= 0.0025).collect();
        pairs.sort_unstable_by(|a, b| {
            b.alone.total_cmp(&a.alone).then((a.left, a.right).cmp(&(b.left, b.right)))
        });
        let alone: Vec<f64> = pairs.iter().map(|p| p.alone).collect();
        for (pair, share) in pairs.iter_mut().zip(expected_precision(&alone)) {
            pair.probability = share;
        }
        Linked { pairs, model: learnt, report }
    }

    fn score(
        &self,
        candidates: &Candidates,
        models: [&Model; 3],
        report: &mut LinkReport,
        progress: &mut dyn FnMut(Stage, u64, u64),
    ) -> Vec<Link> {
        let ([scorer, one, two], mut links) = (models.map(Scorer::new), Vec::new());
        let (mut lens, mut compared) = (Lens::new(&self.coder), 0);
        let of = self.records.len() as u64;
        let with = |a: u32, b: u32, pattern: &Pattern, how: How| {
            compared += 1;
            let (score, document) = scorer.score(pattern);
            let decided = if how == How::Document { 0 } else { decides(pattern) };
            let unseen = match decided {
                0 => score,
                _ => {
                    let (one, two) = (one.score(pattern).0, two.score(pattern).0);
                    // Most are of two people whatever half they are in, and to look that up costs more than to weigh.
                    if score.max(score + document).max(one).max(two) <= FLOOR {
                        return;
                    }
                    if half(candidates.lot(a, b)) == 0 { one } else { two }
                }
            };
            if score.max(score + document).max(unseen) > FLOOR {
                let (alone, unheard) = (score, score);
                links.push(Link {
                    a,
                    b,
                    score,
                    alone,
                    unheard,
                    document,
                    decided,
                    unseen,
                    pattern: *pattern,
                });
            }
        };
        candidates.each(&mut lens, candidates.all(), |_| true, |_, _, _| true, with, &mut |done| {
            progress(Stage::Compare, done, of)
        });
        report.compared = compared;
        links
    }

    /// The records by their names, in an order that does not depend on how they came: those that are compared
    /// stand near each other in memory.
    fn sorted(&self) -> Sorted {
        let names: Vec<u64> =
            (0..self.coder.words.len() as u32).map(|word| self.coder.words.lot(word)).collect();
        let key = |n: u32| {
            let name = |at: usize| names[self.records[n as usize].words[at] as usize];
            (name(slot::SURNAME1), name(slot::GIVEN1), name(slot::SURNAME2), self.lots[n as usize])
        };
        let mut keyed: Vec<_> = (0..self.records.len() as u32).map(|n| (key(n), n)).collect();
        keyed.sort_unstable();
        let places: Vec<u32> = keyed.into_iter().map(|(_, n)| n).collect();
        Sorted {
            records: places.iter().map(|n| self.records[*n as usize]).collect(),
            lots: places.iter().map(|n| self.lots[*n as usize]).collect(),
            places,
        }
    }

    /// Lets third records speak.
    fn listen(&self, links: &mut [Link], model: &Model) {
        let Some(third) = &model.third else { return };
        let graph = Graph::new(self.records.len(), links, |link| link.score + link.document);
        let third = third.speaks();
        for link in links.iter_mut() {
            link.unheard = third.alone(link.score);
            link.score = third.heard(link.score, &graph, link.a, link.b);
        }
    }

    /// Records in groups of one person each, from links of at least a probability; see [`cluster`].
    #[must_use]
    pub fn clusters(&self, pairs: &[Scored], threshold: f64) -> Vec<u32> {
        let edges: Vec<Edge> = pairs
            .iter()
            .map(|p| Edge {
                a: p.left,
                b: p.right,
                weight: p.weight as f32,
                strong: p.probability >= threshold,
            })
            .collect();
        cluster::groups(&self.lots, self.second, &edges)
    }
}

/// Records in the order in which they are compared.
struct Sorted {
    records: Vec<Coded>,
    lots: Vec<u64>,
    /// Where each stood.
    places: Vec<u32>,
}

fn scored(link: &Link, sorted: &Sorted) -> Scored {
    let score = f64::from(link.score + link.document);
    let (a, b) = (sorted.places[link.a as usize], sorted.places[link.b as usize]);
    Scored {
        left: a.min(b),
        right: a.max(b),
        alone: logistic(score),
        probability: 0.0,
        weight: score / std::f64::consts::LN_2,
        measured: f64::from(link.unheard - link.alone),
        heard: f64::from(link.score - link.unheard),
        pattern: link.pattern,
    }
}

/// What linking gave.
pub struct Linked {
    /// Pairs from likely to unlikely.
    pub pairs: Vec<Scored>,
    /// The model that was used.
    pub model: Model,
    /// How it went.
    pub report: LinkReport,
}

impl Linked {
    /// Why a pair of this answer may be of one person; the weights add up to its own.
    #[must_use]
    pub fn because(&self, pair: &Scored) -> Vec<Because> {
        explain::explain(&self.model, &pair.pattern, [pair.measured, pair.heard])
    }

    /// What is not known of both and would settle it, the most telling first.
    #[must_use]
    pub fn would_settle(&self, pair: &Scored) -> Vec<About> {
        explain::would_settle(&pair.pattern)
    }
}
