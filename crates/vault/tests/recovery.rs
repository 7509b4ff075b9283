//! Printed codes, and two of three directors.

#![expect(clippy::expect_used, reason = "clippy exempts test functions, not their helpers")]

use ceiba_vault::{CodeFault, PersonPublic, PersonSecret, RecoveryCode, VaultError, quorum};
use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng;
use proptest::prelude::*;

fn rng(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

fn fault(typed: &str) -> Option<CodeFault> {
    match RecoveryCode::parse(typed) {
        Err(VaultError::BadCode(fault)) => Some(fault),
        _ => None,
    }
}

proptest! {
    #[test]
    fn a_code_is_read_however_it_is_typed(bytes: [u8; 16]) {
        let code = RecoveryCode::from_bytes(bytes);
        let printed = code.printed();
        prop_assert_eq!(printed.len(), 34);
        prop_assert!(!printed.contains(['I', 'L', 'O', 'U']));
        let spoken = printed.replace('0', "o").replace('1', "l").replace('-', "  ").to_lowercase();
        for typed in [printed.as_str(), &spoken, &printed.replace('-', ""), &printed.replace('-', "–")] {
            let read = RecoveryCode::parse(typed)?;
            prop_assert_eq!(read.key_pair(), code.key_pair());
        }
    }

    #[test]
    fn codes_give_different_keys(a: [u8; 16], b: [u8; 16]) {
        prop_assume!(a != b);
        let (a, b) = (RecoveryCode::from_bytes(a).key_pair(), RecoveryCode::from_bytes(b).key_pair());
        prop_assert_ne!(a.public(), b.public());
    }

    #[test]
    fn hostile_codes_are_an_error(typed: String) {
        prop_assert!(fault(&typed).is_some());
    }
}

/// The check has 12 bits, so of all ways to mistype one character about one in 4096 may pass.
#[test]
fn mistyped_characters_are_noticed() {
    let printed = RecoveryCode::random(&mut rng(1)).printed();
    let (mut tried, mut passed) = (0, 0);
    for place in (0..printed.len()).filter(|i| printed.as_bytes()[*i] != b'-') {
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars() {
            let mut typed = printed.to_string();
            typed.replace_range(place..=place, &other.to_string());
            if typed != *printed {
                tried += 1;
                passed += u32::from(fault(&typed) != Some(CodeFault::Check));
            }
        }
    }
    assert_eq!(tried, 28 * 31);
    assert!(passed <= 2, "{passed} of {tried}");
}

#[test]
fn the_fault_is_explained() {
    let printed = RecoveryCode::random(&mut rng(1)).printed();
    assert_eq!(fault(&printed[1..]), Some(CodeFault::Length { expected: 28, found: 27 }));
    assert_eq!(fault(&format!("{}00", *printed)), Some(CodeFault::Length { expected: 28, found: 30 }));
    assert_eq!(
        fault(&format!("{}U{}", &printed[..6], &printed[7..])),
        Some(CodeFault::Character { place: 6 })
    );
    assert_eq!(fault(""), Some(CodeFault::Length { expected: 28, found: 0 }));
}

struct Board {
    secret: PersonSecret,
    directors: [PersonSecret; 3],
    copies: [Vec<u8>; 3],
}

fn publics(directors: &[PersonSecret; 3]) -> [PersonPublic; 3] {
    [directors[0].public(), directors[1].public(), directors[2].public()]
}

fn board() -> Board {
    let mut rng = rng(2);
    let secret = PersonSecret::random(&mut rng);
    let directors: [PersonSecret; 3] = std::array::from_fn(|_| RecoveryCode::random(&mut rng).key_pair());
    let [a, b, c] = &publics(&directors);
    let copies = quorum::split(&mut rng, &secret, [a, b, c]).expect("splits");
    Board { secret, directors, copies }
}

#[test]
fn any_two_directors_open_and_no_other_keys_do() {
    let Board { secret, directors: d, copies } = board();
    for (i, j) in [(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1)] {
        assert_eq!(quorum::open(&copies, (i, &d[i]), (j, &d[j])).expect("two of three"), secret);
        let stranger = PersonSecret::random(&mut rng(9));
        assert!(quorum::open(&copies, (i, &d[i]), (j, &stranger)).is_err());
        assert!(quorum::open(&copies, (i, &stranger), (j, &d[j])).is_err());
        assert!(quorum::open(&copies, (i, &d[i]), (j, &d[i])).is_err(), "one alone, twice");
        assert!(quorum::open(&copies, (i, &d[j]), (j, &d[i])).is_err(), "in each other's place");
    }
    for (i, j) in [(0, 0), (2, 2), (0, 3), (3, 4)] {
        let refused = quorum::open(&copies, (i, &d[0]), (j, &d[1]));
        assert!(matches!(refused, Err(VaultError::BadParameters(_))));
    }
}

#[test]
fn copies_cannot_be_exchanged_or_altered() {
    let Board { directors: d, copies, .. } = board();
    let [ab, ac, bc] = copies.clone();
    assert!(quorum::open(&[ac, ab, bc], (0, &d[0]), (1, &d[1])).is_err());
    for bit in (0..copies[0].len() * 8).step_by(7) {
        let mut altered = copies.clone();
        altered[0][bit / 8] ^= 1 << (bit % 8);
        assert!(quorum::open(&altered, (0, &d[0]), (1, &d[1])).is_err(), "bit {bit}");
    }
}

#[test]
fn a_director_is_replaced() {
    let Board { secret, directors: d, copies } = board();
    let mut rng = rng(3);
    let new = PersonSecret::random(&mut rng);
    let (a, b, c) = (d[0].public(), d[1].public(), new.public());
    // Whether the one who leaves helps or not.
    for openers in [[0, 1], [2, 1]] {
        let [i, j] = openers;
        let fresh = quorum::replace_one(&mut rng, &copies, (i, &d[i]), (j, &d[j]), 2, [&a, &b, &c])
            .expect("replaces");
        assert_eq!(fresh[0], copies[0], "the copy of those who stay is untouched");
        assert_eq!(quorum::open(&fresh, (0, &d[0]), (2, &new)).expect("new one"), secret);
        assert_eq!(quorum::open(&fresh, (1, &d[1]), (2, &new)).expect("new one"), secret);
        assert_eq!(quorum::open(&fresh, (0, &d[0]), (1, &d[1])).expect("those who stay"), secret);
        assert!(quorum::open(&fresh, (0, &d[0]), (2, &d[2])).is_err(), "the old one is out");
    }
    let changed = quorum::replace_one(&mut rng, &copies, (0, &d[0]), (1, &d[1]), 2, [&b, &a, &c]);
    assert!(matches!(changed, Err(VaultError::BadParameters(_))), "those who stay keep their keys");
    let (one, other) = ((0, &d[0]), (1, &d[1]));
    assert!(quorum::replace_one(&mut rng, &copies, one, other, 2, [&a, &b, &a]).is_err());
    assert!(quorum::replace_one(&mut rng, &copies, one, other, 3, [&a, &b, &c]).is_err());
}

#[test]
fn one_director_may_not_hold_two_places() {
    let Board { secret, directors: d, .. } = board();
    let (a, b) = (d[0].public(), d[1].public());
    let refused = quorum::split(&mut rng(1), &secret, [&a, &b, &a]);
    assert!(matches!(refused, Err(VaultError::BadParameters(_))));
}
