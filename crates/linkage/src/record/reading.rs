//! How a row becomes numbers, whoever numbers its words: a coder that learns them, or a question that does not.

use super::born::Born;
use super::coded::{Coded, Told, slot};
use super::digits::{document, phone};
use super::nobody::{self, NOBODY, are_nobodys};
use super::row::Row;
use crate::normalise;
use crate::words::MISSING;

/// A list of codes.
#[derive(Clone, Copy)]
pub(super) enum List {
    Places,
    Departments,
    Sexes,
    Nations,
}

/// Whoever has numbers for words and codes.
pub(super) trait Reading {
    /// Adds the words of a piece of text between spaces, particles with their [mark](PARTICLE).
    fn piece(&mut self, piece: &str, all: &mut Vec<u32>);
    /// The number of several words that are one name.
    fn several(&mut self, words: &[u32]) -> u32;
    /// The number of a code; 0 for an empty one.
    fn listed(&mut self, list: List, text: &str) -> u16;
    /// Whether a document's check digit is wrong.
    fn fails(&self, document: u64) -> bool;
}

/// The mark of a word that stands between names.
const PARTICLE: u32 = 1 << 31;
/// The mark of a particle that is *de* or *del*.
const DE: u32 = 1 << 30;
const MARKS: u32 = PARTICLE | DE | NOBODY;

/// A row as numbers.
pub(super) fn read(reading: &mut impl Reading, row: &Row) -> Coded {
    let mut coded = Coded::default();
    let [mut all, mut more] = [const { Vec::new() }; 2];
    let given = words(reading, row.given_names, &mut all);
    for (at, word) in given.iter().take(2).enumerate() {
        coded.words[slot::GIVEN1 + at] = *word;
    }
    let married = surnames(reading, row, [&mut all, &mut more], &mut coded);
    if let [first, rest @ ..] = words(reading, row.mother, &mut all) {
        coded.words[slot::MOTHER] = *first;
        coded.words[slot::MOTHER_SURNAME2] = rest.last().copied().unwrap_or(MISSING);
        if rest.len() >= 2 {
            coded.words[slot::MOTHER_SURNAME1] = rest[rest.len() - 2];
        }
    }
    for (at, text) in row.others.iter().enumerate() {
        coded.words[slot::OTHER + at] = match words(reading, text, &mut all) {
            [] => MISSING,
            [one] => *one,
            several => reading.several(several),
        };
    }
    coded.nickname = words(reading, row.nickname, &mut all).first().copied().unwrap_or(MISSING);
    let born = Born::read(row.birth_date, row.age_years, row.recorded_at);
    let place = row.place.trim();
    coded.place = reading.listed(List::Places, place);
    let two = place.char_indices().nth(2).map_or(place, |(at, _)| &place[..at]);
    // The 255th and later codes share a number.
    let narrow = |code: u16| u8::try_from(code).unwrap_or(u8::MAX);
    coded.department = narrow(reading.listed(List::Departments, two));
    let sex = narrow(reading.listed(List::Sexes, row.sex.trim()));
    coded.nation = narrow(reading.listed(List::Nations, row.nationality.trim()));
    coded.document = document(row.document);
    coded.phone = phone(row.phone);
    coded.tell(&Told { born, sex, married, unsound: reading.fails(coded.document) });
    coded
}

/// Both surnames, each as one word whatever stands in it (*de la Cruz*, *Pérez Cux* before a second); and whether the second
/// may be a husband's.
fn surnames(
    reading: &mut impl Reading,
    row: &Row,
    [one, other]: [&mut Vec<u32>; 2],
    coded: &mut Coded,
) -> bool {
    pieces(reading, row.surname1, one);
    pieces(reading, row.surname2, other);
    let (first, second) = (names(one), names(other));
    let (first, second, husbands) = match (&first[..], &second[..]) {
        (several @ [_, _, ..], []) => both(reading, several),
        // *Ixcoy de Morales*: what follows her own second surname is her husband's.
        (first, [own, (_, true)]) => (join(reading, first), own.0, false),
        (first, second) => {
            let husbands = matches!(second, [(_, true)]);
            (join(reading, first), join(reading, second), husbands)
        }
    };
    let first_is_missing = first == MISSING;
    coded.words[slot::SURNAME1] = if first_is_missing { second } else { first };
    coded.words[slot::SURNAME2] = if first_is_missing { MISSING } else { second };
    husbands && row.sex.trim() != "M"
}

/// Two surnames that were written as one text, and whether the second may be a husband's.
fn both(reading: &mut impl Reading, several: &[(u32, bool)]) -> (u32, u32, bool) {
    match several {
        [one, two] => (one.0, two.0, two.1),
        // *Montes de Oca Cux*, *Ponce de León Cux*: one surname of two words, and another.
        [(one, _), (two, true), rest @ ..] if !rest.is_empty() && !rest[0].1 => {
            (reading.several(&[*one, *two]), join(reading, rest), false)
        }
        // *Cux Ixcoy de Morales*: a third is her husband's, or somebody's habit, and neither of her own.
        [one, two, ..] => (one.0, two.0, false),
        _ => (join(reading, several), MISSING, false),
    }
}

/// The words of a name, which take the place of `all`; particles only when there is nothing else.
fn words<'w>(reading: &mut impl Reading, text: &str, all: &'w mut Vec<u32>) -> &'w [u32] {
    pieces(reading, text, all);
    if all.iter().any(|word| word & PARTICLE == 0) {
        all.retain(|word| word & PARTICLE == 0);
    }
    all.iter_mut().for_each(|word| *word &= !MARKS);
    all
}

/// The words of a name and its particles, with their marks; they take the place of `all`. None of what stands where no name is known.
fn pieces(reading: &mut impl Reading, text: &str, all: &mut Vec<u32>) {
    all.clear();
    for piece in text.split_ascii_whitespace().take(12) {
        reading.piece(piece, all);
    }
    if are_nobodys(all.iter().copied().filter(|word| word & PARTICLE == 0)) {
        all.clear();
    }
}

/// Names, each with whether *de* stands before it; particles only when there is nothing else.
fn names(pieces: &[u32]) -> Vec<(u32, bool)> {
    let only_particles = pieces.iter().all(|word| word & PARTICLE != 0);
    let (mut names, mut de) = (Vec::with_capacity(pieces.len()), false);
    for piece in pieces {
        if piece & PARTICLE == 0 || only_particles {
            names.push((piece & !MARKS, de && !only_particles));
            de = false;
        } else {
            de |= piece & DE != 0;
        }
    }
    names
}

fn join(reading: &mut impl Reading, names: &[(u32, bool)]) -> u32 {
    match names {
        [] => MISSING,
        [(one, _)] => *one,
        several => reading.several(&several.iter().map(|(word, _)| *word).collect::<Vec<_>>()),
    }
}

/// The words of a piece of text as `number` knows them, without those that have no sound, with their marks.
pub(super) fn numbered(piece: &str, mut number: impl FnMut(&str) -> u32) -> Vec<u32> {
    let mark = |word: &str| match word {
        "de" | "del" => PARTICLE | DE,
        word if crate::normalise::is_particle(word) => PARTICLE,
        word => nobody::mark(word),
    };
    let words = normalise(piece);
    let numbered = words.iter().map(|word| (number(word), mark(word)));
    numbered.filter(|(word, _)| *word != MISSING).map(|(word, mark)| word | mark).collect()
}

/// Several words as one.
pub(super) fn joined<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut text: String = words.collect();
    if text.is_char_boundary(24) {
        text.truncate(24);
    }
    text
}
