//! Signed heads: what is printed or mailed every day, so that the log cannot be rewritten in silence.
//!
//! The text is a checkpoint of transparency logs (C2SP `tlog-checkpoint` in a `signed-note`), so any tool
//! for those can read and verify it; ours adds one line for the time:
//!
//! ```text
//! ceiba.example.org/ledger
//! 1234
//! <root, base 64>
//! time 1767225600000000
//!
//! — ceiba.example.org/ledger <base 64 of key id(4) and Ed25519 signature(64)>
//! ```

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::hash::Hash;

/// Size and root of the log at a time, signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHead {
    /// Name of the log; also the name of the key. No spaces and no `+`.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root over them.
    pub root: Hash,
    /// When it was signed, in microseconds UTC since 1970.
    pub at: i64,
    /// First four bytes of `SHA-256(origin || "\n" || 0x01 || public key)`.
    pub key_id: [u8; 4],
    /// Ed25519 signature of the text up to the empty line.
    pub signature: [u8; 64],
}

/// Why a head was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum HeadError {
    /// Not the text of a head; the word says which part.
    #[error("this is not a signed ledger head: {0} is wrong")]
    Malformed(&'static str),
    /// Signed with another key.
    #[error("the ledger head was signed with another key")]
    OtherKey,
    /// The signature does not fit: the text was altered.
    #[error("the signature of the ledger head is wrong")]
    BadSignature,
}

impl SignedHead {
    /// Signs a head. `at` is in microseconds UTC.
    ///
    /// # Errors
    /// [`HeadError::Malformed`] when the origin is empty or has white space, control characters or `+`.
    pub fn sign(origin: &str, size: u64, root: Hash, at: i64, key: &SigningKey) -> Result<Self, HeadError> {
        check_origin(origin)?;
        let signature = key.sign(body(origin, size, &root, at).as_bytes()).to_bytes();
        let key_id = key_id(origin, &key.verifying_key());
        Ok(Self { origin: origin.to_owned(), size, root, at, key_id, signature })
    }

    /// Reads the text of a head. Nothing is verified yet.
    ///
    /// # Errors
    /// [`HeadError::Malformed`]. The text must be exactly as written, apart from white space around it and
    /// carriage returns that mail adds.
    pub fn parse(text: &str) -> Result<Self, HeadError> {
        let text = text.replace('\r', "");
        let mut lines = text.trim().split('\n');
        let mut line = |part| lines.next().ok_or(HeadError::Malformed(part));
        let origin = line("the origin")?.to_owned();
        check_origin(&origin)?;
        let size = number(line("the size")?, "the size")?;
        let root = bytes(line("the root")?, "the root")?;
        let at = line("the time")?.strip_prefix("time ").ok_or(HeadError::Malformed("the time"))?;
        let at = number(at, "the time")?;
        let signed = "the signature line";
        if !line(signed)?.is_empty() {
            return Err(HeadError::Malformed(signed));
        }
        let name = line(signed)?.strip_prefix("— ").ok_or(HeadError::Malformed(signed))?;
        let signature = name
            .strip_prefix(origin.as_str())
            .and_then(|s| s.strip_prefix(' '))
            .ok_or(HeadError::Malformed(signed))?;
        let signature: [u8; 68] = bytes(signature, signed)?;
        if lines.next().is_some() {
            return Err(HeadError::Malformed("the end"));
        }
        let (mut key_id, mut rest) = ([0; 4], [0; 64]);
        key_id.copy_from_slice(&signature[..4]);
        rest.copy_from_slice(&signature[4..]);
        Ok(Self { origin, size, root, at, key_id, signature: rest })
    }

    /// Whether the office that owns `key` signed this.
    ///
    /// # Errors
    /// [`HeadError::OtherKey`] or [`HeadError::BadSignature`].
    pub fn verify(&self, key: &VerifyingKey) -> Result<(), HeadError> {
        check_origin(&self.origin)?;
        if self.key_id != key_id(&self.origin, key) {
            return Err(HeadError::OtherKey);
        }
        let body = body(&self.origin, self.size, &self.root, self.at);
        // Strict: refuses the weak keys and second forms that plain Ed25519 lets pass.
        key.verify_strict(body.as_bytes(), &Signature::from_bytes(&self.signature))
            .map_err(|_| HeadError::BadSignature)
    }
}

impl fmt::Display for SignedHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signature = BASE64.encode([self.key_id.as_slice(), &self.signature].concat());
        let body = body(&self.origin, self.size, &self.root, self.at);
        writeln!(f, "{body}\n— {} {signature}", self.origin)
    }
}

impl FromStr for SignedHead {
    type Err = HeadError;

    fn from_str(text: &str) -> Result<Self, HeadError> {
        Self::parse(text)
    }
}

fn body(origin: &str, size: u64, root: &Hash, at: i64) -> String {
    format!("{origin}\n{size}\n{}\ntime {at}\n", BASE64.encode(root))
}

fn key_id(origin: &str, key: &VerifyingKey) -> [u8; 4] {
    let hash = Sha256::new().chain_update(origin).chain_update(b"\n\x01").chain_update(key).finalize();
    [hash[0], hash[1], hash[2], hash[3]]
}

fn check_origin(origin: &str) -> Result<(), HeadError> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    if origin.is_empty() || origin.contains(bad) {
        return Err(HeadError::Malformed("the origin"));
    }
    Ok(())
}

/// A number in its only spelling: `007` and `+7` would give a text that was not signed.
fn number<N: FromStr + fmt::Display>(text: &str, part: &'static str) -> Result<N, HeadError> {
    let number: N = text.parse().map_err(|_| HeadError::Malformed(part))?;
    if number.to_string() == text { Ok(number) } else { Err(HeadError::Malformed(part)) }
}

fn bytes<const N: usize>(text: &str, part: &'static str) -> Result<[u8; N], HeadError> {
    let bytes = BASE64.decode(text).map_err(|_| HeadError::Malformed(part))?;
    bytes.try_into().map_err(|_| HeadError::Malformed(part))
}
