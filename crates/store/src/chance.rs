//! Chance as a parameter: one generator, seeded by the binary, shared by all rooms.

use std::sync::{Mutex, PoisonError};

use chacha20::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use uuid::Uuid;

/// The source of ids, tokens, keys and nonces. The same seed gives the same sequence, which the demo and
/// the tests rely on; production seeds it from the operating system.
pub struct Chance(Mutex<ChaCha20Rng>);

impl Chance {
    /// A generator from 32 bytes of seed.
    #[must_use]
    pub fn seeded(seed: [u8; 32]) -> Self {
        Self(Mutex::new(ChaCha20Rng::from_seed(seed)))
    }

    /// Lends the generator, for libraries that take one.
    pub fn with<T>(&self, f: impl FnOnce(&mut ChaCha20Rng) -> T) -> T {
        // A panic while drawing leaves a usable generator: the poison says nothing about its state.
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.with(|rng| rng.fill_bytes(&mut bytes));
        bytes
    }

    /// A random id. It tells neither time nor volume (no `UUIDv7`, no serial).
    pub fn id(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// A number below `n` (0 when `n` is 0), for codes and the demo's seed.
    pub fn below(&self, n: u32) -> u32 {
        if n == 0 { 0 } else { self.with(|rng| (u64::from(rng.next_u32()) * u64::from(n)) >> 32) as u32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids() {
        let (a, b) = (Chance::seeded([7; 32]), Chance::seeded([7; 32]));
        assert_eq!((a.id(), a.id()), (b.id(), b.id()));
        assert_ne!(a.id(), Chance::seeded([8; 32]).id());
    }

    #[test]
    fn below_stays_below() {
        let chance = Chance::seeded([1; 32]);
        assert!((0..1000).all(|_| chance.below(7) < 7));
        assert_eq!(chance.below(0), 0);
    }
}
