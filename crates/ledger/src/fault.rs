//! What verification finds.

use thiserror::Error;

use crate::hash::Hash;

/// A log without fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Number of entries.
    pub size: u64,
    /// Root over all of them.
    pub root: Hash,
    /// How many signed heads agreed, the current one included.
    pub heads_checked: usize,
}

/// The first thing that is wrong. `seq` is the entry where it shows. With the tag key that is the first bad
/// entry; without it, a row whose own hashes were recomputed shows one entry later.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// The entry, its leaf hash or its root does not fit the others.
    #[error("entry {seq} was edited")]
    Edited {
        /// Which entry.
        seq: u64,
    },
    /// The entry is nowhere in the log, but later ones are.
    #[error("entry {seq} was removed")]
    Removed {
        /// Which entry.
        seq: u64,
    },
    /// Another entry stands in the place of one that comes later.
    #[error("entry {found} stands where entry {seq} belongs")]
    Reordered {
        /// Which belongs there.
        seq: u64,
        /// Which stands there.
        found: u64,
    },
    /// A second, different entry of that number.
    #[error("an entry was inserted at {seq}")]
    Inserted {
        /// The number it claims.
        seq: u64,
    },
    /// The same entry twice.
    #[error("entry {seq} is there twice")]
    Duplicated {
        /// Which entry.
        seq: u64,
    },
    /// A signed head promises more entries than there are.
    #[error("the log ends after {found} entries, a signed head has {expected}")]
    Truncated {
        /// Size of the head.
        expected: u64,
        /// Number of entries found.
        found: u64,
    },
    /// Everything fits together, but not with a signed head: the log was made anew.
    #[error("the first {size} entries were rewritten: they do not match the signed head of that size")]
    RewrittenBefore {
        /// Size of the head.
        size: u64,
    },
    /// The hashes fit, but whoever wrote them did not hold the tag key.
    #[error("entry {seq} was written without the key of the office")]
    BadTag {
        /// Which entry.
        seq: u64,
    },
    /// The row could not be read.
    #[error("entry {seq} could not be read: {why}")]
    Unreadable {
        /// Which entry.
        seq: u64,
        /// What the reader said.
        why: String,
    },
}
