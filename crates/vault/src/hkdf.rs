//! HMAC-SHA-256, and HKDF-SHA-256 (RFC 5869) for outputs of one block.
//!
//! The `hkdf` crate returns a length error that a 32-byte output cannot meet, and each caller would have
//! to invent an answer to it. One block of HKDF is two HMACs, so they are written out; the tests compare
//! them with that crate, and `tests/known_answers.rs` with a second implementation.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroize;

use crate::Key;

/// HMAC-SHA-256 of `parts`, one after the other, under a 32-byte key.
pub(crate) fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC pads a short key with zeros to its block; doing it here avoids a fallible constructor.
    let mut block = [0u8; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    block.zeroize();
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// HKDF-Extract without salt: concentrates `secret` into a pseudorandom key.
pub(crate) fn extract(secret: &[u8; 32]) -> Key {
    Key::from_bytes(mac(&[0; 32], &[secret]))
}

/// HKDF-Expand to 32 bytes; `label` is the `info`, given in parts.
pub(crate) fn expand(extracted: &Key, label: &[&[u8]]) -> Key {
    let mut parts = label.to_vec();
    parts.push(&[1]);
    Key::from_bytes(mac(extracted.expose(), &parts))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn agrees_with_the_hkdf_crate(secret: [u8; 32], a: Vec<u8>, b: Vec<u8>) {
            let mut wanted = [0; 32];
            let info = [a.as_slice(), b.as_slice()].concat();
            hkdf::Hkdf::<Sha256>::new(None, &secret).expand(&info, &mut wanted).expect("one block");
            prop_assert_eq!(expand(&extract(&secret), &[&a, &b]), Key::from_bytes(wanted));
        }
    }
}
