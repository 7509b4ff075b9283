//! Every word that was met, with its sound, its neighbours and how often it was met.

use std::borrow::Cow;

use super::class::{EXACT, NEAR, SOUND};
use super::near::{Neighbourhood, all_pairs, likeness};
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
    /// By word: the sound of the name that it is. Apart from the rest, since it is asked for most.
    pub(super) names: Vec<u32>,
    pub(super) sounds: Map<Box<str>, u32>,
    /// By sound: its text and the words that sound so.
    pub(super) of_sound: Vec<(Box<str>, Vec<u32>)>,
    /// By sound: the words of which it is the name.
    pub(super) of_name: Vec<Vec<u32>>,
    /// By sound: words that may be short for it, among other names.
    pub(super) short_for: Map<u32, Vec<u32>>,
    pub(super) by_initial: Map<char, Vec<u32>>,
    near: Neighbourhood,
    /// Whether words are compared all at once or not at all: nobody asks for one, and their sounds need not be filed.
    at_once: bool,
    pub(super) nicknames: Nicknames,
    /// What each word is like, one after the other, once all were compared, and where each word's begin; empty while
    /// words may come.
    compared: Vec<Alike>,
    begins: Vec<u32>,
}

/// A word that another one is like, and how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Alike(u32);

impl Alike {
    /// Words beyond the 536 millionth share a number: no register has as many.
    const fn new(word: u32, class: u8) -> Self {
        Self(word << 3 | class as u32)
    }

    pub(crate) const fn word(self) -> u32 {
        self.0 >> 3
    }

    /// See [`class`](super::class).
    pub(crate) const fn class(self) -> u8 {
        (self.0 & 7) as u8
    }
}

pub(super) struct Word {
    pub(super) text: Box<str>,
    pub(super) sound: u32,
    /// Sounds that it may be short for, when there are several.
    pub(super) may_be: Vec<u32>,
}

impl Vocabulary {
    pub(crate) fn new(nicknames: Nicknames) -> Self {
        let nothing = Word { text: "".into(), sound: 0, may_be: vec![] };
        Self {
            numbers: Map::default(),
            words: vec![nothing],
            names: vec![0],
            sounds: Map::default(),
            of_sound: vec![("".into(), vec![])],
            of_name: vec![vec![]],
            short_for: Map::default(),
            by_initial: Map::default(),
            near: Neighbourhood::default(),
            at_once: false,
            nicknames,
            compared: vec![],
            begins: vec![],
        }
    }

    /// The same for words that [`compare_all`](Self::compare_all) compares before anybody asks what one is like.
    pub(crate) fn at_once(self) -> Self {
        Self { at_once: true, ..self }
    }

