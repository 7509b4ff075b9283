//! Time stamps (RFC 3161): the request as a file, and what comes back, verified. Who carries them is not our matter.
//!
//! A stamp says that an authority saw the fingerprint of a file at an instant. Everything that says so is checked here: the
//! fingerprint, the number of the request, the signature, the certificates up to one that somebody trusts, and that they held then.

use std::fmt::Write as _;

use der::{Decode as _, Encode as _};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use x509_cert::Certificate;

mod chain;
mod sign;
mod token;

/// The largest response or certificate file, in bytes.
pub const LARGEST: usize = 128 << 10;

/// Why a response is no stamp of this file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is no answer of a time-stamp authority.
    #[error("it is no response of a time-stamp authority")]
    NotResponse,
    /// The authority answered that it does not stamp this.
    #[error("the authority refused")]
    Refused,
    /// It is a stamp of another file.
    #[error("it stamps another file")]
    OtherFile,
    /// It answers another request.
    #[error("it answers another request")]
    OtherRequest,
    /// Its certificate is neither in it nor beside it.
    #[error("the certificate it was signed with is missing")]
    NoCertificate,
    /// The file brought as a certificate is none.
    #[error("the file is no certificate")]
    NotCertificate,
    /// The signature is not of this certificate over this stamp.
    #[error("the signature does not hold")]
    Signature,
    /// The certificate is not for time stamps.
    #[error("the certificate is not for time stamps")]
    Purpose,
    /// A certificate did not hold at that instant.
    #[error("a certificate did not hold at that time")]
    Expired,
    /// No line of certificates leads to one that was brought as trusted.
    #[error("the certificates do not lead to a trusted one")]
    Chain,
    /// It is made with something that is not checked here.
    #[error("it uses something that cannot be checked")]
    Unsupported,
}

/// A certificate by name and fingerprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Whose it is, as it says itself.
    pub name: String,
    /// SHA-256 of it, in hexadecimal digits.
    pub sha256: String,
}

/// What a stamp says, once everything held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The authority's clock when it saw the fingerprint.
    pub at: Timestamp,
    /// Number of the stamp with this authority, in hexadecimal digits.
    pub serial: String,
    /// Under which policy of the authority.
    pub policy: String,
    /// Who signed.
    pub signer: Named,
    /// The certificate at which the line ends.
    pub anchor: Named,
    /// Whether that one was brought as trusted; it came with the stamp otherwise, and says nothing until somebody compares it.
    pub trusted: bool,
}

/// A request for the stamp of a fingerprint. `nonce` tells its answer from those to others.
#[must_use]
pub fn request(sha256: &[u8; 32], nonce: &[u8]) -> Vec<u8> {
    // SHA-256 with its parameters, as RFC 3161 has it: an object of nine bytes and a null.
    const IMPRINT: [u8; 19] = [
        0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
        0x04, 0x20,
    ];
    let number = positive(nonce);
    let mut inside = vec![0x02, 0x01, 0x01];
    inside.extend(IMPRINT);
    inside.extend(sha256);
    inside.push(0x02);
    inside.push(u8::try_from(number.len()).unwrap_or(u8::MAX));
    inside.extend(number);
    // The certificate must be in the answer.
    inside.extend([0x01, 0x01, 0xff]);
    let mut out = vec![0x30, u8::try_from(inside.len()).unwrap_or(u8::MAX)];
    out.extend(inside);
    out
}

/// A number without a sign as ASN.1 has it, of at most sixteen bytes.
fn positive(bytes: &[u8]) -> Vec<u8> {
    let zeros = bytes.iter().take_while(|b| **b == 0).count();
    let rest = &bytes[zeros..bytes.len().min(zeros + 16)];
    let sign = rest.first().is_none_or(|b| b & 0x80 != 0);
    let mut out = if sign { vec![0] } else { vec![] };
    out.extend(rest);
    out
}

/// Verifies a response: that it stamps this fingerprint, answers this request, and is signed by an authority whose line of
/// certificates ends at one of `trusted` (PEM or DER; empty: at one that came with it and signed itself).
///
/// # Errors
/// Names what does not hold; of several the first.
pub fn verify(response: &[u8], sha256: &[u8; 32], nonce: &[u8], trusted: &[u8]) -> Result<Stamp, Fault> {
    if response.len() > LARGEST || trusted.len() > LARGEST {
        return Err(Fault::NotResponse);
    }
    let brought = certificates(trusted)?;
    let signed = token::read(response)?;
    let info = token::info(&signed)?;
    if info.imprint != sha256 {
        return Err(Fault::OtherFile);
    }
    if info.nonce != positive(nonce) {
        return Err(Fault::OtherRequest);
    }
    let inside = token::certificates(&signed);
    let all: Vec<&Certificate> = inside.iter().chain(&brought).collect();
    let signer = sign::check(&signed, &all)?;
    let (anchor, trusted) = chain::climb(signer, &inside, &brought, info.at)?;
    Ok(Stamp {
        at: info.at,
        serial: info.serial,
        policy: info.policy,
        signer: named(signer)?,
        anchor: named(anchor)?,
        trusted,
    })
}

/// The certificates of a file, PEM or DER; none when it is empty.
fn certificates(file: &[u8]) -> Result<Vec<Certificate>, Fault> {
    if file.is_empty() {
        return Ok(vec![]);
    }
    if let Ok(one) = Certificate::from_der(file) {
        return Ok(vec![one]);
    }
    let all = Certificate::load_pem_chain(file).map_err(|_| Fault::NotCertificate)?;
    if all.is_empty() || all.len() > 10 { Err(Fault::NotCertificate) } else { Ok(all) }
}

fn named(c: &Certificate) -> Result<Named, Fault> {
    let der = c.to_der().map_err(|_| Fault::NotCertificate)?;
    Ok(Named { name: c.tbs_certificate().subject().to_string(), sha256: hex(&Sha256::digest(der)) })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}
