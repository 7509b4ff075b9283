//! Signatures: of the stamp itself, and of one certificate over another. The arithmetic is ring's, which speaks TLS here already.

use cms::cert::IssuerAndSerialNumber;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{ObjectIdentifier, OctetString};
use der::{Any, Decode, Encode as _, Sequence};
use ring::digest;
use ring::signature::{self as algorithms, UnparsedPublicKey, VerificationAlgorithm};
use x509_cert::Certificate;
use x509_cert::ext::pkix::SubjectKeyIdentifier;
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::Fault;
use super::token::{SHA_256, TST_INFO, content};

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

const SHA_384: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.2");
const SHA_512: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.3");
const RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
const RSA_256: ObjectIdentifier = oid("1.2.840.113549.1.1.11");
const RSA_384: ObjectIdentifier = oid("1.2.840.113549.1.1.12");
const RSA_512: ObjectIdentifier = oid("1.2.840.113549.1.1.13");
const EC: ObjectIdentifier = oid("1.2.840.10045.2.1");
const ECDSA_256: ObjectIdentifier = oid("1.2.840.10045.4.3.2");
const ECDSA_384: ObjectIdentifier = oid("1.2.840.10045.4.3.3");
const P_256: ObjectIdentifier = oid("1.2.840.10045.3.1.7");
const P_384: ObjectIdentifier = oid("1.3.132.0.34");

const CONTENT_TYPE: ObjectIdentifier = oid("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = oid("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE: ObjectIdentifier = oid("1.2.840.113549.1.9.16.2.12");
const SIGNING_CERTIFICATE_2: ObjectIdentifier = oid("1.2.840.113549.1.9.16.2.47");

/// `ESSCertIDv2` of RFC 5035.
#[derive(Sequence)]
struct Second {
    algorithm: Option<AlgorithmIdentifierOwned>,
    hash: OctetString,
    issuer: Option<Any>,
}

#[derive(Sequence)]
struct SecondAll {
    certs: Vec<Second>,
    policies: Option<Any>,
}

/// `ESSCertID` of RFC 2634, with SHA-1.
#[derive(Sequence)]
struct First {
    hash: OctetString,
    issuer: Option<Any>,
}

#[derive(Sequence)]
struct FirstAll {
    certs: Vec<First>,
    policies: Option<Any>,
}

/// The certificate that signed this stamp, when the signature and everything signed beside the stamp hold.
pub(super) fn check<'c>(signed: &SignedData, all: &[&'c Certificate]) -> Result<&'c Certificate, Fault> {
    // A stamp has one signature, its authority's.
    let mut infos = signed.signer_infos.0.iter();
    let (Some(info), None) = (infos.next(), infos.next()) else { return Err(Fault::NotResponse) };
    let signer = all.iter().find(|c| is(c, &info.sid)).ok_or(Fault::NoCertificate)?;
    let attributes = info.signed_attrs.as_ref().ok_or(Fault::Signature)?;
    let one = |id: ObjectIdentifier| {
        let mut found = attributes.iter().filter(|a| a.oid == id);
        let (attribute, None) = (found.next()?, found.next()) else { return None };
        let mut values = attribute.values.iter();
        let (value, None) = (values.next()?, values.next()) else { return None };
        value.to_der().ok()
    };
    let kind = one(CONTENT_TYPE).and_then(|v| ObjectIdentifier::from_der(&v).ok());
    let digest = one(MESSAGE_DIGEST).and_then(|v| OctetString::from_der(&v).ok());
    let over = hash(info.digest_alg.oid, content(signed)?).ok_or(Fault::Unsupported)?;
    if kind != Some(TST_INFO) || digest.is_none_or(|d| d.as_bytes() != over.as_ref()) {
        return Err(Fault::Signature);
    }
    // The stamp itself says which certificate it was signed with: another with the same name and key is another.
    let der = signer.to_der().map_err(|_| Fault::NotCertificate)?;
    let named = one(SIGNING_CERTIFICATE_2).map_or_else(
        || one(SIGNING_CERTIFICATE).is_some_and(|v| first_names(&v, &der)),
        |v| second_names(&v, &der),
    );
    if !named {
        return Err(Fault::Signature);
    }
    let message = attributes.to_der().map_err(|_| Fault::Signature)?;
    let algorithm = of_stamp(info, signer)?;
    verify(signer, algorithm, &message, info.signature.as_bytes())?;
    Ok(signer)
}

