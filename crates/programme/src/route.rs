//! The route: who owes what to a case, since when and until when. Clocks are computed from facts each time they are read; they
//! inform, and never act.

pub mod bottlenecks;
pub mod calendar;
pub mod clock;
mod pack;
pub mod steps;

pub use pack::{About, POPULATIONS, Route, Row, Sheet, State, Status, Term, Timing};
