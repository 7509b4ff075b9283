//! The office key: the root that is opened in the morning. What is derived from it is in the files below.

mod derived;
mod slots;
mod small;

use rand_core::CryptoRng;

use crate::encode::hex;
use crate::{Key, VaultError, hkdf};

/// The root of the office lock. Lives only in memory; at rest it is a blob of
/// [`lock_office`](crate::lock_office). One HKDF label for each use, so that no two uses share a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeKey {
    root: Key,
    extracted: Key,
}

impl OfficeKey {
    /// Draws a new office key.
    pub fn random<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        Self::from_key(Key::random(rng))
    }

    /// Takes 32 bytes as the root.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self::from_key(Key::from_bytes(bytes))
    }

    pub(crate) fn from_key(root: Key) -> Self {
        let extracted = hkdf::extract(root.expose());
        Self { root, extracted }
    }

    pub(crate) fn root(&self) -> &Key {
        &self.root
    }

    /// 16 hexadecimal digits that name this key without giving anything of it away.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex(&self.mark())
    }

    /// The fingerprint as 8 bytes, as blobs carry it.
    pub(crate) fn mark(&self) -> [u8; 8] {
        let [a, b, c, d, e, f, g, h, ..] = *self.subkey("fingerprint", "").expose();
        [a, b, c, d, e, f, g, h]
    }

    /// Every label is `ceiba/v1/<use>` or `ceiba/v1/<use>/<name>`; no use is the beginning of another up
    /// to its slash, so a free `name` cannot reach the key of another use.
    fn subkey(&self, purpose: &str, name: &str) -> Key {
        hkdf::expand(&self.extracted, &[b"ceiba/v1/", purpose.as_bytes(), name.as_bytes()])
    }

    fn check_mark(&self, found: [u8; 8]) -> Result<(), VaultError> {
        if found == self.mark() {
            return Ok(());
        }
        Err(VaultError::WrongKey { expected: self.fingerprint(), found: hex(&found) })
    }
}