fn is(c: &Certificate, sid: &SignerIdentifier) -> bool {
    let tbs = c.tbs_certificate();
    match sid {
        SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber { issuer, serial_number }) => {
            tbs.issuer() == issuer && tbs.serial_number() == serial_number
        }
        SignerIdentifier::SubjectKeyIdentifier(id) => {
            matches!(tbs.get_extension::<SubjectKeyIdentifier>(), Ok(Some((_, own))) if own == *id)
        }
    }
}

fn hash(algorithm: ObjectIdentifier, bytes: &[u8]) -> Option<digest::Digest> {
    let algorithm = match algorithm {
        SHA_256 => &digest::SHA256,
        SHA_384 => &digest::SHA384,
        SHA_512 => &digest::SHA512,
        _ => return None,
    };
    Some(digest::digest(algorithm, bytes))
}

fn second_names(value: &[u8], der: &[u8]) -> bool {
    let Ok(all) = SecondAll::from_der(value) else { return false };
    let Some(first) = all.certs.first() else { return false };
    let algorithm = first.algorithm.as_ref().map_or(SHA_256, |a| a.oid);
    hash(algorithm, der).is_some_and(|h| h.as_ref() == first.hash.as_bytes())
}

/// SHA-1 only says here which certificate is meant; that it is this one the signature says.
fn first_names(value: &[u8], der: &[u8]) -> bool {
    let Ok(all) = FirstAll::from_der(value) else { return false };
    let own = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, der);
    all.certs.first().is_some_and(|first| first.hash.as_bytes() == own.as_ref())
}

/// What a stamp is signed with. Some name only the key and leave the digest to its own field.
fn of_stamp(info: &SignerInfo, signer: &Certificate) -> Result<&'static dyn VerificationAlgorithm, Fault> {
    let named = match (info.signature_algorithm.oid, info.digest_alg.oid) {
        (RSA, SHA_256) => RSA_256,
        (RSA, SHA_384) => RSA_384,
        (RSA, SHA_512) => RSA_512,
        (other, _) => other,
    };
    algorithm(named, signer)
}

fn algorithm(
    named: ObjectIdentifier,
    signer: &Certificate,
) -> Result<&'static dyn VerificationAlgorithm, Fault> {
    let key = &signer.tbs_certificate().subject_public_key_info().algorithm;
    let curve = key.parameters.as_ref().and_then(|p| p.decode_as::<ObjectIdentifier>().ok());
    let found: &'static dyn VerificationAlgorithm = match (named, key.oid, curve) {
        (RSA_256, RSA, _) => &algorithms::RSA_PKCS1_2048_8192_SHA256,
        (RSA_384, RSA, _) => &algorithms::RSA_PKCS1_2048_8192_SHA384,
        (RSA_512, RSA, _) => &algorithms::RSA_PKCS1_2048_8192_SHA512,
        (ECDSA_256, EC, Some(P_256)) => &algorithms::ECDSA_P256_SHA256_ASN1,
        (ECDSA_384, EC, Some(P_256)) => &algorithms::ECDSA_P256_SHA384_ASN1,
        (ECDSA_256, EC, Some(P_384)) => &algorithms::ECDSA_P384_SHA256_ASN1,
        (ECDSA_384, EC, Some(P_384)) => &algorithms::ECDSA_P384_SHA384_ASN1,
        _ => return Err(Fault::Unsupported),
    };
    Ok(found)
}

fn verify(
    by: &Certificate,
    algorithm: &'static dyn VerificationAlgorithm,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Fault> {
    let key = &by.tbs_certificate().subject_public_key_info().subject_public_key;
    let key = key.as_bytes().ok_or(Fault::Signature)?;
    UnparsedPublicKey::new(algorithm, key).verify(message, signature).map_err(|_| Fault::Signature)
}

/// Whether a certificate was signed with the key of another.
pub(super) fn signed_by(c: &Certificate, by: &Certificate) -> Result<(), Fault> {
    let message = c.tbs_certificate().to_der().map_err(|_| Fault::NotCertificate)?;
    let signature = c.signature().as_bytes().ok_or(Fault::Signature)?;
    verify(by, algorithm(c.signature_algorithm().oid, by)?, &message, signature)
}
