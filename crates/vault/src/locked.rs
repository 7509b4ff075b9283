//! 32 secret bytes locked with a passphrase.
//!
//! `suite(1) || memory KiB(4) || passes(4) || lanes(4) || salt(16) || check(16) || nonce(24) ||
//! ciphertext(32) || tag(16)`, 117 bytes, numbers big-endian. Argon2id gives one key, HKDF makes two of
//! it: one seals, the other is the check, which tells a wrong passphrase from damage and ties the blob to
//! one passphrase (XChaCha20-Poly1305 alone could be made to open under several).

use rand_core::CryptoRng;
use subtle::ConstantTimeEq;

use crate::encode::{Fields, take, take_suite};
use crate::{Cost, Key, SUITE, VaultError, aead, hkdf};

/// Locks `secret`. `domain` says what it is; it opens as nothing else.
///
/// # Errors
/// [`VaultError::BadParameters`] for a cost outside the bounds.
pub(crate) fn lock<R: CryptoRng + ?Sized>(
    rng: &mut R,
    domain: &str,
    secret: &Key,
    passphrase: &[u8],
    cost: Cost,
) -> Result<Vec<u8>, VaultError> {
    let mut salt = [0; 16];
    rng.fill_bytes(&mut salt);
    let (sealing, check) = derive(domain, passphrase, cost, &salt)?;
    let mut header = vec![SUITE];
    for number in [cost.memory_kib, cost.passes, cost.lanes] {
        header.extend_from_slice(&number.to_be_bytes());
    }
    header.extend_from_slice(&salt);
    header.extend_from_slice(&check);
    let associated = Fields::new(domain).add(&header).bytes();
    aead::seal_onto(rng, &sealing, &associated, secret.expose(), header)
}

/// Opens a blob of [`lock`].
///
/// # Errors
/// [`VaultError::UnknownSuite`]; [`VaultError::BadParameters`] for a stored cost outside the bounds;
/// [`VaultError::WrongPassphrase`]; [`VaultError::Damaged`].
pub(crate) fn unlock(domain: &str, blob: &[u8], passphrase: &[u8]) -> Result<Key, VaultError> {
    let mut rest = blob;
    let cost = take_cost(&mut rest)?;
    if rest.len() != 16 + 16 + 24 + 32 + 16 {
        return Err(VaultError::Damaged);
    }
    let salt = take::<16>(&mut rest)?;
    let stored = take::<16>(&mut rest)?;
    let (sealing, check) = derive(domain, passphrase, cost, &salt)?;
    if !bool::from(check.ct_eq(&stored)) {
        return Err(VaultError::WrongPassphrase);
    }
    let header = blob.get(..HEADER).ok_or(VaultError::Damaged)?;
    let opened = aead::open(&sealing, &Fields::new(domain).add(header).bytes(), rest)?;
    Key::from_slice(&opened)
}

/// The cost stored in a blob, without opening it.
///
/// # Errors
/// [`VaultError::UnknownSuite`], [`VaultError::BadParameters`], [`VaultError::Damaged`].
pub(crate) fn cost_of(mut blob: &[u8]) -> Result<Cost, VaultError> {
    take_cost(&mut blob)
}

const HEADER: usize = 1 + 12 + 16 + 16;

fn take_cost(blob: &mut &[u8]) -> Result<Cost, VaultError> {
    take_suite(blob)?;
    let cost = Cost {
        memory_kib: u32::from_be_bytes(take(blob)?),
        passes: u32::from_be_bytes(take(blob)?),
        lanes: u32::from_be_bytes(take(blob)?),
    };
    cost.check()?;
    Ok(cost)
}

fn derive(
    domain: &str,
    passphrase: &[u8],
    cost: Cost,
    salt: &[u8; 16],
) -> Result<(Key, [u8; 16]), VaultError> {
    let stretched = hkdf::extract(cost.derive(passphrase, salt)?.expose());
    let sealing = hkdf::expand(&stretched, &[domain.as_bytes(), b"/seal"]);
    let mut check = [0; 16];
    check.copy_from_slice(&hkdf::expand(&stretched, &[domain.as_bytes(), b"/check"]).expose()[..16]);
    Ok((sealing, check))
}
