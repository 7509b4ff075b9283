//! What leaves the house for somebody without an account: sealed under a key that the server does not keep.

use ceiba_store::Work;
use ceiba_vault::{Cost, Halves};
use zeroize::Zeroizing;

use crate::{AccessError, Act, Gate, Grant, Place};

impl Gate {
    /// Seals what a grant to share covers, so that it opens with both halves only. Gives the lock and the sealed value.
    ///
    /// # Errors
    /// [`AccessError::NotGranted`] without a grant to share from this case.
    pub fn hand(
        &self,
        work: &Work,
        grant: &Grant,
        place: &Place<'_>,
        (halves, cost): (Halves<'_>, Cost),
        plain: &[u8],
    ) -> Result<(Vec<u8>, Vec<u8>), AccessError> {
        if grant.act != Act::SHARE || !grant.covers(place.subject) {
            return Err(AccessError::NotGranted);
        }
        let address = self.address(place);
        Ok(work.chance().with(|rng| ceiba_vault::hand(rng, halves, cost, &address, plain))?)
    }

    /// Opens what was handed. Both halves are the right to it; whoever asks has counted the tries.
    ///
    /// # Errors
    /// [`AccessError::Vault`] with a wrong passphrase when a half is wrong.
    pub fn take_handed(
        &self,
        place: &Place<'_>,
        halves: Halves<'_>,
        (lock, sealed): (&[u8], &[u8]),
    ) -> Result<Zeroizing<Vec<u8>>, AccessError> {
        Ok(ceiba_vault::take_handed(halves, lock, &self.address(place), sealed)?)
    }
}
