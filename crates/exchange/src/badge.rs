//! Certificates as Open Badges 3.0: a credential in a signed token that anybody can check without asking us.
//!
//! Source: 1EdTech, Open Badges Specification 3.0, 8.2 (JSON Web Token proof format); RFC 7515 and 8037 (`EdDSA`); the method
//! `did:key`. What the credential says stands at the top of the payload, beside the claims of a token that the standard asks for.
//! Whoever it was given to stands in it as a salted hash and in no other way.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

mod claims;

pub use claims::{
    Achievement, Credential, Criteria, Evidence, Identity, Issuer, Published, Revoked, RevokedList, Status,
    Subject,
};

/// What makes a key of Ed25519 known as one in `did:key` (the multicodec `ed25519-pub`).
const ED25519: [u8; 2] = [0xed, 0x01];
/// The longest token that is looked at, in bytes.
const LONGEST: usize = 32 * 1024;

/// Why a token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is not a token of three parts with a credential in it.
    #[error("it is not a badge")]
    NotABadge,
    /// It is signed in a way that we do not accept. Only `EdDSA` is: a token never chooses how it is checked.
    #[error("the way of signing is not EdDSA")]
    Algorithm,
    /// Somebody else signed it.
    #[error("it was signed by somebody else")]
    Issuer,
    /// Something was changed after it was signed.
    #[error("the signature does not fit")]
    Signature,
    /// It is not valid yet, or not any more.
    #[error("it is not valid now")]
    Time,
}

/// The head of a token. `kid` is where the key stands in the document of the issuer's name.
#[derive(Serialize, Deserialize)]
struct Head {
    alg: String,
    typ: String,
    kid: String,
}

/// The payload: the claims of a token, and beside them the credential. There is no `sub`: it would have to be the id of the subject, and
/// ours has none.
#[derive(Serialize, Deserialize)]
struct Payload {
    iss: String,
    jti: String,
    nbf: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    exp: Option<i64>,
    #[serde(flatten)]
    credential: Credential,
}

/// The name of a key, `did:key:z…`: the key itself, written so that others can read it from the name.
#[must_use]
pub fn name_of(key: &VerifyingKey) -> String {
    let bytes = [&ED25519[..], key.as_bytes()].concat();
    format!("did:key:z{}", bs58::encode(bytes).into_string())
}

/// The key that a name holds; nothing for a name of another form.
#[must_use]
pub fn key_of(name: &str) -> Option<VerifyingKey> {
    let bytes = bs58::decode(name.strip_prefix("did:key:z")?).into_vec().ok()?;
    VerifyingKey::from_bytes(bytes.strip_prefix(&ED25519)?.try_into().ok()?).ok()
}

/// The salted hash under which somebody stands in a badge: SHA-256 of what identifies her and the salt, in hexadecimal. The salt
/// is in the badge: what is hashed must not be guessable, as a name is.
#[must_use]
pub fn hashed(identity: &str, salt: &str) -> String {
    let digest = Sha256::digest([identity.as_bytes(), salt.as_bytes()].concat());
    let hex: String = digest.iter().map(|b| format!("{b:02x}")).collect();
    format!("sha256${hex}")
}

/// Signs a credential: a token of three parts. `issuer.id` must be the name of `key`. The same credential gives the same token.
///
/// # Errors
/// [`Refused::Issuer`] when the credential names another issuer; [`Refused::NotABadge`] when its days cannot be read.
pub fn sign(key: &SigningKey, credential: &Credential) -> Result<String, Refused> {
    let name = name_of(&key.verifying_key());
    if credential.issuer.id != name {
        return Err(Refused::Issuer);
    }
    let head = Head { alg: "EdDSA".to_owned(), typ: "JWT".to_owned(), kid: own_key(&name) };
    let payload = Payload {
        iss: name,
        jti: credential.id.clone(),
        nbf: second(&credential.valid_from)?,
        exp: credential.valid_until.as_deref().map(second).transpose()?,
        credential: credential.clone(),
    };
    let start = format!("{}.{}", part(&head)?, part(&payload)?);
    let signature = key.sign(start.as_bytes());
    Ok(format!("{start}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes())))
}

/// Checks a token against the issuer's key. `now` is in seconds since 1970. Whether it was revoked since is not in it: ask the list
/// that [`Status`] names.
///
/// # Errors
/// [`Refused`], which says what is wrong.
pub fn verify(token: &str, issuer: &VerifyingKey, now: i64) -> Result<Credential, Refused> {
    let mut parts = token.trim().split('.');
    let (Some(head), Some(body), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Refused::NotABadge);
    };
    if token.len() > LONGEST {
        return Err(Refused::NotABadge);
    }
    let read: Head = unpart(head)?;
    if read.alg != "EdDSA" {
        return Err(Refused::Algorithm);
    }
    let bytes: [u8; 64] =
        URL_SAFE_NO_PAD.decode(signature).ok().and_then(|b| b.try_into().ok()).ok_or(Refused::Signature)?;
    let signed = format!("{head}.{body}");
    // Strict: no other signature than the one that was made fits.
    issuer
        .verify_strict(signed.as_bytes(), &Signature::from_bytes(&bytes))
        .map_err(|_| Refused::Signature)?;
    let payload: Payload = unpart(body)?;
    let name = name_of(issuer);
    if payload.iss != name || payload.credential.issuer.id != name || read.kid != own_key(&name) {
        return Err(Refused::Issuer);
    }
    if now < payload.nbf || payload.exp.is_some_and(|end| end < now) {
        return Err(Refused::Time);
    }
    Ok(payload.credential)
}

/// Where the key stands in the document of a `did:key`.
fn own_key(name: &str) -> String {
    format!("{name}#{}", name.trim_start_matches("did:key:"))
}

fn part<T: Serialize>(value: &T) -> Result<String, Refused> {
    serde_json::to_vec(value).map(|b| URL_SAFE_NO_PAD.encode(b)).map_err(|_| Refused::NotABadge)
}

fn unpart<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T, Refused> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Refused::NotABadge)?;
    serde_json::from_slice(&bytes).map_err(|_| Refused::NotABadge)
}

fn second(moment: &str) -> Result<i64, Refused> {
    moment.parse::<jiff::Timestamp>().map(jiff::Timestamp::as_second).map_err(|_| Refused::NotABadge)
}
