//! Answers to a form: by path, with «prefers not to say» and «not asked» as answers of their own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod pairs;
mod path;

pub use pairs::BadPair;
pub(crate) use path::{copy_of, valid_path};

/// One answer. Blank is no answer at all, and is not stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A value in the spelling of `XForms`; choices of a `select_multiple` are separated by blanks.
    Given(String),
    /// «Prefiere no decir».
    Declined,
    /// «No se preguntó».
    NotAsked,
}

impl Answer {
    /// The value, if one was given.
    pub fn given(&self) -> Option<&str> {
        match self {
            Self::Given(value) => Some(value),
            Self::Declined | Self::NotAsked => None,
        }
    }
}

/// Answers by path. A path has no `/data/` in front and counts copies of repeats from 1:
/// `g_person/alias`, `service[2]/needed_by`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    values: BTreeMap<String, Answer>,
    /// Number of copies by path of the repeat without its own index: `service`, `house[1]/person`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    copies: BTreeMap<String, usize>,
}

impl Answers {
    /// No answers.
    pub fn new() -> Self {
        Self::default()
    }

    /// The answer at a path.
    pub fn get(&self, path: &str) -> Option<&Answer> {
        self.values.get(path)
    }

    /// Puts an answer, counting the copies of repeats that its path shows. A blank value removes it.
    pub fn set(&mut self, path: impl Into<String>, answer: Answer) {
        let path = path.into();
        for (repeat, copy) in copy_of(&path) {
            self.at_least(repeat, copy);
        }
        if answer.given().is_some_and(|value| value.trim().is_empty()) {
            self.values.remove(&path);
        } else {
            self.values.insert(path, answer);
        }
    }

    /// Puts a value.
    pub fn give(&mut self, path: impl Into<String>, value: impl Into<String>) {
        self.set(path, Answer::Given(value.into()));
    }

    /// All answers in order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.values.iter().map(|(path, answer)| (path.as_str(), answer))
    }

    /// How many copies of a repeat there are; none if nothing was said about it.
    pub fn copies(&self, repeat: &str) -> Option<usize> {
        self.copies.get(repeat).copied()
    }

    /// Says how many copies of a repeat there are, also without answers in them.
    pub fn set_copies(&mut self, repeat: impl Into<String>, copies: usize) {
        self.copies.insert(repeat.into(), copies);
    }

    pub(crate) fn at_least(&mut self, repeat: &str, copies: usize) {
        let known = self.copies.entry(repeat.to_owned()).or_default();
        *known = (*known).max(copies);
    }

    pub(crate) fn all_copies(&self) -> impl Iterator<Item = (&str, usize)> {
        self.copies.iter().map(|(path, copies)| (path.as_str(), *copies))
    }

    /// How many answers there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// True if there is no answer.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}
