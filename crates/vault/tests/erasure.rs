//! Erasing a person is deleting her slots: then nothing opens, whatever copies of the sealed values exist.

use std::collections::BTreeMap;

use ceiba_vault::{
    Address, CompartmentKey, OfficeKey, PersonSecret, SlotAddress, unwrap_slot_with, wrap_slot_for,
};
use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng;
use uuid::Uuid;

#[test]
fn without_slots_nothing_opens_even_from_a_backup() {
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let office = OfficeKey::random(&mut rng);
    let therapist = PersonSecret::random(&mut rng);
    let (erased, kept) = (Uuid::from_u128(10), Uuid::from_u128(11));

    // The key table and the table of sealed values. The keys themselves are dropped here.
    let mut slots = BTreeMap::new();
    let mut values = BTreeMap::new();
    for subject in [erased, kept] {
        let key = CompartmentKey::random(&mut rng, 1);
        let slot = slot(subject);
        slots.insert((subject, "office"), office.wrap_slot(&mut rng, &slot, &key).expect("wraps"));
        let person = wrap_slot_for(&mut rng, &therapist.public(), &slot, &key).expect("wraps");
        slots.insert((subject, "therapist"), person);
        values.insert(subject, key.seal(&mut rng, &address(subject), b"what she told").expect("seals"));
    }
    let backup_of_values = values.clone();

    slots.retain(|(subject, _), _| *subject != erased);

    // All keys that exist: every remaining slot, opened by everybody who can.
    let keys: Vec<CompartmentKey> = slots
        .iter()
        .flat_map(|((subject, _), blob)| {
            let slot = slot(*subject);
            [office.unwrap_slot(&slot, blob), unwrap_slot_with(&therapist, &slot, blob)]
        })
        .flatten()
        .collect();
    assert_eq!(keys.len(), 2, "both slots of the one who stays");
    for value in [&values[&erased], &backup_of_values[&erased]] {
        assert!(keys.iter().all(|key| key.open(&address(erased), value).is_err()));
        assert!(keys.iter().all(|key| key.open(&address(kept), value).is_err()));
    }
    // A slot of somebody else, put in her place, does not help either.
    for blob in slots.values() {
        assert!(office.unwrap_slot(&slot(erased), blob).is_err());
        assert!(unwrap_slot_with(&therapist, &slot(erased), blob).is_err());
    }
    assert!(keys.iter().all(|key| key.open(&address(kept), &backup_of_values[&kept]).is_ok()));
}

fn slot(subject: Uuid) -> SlotAddress<'static> {
    let recipient = Uuid::from_u128(5);
    SlotAddress { tenant: Uuid::from_u128(1), subject, compartment: "therapy", generation: 1, recipient }
}

fn address(row: Uuid) -> Address<'static> {
    Address {
        tenant: Uuid::from_u128(1),
        table: "note",
        row,
        field: "body",
        schema: 1,
        compartment: "therapy",
        version: 1,
    }
}
