//! Words that are asked about and are not in the vocabulary; and words that leave it.

use super::vocabulary::{Alike, MISSING, NOBODY, Vocabulary};
use crate::fold::fold;

/// A word that nobody has, as far as the vocabulary can place it.
pub(crate) struct Strange {
    pub(crate) text: String,
    /// How it sounds.
    pub(crate) key: String,
    sound: u32,
    name: u32,
    may_be: Vec<u32>,
}

impl Vocabulary {
    /// A word that is not here; `None` when it has no sound.
    pub(crate) fn strange(&self, text: &str) -> Option<Strange> {
        let key = fold(text);
        if key.is_empty() {
            return None;
        }
        let of = |key: &str| self.sounds.get(key).copied().unwrap_or(NOBODY);
        let sound = of(&key);
        let mut names: Vec<String> = self.nicknames.names(text).iter().map(|n| fold(n)).collect();
        names.dedup();
        let mut may_be: Vec<u32> = names.iter().map(|n| of(n)).collect();
        let name = if let [only] = may_be[..] { only } else { sound };
        if may_be.len() < 2 {
            may_be.clear();
        }
        Some(Strange { text: text.to_owned(), key, sound, name, may_be })
    }

    /// The words that are like it.
    pub(crate) fn like_strange(&self, strange: &Strange) -> Vec<Alike> {
        let Strange { text, key, sound, name, may_be } = strange;
        let mut like = Vec::new();
        self.look(text, (*sound, *name), may_be, self.around(key, *sound), &mut like);
        like
    }

    /// A word of the same name; a number that nobody has when there is none.
    pub(crate) fn namesake(&self, strange: &Strange) -> u32 {
        self.of_name.get(strange.name as usize).and_then(|words| words.first()).copied().unwrap_or(NOBODY)
    }

    /// Forgets a word that nobody has any more, and its sound with it. Its number is not used again.
    pub(crate) fn forget(&mut self, word: u32) {
        let Some(this) =
            self.words.get_mut(word as usize).filter(|this| word != MISSING && !this.text.is_empty())
        else {
            return;
        };
        let (text, sound, name) = (std::mem::take(&mut this.text), this.sound, self.names[word as usize]);
        let may_be = std::mem::take(&mut this.may_be);
        self.unsettle();
        self.numbers.remove(&text);
        let without = |words: &mut Vec<u32>| words.retain(|w| *w != word);
        without(&mut self.of_sound[sound as usize].1);
        without(&mut self.of_name[name as usize]);
        if let Some(initial) = text.chars().next().and_then(|c| self.by_initial.get_mut(&c)) {
            without(initial);
        }
        for base in may_be {
            if let Some(short) = self.short_for.get_mut(&base) {
                without(short);
            }
        }
        // What a hypocoristic of the pack is short for stays: it is the pack's word, not hers.
        let (key, words) = &self.of_sound[sound as usize];
        if words.is_empty() && self.of_name[sound as usize].is_empty() && !self.short_for.contains_key(&sound)
        {
            self.sounds.remove(key);
            self.of_sound[sound as usize].0 = "".into();
        }
    }
}
