//! People as 1024 bits, under the keys of an exchange.

use chacha20::ChaCha20;
use chacha20::cipher::{KeyIvInit, StreamCipher};
use sha2::{Digest, Sha256};

use super::atoms::{Atoms, FIELDS, Field, atoms};
use super::exchange::Exchange;
use super::plan::{PLAN, Pair};
use super::sealed::Mark;
use crate::Row;
use crate::words::{Map, Nicknames};

/// Bits of an encoding.
pub const BITS: usize = 1024;

/// A person as bits; equal to another exchange's by chance only. `Debug` shows none of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Encoding(pub(super) [u64; BITS / 64]);

/// Turns records into encodings.
pub struct Encoder {
    exchange: Exchange,
    nicknames: Nicknames,
    /// Words that were met, by field: the same few thousand name everybody.
    words: Map<(u8, Box<str>), Word>,
}

/// Six bytes of a word's keyed fingerprint: half of a nonce.
type Word = [u8; 6];

/// Raised whenever names, dates or numbers are read otherwise than before: what was encoded before cannot be compared then.
const READING: u8 = 1;

/// The field number under which chance of a record's own stands in for what is missing.
const OWN: u8 = 255;

impl Encoder {
    /// An encoder for one exchange. Both sides must use the same table of hypocoristics.
    #[must_use]
    pub fn new(exchange: Exchange, nicknames: Nicknames) -> Self {
        Self { exchange, nicknames, words: Map::default() }
    }

    /// A sum of everything that must be the same on both sides besides the keys: reading of names, weights, hypocoristics.
    #[must_use]
    pub fn tables(&self) -> [u8; 8] {
        let mut sum = Sha256::new();
        sum.update([READING]);
        for Pair(one, other, flips, missing) in PLAN {
            sum.update([*one as u8, *other as u8, *flips, *missing]);
        }
        sum.update(self.nicknames.to_string());
        let mut tables = [0; 8];
        tables.copy_from_slice(&sum.finalize()[..8]);
        tables
    }

    /// Encodes a record. `None` when too little is known to recognise anybody: two things at least must be.
    ///
    /// Each pair of atoms that [`PLAN`] names flips as many of the 1024 bits as it weighs, at places that only the
    /// keys know. What is missing flips fewer, at places that only this record has.
    pub fn person(&mut self, row: &Row, mark: &Mark) -> Option<Encoding> {
        let atoms = atoms(row, &self.nicknames);
        let telling = [Field::Given, Field::Surname, Field::Years, Field::Mother, Field::Document];
        if telling.iter().filter(|field| !atoms[**field as usize].is_empty()).count() < 2 {
            return None;
        }
        let words = self.words(&atoms);
        let mut code = Encoding([0; BITS / 64]);
        for (n, Pair(one, other, flips, missing)) in (0..).zip(PLAN) {
            let (these, those) = (&words[*one as usize], &words[*other as usize]);
            let pairs = these.len() * those.len();
            if pairs == 0 {
                let mut own = [0; 6];
                own.copy_from_slice(&self.exchange.word(OWN, &[&mark[..], &[n]].concat())[..6]);
                self.flip(&mut code, own, [n; 6], (*missing).into());
                continue;
            }
            let each = (usize::from(*flips) + pairs / 2) / pairs;
            for this in these {
                for that in those {
                    self.flip(&mut code, *this, *that, each);
                }
            }
        }
        Some(code)
    }

    /// The keyed fingerprints of atoms.
    fn words(&mut self, atoms: &Atoms) -> [Vec<Word>; FIELDS] {
        let mut words: [Vec<Word>; FIELDS] = Default::default();
        for (field, (atoms, words)) in (0..).zip(atoms.iter().zip(&mut words)) {
            for atom in atoms {
                let key = (field, atom.as_str().into());
                let word = self.words.entry(key).or_insert_with(|| {
                    let mut word = [0; 6];
                    word.copy_from_slice(&self.exchange.word(field, atom.as_bytes())[..6]);
                    word
                });
                words.push(*word);
            }
        }
        words
    }

    /// Flips `count` bits, at most 64, at places that follow from two words: `ChaCha20` under the exchange's key with the words
    /// as nonce. Fewer flips of the same pair are the first of more.
    fn flip(&self, code: &mut Encoding, one: Word, other: Word, count: usize) {
        let mut nonce = [0; 12];
        nonce[..6].copy_from_slice(&one);
        nonce[6..].copy_from_slice(&other);
        let mut places = [0; 128];
        let places = &mut places[..if count > 32 { 128 } else { 64 }];
        ChaCha20::new(self.exchange.pairs().into(), &nonce.into()).apply_keystream(places);
        for place in places.chunks_exact(2).take(count) {
            let place = usize::from(u16::from_le_bytes([place[0], place[1]])) % BITS;
            code.0[place / 64] ^= 1 << (place % 64);
        }
    }
}

impl Encoding {
    /// From its bits, the first in the lowest place of the first word.
    #[must_use]
    pub const fn new(words: [u64; BITS / 64]) -> Self {
        Self(words)
    }

    /// Its bits.
    #[must_use]
    pub const fn words(&self) -> &[u64; BITS / 64] {
        &self.0
    }

    /// How many of its bits are set.
    #[must_use]
    pub fn ones(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }
}

impl std::fmt::Debug for Encoding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Encoding(..)")
    }
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Encoder(..)")
    }
}
