//! An answer, with its reasons.

use serde::Serialize;

/// Somebody who may be the same person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// Whose record it is.
    pub id: [u8; 16],
    /// The sum of the weights of all reasons: doublings of the odds, roughly. Higher is likelier.
    pub weight: f64,
    /// What to make of it.
    pub strength: Strength,
    /// Why, what speaks for it first.
    pub reasons: Vec<Reason>,
}

/// What to make of a candidate. The order is from weak to strong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Perhaps a namesake.
    Weak,
    /// Worth a look before she is asked again; a sister at most.
    Likely,
    /// Name, family and birth all point to one person. Still a person decides.
    Strong,
}

/// One piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// What was compared.
    pub code: ReasonCode,
    /// What it adds to the weight; below zero when it speaks against.
    pub weight: f64,
}

impl Reason {
    /// Whether it speaks for one person rather than two.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.weight > 0.0
    }
}

/// What a reason says. Pages word it in their language; codes do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonCode {
    /// A given name is the same to the ear.
    SameName,
    /// A given name is close.
    SimilarName,
    /// Both have given names and none is close.
    DifferentName,
    /// The chosen name is the chosen or a given name of the other.
    SameChosenName,
    /// All surnames that both gave sound the same.
    SameSurname,
    /// The same, and few people in the index have it.
    RareSurname,
    /// A surname is close, or one of two is the same.
    SimilarSurname,
    /// Both have surnames and none is close.
    DifferentSurname,
    /// The mothers' names go together.
    SameMother,
    /// Both mothers are known and their names do not go together.
    DifferentMother,
    /// Born on the same day.
    SameBirth,
    /// What is known of both births can be of one person.
    BirthCompatible,
    /// What is known of both births is hardly of one person.
    BirthDiffers,
    /// From the same municipality.
    SameMunicipality,
    /// From different municipalities; people move, so it says little.
    OtherMunicipality,
    /// Recorded with another sex; it may have been recorded wrongly.
    OtherSex,
}
