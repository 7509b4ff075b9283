//! Hashes that let one inline style sheet and one inline script through the content security policy.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The CSP source expression of an inline text: `'sha256-…'`.
#[must_use]
pub fn source_hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_is_the_one_browsers_compute() {
        // printf '' | openssl dgst -sha256 -binary | base64
        assert_eq!(super::source_hash(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    }
}
