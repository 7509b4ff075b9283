//! Blind linkage: what must hold whoever encodes what.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::HashSet;

use ceiba_linkage::blind::{
    Alike, BITS, BlindError, Consent, Contact, Encoder, Encoding, Exchange, How, Kernel, Kind, Same, Sealed,
    alike, best, compare, hex, mark, meet,
};
use ceiba_linkage::{Nicknames, Row};
use proptest::prelude::*;

const SECRET: &[u8] = b"invented for tests: 0123456789 abcdefghij";
const NICKNAMES: &str = include_str!("../../../packs/guatemala/linkage/hypocoristics.txt");

fn keys(name: &str, kind: Kind) -> Exchange {
    Exchange::new(SECRET, name, kind).unwrap()
}

fn encoder(name: &str) -> Encoder {
    Encoder::new(keys(name, Kind::People), Nicknames::parse(NICKNAMES).unwrap())
}

fn maria() -> Row<'static> {
    Row {
        given_names: "María Elena",
        surname1: "Cux",
        surname2: "Velásquez",
        sex: "F",
        birth_date: "2010-03-07",
        place: "0920",
        mother: "Juana Ixcoy",
        nationality: "GTM",
        ..Row::default()
    }
}

fn dice(one: Encoding, other: Encoding) -> f64 {
    alike(&[one], &[other], 0.0001, Kernel::best()).first().map_or(0.0, |pair| pair.dice)
}

/// Encodings by xorshift; of some only every fourth bit or fewer are set, and some are near copies.
fn codes(n: usize, mut seed: u64) -> Vec<Encoding> {
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    let mut all: Vec<[u64; BITS / 64]> = vec![];
    for at in 0..n {
        let sparse = at % 3;
        let mut code = [0; BITS / 64].map(|_: u64| (0..sparse).fold(next(), |word, _| word & next()));
        if let (0, Some(like)) = (at % 5, all.get(at / 2)) {
            code = *like;
            (0..next() % 60).for_each(|_| code[(next() % 16) as usize] ^= 1 << (next() % 64));
        }
        all.push(if at % 97 == 0 { [0; 16] } else { code });
    }
    all.into_iter().map(Encoding::new).collect()
}

/// The definition, without any cleverness.
fn slowly(left: &[Encoding], right: &[Encoding], threshold: f64) -> Vec<(u32, u32, u64)> {
    let mut found = vec![];
    for (a, one) in (0..).zip(left) {
        for (b, other) in (0..).zip(right) {
            let common: u32 = (0..16).map(|w| (one.words()[w] & other.words()[w]).count_ones()).sum();
            let sum = one.ones() + other.ones();
            let dice = f64::from(2 * common) / f64::from(sum.max(1));
            if common > 0 && dice >= threshold {
                found.push((a, b, dice.to_bits()));
            }
        }
    }
    found
}

#[test]
fn every_kernel_finds_the_same_pairs_to_the_bit_at_every_cutoff() {
    let (left, right) = (codes(60, 7), codes(210, 7).split_off(20));
    // Hundredths, and the very coefficients that occur: the edges at which rounding would show.
    let edges = alike(&left, &right, 0.2, Kernel::Plain).into_iter().map(|pair| pair.dice).step_by(97);
    let cutoffs: Vec<f64> = (1..=100).map(|n| f64::from(n) / 100.0).chain(edges).collect();
    for cutoff in cutoffs {
        let wanted = slowly(&left, &right, cutoff);
        for kernel in Kernel::available() {
            let bits = |pair: Alike| (pair.left, pair.right, pair.dice.to_bits());
            let found: Vec<_> = alike(&left, &right, cutoff, kernel).into_iter().map(bits).collect();
            assert_eq!(found, wanted, "{kernel:?} at {cutoff}");
        }
    }
}

