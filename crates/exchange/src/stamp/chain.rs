//! From the signer's certificate to one that is trusted: each signed by the next, each held at the instant, each may do it.

use der::asn1::ObjectIdentifier;
use jiff::Timestamp;
use x509_cert::Certificate;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};

use super::{Fault, sign};

const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");
/// What may be said to be critical: key usage, basic constraints, policies, extended key usage. Of others nobody here knows what
/// they forbid.
const KNOWN: [ObjectIdentifier; 4] = [
    ObjectIdentifier::new_unwrap("2.5.29.15"),
    ObjectIdentifier::new_unwrap("2.5.29.19"),
    ObjectIdentifier::new_unwrap("2.5.29.32"),
    ObjectIdentifier::new_unwrap("2.5.29.37"),
];
/// So many certificates may stand between the signer and the one that is trusted.
const DEEPEST: usize = 6;

/// The certificate at which the line ends, and whether it was brought as trusted.
pub(super) fn climb<'c>(
    signer: &'c Certificate,
    inside: &'c [Certificate],
    brought: &'c [Certificate],
    at: Timestamp,
) -> Result<(&'c Certificate, bool), Fault> {
    for_stamps(signer)?;
    let mut now = signer;
    for below in 0..=DEEPEST {
        held(now, at)?;
        if brought.contains(now) {
            return Ok((now, true));
        }
        let itself = now.tbs_certificate().issuer() == now.tbs_certificate().subject();
        if brought.is_empty() && itself && sign::signed_by(now, now).is_ok() {
            return Ok((now, false));
        }
        let issuer = now.tbs_certificate().issuer();
        // Of several with one name the one whose key it was.
        let above = inside.iter().chain(brought).find(|c| {
            c.tbs_certificate().subject() == issuer && *c != now && sign::signed_by(now, c).is_ok()
        });
        now = above.ok_or(Fault::Chain)?;
        may_sign(now, below)?;
    }
    Err(Fault::Chain)
}

fn held(c: &Certificate, at: Timestamp) -> Result<(), Fault> {
    let validity = c.tbs_certificate().validity();
    let seconds = u64::try_from(at.as_second()).map_err(|_| Fault::Expired)?;
    let from = validity.not_before.to_unix_duration().as_secs();
    let until = validity.not_after.to_unix_duration().as_secs();
    let unknown = c
        .tbs_certificate()
        .extensions()
        .is_some_and(|all| all.iter().any(|e| e.critical && !KNOWN.contains(&e.extn_id)));
    if unknown {
        return Err(Fault::Unsupported);
    }
    if (from..=until).contains(&seconds) { Ok(()) } else { Err(Fault::Expired) }
}

/// RFC 3161, 2.3: for time stamps and for nothing else, and that must be critical.
fn for_stamps(c: &Certificate) -> Result<(), Fault> {
    let tbs = c.tbs_certificate();
    let only = matches!(
        tbs.get_extension::<ExtendedKeyUsage>(),
        Ok(Some((true, usage))) if usage.0 == [TIME_STAMPING]
    );
    let signs = match tbs.get_extension::<KeyUsage>() {
        Ok(None) => true,
        Ok(Some((_, usage))) => usage.digital_signature() || usage.non_repudiation(),
        Err(_) => false,
    };
    if only && signs { Ok(()) } else { Err(Fault::Purpose) }
}

/// Whether it may sign certificates, with so many of others below it.
fn may_sign(c: &Certificate, below: usize) -> Result<(), Fault> {
    let tbs = c.tbs_certificate();
    let authority = match tbs.get_extension::<BasicConstraints>() {
        Ok(Some((_, b))) => b.ca && b.path_len_constraint.is_none_or(|most| below <= usize::from(most)),
        _ => false,
    };
    let signs = match tbs.get_extension::<KeyUsage>() {
        Ok(None) => true,
        Ok(Some((_, usage))) => usage.key_cert_sign(),
        Err(_) => false,
    };
    if authority && signs { Ok(()) } else { Err(Fault::Chain) }
}
