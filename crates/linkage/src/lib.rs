//! Is this the same person? No I/O.
//!
//! An [`Index`] holds what is known of people ([`Known`]) in memory. [`Index::candidates`] answers at intake,
//! [`Index::search`] in the search box. `Debug` of what is known never shows a name.

mod birth;
mod candidate;
mod compare;
mod fold;
mod index;
mod known;
mod normalise;
mod person;
mod token;

pub use birth::Birth;
pub use candidate::{Candidate, Reason, ReasonCode, Strength};
pub use index::Index;
pub use known::Known;
pub use normalise::normalise;
