//! What the model gives weights to: the levels of facts, what facts say together, and slopes.

use crate::levels::{FACTS, GROUPS, NAMES, Pattern, SLOPES, fact};

/// Facts that the model weighs; document and nation come on top (see [`super::Model`]).
pub(crate) const WEIGHED: usize = FACTS - 1;
/// What facts say together.
pub(crate) const TOGETHER: usize = 9;
/// Indices that a pattern sets.
pub(crate) const SET: usize = WEIGHED + TOGETHER;
/// Slopes, and three that count only where given names do not agree.
pub(crate) const SLOPED: usize = SLOPES + 3;

/// Names of what facts say together, as a saved model has them, and how many cells each has.
pub(crate) const TOGETHER_NAMES: [(&str, usize); TOGETHER] = [
    ("given_surnames", GROUPS * GROUPS),
    ("given_birth", GROUPS * GROUPS),
    ("surnames_birth", GROUPS * GROUPS),
    ("surnames_mother", 14 * 7),
    ("given_surnames_birth", GROUPS * GROUPS * GROUPS),
    ("given_surnames_phone", 3 * GROUPS * 4),
    ("given_sex", GROUPS * 3),
    ("given_surnames_place", 3 * GROUPS * 4),
    ("given_mother", GROUPS * 7),
];

/// Where the weights of each fact and each togetherness begin.
const STARTS: [usize; SET + 1] = {
    let mut starts = [0; SET + 1];
    let mut at = 0;
    while at < SET {
        let length = if at < WEIGHED { NAMES[at].1.len() } else { TOGETHER_NAMES[at - WEIGHED].1 };
        starts[at + 1] = starts[at] + length;
        at += 1;
    }
    starts
};

/// How many weights there are, slopes not counted.
pub(crate) const CELLS: usize = STARTS[SET];

/// Where the weights of a fact or, from [`WEIGHED`] on, of a togetherness begin.
pub(crate) const fn start(of: usize) -> usize {
    STARTS[of]
}

/// The weights that a pattern adds up, as indices below [`CELLS`].
pub(crate) fn cells(pattern: &Pattern) -> [u16; SET] {
    let c = pattern.coarse();
    let level = |fact: usize| usize::from(pattern.levels[fact]);
    let told = told(c.given);
    let together = [
        c.given * GROUPS + c.surnames,
        c.given * GROUPS + c.birth,
        c.surnames * GROUPS + c.birth,
        level(fact::SURNAMES) * 7 + level(fact::MOTHER),
        (c.given * GROUPS + c.surnames) * GROUPS + c.birth,
        (told * GROUPS + c.surnames) * 4 + level(fact::PHONE),
        c.given * 3 + level(fact::SEX),
        (told * GROUPS + c.surnames) * 4 + level(fact::PLACE),
        c.given * 7 + level(fact::MOTHER),
    ];
    std::array::from_fn(|at| {
        let cell = match at {
            fact::NATION => 0,
            _ if at < WEIGHED => level(at),
            _ => together[at - WEIGHED],
        };
        (STARTS[at] + cell) as u16
    })
}

/// What a group of given names tells: 0 nothing, 1 they agree, 2 they do not.
pub(crate) const fn told(given: usize) -> usize {
    match given {
        0 => 0,
        1..=3 => 1,
        _ => 2,
    }
}

/// The slopes of a pattern; the last three are those of surname, mother and place where given names differ.
pub(crate) fn slopes(pattern: &Pattern) -> [f32; SLOPED] {
    let mut all = [0.0; SLOPED];
    all[..SLOPES].copy_from_slice(&pattern.slopes);
    if told(pattern.coarse().given) == 2 {
        all[SLOPES..].copy_from_slice(&pattern.slopes[1..4]);
    }
    all
}
