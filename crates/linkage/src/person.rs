//! What the index keeps of a person, ready to compare.

use std::sync::Arc;

use crate::token::Token;
use crate::{Birth, Known};

/// A person with her names as tokens.
pub(crate) struct Person {
    pub(crate) id: [u8; 16],
    pub(crate) names: Box<[Token]>,
    pub(crate) surnames: Box<[Token]>,
    pub(crate) chosen: Box<[Token]>,
    pub(crate) mother: Box<[Token]>,
    pub(crate) birth: Birth,
    pub(crate) sex: Option<Arc<str>>,
    pub(crate) municipality: Option<Arc<str>>,
}

impl Person {
    pub(crate) fn new(known: &Known) -> Self {
        Self {
            id: known.id,
            names: Token::all(known.names.iter().map(String::as_str)).into(),
            surnames: Token::all(known.surnames.iter().map(String::as_str)).into(),
            chosen: Token::all(known.chosen.as_deref()).into(),
            mother: Token::all(known.mother.as_deref()).into(),
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
fn code(code: Option<&str>) -> Option<Arc<str>> {
    code.map(str::trim).filter(|code| !code.is_empty()).map(Arc::from)
}
