//! An append-only log as a Merkle tree, and its stand-alone verification.
//!
//! The writer keeps a [`Frontier`] (one small row) and calls [`append`] for each [`Entry`], which gives the
//! [`Stored`] row. A [`SignedHead`] is printed or mailed outside every day. [`verify()`] reads the whole
//! log and names the first entry that was edited, removed, moved, inserted or rewritten. [`proofs`] shows
//! single entries and growth to somebody who does not hold the log.

mod entry;
mod fault;
mod frontier;
mod hash;
mod head;
pub mod proofs;
mod stored;
mod verify;

pub use entry::{Entry, EntryError};
pub use fault::{Fault, Report};
pub use frontier::{Frontier, FrontierError};
pub use hash::{Hash, empty_root, leaf_hash, node_hash, root_of};
pub use head::{HeadError, SignedHead};
pub use stored::{Stored, TagFn, append, tag_message};
pub use verify::verify;
