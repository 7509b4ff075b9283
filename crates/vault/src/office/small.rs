//! Small sealed values that belong to no compartment.

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::encode::{Fields, take, take_suite};
use crate::{OfficeKey, SUITE, VaultError, aead};

impl OfficeKey {
    /// Seals a value that belongs to no compartment, such as a TOTP secret or an alert message. `label`
    /// picks the key, `aad` is the place: `suite(1) || fingerprint(8) || nonce(24) || ciphertext ||
    /// tag(16)`.
    ///
    /// # Errors
    /// [`VaultError::TooLong`] beyond 256 GiB.
    pub fn seal_small<R: CryptoRng + ?Sized>(
        &self,
        rng: &mut R,
        label: &str,
        aad: &[u8],
        plaintext: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        let header = [&[SUITE][..], &self.mark()].concat();
        let associated = Fields::new("ceiba small v1").add(&header).add(aad).bytes();
        aead::seal_onto(rng, &self.subkey("small/", label), &associated, plaintext, header)
    }

    /// Opens a value of [`seal_small`](Self::seal_small).
    ///
    /// # Errors
    /// [`VaultError::WrongKey`], [`VaultError::UnknownSuite`], or [`VaultError::Damaged`] when it was
    /// altered or label or place differ.
    pub fn open_small(
        &self,
        label: &str,
        aad: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let mut body = sealed;
        take_suite(&mut body)?;
        self.check_mark(take(&mut body)?)?;
        let header = [&[SUITE][..], &self.mark()].concat();
        let associated = Fields::new("ceiba small v1").add(&header).add(aad).bytes();
        aead::open(&self.subkey("small/", label), &associated, body)
    }
}
