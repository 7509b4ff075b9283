//! Given and chosen names: what tells a person from her sister.

use super::Rarity;
use crate::person::Person;
use crate::token::{ALIKE, Token, pair};
use crate::{Reason, ReasonCode};

/// What the names say.
pub(super) struct Given {
    pub(super) reasons: Vec<Reason>,
    /// Whether the names can be of one person: not *Ana María* and *Ana Lucía*.
    pub(super) one_person: bool,
}

/// Two given names at most count in full: long lists of names are no better evidence.
const MOST: f64 = 10.0;

pub(super) fn compare(one: &Person, other: &Person, rarity: &dyn Rarity) -> Given {
    let mut given = given_names(one, other, rarity);
    if chosen_name(one, other) {
        // Known by the same name: the name in the papers no longer speaks against it.
        given.reasons.retain(|reason| reason.code != ReasonCode::DifferentName);
        let weight = if given.reasons.is_empty() { 5.0 } else { 2.0 };
        given.reasons.push(Reason { code: ReasonCode::SameChosenName, weight });
        given.one_person = true;
    }
    given
}

fn given_names(one: &Person, other: &Person, rarity: &dyn Rarity) -> Given {
    if one.names.is_empty() || other.names.is_empty() {
        return Given { reasons: Vec::new(), one_person: false };
    }
    let pairs = pair(&one.names, &other.names);
    if pairs.is_empty() {
        let reason = Reason { code: ReasonCode::DifferentName, weight: -5.0 };
        return Given { reasons: vec![reason], one_person: false };
    }
    let weight: f64 = pairs.iter().map(|(a, _, likeness)| rarity.weight(&a.key) * share(*likeness)).sum();
    // Both have a name left that the other has not: sisters often share the first of two.
    let one_person = pairs.len() == one.names.len() || pairs.len() == other.names.len();
    let same = one_person && pairs.iter().any(|(_, _, likeness)| *likeness >= 1.0);
    let code = if same { ReasonCode::SameName } else { ReasonCode::SimilarName };
    let weight = weight.min(MOST) * if one_person { 1.0 } else { 0.5 };
    Given { reasons: vec![Reason { code, weight }], one_person }
}

/// Whether one's chosen name is the other's chosen or given name.
fn chosen_name(one: &Person, other: &Person) -> bool {
    let known = |person: &Person, token: &Token| {
        person.chosen.iter().chain(&person.names).any(|word| word.likeness(token) >= ALIKE)
    };
    let all = |chosen: &[Token], person: &Person| {
        !chosen.is_empty() && chosen.iter().all(|token| known(person, token))
    };
    all(&one.chosen, other) || all(&other.chosen, one)
}

/// How much of the weight of a word counts by its likeness: all for the same sound, less than half at the
/// edge.
pub(super) fn share(likeness: f64) -> f64 {
    ((likeness - 0.8) / 0.2).clamp(0.0, 1.0)
}
