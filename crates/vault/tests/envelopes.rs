//! Sealed values open in their place, with their key, as they were; and in no other way.

use ceiba_vault::{Address, CompartmentKey, OfficeKey, VaultError};
use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng;
use proptest::prelude::*;
use uuid::Uuid;

fn rng(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

fn address() -> Address<'static> {
    Address {
        tenant: Uuid::from_u128(1),
        table: "person",
        row: Uuid::from_u128(2),
        field: "name",
        schema: 1,
        compartment: "core",
        version: 9,
    }
}

/// Every neighbour a value could be moved to.
fn elsewhere() -> Vec<Address<'static>> {
    let here = address();
    vec![
        Address { tenant: Uuid::from_u128(7), ..here },
        Address { table: "alert", ..here },
        Address { row: Uuid::from_u128(7), ..here },
        Address { field: "alias", ..here },
        Address { schema: 2, ..here },
        Address { compartment: "therapy", ..here },
        Address { version: 8, ..here },
        Address { version: 10, ..here },
        // The same letters, otherwise divided.
        Address { table: "personn", field: "ame", ..here },
        Address { tenant: here.row, row: here.tenant, ..here },
    ]
}

proptest! {
    #[test]
    fn round_trip(seed: u8, generation: u32, plaintext: Vec<u8>, version: i64, field: String, table: String) {
        let mut rng = rng(seed);
        let key = CompartmentKey::random(&mut rng, generation);
        let address = Address { version, field: &field, table: &table, ..address() };
        let sealed = key.seal(&mut rng, &address, &plaintext)?;
        prop_assert_eq!(sealed.len(), plaintext.len() + 45);
        prop_assert_eq!(&*key.open(&address, &sealed)?, &plaintext);
        prop_assert_ne!(key.seal(&mut rng, &address, &plaintext)?, sealed, "a fresh nonce each time");
    }

    #[test]
    fn any_flipped_bit_is_an_error(plaintext: Vec<u8>, bit: prop::sample::Index) {
        let mut rng = rng(1);
        let key = CompartmentKey::random(&mut rng, 1);
        let mut sealed = key.seal(&mut rng, &address(), &plaintext)?;
        let bit = bit.index(sealed.len() * 8);
        sealed[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(key.open(&address(), &sealed).is_err());
    }

    #[test]
    fn any_other_length_is_an_error(plaintext: Vec<u8>, cut: prop::sample::Index, more in 1usize..40) {
        let mut rng = rng(1);
        let key = CompartmentKey::random(&mut rng, 1);
        let mut sealed = key.seal(&mut rng, &address(), &plaintext)?;
        prop_assert!(key.open(&address(), &sealed[..cut.index(sealed.len())]).is_err());
        sealed.resize(sealed.len() + more, 0);
        prop_assert!(key.open(&address(), &sealed).is_err());
    }

    #[test]
    fn hostile_bytes_are_an_error(sealed: Vec<u8>) {
        let key = CompartmentKey::random(&mut rng(1), 1);
        prop_assert!(key.open(&address(), &sealed).is_err());
        let office = OfficeKey::random(&mut rng(2));
        prop_assert!(office.open_small("totp", b"", &sealed).is_err());
    }

    #[test]
    fn small_values(seed: u8, label: String, aad: Vec<u8>, plaintext: Vec<u8>, bit: prop::sample::Index) {
        let mut rng = rng(seed);
        let office = OfficeKey::random(&mut rng);
        let mut sealed = office.seal_small(&mut rng, &label, &aad, &plaintext)?;
        prop_assert_eq!(&*office.open_small(&label, &aad, &sealed)?, &plaintext);
        prop_assert!(office.open_small(&(label.clone() + "x"), &aad, &sealed).is_err());
        prop_assert!(office.open_small(&label, &[aad.as_slice(), b"x"].concat(), &sealed).is_err());
        let bit = bit.index(sealed.len() * 8);
        sealed[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(office.open_small(&label, &aad, &sealed).is_err());
    }
}

#[test]
fn a_moved_value_does_not_open() {
    let mut rng = rng(1);
    let key = CompartmentKey::random(&mut rng, 1);
    let sealed = key.seal(&mut rng, &address(), b"Ixchel").expect("seals");
    assert!(key.open(&address(), &sealed).is_ok());
    for place in elsewhere() {
        assert!(matches!(key.open(&place, &sealed), Err(VaultError::Damaged)), "{place:?}");
    }
}

#[test]
fn a_former_version_put_back_does_not_open() {
    let mut rng = rng(1);
    let key = CompartmentKey::random(&mut rng, 1);
    let former = key.seal(&mut rng, &address(), b"shelter 1").expect("seals");
    let now = Address { version: 10, ..address() };
    assert!(matches!(key.open(&now, &former), Err(VaultError::Damaged)));
}

#[test]
fn wrong_keys_generations_and_suites_have_their_own_errors() {
    let mut rng = rng(1);
    let key = CompartmentKey::random(&mut rng, 1);
    let mut sealed = key.seal(&mut rng, &address(), b"Ixchel").expect("seals");
    let other = CompartmentKey::random(&mut rng, 1);
    assert!(matches!(other.open(&address(), &sealed), Err(VaultError::Damaged)));
    let next = CompartmentKey::random(&mut rng, 2);
    let wrong = next.open(&address(), &sealed);
    assert!(matches!(wrong, Err(VaultError::WrongGeneration { expected: 2, found: 1 })));
    for suite in [0, 2, 3, 255] {
        sealed[0] = suite;
        assert!(matches!(key.open(&address(), &sealed), Err(VaultError::UnknownSuite(n)) if n == suite));
    }
    let office = OfficeKey::random(&mut rng);
    let small = office.seal_small(&mut rng, "totp", b"", b"x").expect("seals");
    let stranger = OfficeKey::random(&mut rng);
    let Err(VaultError::WrongKey { expected, found }) = stranger.open_small("totp", b"", &small) else {
        panic!("should name both keys")
    };
    assert_eq!((expected, found), (stranger.fingerprint(), office.fingerprint()));
}

#[test]
fn blind_indexes_differ_by_field_value_and_office() {
    let office = OfficeKey::from_bytes([1; 32]);
    let index = office.blind("document", "123");
    assert_eq!(index, office.blind("document", "123"));
    assert_ne!(index, office.blind("phone", "123"));
    assert_ne!(index, office.blind("document", "124"));
    assert_ne!(index, OfficeKey::from_bytes([2; 32]).blind("document", "123"));
    assert_ne!(office.token_hash(b"x"), office.ledger_tag(b"x"));
}

#[test]
fn messages_and_debug_hold_no_secret() {
    let office = OfficeKey::from_bytes([0xab; 32]);
    let key = CompartmentKey::from_parts(1, ceiba_vault::Key::from_bytes([0xab; 32]));
    for text in [format!("{office:?}"), format!("{key:?}"), format!("{:?}", VaultError::Damaged)] {
        assert!(!text.contains("171") && !text.to_lowercase().contains("abab"), "{text}");
    }
}
