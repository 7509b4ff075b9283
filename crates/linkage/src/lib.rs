//! Is this the same person? No I/O.
//!
//! An [`Index`] holds what is known of people ([`Known`]) in memory. [`Index::candidates`] answers at intake,
//! [`Index::search`] in the search box. `Debug` of what is known never shows a name.

mod birth;
pub mod blind;
mod block;
mod candidate;
mod cluster;
mod compare;
mod evaluate;
mod explain;
mod fold;
mod index;
mod known;
mod learn;
mod levels;
mod link;
mod model;
mod normalise;
mod person;
mod record;
mod register;
mod token;
mod words;

pub use birth::Birth;
pub use block::{BlockReport, PassReport};
pub use candidate::{Candidate, Reason, ReasonCode, Strength};
pub use evaluate::{Evaluation, Quality, evaluate, true_pairs};
pub use explain::{About, Because, Language, codes, from_codes, line};
pub use index::Index;
pub use known::Known;
pub use link::{EXHAUSTIVE, LinkReport, Linked, Linker, Scored, Settings, Stage};
pub use model::{Model, ModelError, Provenance};
pub use normalise::normalise;
pub use record::{CheckDigit, Row};
pub use register::{Answer, Register};
pub use words::{Nicknames, NicknamesError};

/// Spreads a number over all 64 bits (Stafford's variant 13 of a 64-bit finaliser).
pub(crate) const fn mix(key: u64) -> u64 {
    let key = (key ^ key >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let key = (key ^ key >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    key ^ key >> 31
}
