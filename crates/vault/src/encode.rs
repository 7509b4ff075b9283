//! Unambiguous bytes from several fields, and fields back from bytes.

use crate::VaultError;

/// Joins fields so that no two lists of fields give the same bytes: each is preceded by its length
/// (`u32`, big-endian).
pub(crate) struct Fields(Vec<u8>);

impl Fields {
    /// Starts with the domain, which says what kind of thing is encoded and in which version.
    pub(crate) fn new(domain: &str) -> Self {
        Self(Vec::with_capacity(160)).add(domain.as_bytes())
    }

    /// Adds one field.
    pub(crate) fn add(mut self, field: &[u8]) -> Self {
        // Fields are names and ids; one of 4 GiB cannot be held by the callers' types in practice, and
        // saturating keeps such a thing from being mistaken for a short one.
        let length = u32::try_from(field.len()).unwrap_or(u32::MAX);
        self.0.extend_from_slice(&length.to_be_bytes());
        self.0.extend_from_slice(field);
        self
    }

    /// The bytes.
    pub(crate) fn bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Takes the first `N` bytes off `blob`.
///
/// # Errors
/// [`VaultError::Damaged`] when it is shorter.
pub(crate) fn take<const N: usize>(blob: &mut &[u8]) -> Result<[u8; N], VaultError> {
    let (head, rest) = blob.split_first_chunk::<N>().ok_or(VaultError::Damaged)?;
    *blob = rest;
    Ok(*head)
}

/// Takes the suite number off `blob`.
///
/// # Errors
/// [`VaultError::UnknownSuite`] for any but [`SUITE`](crate::SUITE), [`VaultError::Damaged`] when empty.
pub(crate) fn take_suite(blob: &mut &[u8]) -> Result<(), VaultError> {
    match take::<1>(blob)? {
        [crate::SUITE] => Ok(()),
        [other] => Err(VaultError::UnknownSuite(other)),
    }
}

/// Lower-case hexadecimal, for fingerprints.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [b >> 4, b & 15]).map(|n| char::from(DIGITS[usize::from(n)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_do_not_run_together() {
        let ab_c = Fields::new("d").add(b"ab").add(b"c").bytes();
        let a_bc = Fields::new("d").add(b"a").add(b"bc").bytes();
        let abc = Fields::new("d").add(b"abc").add(b"").bytes();
        assert!(ab_c != a_bc && ab_c != abc && a_bc != abc);
    }

    #[test]
    fn hex_is_lower_case() {
        assert_eq!(hex(&[0x00, 0x9f, 0xff]), "009fff");
    }
}
