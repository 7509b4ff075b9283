//! A model as text that a person can read, question and correct.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::features::{CELLS, SLOPED, TOGETHER_NAMES, WEIGHED, start};
use super::{Model, Provenance};
use crate::learn::third::Third;
use crate::levels::{NAMES, SLOPE_NAMES, fact};

/// A saved model cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// It is no TOML, or lacks a part.
    #[error("the model cannot be read: {0}")]
    Unreadable(String),
    /// A part has other levels than this version of the crate.
    #[error("the model was made for other levels: {0}")]
    Levels(String),
}

/// What a level is worth, in doublings of the odds, and where EM saw it.
#[derive(Serialize, Deserialize)]
struct Level {
    weight: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    one_person: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chance: Option<f64>,
}

#[derive(Serialize, Deserialize)]
struct File {
    format: u32,
    provenance: Provenance,
    base: f64,
    rarity: BTreeMap<String, f64>,
    fact: BTreeMap<String, BTreeMap<String, Level>>,
    together: BTreeMap<String, Vec<f64>>,
    third: Option<Third>,
}

const FORMAT: u32 = 1;
const BITS: f64 = std::f64::consts::LOG2_E;

fn slope_names() -> impl Iterator<Item = String> {
    let where_names_differ = SLOPE_NAMES[1..4].iter().map(|name| format!("{name}_of_others"));
    SLOPE_NAMES.iter().map(|name| (*name).to_owned()).chain(where_names_differ)
}

impl Model {
    /// The model as TOML: weights in doublings of the odds, shares of EM beside them.
    ///
    /// # Errors
    /// When it cannot be written, which its types exclude.
    pub fn to_toml(&self) -> Result<String, ModelError> {
        let mut facts = BTreeMap::new();
        for (f, (name, levels)) in NAMES.iter().enumerate() {
            let shares = &self.shares[f];
            let known = f != fact::SURNAMES && f != fact::MOTHER;
            let share = |of: &[f64], n: usize| of.get(n).copied().filter(|_| known && n > 0);
            let level = |n: usize| Level {
                weight: self.level(f, n) * BITS,
                one_person: share(&shares.0, n),
                chance: share(&shares.1, n),
            };
            facts.insert(
                (*name).to_owned(),
                levels.iter().enumerate().map(|(n, l)| ((*l).to_owned(), level(n))).collect(),
            );
        }
        let cells = |n: usize, size: usize| {
            self.weights[start(WEIGHED + n)..][..size].iter().map(|w| w * BITS).collect()
        };
        let file = File {
            format: FORMAT,
            provenance: self.provenance.clone(),
            base: self.weights[CELLS + SLOPED] * BITS,
            rarity: slope_names().zip(&self.weights[CELLS..]).map(|(name, w)| (name, w * BITS)).collect(),
            fact: facts,
            together: TOGETHER_NAMES
                .iter()
                .enumerate()
                .map(|(n, (name, size))| ((*name).to_owned(), cells(n, *size)))
                .collect(),
            third: self.third.clone(),
        };
        toml::to_string(&file).map_err(|e| ModelError::Unreadable(e.to_string()))
    }

    /// Reads a model that [`Self::to_toml`] wrote, or a person corrected.
    ///
    /// # Errors
    /// When it is no such text, or names other levels than this crate compares.
    pub fn from_toml(text: &str) -> Result<Self, ModelError> {
        let file: File = toml::from_str(text).map_err(|e| ModelError::Unreadable(e.to_string()))?;
        if file.format != FORMAT {
            return Err(ModelError::Levels(format!("format {}", file.format)));
        }
        let missing = |name: &str| ModelError::Levels(name.to_owned());
        let mut model = Self::empty();
        model.provenance = file.provenance;
        for (f, (name, levels)) in NAMES.iter().enumerate() {
            let there = file.fact.get(*name).ok_or_else(|| missing(name))?;
            for (n, level) in levels.iter().enumerate() {
                let level = there.get(*level).ok_or_else(|| missing(level))?;
                *model.level_mut(f, n) = level.weight / BITS;
                if let (Some(one), Some(chance)) = (level.one_person, level.chance) {
                    let shares = &mut model.shares[f];
                    shares.0.resize(levels.len(), 0.0);
                    shares.1.resize(levels.len(), 0.0);
                    (shares.0[n], shares.1[n]) = (one, chance);
                }
            }
        }
        for (n, (name, size)) in TOGETHER_NAMES.iter().enumerate() {
            let cells = file.together.get(*name).filter(|c| c.len() == *size).ok_or_else(|| missing(name))?;
            let to = &mut model.weights[start(WEIGHED + n)..][..*size];
            to.iter_mut().zip(cells).for_each(|(to, w)| *to = w / BITS);
        }
        for (n, name) in slope_names().enumerate() {
            model.weights[CELLS + n] = file.rarity.get(&name).ok_or_else(|| missing(&name))? / BITS;
        }
        model.weights[CELLS + SLOPED] = file.base / BITS;
        if file.third.as_ref().is_some_and(|third| !third.is_whole()) {
            return Err(missing("third"));
        }
        model.third = file.third;
        let finite =
            model.weights.iter().chain(&model.documents).chain(&model.nations).all(|w| w.is_finite());
        if finite { Ok(model) } else { Err(ModelError::Unreadable("a weight is no number".to_owned())) }
    }

    fn level(&self, f: usize, n: usize) -> f64 {
        match f {
            fact::DOCUMENT => self.documents[n],
            fact::NATION => self.nations[n],
            _ => self.weights[start(f) + n],
        }
    }

    fn level_mut(&mut self, f: usize, n: usize) -> &mut f64 {
        match f {
            fact::DOCUMENT => &mut self.documents[n],
            fact::NATION => &mut self.nations[n],
            _ => &mut self.weights[start(f) + n],
        }
    }
}
