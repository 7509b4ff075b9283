//! Weights in the form in which they are added up quickest.
//!
//! What facts say together depends on the levels of two or three of them: everything that hangs on the same levels is one
//! number in one table.

use super::Model;
use super::features::{CELLS, SLOPED, WEIGHED, cells, slopes};
use crate::levels::{NAMES, Pattern, SLOPES, fact};

/// A model's weights as 32-bit numbers.
pub(crate) struct Scorer {
    /// By given names, surnames and birth.
    names: Vec<f32>,
    /// By given names, surnames and another fact.
    mother: Vec<f32>,
    phone: Vec<f32>,
    place: Vec<f32>,
    /// By given names and sex.
    sex: Vec<f32>,
    nickname: Vec<f32>,
    others: [Vec<f32>; 3],
    /// Of slopes, by given names.
    slopes: Vec<[f32; SLOPES]>,
    base: f32,
    documents: Vec<f32>,
    /// By surnames and nation.
    nations: Vec<f32>,
}

/// How many levels a fact has.
const fn levels(fact: usize) -> usize {
    NAMES[fact].1.len()
}

/// What facts say together, in the order of [`super::features::TOGETHER_NAMES`].
const fn together(n: usize) -> usize {
    WEIGHED + n
}

/// The weight of a slope where given names are at a level.
fn slope(model: &Model, given: usize, n: usize) -> f32 {
    let mut pattern = Pattern::default();
    pattern.levels[fact::GIVEN] = given as u8;
    pattern.slopes[n] = 1.0;
    slopes(&pattern).iter().zip(&model.weights[CELLS..]).map(|(x, w)| f64::from(*x) * w).sum::<f64>() as f32
}

/// What the nation adds, by surnames and nation.
fn nations(model: &Model) -> Vec<f32> {
    let mut pattern = Pattern::default();
    let mut add = |surnames: usize, nation: usize| {
        (pattern.levels[fact::SURNAMES], pattern.levels[fact::NATION]) = (surnames as u8, nation as u8);
        model.nation(&pattern) as f32
    };
    let nations = 0..levels(fact::NATION);
    (0..levels(fact::SURNAMES))
        .flat_map(|s| nations.clone().map(|n| add(s, n)).collect::<Vec<f32>>())
        .collect()
}

impl Scorer {
    pub(crate) fn new(model: &Model) -> Self {
        // The weights of some of a pattern's cells, for all levels of some facts.
        let table = |facts: &[usize], of: &[usize]| {
            let size: usize = facts.iter().map(|f| levels(*f)).product();
            let sum = |mut at: usize| {
                let mut pattern = Pattern::default();
                for f in facts.iter().rev() {
                    pattern.levels[*f] = (at % levels(*f)) as u8;
                    at /= levels(*f);
                }
                let cells = cells(&pattern);
                of.iter().map(|n| model.weights[usize::from(cells[*n])]).sum::<f64>() as f32
            };
            (0..size).map(sum).collect::<Vec<f32>>()
        };
        let narrow = |weights: &[f64]| weights.iter().map(|w| *w as f32).collect::<Vec<f32>>();
        let (given, surnames) = (fact::GIVEN, fact::SURNAMES);
        let alone = |f: usize| table(&[f], &[f]);
        Self {
            names: table(
                &[given, surnames, fact::BIRTH],
                &[given, surnames, fact::BIRTH, together(0), together(1), together(2), together(4)],
            ),
            mother: table(&[given, surnames, fact::MOTHER], &[fact::MOTHER, together(3), together(8)]),
            phone: table(&[given, surnames, fact::PHONE], &[fact::PHONE, together(5)]),
            place: table(&[given, surnames, fact::PLACE], &[fact::PLACE, together(7)]),
            sex: table(&[given, fact::SEX], &[fact::SEX, together(6)]),
            nickname: alone(fact::NICKNAME),
            others: [0, 1, 2].map(|n| alone(fact::OTHER + n)),
            slopes: (0..levels(given)).map(|level| std::array::from_fn(|n| slope(model, level, n))).collect(),
            base: model.weights[CELLS + SLOPED] as f32,
            documents: narrow(&model.documents),
            nations: nations(model),
        }
    }

    /// The log odds of one person without documents, and what documents add; in nats.
    pub(crate) fn score(&self, pattern: &Pattern) -> (f32, f32) {
        let level = |fact: usize| usize::from(pattern.levels[fact]);
        let both = level(fact::GIVEN) * levels(fact::SURNAMES) + level(fact::SURNAMES);
        let with = |table: &[f32], f: usize| table[both * levels(f) + level(f)];
        let told = with(&self.names, fact::BIRTH)
            + with(&self.mother, fact::MOTHER)
            + with(&self.phone, fact::PHONE)
            + with(&self.place, fact::PLACE)
            + self.sex[level(fact::GIVEN) * levels(fact::SEX) + level(fact::SEX)]
            + self.nickname[level(fact::NICKNAME)]
            + self.others.iter().enumerate().map(|(n, table)| table[level(fact::OTHER + n)]).sum::<f32>();
        let slopes = &self.slopes[level(fact::GIVEN)];
        let sloped: f32 = pattern.slopes.iter().zip(slopes).map(|(x, w)| x * w).sum();
        let nation = self.nations[level(fact::SURNAMES) * levels(fact::NATION) + level(fact::NATION)];
        (self.base + nation + told + sloped, self.documents[level(fact::DOCUMENT)])
    }
}
