//! The office lock: the office key at rest, locked with a passphrase (and, where there is one, the
//! contents of a key stick put before it by the caller).

use rand_core::CryptoRng;

use crate::{Cost, OfficeKey, VaultError, locked};

const DOMAIN: &str = "ceiba office lock v1";

/// Locks the office key with a passphrase. Production uses [`Cost::OFFICE`]. 117 bytes, see the layout in
/// `locked.rs`.
///
/// # Errors
/// [`VaultError::BadParameters`] for a cost outside the bounds.
pub fn lock_office<R: CryptoRng + ?Sized>(
    rng: &mut R,
    key: &OfficeKey,
    passphrase: &str,
    cost: Cost,
) -> Result<Vec<u8>, VaultError> {
    locked::lock(rng, DOMAIN, key.root(), passphrase.as_bytes(), cost)
}

/// Opens the office lock.
///
/// # Errors
/// [`VaultError::WrongPassphrase`]; [`VaultError::Damaged`]; [`VaultError::UnknownSuite`];
/// [`VaultError::BadParameters`] when the stored cost is outside the bounds, before any work is done.
pub fn unlock_office(blob: &[u8], passphrase: &str) -> Result<OfficeKey, VaultError> {
    locked::unlock(DOMAIN, blob, passphrase.as_bytes()).map(OfficeKey::from_key)
}

/// The cost stored in a lock. The program refuses one below [`Cost::OFFICE`] unless it runs the
/// demonstration.
///
/// # Errors
/// [`VaultError::UnknownSuite`], [`VaultError::BadParameters`], [`VaultError::Damaged`].
pub fn stored_cost(blob: &[u8]) -> Result<Cost, VaultError> {
    locked::cost_of(blob)
}
