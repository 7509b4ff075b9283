//! Attachments: whole, in order, complete, in their place; or an error.

#![expect(clippy::expect_used, reason = "clippy exempts test functions, not their helpers")]

use std::io::{self, Read};

use ceiba_vault::stream::{CHUNK, open_stream, seal_stream};
use ceiba_vault::{Address, CompartmentKey, VaultError};
use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng;
use proptest::prelude::*;
use uuid::Uuid;

const HEADER: usize = 77;
const SEALED: usize = CHUNK + 16;

fn rng(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

fn key() -> CompartmentKey {
    CompartmentKey::random(&mut rng(1), 1)
}

fn address() -> Address<'static> {
    Address {
        tenant: Uuid::from_u128(1),
        table: "file",
        row: Uuid::from_u128(2),
        field: "content",
        schema: 1,
        compartment: "evidence",
        version: 1,
    }
}

fn content(len: usize) -> Vec<u8> {
    (0..len).map(|i| u8::try_from(i * 31 % 251).expect("small")).collect()
}

fn seal(plain: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::new();
    let n = seal_stream(&mut rng(2), &key(), &address(), plain, &mut sealed).expect("seals");
    assert_eq!(n, plain.len() as u64);
    sealed
}

fn open(sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
    let mut plain = Vec::new();
    let n = open_stream(&key(), &address(), sealed, &mut plain)?;
    assert_eq!(n, plain.len() as u64);
    Ok(plain)
}

/// Gives a few bytes at a time, as sockets do.
struct Slow<'a>(&'a [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = buffer.len().min(1000);
        self.0.read(&mut buffer[..n])
    }
}

#[test]
fn every_length_around_a_chunk() {
    for len in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1, 3 * CHUNK - 1] {
        let plain = content(len);
        let sealed = seal(&plain);
        let chunks = len.div_ceil(CHUNK).max(1);
        assert_eq!(sealed.len(), HEADER + len + 16 * chunks);
        assert_eq!(open(&sealed).expect("opens"), plain);
    }
}

#[test]
fn slow_readers_give_the_same_file() {
    let plain = content(2 * CHUNK + 5);
    let mut sealed = Vec::new();
    seal_stream(&mut rng(2), &key(), &address(), Slow(&plain), &mut sealed).expect("seals");
    assert_eq!(sealed, seal(&plain));
    let mut opened = Vec::new();
    open_stream(&key(), &address(), Slow(&sealed), &mut opened).expect("opens");
    assert_eq!(opened, plain);
}

#[test]
fn truncation_is_detected() {
    let sealed = seal(&content(3 * CHUNK));
    for end in [0, 1, HEADER - 1, HEADER, HEADER + 15, HEADER + SEALED, HEADER + 2 * SEALED, sealed.len() - 1]
    {
        assert!(matches!(open(&sealed[..end]), Err(VaultError::Damaged)), "cut at {end}");
    }
}

#[test]
fn extension_is_detected() {
    let whole = seal(&content(CHUNK));
    let last = &whole[HEADER..];
    for more in [&[0u8][..], &[0; 16], last] {
        assert!(matches!(open(&[whole.as_slice(), more].concat()), Err(VaultError::Damaged)));
    }
}

#[test]
fn reordering_repeating_and_mixing_are_detected() {
    let sealed = seal(&content(4 * CHUNK));
    let (header, body) = sealed.split_at(HEADER);
    let chunks: Vec<&[u8]> = body.chunks(SEALED).collect();
    let build = |order: &[usize]| {
        let body: Vec<&[u8]> = order.iter().map(|i| chunks[*i]).collect();
        [header, &body.concat()].concat()
    };
    assert!(open(&build(&[0, 1, 2, 3])).is_ok());
    for order in [&[1, 0, 2, 3][..], &[0, 1, 1, 2, 3], &[0, 2, 3], &[1, 2, 3], &[0, 1, 3, 2], &[3]] {
        assert!(matches!(open(&build(order)), Err(VaultError::Damaged)), "{order:?}");
    }
    let mut other = Vec::new();
    seal_stream(&mut rng(3), &key(), &address(), &content(4 * CHUNK)[..], &mut other).expect("seals");
    let mixed = [&sealed[..HEADER + SEALED], &other[HEADER + SEALED..]].concat();
    assert!(matches!(open(&mixed), Err(VaultError::Damaged)), "a chunk of another file");
}

#[test]
fn a_moved_file_does_not_open() {
    let sealed = seal(b"photo");
    let mut sink = Vec::new();
    for place in [
        Address { row: Uuid::from_u128(3), ..address() },
        Address { tenant: Uuid::from_u128(3), ..address() },
        Address { version: 2, ..address() },
        Address { compartment: "core", ..address() },
    ] {
        assert!(open_stream(&key(), &place, &sealed[..], &mut sink).is_err());
    }
    assert!(sink.is_empty());
    let other = CompartmentKey::random(&mut rng(5), 2);
    let wrong = open_stream(&other, &address(), &sealed[..], &mut sink);
    assert!(matches!(wrong, Err(VaultError::WrongGeneration { expected: 2, found: 1 })));
    assert!(key().open(&address(), &sealed[..HEADER]).is_err(), "a file key is not a value");
}

#[test]
fn trouble_of_the_reader_is_passed_on() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("disk"))
        }
    }
    let failed = seal_stream(&mut rng(2), &key(), &address(), Broken, Vec::new());
    assert!(matches!(failed, Err(VaultError::Io(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_flipped_bit_is_an_error(len in 0usize..2 * CHUNK, bit: prop::sample::Index) {
        let mut sealed = seal(&content(len));
        let bit = bit.index(sealed.len() * 8);
        sealed[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(open(&sealed).is_err());
    }
}
