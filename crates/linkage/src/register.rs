//! A register in memory that is asked while somebody types: «have we met?»
//!
//! Every record is looked at, in two steps. The first reads four words, the birth and the numbers of each
//! record; whoever has neither a name alike nor a birth, phone or document in common is passed over. The second
//! compares in full. Nothing is kept that adding records in another order, or anew, would not bring.

mod said;
mod search;

use std::collections::BTreeMap;

use crate::explain::{About, Because, explain, would_settle};
use crate::learn::logistic::logistic;
use crate::levels::Lens;
use crate::model::{Model, Scorer};
use crate::normalise::is_particle;
use crate::record::asked::Asked;
use crate::record::born::YEAR;
use crate::record::coded::{Coded, slot};
use crate::record::coder::Coder;
use crate::record::{CheckDigit, Row};
use crate::words::Nicknames;
use said::Said;
use search::Search;

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
    /// What is known of at most one of the two and would settle it, the most telling first.
    pub settle: Vec<About>,
}

/// People in memory. `Debug` shows how many they are.
pub struct Register {
    coder: Coder,
    model: Model,
    scorer: Scorer,
    /// By id: the first of her records.
    places: BTreeMap<[u8; 16], u32>,
    /// Whose each record is, and her next one; [`LAST`] when there is none.
    ids: Vec<([u8; 16], u32)>,
    records: Vec<Coded>,
    names: Vec<[u32; 4]>,
    /// What else is read of everybody, apart from the rest: it is all that most questions fetch from memory.
    hints: Vec<Hint>,
    /// By first record: every word of her names, for whoever looks for her by one.
    said: Said,
    /// How many people have a word: one that nobody has is forgotten.
    uses: Vec<u32>,
    /// Places of removed records, to be used again.
    free: Vec<u32>,
}

/// A register of fewer people is judged as one of so many.
const FEW: u32 = 500;

/// Records that are fetched from memory at once, before they are compared one by one.
const AT_ONCE: usize = 64;

/// No further record.
const LAST: u32 = u32::MAX;

