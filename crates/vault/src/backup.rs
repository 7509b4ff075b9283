//! Backups as age files to an offline recipient.
//!
//! The server knows only the recipient (`age1...`) and cannot read what it wrote. The format is the public
//! one of <https://age-encryption.org/v1>, so a director opens a backup with the ordinary `age` program and
//! needs none of ours. Plugins stay compiled out (RUSTSEC-2024-0433: plugin names run programs).
//!
//! Unlike everything else in this crate, the library draws its own randomness from the system: its
//! interface takes none.

use age::secrecy::ExposeSecret;
use age::x25519;
use zeroize::Zeroizing;

use crate::VaultError;

/// A backup key pair as text.
pub struct Identity {
    /// `AGE-SECRET-KEY-1...`: to be kept offline by the directors. Wiped when dropped.
    pub secret: Zeroizing<String>,
    /// `age1...`: for the configuration of the server.
    pub recipient: String,
}

/// Draws a backup key pair.
#[must_use]
pub fn generate_identity() -> Identity {
    let identity = x25519::Identity::generate();
    Identity {
        secret: Zeroizing::new(identity.to_string().expose_secret().to_owned()),
        recipient: identity.to_public().to_string(),
    }
}

/// Encrypts a backup to a recipient (`age1...`).
///
/// # Errors
/// [`VaultError::BadParameters`] when the recipient is not an X25519 one.
pub fn encrypt(recipient: &str, plaintext: &[u8]) -> Result<Vec<u8>, VaultError> {
    let recipient: x25519::Recipient = recipient
        .trim()
        .parse()
        .map_err(|_| VaultError::BadParameters("the backup recipient is not of the form age1..."))?;
    age::encrypt(&recipient, plaintext).map_err(|_| VaultError::TooLong)
}

/// Decrypts a backup with the directors' identity (`AGE-SECRET-KEY-1...`).
///
/// # Errors
/// [`VaultError::BadParameters`] when the identity is not of that form; [`VaultError::WrongPassphrase`]
/// when the backup is for another recipient; [`VaultError::Damaged`].
pub fn decrypt(identity: &str, backup: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let identity: x25519::Identity = identity
        .trim()
        .parse()
        .map_err(|_| VaultError::BadParameters("the backup key is not of the form AGE-SECRET-KEY-1..."))?;
    match age::decrypt(&identity, backup) {
        Ok(plaintext) => Ok(Zeroizing::new(plaintext)),
        Err(age::DecryptError::NoMatchingKeys) => Err(VaultError::WrongPassphrase),
        Err(_) => Err(VaultError::Damaged),
    }
}
