//! Every word of everybody's names, one after the other: whoever looks for a name reads all of them.

use crate::normalise;
use crate::record::Row;

/// The mark of a word of a chosen name.
const CHOSEN: u32 = 1 << 31;

/// The word without its mark.
pub(super) const fn word(marked: u32) -> u32 {
    marked & !CHOSEN
}

/// Whether it is of a chosen name.
pub(super) const fn is_chosen(marked: u32) -> bool {
    marked & CHOSEN != 0
}

/// The words of names in all readings of a person, each once, those of the chosen name marked.
pub(super) fn of(rows: &[Row], chosen: &str, mut number: impl FnMut(&str) -> u32) -> Vec<u32> {
    let mut words: Vec<u32> = normalise(chosen).iter().map(|word| number(word) | CHOSEN).collect();
    for row in rows {
        for name in [row.given_names, row.surname1, row.surname2] {
            words.extend(normalise(name).iter().map(|word| number(word)));
        }
    }
    words.retain(|marked| word(*marked) != 0);
    words.sort_unstable_by_key(|marked| (word(*marked), !is_chosen(*marked)));
    words.dedup_by_key(|marked| word(*marked));
    words
}

/// Words by place.
#[derive(Default)]
pub(super) struct Said {
    words: Vec<u32>,
    /// By place: where her words begin, and how many they are.
    spans: Vec<(u32, u32)>,
    /// Words of people who were taken out.
    dead: usize,
}

impl Said {
    pub(super) fn put(&mut self, place: u32, words: &[u32]) {
        let at = place as usize;
        if self.spans.len() <= at {
            self.spans.resize(at + 1, (0, 0));
        }
        self.spans[at] = (self.words.len() as u32, words.len() as u32);
        self.words.extend_from_slice(words);
    }

    pub(super) fn of(&self, place: u32) -> &[u32] {
        let (from, n) = self.spans.get(place as usize).copied().unwrap_or_default();
        self.words.get(from as usize..(from + n) as usize).unwrap_or_default()
    }

    pub(super) fn take(&mut self, place: u32) -> Vec<u32> {
        let words = self.of(place).to_vec();
        if let Some(span) = self.spans.get_mut(place as usize) {
            *span = (0, 0);
        }
        self.dead += words.len();
        // Once half of it is of nobody, it is written anew.
        if self.dead > 1024 && self.dead * 2 > self.words.len() {
            let mut anew = Self::default();
            for at in 0..self.spans.len() as u32 {
                anew.put(at, self.of(at));
            }
            *self = anew;
        }
        words
    }

    /// Everybody's words, with the place.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, &[u32])> {
        (0..self.spans.len()).map(|at| (at, self.of(at as u32))).filter(|(_, words)| !words.is_empty())
    }
}
