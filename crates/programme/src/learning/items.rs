//! Tests as a pack brings them: items with choices, scored by key. A test that changes gets another version; sheets keep theirs.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::care::Said;
use crate::packs::{PackError, parse};

/// A choice of an item.
#[derive(Clone, Debug, Deserialize)]
pub struct Choice {
    /// What it says.
    pub text: Said,
}

/// An item. Choices are lettered in their order: `a`, `b`, `c`…
#[derive(Clone, Debug, Deserialize)]
pub struct Item {
    /// Its code.
    pub code: String,
    /// What is asked.
    pub text: Said,
    /// The letter of the right choice.
    pub right: char,
    /// Why it is right: for whoever teaches.
    pub why: Said,
    /// The choices.
    pub choice: Vec<Choice>,
}

/// A test.
#[derive(Clone, Debug, Deserialize)]
pub struct Test {
    /// Its code.
    pub code: String,
    /// Its version.
    pub version: i64,
    /// Of which curriculum.
    pub curriculum: String,
    /// Whether sheets carry who wrote them. If not, a mark that everybody chooses herself pairs hers.
    #[serde(default)]
    pub named: bool,
    /// Whether a certificate asks for it. Only a named test can be asked for.
    #[serde(default)]
    pub required: bool,
    /// From how many points of 100 it is passed.
    pub pass: i64,
    /// The items.
    pub item: Vec<Item>,
}

#[derive(Deserialize)]
struct Bank {
    test: Vec<Test>,
}

/// The letters of choices.
pub const LETTERS: [char; 6] = ['a', 'b', 'c', 'd', 'e', 'f'];

impl Test {
    /// What a sheet is worth, in whole points of 100, rounded down: nobody passes by rounding. `answers` has a letter or `-` for
    /// each item.
    #[must_use]
    pub fn score(&self, answers: &str) -> i64 {
        let right = self.item.iter().zip(answers.chars()).filter(|(item, c)| item.right == *c).count();
        let all = self.item.len().max(1);
        i64::try_from(100 * right / all).unwrap_or(0)
    }

    /// Reads what was typed from paper: a letter for each item, in any case, with any space or comma between; `-` for none.
    /// Nothing when a letter is missing, is one too many or is no choice of its item.
    #[must_use]
    pub fn read(&self, typed: &str) -> Option<String> {
        let letters: Vec<char> = typed
            .chars()
            .filter(|c| !c.is_whitespace() && ![',', '.', ';'].contains(c))
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let fits = letters.len() == self.item.len()
            && letters.iter().zip(&self.item).all(|(c, item)| *c == '-' || item.has(*c));
        fits.then(|| letters.into_iter().collect())
    }
}

impl Item {
    /// Whether it has a choice with this letter.
    #[must_use]
    pub fn has(&self, letter: char) -> bool {
        LETTERS.iter().take(self.choice.len()).any(|l| *l == letter)
    }
}

/// Reads the bank, and refuses one in which an item has no right choice.
///
/// # Errors
/// Names the item and what is wrong with it.
pub fn read() -> Result<Vec<Test>, PackError> {
    let bank: Bank = parse("core/training_tests.toml")?;
    let wrong = |what: String| Err(PackError("core/training_tests.toml".to_owned(), what));
    for test in &bank.test {
        if test.item.is_empty() || !(1..=100).contains(&test.pass) {
            return wrong(format!("test {} has no items, or cannot be passed", test.code));
        }
        if test.required && !test.named {
            return wrong(format!("test {} is asked for and does not say of whom it is", test.code));
        }
        let codes: BTreeSet<&str> = test.item.iter().map(|i| i.code.as_str()).collect();
        if codes.len() != test.item.len() {
            return wrong(format!("test {} has an item twice", test.code));
        }
        if let Some(item) =
            test.item.iter().find(|i| i.choice.len() < 2 || i.choice.len() > 6 || !i.has(i.right))
        {
            return wrong(format!("item {} has no right choice", item.code));
        }
    }
    Ok(bank.test)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bank_is_whole_and_a_sheet_is_scored_by_its_key() {
        let bank = read().expect("reads");
        for test in &bank {
            let key: String = test.item.iter().map(|i| i.right).collect();
            assert_eq!(test.score(&key), 100, "{}", test.code);
            assert_eq!(test.score(&"-".repeat(key.len())), 0);
            // Whoever always chooses the same letter does not pass.
            for letter in LETTERS {
                let same: String = test.item.iter().map(|_| letter).collect();
                assert!(test.score(&same) < test.pass, "{} {letter}", test.code);
            }
        }
    }

    #[test]
    fn typed_letters_are_read_as_people_type_them() {
        let bank = read().expect("reads");
        let test = &bank[0];
        let key: String = test.item.iter().map(|i| i.right).collect();
        let spaced = key.to_uppercase().chars().map(String::from).collect::<Vec<_>>().join(", ");
        assert_eq!(test.read(&spaced), Some(key.clone()));
        assert_eq!(test.read(&key[1..]), None, "one is missing");
        assert_eq!(test.read(&format!("{key}a")), None, "one too many");
        assert_eq!(test.read(&"z".repeat(key.len())), None);
        assert!(test.read(&"-".repeat(key.len())).is_some());
    }
}
