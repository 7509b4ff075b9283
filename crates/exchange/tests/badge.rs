//! A certificate as a badge: equal in shape to the standard's example, checked by anybody, refused when one byte is another.

use ceiba_exchange::badge::{
    Achievement, Credential, Identity, Issuer, Refused, Status, Subject, hashed, key_of, name_of, sign,
    verify,
};
use ed25519_dalek::SigningKey;
use serde_json::Value;
use uuid::Uuid;

/// In January of 2027.
const NOW: i64 = 1_800_000_000;

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn example(issuer: &str) -> Credential {
    let achievement = Achievement::course(
        "https://example.org/cursos/icv-40".to_owned(),
        "Investigación centrada en la víctima".to_owned(),
        "Curso de 40 horas con evaluación final.".to_owned(),
        "Asistencia de 90 % y nota de 70 o más.".to_owned(),
        "es-GT",
    );
    let identity = Identity::new("emailAddress", "persona@example.org", "sal".to_owned());
    let mut credential = Credential::new(
        Uuid::from_u128(0x2000_0000_0000_4000_8000_0000_0000_0001),
        "Investigación centrada en la víctima (40 h)".to_owned(),
        Issuer::new(issuer.to_owned(), "Red ejemplo".to_owned()),
        "2026-11-20T00:00:00Z".to_owned(),
        Subject::new(identity, achievement),
    );
    credential.valid_until = Some("2029-11-20T00:00:00Z".to_owned());
    credential
}

#[test]
fn the_shape_is_that_of_the_published_example() {
    let mut wanted: Value =
        serde_json::from_str(include_str!("vectors/achievement_unsigned.json")).expect("json");
    let mut made = serde_json::to_value(example("did:web:example.org")).expect("json");
    // Of whom the example's hash is, it does not say.
    for v in [&mut wanted, &mut made] {
        v["credentialSubject"]["identifier"][0]["identityHash"] = Value::Null;
    }
    assert_eq!(made, wanted);
    let read: Credential =
        serde_json::from_str(include_str!("vectors/achievement_unsigned.json")).expect("read");
    assert_eq!(read.credential_subject.achievement.achievement_type, "Certificate");
}

#[test]
fn what_we_sign_verifies_and_any_other_byte_is_refused() {
    let key = key();
    let mut credential = example(&name_of(&key.verifying_key()));
    credential.credential_status =
        Some(Status::list("https://example.org/constancia/revocadas.json".to_owned()));
    let token = sign(&key, &credential).expect("signs");
    assert_eq!(token, sign(&key, &credential).expect("signs"), "the same every time");
    assert_eq!(verify(&token, &key.verifying_key(), NOW), Ok(credential));
    for at in 0..token.len() {
        let mut bytes = token.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).expect("ascii");
        let refused = verify(&changed, &key.verifying_key(), NOW);
        assert!(!matches!(refused, Ok(_) | Err(Refused::Time)), "byte {at}: {refused:?}");
    }
}

#[test]
fn another_key_another_way_and_another_time_are_refused() {
    let (key, other) = (key(), SigningKey::from_bytes(&[8; 32]));
    let token = sign(&key, &example(&name_of(&key.verifying_key()))).expect("signs");
    assert_eq!(verify(&token, &other.verifying_key(), NOW), Err(Refused::Signature));
    assert_eq!(sign(&other, &example(&name_of(&key.verifying_key()))), Err(Refused::Issuer));
    assert_eq!(verify(&token, &key.verifying_key(), 0), Err(Refused::Time));
    assert_eq!(verify(&token, &key.verifying_key(), 4_000_000_000), Err(Refused::Time));
    // {"alg":"none"}: what a token says of itself is no reason to trust it.
    let (_, rest) = token.split_once('.').expect("parts");
    let none = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIiwia2lkIjoiIn0.{rest}");
    assert_eq!(verify(&none, &key.verifying_key(), NOW), Err(Refused::Algorithm));
    for text in ["", "a.b", "a.b.c", "a.b.c.d", "{}", &"x".repeat(100_000)] {
        assert!(verify(text, &key.verifying_key(), NOW).is_err());
    }
}

#[test]
fn a_key_is_read_from_its_name() {
    let key = key().verifying_key();
    assert_eq!(key_of(&name_of(&key)), Some(key));
    // The published test vector of the method `did:key` for Ed25519.
    let known = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";
    assert_eq!(key_of(known).map(|k| name_of(&k)).as_deref(), Some(known));
    assert_eq!(key_of("did:web:example.org"), None);
}

#[test]
fn nobody_stands_in_it_in_clear() {
    let text = serde_json::to_string(&example("did:web:example.org")).expect("json");
    assert!(!text.contains("persona"));
    // Computed with sha256sum.
    assert_eq!(hashed("a", "sal"), "sha256$183bd29192c3ec4d68808646001f1e641ff2edf03fc330ecd36ff6f1b3249c82");
}
