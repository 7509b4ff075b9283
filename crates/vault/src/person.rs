//! The key pair of one colleague, partner, director, or of the quorum.

use rand_core::CryptoRng;
use sha2::{Digest, Sha256};

use crate::encode::hex;
use crate::{Cost, Key, VaultError, locked, public_box};

const DOMAIN: &str = "ceiba person key v1";

/// An X25519 secret with its public key. Wiped when dropped; `Debug` shows the public part only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonSecret {
    secret: Key,
    public: PersonPublic,
}

impl PersonSecret {
    /// Draws a key pair.
    pub fn random<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        Self::from_key(Key::random(rng))
    }

    /// The key pair of 32 secret bytes (any 32 bytes are an X25519 secret).
    #[must_use]
    pub fn from_key(secret: Key) -> Self {
        let public = PersonPublic(public_box::public_of(&secret));
        Self { secret, public }
    }

    /// The public key, to be stored and written to the ledger.
    #[must_use]
    pub fn public(&self) -> PersonPublic {
        self.public
    }

    pub(crate) fn key(&self) -> &Key {
        &self.secret
    }

    /// Locks the secret with the person's password; production uses [`Cost::PASSWORD`].
    ///
    /// # Errors
    /// [`VaultError::BadParameters`] for a cost outside the bounds.
    pub fn seal_under_password<R: CryptoRng + ?Sized>(
        &self,
        rng: &mut R,
        password: &str,
        cost: Cost,
    ) -> Result<Vec<u8>, VaultError> {
        locked::lock(rng, DOMAIN, &self.secret, password.as_bytes(), cost)
    }

    /// Opens what [`seal_under_password`](Self::seal_under_password) made.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`], [`VaultError::Damaged`], [`VaultError::UnknownSuite`],
    /// [`VaultError::BadParameters`].
    pub fn open_with_password(blob: &[u8], password: &str) -> Result<Self, VaultError> {
        locked::unlock(DOMAIN, blob, password.as_bytes()).map(Self::from_key)
    }
}

/// An X25519 public key, 32 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PersonPublic([u8; 32]);

impl PersonPublic {
    /// Takes 32 bytes as they are; a key that cannot be used is refused when something is sealed to it.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        self.0
    }

    /// 16 hexadecimal digits that name this key.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex(&self.mark())
    }

    /// The fingerprint as 8 bytes, as slots carry it.
    pub(crate) fn mark(&self) -> [u8; 8] {
        let hash = Sha256::new().chain_update(b"ceiba public key v1").chain_update(self.0).finalize();
        let mut out = [0; 8];
        out.copy_from_slice(&hash[..8]);
        out
    }
}
