//! Something handed to somebody outside: it opens with two halves that reach her on two ways, a link and a spoken
//! code. Whoever keeps the locked thing has neither half; deleting it is the end of what it held.

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::encode::Fields;
use crate::{Address, CompartmentKey, Cost, VaultError, locked};

const DOMAIN: &str = "ceiba handed v1";

/// The two halves: what the link holds, and what was told by voice.
#[derive(Clone, Copy)]
pub struct Halves<'a> {
    /// The link's part: at least 128 bits of chance.
    pub link: &'a str,
    /// The spoken part: short, so whoever asks must be stopped after a few tries.
    pub code: &'a str,
}

impl Halves<'_> {
    fn passphrase(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(Fields::new(DOMAIN).add(self.link.as_bytes()).add(self.code.as_bytes()).bytes())
    }
}

/// Seals `plaintext` to its place under a key of its own and locks that key with both halves. Gives the lock (117
/// bytes, see `locked.rs`) and the sealed value.
///
/// # Errors
/// [`VaultError::BadParameters`] for a cost outside the bounds; [`VaultError::TooLong`].
pub fn hand<R: CryptoRng + ?Sized>(
    rng: &mut R,
    halves: Halves<'_>,
    cost: Cost,
    address: &Address<'_>,
    plaintext: &[u8],
) -> Result<(Vec<u8>, Vec<u8>), VaultError> {
    let key = CompartmentKey::random(rng, 1);
    let sealed = key.seal_as(rng, DOMAIN, address, plaintext)?;
    Ok((locked::lock(rng, DOMAIN, key.key(), &halves.passphrase(), cost)?, sealed))
}

/// Opens what was handed, at its place.
///
/// # Errors
/// [`VaultError::WrongPassphrase`] when a half is wrong; [`VaultError::Damaged`] when it was altered or moved.
pub fn take(
    halves: Halves<'_>,
    lock: &[u8],
    address: &Address<'_>,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let key = locked::unlock(DOMAIN, lock, &halves.passphrase())?;
    CompartmentKey::from_parts(1, key).open_as(DOMAIN, address, sealed)
}

#[cfg(test)]
mod tests {
    use chacha20::ChaCha20Rng;
    use rand_core::SeedableRng;
    use uuid::Uuid;

    use super::*;

    fn at(row: u128) -> Address<'static> {
        Address {
            tenant: Uuid::from_u128(1),
            table: "packet",
            row: Uuid::from_u128(row),
            field: "body",
            schema: 1,
            compartment: "packet",
            version: 1,
        }
    }

    #[test]
    fn it_opens_with_both_halves_at_its_place_and_with_nothing_less() {
        let mut rng = ChaCha20Rng::from_seed([4; 32]);
        let halves = Halves { link: "link", code: "code" };
        let (lock, sealed) = hand(&mut rng, halves, Cost::TEST, &at(2), b"what was allowed").unwrap();
        assert_eq!(take(halves, &lock, &at(2), &sealed).unwrap().as_slice(), b"what was allowed");
        for wrong in [
            Halves { link: "link", code: "Code" },
            Halves { link: "Link", code: "code" },
            // The halves are kept apart: moving a letter over is not the same.
            Halves { link: "linkc", code: "ode" },
        ] {
            assert!(matches!(take(wrong, &lock, &at(2), &sealed), Err(VaultError::WrongPassphrase)));
        }
        assert!(matches!(take(halves, &lock, &at(3), &sealed), Err(VaultError::Damaged)));
    }
}
