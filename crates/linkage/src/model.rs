//! What was learnt: a weight for each level, and how it came about.

pub(crate) mod features;
mod file;
mod monotone;
mod scorer;

pub use file::ModelError;

pub(crate) use scorer::Scorer;

use crate::learn::third::Third;
use crate::levels::{FACTS, NAMES, Pattern, fact, nation};
use features::{CELLS, SLOPED};

/// Weights by which pairs are judged. It names nobody: how rare words are stands in no model.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// How it came about.
    pub provenance: Provenance,
    /// Weights of cells, then of slopes, then the intercept; log odds in nats.
    pub(crate) weights: Vec<f64>,
    /// What the levels of the document add, in nats.
    pub(crate) documents: Vec<f64>,
    /// What the levels of the nation add, in nats.
    pub(crate) nations: Vec<f64>,
    /// Shares of levels among pairs of one person and among random pairs, as EM found them.
    pub(crate) shares: Vec<(Vec<f64>, Vec<f64>)>,
    /// What third records add.
    pub(crate) third: Option<Third>,
}

/// How a model came about.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Provenance {
    /// What it was learnt on, in words.
    pub source: String,
    /// The day, as whoever made it wrote it.
    pub date: String,
    /// Records.
    pub records: u64,
    /// Pairs whose documents agree, from which it learnt.
    pub same_document: u64,
    /// Pairs whose documents differ, from which it learnt.
    pub other_document: u64,
    /// Iterations of EM.
    pub em_iterations: u64,
    /// Whether EM and the fit of the weights converged.
    pub converged: bool,
    /// What may be wrong with it.
    pub doubts: Vec<String>,
}

impl Model {
    /// A model in which nothing says anything.
    pub(crate) fn empty() -> Self {
        Self {
            provenance: Provenance::default(),
            weights: vec![0.0; CELLS + SLOPED + 1],
            documents: vec![0.0; NAMES[fact::DOCUMENT].1.len()],
            nations: vec![0.0; NAMES[fact::NATION].1.len()],
            shares: vec![(vec![], vec![]); FACTS],
            third: None,
        }
    }

    /// What the nation adds, in nats. A family is of one nation: where surnames agree, that the nation is the same, however
    /// uncommon, tells sisters from nobody, and says what it says where all have it.
    pub(crate) fn nation(&self, pattern: &Pattern) -> f64 {
        let level = usize::from(pattern.levels[fact::NATION]);
        self.nations[if pattern.of_one_family() && level != nation::OTHER { nation::COMMON } else { level }]
    }

    /// Makes scores steeper or flatter and shifts them, as calibration asks.
    pub(crate) fn calibrate(&mut self, slope: f64, shift: f64) {
        self.weights.iter_mut().for_each(|w| *w *= slope);
        if let Some(intercept) = self.weights.last_mut() {
            *intercept += shift;
        }
    }
}
