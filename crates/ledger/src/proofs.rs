//! Proofs for somebody who does not hold the log: that an entry is in it, and that it only grew.
//!
//! The algorithms are those of RFC 9162, sections 2.1.3 and 2.1.4 (the hashes are RFC 6962's, the same).

mod consistency;
mod inclusion;

pub use consistency::{consistency, verify_consistency};
pub use inclusion::{inclusion, verify_inclusion};
