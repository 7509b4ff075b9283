//! What the index keeps of a person, ready to compare.

use crate::token::Token;
use crate::{Birth, Known};

/// A person with her names as tokens.
pub(crate) struct Person {
    pub(crate) id: [u8; 16],
    pub(crate) names: Vec<Token>,
    pub(crate) surnames: Vec<Token>,
    pub(crate) chosen: Vec<Token>,
    pub(crate) mother: Vec<Token>,
    pub(crate) birth: Birth,
    pub(crate) sex: Option<String>,
    pub(crate) municipality: Option<String>,
}

impl Person {
    pub(crate) fn new(known: &Known) -> Self {
        Self {
            id: known.id,
            names: Token::all(known.names.iter().map(String::as_str)),
            surnames: Token::all(known.surnames.iter().map(String::as_str)),
            chosen: Token::all(known.chosen.as_deref()),
            mother: Token::all(known.mother.as_deref()),
            birth: known.birth,
            sex: code(known.sex.as_deref()),
            municipality: code(known.municipality.as_deref()),
        }
    }

    /// Every word that she can be found by.
    pub(crate) fn words(&self) -> impl Iterator<Item = &Token> {
        self.chosen.iter().chain(&self.names).chain(&self.surnames)
    }
}

/// A code, where an empty one is a missing one.
fn code(code: Option<&str>) -> Option<String> {
    code.map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned)
}
