//! What passwords open: the office lock, people's keys, and the password hashes themselves.

use ceiba_vault::{
    Cost, OfficeKey, PersonSecret, VaultError, lock_office, office_lock, password, unlock_office,
};
use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng;
use proptest::prelude::*;

fn rng(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

#[test]
fn the_office_opens_with_its_passphrase_only() {
    let mut rng = rng(1);
    let key = OfficeKey::random(&mut rng);
    let blob = lock_office(&mut rng, &key, "cinco ceibas altas", Cost::TEST).expect("locks");
    assert_eq!(blob.len(), 117);
    assert_eq!(unlock_office(&blob, "cinco ceibas altas").expect("opens"), key);
    for wrong in ["", "cinco ceibas alta", "Cinco ceibas altas", "cinco ceibas altas "] {
        assert!(matches!(unlock_office(&blob, wrong), Err(VaultError::WrongPassphrase)));
    }
    assert_eq!(office_lock::stored_cost(&blob).expect("reads"), Cost::TEST);
}

#[test]
fn a_person_opens_her_key_and_not_the_office() {
    let mut rng = rng(1);
    let person = PersonSecret::random(&mut rng);
    let blob = person.seal_under_password(&mut rng, "x", Cost::TEST).expect("locks");
    assert_eq!(PersonSecret::open_with_password(&blob, "x").expect("opens"), person);
    assert!(matches!(PersonSecret::open_with_password(&blob, "y"), Err(VaultError::WrongPassphrase)));
    assert!(unlock_office(&blob, "x").is_err(), "one kind of lock does not pass for the other");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_flipped_bit_of_a_lock_is_an_error(bit in 13 * 8..117usize * 8) {
        let mut rng = rng(1);
        let mut blob = lock_office(&mut rng, &OfficeKey::from_bytes([1; 32]), "x", Cost::TEST)?;
        blob[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(unlock_office(&blob, "x").is_err());
    }

    #[test]
    fn hostile_locks_are_an_error(blob: Vec<u8>, text: String) {
        prop_assert!(unlock_office(&blob, "x").is_err());
        prop_assert!(password::verify(&text, "x").is_err());
    }
}

#[test]
fn stored_parameters_are_bounded_before_any_work() {
    let mut rng = rng(1);
    let blob = lock_office(&mut rng, &OfficeKey::from_bytes([1; 32]), "x", Cost::TEST).expect("locks");
    for (place, number) in [(1, 8u32), (1, u32::MAX), (5, 0), (5, u32::MAX), (9, 0), (9, u32::MAX)] {
        let mut hostile = blob.clone();
        hostile[place..place + 4].copy_from_slice(&number.to_be_bytes());
        assert!(matches!(unlock_office(&hostile, "x"), Err(VaultError::BadParameters(_))));
    }
    let mut dearer = blob.clone();
    dearer[5..9].copy_from_slice(&2u32.to_be_bytes());
    assert!(matches!(unlock_office(&dearer, "x"), Err(VaultError::WrongPassphrase)), "bound to the key");
    let mut newer = blob;
    newer[0] = 2;
    assert!(matches!(unlock_office(&newer, "x"), Err(VaultError::UnknownSuite(2))));
    let cheap = Cost { memory_kib: 64, passes: 1, lanes: 1 };
    assert!(lock_office(&mut rng, &OfficeKey::from_bytes([1; 32]), "x", cheap).is_err());
}

#[test]
fn passwords_are_hashed_with_salt_and_verified() {
    let mut rng = rng(1);
    let stored = password::hash(&mut rng, "contraseña", Cost::TEST).expect("hashes");
    assert!(stored.starts_with("$argon2id$v=19$m=8192,t=1,p=1$"), "{stored}");
    assert!(password::verify(&stored, "contraseña").expect("reads"));
    assert!(!password::verify(&stored, "contrasena").expect("reads"));
    assert_ne!(password::hash(&mut rng, "contraseña", Cost::TEST).expect("hashes"), stored);
    assert!(!password::stored_cost(&stored).expect("reads").is_at_least(&Cost::PASSWORD));
    assert!(password::dummy_verify("whatever", Cost::TEST).is_ok());
}

#[test]
fn hostile_hashes_are_refused() {
    let stored = password::hash(&mut rng(1), "x", Cost::TEST).expect("hashes");
    for (from, to) in
        [("m=8192", "m=8"), ("m=8192", "m=4294967295"), ("t=1", "t=0"), ("t=1", "t=99"), ("p=1", "p=99")]
    {
        let refused = password::verify(&stored.replace(from, to), "x");
        assert!(matches!(refused, Err(VaultError::BadParameters(_))), "{to}");
    }
    for (from, to) in
        [("argon2id", "argon2i"), ("v=19", "v=16"), ("m=8192,", ""), ("p=1", "p=1,x=2"), ("$m", "m")]
    {
        let refused = password::verify(&stored.replace(from, to), "x");
        assert!(matches!(refused, Err(VaultError::Damaged)), "{to}");
    }
    assert!(password::verify(&format!("{stored}$"), "x").is_err());
    assert!(password::verify(&stored[..stored.len() - 4], "x").is_err());
}
