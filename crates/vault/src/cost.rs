//! How dear it is to try a password: the parameters of Argon2id, and what is accepted on reading.

use argon2::{Algorithm, Argon2, Params, Version};

use crate::{Key, VaultError};

/// Parameters of Argon2id (RFC 9106). Stored beside what they protect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Number of passes over it.
    pub passes: u32,
    /// Lanes; this build works them off one after the other.
    pub lanes: u32,
}

impl Cost {
    /// The office lock in production: 256 MiB, three passes, about 0.8 s.
    pub const OFFICE: Self = Self { memory_kib: 256 * 1024, passes: 3, lanes: 1 };
    /// Passwords of people in production: 64 MiB, three passes, about 0.2 s. Two at a time on two cores.
    pub const PASSWORD: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };
    /// The demonstration programme with its invented data: quick to start.
    pub const DEMO: Self = Self { memory_kib: 16 * 1024, passes: 1, lanes: 1 };
    /// Tests: the least that is accepted.
    pub const TEST: Self = Self { memory_kib: MIN_MEMORY_KIB, passes: 1, lanes: 1 };

    /// Whether guessing is at least as dear as with `other`. Ask it of a stored cost, to refuse or renew
    /// what was made with less than the installation demands.
    #[must_use]
    pub fn is_at_least(&self, other: &Self) -> bool {
        self.memory_kib >= other.memory_kib && self.passes >= other.passes
    }

    /// Refuses what no honest writer stores: too cheap to protect, or so dear that reading it would stop
    /// the machine. The stored parameters are also authenticated, so this is about hostile blobs.
    ///
    /// # Errors
    /// [`VaultError::BadParameters`].
    pub(crate) fn check(&self) -> Result<(), VaultError> {
        if !(MIN_MEMORY_KIB..=MAX_MEMORY_KIB).contains(&self.memory_kib) {
            return Err(VaultError::BadParameters("password hashing memory must be from 8 MiB to 1 GiB"));
        }
        if !(1..=MAX_PASSES).contains(&self.passes) {
            return Err(VaultError::BadParameters("password hashing passes must be from 1 to 10"));
        }
        if !(1..=MAX_LANES).contains(&self.lanes) {
            return Err(VaultError::BadParameters("password hashing lanes must be from 1 to 4"));
        }
        Ok(())
    }

    /// Argon2id, version 1.3, to 32 bytes.
    ///
    /// # Errors
    /// [`VaultError::BadParameters`] as in [`check`](Self::check), or for a password of 4 GiB.
    pub(crate) fn derive(&self, password: &[u8], salt: &[u8; 16]) -> Result<Key, VaultError> {
        self.check()?;
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .map_err(|_| VaultError::BadParameters("password hashing parameters do not fit together"))?;
        let mut key = Key::from_bytes([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(password, salt, key.bytes_mut())
            .map_err(|_| VaultError::BadParameters("the password is too long"))?;
        Ok(key)
    }
}

const MIN_MEMORY_KIB: u32 = 8 * 1024;
const MAX_MEMORY_KIB: u32 = 1024 * 1024;
const MAX_PASSES: u32 = 10;
const MAX_LANES: u32 = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_costs_are_accepted_and_absurd_ones_are_not() {
        for cost in [Cost::OFFICE, Cost::PASSWORD, Cost::DEMO, Cost::TEST] {
            assert!(cost.check().is_ok());
        }
        for (memory_kib, passes, lanes) in [
            (8, 1, 1),
            (MIN_MEMORY_KIB - 1, 1, 1),
            (MAX_MEMORY_KIB + 1, 1, 1),
            (u32::MAX, u32::MAX, u32::MAX),
            (MIN_MEMORY_KIB, 0, 1),
            (MIN_MEMORY_KIB, MAX_PASSES + 1, 1),
            (MIN_MEMORY_KIB, 1, 0),
            (MIN_MEMORY_KIB, 1, MAX_LANES + 1),
        ] {
            let refused = Cost { memory_kib, passes, lanes }.derive(b"x", &[0; 16]);
            assert!(matches!(refused, Err(VaultError::BadParameters(_))));
        }
    }

    #[test]
    fn compares_costs() {
        assert!(Cost::OFFICE.is_at_least(&Cost::PASSWORD));
        assert!(!Cost::DEMO.is_at_least(&Cost::PASSWORD));
    }
}
