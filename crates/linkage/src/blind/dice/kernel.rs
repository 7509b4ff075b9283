//! Common bits of one encoding with 128 others, in three builds of the same lines: the processor's own count of bits in 512 bits
//! (AVX-512 VPOPCNTDQ), AVX2, and what every processor can. Whole numbers, so the result is the same to the bit.
//!
//! No `unsafe` of ours: `multiversion` makes the builds and the question of what the processor can. Loops over lanes have no sums
//! from lane to lane, so the compiler makes vectors of them; written as a loop over words it gathers, six times slower.

use super::super::encode::Encoding;

/// Words of an encoding.
pub(super) const WORDS: usize = 16;
/// Encodings of a block: 16 KiB, which stay in the first cache.
pub(super) const LANES: usize = 128;
/// Encodings, word by word.
pub(super) type Block = [[u64; LANES]; WORDS];

/// Which instructions to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// AVX-512 with VPOPCNTDQ.
    Avx512,
    /// AVX2.
    Avx2,
    /// Whatever the build's target has.
    Plain,
}

/// Told of a row (its place among those given) that may be alike to some of the block, with the common bits.
type Hit<'h> = &'h mut dyn FnMut(usize, &[u64; LANES]);

impl Kernel {
    /// Those that this processor has, the quickest first.
    #[must_use]
    pub fn available() -> Vec<Self> {
        #[cfg(target_arch = "x86_64")]
        {
            let mut all = vec![];
            if is_x86_feature_detected!("avx512vpopcntdq") && is_x86_feature_detected!("avx512f") {
                all.push(Self::Avx512);
            }
            if is_x86_feature_detected!("avx2") {
                all.push(Self::Avx2);
            }
            all.push(Self::Plain);
            all
        }
        #[cfg(not(target_arch = "x86_64"))]
        vec![Self::Plain]
    }

    /// The quickest that this processor has.
    #[must_use]
    pub fn best() -> Self {
        Self::available().first().copied().unwrap_or(Self::Plain)
    }

    /// Compares rows with a block; `need` is what each must have in common with any to be told. One that the processor has not
    /// falls back to [`Kernel::Plain`].
    pub(super) fn block(self, codes: &[Encoding], rows: &[u32], need: &[u64], block: &Block, hit: Hit) {
        match self {
            Self::Avx512 => avx512(codes, rows, need, block, hit),
            Self::Avx2 => avx2(codes, rows, need, block, hit),
            Self::Plain => rowwise::<false>(codes, rows, need, block, hit),
        }
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx512vpopcntdq"))]
fn avx512(codes: &[Encoding], rows: &[u32], need: &[u64], block: &Block, hit: Hit) {
    rowwise::<true>(codes, rows, need, block, hit);
}

#[multiversion::multiversion(targets("x86_64+avx2+popcnt"))]
fn avx2(codes: &[Encoding], rows: &[u32], need: &[u64], block: &Block, hit: Hit) {
    rowwise::<false>(codes, rows, need, block, hit);
}

#[inline(always)]
fn rowwise<const COUNTS: bool>(codes: &[Encoding], rows: &[u32], need: &[u64], block: &Block, hit: Hit) {
    let mut common = [0; LANES];
    for (at, (row, need)) in rows.iter().zip(need).enumerate() {
        let code = &codes[*row as usize].0;
        if COUNTS {
            counted(code, block, &mut common)
        } else {
            sliced(code, block, &mut common)
        }
        // The highest bit is set where need - 1 - common is below nothing.
        let below = need.wrapping_sub(1);
        let enough = common.iter().fold(0, |enough, common| enough | below.wrapping_sub(*common));
        if enough >> 63 != 0 {
            hit(at, &common);
        }
    }
}

/// For processors that count bits themselves.
#[inline(always)]
fn counted(code: &[u64; WORDS], block: &Block, common: &mut [u64; LANES]) {
    for (lane, common) in common.iter_mut().enumerate() {
        let c = |word: usize| u64::from((code[word] & block[word][lane]).count_ones());
        let first = ((c(0) + c(1)) + (c(2) + c(3))) + ((c(4) + c(5)) + (c(6) + c(7)));
        *common = first + (((c(8) + c(9)) + (c(10) + c(11))) + ((c(12) + c(13)) + (c(14) + c(15))));
    }
}

/// For others: fifteen words are added up bit by bit into four (Harley and Seal), so that five are counted instead of sixteen.
#[inline(always)]
fn sliced(code: &[u64; WORDS], block: &Block, common: &mut [u64; LANES]) {
    for (lane, common) in common.iter_mut().enumerate() {
        let x = |word: usize| code[word] & block[word][lane];
        let (one, a) = add(x(0), x(1), x(2));
        let (one, b) = add(one, x(3), x(4));
        let (one, c) = add(one, x(5), x(6));
        let (one, d) = add(one, x(7), x(8));
        let (one, e) = add(one, x(9), x(10));
        let (one, f) = add(one, x(11), x(12));
        let (one, g) = add(one, x(13), x(14));
        let (two, h) = add(a, b, c);
        let (two, i) = add(two, d, e);
        let (two, j) = add(two, f, g);
        let (four, eight) = add(h, i, j);
        let n = |word: u64| u64::from(word.count_ones());
        *common = n(one) + n(x(15)) + 2 * n(two) + 4 * n(four) + 8 * n(eight);
    }
}

/// Adds three bits in each place: the sum and what is carried.
#[inline(always)]
const fn add(a: u64, b: u64, c: u64) -> (u64, u64) {
    let odd = a ^ b;
    (odd ^ c, a & b | odd & c)
}