impl Register {
    /// An empty register that judges by a model.
    #[must_use]
    pub fn new(model: Model, nicknames: Nicknames, checks: Vec<CheckDigit>) -> Self {
        Self {
            coder: Coder::new(nicknames, checks).at_least(FEW),
            scorer: Scorer::new(&model),
            model,
            places: BTreeMap::new(),
            ids: vec![],
            records: vec![],
            names: vec![],
            hints: vec![],
            said: Said::default(),
            uses: vec![],
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

    /// Whether somebody is in it.
    #[must_use]
    pub fn holds(&self, id: &[u8; 16]) -> bool {
        self.places.contains_key(id)
    }

    /// Adds a person; one with the same id is replaced.
    pub fn add(&mut self, id: [u8; 16], row: &Row) {
        self.add_known(id, std::slice::from_ref(row), row.nickname);
    }

    /// Adds a person of whom there are several readings, as when a name may be hers or her family's: the one that
    /// fits a question best counts. `chosen` is what she wants to be called, for [`find`](Self::find). One with the
    /// same id is replaced; without a reading she is not there.
    pub fn add_known(&mut self, id: [u8; 16], rows: &[Row], chosen: &str) {
        self.remove(&id);
        let (mut next, new) = (LAST, self.coder.words.len() as u32);
        for row in rows.iter().rev() {
            let coded = self.coder.learn(row);
            self.count(&coded, true);
            let place = self.free.pop().unwrap_or(self.records.len() as u32);
            let at = place as usize;
            if at == self.records.len() {
                self.records.push(coded);
                self.names.push([0; 4]);
                self.hints.push(Hint::default());
                self.ids.push((id, next));
            }
            (self.records[at], self.ids[at], self.hints[at]) = (coded, (id, next), Hint::of(&coded));
            self.names[at] = [0, 1, 2, 3].map(|slot| coded.words[slot]);
            next = place;
        }
        if next != LAST {
            let words = &mut self.coder.words;
            let said = said::of(rows, chosen, |word| words.number(word));
            said.iter().for_each(|word| used(&mut self.uses, said::word(*word), true));
            self.said.put(next, &said);
            self.places.insert(id, next);
        }
        // A middle name of her mother's is read and never compared; when she is taken out nothing would lead to it.
        self.forget_unused(new..self.coder.words.len() as u32);
    }

    /// Takes a person out, and the words that nobody else has. False when she was not there.
    pub fn remove(&mut self, id: &[u8; 16]) -> bool {
        let Some(first) = self.places.remove(id) else { return false };
        let mut words: Vec<u32> = self.said.take(first).into_iter().map(said::word).collect();
        words.iter().for_each(|word| used(&mut self.uses, *word, false));
        let mut next = first;
        while next != LAST {
            let at = next as usize;
            let coded = std::mem::take(&mut self.records[at]);
            self.count(&coded, false);
            words.extend(coded.words);
            words.push(coded.nickname);
            (self.names[at], self.hints[at]) = ([0; 4], Hint::default());
            self.free.push(next);
            next = std::mem::replace(&mut self.ids[at], ([0; 16], LAST)).1;
        }
        words.sort_unstable();
        words.dedup();
        self.forget_unused(words);
        true
    }

    /// Particles stay: they are nobody's, and come again with the next person.
    fn forget_unused(&mut self, words: impl IntoIterator<Item = u32>) {
        for word in words {
            let unused = self.uses.get(word as usize).is_none_or(|uses| *uses == 0);
            if unused && !is_particle(self.coder.words.text(word)) {
                self.coder.words.forget(word);
            }
        }
    }

    fn count(&mut self, coded: &Coded, add: bool) {
        self.coder.count(coded, add);
        coded.words.iter().chain([&coded.nickname]).for_each(|word| used(&mut self.uses, *word, add));
    }

    /// Compares every word with every other, so that questions need not: after many were added.
    pub fn settle(&mut self) {
        self.coder.words.compare_all();
    }

    /// Who may be meant, likeliest first, at most `limit`, none below a probability of one in a hundred. Of several
    /// readings of who is asked for the one that fits best counts. Nothing is kept of the question.
    #[must_use]
    pub fn ask(&self, rows: &[Row], limit: usize) -> Vec<Answer> {
        let asked: Vec<Asked> = rows.iter().map(|row| Asked::of(&self.coder, row)).collect();
        let lenses: Vec<Lens> = asked.iter().map(Lens::on).collect();
        let mut best: BTreeMap<[u8; 16], (f32, usize, usize)> = BTreeMap::new();
        for (n, (lens, asked)) in lenses.iter().zip(&asked).enumerate() {
            for (score, place) in self.look(lens, &Hint::of(&asked.coded)) {
                let of_hers = best.entry(self.ids[place].0).or_insert((score, n, place));
                if score > of_hers.0 {
                    *of_hers = (score, n, place);
                }
            }
        }
        let mut found: Vec<_> = best.into_iter().collect();
        found.sort_unstable_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
        found.truncate(limit);
        found.into_iter().map(|(_, (score, n, place))| self.answer(score, &lenses[n], place)).collect()
    }

    /// The records that may be of whoever is in focus.
    fn look(&self, lens: &Lens, hint: &Hint) -> Vec<(f32, usize)> {
        let (mut found, mut near) = (Vec::new(), Vec::<Coded>::with_capacity(AT_ONCE));
        let mut compare = |few: &mut Vec<usize>| {
            near.clear();
            near.extend(few.iter().map(|place| self.records[*place]));
            for (place, record) in few.drain(..).zip(&near) {
                let (score, document) = self.scorer.score(&lens.compare(record));
                if score + document > LEAST && *record != Coded::default() {
                    found.push((score + document, place));
                }
            }
        };
        let mut few = Vec::with_capacity(AT_ONCE);
        for (place, names) in self.names.iter().enumerate() {
            if lens.may_be(names, |one_alike| hint.near(&self.hints[place], one_alike)) {
                few.push(place);
            }
            if few.len() == AT_ONCE {
                compare(&mut few);
            }
        }
        compare(&mut few);
        found
    }

    fn answer(&self, score: f32, lens: &Lens, place: usize) -> Answer {
        let score = f64::from(score);
        let pattern = lens.compare(&self.records[place]);
        Answer {
            id: self.ids[place].0,
            probability: logistic(score),
            weight: score / std::f64::consts::LN_2,
            because: explain(&self.model, &pattern, [0.0; 2]),
            settle: would_settle(&pattern),
        }
    }

    /// People by (part of) a name, chosen or legal, misspelt, words in any order: ids with a weight from 0 to 1, best
    /// first. Somebody whom at least half of the words fit is found. With `among` only these people are looked at.
    /// Fewer than two letters find nobody.
    #[must_use]
    pub fn find(&self, text: &str, among: Option<&[[u8; 16]]>) -> Vec<([u8; 16], f64)> {
        let search = Search::new(text, &self.coder.words);
        let fit = |place: &u32| search.fit(self.said.of(*place));
        let mut found: Vec<([u8; 16], f64)> = match among {
            Some(ids) => {
                ids.iter().filter_map(|id| Some((*id, self.places.get(id).and_then(fit)?))).collect()
            }
            None if search.is_empty() => vec![],
            None => self
                .said
                .all()
                .filter_map(|(place, words)| Some((self.ids[place].0, search.fit(words)?)))
                .collect(),
        };
        found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }
}

fn used(uses: &mut Vec<u32>, word: u32, add: bool) {
    let at = word as usize;
    if uses.len() <= at {
        uses.resize(at + 1, 0);
    }
    uses[at] = if add { uses[at] + 1 } else { uses[at].saturating_sub(1) };
}

/// One in a hundred, in nats.
const LEAST: f32 = -4.6;

/// The numbers and the birth of a record.
#[derive(Clone, Copy, Default)]
struct Hint {
    document: u64,
    phone: u32,
    /// The days between which she was born; nought when unknown.
    first: i32,
    last: i32,
}

impl Hint {
    fn of(record: &Coded) -> Self {
        let (first, last) = record.told().born.span();
        Self { document: record.document, phone: record.phone, first, last }
    }

    /// Whether records are worth comparing of which names or surnames, or neither, are alike: when births can be of
    /// one person, or a number is the same.
    fn near(&self, other: &Self, one_alike: bool) -> bool {
        let same = |a: u64, b: u64| a != 0 && a == b;
        if same(self.document, other.document) || same(self.phone.into(), other.phone.into()) {
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
