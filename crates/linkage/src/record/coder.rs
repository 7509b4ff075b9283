//! Turns records into numbers, and counts how common words are.

use super::coded::{Coded, slot};
use super::digits::CheckDigit;
use super::reading::{List, Reading, joined, numbered, read};
use super::row::Row;
use crate::words::{MISSING, Map, Nicknames, Table, Vocabulary};

/// The mark of a piece of text that is more than one word, or none.
const SEVERAL: u32 = u32::MAX;

/// Groups of words that are counted together.
const GROUPS: usize = 4;
/// Which words are counted together: given names, surnames, mothers, other texts.
const GROUP: [usize; slot::ALL] = [0, 0, 1, 1, 2, 1, 1, 3, 3, 3];

/// The words, codes and counts of a register.
pub(crate) struct Coder {
    pub(crate) words: Vocabulary,
    checks: Vec<CheckDigit>,
    /// The word of a piece of text between spaces, with its mark; [`SEVERAL`] when it is more than one, or none.
    pieces: Table<u32>,
    several: Map<Box<str>, Vec<u32>>,
    joined: Map<Vec<u32>, u32>,
    places: Table<u16>,
    departments: Table<u16>,
    sexes: Table<u16>,
    nations: Table<u16>,
    counts: [Vec<u32>; GROUPS],
    pub(crate) by_place: Vec<u32>,
    pub(crate) by_nation: Vec<u32>,
    pub(crate) by_sex: Vec<u32>,
    by_department: Vec<u32>,
    /// How many records of a department have a surname.
    local: Map<u64, u32>,
    records: u32,
    /// Of how many records words are judged common or rare at least.
    least: u32,
}

impl Coder {
    pub(crate) fn new(nicknames: Nicknames, checks: Vec<CheckDigit>) -> Self {
        Self {
            words: Vocabulary::new(nicknames),
            checks,
            pieces: Table::default(),
            several: Map::default(),
            joined: Map::default(),
            places: Table::default(),
            departments: Table::default(),
            sexes: Table::default(),
            nations: Table::default(),
            counts: Default::default(),
            by_place: vec![],
            by_nation: vec![],
            by_department: vec![],
            by_sex: vec![],
            local: Map::default(),
            records: 0,
            least: 0,
        }
    }

    /// One whose words are compared all at once, before anybody asks what one is like.
    pub(crate) fn at_once(self) -> Self {
        Self { words: self.words.at_once(), ..self }
    }

    /// A record as numbers; new words are learnt, nothing is counted.
    pub(crate) fn code(&mut self, row: &Row) -> Coded {
        read(self, row)
    }

    /// Judges how common words are as if there were so many records at least: among five people every name is common, and
    /// nobody would be known again.
    pub(crate) const fn at_least(mut self, records: u32) -> Self {
        self.least = records;
        self
    }

    /// How many these are, of a register that is judged as a larger one.
    fn of(&self, records: u32) -> f64 {
        let larger = f64::from(self.least) / f64::from(self.records.max(1));
        f64::from(records) * larger.max(1.0)
    }

    /// As [`code`](Self::code), but keeps nothing of how the texts were written: for a register from which people
    /// are taken out again.
    pub(crate) fn learn(&mut self, row: &Row) -> Coded {
        read(&mut Plainly(self), row)
    }

    /// Counts a record in, or out again.
    pub(crate) fn count(&mut self, coded: &Coded, add: bool) {
        let change = |n: &mut u32| *n = if add { *n + 1 } else { n.saturating_sub(1) };
        for (at, word) in coded.words.iter().enumerate().filter(|(_, word)| **word != MISSING) {
            let name = self.words.name(*word) as usize;
            change(grown(&mut self.counts[GROUP[at]], name));
            if GROUP[at] == 1 && at <= slot::SURNAME2 {
                change(self.local.entry(at_home(name as u32, coded.department)).or_default());
            }
        }
        change(grown(&mut self.by_place, coded.place.into()));
        change(grown(&mut self.by_nation, coded.nation.into()));
        change(grown(&mut self.by_department, coded.department.into()));
        change(grown(&mut self.by_sex, coded.told().sex.into()));
        change(&mut self.records);
    }

    /// How often the name of a word was met in a slot's group.
    pub(crate) fn met(&self, word: u32, at: usize) -> u32 {
        self.counts[GROUP[at]].get(self.words.name(word) as usize).copied().unwrap_or(0)
    }

    /// How much it says that two records share the word of a slot, in bits: the binary logarithm of one over
    /// its share, as if it were in one more record of ten more. 0 when it is missing.
    pub(crate) fn rarity(&self, word: u32, at: usize) -> f32 {
        if word == MISSING { 0.0 } else { bits(self.met(word, at), self.of(self.records)) }
    }

