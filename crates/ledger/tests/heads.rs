//! The text of signed heads: what is printed comes back, and nothing else is accepted.

#![expect(clippy::expect_used, reason = "clippy exempts test functions, not their helpers")]

use ceiba_ledger::{HeadError, SignedHead};
use ed25519_dalek::SigningKey;
use proptest::prelude::*;

const ORIGIN: &str = "ceiba.example.org/ledger";

fn key() -> SigningKey {
    SigningKey::from_bytes(&[5; 32])
}

fn head() -> SignedHead {
    SignedHead::sign(ORIGIN, 1234, [0xab; 32], 1_767_225_600_000_000, &key()).expect("fine origin")
}

/// Made by `tests/vectors/make.py` with another implementation of Ed25519, in the C2SP format.
#[test]
fn known_answer() {
    assert_eq!(head().to_string(), include_str!("vectors/head.txt"));
}

#[test]
fn printed_and_read_again() {
    let text = head().to_string();
    assert_eq!(SignedHead::parse(&text), Ok(head()));
    let mailed = format!("\r\n  {}\r\n", text.replace('\n', "\r\n"));
    assert_eq!(mailed.parse(), Ok(head()), "mail adds carriage returns");
    assert_eq!(head().verify(&key().verifying_key()), Ok(()));
}

#[test]
fn another_key_or_text_is_refused() {
    let other = SigningKey::from_bytes(&[6; 32]).verifying_key();
    assert_eq!(head().verify(&other), Err(HeadError::OtherKey));
    let changes: [fn(&mut SignedHead); 4] =
        [|h| h.size += 1, |h| h.root[0] ^= 1, |h| h.at += 1, |h| h.signature[0] ^= 1];
    for change in changes {
        let mut changed = head();
        change(&mut changed);
        assert_eq!(changed.verify(&key().verifying_key()), Err(HeadError::BadSignature));
    }
    let renamed = SignedHead { origin: "other".into(), ..head() };
    assert_eq!(renamed.verify(&key().verifying_key()), Err(HeadError::OtherKey));
}

#[test]
fn other_spellings_are_refused() {
    let text = head().to_string();
    for (from, to) in [
        ("1234", "01234"),
        ("1234", "+1234"),
        ("1234", "-1"),
        ("time ", "time  "),
        ("\n\n", "\n"),
        ("— ", "- "),
        ("— ceiba", "— other"),
        (ORIGIN, ""),
        ("q6ur", "q6u"),
    ] {
        assert!(SignedHead::parse(&text.replacen(from, to, 1)).is_err(), "{from} as {to}");
    }
    assert!(SignedHead::parse(&format!("{text}\nmore")).is_err());
    for origin in ["", "a b", "a+b", "a\nb"] {
        assert!(SignedHead::sign(origin, 0, [0; 32], 0, &key()).is_err());
    }
}

proptest! {
    #[test]
    fn no_changed_character_passes(place in 0usize..200, to: char) {
        let text = head().to_string();
        let mut changed: Vec<char> = text.chars().collect();
        let place = place % changed.len();
        changed[place] = to;
        let changed: String = changed.into_iter().collect();
        let accepted = SignedHead::parse(&changed).is_ok_and(|h| h.verify(&key().verifying_key()).is_ok());
        // White space at the end does not count.
        prop_assert!(!accepted || changed.replace('\r', "").trim() == text.trim());
    }

    #[test]
    fn hostile_text_does_not_stop_the_reader(text: String) {
        prop_assert!(SignedHead::parse(&text).is_err());
    }
}
