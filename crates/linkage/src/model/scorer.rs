//! Weights in the form in which they are added up quickest.

use super::Model;
use super::features::{CELLS, SLOPED, cells, slopes};
use crate::levels::{Pattern, fact};

/// A model's weights as 32-bit numbers.
pub(crate) struct Scorer {
    cells: Vec<f32>,
    slopes: [f32; SLOPED],
    base: f32,
    documents: Vec<f32>,
    nations: Vec<f32>,
}

impl Scorer {
    pub(crate) fn new(model: &Model) -> Self {
        let weights: Vec<f32> = model.weights.iter().map(|w| *w as f32).collect();
        Self {
            cells: weights[..CELLS].to_vec(),
            slopes: std::array::from_fn(|n| weights[CELLS + n]),
            base: weights[CELLS + SLOPED],
            documents: model.documents.iter().map(|w| *w as f32).collect(),
            nations: model.nations.iter().map(|w| *w as f32).collect(),
        }
    }

    /// The log odds of one person without documents, and what documents add; in nats.
    pub(crate) fn score(&self, pattern: &Pattern) -> (f32, f32) {
        let told: f32 = cells(pattern).iter().map(|cell| self.cells[usize::from(*cell)]).sum();
        let sloped: f32 = slopes(pattern).iter().zip(&self.slopes).map(|(x, w)| x * w).sum();
        let nation = self.nations[usize::from(pattern.levels[fact::NATION])];
        (self.base + nation + told + sloped, self.documents[usize::from(pattern.levels[fact::DOCUMENT])])
    }
}
