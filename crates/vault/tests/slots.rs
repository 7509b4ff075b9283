//! Wrapped compartment keys: for the office and for people.

use ceiba_vault::{
    CompartmentKey, OfficeKey, PersonPublic, PersonSecret, SlotAddress, VaultError, unwrap_slot_with,
    wrap_slot_for,
};
use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng;
use proptest::prelude::*;
use uuid::Uuid;

fn rng(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

fn address() -> SlotAddress<'static> {
    SlotAddress {
        tenant: Uuid::from_u128(1),
        subject: Uuid::from_u128(2),
        compartment: "core",
        generation: 3,
        recipient: Uuid::from_u128(4),
    }
}

fn elsewhere() -> [SlotAddress<'static>; 5] {
    let here = address();
    [
        SlotAddress { tenant: Uuid::from_u128(7), ..here },
        SlotAddress { subject: Uuid::from_u128(7), ..here },
        SlotAddress { compartment: "therapy", ..here },
        SlotAddress { generation: 4, ..here },
        SlotAddress { recipient: Uuid::from_u128(7), ..here },
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn round_trip_and_flipped_bits(seed: u8, bit: prop::sample::Index) {
        let mut rng = rng(seed);
        let key = CompartmentKey::random(&mut rng, 3);
        let (office, person) = (OfficeKey::random(&mut rng), PersonSecret::random(&mut rng));
        let mut for_office = office.wrap_slot(&mut rng, &address(), &key)?;
        let mut for_person = wrap_slot_for(&mut rng, &person.public(), &address(), &key)?;
        prop_assert_eq!((for_office.len(), for_person.len()), (85, 89));
        prop_assert_eq!(&office.unwrap_slot(&address(), &for_office)?, &key);
        prop_assert_eq!(&unwrap_slot_with(&person, &address(), &for_person)?, &key);
        for slot in [&mut for_office, &mut for_person] {
            let bit = bit.index(slot.len() * 8);
            slot[bit / 8] ^= 1 << (bit % 8);
        }
        prop_assert!(office.unwrap_slot(&address(), &for_office).is_err());
        prop_assert!(unwrap_slot_with(&person, &address(), &for_person).is_err());
    }

    #[test]
    fn hostile_bytes_are_an_error(slot: Vec<u8>) {
        prop_assert!(OfficeKey::random(&mut rng(1)).unwrap_slot(&address(), &slot).is_err());
        prop_assert!(unwrap_slot_with(&PersonSecret::random(&mut rng(1)), &address(), &slot).is_err());
    }
}

#[test]
fn a_moved_slot_does_not_open() {
    let mut rng = rng(1);
    let key = CompartmentKey::random(&mut rng, 3);
    let (office, person) = (OfficeKey::random(&mut rng), PersonSecret::random(&mut rng));
    let for_office = office.wrap_slot(&mut rng, &address(), &key).expect("wraps");
    let for_person = wrap_slot_for(&mut rng, &person.public(), &address(), &key).expect("wraps");
    for place in elsewhere() {
        assert!(matches!(office.unwrap_slot(&place, &for_office), Err(VaultError::Damaged)), "{place:?}");
        assert!(matches!(unwrap_slot_with(&person, &place, &for_person), Err(VaultError::Damaged)));
    }
}

#[test]
fn another_key_is_named() {
    let mut rng = rng(1);
    let key = CompartmentKey::random(&mut rng, 3);
    let (office, person) = (OfficeKey::random(&mut rng), PersonSecret::random(&mut rng));
    let (stranger, other) = (OfficeKey::random(&mut rng), PersonSecret::random(&mut rng));
    let slot = office.wrap_slot(&mut rng, &address(), &key).expect("wraps");
    let wrong = stranger.unwrap_slot(&address(), &slot).expect_err("wrong key").to_string();
    assert!(wrong.contains(&office.fingerprint()) && wrong.contains(&stranger.fingerprint()), "{wrong}");
    let slot = wrap_slot_for(&mut rng, &person.public(), &address(), &key).expect("wraps");
    let wrong = unwrap_slot_with(&other, &address(), &slot).expect_err("wrong key").to_string();
    assert!(wrong.contains(&person.public().fingerprint()), "{wrong}");
}

#[test]
fn epochs_are_read_together_and_do_not_mix() {
    let mut rng = rng(1);
    let key = CompartmentKey::random(&mut rng, 3);
    let office = OfficeKey::random(&mut rng);
    let mut slot = office.wrap_slot_in(&mut rng, 2, &address(), &key).expect("wraps");
    assert_eq!(office.unwrap_slot(&address(), &slot).expect("opens"), key);
    slot[12] = 1;
    assert!(matches!(office.unwrap_slot(&address(), &slot), Err(VaultError::Damaged)));
}

#[test]
fn refuses_a_wrong_generation_and_unusable_keys() {
    let mut rng = rng(1);
    let key = CompartmentKey::random(&mut rng, 9);
    let wrong = OfficeKey::random(&mut rng).wrap_slot(&mut rng, &address(), &key);
    assert!(matches!(wrong, Err(VaultError::WrongGeneration { expected: 9, found: 3 })));
    let person = PersonSecret::random(&mut rng);
    assert!(wrap_slot_for(&mut rng, &person.public(), &address(), &key).is_err());
    let key = CompartmentKey::random(&mut rng, 3);
    let nobody = PersonPublic::from_bytes([0; 32]);
    let refused = wrap_slot_for(&mut rng, &nobody, &address(), &key);
    assert!(matches!(refused, Err(VaultError::BadParameters(_))));
}