#[test]
fn spelling_does_not_matter_and_a_sister_is_another() {
    let mut encoder = encoder("a");
    let one = encoder.person(&maria(), &[1; 16]).unwrap();
    let heard = Row { given_names: "MARIA  HELENA", surname1: "Kux", surname2: "belasques", ..maria() };
    let sister = Row { given_names: "Rosa", birth_date: "2003-09-20", ..maria() };
    let likeness = |row: Row, encoder: &mut Encoder| dice(one, encoder.person(&row, &[2; 16]).unwrap());
    let same = likeness(heard, &mut encoder);
    assert!(same > 0.85, "{same}: only the noise for what is missing differs");
    assert!(likeness(sister, &mut encoder) < ceiba_linkage::blind::THRESHOLD);
    let swapped = Row { birth_date: "2010-07-03", ..maria() };
    let year = Row { birth_date: "2011-03-07", ..maria() };
    for near in [swapped, year] {
        assert!(likeness(near, &mut encoder) > ceiba_linkage::blind::THRESHOLD);
    }
    assert!(
        encoder.person(&Row { given_names: "María", ..Row::default() }, &[3; 16]).is_none(),
        "that is nobody"
    );
}

#[test]
fn nothing_is_equal_across_exchanges() {
    let people: Vec<Row> = ["Ana", "Rosa", "María", "Luz"]
        .into_iter()
        .flat_map(|given_names| ["Tzoc", "Cux"].map(|surname1| Row { given_names, surname1, ..maria() }))
        .collect();
    let words = |name: &str| -> HashSet<u64> {
        let mut encoder = encoder(name);
        people.iter().flat_map(|row| *encoder.person(row, &[9; 16]).unwrap().words()).collect()
    };
    assert!(words("one").is_disjoint(&words("other")));
    let (a, b) = (encoder("one").person(&people[0], &[9; 16]), encoder("other").person(&people[0], &[9; 16]));
    let (a, b) = (a.unwrap(), b.unwrap());
    let chance = f64::from(a.ones()) * f64::from(b.ones()) / 1024.0 * 2.0 / f64::from(a.ones() + b.ones());
    assert!((dice(a, b) - chance).abs() < 0.12, "{} against {chance}", dice(a, b));
    let prints = |name: &str| {
        let keys = keys(name, Kind::Contacts);
        Contact::Phone.fingerprints("5555-1234", &keys, &[1; 16]).unwrap()
    };
    assert!(meet(&[prints("one")], &[prints("other")]).is_empty());
    assert_eq!(meet(&[prints("one")], &[prints("one")]), [(0, 0, Same::Exact)]);
}

#[test]
fn secrets_that_can_be_guessed_are_refused() {
    for weak in [&b"short"[..], &[7; 64], b"abababababababababababababababababab"] {
        assert_eq!(Exchange::new(weak, "a", Kind::People).err(), Some(BlindError::WeakSecret));
    }
    assert_eq!(Exchange::new(SECRET, " ", Kind::People).err(), Some(BlindError::Name));
    assert!(!format!("{:?}{:?}", keys("a", Kind::People), encoder("a")).contains("0x"));
}

