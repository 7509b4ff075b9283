//! The office key: the root that is opened in the morning, and everything derived from it.

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::encode::{Fields, hex, take, take_suite};
use crate::{CompartmentKey, Key, SUITE, SlotAddress, VaultError, aead, hkdf};

/// The epoch new office slots are wrapped in. Rotation raises it and wraps every slot again; the blob
/// carries its epoch, so both can be read meanwhile.
pub const EPOCH: u32 = 1;

/// The root of the office lock. Lives only in memory; at rest it is a blob of
/// [`lock_office`](crate::lock_office). One HKDF label for each use, so that no two uses share a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeKey {
    root: Key,
    extracted: Key,
}

impl OfficeKey {
    /// Draws a new office key.
    pub fn random<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        Self::from_key(Key::random(rng))
    }

    /// Takes 32 bytes as the root.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self::from_key(Key::from_bytes(bytes))
    }

    pub(crate) fn from_key(root: Key) -> Self {
        let extracted = hkdf::extract(root.expose());
        Self { root, extracted }
    }

    pub(crate) fn root(&self) -> &Key {
        &self.root
    }

    /// 16 hexadecimal digits that name this key without giving anything of it away.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex(&self.mark())
    }

    /// The fingerprint as 8 bytes, as blobs carry it.
    pub(crate) fn mark(&self) -> [u8; 8] {
        let [a, b, c, d, e, f, g, h, ..] = *self.subkey("fingerprint", "").expose();
        [a, b, c, d, e, f, g, h]
    }

    /// Wraps a compartment key for the office, in the current [`EPOCH`]: `suite(1) || fingerprint(8) ||
    /// epoch(4) || nonce(24) || ciphertext(32) || tag(16)`, 85 bytes.
    ///
    /// # Errors
    /// [`VaultError::WrongGeneration`] when address and key do not name the same generation.
    pub fn wrap_slot<R: CryptoRng + ?Sized>(
        &self,
        rng: &mut R,
        address: &SlotAddress<'_>,
        key: &CompartmentKey,
    ) -> Result<Vec<u8>, VaultError> {
        self.wrap_slot_in(rng, EPOCH, address, key)
    }

    /// As [`wrap_slot`](Self::wrap_slot), in a given epoch.
    ///
    /// # Errors
    /// As [`wrap_slot`](Self::wrap_slot).
    pub fn wrap_slot_in<R: CryptoRng + ?Sized>(
        &self,
        rng: &mut R,
        epoch: u32,
        address: &SlotAddress<'_>,
        key: &CompartmentKey,
    ) -> Result<Vec<u8>, VaultError> {
        crate::slot::same_generation(address, key)?;
        let header = [&[SUITE][..], &self.mark(), &epoch.to_be_bytes()].concat();
        let associated = address.associated(&header);
        aead::seal_onto(rng, &self.slot_key(epoch), &associated, key.key().expose(), header)
    }

    /// Unwraps a slot of [`wrap_slot`](Self::wrap_slot) at its address.
    ///
    /// # Errors
    /// [`VaultError::WrongKey`] when another office key made it; [`VaultError::UnknownSuite`];
    /// [`VaultError::Damaged`] when it was altered or moved.
    pub fn unwrap_slot(&self, address: &SlotAddress<'_>, slot: &[u8]) -> Result<CompartmentKey, VaultError> {
        let mut body = slot;
        take_suite(&mut body)?;
        self.check_mark(take(&mut body)?)?;
        let epoch = take(&mut body)?;
        let header = [&[SUITE][..], &self.mark(), &epoch].concat();
        let opened =
            aead::open(&self.slot_key(u32::from_be_bytes(epoch)), &address.associated(&header), body)?;
        Ok(CompartmentKey::from_parts(address.generation, Key::from_slice(&opened)?))
    }

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

    /// The tag of a ledger row: proves that it was written by who held the office key.
    #[must_use]
    pub fn ledger_tag(&self, message: &[u8]) -> [u8; 32] {
        hkdf::mac(self.subkey("ledger-tag", "").expose(), &[message])
    }

    /// The key that signs ledger heads.
    #[must_use]
    pub fn signing_key(&self) -> ed25519_dalek::SigningKey {
        ed25519_dalek::SigningKey::from_bytes(self.subkey("ledger-signing", "").expose())
    }

    /// Seals a value that belongs to no compartment, such as a TOTP secret or an alert message. `label`
    /// picks the key, `aad` is the place: `suite(1) || fingerprint(8) || nonce(24) || ciphertext ||
    /// tag(16)`.
    ///
    /// # Errors
    /// [`VaultError::TooLong`] beyond 256 GiB.
    pub fn seal_small<R: CryptoRng + ?Sized>(
        &self,
        rng: &mut R,
        label: &str,
        aad: &[u8],
        plaintext: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        let header = [&[SUITE][..], &self.mark()].concat();
        let associated = Fields::new("ceiba small v1").add(&header).add(aad).bytes();
        aead::seal_onto(rng, &self.subkey("small/", label), &associated, plaintext, header)
    }

    /// Opens a value of [`seal_small`](Self::seal_small).
    ///
    /// # Errors
    /// [`VaultError::WrongKey`], [`VaultError::UnknownSuite`], or [`VaultError::Damaged`] when it was
    /// altered or label or place differ.
    pub fn open_small(
        &self,
        label: &str,
        aad: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let mut body = sealed;
        take_suite(&mut body)?;
        self.check_mark(take(&mut body)?)?;
        let header = [&[SUITE][..], &self.mark()].concat();
        let associated = Fields::new("ceiba small v1").add(&header).add(aad).bytes();
        aead::open(&self.subkey("small/", label), &associated, body)
    }

    fn slot_key(&self, epoch: u32) -> Key {
        self.subkey("office-wrap/epoch-", &epoch.to_string())
    }

    /// Every label is `ceiba/v1/<use>` or `ceiba/v1/<use>/<name>`; no use is the beginning of another up
    /// to its slash, so a free `name` cannot reach the key of another use.
    fn subkey(&self, purpose: &str, name: &str) -> Key {
        hkdf::expand(&self.extracted, &[b"ceiba/v1/", purpose.as_bytes(), name.as_bytes()])
    }

    fn check_mark(&self, found: [u8; 8]) -> Result<(), VaultError> {
        if found == self.mark() {
            return Ok(());
        }
        Err(VaultError::WrongKey { expected: self.fingerprint(), found: hex(&found) })
    }
}

fn half(full: [u8; 32]) -> [u8; 16] {
    let mut out = [0; 16];
    out.copy_from_slice(&full[..16]);
    out
}
