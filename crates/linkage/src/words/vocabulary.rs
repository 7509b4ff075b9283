//! Every word that was met, with its sound, its neighbours and how often it was met.

use std::borrow::Cow;

use super::class::{EXACT, NEAR, SOUND};
use super::near::{Neighbourhood, likeness};
use super::{Map, Nicknames};
use crate::fold::fold;

/// The number of a word that is not there. It has no neighbours and is like nothing.
pub(crate) const MISSING: u32 = 0;

/// The number of a sound, or of a word, that is not there and is not missing: nobody has it.
pub(super) const NOBODY: u32 = u32::MAX;

/// Words and sounds as numbers. Two words are of one *name* when they sound the same or one is a hypocoristic
/// of the other and of nothing else.
pub(crate) struct Vocabulary {
    pub(super) numbers: Map<Box<str>, u32>,
    pub(super) words: Vec<Word>,
    pub(super) sounds: Map<Box<str>, u32>,
    /// By sound: its text and the words that sound so.
    pub(super) of_sound: Vec<(Box<str>, Vec<u32>)>,
    /// By sound: the words of which it is the name.
    pub(super) of_name: Vec<Vec<u32>>,
    /// By sound: words that may be short for it, among other names.
    pub(super) short_for: Map<u32, Vec<u32>>,
    pub(super) by_initial: Map<char, Vec<u32>>,
    near: Neighbourhood,
    pub(super) nicknames: Nicknames,
    /// What each word is like, once all were compared; empty while words may come.
    compared: Vec<Like>,
}

/// The words that a word is like, itself included, each once, as (word, class).
pub(crate) type Like = Box<[(u32, u8)]>;

pub(super) struct Word {
    pub(super) text: Box<str>,
    pub(super) sound: u32,
    pub(super) name: u32,
    /// Sounds that it may be short for, when there are several.
    pub(super) may_be: Vec<u32>,
}

impl Vocabulary {
    pub(crate) fn new(nicknames: Nicknames) -> Self {
        let nothing = Word { text: "".into(), sound: 0, name: 0, may_be: vec![] };
        Self {
            numbers: Map::default(),
            words: vec![nothing],
            sounds: Map::default(),
            of_sound: vec![("".into(), vec![])],
            of_name: vec![vec![]],
            short_for: Map::default(),
            by_initial: Map::default(),
            near: Neighbourhood::default(),
            nicknames,
            compared: vec![],
        }
    }

    /// How many words there are, the missing one among them.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    pub(crate) fn text(&self, word: u32) -> &str {
        &self.words[word as usize].text
    }

    /// The name that a word is, as the number of a sound.
    pub(crate) fn name(&self, word: u32) -> u32 {
        self.words.get(word as usize).map_or(NOBODY, |word| word.name)
    }

    /// A number for the name of a word that does not depend on which words came first.
    pub(crate) fn lot(&self, word: u32) -> u64 {
        let text = &self.of_sound[self.name(word) as usize].0;
        text.bytes().fold(7, |lot, b| crate::mix(lot ^ u64::from(b)))
    }

    /// The number of a word that is known already.
    pub(crate) fn known(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    /// The number of a normalised word, new or not. Words without a sound, such as a lone `h`, are missing.
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        self.compared.clear();
        let key = fold(text);
        if key.is_empty() {
            return MISSING;
        }
        let sound = self.sound(&key);
        let names: Vec<String> = self.nicknames.names(text).iter().map(|n| fold(n)).collect();
        let mut bases: Vec<u32> = names.iter().map(|n| self.sound(n)).collect();
        bases.dedup();
        let word = self.words.len() as u32;
        let name = if let [only] = bases[..] { only } else { sound };
        if bases.len() > 1 {
            for base in &bases {
                self.short_for.entry(*base).or_default().push(word);
            }
        } else {
            bases.clear();
        }
        self.of_sound[sound as usize].1.push(word);
        self.of_name[name as usize].push(word);
        if let Some(first) = text.chars().next() {
            self.by_initial.entry(first).or_default().push(word);
        }
        self.words.push(Word { text: text.into(), sound, name, may_be: bases });
        self.numbers.insert(text.into(), word);
        word
    }

    fn sound(&mut self, key: &str) -> u32 {
        if let Some(number) = self.sounds.get(key) {
            return *number;
        }
        let number = self.of_sound.len() as u32;
        self.sounds.insert(key.into(), number);
        self.of_sound.push((key.into(), vec![]));
        self.of_name.push(vec![]);
        self.near.add(key, number);
        number
    }

    /// Compares every word with every other, once.
    pub(crate) fn compare_all(&mut self) {
        self.compared = (0..self.words.len() as u32).map(|word| self.search(word)).collect();
    }

    /// Words came or went: what was compared is no longer all.
    pub(super) fn unsettle(&mut self) {
        self.compared.clear();
    }

    /// Every word with its number and its sound.
    pub(crate) fn all(&self) -> impl Iterator<Item = (u32, &str, &str)> {
        let sound = |word: &Word| &*self.of_sound[word.sound as usize].0;
        let words = (0u32..).zip(&self.words).filter(|(_, word)| !word.text.is_empty());
        words.map(move |(number, word)| (number, &*word.text, sound(word)))
    }

    /// Whether all words were compared and none came since.
    pub(crate) fn is_compared(&self) -> bool {
        !self.compared.is_empty()
    }

    /// What a word is like: looked up when all were compared, and otherwise searched for.
    pub(crate) fn like(&self, word: u32) -> Cow<'_, [(u32, u8)]> {
        match self.compared.get(word as usize) {
            Some(like) => Cow::Borrowed(like),
            None => Cow::Owned(self.search(word).into_vec()),
        }
    }

    fn search(&self, word: u32) -> Like {
        if word == MISSING {
            return Like::default();
        }
        let this = &self.words[word as usize];
        let key = &self.of_sound[this.sound as usize].0;
        self.look((&this.text, key), this.sound, this.name, &this.may_be, Some(word))
    }

    /// The words that are like one with this text and sound, of which the number may be known.
    pub(super) fn look(
        &self,
        (text, key): (&str, &str),
        its_sound: u32,
        name: u32,
        may_be: &[u32],
        word: Option<u32>,
    ) -> Like {
        let mut like: Vec<(u32, u8)> = word.map(|word| (word, EXACT)).into_iter().collect();
        like.extend(self.of_name.get(name as usize).into_iter().flatten().map(|w| (*w, SOUND)));
        for sound in self.near.around(key) {
            let (other, words) = &self.of_sound[sound as usize];
            let class = if sound == its_sound { NEAR } else { likeness(key, other) };
            if class > 0 {
                like.extend(words.iter().map(|w| (*w, class)));
            }
        }
        for base in may_be {
            like.extend(self.of_name.get(*base as usize).into_iter().flatten().map(|w| (*w, NEAR)));
        }
        if let Some(short) = self.short_for.get(&name) {
            like.extend(short.iter().map(|w| (*w, NEAR)));
        }
        let mut letters = text.chars();
        if let (Some(first), None) = (letters.next(), letters.next()) {
            like.extend(self.by_initial.get(&first).into_iter().flatten().map(|w| (*w, NEAR)));
        } else if let Some(first) = text.chars().next().and_then(|c| self.known(c.encode_utf8(&mut [0; 4]))) {
            like.push((first, NEAR));
        }
        like.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        like.dedup_by_key(|(w, _)| *w);
        like.into_boxed_slice()
    }
}
