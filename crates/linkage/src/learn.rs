//! Weights from the records themselves: EM, pairs that documents decide, and what follows from third records.

pub(crate) mod calibrate;
pub(crate) mod documents;
pub(crate) mod em;
pub(crate) mod examples;
mod groups;
pub(crate) mod logistic;
mod softplus;
mod start;
pub(crate) mod teach;
pub(crate) mod third;
