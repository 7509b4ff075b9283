//! Which encodings of two sides are alike: Dice over 1024 bits, every pair, in whole numbers.

mod kernel;

pub use kernel::Kernel;
use kernel::{Block, LANES, WORDS};

use super::encode::Encoding;

/// A pair that is alike enough: places in both lists and the coefficient, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alike {
    /// The place in the first list.
    pub left: u32,
    /// The place in the second list.
    pub right: u32,
    /// Twice the common bits over the bits of both.
    pub dice: f64,
}

/// A block of the second side: sixteen words of 128 encodings, word by word, as the processor takes them.
struct Packed {
    words: Box<Block>,
    /// Set bits of each encoding; those that fill up the last block have none.
    bits: [u32; LANES],
    /// Where each stood.
    places: [u32; LANES],
    fewest: u32,
    most: u32,
}

/// All pairs whose Dice coefficient is at least `threshold`, by `left`, then `right`. The result is the same with every
/// kernel. An encoding without a set bit is like nothing.
#[must_use]
pub fn alike(left: &[Encoding], right: &[Encoding], threshold: f64, kernel: Kernel) -> Vec<Alike> {
    let need = Need::new(threshold);
    let mut found = Vec::new();
    // Blocks of like numbers of bits: their bounds are narrow.
    let mut order: Vec<(u32, u32)> = (0..).zip(right).map(|(place, code)| (code.ones(), place)).collect();
    order.sort_unstable();
    order.retain(|(bits, _)| *bits > 0);
    let lefts: Vec<u32> = left.iter().map(Encoding::ones).collect();
    let mut wanted = Vec::new();
    let mut rows = Vec::new();
    for chunk in order.chunks(LANES) {
        let block = Packed::new(chunk, right);
        wanted.clear();
        rows.clear();
        for (row, bits) in (0..).zip(&lefts) {
            // What the best encoding of the block would need; whoever cannot reach it is not compared.
            let need = need.of(bits + block.fewest);
            if *bits > 0 && need <= (*bits).min(block.most) {
                wanted.push(u64::from(need));
                rows.push(row);
            }
        }
        kernel.block(left, &rows, &wanted, &block.words, &mut |at, common| {
            let (row, bits) = (rows[at], lefts[rows[at] as usize]);
            for lane in 0..chunk.len() {
                let (common, sum) = (common[lane] as u32, bits + block.bits[lane]);
                if common >= need.of(sum) {
                    let dice = f64::from(2 * common) / f64::from(sum);
                    found.push(Alike { left: row, right: block.places[lane], dice });
                }
            }
        });
    }
    found.sort_unstable_by_key(|pair| (pair.left, pair.right));
    found
}

/// The common bits that are needed, by the sum of both sides' bits.
struct Need(Vec<u32>);

impl Need {
    fn new(threshold: f64) -> Self {
        let enough = |common: u32, sum: u32| f64::from(2 * common) / f64::from(sum) >= threshold;
        let most = 2 * 64 * WORDS as u32;
        // The first guess is within one of the right number; the quotient that is reported decides.
        let need = |sum: u32| {
            let guess = (threshold * f64::from(sum) / 2.0).clamp(0.0, f64::from(most)) as u32;
            (guess.saturating_sub(1)..)
                .find(|common| enough(*common, sum) || *common > sum)
                .unwrap_or(u32::MAX)
        };
        Self(std::iter::once(u32::MAX).chain((1..=most).map(need)).map(|need| need.max(1)).collect())
    }

    fn of(&self, sum: u32) -> u32 {
        self.0.get(sum as usize).copied().unwrap_or(u32::MAX)
    }
}

impl Packed {
    fn new(chunk: &[(u32, u32)], codes: &[Encoding]) -> Self {
        let mut block = Self {
            words: Box::new([[0; LANES]; WORDS]),
            bits: [0; LANES],
            places: [0; LANES],
            fewest: chunk.first().map_or(0, |first| first.0),
            most: chunk.last().map_or(0, |last| last.0),
        };
        for (lane, (bits, place)) in chunk.iter().enumerate() {
            block.bits[lane] = *bits;
            block.places[lane] = *place;
            for (words, word) in block.words.iter_mut().zip(&codes[*place as usize].0) {
                words[lane] = *word;
            }
        }
        block
    }
}
