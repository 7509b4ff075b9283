//! Under which keys a person is filed, and by which she is looked for.
//!
//! Each kind of key starts with a sign of its own: `=` the whole sound, `3` and `2` its first letters, `:`
//! its consonants, `<` its last letters (for words whose beginning was misheard), `m` a word of the mother's
//! name, `y` a year of birth. They live in memory only; on disk they would give the names away.

use crate::fold::skeleton;
use crate::person::Person;
use crate::token::Token;

/// The key of a whole sound.
pub(super) fn sound(key: &str) -> String {
    format!("={key}")
}

/// Every key of a person, each once.
pub(super) fn of(person: &Person) -> Vec<String> {
    let mut keys: Vec<String> = person.words().flat_map(of_word).collect();
    keys.extend(person.mother.iter().map(|token| format!("m{}", token.key)));
    keys.extend(years(person));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys by which likely duplicates are looked for, with what each is worth; `None` asks for the rarity of
/// the word. First letters of two are left out: they bring everybody.
pub(super) fn to_match(person: &Person) -> Vec<(String, Option<f64>)> {
    let mut keys: Vec<(String, Option<f64>)> = person.words().flat_map(of_word).filter_map(valued).collect();
    keys.extend(person.mother.iter().map(|token| (format!("m{}", token.key), Some(2.0))));
    keys.extend(years(person).map(|key| (key, Some(1.5))));
    unique(keys)
}

/// The keys by which words of a search are looked for.
pub(super) fn to_search(tokens: &[Token]) -> Vec<(String, Option<f64>)> {
    let short = |token: &Token| token.key.chars().count() < 3 || token.word.chars().count() < 3;
    let letters = tokens.iter().filter(|token| short(token)).flat_map(|token| [&token.key, &token.word]);
    let letters = letters.filter(|letters| letters.chars().count() >= 2);
    let begun = letters.map(|letters| (format!("2{}", first(letters, 2)), Some(1.0)));
    unique(begun.chain(tokens.iter().flat_map(of_word).filter_map(valued)).collect())
}

fn valued(key: String) -> Option<(String, Option<f64>)> {
    let value = match key.chars().next()? {
        '=' => None,
        '3' => Some(1.5),
        ':' => Some(2.0),
        '<' => Some(1.0),
        _ => return None,
    };
    Some((key, value))
}

fn of_word(token: &Token) -> Vec<String> {
    let word: String = token.word.chars().filter(|c| *c != '\'').collect();
    let mut keys = vec![sound(&token.key)];
    for letters in [&*token.key, &word] {
        let long = |n: &usize| letters.chars().count() >= *n;
        keys.extend([2, 3].into_iter().filter(long).map(|n| format!("{n}{}", first(letters, n))));
    }
    let bones = skeleton(&token.key);
    if !bones.is_empty() {
        keys.push(format!(":{bones}"));
    }
    let length = token.key.chars().count();
    if length >= 4 {
        keys.push(format!("<{}", token.key.chars().skip(length - 3).collect::<String>()));
    }
    keys
}

fn first(letters: &str, n: usize) -> String {
    letters.chars().take(n).collect()
}

/// The years in which she can have been born, if anything is known.
fn years(person: &Person) -> impl Iterator<Item = String> + use<> {
    let (first, last) = person.birth.years();
    // Unknown is any year, and filed under none.
    let last = if last.checked_sub(first).is_some_and(|span| span <= 1) { Some(last) } else { None };
    last.into_iter().flat_map(move |last| first..=last).map(|year| format!("y{year}"))
}

/// Each key once, in order.
fn unique(mut keys: Vec<(String, Option<f64>)>) -> Vec<(String, Option<f64>)> {
    keys.sort_by(|a, b| a.0.cmp(&b.0));
    keys.dedup_by(|a, b| a.0 == b.0);
    keys
}
