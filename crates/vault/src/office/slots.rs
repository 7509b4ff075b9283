//! Slots of office compartments: a compartment key wrapped under the office key.

use rand_core::CryptoRng;

use crate::encode::{take, take_suite};
use crate::{CompartmentKey, Key, OfficeKey, SUITE, SlotAddress, VaultError, aead, slot};

/// The epoch new office slots are wrapped in. Rotation raises it and wraps every slot again; the blob
/// carries its epoch, so both can be read meanwhile.
pub(crate) const EPOCH: u32 = 1;

impl OfficeKey {
    /// Wraps a compartment key for the office, in the present epoch: `suite(1) || fingerprint(8) ||
    /// epoch(4) || nonce(24) || ciphertext(32) || tag(16)`, 85 bytes.
    ///
    /// # Errors
    /// [`VaultError::WrongGeneration`] when address and key do not name the same generation.
    pub fn wrap_slot<R: CryptoRng + ?Sized>(
        &self,
        rng: &mut R,
        address: &SlotAddress<'_>,
        key: &CompartmentKey,
    ) -> Result<Vec<u8>, VaultError> {
        self.wrap_slot_in(rng, EPOCH, address, key)
    }

    /// As [`wrap_slot`](Self::wrap_slot), in a given epoch.
    ///
    /// # Errors
    /// As [`wrap_slot`](Self::wrap_slot).
    pub fn wrap_slot_in<R: CryptoRng + ?Sized>(
        &self,
        rng: &mut R,
        epoch: u32,
        address: &SlotAddress<'_>,
        key: &CompartmentKey,
    ) -> Result<Vec<u8>, VaultError> {
        slot::same_generation(address, key)?;
        let header = [&[SUITE][..], &self.mark(), &epoch.to_be_bytes()].concat();
        let associated = address.associated(&header);
        aead::seal_onto(rng, &self.slot_key(epoch), &associated, key.key().expose(), header)
    }

    /// Unwraps a slot of [`wrap_slot`](Self::wrap_slot) at its address.
    ///
    /// # Errors
    /// [`VaultError::WrongKey`] when another office key made it; [`VaultError::UnknownSuite`];
    /// [`VaultError::Damaged`] when it was altered or moved.
    pub fn unwrap_slot(
        &self,
        address: &SlotAddress<'_>,
        wrapped: &[u8],
    ) -> Result<CompartmentKey, VaultError> {
        let mut body = wrapped;
        take_suite(&mut body)?;
        self.check_mark(take(&mut body)?)?;
        let epoch = take(&mut body)?;
        let header = [&[SUITE][..], &self.mark(), &epoch].concat();
        let opened =
            aead::open(&self.slot_key(u32::from_be_bytes(epoch)), &address.associated(&header), body)?;
        Ok(CompartmentKey::from_parts(address.generation, Key::from_slice(&opened)?))
    }

    fn slot_key(&self, epoch: u32) -> Key {
        self.subkey("office-wrap/epoch-", &epoch.to_string())
    }
}
