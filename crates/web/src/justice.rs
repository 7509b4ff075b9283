//! Hearings, measures and proceedings of a case, what is to come for everybody, and what she is told before she goes.

pub mod agenda;
pub mod appeals;
pub mod brief;
pub mod hearings;
pub mod letter;
pub mod measures;
pub mod numbers;
pub mod orders;
pub mod proceedings;
pub mod process;
pub mod reparation;
pub mod requests;
pub mod score;
pub mod section;
