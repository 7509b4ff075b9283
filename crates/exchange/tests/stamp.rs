//! Acceptance test E1 of the standards: a stamp holds for its file and for no other, and every part of it must hold.

use ceiba_exchange::stamp::{self, Fault, Stamp};
use sha2::{Digest as _, Sha256};

const EVIDENCE: &[u8] = include_bytes!("vectors/rfc3161/evidence.txt");
const TAMPERED: &[u8] = include_bytes!("vectors/rfc3161/evidence_tampered.txt");
const REQUEST: &[u8] = include_bytes!("vectors/rfc3161/request.tsq");
const RESPONSE: &[u8] = include_bytes!("vectors/rfc3161/response.tsr");
const AUTHORITY: &[u8] = include_bytes!("vectors/rfc3161/tsa.pem");
const NONCE: [u8; 8] = [0xbd, 0x6a, 0x6e, 0xe1, 0xbc, 0x84, 0xdf, 0xd4];

fn print(file: &[u8]) -> [u8; 32] {
    Sha256::digest(file).into()
}

fn verify(response: &[u8], file: &[u8], trusted: &[u8]) -> Result<Stamp, Fault> {
    stamp::verify(response, &print(file), &NONCE, trusted)
}

#[test]
fn e1_the_request_is_the_one_of_the_vector() {
    assert_eq!(stamp::request(&print(EVIDENCE), &NONCE), REQUEST);
    // A number whose first bit is not set needs no sign; zeros before it are not written.
    let small = stamp::request(&print(EVIDENCE), &[0, 0, 0x12, 0x34]);
    assert_eq!(small[small.len() - 7..], [0x02, 0x02, 0x12, 0x34, 0x01, 0x01, 0xff]);
    assert_eq!(usize::from(small[1]), small.len() - 2);
}

#[test]
fn e1_the_response_holds_for_the_file_and_not_for_another() {
    let held = verify(RESPONSE, EVIDENCE, AUTHORITY).unwrap();
    assert_eq!(held.at.to_string(), "2026-11-23T16:37:19Z");
    assert_eq!((held.serial.as_str(), held.signer.name.as_str()), ("02", "CN=Test TSA (vectors only)"));
    assert_eq!(held.anchor, held.signer);
    assert!(held.trusted);
    assert_eq!(held.signer.sha256, "e157f93133c195043072344e0605a4dbaf81d940fc669892f62258d855baccd9");
    assert_eq!(verify(RESPONSE, TAMPERED, AUTHORITY), Err(Fault::OtherFile));
    // Without a certificate that somebody brought the line ends at the one that came with it, and the answer says so.
    let alone = verify(RESPONSE, EVIDENCE, b"").unwrap();
    assert!(!alone.trusted);
    assert_eq!(alone.anchor, held.anchor);
}

#[test]
fn an_answer_to_another_request_or_of_another_authority_is_refused() {
    let other = stamp::verify(RESPONSE, &print(EVIDENCE), &[1; 8], AUTHORITY);
    assert_eq!(other, Err(Fault::OtherRequest));
    for (trusted, fault) in [
        (&include_bytes!("vectors/rfc3161/other.pem")[..], Fault::Chain),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", Fault::NotCertificate),
        (b"hola", Fault::NotCertificate),
    ] {
        assert_eq!(verify(RESPONSE, EVIDENCE, trusted), Err(fault));
    }
}

#[test]
fn no_bit_of_it_can_be_changed() {
    // What is not signed is only the shell (versions, parameters that are empty, the list of digests); and where the certificate was
    // brought as well, the name and number of the copy inside, which is then not the one that is used.
    for (trusted, most) in [(&b""[..], 20), (AUTHORITY, 80)] {
        let whole = verify(RESPONSE, EVIDENCE, trusted).unwrap();
        let mut held = 0;
        for n in 0..RESPONSE.len() {
            let mut changed = RESPONSE.to_vec();
            changed[n] ^= 1;
            if let Ok(stamp) = verify(&changed, EVIDENCE, trusted) {
                held += 1;
                assert_eq!(stamp, whole, "byte {n} says something else");
            }
            assert!(verify(&RESPONSE[..n], EVIDENCE, trusted).is_err(), "cut at {n}");
        }
        assert!(held <= most, "{held} bytes may be changed without being noticed");
    }
}

#[test]
fn what_is_no_response_is_told_apart() {
    for none in [&b""[..], b"hola", REQUEST, EVIDENCE, AUTHORITY] {
        assert_eq!(verify(none, EVIDENCE, AUTHORITY), Err(Fault::NotResponse));
    }
    // «rejection», with a text.
    assert_eq!(verify(&[0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02], EVIDENCE, AUTHORITY), Err(Fault::Refused));
    assert_eq!(verify(&vec![0x30; stamp::LARGEST + 1], EVIDENCE, AUTHORITY), Err(Fault::NotResponse));
    // Nested deeper than anything that was signed.
    assert_eq!(verify(&[0x30, 0x80].repeat(20_000), EVIDENCE, AUTHORITY), Err(Fault::NotResponse));
}
