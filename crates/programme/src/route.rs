//! The route: who owes what to a case, since when and until when. Clocks are computed from facts each time they are read; they
//! inform, and never act.

pub mod bottlenecks;
pub mod calendar;
pub mod clock;
pub(crate) mod ended;
mod golden;
mod pack;
pub mod signing;
pub mod steps;

pub use golden::Examined;
pub use pack::{About, CALENDAR, Free, POPULATIONS, Route, Row, Sheet, State, Status, Term, Timing};
