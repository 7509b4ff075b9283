//! The pairs that are looked at, and those that are learnt from.

use super::{EXHAUSTIVE, Stage};
use crate::block::{BlockReport, Blocks};
use crate::learn::teach::{Pair, decided};
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

/// Pairs to learn from, at most, roughly.
const TO_LEARN: u64 = 1_500_000;
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

    /// Calls with each candidate pair of the records that `wanted` picks as the second of a pair, and whether
    /// only a document brought it. `done` hears how many records are through.
    pub(super) fn each(
        &self,
        lens: &mut Lens,
        wanted: impl Fn(u32) -> bool,
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
            if !wanted(*record) {
                continue;
            }
            let at = *record as usize;
            let mut focused = false;
            let mut look = |other: usize, only_document: bool| {
                if both(at, other) {
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
        let expected = self.blocks.as_ref().map_or(of * of / 2, |b| b.report.passes.iter().map(|p| p.pairs).sum());
        let share = (TO_LEARN as f64 / expected.max(1) as f64).min(1.0);
        let below = |lot: u64, share: f64| (lot >> 11) as f64 / (1u64 << 53) as f64 <= share;
        let mut pairs = Vec::new();
        let undecided = (150_000.0 / (expected as f64 * share).max(1.0)).min(1.0);
        // Which of two comes first must not decide whether a pair is taken: both must be in the lot.
        let root = share.sqrt();
        self.each(&mut lens, |record| below(lots[record as usize], root), |a, b, pattern, only_document| {
            if !below(lots[b as usize], root) {
                return;
            }
            let (one, other) = (lots[a as usize], lots[b as usize]);
            let lot = crate::mix(one.min(other)).wrapping_add(one.max(other));
            if decided(pattern) > 0 || below(crate::mix(lot), undecided) {
                pairs.push(Pair { pattern: *pattern, lot, only_document });
            }
        }, &mut |done| progress(Stage::Learn, done, of));
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
