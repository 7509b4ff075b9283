//! A record that is only asked about: its words are looked up and never kept.

use std::borrow::Cow;

use super::coded::Coded;
use super::coder::Coder;
use super::reading::{List, Reading, joined, numbered, read};
use super::row::Row;
use crate::words::{Alike, Strange};

/// What a question says, with the words that the coder has never met.
pub(crate) struct Asked<'c> {
    pub(crate) coder: &'c Coder,
    pub(crate) coded: Coded,
    strange: Vec<Strange>,
}

impl<'c> Asked<'c> {
    /// Of a record that the coder has made numbers of.
    pub(crate) const fn known(coder: &'c Coder, coded: Coded) -> Self {
        Self { coder, coded, strange: vec![] }
    }

    /// Of a row.
    pub(crate) fn of(coder: &'c Coder, row: &Row) -> Self {
        let mut asked = Self { coder, coded: Coded::default(), strange: vec![] };
        asked.coded = read(&mut asked, row);
        asked
    }

    fn strange(&self, word: u32) -> Option<&Strange> {
        self.strange.get((word as usize).checked_sub(self.coder.words.len())?)
    }

    /// What a word is like, among those that the coder has met.
    pub(crate) fn like(&self, word: u32) -> Cow<'c, [Alike]> {
        match self.strange(word) {
            Some(strange) => Cow::Owned(self.coder.words.like_strange(strange)),
            None => self.coder.words.like(word),
        }
    }

    /// Whether all its words have been met, so that whoever has the coder can read them.
    pub(crate) const fn is_known(&self) -> bool {
        self.strange.is_empty()
    }

    /// How a word sounds.
    pub(crate) fn heard(&self, word: u32) -> &str {
        self.strange(word).map_or_else(|| self.coder.words.heard(word), |strange| &strange.key)
    }

    /// A word that is as common as this one.
    pub(crate) fn as_common(&self, word: u32) -> u32 {
        self.strange(word).map_or(word, |strange| self.coder.words.namesake(strange))
    }

    fn number(&mut self, text: &str) -> u32 {
        let words = &self.coder.words;
        if let Some(number) = words.known(text) {
            return number;
        }
        let at = match self.strange.iter().position(|strange| strange.text == text) {
            Some(at) => at,
            None => match words.strange(text) {
                Some(strange) => {
                    self.strange.push(strange);
                    self.strange.len() - 1
                }
                None => return crate::words::MISSING,
            },
        };
        (words.len() + at) as u32
    }
}

impl Reading for Asked<'_> {
    fn piece(&mut self, piece: &str, all: &mut Vec<u32>) {
        all.extend(numbered(piece, |word| self.number(word)));
    }

    fn several(&mut self, words: &[u32]) -> u32 {
        let text = |word: &u32| self.strange(*word).map_or_else(|| self.coder.words.text(*word), |s| &s.text);
        let joined = joined(words.iter().map(text));
        self.number(&joined)
    }

    fn listed(&mut self, list: List, text: &str) -> u16 {
        self.coder.known_code(list, text)
    }

    fn fails(&self, document: u64) -> bool {
        self.coder.fails(document)
    }
}