    /// How many words there are, the missing one among them.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    pub(crate) fn text(&self, word: u32) -> &str {
        &self.words[word as usize].text
    }

    /// How a word sounds.
    pub(crate) fn heard(&self, word: u32) -> &str {
        &self.of_sound[self.words[word as usize].sound as usize].0
    }

    /// The name that a word is, as the number of a sound.
    pub(crate) fn name(&self, word: u32) -> u32 {
        self.names.get(word as usize).copied().unwrap_or(NOBODY)
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
        self.unsettle();
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
        self.words.push(Word { text: text.into(), sound, may_be: bases });
        self.names.push(name);
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
        if !self.at_once {
            self.near.add(key, number);
        }
        number
    }

    /// Compares every word with every other, once.
    pub(crate) fn compare_all(&mut self) {
        let pairs = all_pairs(self.of_sound.iter().map(|(text, _)| &**text));
        let mut begins = vec![0u32; self.of_sound.len() + 1];
        for (a, b, _) in &pairs {
            begins[*a as usize + 1] += 1;
            begins[*b as usize + 1] += 1;
        }
        for sound in 1..begins.len() {
            begins[sound] += begins[sound - 1];
        }
        let (mut at, mut near) = (begins.clone(), vec![(0, 0); pairs.len() * 2]);
        for (a, b, class) in pairs {
            for (one, other) in [(a, b), (b, a)] {
                near[at[one as usize] as usize] = (other, class);
                at[one as usize] += 1;
            }
        }
        self.unsettle();
        let (mut compared, mut like) = (Vec::new(), Vec::new());
        for word in 0..self.words.len() as u32 {
            self.begins.push(compared.len() as u32);
            let sound = self.words[word as usize].sound as usize;
            let near = &near[begins[sound] as usize..begins[sound + 1] as usize];
            self.search(word, near.iter().copied(), &mut like);
            compared.append(&mut like);
        }
        self.begins.push(compared.len() as u32);
        self.compared = compared;
    }

    /// Words came or went: what was compared is no longer all.
    pub(super) fn unsettle(&mut self) {
        self.compared.clear();
        self.begins.clear();
    }

    /// Every word with its number and its sound.
    pub(crate) fn all(&self) -> impl Iterator<Item = (u32, &str, &str)> {
        let sound = |word: &Word| &*self.of_sound[word.sound as usize].0;
        let words = (0u32..).zip(&self.words).filter(|(_, word)| !word.text.is_empty());
        words.map(move |(number, word)| (number, &*word.text, sound(word)))
    }

    /// What a word is like, itself included, each word once: looked up when all were compared, and otherwise searched
    /// for.
    pub(crate) fn like(&self, word: u32) -> Cow<'_, [Alike]> {
        let at = word as usize;
        if let (Some(from), Some(to)) = (self.begins.get(at), self.begins.get(at + 1)) {
            return Cow::Borrowed(&self.compared[*from as usize..*to as usize]);
        }
        let mut like = Vec::new();
        let this = &self.words[at];
        self.search(word, self.around(&self.of_sound[this.sound as usize].0, this.sound), &mut like);
        Cow::Owned(like)
    }

    /// The sounds that are like one, which may have a number, with how much.
    pub(super) fn around<'k>(&'k self, key: &'k str, number: u32) -> impl Iterator<Item = (u32, u8)> + 'k {
        let others = self.near.around(key).into_iter().filter(move |other| *other != number);
        others.map(|other| (other, likeness(key, &self.of_sound[other as usize].0))).filter(|(_, c)| *c > 0)
    }

    fn search(&self, word: u32, near: impl Iterator<Item = (u32, u8)>, like: &mut Vec<Alike>) {
        if word != MISSING {
            let Word { text, sound, may_be } = &self.words[word as usize];
            like.push(Alike::new(word, EXACT));
            self.look(text, (*sound, self.name(word)), may_be, near, like);
        }
    }

    /// Adds the words that are like one with this text, number of a sound and number of a name, which may be nobody's.
    pub(super) fn look(
        &self,
        text: &str,
        (sound, name): (u32, u32),
        may_be: &[u32],
        near: impl Iterator<Item = (u32, u8)>,
        like: &mut Vec<Alike>,
    ) {
        let all = |words: Option<&Vec<u32>>, class: u8, like: &mut Vec<Alike>| {
            like.extend(words.into_iter().flatten().map(|w| Alike::new(*w, class)));
        };
        all(self.of_name.get(name as usize), SOUND, like);
        all(self.of_sound.get(sound as usize).map(|(_, words)| words), NEAR, like);
        for (sound, class) in near {
            all(Some(&self.of_sound[sound as usize].1), class, like);
        }
        for base in may_be {
            all(self.of_name.get(*base as usize), NEAR, like);
        }
        all(self.short_for.get(&name), NEAR, like);
        let mut letters = text.chars();
        if let (Some(first), None) = (letters.next(), letters.next()) {
            all(self.by_initial.get(&first), NEAR, like);
        } else if let Some(first) = text.chars().next().and_then(|c| self.known(c.encode_utf8(&mut [0; 4]))) {
            like.push(Alike::new(first, NEAR));
        }
        // Of a word that is there twice, the higher class counts.
        like.sort_unstable_by(|a, b| b.cmp(a));
        like.dedup_by_key(|alike| alike.word());
    }
}
