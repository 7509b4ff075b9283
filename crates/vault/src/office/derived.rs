//! What is computed with keys derived from the office key: indexes, pseudonyms, hashes, tags, signatures.

use crate::{OfficeKey, hkdf};

impl OfficeKey {
    /// The blind index of an exact value: HMAC-SHA-256 under a key of its own for each field, 16 bytes.
    /// `normalised` must already be in one spelling. Equality is all it shows; never use it for names in
    /// pieces or for fields of few values (their frequency gives them away).
    #[must_use]
    pub fn blind(&self, field: &str, normalised: &str) -> [u8; 16] {
        half(hkdf::mac(self.subkey("blind-index/", field).expose(), &[normalised.as_bytes()]))
    }

    /// The subject key of facts: the same person always gives the same 16 bytes, and without this key
    /// nobody can tell which.
    #[must_use]
    pub fn pseudonym(&self, id: &[u8; 16]) -> [u8; 16] {
        half(hkdf::mac(self.subkey("pseudonym", "").expose(), &[id]))
    }

    /// What is stored of a session token or receipt, 32 bytes.
    #[must_use]
    pub fn token_hash(&self, token: &[u8]) -> [u8; 32] {
        hkdf::mac(self.subkey("token-hash", "").expose(), &[token])
    }

    /// The seed of what must come out the same when the same form arrives twice, and which nobody without this
    /// key can foresee. `form` is its one-time number, `content` what it says.
    #[must_use]
    pub fn repeat_seed(&self, form: &[u8; 16], content: &[u8]) -> [u8; 32] {
        hkdf::mac(self.subkey("repeat", "").expose(), &[form, content])
    }

    /// The tag of a ledger row: proves that it was written by who held the office key.
    #[must_use]
    pub fn ledger_tag(&self, message: &[u8]) -> [u8; 32] {
        hkdf::mac(self.subkey("ledger-tag", "").expose(), &[message])
    }

    /// The office's signature over the hash of a report, Ed25519, 64 bytes. Its key is not the one of ledger heads.
    #[must_use]
    pub fn sign_report(&self, hash: &[u8; 32]) -> [u8; 64] {
        use ed25519_dalek::Signer as _;
        self.report_key().sign(hash).to_bytes()
    }

    /// Whether a signature of [`OfficeKey::sign_report`] fits a hash.
    #[must_use]
    pub fn verify_report(&self, hash: &[u8; 32], signature: &[u8]) -> bool {
        let Ok(signature) = ed25519_dalek::Signature::from_slice(signature) else { return false };
        self.report_key().verifying_key().verify_strict(hash, &signature).is_ok()
    }

    /// The public key with which anybody checks the signature of a report, 32 bytes.
    #[must_use]
    pub fn report_public(&self) -> [u8; 32] {
        self.report_key().verifying_key().to_bytes()
    }

    fn report_key(&self) -> ed25519_dalek::SigningKey {
        ed25519_dalek::SigningKey::from_bytes(self.subkey("report-signing", "").expose())
    }

    /// The mark of a person in one list behind one report: the same in that list, another in any other, and nobody without this key
    /// can tell whose.
    #[must_use]
    pub fn report_mark(&self, list: &str, pseudonym: &[u8; 16]) -> [u8; 16] {
        half(hkdf::mac(self.subkey("report-mark/", list).expose(), &[pseudonym]))
    }

    /// The key that signs ledger heads.
    #[must_use]
    pub fn signing_key(&self) -> ed25519_dalek::SigningKey {
        ed25519_dalek::SigningKey::from_bytes(self.subkey("ledger-signing", "").expose())
    }
}

fn half(full: [u8; 32]) -> [u8; 16] {
    let mut out = [0; 16];
    out.copy_from_slice(&full[..16]);
    out
}
