//! Each word kept once: however many share a name, it takes its place in memory once.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::person::Person;
use crate::token::Token;

/// The words of everybody in an index.
#[derive(Default)]
pub(super) struct Once(BTreeSet<Arc<str>>);

impl Once {
    /// Makes a person share the words that are here already.
    pub(super) fn share(&mut self, person: &mut Person) {
        let words = [&mut person.names, &mut person.surnames, &mut person.chosen, &mut person.mother];
        for tokens in words {
            for token in tokens.iter_mut() {
                *token = Token { word: self.same(&token.word), key: self.same(&token.key) };
            }
        }
        for code in [&mut person.sex, &mut person.municipality].into_iter().flatten() {
            *code = self.same(code);
        }
    }

    fn same(&mut self, word: &Arc<str>) -> Arc<str> {
        if let Some(known) = self.0.get(word) {
            return known.clone();
        }
        self.0.insert(word.clone());
        word.clone()
    }

    /// Forgets the words that nobody has any more: an erased person leaves none of hers behind.
    pub(super) fn forget(&mut self) {
        self.0.retain(|word| Arc::strong_count(word) > 1);
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
