//! Two people, compared piece by piece.
//!
//! Weights are doublings of the odds, set by hand after the measurements of `knowledge/linkage.md`. The one
//! thing that must not change: surnames and mother are **one** piece of evidence. Counted apart they make
//! one person of every two sisters.

mod family;
mod given;

use crate::birth::Agreement;
use crate::person::Person;
use crate::{Candidate, Reason, ReasonCode, Strength};

/// How rare words are in the index.
pub(crate) trait Rarity {
    /// How many people there are.
    fn people(&self) -> usize;
    /// How many of them have a word that sounds so.
    fn with(&self, key: &str) -> usize;

    /// What it says that two people share a word: 1.5 for the commonest, 9 at most. A small index is taken
    /// as if 500 more people of the country were in it, two of them with the word.
    fn weight(&self, key: &str) -> f64 {
        let odds = (self.people() as f64 + 500.0) / (self.with(key) as f64 + 2.0);
        odds.log2().clamp(1.5, 9.0)
    }

    /// Whether so few have it that sharing it is telling. Small indexes cannot say.
    fn is_rare(&self, key: &str) -> bool {
        self.people() >= 200 && self.with(key) <= (self.people() / 2000).max(3)
    }
}

/// Below this, nothing is said. Set on invented people of `shared/linkage/gen_people.py`, seed 2; on 50,000
/// records of seed 3, not looked at before, 0.986 of what was called strong was right and 0.57 of all pairs
/// were called so.
const WEAK: f64 = 6.0;
const LIKELY: f64 = 10.0;
const STRONG: f64 = 17.0;

/// Compares two people; `None` when there is too little to say.
pub(crate) fn compare(one: &Person, other: &Person, rarity: &dyn Rarity) -> Option<Candidate> {
    let given = given::compare(one, other, rarity);
    let mut reasons = given.reasons;
    reasons.extend(family::compare(one, other, rarity));
    reasons.extend(birth(one, other));
    reasons.extend(codes(one, other));
    let weight: f64 = reasons.iter().map(|reason| reason.weight).sum();
    if weight < WEAK {
        return None;
    }
    let strength = match weight {
        STRONG.. if given.one_person && all_point_to_one(&reasons) => Strength::Strong,
        LIKELY.. => Strength::Likely,
        _ => Strength::Weak,
    };
    reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.code.cmp(&b.code)));
    Some(Candidate { id: other.id, weight, strength, reasons })
}

/// Strong needs name, family and birth, and nothing that contradicts. Weight alone is not enough: two
/// sisters share much.
fn all_point_to_one(reasons: &[Reason]) -> bool {
    use ReasonCode as Code;
    let any = |codes: &[Code]| reasons.iter().any(|reason| codes.contains(&reason.code));
    any(&[Code::SameSurname, Code::RareSurname, Code::SimilarSurname])
        && any(&[Code::SameBirth, Code::BirthCompatible])
        && !any(&[Code::DifferentName, Code::DifferentSurname, Code::DifferentMother, Code::OtherSex])
}

fn birth(one: &Person, other: &Person) -> Option<Reason> {
    let (code, weight) = match one.birth.agreement(other.birth) {
        Agreement::Same => (ReasonCode::SameBirth, 6.0),
        Agreement::Compatible(near) => (ReasonCode::BirthCompatible, 1.0 + f64::from(near)),
        Agreement::Differs => (ReasonCode::BirthDiffers, -5.0),
        Agreement::Open => return None,
    };
    Some(Reason { code, weight })
}

fn codes(one: &Person, other: &Person) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if let (Some(here), Some(there)) = (&one.municipality, &other.municipality) {
        reasons.push(if here == there {
            Reason { code: ReasonCode::SameMunicipality, weight: 1.0 }
        } else {
            Reason { code: ReasonCode::OtherMunicipality, weight: -0.5 }
        });
    }
    if let (Some(this), Some(that)) = (&one.sex, &other.sex)
        && this != that
    {
        reasons.push(Reason { code: ReasonCode::OtherSex, weight: -2.0 });
    }
    reasons
}
