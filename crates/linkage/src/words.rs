//! Words of names: each is read, folded and compared with the others once, and is a number afterwards.

mod letters;
mod near;
mod nicknames;
mod strange;
mod table;
mod vocabulary;

pub use nicknames::{Nicknames, NicknamesError};
pub(crate) use strange::Strange;
pub(crate) use table::Table;
pub(crate) use vocabulary::{Alike, MISSING, Vocabulary};

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map whose order of filling and hashing is the same in every run.
pub(crate) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Mixed>>;

/// Hashes eight bytes at a time. Nobody is kept from choosing names that collide, nor was anybody by a hash without a
/// secret: it would make a register slow, not wrong.
#[derive(Default)]
pub(crate) struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..part.len()].copy_from_slice(part);
            self.write_u64(u64::from_le_bytes(eight));
        }
    }
    fn write_u8(&mut self, n: u8) {
        self.write_u64(n.into());
    }
    fn write_u16(&mut self, n: u16) {
        self.write_u64(n.into());
    }
    fn write_u32(&mut self, n: u32) {
        self.write_u64(n.into());
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = crate::mix(self.0.rotate_left(5) ^ n);
    }
    fn write_usize(&mut self, n: usize) {
        self.write_u64(n as u64);
    }
}

/// How alike two words are; the order is from unlike to like.
pub(crate) mod class {
    /// Two letters wrong in a long word, or one in a short one.
    pub(crate) const DISTANT: u8 = 1;
    /// One letter wrong, an initial, or a hypocoristic that several names have.
    pub(crate) const NEAR: u8 = 2;
    /// The same to the ear, or a hypocoristic of it and of nothing else.
    pub(crate) const SOUND: u8 = 3;
    /// Spelled the same.
    pub(crate) const EXACT: u8 = 4;
}
