//! Two of three directors, without secret sharing.
//!
//! The quorum's secret is stored three times, each copy locked twice: for the directors 0 and 1, 0 and 2,
//! 1 and 2. Any two open one copy; one alone opens none. Only HPKE is used, and a director can be replaced
//! by rewriting two copies.
//!
//! A copy is `suite(1) || quorum public key(32) || pair(1) || HPKE to the first of (HPKE to the second of
//! the secret)`. Both layers are bound to the header and to both directors' public keys.

use rand_core::CryptoRng;

use crate::encode::{Fields, take, take_suite};
use crate::{Key, PersonPublic, PersonSecret, SUITE, VaultError, public_box};

const INFO: &[u8] = b"ceiba quorum v1";
/// Which directors each copy is for.
const PAIRS: [(usize, usize); 3] = [(0, 1), (0, 2), (1, 2)];

/// A director who takes part: place among the three (0 to 2) and key pair.
pub type Opener<'a> = (usize, &'a PersonSecret);

/// Makes the three copies, in the order 01, 02, 12.
///
/// # Errors
/// [`VaultError::BadParameters`] when two directors have the same key (then one alone could open a copy) or
/// a key cannot be used.
pub fn split<R: CryptoRng + ?Sized>(
    rng: &mut R,
    secret: &PersonSecret,
    directors: [&PersonPublic; 3],
) -> Result<[Vec<u8>; 3], VaultError> {
    if PAIRS.iter().any(|(a, b)| directors[*a] == directors[*b]) {
        return Err(VaultError::BadParameters("the three directors must have three different keys"));
    }
    Ok([
        lock_copy(rng, secret, 0, directors)?,
        lock_copy(rng, secret, 1, directors)?,
        lock_copy(rng, secret, 2, directors)?,
    ])
}

/// Opens the copy of two directors, given in any order.
///
/// # Errors
/// [`VaultError::BadParameters`] unless they are two different ones of the three;
/// [`VaultError::Damaged`] when a key is not the director's, or the copy was altered.
pub fn open(copies: &[Vec<u8>; 3], one: Opener<'_>, other: Opener<'_>) -> Result<PersonSecret, VaultError> {
    let ((first, a), (second, b)) = if one.0 < other.0 { (one, other) } else { (other, one) };
    let pair = PAIRS
        .iter()
        .position(|p| *p == (first, second))
        .ok_or(VaultError::BadParameters("opening takes two different directors of the three"))?;
    let mut outer = copies[pair].as_slice();
    take_suite(&mut outer)?;
    let quorum = PersonPublic::from_bytes(take(&mut outer)?);
    if take::<1>(&mut outer)? != [code(pair)] {
        return Err(VaultError::Damaged);
    }
    let (a_public, b_public) = (a.public(), b.public());
    let inner = public_box::open(a.key(), INFO, &layer("outer", quorum, pair, a_public, b_public), outer)?;
    let secret = public_box::open(b.key(), INFO, &layer("inner", quorum, pair, a_public, b_public), &inner)?;
    let secret = PersonSecret::from_key(Key::from_slice(&secret)?);
    if secret.public() == quorum { Ok(secret) } else { Err(VaultError::Damaged) }
}

/// Puts another director in the place `replaced`: two directors open, and the two copies that hold the
/// place are written anew. `directors` are the three public keys as they shall be.
///
/// Whoever kept the old copies can still open them with the old key. If the one who leaves is not trusted,
/// draw a new quorum key, wrap the slots again and [`split`] it instead.
///
/// # Errors
/// As [`open`]; [`VaultError::BadParameters`] for a place above 2, or when an opener who stays is not among
/// `directors`.
pub fn replace_one<R: CryptoRng + ?Sized>(
    rng: &mut R,
    copies: &[Vec<u8>; 3],
    one: Opener<'_>,
    other: Opener<'_>,
    replaced: usize,
    directors: [&PersonPublic; 3],
) -> Result<[Vec<u8>; 3], VaultError> {
    if replaced > 2 {
        return Err(VaultError::BadParameters("there are three directors, 0 to 2"));
    }
    let secret = open(copies, one, other)?;
    let moved = |(place, key): &Opener<'_>| *place != replaced && *directors[*place] != key.public();
    if moved(&one) || moved(&other) {
        return Err(VaultError::BadParameters("only the replaced director's key may change"));
    }
    // All three are made and the untouched one put back, so that `split` checks the new set.
    let mut fresh = split(rng, &secret, directors)?;
    for (pair, (a, b)) in PAIRS.iter().enumerate() {
        if *a != replaced && *b != replaced {
            fresh[pair].clone_from(&copies[pair]);
        }
    }
    Ok(fresh)
}

fn lock_copy<R: CryptoRng + ?Sized>(
    rng: &mut R,
    secret: &PersonSecret,
    pair: usize,
    directors: [&PersonPublic; 3],
) -> Result<Vec<u8>, VaultError> {
    let (a, b) = (*directors[PAIRS[pair].0], *directors[PAIRS[pair].1]);
    let quorum = secret.public();
    let inner = layer("inner", quorum, pair, a, b);
    let inner = public_box::seal(rng, &b.to_bytes(), INFO, &inner, secret.key().expose())?;
    let outer = layer("outer", quorum, pair, a, b);
    let outer = public_box::seal(rng, &a.to_bytes(), INFO, &outer, &inner)?;
    Ok([&[SUITE][..], &quorum.to_bytes(), &[code(pair)], &outer].concat())
}

fn layer(name: &str, quorum: PersonPublic, pair: usize, a: PersonPublic, b: PersonPublic) -> Vec<u8> {
    Fields::new("ceiba quorum copy v1")
        .add(name.as_bytes())
        .add(&[SUITE])
        .add(&quorum.to_bytes())
        .add(&[code(pair)])
        .add(&a.to_bytes())
        .add(&b.to_bytes())
        .bytes()
}

/// The byte that names a pair: its directors as two digits, so that a copy says whom it is for.
fn code(pair: usize) -> u8 {
    [0x01, 0x02, 0x12][pair]
}
