//! Surnames and mother: one piece of evidence, the family.

use super::Rarity;
use super::given::share;
use crate::person::Person;
use crate::token::{Token, pair};
use crate::{Reason, ReasonCode};

/// Both surnames together say no more than this.
const MOST: f64 = 11.0;

pub(super) fn compare(one: &Person, other: &Person, rarity: &dyn Rarity) -> Vec<Reason> {
    let surnames = surnames(&one.surnames, &other.surnames, rarity);
    let related = surnames.is_some_and(|reason| reason.agrees());
    surnames.into_iter().chain(mother(&one.mother, &other.mother, related)).collect()
}

fn surnames(one: &[Token], other: &[Token], rarity: &dyn Rarity) -> Option<Reason> {
    let both = one.len().min(other.len());
    if both == 0 {
        return None;
    }
    let pairs = pair(one, other);
    if pairs.is_empty() {
        return Some(Reason { code: ReasonCode::DifferentSurname, weight: -5.0 });
    }
    let weight: f64 = pairs.iter().map(|(a, _, likeness)| rarity.weight(&a.key) * share(*likeness)).sum();
    let same = |likeness: f64| likeness >= 1.0;
    if pairs.len() < both {
        // One of two: a cousin, a half-sister, or a surname heard wrongly.
        return Some(Reason { code: ReasonCode::SimilarSurname, weight: (weight * 0.5).min(MOST / 2.0) });
    }
    let code = if !pairs.iter().all(|(_, _, likeness)| same(*likeness)) {
        ReasonCode::SimilarSurname
    } else if pairs.iter().any(|(a, ..)| rarity.is_rare(&a.key)) {
        ReasonCode::RareSurname
    } else {
        ReasonCode::SameSurname
    };
    Some(Reason { code, weight: weight.min(MOST) })
}

/// The mother's name. It says little once the surnames agree, since it then mostly says *family* again.
fn mother(one: &[Token], other: &[Token], related: bool) -> Option<Reason> {
    let both = one.len().min(other.len());
    if both == 0 {
        return None;
    }
    let alike = pair(one, other).len();
    if alike >= both.min(2) {
        return Some(Reason { code: ReasonCode::SameMother, weight: if related { 1.5 } else { 5.0 } });
    }
    let differs = both >= 2 && alike == 0;
    differs.then_some(Reason { code: ReasonCode::DifferentMother, weight: -2.0 })
}
