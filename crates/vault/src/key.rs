//! A symmetric key.

use std::fmt;

use rand_core::CryptoRng;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// 32 secret bytes. Wiped when dropped, compared in constant time, never shown by `Debug`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

impl Key {
    /// Draws a key.
    pub fn random<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        let mut key = Self([0; 32]);
        rng.fill_bytes(&mut key.0);
        key
    }

    /// Takes 32 bytes as they are.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes themselves. For sealing them elsewhere; do not print or store them.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Takes opened bytes as a key.
    ///
    /// # Errors
    /// [`VaultError::Damaged`](crate::VaultError::Damaged) unless there are exactly 32.
    pub(crate) fn from_slice(bytes: &[u8]) -> Result<Self, crate::VaultError> {
        bytes.try_into().map(Self).map_err(|_| crate::VaultError::Damaged)
    }

    /// Where to write a key that is being computed.
    pub(crate) fn bytes_mut(&mut self) -> &mut [u8; 32] {
        &mut self.0
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Key {}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_byte() {
        assert_eq!(format!("{:?}", Key::from_bytes([0xab; 32])), "Key(..)");
    }

    #[test]
    fn equal_only_to_itself() {
        assert_eq!(Key::from_bytes([1; 32]), Key::from_bytes([1; 32]));
        assert_ne!(Key::from_bytes([1; 32]), Key::from_bytes([2; 32]));
    }
}
