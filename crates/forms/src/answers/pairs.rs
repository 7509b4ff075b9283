//! Answers to and from the flat pairs of an HTML form post.
//!
//! - `g_person/alias` carries the value; several values of one key are the choices of a `select_multiple`.
//! - `g_person/alias@answer` carries `declined`, `not_asked` or nothing. It wins over a value: what
//!   somebody chose not to say is not kept.
//! - `service[]` carries the number of copies of a repeat, so that an empty copy is not lost.

use std::collections::BTreeMap;

use super::{Answer, Answers, valid_path};
use crate::limits;

/// A pair that is not of this form of writing, or is too much. Refuse the post.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPair {
    /// The key is no path.
    #[error("the key is not a path of a form")]
    Key(String),
    /// The value of `@answer` or `[]` is none of those known.
    #[error("the value of {0} is not known")]
    Value(String),
    /// Longer than an answer may be.
    #[error("the answer {0} is longer than 64 KiB")]
    TooLong(String),
    /// More answers than a submission may have.
    #[error("there are more than 50000 answers")]
    TooMany,
}

impl Answers {
    /// Reads pairs. Keys of the page itself (a token, a button) must be taken out before.
    ///
    /// # Errors
    /// At the first pair that is not well formed. Whether the form has such a field is not looked at
    /// here: [`crate::evaluate`] tells.
    pub fn from_pairs(pairs: &BTreeMap<String, Vec<String>>) -> Result<Self, BadPair> {
        if pairs.len() > limits::ANSWERS {
            return Err(BadPair::TooMany);
        }
        let mut answers = Self::new();
        let mut without = Vec::new();
        for (key, values) in pairs {
            let bad_key = || BadPair::Key(key.chars().take(100).collect());
            let last = values.last().map_or("", String::as_str);
            if let Some(repeat) = key.strip_suffix("[]") {
                let copies = last.parse().ok().filter(|n| *n <= limits::REPEATS);
                let copies = copies.ok_or_else(|| BadPair::Value(key.clone()))?;
                if !valid_path(repeat) {
                    return Err(bad_key());
                }
                answers.at_least(repeat, copies);
            } else if let Some(path) = key.strip_suffix("@answer") {
                if !valid_path(path) {
                    return Err(bad_key());
                }
                match last {
                    "" => {}
                    "declined" => without.push((path, Answer::Declined)),
                    "not_asked" => without.push((path, Answer::NotAsked)),
                    _ => return Err(BadPair::Value(key.clone())),
                }
            } else {
                if !valid_path(key) {
                    return Err(bad_key());
                }
                if values.iter().map(|v| v.len() + 1).sum::<usize>() > limits::ANSWER_BYTES {
                    return Err(BadPair::TooLong(key.clone()));
                }
                let given: Vec<&str> = values.iter().map(String::as_str).filter(|v| !v.is_empty()).collect();
                // HTML sends line breaks as CR LF.
                answers.give(key.clone(), given.join(" ").replace("\r\n", "\n"));
            }
        }
        for (path, answer) in without {
            answers.set(path, answer);
        }
        Ok(answers)
    }

    /// Writes pairs that [`Answers::from_pairs`] reads back to the same answers. The value of a
    /// `select_multiple` stays one text with blanks.
    pub fn to_pairs(&self) -> BTreeMap<String, Vec<String>> {
        let mut pairs = BTreeMap::new();
        for (path, answer) in self.iter() {
            let (key, value) = match answer {
                Answer::Given(value) => (path.to_owned(), value.clone()),
                Answer::Declined => (format!("{path}@answer"), "declined".to_owned()),
                Answer::NotAsked => (format!("{path}@answer"), "not_asked".to_owned()),
            };
            pairs.insert(key, vec![value]);
        }
        for (repeat, copies) in self.all_copies() {
            pairs.insert(format!("{repeat}[]"), vec![copies.to_string()]);
        }
        pairs
    }
}
