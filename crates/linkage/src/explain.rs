//! Why two records may be of one person, in the order and words of whoever must decide.

mod codes;
mod words;

pub use codes::{codes, from_codes};
pub use words::{Language, line};

use crate::levels::{NAMES, Pattern, SLOPES, fact};
use crate::model::Model;
use crate::model::features::{CELLS, SLOPED, TOGETHER, WEIGHED, cells, slopes};

/// What a piece of evidence is about. Surnames and mother are one: the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// Given names.
    Given,
    /// Surnames and mother.
    Family,
    /// When she was born.
    Birth,
    /// Her municipality.
    Place,
    /// Her phone.
    Phone,
    /// Recorded sex.
    Sex,
    /// Her nation.
    Nation,
    /// What people call her.
    Nickname,
    /// Other texts.
    Other,
    /// The number of her document.
    Document,
    /// What the pieces say together beyond what each says alone: same family but other names and birth are
    /// sisters.
    Together,
    /// A third record of which both are sure, or that contradicts.
    Third,
    /// How rarely two records are of one person at all, and what scores were measured to mean.
    Base,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Because {
    /// What it is about.
    pub about: About,
    /// Its level, as the saved model names it; of the family surnames and mother. Empty where there are none.
    pub levels: Vec<&'static str>,
    /// Whether what is shared is rare: four doublings more than the usual.
    pub rare: bool,
    /// What it adds, in doublings of the odds; below zero it speaks against.
    pub weight: f64,
}

/// So rare is *rare*, in tens of bits: one in a thousand.
const RARE: f32 = 1.0;

/// Every piece of evidence of a comparison; the weights add up to the weight of the pair. `measured`: what such a score was
/// measured to mean beyond itself, in nats, which is nothing that two records say; `heard`: what third records added.
pub(crate) fn explain(model: &Model, pattern: &Pattern, [measured, heard]: [f64; 2]) -> Vec<Because> {
    let bits = std::f64::consts::LOG2_E;
    let (set, nothing) = (cells(pattern), cells(&Pattern::default()));
    // What is not known says nothing: each fact is told against not knowing it, and the base is two records of which
    // nothing is known.
    let unknown = |at: usize| model.weights[usize::from(nothing[at])];
    let weight = |at: usize| model.weights[usize::from(set[at])] - unknown(at);
    let slopes = slopes(pattern);
    let sloped = |n: usize| model.weights[CELLS + n] * f64::from(slopes[n]);
    let level = |f: usize| NAMES[f].1[usize::from(pattern.levels[f])];
    let mut all = Vec::new();
    let mut add = |about, levels: Vec<&'static str>, rare, nats: f64| {
        all.push(Because { about, levels, rare, weight: nats * bits });
    };
    let rare = |n: usize| pattern.slopes[n] >= RARE;
    add(About::Given, vec![level(fact::GIVEN)], rare(0), weight(fact::GIVEN) + sloped(0));
    let family = weight(fact::SURNAMES) + weight(fact::MOTHER) + weight(WEIGHED + 3);
    let family = family + sloped(1) + sloped(2) + sloped(4) + sloped(SLOPES) + sloped(SLOPES + 1);
    add(About::Family, vec![level(fact::SURNAMES), level(fact::MOTHER)], rare(1), family);
    add(About::Birth, vec![level(fact::BIRTH)], false, weight(fact::BIRTH));
    add(
        About::Place,
        vec![level(fact::PLACE)],
        rare(3),
        weight(fact::PLACE) + sloped(3) + sloped(SLOPES + 2),
    );
    add(About::Phone, vec![level(fact::PHONE)], false, weight(fact::PHONE));
    add(About::Sex, vec![level(fact::SEX)], false, weight(fact::SEX) + sloped(6));
    add(About::Nickname, vec![level(fact::NICKNAME)], false, weight(fact::NICKNAME));
    add(About::Nation, vec![level(fact::NATION)], false, model.nation(pattern) - model.nations[0]);
    let others = (0..3).map(|n| weight(fact::OTHER + n)).sum::<f64>() + sloped(5);
    add(About::Other, (0..3).map(|n| level(fact::OTHER + n)).collect(), rare(5), others);
    let document = model.documents[usize::from(pattern.levels[fact::DOCUMENT])] - model.documents[0];
    add(About::Document, vec![level(fact::DOCUMENT)], false, document);
    let together: f64 = (0..TOGETHER).filter(|n| *n != 3).map(|n| weight(WEIGHED + n)).sum();
    add(About::Together, vec![], false, together);
    add(About::Third, vec![], false, heard);
    let unknown: f64 = (0..nothing.len()).map(unknown).sum();
    add(
        About::Base,
        vec![],
        false,
        model.weights[CELLS + SLOPED] + unknown + model.nations[0] + model.documents[0] + measured,
    );
    all
}

/// What is known of at most one of the two and would settle it, the most telling first.
pub(crate) fn would_settle(pattern: &Pattern) -> Vec<About> {
    let unknown = |f: usize| pattern.levels[f] == 0;
    let asked = [
        (About::Document, fact::DOCUMENT),
        (About::Birth, fact::BIRTH),
        (About::Family, fact::MOTHER),
        (About::Phone, fact::PHONE),
        (About::Nickname, fact::NICKNAME),
        (About::Place, fact::PLACE),
    ];
    asked.iter().filter(|(_, f)| unknown(*f)).map(|(about, _)| *about).collect()
}

impl Because {
    /// Whether there is something to tell: known, and not next to nothing.
    #[must_use]
    pub fn tells(&self) -> bool {
        let known = self.levels.iter().any(|level| *level != "unknown");
        match self.about {
            About::Base => false,
            About::Together | About::Third => self.weight.abs() >= 0.5,
            _ => known,
        }
    }
}
