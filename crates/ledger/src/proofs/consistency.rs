//! That the log only grew.

use crate::hash::{Hash, node_hash, root_of, split};

/// The proof that the log of the first `old` leaves is the beginning of the log of all `leaves`. Empty when
/// `old` is 0 or all of them; `None` when it is more.
#[must_use]
pub fn consistency(leaves: &[Hash], old: usize) -> Option<Vec<Hash>> {
    if old > leaves.len() {
        return None;
    }
    let mut proof = Vec::new();
    if old == 0 {
        return Some(proof);
    }
    let (mut range, mut old) = (leaves, old);
    // Whether `old` still ends where the old log ended, so that its root is known to the verifier.
    let mut whole = true;
    while old < range.len() {
        let (left, right) = range.split_at(split(range.len()));
        if old <= left.len() {
            proof.push(root_of(right));
            range = left;
        } else {
            proof.push(root_of(left));
            old -= left.len();
            range = right;
            whole = false;
        }
    }
    if !whole {
        proof.push(root_of(range));
    }
    proof.reverse();
    Some(proof)
}

/// Whether `proof` shows that the log of `old_size` leaves with `old_root` is the beginning of the log of
/// `new_size` leaves with `new_root`.
#[must_use]
pub fn verify_consistency(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> bool {
    if old_size == new_size {
        return proof.is_empty() && old_root == new_root;
    }
    if old_size > new_size {
        return false;
    }
    if old_size == 0 {
        return proof.is_empty() && *old_root == crate::empty_root();
    }
    // Below the largest full subtree that ends the old log, both logs are the same.
    let level = old_size.trailing_zeros();
    let (mut node, mut last) = ((old_size - 1) >> level, (new_size - 1) >> level);
    let mut rest = proof;
    let start = if node == 0 {
        // The old log is one full subtree: its root is the start and not part of the proof.
        *old_root
    } else {
        let Some((first, tail)) = proof.split_first() else { return false };
        rest = tail;
        *first
    };
    let (mut old, mut new) = (start, start);
    for sibling in rest {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            old = node_hash(sibling, &old);
            new = node_hash(sibling, &new);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new = node_hash(&new, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && old == *old_root && new == *new_root
}
