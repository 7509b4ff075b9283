//! What the outside of a sealed value tells.

use crate::{SUITE, VaultError};

/// The generation of the compartment key a value was sealed under, to pick the right slot before opening.
///
/// # Errors
/// [`VaultError::UnknownSuite`]; [`VaultError::Damaged`] when it is too short.
pub fn generation(sealed: &[u8]) -> Result<u32, VaultError> {
    match sealed {
        [SUITE, a, b, c, d, ..] => Ok(u32::from_be_bytes([*a, *b, *c, *d])),
        [SUITE, ..] | [] => Err(VaultError::Damaged),
        [other, ..] => Err(VaultError::UnknownSuite(*other)),
    }
}
