//! Passwords of people: Argon2id in the usual text form (PHC string).
//!
//! `$argon2id$v=19$m=65536,t=3,p=1$<salt>$<hash>`, 16 and 32 bytes in base 64 without padding. The text is
//! read strictly, and its parameters are bounded before any work is done, so a row that somebody altered
//! cannot stop the machine.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use rand_core::CryptoRng;
use subtle::ConstantTimeEq;

use crate::{Cost, VaultError};

/// Hashes a password; production uses [`Cost::PASSWORD`].
///
/// # Errors
/// [`VaultError::BadParameters`] for a cost outside the bounds.
pub fn hash<R: CryptoRng + ?Sized>(rng: &mut R, password: &str, cost: Cost) -> Result<String, VaultError> {
    let mut salt = [0; 16];
    rng.fill_bytes(&mut salt);
    let hash = cost.derive(password.as_bytes(), &salt)?;
    let Cost { memory_kib, passes, lanes } = cost;
    let (salt, hash) = (BASE64.encode(salt), BASE64.encode(hash.expose()));
    Ok(format!("$argon2id$v=19$m={memory_kib},t={passes},p={lanes}${salt}${hash}"))
}

/// Whether `password` is the one that was hashed. Compares in constant time.
///
/// # Errors
/// [`VaultError::BadParameters`] when the stored parameters are outside the bounds,
/// [`VaultError::Damaged`] when the text is not of this form.
pub fn verify(stored: &str, password: &str) -> Result<bool, VaultError> {
    let (cost, salt, hash) = read(stored)?;
    let tried = cost.derive(password.as_bytes(), &salt)?;
    Ok(tried.expose().ct_eq(&hash).into())
}

/// Does the work of [`verify`] for nobody, so that an unknown user answers as slowly as a known one. Give
/// it the cost new passwords are hashed with.
///
/// # Errors
/// As [`hash`], for a cost outside the bounds.
pub fn dummy_verify(password: &str, cost: Cost) -> Result<(), VaultError> {
    let tried = cost.derive(password.as_bytes(), b"nobody has this.")?;
    // Looked at, so that the work cannot be optimised away.
    std::hint::black_box(tried.expose().ct_eq(&[0; 32]));
    Ok(())
}

/// The cost a password was hashed with: hash it again at the next login when it is less than demanded.
///
/// # Errors
/// As [`verify`].
pub fn stored_cost(stored: &str) -> Result<Cost, VaultError> {
    read(stored).map(|(cost, ..)| cost)
}

fn read(stored: &str) -> Result<(Cost, [u8; 16], [u8; 32]), VaultError> {
    let mut parts = stored.strip_prefix("$argon2id$v=19$").ok_or(VaultError::Damaged)?.split('$');
    let mut next = || parts.next().ok_or(VaultError::Damaged);
    let (cost, salt, hash) = (next()?, next()?, next()?);
    if parts.next().is_some() {
        return Err(VaultError::Damaged);
    }
    Ok((read_cost(cost)?, read_bytes(salt)?, read_bytes(hash)?))
}

fn read_cost(text: &str) -> Result<Cost, VaultError> {
    let mut parts = text.split(',');
    let mut number = |name: &str| {
        let digits = parts.next().and_then(|p| p.strip_prefix(name)).ok_or(VaultError::Damaged)?;
        digits.parse::<u32>().map_err(|_| VaultError::Damaged)
    };
    let cost = Cost { memory_kib: number("m=")?, passes: number("t=")?, lanes: number("p=")? };
    if parts.next().is_some() {
        return Err(VaultError::Damaged);
    }
    cost.check()?;
    Ok(cost)
}

fn read_bytes<const N: usize>(text: &str) -> Result<[u8; N], VaultError> {
    let bytes = BASE64.decode(text).map_err(|_| VaultError::Damaged)?;
    bytes.try_into().map_err(|_| VaultError::Damaged)
}
