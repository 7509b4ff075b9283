//! Keys of one pass, sorted: millions of them, twenty times over.

/// Keys that hold the record in their low bits, so that one number sorts by key and record.
pub(super) struct Keys {
    all: Vec<u64>,
    /// The other half of the shelf when keys are dealt out.
    dealt: Vec<u64>,
    /// How many bits the record takes.
    bits: u32,
    record: u64,
}

/// Bits by which keys are dealt out before they are sorted. They are hashes, so every heap is about as large, and is
/// sorted where the processor has it at hand.
const HEAPS: u32 = 11;
/// Fewer keys are at hand as they are.
const FEW: usize = 1 << 13;

impl Keys {
    pub(super) fn new(records: usize) -> Self {
        let bits = records.max(2).next_power_of_two().trailing_zeros();
        Self { all: vec![], dealt: vec![], bits, record: 0 }
    }

    /// Forgets the keys of the last pass.
    pub(super) fn clear(&mut self) {
        self.all.clear();
    }

    /// Whose keys come now.
    pub(super) fn of(&mut self, record: usize) {
        self.record = record as u64;
    }

    /// A key of parts, none if one is missing.
    #[inline(always)]
    pub(super) fn push<const N: usize>(&mut self, parts: [u64; N]) {
        if parts.iter().all(|part| *part != 0) {
            let folded = parts.iter().fold(7, |key, part| (key ^ part).wrapping_mul(SPREAD).rotate_left(29));
            self.all.push(crate::mix(folded) >> self.bits << self.bits | self.record);
        }
    }

    /// Sorts what was collected, each key of a record once.
    pub(super) fn sort(&mut self) {
        if self.all.len() < FEW {
            self.all.sort_unstable()
        } else {
            self.deal()
        }
        self.all.dedup();
    }

    /// The keys of each block, in the order of records: those that two records share, or more.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &[u64]> {
        let bits = self.bits;
        self.all.chunk_by(move |a, b| a >> bits == b >> bits).filter(|block| block.len() > 1)
    }

    /// The record of a key.
    pub(super) const fn record(&self, key: u64) -> u32 {
        (key & ((1 << self.bits) - 1)) as u32
    }

    /// Deals keys out by their first bits, leaves out most that nobody shares, and sorts each heap.
    fn deal(&mut self) {
        let heap = |key: &u64| (key >> (64 - HEAPS)) as usize;
        let mut ends = vec![0usize; (1 << HEAPS) + 1];
        self.all.iter().for_each(|key| ends[heap(key) + 1] += 1);
        for n in 0..1 << HEAPS {
            ends[n + 1] += ends[n];
        }
        let mut at = ends.clone();
        self.dealt.resize(self.all.len(), 0);
        for key in &self.all {
            let place = &mut at[heap(key)];
            self.dealt[*place] = *key;
            *place += 1;
        }
        self.all.clear();
        for heap in ends.windows(2).map(|ends| &self.dealt[ends[0]..ends[1]]) {
            let begin = self.all.len();
            self.all.extend(shared(heap));
            self.all[begin..].sort_unstable();
        }
    }
}

/// The keys of a heap that have the bits after the first in common with another: those that two records share, and few more.
fn shared(heap: &[u64]) -> impl Iterator<Item = u64> {
    const WORDS: usize = 1 << 8;
    let (mut once, mut twice) = ([0u64; WORDS], [0u64; WORDS]);
    let place = |key: u64| ((key >> (56 - HEAPS)) as usize % WORDS, 1u64 << (key >> (50 - HEAPS) & 63));
    for (word, bit) in heap.iter().map(|key| place(*key)) {
        twice[word] |= once[word] & bit;
        once[word] |= bit;
    }
    heap.iter().copied().filter(move |key| {
        let (word, bit) = place(*key);
        twice[word] & bit != 0
    })
}

/// The golden ratio as a fraction of 2^64, which is odd.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