#[test]
fn cut_changed_and_foreign_files_are_refused() {
    let mut encoder = encoder("a");
    let file = |encoder: &mut Encoder, name: &str, mark: u8| {
        let code = encoder.person(&maria(), &[mark; 16]).unwrap();
        Sealed::people(&keys(name, Kind::People), encoder.tables(), vec![([mark; 16], code)])
    };
    let ours = file(&mut encoder, "a", 1);
    let bytes = ours.to_bytes();
    assert_eq!(Sealed::from_bytes(&bytes).as_ref(), Ok(&ours));
    for length in 0..bytes.len() {
        assert!(Sealed::from_bytes(&bytes[..length]).is_err(), "cut off after {length}");
        let mut changed = bytes.clone();
        changed[length] ^= 1;
        assert!(Sealed::from_bytes(&changed).is_err(), "byte {length} was changed");
    }
    assert!(Sealed::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
    // Somebody who changes a code and corrects the sum has no secret.
    let forged = Sealed::people(
        &Exchange::new(b"another secret that is long enough, 42", "a", Kind::People).unwrap(),
        encoder.tables(),
        vec![],
    );
    assert_eq!(forged.verify(&keys("a", Kind::People)), Err(BlindError::NotOfSecret));
    assert_eq!(ours.verify(&keys("b", Kind::People)), Err(BlindError::NotOfSecret));
    assert_eq!(ours.verify(&keys("a", Kind::People)), Ok(()));
    assert_eq!(compare(&ours, &forged, 0.5), Err(BlindError::OtherExchange));
    assert_eq!(compare(&ours, &file(&mut encoder, "b", 2), 0.5), Err(BlindError::OtherExchange));
    assert_eq!(compare(&ours, &ours, 0.5), Err(BlindError::Same));
    let plain = Encoder::new(keys("a", Kind::People), Nicknames::default());
    let other = Sealed::people(&keys("a", Kind::People), plain.tables(), vec![]);
    assert_eq!(compare(&ours, &other, 0.5), Err(BlindError::OtherTables));
    let found = compare(&ours, &file(&mut encoder, "a", 2), 0.5).unwrap();
    assert!(
        matches!(found[..], [found] if found.ours == [1; 16] && found.theirs == [2; 16] && found.best.is_some())
    );
}

#[test]
fn contacts_are_the_same_or_one_sign_off() {
    let keys = keys("a", Kind::Contacts);
    let print = |kind: Contact, text: &str, mark: u8| kind.fingerprints(text, &keys, &[mark; 16]);
    for (kind, one, other, wanted) in [
        (Contact::Phone, "+502 5555-1234", "55551234", Some(Same::Exact)),
        (Contact::Phone, "55551234", "55551235", Some(Same::Near)),
        (Contact::Phone, "55551234", "5555134", Some(Same::Near)),
        (Contact::Phone, "55551234", "55552134", Some(Same::Near)),
        (Contact::Phone, "55551234", "55551256", None),
        (Contact::Plate, "P-123 BCO", "p123bc0", Some(Same::Exact)),
        (Contact::Plate, "P123BCD", "P123BCF", Some(Same::Near)),
        (Contact::Handle, "https://example.org/Don.Beto?x=1", "@don.beto", Some(Same::Exact)),
        (Contact::Handle, "don.beto", "don_beto", Some(Same::Near)),
        (Contact::Handle, "don.beto", "dona.luz", None),
    ] {
        let (one, other) = (print(kind, one, 1).unwrap(), print(kind, other, 2).unwrap());
        let found = meet(&[one], &[other]);
        assert_eq!(found.first().map(|found| found.2), wanted, "{found:?}");
    }
    assert!(print(Contact::Phone, "555", 1).is_none() && print(Contact::Handle, "@", 1).is_none());
    let phone = print(Contact::Phone, "55551234", 1).unwrap();
    assert!(meet(&[phone], &[print(Contact::Plate, "55551234", 2).unwrap()]).is_empty(), "kinds are apart");
    let file = |mark: u8, text: &str| {
        Sealed::contacts(&keys, vec![([mark; 16], print(Contact::Phone, text, mark).unwrap())])
    };
    let found =
        compare(&file(1, "55551234"), &Sealed::from_bytes(&file(2, "55551233").to_bytes()).unwrap(), 0.5);
    assert_eq!(found.unwrap()[0].how, How::Near);
}

#[test]
fn only_what_both_sides_list_is_unmasked() {
    let keys = keys("a", Kind::Consent);
    let (mut ours, mut theirs) = (Consent::default(), Consent::default());
    assert!(ours.add([1; 16], [11; 16], "She asked us to.\nTwice"));
    assert!(ours.add([2; 16], [12; 16], "Hearing on Monday"));
    assert!(!ours.add([3; 16], [13; 16], " – "), "no reason, no yes");
    assert!(theirs.add([11; 16], [1; 16], "She agreed here, too"));
    assert!(theirs.add([12; 16], [9; 16], "Another pair"));
    assert!(theirs.add([3; 16], [13; 16], "The wrong way round"));
    let again = Consent::from_text(&ours.to_text(&keys), &keys).unwrap();
    assert!(again == ours);
    let agreed = again.both(&theirs);
    assert_eq!(agreed.len(), 1);
    assert_eq!((agreed[0].ours, agreed[0].why_ours.as_str()), ([1; 16], "She asked us to. Twice"));
    assert_eq!(theirs.both(&ours).len(), 1);
    assert!(ours.both(&ours).is_empty(), "one's own list is nobody's consent");
    let text = ours.to_text(&keys);
    for changed in
        [text.replace("Monday", "Friday"), text.replacen("01", "02", 1), text.replace("seal ", "seal 0")]
    {
        assert_eq!(Consent::from_text(&changed, &keys), Err(BlindError::NotOfSecret));
    }
    assert!(Consent::from_text(&text[..text.len() - 80], &keys).is_err());
    let other = Exchange::new(SECRET, "b", Kind::Consent).unwrap();
    assert_eq!(Consent::from_text(&text, &other), Err(BlindError::NotOfSecret));
    assert_eq!(mark(&hex(&[0xab; 16])), Some([0xab; 16]));
    assert_eq!(mark("ab"), None);
}

#[test]
fn each_record_is_matched_once_and_margins_tell_doubt() {
    let pair = |left, right, dice| Alike { left, right, dice };
    let pairs = [pair(0, 0, 0.9), pair(0, 1, 0.8), pair(1, 0, 0.85), pair(1, 1, 0.7), pair(2, 2, 0.6)];
    let chosen: Vec<_> = best(&pairs, -1.0).iter().map(|b| (b.pair.left, b.pair.right)).collect();
    assert_eq!(chosen, [(0, 0), (1, 1), (2, 2)]);
    let margins: Vec<f64> = best(&pairs, -1.0).iter().map(|b| b.margin).collect();
    assert!(
        (margins[0] - 0.05).abs() < 1e-9
            && (margins[1] + 0.15).abs() < 1e-9
            && (margins[2] - 0.6).abs() < 1e-9
    );
    assert_eq!(best(&pairs, 0.04).len(), 2, "what is likelier somebody else is left out");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn dice_is_symmetric(seed in 1u64.., cutoff in 0.1..1.0) {
        let (left, right) = (codes(40, seed), codes(140, seed.rotate_left(9) | 1));
        let mut back: Vec<_> = alike(&right, &left, cutoff, Kernel::best())
            .into_iter().map(|p| Alike { left: p.right, right: p.left, dice: p.dice }).collect();
        back.sort_by_key(|pair| (pair.left, pair.right));
        prop_assert_eq!(alike(&left, &right, cutoff, Kernel::best()), back);
    }

    #[test]
    fn any_text_is_encoded_the_same_each_time(
        given in any::<String>(), surname in "\\PC*", mother in any::<String>(), date in any::<String>(),
        place in "\\PC{0,6}", phone in any::<String>(), mark in any::<[u8; 16]>(),
    ) {
        let row = Row { given_names: &given, surname1: &surname, mother: &mother, birth_date: &date, place: &place,
            phone: &phone, sex: "F", ..Row::default() };
        let code = encoder("a").person(&row, &mark);
        prop_assert_eq!(code, encoder("a").person(&row, &mark));
        if let Some(code) = code {
            prop_assert!(code.ones() > 100, "how much is known does not show in empty bits: {}", code.ones());
            prop_assert_ne!(Some(code), encoder("b").person(&row, &mark));
        }
        for kind in [Contact::Phone, Contact::Plate, Contact::Handle] {
            let keys = keys("a", Kind::Contacts);
            let prints = kind.fingerprints(&given, &keys, &mark);
            prop_assert_eq!(prints, kind.fingerprints(&given, &keys, &mark));
        }
    }

    #[test]
    fn any_bytes_are_refused(bytes in any::<Vec<u8>>(), text in any::<String>()) {
        prop_assert!(Sealed::from_bytes(&bytes).is_err());
        prop_assert!(Sealed::from_bytes(&[b"CEIBA-BL\x01\x01", &bytes[..]].concat()).is_err());
        let keys = keys("a", Kind::Consent);
        prop_assert!(Consent::from_text(&text, &keys).is_err());
        let unsealed = format!("ceiba blind consent 1\n{text}");
        prop_assert!(Consent::from_text(&unsealed, &keys).is_err());
    }
}
