//! People in memory, found by the sound of their names.

mod keys;
mod once;
mod postings;
mod search;

use std::collections::BTreeMap;
use std::fmt;

use crate::compare::{Rarity, compare};
use crate::person::Person;
use crate::{Candidate, Known};
use once::Once;
use postings::Postings;

/// How many of the nearest by sound are compared in full.
const COMPARED: usize = 400;

/// What is known of people, in memory only. `Debug` shows how many they are.
#[derive(Default)]
pub struct Index {
    people: Vec<Option<Person>>,
    /// Places of removed people, to be used again.
    free: Vec<usize>,
    places: BTreeMap<[u8; 16], usize>,
    postings: Postings,
    words: Once,
}

impl Index {
    /// An empty index.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
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
    pub fn add(&mut self, known: &Known) {
        self.remove(&known.id);
        let mut person = Person::new(known);
        self.words.share(&mut person);
        let place = self.free.pop().unwrap_or(self.people.len());
        for key in keys::of(&person) {
            self.postings.add(key, place);
        }
        self.places.insert(person.id, place);
        if place == self.people.len() {
            self.people.push(Some(person));
        } else {
            self.people[place] = Some(person);
        }
    }

    /// Replaces what is known of a person. False, and nothing done, when she is not in the index.
    pub fn change(&mut self, known: &Known) -> bool {
        let there = self.places.contains_key(&known.id);
        if there {
            self.add(known);
        }
        there
    }

    /// Takes a person out. False when she was not in the index.
    pub fn remove(&mut self, id: &[u8; 16]) -> bool {
        let Some(place) = self.places.remove(id) else { return false };
        if let Some(person) = self.people[place].take() {
            for key in keys::of(&person) {
                self.postings.remove(&key, place);
            }
        }
        self.words.forget();
        self.free.push(place);
        true
    }

    /// Who may be the same person, likeliest first, at most `limit`. A record with the id of `known` is not
    /// an answer. Empty when too little is known to say anything.
    #[must_use]
    pub fn candidates(&self, known: &Known, limit: usize) -> Vec<Candidate> {
        let person = Person::new(known);
        let near = self.postings.nearest(keys::to_match(&person), self.people.len(), COMPARED);
        let others = near.into_iter().filter_map(|place| self.people[place].as_ref());
        let mut found: Vec<Candidate> = others
            .filter(|other| other.id != known.id)
            .filter_map(|other| compare(&person, other, self))
            .collect();
        found.sort_by(|a, b| {
            b.strength.cmp(&a.strength).then(b.weight.total_cmp(&a.weight)).then(a.id.cmp(&b.id))
        });
        found.truncate(limit);
        found
    }
}

impl Rarity for Index {
    fn people(&self) -> usize {
        self.len()
    }

    fn with(&self, key: &str) -> usize {
        self.postings.count(&keys::sound(key))
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Index({} people)", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_once_and_leave_with_the_last_who_has_them() {
        let known = |id: u8, name: &str| Known {
            id: [id; 16],
            names: vec![name.to_owned()],
            surnames: vec!["Inventada".to_owned()],
            ..Known::default()
        };
        let mut index = Index::new();
        for id in 1..=50 {
            index.add(&known(id, "Nohemí"));
        }
        let shared = index.words.len();
        index.add(&known(60, "Rosaura"));
        assert!(index.words.len() > shared);
        assert!(shared <= 4, "two words and their sounds, not fifty: {shared}");
        index.remove(&[60; 16]);
        assert_eq!(index.words.len(), shared);
    }
}
