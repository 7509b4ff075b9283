//! Is this the same person? No I/O.
//!
//! A [`Register`] holds people in memory: [`Register::ask`] answers at intake, [`Register::find`] in the search box. A
//! [`Linker`] links whole registers, [`blind`] those of offices that may not share names. `Debug` never shows a name.

pub mod blind;
mod block;
mod cluster;
mod evaluate;
mod explain;
mod fold;
mod learn;
mod levels;
mod link;
mod model;
mod normalise;
mod record;
mod register;
mod token;
mod words;

pub use block::{BlockReport, PassReport};
pub use evaluate::{Evaluation, Quality, evaluate, true_pairs};
pub use explain::{About, Because, Language, codes, from_codes, line};
pub use link::{EXHAUSTIVE, LinkReport, Linked, Linker, Scored, Settings, Stage};
pub use model::{Model, ModelError, Provenance};
pub use normalise::{is_particle, normalise};
pub use record::{CheckDigit, Row, is_document, is_no_name, is_phone};
pub use register::{Answer, Register};
pub use words::{Nicknames, NicknamesError};

/// Spreads a number over all 64 bits (Stafford's variant 13 of a 64-bit finaliser).
pub(crate) const fn mix(key: u64) -> u64 {
    let key = (key ^ key >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let key = (key ^ key >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    key ^ key >> 31
}
