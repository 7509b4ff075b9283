//! An append-only log as a Merkle tree.
