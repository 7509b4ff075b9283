//! Turns records into numbers, and counts how common words are.

use super::born::Born;
use super::coded::{Coded, slot};
use super::digits::{CheckDigit, document, phone};
use super::row::Row;
use crate::normalise;
use crate::words::{MISSING, Map, Nicknames, Vocabulary};

/// Groups of words that are counted together.
const GROUPS: usize = 4;
/// Which words are counted together: given names, surnames, mothers, other texts.
const GROUP: [usize; slot::ALL] = [0, 0, 1, 1, 2, 1, 1, 3, 3, 3];

/// The words, codes and counts of a register.
pub(crate) struct Coder {
    pub(crate) words: Vocabulary,
    checks: Vec<CheckDigit>,
    /// The words of a piece of text between spaces, and whether each is a particle.
    pieces: Map<Box<str>, Vec<(u32, bool)>>,
    joined: Map<Vec<u32>, u32>,
    places: Map<Box<str>, u16>,
    departments: Map<Box<str>, u16>,
    sexes: Map<Box<str>, u16>,
    nations: Map<Box<str>, u16>,
    counts: [Vec<u32>; GROUPS],
    pub(crate) by_place: Vec<u32>,
    pub(crate) by_nation: Vec<u32>,
    by_department: Vec<u32>,
    /// How many records of a department have a surname.
    local: Map<(u32, u16), u32>,
    /// How many records of a nation have a surname.
    national: Map<(u32, u8), u32>,
    records: u32,
}

impl Coder {
    pub(crate) fn new(nicknames: Nicknames, checks: Vec<CheckDigit>) -> Self {
        Self {
            words: Vocabulary::new(nicknames),
            checks,
            pieces: Map::default(),
            joined: Map::default(),
            places: Map::default(),
            departments: Map::default(),
            sexes: Map::default(),
            nations: Map::default(),
            counts: Default::default(),
            by_place: vec![],
            by_nation: vec![],
            by_department: vec![],
            local: Map::default(),
            national: Map::default(),
            records: 0,
        }
    }

    /// A record as numbers; new words are learnt, nothing is counted.
    pub(crate) fn code(&mut self, row: &Row) -> Coded {
        let mut coded = Coded::default();
        let given = self.read(row.given_names);
        for (at, word) in given.iter().take(2).enumerate() {
            coded.words[slot::GIVEN1 + at] = *word;
        }
        self.surnames(row, &mut coded);
        let mother = self.read(row.mother);
        if let [first, rest @ ..] = &mother[..] {
            coded.words[slot::MOTHER] = *first;
            coded.words[slot::MOTHER_SURNAME2] = rest.last().copied().unwrap_or(MISSING);
            if rest.len() >= 2 {
                coded.words[slot::MOTHER_SURNAME1] = rest[rest.len() - 2];
            }
        }
        for (at, text) in row.others.iter().enumerate() {
            coded.words[slot::OTHER + at] = self.whole(text);
        }
        coded.nickname = self.read(row.nickname).first().copied().unwrap_or(MISSING);
        coded.born = Born::read(row.birth_date, row.age_years, row.recorded_at);
        let place = row.place.trim();
        coded.place = code(&mut self.places, place);
        let two = place.char_indices().nth(2).map_or(place, |(at, _)| &place[..at]);
        coded.department = code(&mut self.departments, two);
        coded.sex = u8::try_from(code(&mut self.sexes, row.sex.trim())).unwrap_or(u8::MAX);
        coded.nation = u8::try_from(code(&mut self.nations, row.nationality.trim())).unwrap_or(u8::MAX);
        coded.document = document(row.document);
        coded.unsound = self.checks.iter().any(|check| check.fails(coded.document));
        coded.phone = phone(row.phone);
        coded
    }

    /// Both surnames, each as one word whatever stands in it (*de la Cruz*, *Pérez Cux* before a second).
    fn surnames(&mut self, row: &Row, coded: &mut Coded) {
        let (first, second) = (self.read(row.surname1), self.read(row.surname2));
        let (first, second) = match (&first[..], &second[..]) {
            ([one, two], []) => (*one, *two),
            (first, second) => (self.join(first), self.join(second)),
        };
        let first_is_missing = first == MISSING;
        coded.words[slot::SURNAME1] = if first_is_missing { second } else { first };
        coded.words[slot::SURNAME2] = if first_is_missing { MISSING } else { second };
        let de = row.surname2.trim_start().get(..3).is_some_and(|de| de.eq_ignore_ascii_case("de "));
        coded.married = de && row.sex.trim() != "M";
    }

