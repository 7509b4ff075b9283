//! One entry: who did what to which thing, and when; no personal data.

use thiserror::Error;

use crate::hash::{Hash, leaf_hash};

/// What happened. Ids are random and codes are short, so that a leaf may stay for ever; the words belong in
/// a sealed value, of which `detail` is the hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Place in the log, from 0.
    pub seq: u64,
    /// When, in microseconds UTC since 1970.
    pub at: i64,
    /// Id of who did it; zeros for the system itself.
    pub actor: [u8; 16],
    /// What was done, such as `case.open`: `[a-z0-9._-]{1,40}`.
    pub action: String,
    /// What kind of thing it was done to, such as `case`: `[a-z0-9._-]{1,40}`.
    pub kind: String,
    /// Id of that thing.
    pub resource: [u8; 16],
    /// SHA-256 of the sealed detail, or zeros without one.
    pub detail: [u8; 32],
}

/// Why an entry cannot be appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum EntryError {
    /// `action` or `kind` is not a short code, so it might hold personal data.
    #[error("{field} must be 1 to 40 of a-z, 0-9, dot, underscore and dash")]
    NotACode {
        /// `action` or `kind`.
        field: &'static str,
    },
    /// The entry does not come next.
    #[error("entry {found} cannot be appended where entry {expected} comes next")]
    OutOfOrder {
        /// Size of the log.
        expected: u64,
        /// `seq` of the entry.
        found: u64,
    },
}

impl Entry {
    /// Refuses what might carry personal data into a leaf.
    ///
    /// # Errors
    /// [`EntryError::NotACode`].
    pub fn check(&self) -> Result<(), EntryError> {
        for (field, value) in [("action", &self.action), ("kind", &self.kind)] {
            let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b);
            if value.is_empty() || value.len() > 40 || !value.bytes().all(allowed) {
                return Err(EntryError::NotACode { field });
            }
        }
        Ok(())
    }

    /// The bytes that are hashed: a domain, then every field; numbers big-endian, the two codes preceded by
    /// their length in 4 bytes, all else of fixed length. Different entries give different bytes.
    #[must_use]
    pub fn canonical(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(200);
        out.extend_from_slice(b"ceiba ledger entry v1\n");
        out.extend_from_slice(&self.seq.to_be_bytes());
        out.extend_from_slice(&self.at.to_be_bytes());
        out.extend_from_slice(&self.actor);
        for code in [&self.action, &self.kind] {
            // A code has at most 40 bytes; a longer one is refused before it is appended.
            out.extend_from_slice(&u32::try_from(code.len()).unwrap_or(u32::MAX).to_be_bytes());
            out.extend_from_slice(code.as_bytes());
        }
        out.extend_from_slice(&self.resource);
        out.extend_from_slice(&self.detail);
        out
    }

    /// The leaf of the Merkle tree.
    #[must_use]
    pub fn leaf_hash(&self) -> Hash {
        leaf_hash(&self.canonical())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(action: &str, kind: &str) -> Entry {
        let (action, kind) = (action.into(), kind.into());
        Entry { seq: 0, at: 0, actor: [0; 16], action, kind, resource: [0; 16], detail: [0; 32] }
    }

    #[test]
    fn only_short_codes() {
        assert_eq!(entry("case.open_2-x", "case").check(), Ok(()));
        assert_eq!(entry(&"a".repeat(40), "k").check(), Ok(()));
        for bad in ["", "María", "Case", "a b", "a\n", &"a".repeat(41)] {
            assert_eq!(entry(bad, "case").check(), Err(EntryError::NotACode { field: "action" }));
            assert_eq!(entry("open", bad).check(), Err(EntryError::NotACode { field: "kind" }));
        }
    }

    #[test]
    fn codes_do_not_run_together() {
        assert_ne!(entry("ab", "c").canonical(), entry("a", "bc").canonical());
    }
}