    /// How much less (below zero) it says within a department that has the surname more often than others.
    pub(crate) fn local(&self, word: u32, department: u8) -> f32 {
        if word == MISSING || department == 0 {
            return 0.0;
        }
        let here = self.local.get(&at_home(self.words.name(word), department)).copied().unwrap_or(0);
        let all = self.by_department.get(usize::from(department)).copied().unwrap_or(0);
        bits(here, self.of(all)) - self.rarity(word, slot::SURNAME1)
    }

    /// Whether most records with a nation have this one.
    pub(crate) fn is_common_nation(&self, nation: u8) -> bool {
        let of = |n: usize| self.by_nation.get(n).copied().unwrap_or(0);
        nation != 0 && 2 * of(nation.into()) > self.records - of(0)
    }

    /// How much a shared place or sex says, in bits. Not as of a larger register: of few people as of many, half are women.
    pub(crate) fn share(&self, counts: &[u32], code: usize) -> f32 {
        if code == 0 { 0.0 } else { bits(counts.get(code).copied().unwrap_or(0), f64::from(self.records)) }
    }
}

impl Reading for Coder {
    fn piece(&mut self, piece: &str, all: &mut Vec<u32>) {
        match self.pieces.get(piece) {
            Some(SEVERAL) => all.extend(self.several.get(piece).into_iter().flatten()),
            Some(word) => all.push(word),
            None => {
                let words = numbered(piece, |word| self.words.number(word));
                all.extend(&words);
                if let [word] = words[..] {
                    self.pieces.insert(piece, word);
                } else {
                    self.pieces.insert(piece, SEVERAL);
                    self.several.insert(piece.into(), words);
                }
            }
        }
    }

    fn several(&mut self, words: &[u32]) -> u32 {
        if let Some(joined) = self.joined.get(words) {
            return *joined;
        }
        let joined = joined(words.iter().map(|word| self.words.text(*word)));
        let joined = self.words.number(&joined);
        self.joined.insert(words.to_vec(), joined);
        joined
    }

    fn listed(&mut self, list: List, text: &str) -> u16 {
        let codes = match list {
            List::Places => &mut self.places,
            List::Departments => &mut self.departments,
            List::Sexes => &mut self.sexes,
            List::Nations => &mut self.nations,
        };
        code(codes, text)
    }

    fn fails(&self, document: u64) -> bool {
        self.checks.iter().any(|check| check.fails(document))
    }
}

/// A coder that keeps no piece of text.
struct Plainly<'c>(&'c mut Coder);

impl Reading for Plainly<'_> {
    fn piece(&mut self, piece: &str, all: &mut Vec<u32>) {
        all.extend(numbered(piece, |word| self.0.words.number(word)));
    }

    fn several(&mut self, words: &[u32]) -> u32 {
        let joined = joined(words.iter().map(|word| self.0.words.text(*word)));
        self.0.words.number(&joined)
    }

    fn listed(&mut self, list: List, text: &str) -> u16 {
        self.0.listed(list, text)
    }

    fn fails(&self, document: u64) -> bool {
        self.0.fails(document)
    }
}

impl Coder {
    /// The number of a code that is known; one that nobody has is none of them.
    pub(super) fn known_code(&self, list: List, text: &str) -> u16 {
        let codes = match list {
            List::Places => &self.places,
            List::Departments => &self.departments,
            List::Sexes => &self.sexes,
            List::Nations => &self.nations,
        };
        if text.is_empty() { 0 } else { codes.get(text).unwrap_or(u16::MAX) }
    }
}

/// A surname and a department as one key.
fn at_home(name: u32, code: u8) -> u64 {
    u64::from(name) << 8 | u64::from(code)
}

fn bits(met: u32, of: f64) -> f32 {
    ((of + 10.0) / (f64::from(met) + 1.0)).log2().max(0.0) as f32
}

fn grown(counts: &mut Vec<u32>, at: usize) -> &mut u32 {
    if counts.len() <= at {
        counts.resize(at + 1, 0);
    }
    &mut counts[at]
}

/// The number of a code, from 1; 0 for an empty one. The 65,535th and later codes share a number.
fn code(codes: &mut Table<u16>, text: &str) -> u16 {
    if text.is_empty() {
        return 0;
    }
    codes.get(text).unwrap_or_else(|| {
        let number = u16::try_from(codes.len() + 1).unwrap_or(u16::MAX);
        codes.insert(text, number);
        number
    })
}
