//! Words of names: each is read, folded and compared with the others once, and is a number afterwards.

mod near;
mod nicknames;
mod strange;
mod vocabulary;

pub use nicknames::{Nicknames, NicknamesError};
pub(crate) use strange::Strange;
pub(crate) use vocabulary::{MISSING, Vocabulary};

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};

/// A map whose order of filling and hashing is the same in every run.
pub(crate) type Map<K, V> = HashMap<K, V, BuildHasherDefault<DefaultHasher>>;

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
