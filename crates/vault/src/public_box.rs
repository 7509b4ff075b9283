//! Sealing to a public key: HPKE base mode (RFC 9180) with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and
//! `ChaCha20Poly1305`. Layout: `enc(32) || ciphertext || tag(16)`.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::encode::take;
use crate::{Key, VaultError};

type Secret = <X25519HkdfSha256 as Kem>::PrivateKey;
type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey;

/// The X25519 public key of 32 secret bytes. Any 32 bytes are a secret.
pub(crate) fn public_of(secret: &Key) -> [u8; 32] {
    // `hpke` would do it too, through a reader that returns an error which cannot happen here.
    x25519_dalek::PublicKey::from(&x25519_dalek::StaticSecret::from(*secret.expose())).to_bytes()
}

/// Seals `plaintext` so that only the owner of `to` opens it.
///
/// # Errors
/// [`VaultError::BadParameters`] when `to` is not a usable public key (a point of small order).
pub(crate) fn seal<R: CryptoRng + ?Sized>(
    mut rng: &mut R,
    to: &[u8; 32],
    info: &[u8],
    aad: &[u8],
    plaintext: &[u8],
) -> Result<Vec<u8>, VaultError> {
    let to = Public::from_bytes(to).map_err(|_| UNUSABLE)?;
    let (enc, ciphertext) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &to,
            info,
            plaintext,
            aad,
            &mut rng,
        )
        .map_err(|_| UNUSABLE)?;
    Ok([enc.to_bytes().as_slice(), &ciphertext].concat())
}

/// Opens a box of [`seal`].
///
/// # Errors
/// [`VaultError::Damaged`] when it was altered, moved, or is for somebody else.
pub(crate) fn open(
    secret: &Key,
    info: &[u8],
    aad: &[u8],
    mut sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let enc = take::<32>(&mut sealed)?;
    let enc = Encapsulated::from_bytes(&enc).map_err(|_| VaultError::Damaged)?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &read_secret(secret)?,
        &enc,
        info,
        sealed,
        aad,
    )
    .map(Zeroizing::new)
    .map_err(|_| VaultError::Damaged)
}

const UNUSABLE: VaultError = VaultError::BadParameters("the public key cannot be used");

fn read_secret(secret: &Key) -> Result<Secret, VaultError> {
    Secret::from_bytes(secret.expose()).map_err(|_| VaultError::Damaged)
}
