//! The pairs that are looked at, and those that are learnt from.

use super::{EXHAUSTIVE, Sorted, Stage};
use crate::block::{BlockReport, Blocks, Seen};
use crate::learn::examples::{Pair, share};
use crate::levels::{Lens, Pattern};
use crate::record::coded::Coded;
use crate::record::coder::Coder;

/// Pairs of records to be looked at.
pub(super) struct Candidates<'r> {
    records: &'r [Coded],
    lots: &'r [u64],
    places: &'r [u32],
    coder: &'r Coder,
    second: Option<usize>,
    blocks: Blocks,
    /// Look at every pair.
    all: bool,
}

/// How two records came to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// They share a block.
    Block,
    /// They share nothing but a document.
    Document,
    /// Everybody is looked at.
    Stranger,
}

/// Records whose pairs are learnt from, about.
const IN_FOCUS: f64 = 120_000.0;
/// Pairs whose documents differ, and pairs that no document decides, that are looked at to learn, about.
const MOST_DECIDED: f64 = 100_000.0;
const MOST_UNDECIDED: f64 = 60_000.0;
/// Records that are fetched from memory at once.
const AT_ONCE: usize = 64;
/// Random pairs by which chance is counted.
const RANDOM: usize = 200_000;

impl<'r> Candidates<'r> {
    pub(super) fn new(sorted: &'r Sorted, coder: &'r Coder, second: Option<usize>, exhaustive: bool) -> Self {
        let Sorted { records, lots, places } = sorted;
        let all = exhaustive || records.len() <= EXHAUSTIVE;
        Self { records, lots, places, coder, second, blocks: Blocks::new(records, coder), all }
    }

    /// A number of two records, whatever their order.
    pub(super) fn lot(&self, a: u32, b: u32) -> u64 {
        let (one, other) = (self.lots[a as usize], self.lots[b as usize]);
        crate::mix(one.min(other)).wrapping_add(one.max(other))
    }

    pub(super) fn report(&self) -> BlockReport {
        if self.all { BlockReport::default() } else { self.blocks.report.clone() }
    }

    /// Whether every pair is to be looked at.
    pub(super) fn all(&self) -> bool {
        self.all
    }

    /// Calls with each pair of blocks, or of `all`, whose later record is in `focus` and that is `wanted`, and whether only a document brought it. `done` hears how
    /// many records are through.
    pub(super) fn each(
        &self,
        lens: &mut Lens,
        all: bool,
        focus: impl Fn(usize) -> bool,
        wanted: impl Fn(u32, u32, How) -> bool,
        mut with: impl FnMut(u32, u32, &Pattern, How),
        done: &mut dyn FnMut(u64),
    ) {
        let mut seen = Seen::new(self.records.len());
        let (mut found, mut near): (Vec<(u32, How)>, Vec<Coded>) = (Vec::new(), Vec::with_capacity(AT_ONCE));
        let side = |at: usize| self.second.is_some_and(|second| self.places[at] as usize >= second);
        let both = |a: usize, b: usize| self.second.is_none() || side(a) != side(b);
        for at in 0..self.records.len() {
            if at % 4096 == 0 {
                done(at as u64);
            }
            if !focus(at) {
                continue;
            }
            let record = at as u32;
            self.blocks.before(at, &mut seen);
            let how = |only_document: bool| if only_document { How::Document } else { How::Block };
            found.clear();
            let wanted =
                |(other, how): &(u32, How)| both(at, *other as usize) && wanted(record, *other, *how);
            found.extend(seen.found.iter().map(|(other, document)| (*other, how(*document))).filter(wanted));
            if all {
                let strangers = (0..at).filter(|other| !seen.has(*other));
                found.extend(strangers.map(|other| (other as u32, How::Stranger)).filter(wanted));
            }
            if found.is_empty() {
                continue;
            }
            lens.focus(self.records[at]);
            // Whoever is compared lies anywhere: a few are fetched at once, then compared one by one.
            for few in found.chunks(AT_ONCE) {
                near.clear();
                near.extend(few.iter().map(|(other, _)| self.records[*other as usize]));
                for ((other, how), of) in few.iter().zip(&near) {
                    with(record, *other, &lens.compare(of), *how);
                }
            }
        }
        done(self.records.len() as u64);
    }

    /// Pairs to learn from, and random ones.
    pub(super) fn sample(&self, progress: &mut dyn FnMut(Stage, u64, u64)) -> (Vec<Pair>, Vec<Pattern>) {
        let (of, mut lens) = (self.records.len() as u64, Lens::new(self.coder));
        let keep = |most: f64, of: f64| (most / of.max(1.0)).min(1.0);
        let in_focus = keep(IN_FOCUS, of as f64);
        let expected = self.blocks.report.passes.iter().map(|p| p.pairs).sum::<u64>() as f64 * in_focus;
        let with = self.records.iter().filter(|r| r.document != 0).count() as f64 / (of as f64).max(1.0);
        let two_people = keep(MOST_DECIDED, expected * with * with);
        let undecided = keep(MOST_UNDECIDED, expected);
        let document = |record: u32| self.records[record as usize].document;
        let others = (of * of / 2) as f64 * in_focus;
        let strangers = (keep(MOST_DECIDED / 2.0, others * with * with), keep(MOST_UNDECIDED / 2.0, others));
        let share_of = |a: u32, b: u32, how: How| match (document(a), document(b)) {
            (0, _) | (_, 0) => {
                if how == How::Stranger {
                    strangers.1
                } else {
                    undecided
                }
            }
            (one, other) if one == other => 1.0,
            _ => {
                if how == How::Stranger {
                    strangers.0
                } else {
                    two_people
                }
            }
        };
        let focus = |at: usize| share(crate::mix(self.lots[at] ^ 5)) <= in_focus;
        let wanted = |a: u32, b: u32, how: How| share(crate::mix(self.lot(a, b))) <= share_of(a, b, how);
        let mut pairs = Vec::new();
        let take = |a: u32, b: u32, pattern: &Pattern, how: How| {
            let weight = (1.0 / share_of(a, b, how)) as f32;
            let only_document = how == How::Document;
            pairs.push(Pair { pattern: *pattern, lot: self.lot(a, b), weight, only_document });
        };
        self.each(&mut lens, self.all, focus, wanted, take, &mut |done| progress(Stage::Learn, done, of));
        (pairs, self.random(&mut lens))
    }

    /// Random pairs, the same in every order of records.
    fn random(&self, lens: &mut Lens) -> Vec<Pattern> {
        let mut order: Vec<u32> = (0..self.records.len() as u32).collect();
        order.sort_unstable_by_key(|record| self.lots[*record as usize]);
        let focused = order.len().min(200);
        let each = RANDOM / focused.max(1);
        let mut patterns = Vec::with_capacity(RANDOM);
        for (n, record) in order.iter().take(focused).enumerate() {
            lens.focus(self.records[*record as usize]);
            let others = order.iter().cycle().skip(n + 1).take(each.min(order.len() - 1));
            patterns.extend(others.map(|other| lens.compare(&self.records[*other as usize])));
        }
        patterns
    }
}
