//! What the tests read with.

pub mod markup;
pub mod texts;
pub mod weight;