    /// The words of a name; particles only when there is nothing else.
    fn read(&mut self, text: &str) -> Vec<u32> {
        let mut all: Vec<(u32, bool)> = Vec::with_capacity(4);
        for piece in text.split_ascii_whitespace().take(12) {
            if let Some(words) = self.pieces.get(piece) {
                all.extend(words);
                continue;
            }
            let words: Vec<(u32, bool)> = normalise(piece)
                .iter()
                .map(|word| (self.words.number(word), crate::normalise::is_particle(word)))
                .filter(|(word, _)| *word != MISSING)
                .collect();
            self.pieces.insert(piece.into(), words.clone());
            all.extend(words);
        }
        let particles = all.iter().all(|(_, particle)| *particle);
        all.into_iter().filter(|(_, particle)| particles || !particle).map(|(word, _)| word).collect()
    }

    fn join(&mut self, words: &[u32]) -> u32 {
        match words {
            [] => MISSING,
            [one] => *one,
            several => {
                if let Some(joined) = self.joined.get(several) {
                    return *joined;
                }
                let text: String = several.iter().map(|word| self.words.text(*word)).collect();
                let joined = self.words.number(text.get(..24).unwrap_or(&text));
                self.joined.insert(several.to_vec(), joined);
                joined
            }
        }
    }

    fn whole(&mut self, text: &str) -> u32 {
        let words = self.read(text);
        self.join(&words)
    }

    /// Counts a record in, or out again.
    pub(crate) fn count(&mut self, coded: &Coded, add: bool) {
        let change = |n: &mut u32| *n = if add { *n + 1 } else { n.saturating_sub(1) };
        for (at, word) in coded.words.iter().enumerate().filter(|(_, word)| **word != MISSING) {
            let name = self.words.name(*word) as usize;
            change(grown(&mut self.counts[GROUP[at]], name));
            if GROUP[at] == 1 && at <= slot::SURNAME2 {
                change(self.local.entry((name as u32, coded.department)).or_default());
                change(self.national.entry((name as u32, coded.nation)).or_default());
            }
        }
        change(grown(&mut self.by_place, coded.place.into()));
        change(grown(&mut self.by_nation, coded.nation.into()));
        change(grown(&mut self.by_department, coded.department.into()));
        change(&mut self.records);
    }

    /// How often the name of a word was met in a slot's group.
    pub(crate) fn met(&self, word: u32, at: usize) -> u32 {
        self.counts[GROUP[at]].get(self.words.name(word) as usize).copied().unwrap_or(0)
    }

    /// How much it says that two records share the word of a slot, in bits: the binary logarithm of one over
    /// its share, as if it were in one more record of ten more. 0 when it is missing.
    pub(crate) fn rarity(&self, word: u32, at: usize) -> f32 {
        if word == MISSING { 0.0 } else { bits(self.met(word, at), self.records) }
    }

    /// How much less (below zero) it says within a department that has the surname more often than others.
    pub(crate) fn local(&self, word: u32, department: u16) -> f32 {
        if word == MISSING || department == 0 {
            return 0.0;
        }
        let here = self.local.get(&(self.words.name(word), department)).copied().unwrap_or(0);
        let all = self.by_department.get(usize::from(department)).copied().unwrap_or(0);
        bits(here, all) - self.rarity(word, slot::SURNAME1)
    }

    /// The same within a nation.
    pub(crate) fn national(&self, word: u32, nation: u8) -> f32 {
        if word == MISSING || nation == 0 {
            return 0.0;
        }
        let here = self.national.get(&(self.words.name(word), nation)).copied().unwrap_or(0);
        let all = self.by_nation.get(usize::from(nation)).copied().unwrap_or(0);
        bits(here, all) - self.rarity(word, slot::SURNAME1)
    }

    /// Whether most records with a nation have this one.
    pub(crate) fn is_common_nation(&self, nation: u8) -> bool {
        let of = |n: usize| self.by_nation.get(n).copied().unwrap_or(0);
        nation != 0 && 2 * of(nation.into()) > self.records - of(0)
    }

    /// How much a shared place says, in bits.
    pub(crate) fn share(&self, counts: &[u32], code: usize) -> f32 {
        if code == 0 { 0.0 } else { bits(counts.get(code).copied().unwrap_or(0), self.records) }
    }
}

fn bits(met: u32, of: u32) -> f32 {
    ((f64::from(of) + 10.0) / (f64::from(met) + 1.0)).log2().max(0.0) as f32
}

fn grown(counts: &mut Vec<u32>, at: usize) -> &mut u32 {
    if counts.len() <= at {
        counts.resize(at + 1, 0);
    }
    &mut counts[at]
}

/// The number of a code, from 1; 0 for an empty one. The 65,535th and later codes share a number.
fn code(codes: &mut Map<Box<str>, u16>, text: &str) -> u16 {
    if text.is_empty() {
        return 0;
    }
    if let Some(number) = codes.get(text) {
        return *number;
    }
    let number = u16::try_from(codes.len() + 1).unwrap_or(u16::MAX);
    codes.insert(text.into(), number);
    number
}
