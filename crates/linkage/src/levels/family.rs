//! Surnames and mother.

use crate::words::class::SOUND;

pub(super) const SURNAMES: &[&str] = &[
    "unknown",
    "both",
    "one_and_one_near",
    "both_near",
    "first_other_unknown",
    "first_near_other_unknown",
    "first_second_differs",
    "second_first_differs",
    "exchanged",
    "crossed",
    "partly_near",
    "differ",
    "first_and_mother_has_the_second",
    "names_for_surnames",
];

pub(super) const COARSE: [usize; 14] = [0, 1, 3, 3, 2, 3, 4, 5, 1, 5, 5, 6, 1, 2];

pub(super) const FIRST_OTHER_UNKNOWN: u8 = 4;
/// From here on surnames do not agree in their places.
pub(super) const CROSSED: u8 = 9;
pub(super) const MOTHER_HAS_THE_SECOND: u8 = 12;
pub(super) const FOR_NAMES: u8 = 13;

pub(super) const MOTHER: &[&str] =
    &["unknown", "name_and_surname", "name", "near", "name_other_surname", "surname_other_name", "differ"];

/// As for given names; `married` when a second surname may be a husband's.
pub(super) fn surnames(a: u8, b: u8, x: u8, y: u8, seconds: (bool, bool), married: bool) -> u8 {
    let same = |class: u8| class >= SOUND;
    match seconds {
        (true, true) => match () {
            () if same(a) && same(b) => 1,
            () if same(a) && b > 0 || same(b) && a > 0 => 2,
            () if same(x) && same(y) => 8,
            () if a > 0 && b > 0 => 3,
            () if same(a) && married => FIRST_OTHER_UNKNOWN,
            () if same(a) => 6,
            () if same(b) => 7,
            () if same(x) || same(y) => 9,
            () if a | b | x | y > 0 => 10,
            () => 11,
        },
        (false, false) => match a {
            SOUND.. => FIRST_OTHER_UNKNOWN,
            0 => 11,
            _ => 5,
        },
        (_, other_has_two) => {
            let crossed = if other_has_two { x } else { y };
            match () {
                () if same(a) => FIRST_OTHER_UNKNOWN,
                () if same(crossed) => 9,
                () if a > 0 => 5,
                () if crossed > 0 => 10,
                () => 11,
            }
        }
    }
}

/// The class of the mother's first name; the best class of her surnames, `None` when one record has none.
pub(super) fn mother(name: u8, surname: Option<u8>) -> u8 {
    match (name, surname) {
        (SOUND.., Some(SOUND..)) => 1,
        (SOUND.., None) => 2,
        (SOUND.., Some(_)) => 4,
        (1.., Some(SOUND..) | None) => 3,
        (_, Some(SOUND..)) => 5,
        _ => 6,
    }
}
