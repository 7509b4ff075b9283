//! XChaCha20-Poly1305 with a random nonce: `nonce(24) || ciphertext || tag(16)`.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::encode::take;
use crate::{Key, VaultError};

/// Appends nonce, ciphertext and tag to `out`, which holds the header. `associated` must cover that
/// header. 192-bit nonces may be random for any number of values under one key.
///
/// # Errors
/// [`VaultError::TooLong`] beyond 256 GiB.
pub(crate) fn seal_onto<R: CryptoRng + ?Sized>(
    rng: &mut R,
    key: &Key,
    associated: &[u8],
    plaintext: &[u8],
    mut out: Vec<u8>,
) -> Result<Vec<u8>, VaultError> {
    let mut nonce = [0; 24];
    rng.fill_bytes(&mut nonce);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&encrypt(key, &nonce, associated, plaintext)?);
    Ok(out)
}

/// Opens what [`seal_onto`] appended.
///
/// # Errors
/// [`VaultError::Damaged`] when anything is altered or the key is another.
pub(crate) fn open(key: &Key, associated: &[u8], mut body: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let nonce = take::<24>(&mut body)?;
    decrypt(key, &nonce, associated, body)
}

/// One encryption under a nonce that the caller must never use again with this key.
///
/// # Errors
/// [`VaultError::TooLong`] beyond 256 GiB.
pub(crate) fn encrypt(
    key: &Key,
    nonce: &[u8; 24],
    associated: &[u8],
    plaintext: &[u8],
) -> Result<Vec<u8>, VaultError> {
    XChaCha20Poly1305::new(key.expose().into())
        .encrypt(&XNonce::from(*nonce), Payload { msg: plaintext, aad: associated })
        .map_err(|_| VaultError::TooLong)
}

/// The reverse of [`encrypt`].
///
/// # Errors
/// [`VaultError::Damaged`] when authentication fails.
pub(crate) fn decrypt(
    key: &Key,
    nonce: &[u8; 24],
    associated: &[u8],
    ciphertext: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    XChaCha20Poly1305::new(key.expose().into())
        .decrypt(&XNonce::from(*nonce), Payload { msg: ciphertext, aad: associated })
        .map(Zeroizing::new)
        .map_err(|_| VaultError::Damaged)
}
