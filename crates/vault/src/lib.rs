//! Keys, envelopes, blind indexes, erasure and recovery.
//!
//! Start with [`OfficeKey`] (the lock the server opens in the morning) and [`CompartmentKey`] (what a
//! value is sealed under); [`PersonSecret`] is the lock of one colleague, [`quorum`] that of the three
//! directors. Nothing here reads a clock, a file or the system's randomness, except that [`backup`] has
//! to leave its randomness to the `age` library.
//!
//! # Erasure
//!
//! There is no `erase` function, on purpose. A compartment key exists only inside its *slots* (the
//! wrapped copies made by [`OfficeKey::wrap_slot`] and [`wrap_slot_for`]). Deleting every slot of a
//! compartment erases what was sealed under it, in every copy of the database and in every backup that
//! does not hold the slots. `tests/erasure.rs` shows it.

mod address;
mod aead;
pub mod backup;
mod compartment;
mod cost;
mod deposit;
mod encode;
mod error;
mod handed;
mod hkdf;
mod key;
mod locked;
mod office;
pub mod office_lock;
pub mod password;
mod person;
mod public_box;
pub mod quorum;
mod recovery;
mod sealed;
mod slot;
pub mod stream;

pub use address::{Address, SlotAddress};
pub use compartment::CompartmentKey;
pub use cost::Cost;
pub use deposit::{deposit_office, withdraw_office};
pub use error::{CodeFault, VaultError};
pub use handed::{Halves, hand, take as take_handed};
pub use key::Key;
pub use office::OfficeKey;
pub use office_lock::{lock_office, unlock_office};
pub use person::{PersonPublic, PersonSecret};
pub use recovery::RecoveryCode;
pub use sealed::generation;
pub use slot::{unwrap_slot_with, wrap_slot_for};

/// The only suite of this version: X25519-HPKE with XChaCha20-Poly1305 (`2` and `3` are reserved for a
/// post-quantum and a validated-module suite). The first byte of everything sealed.
pub const SUITE: u8 = 1;
