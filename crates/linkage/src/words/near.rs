//! Sounds that differ by one or two letters, found without comparing each with each.
//!
//! Every sound is filed under itself with up to two letters left out: two sounds at an edit distance of two
//! or less share such a remainder (Bast and Celikik 2013, «deletion neighbourhoods»). Some 20,000 sounds cost
//! half a million short remainders, where comparing all pairs would cost 200 million comparisons.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::class::{DISTANT, NEAR};
use super::letters::apart;

/// Longer sounds are filed by their first letters only.
const MOST: usize = 16;

/// Sounds by their remainders.
#[derive(Default)]
pub(super) struct Neighbourhood {
    /// The first link of each remainder's chain, from 1.
    heads: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
    /// A sound and the next link, 0 at the end.
    chain: Vec<(u32, u32)>,
}

/// Keys that are hashes already.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.0 = self.0.rotate_left(8) ^ u64::from(*b));
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = crate::mix(key);
    }
}

impl Neighbourhood {
    pub(super) fn add(&mut self, sound: &str, number: u32) {
        for remainder in remainders(&letters(sound)) {
            let head = self.heads.entry(remainder).or_default();
            self.chain.push((number, *head));
            *head = self.chain.len() as u32;
        }
    }

    /// The numbers of the sounds that share a remainder with this one, itself included, each once.
    pub(super) fn around(&self, sound: &str) -> Vec<u32> {
        let mut found = Vec::new();
        for remainder in remainders(&letters(sound)) {
            let mut link = self.heads.get(&remainder).copied().unwrap_or(0);
            while link != 0 {
                let (number, next) = self.chain[link as usize - 1];
                found.push(number);
                link = next;
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// All pairs of sounds that are alike, each once and with the class, the smaller number first. `sounds` stand at the place of
/// their numbers.
///
/// Remainders are sorted rather than looked up: the same work for all, but in order.
pub(super) fn all_pairs<'s>(sounds: impl Iterator<Item = &'s str>) -> Vec<(u32, u32, u8)> {
    let texts: Vec<&str> = sounds.collect();
    let bits = texts.len().max(2).next_power_of_two().trailing_zeros();
    let known: Vec<u64> = texts.iter().map(|text| letters_in(text)).collect();
    let mut filed: Vec<u64> = Vec::with_capacity(texts.len() * 32);
    for (number, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        let remainders = remainders(&letters(text));
        filed.extend(remainders.iter().map(|r| crate::mix(*r) >> bits << bits | number as u64));
    }
    filed.sort_unstable();
    let number = |filed: u64| (filed & ((1 << bits) - 1)) as usize;
    let mut near: Vec<u64> = Vec::new();
    for same in filed.chunk_by(|a, b| a >> bits == b >> bits) {
        for (n, other) in same.iter().enumerate().skip(1) {
            let letters = known[number(*other)];
            let may_be = same[..n].iter().map(|one| number(*one));
            let may_be = may_be.filter(|one| !too_many_other(known[*one], letters));
            near.extend(may_be.map(|one| (one as u64) << 32 | number(*other) as u64));
        }
    }
    near.sort_unstable();
    near.dedup();
    let both = |pair: &u64| ((pair >> 32) as u32, *pair as u32);
    let classed =
        near.iter().map(both).map(|(a, b)| (a, b, by_letters(texts[a as usize], texts[b as usize])));
    classed.filter(|(.., class)| *class > 0).collect()
}

fn letters(sound: &str) -> Vec<char> {
    sound.chars().take(MOST).collect()
}

/// Hashes of the letters with none, one and, from six letters on, two left out.
fn remainders(letters: &[char]) -> Vec<u64> {
    let mut all = vec![hash(letters, usize::MAX, usize::MAX)];
    let n = letters.len();
    if n >= 3 {
        all.extend((0..n).map(|i| hash(letters, i, usize::MAX)));
    }
    if n >= 6 {
        all.extend((0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))).map(|(i, j)| hash(letters, i, j)));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// FNV-1a over the letters except two; a collision only brings a sound that is then compared in full.
fn hash(letters: &[char], without: usize, and: usize) -> u64 {
    let kept = letters.iter().enumerate().filter(|(i, _)| *i != without && *i != and);
    kept.fold(0xcbf2_9ce4_8422_2325, |h, (_, c)| (h ^ u64::from(*c)).wrapping_mul(0x0100_0000_01b3))
}

/// How alike two different sounds are by their letters: [`NEAR`], [`DISTANT`] or 0.
pub(super) fn likeness(one: &str, other: &str) -> u8 {
    if too_many_other(letters_in(one), letters_in(other)) { 0 } else { by_letters(one, other) }
}

/// The same, once it is known that most letters are common.
fn by_letters(one: &str, other: &str) -> u8 {
    let shorter = one.chars().count().min(other.chars().count());
    match (apart(one, other), shorter) {
        (0 | 1, 5..) => NEAR,
        (0 | 1, 3..) | (2, 6..) => DISTANT,
        _ => 0,
    }
}

/// An edit changes at most two of the letters that occur: most strangers are told by that alone.
const fn too_many_other(one: u64, other: u64) -> bool {
    (one ^ other).count_ones() > 4
}

fn letters_in(sound: &str) -> u64 {
    sound.bytes().fold(0, |set, b| set | 1 << (b & 63))
}

#[cfg(test)]
mod tests {
    use super::{DISTANT, NEAR, Neighbourhood, likeness};

    #[test]
    fn every_pair_within_reach_is_found() {
        let sounds = [
            "belaskes", "belaskez", "belakes", "blaskes", "tum", "tun", "um", "kaseres", "kaserse", "aseres",
        ];
        let mut all = Neighbourhood::default();
        for (n, sound) in (0..).zip(sounds) {
            all.add(sound, n);
        }
        for (n, one) in (0..).zip(sounds) {
            let around = all.around(one);
            for (m, other) in (0u32..).zip(sounds) {
                if likeness(one, other) > 0 {
                    assert!(around.contains(&m), "{one} {other}");
                }
                assert_eq!(likeness(one, other), likeness(other, one));
            }
            assert!(around.contains(&n));
        }
        assert_eq!(likeness("tum", "tun"), DISTANT);
        assert_eq!(likeness("belaskes", "belaskez"), NEAR);
        assert_eq!(likeness("tum", "pop"), 0);
    }
}
