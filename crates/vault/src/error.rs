//! What can go wrong, said plainly and without secrets.

use thiserror::Error;

/// Why a value, slot, key or code was refused. Messages never hold key bytes, codes or plaintext.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum VaultError {
    /// The blob names another key than the one offered. Both sides are public fingerprints.
    #[error("this was locked with key {found}, not with key {expected}")]
    WrongKey {
        /// Fingerprint of the key that was offered.
        expected: String,
        /// Fingerprint written in the blob.
        found: String,
    },
    /// The passphrase, password or key file does not open the lock.
    #[error("the passphrase or key does not open this lock")]
    WrongPassphrase,
    /// Altered, cut short, moved to another place, put back at an older version, or sealed under another
    /// key: authentication cannot tell these apart.
    #[error("the sealed value is damaged, was moved, or belongs to another key")]
    Damaged,
    /// Made by a version this one does not know.
    #[error("unknown suite {0}; a newer version may be able to open it")]
    UnknownSuite(u8),
    /// The value belongs to another generation of the compartment key.
    #[error("sealed under generation {found} of the compartment key, not generation {expected}")]
    WrongGeneration {
        /// Generation of the key that was offered.
        expected: u32,
        /// Generation written in the value.
        found: u32,
    },
    /// An argument or a stored parameter is outside what is allowed; the text says which.
    #[error("not allowed: {0}")]
    BadParameters(&'static str),
    /// A recovery code was typed wrongly.
    #[error("the recovery code is not right: {0}")]
    BadCode(#[from] CodeFault),
    /// More data than one sealed value or file may hold.
    #[error("too long to seal")]
    TooLong,
    /// The reader or writer of a stream failed.
    #[error("reading or writing the stream failed: {0}")]
    Io(#[from] std::io::Error),
}

/// What is wrong with a typed recovery code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CodeFault {
    /// Too few or too many characters, spaces and dashes not counted.
    #[error("it has {found} characters instead of {expected}")]
    Length {
        /// How many characters a code has.
        expected: usize,
        /// How many were typed.
        found: usize,
    },
    /// A character that codes never use. `place` counts from 1, spaces and dashes not counted.
    #[error("character {place} is not one that codes use")]
    Character {
        /// Where, counting from 1.
        place: usize,
    },
    /// Every character is possible, but the check characters do not fit: some character is another one.
    #[error("at least one character is mistyped")]
    Check,
}
