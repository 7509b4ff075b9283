//! The search box: typed words become words alike, once; then everybody's words are looked up.

use super::said::{is_chosen, word};
use crate::token::{ALIKE, Token};
use crate::words::Vocabulary;

/// What was typed, and which words of the vocabulary are alike.
pub(super) struct Search {
    /// By typed word, and in it by word of the vocabulary: how well it fits.
    alike: Vec<Vec<f32>>,
}

impl Search {
    pub(super) fn new(text: &str, words: &Vocabulary) -> Self {
        let alike = Token::all([text]).into_iter().map(|typed| {
            let mut fits = vec![0.0; words.len()];
            for (number, text, key) in words.all() {
                fits[number as usize] = likeness(&typed, text, key) as f32;
            }
            fits
        });
        Self { alike: alike.collect() }
    }

    /// Whether nothing that can be looked for was typed.
    pub(super) fn is_empty(&self) -> bool {
        self.alike.is_empty()
    }

    /// How well the words fit a person, `None` when fewer than half do.
    pub(super) fn fit(&self, words: &[u32]) -> Option<f64> {
        let (mut fitting, mut sum) = (0, 0.0);
        for alike in &self.alike {
            let of = |marked: &u32| {
                let fit = alike.get(word(*marked) as usize).copied().unwrap_or(0.0);
                // Between two who fit alike, the one who chose the name comes first.
                f64::from(fit) * if is_chosen(*marked) { 1.0 } else { 0.98 }
            };
            let best = words.iter().map(of).fold(0.0, f64::max);
            fitting += usize::from(best > 0.0);
            sum += best;
        }
        (fitting > 0 && fitting * 2 >= self.alike.len()).then(|| sum / self.alike.len() as f64)
    }
}

/// How well a typed word fits a name: all of it, its beginning, or its sound. Zero below what counts as alike.
fn likeness(typed: &Token, word: &str, key: &str) -> f64 {
    if *typed.key == *key {
        return 1.0;
    }
    let begins = |typed: &str, whole: &str| typed.chars().nth(1).is_some() && whole.starts_with(typed);
    if begins(&typed.key, key) || begins(&typed.word, word) {
        return 0.92;
    }
    if typed.key.chars().count() < 3 || !may_be_alike(&typed.key, key) {
        return 0.0;
    }
    match typed.likeness_to(key) {
        alike if alike >= ALIKE => alike * 0.9,
        _ => 0.0,
    }
}

/// Whether two sounds have letters enough in common to be alike at all: what is alike by Jaro and Winkler at 0.88 or
/// more is by Jaro at 0.8 or more, so that the shares of common letters in both make 1.4.
fn may_be_alike(one: &str, other: &str) -> bool {
    let letters = |word: &str| word.bytes().fold(0u64, |set, b| set | 1 << (b & 63));
    let (a, b) = (letters(one), letters(other));
    let (n, m) = (one.chars().count(), other.chars().count());
    if m == 1 {
        return true;
    }
    let missing = |set: u64| set.count_ones() as usize;
    // A letter of several bytes has at most as many bits as bytes: counted in bytes, nobody is lost.
    if !(one.is_ascii() && other.is_ascii()) {
        return true;
    }
    let common = n.saturating_sub(missing(a & !b)).min(m.saturating_sub(missing(b & !a))) as f64;
    common / n as f64 + common / m as f64 >= 1.4
}
