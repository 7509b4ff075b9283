//! The key of one compartment of one person or case, and the values sealed under it.

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::encode::{take, take_suite};
use crate::{Address, Key, SUITE, VaultError, aead};

/// Bytes that sealing adds: suite, generation, nonce and tag.
const OVERHEAD: usize = 1 + 4 + 24 + 16;

/// Seals and opens the values of one compartment. A new generation is drawn when somebody who could open
/// the compartment leaves; old values stay readable with the old one until they are sealed again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompartmentKey {
    generation: u32,
    key: Key,
}

impl CompartmentKey {
    /// Draws the key of `generation`, which counts from 1.
    pub fn random<R: CryptoRng + ?Sized>(rng: &mut R, generation: u32) -> Self {
        Self { generation, key: Key::random(rng) }
    }

    /// A key that came out of a slot.
    #[must_use]
    pub fn from_parts(generation: u32, key: Key) -> Self {
        Self { generation, key }
    }

    /// Which generation this is.
    #[must_use]
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// The key, to be wrapped into a slot.
    pub(crate) fn key(&self) -> &Key {
        &self.key
    }

    /// Seals `plaintext` to its place: `suite(1) || generation(4, big-endian) || nonce(24) || ciphertext
    /// || tag(16)`, 45 bytes longer than the plaintext.
    ///
    /// # Errors
    /// [`VaultError::TooLong`] beyond 256 GiB; use [`stream`](crate::stream) long before that.
    pub fn seal<R: CryptoRng + ?Sized>(
        &self,
        rng: &mut R,
        address: &Address<'_>,
        plaintext: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        self.seal_as(rng, "ceiba value v1", address, plaintext)
    }

    /// Opens a value at its place.
    ///
    /// # Errors
    /// [`VaultError::UnknownSuite`]; [`VaultError::WrongGeneration`]; [`VaultError::Damaged`] when it was
    /// altered, moved, put back at another version, or sealed under another key.
    pub fn open(&self, address: &Address<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        self.open_as("ceiba value v1", address, sealed)
    }

    /// As [`seal`](Self::seal), for another domain: a value and a file key at the same address must not be
    /// taken for one another.
    pub(crate) fn seal_as<R: CryptoRng + ?Sized>(
        &self,
        rng: &mut R,
        domain: &str,
        address: &Address<'_>,
        plaintext: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        let mut out = Vec::with_capacity(plaintext.len().saturating_add(OVERHEAD));
        out.extend_from_slice(&self.header());
        aead::seal_onto(rng, &self.key, &address.associated(domain, &self.header()), plaintext, out)
    }

    /// As [`open`](Self::open), for another domain.
    pub(crate) fn open_as(
        &self,
        domain: &str,
        address: &Address<'_>,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let mut body = sealed;
        take_suite(&mut body)?;
        let found = u32::from_be_bytes(take(&mut body)?);
        if found != self.generation {
            return Err(VaultError::WrongGeneration { expected: self.generation, found });
        }
        aead::open(&self.key, &address.associated(domain, &self.header()), body)
    }

    fn header(&self) -> [u8; 5] {
        let [a, b, c, d] = self.generation.to_be_bytes();
        [SUITE, a, b, c, d]
    }
}
