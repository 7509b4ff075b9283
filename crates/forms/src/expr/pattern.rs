//! Regular expressions: the `regex` crate matches in linear time, and the compiled size is bounded.

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};

use crate::limits;

/// Compiles a pattern that must match the whole text, as ODK clients do.
///
/// # Errors
/// A short English reason. Look-around and back-references do not exist in a linear engine.
fn compile(source: &str) -> Result<Regex, String> {
    if source.len() > limits::REGEX_SOURCE_BYTES {
        return Err(format!("it is longer than {} bytes", limits::REGEX_SOURCE_BYTES));
    }
    RegexBuilder::new(&format!(r"\A(?:{source})\z"))
        .size_limit(limits::REGEX_BYTES)
        .dfa_size_limit(limits::REGEX_BYTES)
        .nest_limit(32)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => "it is too large when compiled".into(),
            _ => "it is not a pattern that we can match (no look-around, no back-references)".into(),
        })
}

/// Compiled patterns by source: each is compiled once, and only so many are.
#[derive(Debug, Default)]
pub(crate) struct Patterns(HashMap<String, Result<Regex, String>>);

impl Patterns {
    /// The compiled pattern, or why there is none.
    pub(crate) fn get(&mut self, source: &str) -> Result<&Regex, String> {
        if !self.0.contains_key(source) {
            if self.0.len() >= limits::REGEXES {
                return Err(format!("a form may have at most {} patterns", limits::REGEXES));
            }
            self.0.insert(source.to_owned(), compile(source));
        }
        match self.0.get(source) {
            Some(Ok(regex)) => Ok(regex),
            Some(Err(reason)) => Err(reason.clone()),
            None => Err(String::new()),
        }
    }
}
