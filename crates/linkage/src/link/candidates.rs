//! The pairs that are looked at, and those that are learnt from.

use super::{EXHAUSTIVE, Stage};
use crate::block::{BlockReport, Blocks};
use crate::learn::examples::{Pair, decides, share};
use crate::levels::{Lens, Pattern};
use crate::record::coded::Coded;
use crate::record::coder::Coder;

/// Pairs of records to be looked at.
pub(super) struct Candidates<'r> {
    records: &'r [Coded],
    coder: &'r Coder,
    second: Option<usize>,
    /// `None`: every pair.
    blocks: Option<Blocks>,
    /// In which order records are taken into focus.
    order: Vec<u32>,
}

/// Pairs whose documents differ, and pairs that no document decides, that are looked at to learn, about.
const MOST_DECIDED: f64 = 200_000.0;
const MOST_UNDECIDED: f64 = 100_000.0;
/// Random pairs by which chance is counted.
const RANDOM: usize = 200_000;

impl<'r> Candidates<'r> {
    pub(super) fn new(records: &'r [Coded], coder: &'r Coder, second: Option<usize>, exhaustive: bool) -> Self {
        let all = exhaustive || records.len() <= EXHAUSTIVE;
        let blocks = (!all).then(|| Blocks::new(records, coder));
        Self { records, coder, second, blocks, order: (0..records.len() as u32).collect() }
    }

    pub(super) fn report(&self) -> BlockReport {
        self.blocks.as_ref().map_or_else(BlockReport::default, |b| b.report.clone())
    }

    /// Calls with each candidate pair that is `wanted`, and whether only a document brought it. `done` hears how
    /// many records are through.
    pub(super) fn each(
        &self,
        lens: &mut Lens,
        wanted: impl Fn(u32, u32) -> bool,
        mut with: impl FnMut(u32, u32, &Pattern, bool),
        done: &mut dyn FnMut(u64),
    ) {
        let mut seen = vec![0; if self.blocks.is_some() { self.records.len() } else { 0 }];
        let side = |record: usize| self.second.is_some_and(|second| record >= second);
        let both = |a: usize, b: usize| self.second.is_none() || side(a) != side(b);
        for (n, record) in self.order.iter().enumerate() {
            if n % 4096 == 0 {
                done(n as u64);
            }
            let at = *record as usize;
            let mut focused = false;
            let mut look = |other: usize, only_document: bool| {
                if both(at, other) && wanted(*record, other as u32) {
                    if !focused {
                        lens.focus(&self.records[at], self.coder);
                        focused = true;
                    }
                    with(*record, other as u32, &lens.compare(&self.records[other]), only_document);
                }
            };
            match &self.blocks {
                Some(blocks) => blocks.before(at, &mut seen, look),
                None => (0..at).for_each(|other| look(other, false)),
            }
        }
        done(self.records.len() as u64);
    }

    /// Pairs to learn from, and random ones.
    pub(super) fn sample(
        &self,
        lots: &[u64],
        progress: &mut dyn FnMut(Stage, u64, u64),
    ) -> (Vec<Pair>, Vec<Pattern>) {
        let (of, mut lens) = (self.records.len() as u64, Lens::new());
        let pairs_of = |n: u64| n * n / 2;
        let expected = self.blocks.as_ref().map_or(pairs_of(of), |b| b.report.passes.iter().map(|p| p.pairs).sum());
        let with = self.records.iter().filter(|r| r.document != 0).count() as f64 / (of as f64).max(1.0);
        let keep = |most: f64, of: f64| (most / of.max(1.0)).min(1.0);
        let two_people = keep(MOST_DECIDED, expected as f64 * with * with);
        let undecided = keep(MOST_UNDECIDED, expected as f64);
        let lots_of = |a: u32, b: u32| lot(lots[a as usize], lots[b as usize]);
        let document = |record: u32| self.records[record as usize].document;
        let share_of = |a: u32, b: u32| match (document(a), document(b)) {
            (0, _) | (_, 0) => undecided,
            (one, other) if one == other => 1.0,
            _ => two_people,
        };
        let wanted = |a: u32, b: u32| share(crate::mix(lots_of(a, b))) <= share_of(a, b);
        let mut pairs = Vec::new();
        let take = |a: u32, b: u32, pattern: &Pattern, only_document: bool| {
            let weight = (1.0 / share_of(a, b)) as f32;
            pairs.push(Pair { pattern: *pattern, lot: lots_of(a, b), weight, only_document });
        };
        self.each(&mut lens, wanted, take, &mut |done| progress(Stage::Learn, done, of));
        (pairs, self.random(lots, &mut lens))
    }

    /// Random pairs, the same in every order of records.
    fn random(&self, lots: &[u64], lens: &mut Lens) -> Vec<Pattern> {
        let mut order: Vec<u32> = self.order.clone();
        order.sort_unstable_by_key(|record| lots[*record as usize]);
        let focused = order.len().min(200);
        let each = RANDOM / focused.max(1);
        let mut patterns = Vec::with_capacity(RANDOM);
        for (n, record) in order.iter().take(focused).enumerate() {
            lens.focus(&self.records[*record as usize], self.coder);
            let others = order.iter().cycle().skip(n + 1).take(each.min(order.len() - 1));
            patterns.extend(others.map(|other| lens.compare(&self.records[*other as usize])));
        }
        patterns
    }
}

/// A number of two records, whatever their order.
pub(super) fn lot(one: u64, other: u64) -> u64 {
    crate::mix(one.min(other)).wrapping_add(one.max(other))
}
