//! Which pairs are looked at: all of them in a small register, in a large one those that share a key.

mod keys;
mod passes;

use crate::record::coded::Coded;
use crate::record::coder::Coder;
use keys::Keys;
use passes::{Names, PASSES, View};

/// What one pass brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassReport {
    /// What two records share in it.
    pub name: &'static str,
    /// Pairs that it brings, also those that others bring.
    pub pairs: u64,
    /// Records in its largest block that was kept.
    pub largest: usize,
    /// Blocks that were too large and left to finer passes.
    pub left_out: usize,
}

/// What blocking brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockReport {
    /// By pass; empty when every pair was looked at.
    pub passes: Vec<PassReport>,
    /// Records that share no block with any other.
    pub unreached: usize,
}

/// Records by block, and for each record who stands before it in its blocks.
pub(crate) struct Blocks {
    /// Where each block's members begin in `members`.
    begins: Vec<u32>,
    members: Vec<u32>,
    /// Where each record's stretches begin in `before`.
    of_record: Vec<u32>,
    before: Vec<Stretch>,
    /// The first member of blocks that have only a document in common.
    by_document: u32,
    pub(crate) report: BlockReport,
}

/// Who stands before a record in a block.
#[derive(Clone, Copy, Default)]
struct Stretch {
    /// Where the stretch of `members` begins; of one alone, herself: most blocks hold two.
    from: u32,
    /// How many they are, and [`BY_DOCUMENT`].
    many: u32,
}

/// The mark of a stretch that has only a document in common.
const BY_DOCUMENT: u32 = 1 << 31;

/// Who stands before one record in its blocks.
pub(crate) struct Seen {
    /// A bit for each record: small enough for the processor's own memory.
    bits: Vec<u64>,
    /// Who they are, each once, and whether they share nothing but a document.
    pub(crate) found: Vec<(u32, bool)>,
}

impl Seen {
    pub(crate) fn new(records: usize) -> Self {
        Self { bits: vec![0; records.div_ceil(64)], found: vec![] }
    }

    fn see(&mut self, record: u32, only_document: bool) {
        let (word, bit) = (&mut self.bits[record as usize / 64], 1 << (record % 64));
        if *word & bit == 0 {
            *word |= bit;
            self.found.push((record, only_document));
        }
    }

    /// Whether a record was found.
    pub(crate) fn has(&self, record: usize) -> bool {
        self.bits[record / 64] >> (record % 64) & 1 == 1
    }

    fn forget(&mut self) {
        for (record, _) in self.found.drain(..) {
            self.bits[record as usize / 64] = 0;
        }
    }
}

/// Pairs that one pass may bring, per record, when the register has few or many records.
const PER_PASS: (f64, f64) = (24.0, 2.5);

/// A pass's largest allowed number of pairs, and no block larger than this.
fn limits(records: usize) -> (u64, usize) {
    let n = records as f64;
    // What a large register cannot afford a small one can: pairs by chance grow with its square, so each pass
    // is given nearly the same number of them in all.
    let per_record = (PER_PASS.0 * (50_000.0 / n.max(1.0)).powf(0.75)).clamp(PER_PASS.1, 100.0);
    ((per_record * n) as u64, 2_000)
}

impl Blocks {
    /// Files the records under the keys of all passes.
    pub(crate) fn new(records: &[Coded], coder: &Coder) -> Self {
        let names = Names::new(coder);
        let views: Vec<View> = records.iter().map(|record| View::of(record, &names)).collect();
        let (most_pairs, most_members) = limits(records.len());
        let mut blocks = Self {
            begins: vec![0],
            members: vec![],
            of_record: vec![],
            before: vec![],
            by_document: 0,
            report: BlockReport::default(),
        };
        let mut keys = Keys::new(records.len());
        for pass in PASSES {
            blocks.by_document = blocks.members.len() as u32;
            pass.keys(records, &views, &mut keys);
            keys.sort();
            let largest = largest_allowed(keys.blocks(), most_pairs, most_members);
            let mut report = PassReport { name: pass.name, pairs: 0, largest: 0, left_out: 0 };
            for block in keys.blocks() {
                if block.len() > largest {
                    report.left_out += 1;
                    continue;
                }
                report.pairs += pairs(block.len());
                report.largest = report.largest.max(block.len());
                blocks.members.extend(block.iter().map(|key| keys.record(*key)));
                blocks.begins.push(blocks.members.len() as u32);
            }
            blocks.report.passes.push(report);
        }
        blocks.file(records.len());
        blocks
    }

    /// Notes for each record where in its blocks others stand before it. Members stand in order.
    fn file(&mut self, records: usize) {
        let mut begins = vec![0u32; records + 1];
        let mut reached = vec![false; records];
        let blocks = || {
            self.begins.windows(2).map(|ends| (ends[0], &self.members[ends[0] as usize..ends[1] as usize]))
        };
        for (_, block) in blocks() {
            reached[block[0] as usize] = true;
            for member in &block[1..] {
                reached[*member as usize] = true;
                begins[*member as usize + 1] += 1;
            }
        }
        for n in 0..records {
            begins[n + 1] += begins[n];
        }
        let mut at = begins.clone();
        let mut before = vec![Stretch::default(); begins[records] as usize];
        for (from, block) in blocks() {
            let by_document = if from >= self.by_document { BY_DOCUMENT } else { 0 };
            for (n, member) in block.iter().enumerate().skip(1) {
                let place = &mut at[*member as usize];
                let from = if n == 1 { block[0] } else { from };
                before[*place as usize] = Stretch { from, many: n as u32 | by_document };
                *place += 1;
            }
        }
        self.report.unreached = reached.iter().filter(|reached| !**reached).count();
        (self.of_record, self.before) = (begins, before);
    }

    /// Finds each record before `record` that shares a block with it, once.
    pub(crate) fn before(&self, record: usize, seen: &mut Seen) {
        seen.forget();
        let own = self.of_record[record] as usize..self.of_record[record + 1] as usize;
        let stretches = &self.before[own];
        // Stretches lie far from each other: where they begin is fetched at once, before any of them is read.
        let firsts = stretches.iter().filter(|s| s.many & !BY_DOCUMENT > 1);
        std::hint::black_box(firsts.fold(0, |all, s| all ^ self.members[s.from as usize]));
        for Stretch { from, many } in stretches {
            let (many, only_document) = (many & !BY_DOCUMENT, many & BY_DOCUMENT != 0);
            if many == 1 {
                seen.see(*from, only_document);
                continue;
            }
            for member in &self.members[*from as usize..(*from + many) as usize] {
                seen.see(*member, only_document);
            }
        }
    }
}

fn pairs(members: usize) -> u64 {
    members as u64 * (members as u64 - 1) / 2
}

/// The largest size of a block so that all up to it bring no more than so many pairs.
fn largest_allowed<'k>(
    blocks: impl Iterator<Item = &'k [u64]>,
    most_pairs: u64,
    most_members: usize,
) -> usize {
    let mut by_size = vec![0u64; most_members + 1];
    for block in blocks.filter(|block| block.len() <= most_members) {
        by_size[block.len()] += pairs(block.len());
    }
    let mut brought = 0;
    let within = |(_, pairs): &(usize, u64)| {
        brought += pairs;
        brought <= most_pairs
    };
    by_size
        .into_iter()
        .enumerate()
        .take_while(within)
        .filter(|(_, pairs)| *pairs > 0)
        .last()
        .map_or(1, |(size, _)| size)
}
