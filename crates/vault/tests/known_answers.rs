//! Against `vectors/vectors.json`, which `vectors/make.py` made with other implementations. When one of
//! these fails, data that is already sealed can no longer be opened.

#![expect(clippy::expect_used, reason = "clippy exempts test functions, not their helpers")]

use ceiba_vault::{
    Address, CompartmentKey, Key, OfficeKey, PersonSecret, RecoveryCode, SlotAddress, password,
    unlock_office, unwrap_slot_with,
};
use uuid::Uuid;

fn vector(name: &str) -> String {
    let all: serde_json::Value = serde_json::from_str(include_str!("vectors/vectors.json")).expect("json");
    all[name].as_str().expect("a vector of this name").to_owned()
}

fn bytes(name: &str) -> Vec<u8> {
    let text = vector(name);
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).expect("hex")).collect()
}

fn root() -> [u8; 32] {
    std::array::from_fn(|i| u8::try_from(i).expect("small"))
}

fn office() -> OfficeKey {
    OfficeKey::from_bytes(root())
}

fn compartment() -> CompartmentKey {
    CompartmentKey::from_parts(7, Key::from_bytes([0x42; 32]))
}

fn id(n: u8) -> Uuid {
    Uuid::from_bytes([n; 16])
}

fn slot() -> SlotAddress<'static> {
    SlotAddress { tenant: id(1), subject: id(2), compartment: "therapy", generation: 7, recipient: id(4) }
}

#[test]
fn derived_keys() {
    let office = office();
    assert_eq!(office.fingerprint(), vector("fingerprint"));
    assert_eq!(office.blind("document", "2987123450101").to_vec(), bytes("blind"));
    assert_eq!(office.pseudonym(id(2).as_bytes()).to_vec(), bytes("pseudonym"));
    assert_eq!(office.token_hash(b"token").to_vec(), bytes("token_hash"));
    assert_eq!(office.ledger_tag(b"row").to_vec(), bytes("ledger_tag"));
    assert_eq!(office.signing_key().verifying_key().to_bytes().to_vec(), bytes("signing_public"));
}

#[test]
fn envelopes() {
    let address = Address {
        tenant: id(1),
        table: "note",
        row: id(3),
        field: "body",
        schema: 2,
        compartment: "therapy",
        version: 5,
    };
    let opened = compartment().open(&address, &bytes("value")).expect("opens");
    assert_eq!(opened.as_slice(), "María no quiere que la llamen".as_bytes());
    assert_eq!(office().open_small("totp", b"user 1", &bytes("small")).expect("opens").as_slice(), b"secret");
}

#[test]
fn slots() {
    assert_eq!(office().unwrap_slot(&slot(), &bytes("office_slot")).expect("opens"), compartment());
    let person = PersonSecret::from_key(Key::from_bytes([0x11; 32]));
    assert_eq!(person.public().to_bytes().to_vec(), bytes("person_public"));
    assert_eq!(unwrap_slot_with(&person, &slot(), &bytes("person_slot")).expect("opens"), compartment());
}

#[test]
fn passwords() {
    assert_eq!(unlock_office(&bytes("office_lock"), "contraseña").expect("opens"), office());
    let person = PersonSecret::open_with_password(&bytes("person_lock"), "contraseña").expect("opens");
    assert_eq!(person, PersonSecret::from_key(Key::from_bytes(root())));
    assert!(password::verify(&vector("password"), "contraseña").expect("reads"));
    assert!(!password::verify(&vector("password"), "Contraseña").expect("reads"));
}

#[test]
fn recovery_code() {
    let code = RecoveryCode::from_bytes(std::array::from_fn(|i| u8::try_from(i).expect("small")));
    assert_eq!(*code.printed(), vector("recovery_code"));
    assert_eq!(code.key_pair().public().to_bytes().to_vec(), bytes("recovery_public"));
}
