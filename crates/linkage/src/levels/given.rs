//! Given names: what tells a person from her sister.

use crate::words::class::{EXACT, SOUND};

pub(super) const LEVELS: &[&str] = &[
    "unknown",
    "both_spelled_the_same",
    "both",
    "one_and_one_near",
    "both_near",
    "first_other_unknown",
    "single_spelled_the_same",
    "single_is_the_second",
    "exchanged",
    "single_near_first",
    "first_second_differs",
    "second_first_differs",
    "crossed",
    "partly_near",
    "differ",
    "single",
    "names_for_surnames",
    "single_near",
];

pub(super) const COARSE: [usize; 18] = [0, 1, 1, 3, 3, 2, 1, 2, 1, 3, 4, 5, 5, 5, 6, 1, 2, 3];

pub(super) const BOTH: u8 = 2;
/// From here on names do not agree in their places.
pub(super) const CROSSED: u8 = 12;
pub(super) const PARTLY_NEAR: u8 = 13;
pub(super) const DIFFER: u8 = 14;
/// Names written as surnames and the reverse.
pub(super) const FOR_SURNAMES: u8 = 16;

/// Classes of first with first, second with second, first with second and second with first; whether the one
/// and the other have a second name.
pub(super) fn level(a: u8, b: u8, x: u8, y: u8, seconds: (bool, bool)) -> u8 {
    let same = |class: u8| class >= SOUND;
    match seconds {
        (true, true) => match () {
            () if a == EXACT && b == EXACT => 1,
            () if same(a) && same(b) => 2,
            () if same(a) && b > 0 || same(b) && a > 0 => 3,
            () if same(x) && same(y) => 8,
            () if a > 0 && b > 0 => 4,
            () if same(a) => 10,
            () if same(b) => 11,
            () if same(x) || same(y) => 12,
            () if a | b | x | y > 0 => 13,
            () => 14,
        },
        (false, false) => match a {
            EXACT => 6,
            SOUND => 15,
            0 => 14,
            _ => 17,
        },
        (_, other_has_two) => {
            let crossed = if other_has_two { x } else { y };
            match () {
                () if same(a) => 5,
                () if same(crossed) => 7,
                () if a > 0 => 9,
                () if crossed > 0 => 13,
                () => 14,
            }
        }
    }
}
