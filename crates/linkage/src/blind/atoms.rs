//! What is known of a person as small words, each of one field: the same word for every spelling.

use crate::Row;
use crate::fold::{fold, skeleton};
use crate::record::born::{Born, Kind};
use crate::record::nobody::name_words;
use crate::words::Nicknames;

/// What an atom is of. The number is part of what is hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Field {
    /// Nothing besides: the other half of a pair stands alone.
    Alone,
    /// Each given name by its sound; a hypocoristic of one name as that name.
    Given,
    /// The beginning of the first given name.
    Start,
    /// The consonants of the first given name.
    GivenBones,
    /// Each surname by its sound, in no order.
    Surname,
    /// The consonants of each surname.
    Bones,
    /// Day and month, in no order.
    Day,
    /// The year of birth, told or reckoned, and its neighbours.
    Years,
    /// Year and month.
    Month,
    /// Sex.
    Sex,
    /// The municipality.
    Place,
    /// The first two signs of the municipality.
    Department,
    /// Each word of the mother's name.
    Mother,
    /// A document.
    Document,
}

/// How many fields there are.
pub(crate) const FIELDS: usize = 14;

/// More words than this are no name; each would weigh next to nothing.
const MOST: usize = 5;

/// The atoms of a person by field.
pub(crate) type Atoms = [Vec<String>; FIELDS];

/// Takes a record apart.
pub(crate) fn atoms(row: &Row, nicknames: &Nicknames) -> Atoms {
    let mut atoms = Atoms::default();
    let mut add = |field: Field, atom: String| {
        let of = &mut atoms[field as usize];
        if !atom.is_empty() && of.len() < MOST && !of.contains(&atom) {
            of.push(atom);
        }
    };
    add(Field::Alone, "-".to_owned());
    let name = |word: &String| match nicknames.names(word) {
        [only] => fold(only),
        _ => fold(word),
    };
    let given: Vec<String> = name_words(row.given_names).iter().map(name).filter(|g| !g.is_empty()).collect();
    let full = |word: &&String| word.chars().nth(1).is_some();
    for word in given.iter().filter(full) {
        add(Field::Given, word.clone());
    }
    if let Some(first) = given.iter().find(full) {
        add(Field::Start, first.chars().take(4).collect());
        add(Field::GivenBones, skeleton(first));
    }
    for word in [row.surname1, row.surname2].into_iter().flat_map(name_words) {
        let sound = fold(&word);
        add(
            Field::Bones,
            Some(skeleton(&sound)).filter(|bones| !bones.is_empty()).unwrap_or_else(|| sound.clone()),
        );
        add(Field::Surname, sound);
    }
    for word in name_words(row.mother).iter().map(name) {
        add(Field::Mother, word);
    }
    let born = Born::read(row.birth_date, row.age_years, row.recorded_at);
    if born.kind == Kind::Day {
        let (m, d) = (born.month.min(born.day), born.month.max(born.day));
        add(Field::Day, format!("{m}/{d}"));
    }
    if matches!(born.kind, Kind::Day | Kind::Month) {
        add(Field::Month, format!("{}-{}", born.year, born.month));
    }
    if born.kind != Kind::Unknown {
        for year in [born.year, born.year - 1, born.year + 1] {
            add(Field::Years, year.to_string());
        }
    }
    let place = row.place.trim();
    add(Field::Sex, row.sex.trim().to_lowercase());
    add(Field::Place, place.to_owned());
    add(Field::Department, place.chars().take(2).collect());
    let document: String =
        row.document.chars().filter(|c| c.is_alphanumeric()).take(40).flat_map(char::to_lowercase).collect();
    add(Field::Document, Some(document).filter(|document| document.chars().count() >= 4).unwrap_or_default());
    atoms
}
