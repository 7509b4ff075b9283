//! A row of the log table, and how it is made.

use crate::entry::{Entry, EntryError};
use crate::frontier::Frontier;
use crate::hash::Hash;

/// HMAC-SHA-256 or the like under a key that the database does not hold.
pub type TagFn<'a> = &'a dyn Fn(&[u8]) -> [u8; 32];

/// What a row of the log table holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The entry itself.
    pub entry: Entry,
    /// Its leaf hash.
    pub leaf: Hash,
    /// The root of the log after appending it.
    pub root: Hash,
    /// The tag over all three; see [`tag_message`].
    pub tag: [u8; 32],
}

/// What is tagged: `seq(8, big-endian) || leaf(32) || root(32)`. The root makes each tag vouch for the
/// whole log up to its row.
#[must_use]
pub fn tag_message(seq: u64, leaf: &Hash, root: &Hash) -> [u8; 72] {
    let mut out = [0; 72];
    out[..8].copy_from_slice(&seq.to_be_bytes());
    out[8..40].copy_from_slice(leaf);
    out[40..].copy_from_slice(root);
    out
}

/// Appends an entry. The caller stores the row and the new frontier in the transaction that does what the
/// entry says.
///
/// # Errors
/// [`EntryError`], and the frontier stays as it was.
pub fn append(frontier: &mut Frontier, entry: Entry, tag: TagFn<'_>) -> Result<Stored, EntryError> {
    entry.check()?;
    if entry.seq != frontier.size() {
        return Err(EntryError::OutOfOrder { expected: frontier.size(), found: entry.seq });
    }
    let leaf = entry.leaf_hash();
    frontier.append(leaf);
    let root = frontier.root();
    let tag = tag(&tag_message(entry.seq, &leaf, &root));
    Ok(Stored { entry, leaf, root, tag })
}
