//! Sealing and opening whole records.

use ceiba_access::{Caller, Grant, Place};
use ceiba_store::{Tx, Work};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::{Outcome, Programme, ProgrammeError};

impl Programme {
    pub(crate) async fn seal<T: Serialize>(
        &self,
        work: &mut Work,
        caller: &Caller,
        grant: &Grant,
        place: &Place<'_>,
        value: &T,
    ) -> Outcome<Vec<u8>> {
        let plain = zeroize::Zeroizing::new(
            serde_json::to_vec(value)
                .map_err(|_| ProgrammeError::Unreadable("a value that cannot be written"))?,
        );
        Ok(self.gate.seal(work, caller, grant, place, &plain).await?)
    }

    pub(crate) async fn unseal<T: DeserializeOwned>(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        grant: &Grant,
        place: &Place<'_>,
        sealed: &[u8],
    ) -> Outcome<T> {
        let plain = self.gate.open(tx, caller, grant, place, sealed).await?;
        serde_json::from_slice(&plain).map_err(|_| ProgrammeError::Unreadable("a value of another form"))
    }
}

/// A value of a list, or nothing when it is damaged or was erased: one bad value must not take the others
/// out of view. Whatever else is wrong stays an error.
///
/// # Errors
/// When the database breaks or the grant does not fit.
pub fn readable<T>(opened: Outcome<T>) -> Outcome<Option<T>> {
    match opened {
        Ok(value) => Ok(Some(value)),
        Err(e) if e.is_damage() => {
            tracing::error!(error = %e, "a sealed value cannot be read");
            Ok(None)
        }
        Err(e) => Err(e),
    }
}

/// What a ledger entry commits to: the sealed bytes, so that erasing the key makes the entry say nothing.
pub fn detail(sealed: &[u8]) -> [u8; 32] {
    Sha256::digest(sealed).into()
}

impl Programme {
    /// Opens a value in the name of the office itself, to build the index of names. Nothing of it is shown.
    pub(crate) async fn office_open<T: DeserializeOwned>(
        &self,
        tx: &mut Tx,
        place: &Place<'_>,
        sealed: &[u8],
    ) -> Outcome<T> {
        let plain = self.gate.open_for_index(tx, place, sealed).await?;
        serde_json::from_slice(&plain).map_err(|_| ProgrammeError::Unreadable("a value of another form"))
    }
}
