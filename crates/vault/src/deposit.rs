//! The office key, left with the directors: the way back when lock file or passphrase are lost.
//!
//! A deposit is `suite(1) || fingerprint of the office key(8) || HPKE to the quorum's key of the root`. It stands in
//! the database, where only two directors together open it; see [`quorum`](crate::quorum).

use rand_core::CryptoRng;

use crate::encode::{take, take_suite};
use crate::{Key, OfficeKey, PersonPublic, PersonSecret, SUITE, VaultError, public_box};

const INFO: &[u8] = b"ceiba office deposit v1";

/// Leaves the office key with the quorum.
///
/// # Errors
/// [`VaultError::BadParameters`] when the quorum's key cannot be used.
pub fn deposit_office<R: CryptoRng + ?Sized>(
    rng: &mut R,
    quorum: &PersonPublic,
    office: &OfficeKey,
) -> Result<Vec<u8>, VaultError> {
    let header = [&[SUITE][..], &office.mark()].concat();
    let root = office.root().expose();
    let sealed = public_box::seal(rng, &quorum.to_bytes(), INFO, &bound(&header, quorum), root)?;
    Ok([header, sealed].concat())
}

/// Takes the office key out again.
///
/// # Errors
/// [`VaultError::Damaged`] when it was altered or is another quorum's; [`VaultError::UnknownSuite`].
pub fn withdraw_office(deposit: &[u8], quorum: &PersonSecret) -> Result<OfficeKey, VaultError> {
    let mut body = deposit;
    take_suite(&mut body)?;
    let mark: [u8; 8] = take(&mut body)?;
    let header = [&[SUITE][..], &mark].concat();
    let root = public_box::open(quorum.key(), INFO, &bound(&header, &quorum.public()), body)?;
    let office = OfficeKey::from_key(Key::from_slice(&root)?);
    if office.mark() == mark { Ok(office) } else { Err(VaultError::Damaged) }
}

fn bound(header: &[u8], quorum: &PersonPublic) -> Vec<u8> {
    [header, &quorum.to_bytes()].concat()
}
