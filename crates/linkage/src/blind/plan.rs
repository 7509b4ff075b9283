//! Which pairs of atoms are hashed together, and what they weigh.
//!
//! Fitted once to 50,000 invented people (`gen_people.py`, seed 9001, error scale 1): a logistic model of «same person» over all pairs of
//! fields, each weight at least nothing and that of «unknown» between nothing and it, small ones left out, then fitted again. Only
//! pairs were let in of which the commonest value is that of at most 2 % of people. The scale, 36 bits for one unit of log odds,
//! is where the accuracy of few flips and the cover of many meet: docs/adr/0028.

use super::atoms::Field::{
    self, Alone, Bones, Day, Department, Document, Given, GivenBones, Month, Mother, Place, Sex, Start,
    Surname, Years,
};

/// Two fields, the bits that their pair flips in all, and those that are flipped by chance where one is unknown.
pub(super) struct Pair(pub(super) Field, pub(super) Field, pub(super) u8, pub(super) u8);

/// The pairs. Both sides of an exchange must have the same ([`super::Encoder::tables`]).
pub(super) const PLAN: &[Pair] = &[
    Pair(Alone, Day, 25, 11),
    Pair(Alone, Month, 13, 10),
    Pair(Alone, Document, 6, 0),
    Pair(Given, Surname, 30, 22),
    Pair(Given, Bones, 38, 22),
    Pair(Given, Years, 24, 15),
    Pair(Given, Place, 8, 8),
    Pair(Given, Department, 10, 8),
    Pair(Start, Surname, 12, 12),
    Pair(Start, Bones, 18, 18),
    Pair(Start, Years, 10, 10),
    Pair(Start, Place, 15, 8),
    Pair(GivenBones, Bones, 8, 2),
    Pair(Surname, Years, 29, 15),
    Pair(Surname, Department, 9, 8),
    Pair(Surname, Mother, 6, 4),
    Pair(Bones, Years, 39, 15),
    Pair(Bones, Place, 8, 8),
    Pair(Bones, Department, 17, 8),
    Pair(Bones, Mother, 14, 4),
    Pair(Day, Sex, 25, 10),
    Pair(Years, Place, 30, 12),
    Pair(Month, Sex, 18, 8),
];
