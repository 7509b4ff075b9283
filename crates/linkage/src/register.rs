//! A register in memory that is asked while somebody types: «have we met?»
//!
//! Every record is looked at, in two steps. The first reads four words, the birth and the numbers of each
//! record; whoever has neither a name alike nor a birth, phone or document in common is passed over. The second
//! compares in full. Nothing is kept that adding records in another order, or anew, would not bring.

use std::collections::BTreeMap;

use crate::explain::{Because, explain};
use crate::learn::logistic::logistic;
use crate::levels::Lens;
use crate::model::{Model, Scorer};
use crate::record::born::YEAR;
use crate::record::coded::{Coded, slot};
use crate::record::coder::Coder;
use crate::record::{CheckDigit, Row};
use crate::words::Nicknames;

/// Somebody who may be meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Whose record it is.
    pub id: [u8; 16],
    /// The probability that it is the same person.
    pub probability: f64,
    /// Its log odds, in bits.
    pub weight: f64,
    /// Why; the weights add up.
    pub because: Vec<Because>,
}

/// People in memory. `Debug` shows how many they are.
pub struct Register {
    coder: Coder,
    model: Model,
    scorer: Scorer,
    lens: Lens,
    places: BTreeMap<[u8; 16], usize>,
    ids: Vec<[u8; 16]>,
    records: Vec<Coded>,
    names: Vec<[u32; 4]>,
    /// What else is read of everybody, apart from the rest: it is all that most questions fetch from memory.
    hints: Vec<Hint>,
    /// Places of removed people, to be used again.
    free: Vec<usize>,
}

impl Register {
    /// An empty register that judges by a model.
    #[must_use]
    pub fn new(model: Model, nicknames: Nicknames, checks: Vec<CheckDigit>) -> Self {
        Self {
            coder: Coder::new(nicknames, checks),
            scorer: Scorer::new(&model),
            model,
            lens: Lens::new(),
            places: BTreeMap::new(),
            ids: vec![],
            records: vec![],
            names: vec![],
            hints: vec![],
            free: vec![],
        }
    }

    /// How many people it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether it holds nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Adds a person; one with the same id is replaced.
    pub fn add(&mut self, id: [u8; 16], row: &Row) {
        self.remove(&id);
        let coded = self.coder.code(row);
        self.coder.count(&coded, true);
        let names = [0, 1, 2, 3].map(|at| coded.words[at]);
        let place = self.free.pop().unwrap_or(self.records.len());
        if place == self.records.len() {
            self.records.push(coded);
            self.names.push(names);
            self.hints.push(Hint::of(&coded));
            self.ids.push(id);
        } else {
            (self.records[place], self.names[place], self.ids[place]) = (coded, names, id);
            self.hints[place] = Hint::of(&coded);
        }
        self.places.insert(id, place);
    }

    /// Takes a person out. False when she was not there.
    pub fn remove(&mut self, id: &[u8; 16]) -> bool {
        let Some(place) = self.places.remove(id) else { return false };
        let coded = std::mem::take(&mut self.records[place]);
        self.coder.count(&coded, false);
        self.names[place] = [0; 4];
        self.hints[place] = Hint::default();
        self.free.push(place);
        true
    }

    /// Compares every word with every other, so that questions need not: after many were added.
    pub fn settle(&mut self) {
        self.coder.words.compare_all();
    }

    /// Who may be meant, likeliest first, at most `limit`, none below a probability of one in a hundred.
    pub fn ask(&mut self, row: &Row, limit: usize) -> Vec<Answer> {
        let asked = self.coder.code(row);
        self.lens.focus(&asked, &self.coder);
        let mut found: Vec<(f32, usize)> = Vec::new();
        let hint = Hint::of(&asked);
        for (place, names) in self.names.iter().enumerate() {
            if !self.lens.may_be(names, |one_alike| hint.near(&self.hints[place], one_alike)) {
                continue;
            }
            let record = &self.records[place];
            let (score, document) = self.scorer.score(&self.lens.compare(record));
            if score + document > LEAST && *record != Coded::default() {
                found.push((score + document, place));
            }
        }
        found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(self.ids[a.1].cmp(&self.ids[b.1])));
        found.truncate(limit);
        found.into_iter().map(|(score, place)| self.answer(score, place)).collect()
    }

    fn answer(&self, score: f32, place: usize) -> Answer {
        let score = f64::from(score);
        Answer {
            id: self.ids[place],
            probability: logistic(score),
            weight: score / std::f64::consts::LN_2,
            because: explain(&self.model, &self.lens.compare(&self.records[place]), 0.0),
        }
    }
}

/// One in a hundred, in nats.
const LEAST: f32 = -4.6;

/// The numbers and the birth of a record.
#[derive(Clone, Copy, Default)]
struct Hint {
    document: u64,
    phone: u64,
    /// The days between which she was born; nought when unknown.
    first: i32,
    last: i32,
}

impl Hint {
    fn of(record: &Coded) -> Self {
        let Coded { document, phone, born, .. } = record;
        Self { document: *document, phone: *phone, first: born.first, last: born.last }
    }

    /// Whether records are worth comparing of which names or surnames, or neither, are alike: when births can be of
    /// one person, or a number is the same.
    fn near(&self, other: &Self, one_alike: bool) -> bool {
        let same = |a: u64, b: u64| a != 0 && a == b;
        if same(self.document, other.document) || same(self.phone, other.phone) {
            return true;
        }
        let known = self.last != 0 && other.last != 0;
        if one_alike {
            return !known || (self.first - other.last).max(other.first - self.last) <= 2 * YEAR;
        }
        known && self.first == self.last && (self.first, self.last) == (other.first, other.last)
    }
}

impl std::fmt::Debug for Register {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Register({} people)", self.len())
    }
}

const _: () = assert!(slot::SURNAME2 == 3);
