//! The compact right edge of the tree: enough to append and to give the root.

use thiserror::Error;

use crate::hash::{Hash, empty_root, node_hash};

/// One root for each full subtree, largest first: as many as the size has ones in binary, at most 64. An
/// append costs O(log n), so the whole state fits in one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

/// Stored bytes that are no frontier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the stored ledger frontier is damaged")]
pub struct FrontierError;

impl Frontier {
    /// Of an empty log.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a leaf hash.
    pub fn append(&mut self, leaf: Hash) {
        let mut node = leaf;
        // As in adding one in binary: each trailing one is a full subtree to merge with.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                node = node_hash(&left, &node);
            }
        }
        self.peaks.push(node);
        self.size += 1;
    }

    /// Number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root over all leaves so far.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else { return empty_root() };
        peaks.fold(*last, |right, left| node_hash(left, &right))
    }

    /// For storage: size (8, big-endian), then the peaks, 32 bytes each.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.size.to_be_bytes().to_vec();
        out.extend(self.peaks.iter().flatten());
        out
    }

    /// Reads [`to_bytes`](Self::to_bytes). It checks the form; that it belongs to the log shows when the
    /// log is verified.
    ///
    /// # Errors
    /// [`FrontierError`] when the length does not fit the size.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrontierError> {
        let (size, rest) = bytes.split_first_chunk().ok_or(FrontierError)?;
        let size = u64::from_be_bytes(*size);
        let (peaks, odd) = rest.as_chunks::<32>();
        if !odd.is_empty() || u32::try_from(peaks.len()) != Ok(size.count_ones()) {
            return Err(FrontierError);
        }
        Ok(Self { size, peaks: peaks.to_vec() })
    }
}
