//! Slots of strongboxes: a compartment key wrapped to one person's public key.

use rand_core::CryptoRng;

use crate::encode::{hex, take, take_suite};
use crate::{CompartmentKey, Key, PersonPublic, PersonSecret, SUITE, SlotAddress, VaultError, public_box};

const INFO: &[u8] = b"ceiba slot v1";

/// Wraps a compartment key for one person: `suite(1) || fingerprint(8) || enc(32) || ciphertext(32) ||
/// tag(16)`, 89 bytes. The server cannot open it again.
///
/// # Errors
/// [`VaultError::WrongGeneration`] when address and key do not name the same generation;
/// [`VaultError::BadParameters`] for an unusable public key.
pub fn wrap_slot_for<R: CryptoRng + ?Sized>(
    rng: &mut R,
    recipient: &PersonPublic,
    address: &SlotAddress<'_>,
    key: &CompartmentKey,
) -> Result<Vec<u8>, VaultError> {
    same_generation(address, key)?;
    let mut out = header(recipient);
    let aad = address.associated(&out);
    out.extend(public_box::seal(rng, &recipient.to_bytes(), INFO, &aad, key.key().expose())?);
    Ok(out)
}

/// Unwraps a slot of [`wrap_slot_for`] at its address.
///
/// # Errors
/// [`VaultError::WrongKey`] when it is somebody else's; [`VaultError::UnknownSuite`];
/// [`VaultError::Damaged`] when it was altered or moved.
pub fn unwrap_slot_with(
    person: &PersonSecret,
    address: &SlotAddress<'_>,
    slot: &[u8],
) -> Result<CompartmentKey, VaultError> {
    let mut body = slot;
    take_suite(&mut body)?;
    let found = take::<8>(&mut body)?;
    let public = person.public();
    if found != public.mark() {
        return Err(VaultError::WrongKey { expected: public.fingerprint(), found: hex(&found) });
    }
    let opened = public_box::open(person.key(), INFO, &address.associated(&header(&public)), body)?;
    Ok(CompartmentKey::from_parts(address.generation, Key::from_slice(&opened)?))
}

/// A slot that names another generation than its key would open as the wrong one later.
pub(crate) fn same_generation(address: &SlotAddress<'_>, key: &CompartmentKey) -> Result<(), VaultError> {
    if address.generation == key.generation() {
        return Ok(());
    }
    Err(VaultError::WrongGeneration { expected: key.generation(), found: address.generation })
}

fn header(recipient: &PersonPublic) -> Vec<u8> {
    [&[SUITE][..], &recipient.mark()].concat()
}
