//! What two organisations agree on, and the keys that are made of it.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::BlindError;

/// The shortest secret, in bytes: nobody can guess 32 that were drawn by chance, and words that people think of can be.
pub const SECRET_BYTES: usize = 32;
/// Fewer different bytes than this are no chance.
const DIFFERENT: usize = 12;
/// The longest name of an exchange, in bytes.
const NAME_BYTES: usize = 200;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// People, as bits that are compared by likeness.
    People = 1,
    /// Phones, plates and handles, as fingerprints.
    Contacts = 2,
    /// What a side agrees to unmask.
    Consent = 3,
}

/// The keys of one exchange. Another name, another secret or another kind has other keys, and nothing that was made with the
/// one can be compared with what was made with the other. Wiped when dropped, never shown by `Debug`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Exchange {
    words: [u8; 32],
    pairs: [u8; 32],
    seal: [u8; 32],
    tag: [u8; 16],
}

impl Exchange {
    /// Derives the keys (HKDF-SHA-256, RFC 5869; one block each) from what both sides hold.
    ///
    /// # Errors
    /// [`BlindError::WeakSecret`] for a secret that is shorter than [`SECRET_BYTES`] or repeats itself,
    /// [`BlindError::Name`] for a name that is empty or longer than 200 bytes.
    pub fn new(secret: &[u8], name: &str, kind: Kind) -> Result<Self, BlindError> {
        let mut seen = [false; 256];
        secret.iter().for_each(|byte| seen[usize::from(*byte)] = true);
        if secret.len() < SECRET_BYTES || seen.iter().filter(|seen| **seen).count() < DIFFERENT {
            return Err(BlindError::WeakSecret);
        }
        let name = name.trim();
        if name.is_empty() || name.len() > NAME_BYTES {
            return Err(BlindError::Name);
        }
        let extracted = Zeroizing::new(mac(b"ceiba blind linkage 1", &[secret]));
        let key = |label: &[u8]| mac(&*extracted, &[label, &[0, kind as u8], name.as_bytes(), &[1]]);
        let mut tag = [0; 16];
        tag.copy_from_slice(&key(b"tag")[..16]);
        Ok(Self { words: key(b"words"), pairs: key(b"pairs"), seal: key(b"seal"), tag })
    }

    /// A public mark of secret, name and kind: files that bear the same can be compared.
    pub(super) fn tag(&self) -> [u8; 16] {
        self.tag
    }

    /// Keyed fingerprint of a word; `domain` says what it is of.
    pub(super) fn word(&self, domain: u8, word: &[u8]) -> [u8; 32] {
        mac(&self.words, &[&[domain], word])
    }

    /// The key under which two words become places.
    pub(super) fn pairs(&self) -> &[u8; 32] {
        &self.pairs
    }

    /// What only holders of the secret can put under a file.
    pub(super) fn seal(&self, domain: u8, bytes: &[u8]) -> [u8; 32] {
        mac(&self.seal, &[&[domain], bytes])
    }
}

impl std::fmt::Debug for Exchange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Exchange(..)")
    }
}

/// HMAC-SHA-256 of `parts` under a key of at most 64 bytes.
fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC pads a short key with zeros to its block; doing it here avoids a fallible constructor.
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    block.zeroize();
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}
