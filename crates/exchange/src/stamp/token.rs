//! The response taken apart: whether it was granted, the signed data, and what is said in it.

use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::SignedData;
use der::asn1::{BitString, Int, ObjectIdentifier, OctetString};
use der::{Any, Decode as _, Encode as _, Sequence, Tag, Tagged as _};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use x509_cert::Certificate;
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::{Fault, hex};

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
pub(super) const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
pub(super) const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");

/// `TimeStampResp` of RFC 3161, 2.4.2.
#[derive(Sequence)]
struct Response {
    status: Status,
    token: Option<ContentInfo>,
}

/// `PKIStatusInfo`.
#[derive(Sequence)]
struct Status {
    status: u8,
    text: Option<Vec<Any>>,
    failure: Option<BitString>,
}

/// `MessageImprint`.
#[derive(Sequence)]
struct Imprint {
    algorithm: AlgorithmIdentifierOwned,
    digest: OctetString,
}

/// `Accuracy`.
#[derive(Sequence)]
struct Accuracy {
    seconds: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    millis: Option<Int>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    micros: Option<Int>,
}

/// `TSTInfo`. The time is taken as it stands: the library refuses parts of a second, which authorities write.
#[derive(Sequence)]
struct Written {
    version: u8,
    policy: ObjectIdentifier,
    imprint: Imprint,
    serial: Int,
    at: Any,
    accuracy: Option<Accuracy>,
    #[asn1(default = "no")]
    ordering: bool,
    nonce: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    authority: Option<Any>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    extensions: Option<x509_cert::ext::Extensions>,
}

const fn no() -> bool {
    false
}

/// What a stamp says.
pub(super) struct Info {
    pub(super) imprint: Vec<u8>,
    pub(super) nonce: Vec<u8>,
    pub(super) at: Timestamp,
    pub(super) serial: String,
    pub(super) policy: String,
}

/// The signed data of a response that was granted.
pub(super) fn read(response: &[u8]) -> Result<SignedData, Fault> {
    let response = Response::from_der(response).map_err(|_| Fault::NotResponse)?;
    // 0 is granted, 1 granted with changes; all others are refusals.
    if response.status.status > 1 {
        return Err(Fault::Refused);
    }
    let token = response.token.filter(|t| t.content_type == SIGNED_DATA).ok_or(Fault::NotResponse)?;
    let der = token.content.to_der().map_err(|_| Fault::NotResponse)?;
    let signed = SignedData::from_der(&der).map_err(|_| Fault::NotResponse)?;
    if signed.encap_content_info.econtent_type == TST_INFO { Ok(signed) } else { Err(Fault::NotResponse) }
}

/// The bytes that were signed over.
pub(super) fn content(signed: &SignedData) -> Result<&[u8], Fault> {
    let content = signed.encap_content_info.econtent.as_ref();
    content.filter(|c| c.tag() == Tag::OctetString).map(Any::value).ok_or(Fault::NotResponse)
}

pub(super) fn info(signed: &SignedData) -> Result<Info, Fault> {
    let written = Written::from_der(content(signed)?).map_err(|_| Fault::NotResponse)?;
    if written.version != 1 || written.at.tag() != Tag::GeneralizedTime {
        return Err(Fault::NotResponse);
    }
    if written.imprint.algorithm.oid != SHA_256 {
        return Err(Fault::OtherFile);
    }
    Ok(Info {
        imprint: written.imprint.digest.as_bytes().to_vec(),
        nonce: written.nonce.map(|n| n.as_bytes().to_vec()).unwrap_or_default(),
        at: instant(written.at.value()).ok_or(Fault::NotResponse)?,
        serial: hex(written.serial.as_bytes()),
        policy: written.policy.to_string(),
    })
}

/// `YYYYMMDDhhmmss[.f…]Z`, to the second.
fn instant(text: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    if part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit()) || whole.len() != 14 {
        return None;
    }
    let at = DateTime::strptime("%Y%m%d%H%M%S", whole).ok()?;
    at.to_zoned_datetime(TimeZone::UTC).ok().map(|z| z.timestamp())
}

/// The certificates that came with it.
pub(super) fn certificates(signed: &SignedData) -> Vec<Certificate> {
    let all = signed.certificates.iter().flat_map(|set| set.0.iter());
    all.filter_map(|c| match c {
        CertificateChoices::Certificate(c) => Some(c.clone()),
        CertificateChoices::Other(_) => None,
    })
    .take(20)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_read_with_and_without_parts_of_a_second() {
        let at = |t: &str| instant(t.as_bytes()).map(|t| t.to_string());
        assert_eq!(at("20261123163719Z").as_deref(), Some("2026-11-23T16:37:19Z"));
        assert_eq!(at("20261123163719.034Z").as_deref(), Some("2026-11-23T16:37:19Z"));
        for bad in ["20261123163719", "20261123163719.Z", "20261323163719Z", "2026112316371Z", "", "ZZ"] {
            assert_eq!(at(bad), None, "{bad}");
        }
    }
}
