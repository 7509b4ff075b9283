//! The search box.

use super::{COMPARED, Index, keys};
use crate::person::Person;
use crate::token::{ALIKE, Token};

impl Index {
    /// Finds people by their chosen or legal name, partial or misspelt, words in any order: ids with a weight
    /// from 0 to 1, best first, at most `limit`. Somebody whom at least half of the words fit is found. Fewer
    /// than two letters find nobody.
    #[must_use]
    pub fn search(&self, text: &str, limit: usize) -> Vec<([u8; 16], f64)> {
        let tokens = Token::all([text]);
        let near = self.postings.nearest(keys::to_search(&tokens), self.people.len(), COMPARED);
        let mut found = rank(&tokens, near.into_iter().filter_map(|place| self.people[place].as_ref()));
        found.truncate(limit);
        found
    }

    /// As [`search`](Self::search), but compares each of these people and no others: however frequent a name
    /// is, nobody among them is missed. Ids that are not in the index are passed over.
    #[must_use]
    pub fn search_among<'a>(
        &self,
        text: &str,
        ids: impl IntoIterator<Item = &'a [u8; 16]>,
    ) -> Vec<([u8; 16], f64)> {
        let people = ids.into_iter().filter_map(|id| self.people[*self.places.get(id)?].as_ref());
        rank(&Token::all([text]), people)
    }
}

fn rank<'p>(tokens: &[Token], people: impl Iterator<Item = &'p Person>) -> Vec<([u8; 16], f64)> {
    let mut found: Vec<([u8; 16], f64)> =
        people.filter_map(|person| Some((person.id, fit(tokens, person)?))).collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    found
}

/// How well the words fit a person, `None` when fewer than half do.
fn fit(tokens: &[Token], person: &Person) -> Option<f64> {
    let best = |token: &Token| {
        let chosen = person.chosen.iter().map(|word| likeness(token, word));
        // Between two who fit alike, the one who chose the name comes first.
        let given = person.names.iter().chain(&person.surnames).map(|word| likeness(token, word) * 0.98);
        chosen.chain(given).fold(0.0, f64::max)
    };
    let fits: Vec<f64> = tokens.iter().map(best).filter(|fit| *fit > 0.0).collect();
    let enough = !fits.is_empty() && fits.len() * 2 >= tokens.len();
    enough.then(|| fits.iter().sum::<f64>() / tokens.len() as f64)
}

/// How well a typed word fits a name: all of it, its beginning, or its sound. Zero below what counts
/// as alike.
fn likeness(typed: &Token, word: &Token) -> f64 {
    let begins = typed.key.chars().count() >= 2 && word.key.starts_with(&*typed.key);
    let begins = begins || (typed.word.chars().count() >= 2 && word.word.starts_with(&*typed.word));
    match typed.likeness(word) {
        same if same >= 1.0 => 1.0,
        _ if begins => 0.92,
        alike if alike >= ALIKE && typed.key.chars().count() >= 3 => alike * 0.9,
        _ => 0.0,
    }
}
