//! The hashes of RFC 6962, section 2.1, with SHA-256.

use sha2::{Digest, Sha256};

/// A leaf hash, a node hash or a root.
pub type Hash = [u8; 32];

/// The hash of a leaf: `SHA-256(0x00 || data)`.
#[must_use]
pub fn leaf_hash(data: &[u8]) -> Hash {
    Sha256::new().chain_update([0x00]).chain_update(data).finalize().into()
}

/// The hash of two subtrees: `SHA-256(0x01 || left || right)`. The prefix keeps a node from being passed
/// off as a leaf.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([0x01]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of a log without entries: `SHA-256("")`.
#[must_use]
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The root over all leaf hashes, as the RFC defines it: split at the largest power of two below the
/// number of leaves.
#[must_use]
pub fn root_of(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node_hash(&root_of(left), &root_of(right))
        }
    }
}

/// The largest power of two below `n`, for `n` of at least 2.
pub(crate) fn split(n: usize) -> usize {
    n.div_ceil(2).next_power_of_two()
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn splits_below_the_size() {
        for (n, k) in [(2, 1), (3, 2), (4, 2), (5, 4), (7, 4), (8, 4), (9, 8), (16, 8), (17, 16)] {
            assert_eq!(split(n), k, "of {n}");
        }
    }
}
