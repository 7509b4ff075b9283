//! Texts that are no names, and names that people get wrong.

use ceiba_linkage::{Birth, Index, Known, normalise};
use proptest::prelude::*;

fn named(name: &str) -> Known {
    Known {
        id: [1; 16],
        names: vec![name.to_owned()],
        surnames: vec![name.to_owned()],
        chosen: Some(name.to_owned()),
        mother: Some(name.to_owned()),
        ..Known::default()
    }
}

#[test]
fn names_are_made_comparable() {
    for (name, words) in [
        ("María de los Ángeles", vec!["maria", "angeles"]),
        ("Pérez-Cux", vec!["perez", "cux"]),
        ("Q'eqchi'", vec!["q'eqchi'"]),
        ("Q’eqchiꞌ", vec!["q'eqchi'"]),
        ("Qʼeqchi´", vec!["q'eqchi'"]),
        ("NÚÑEZ", vec!["nunez"]),
        ("De la", vec!["de", "la"]),
        ("Mª Elena", vec!["ma", "elena"]),
        ("  ", vec![]),
        ("😀 Ana 😀", vec!["ana"]),
        ("\u{202e}anA", vec!["ana"]),
        ("An\u{200b}a", vec!["ana"]),
        ("Ana\u{301}\u{301}\u{301}", vec!["ana"]),
        ("مريم", vec!["مريم"]),
        ("'", vec![]),
        ("ŉ", vec!["'n"]),
        ("İXIL 𝐀na", vec!["ixil", "ana"]),
    ] {
        assert_eq!(normalise(name), words, "{name}");
    }
    assert_eq!(normalise(&"x".repeat(10_000)), ["x".repeat(24)]);
    assert_eq!(normalise(&"ana ".repeat(10_000)).len(), 12);
}

#[test]
fn no_text_stops_the_index() {
    let long = "Ñ".repeat(10_000);
    let texts =
        ["", " ", "'", "’’’", "\u{202e}", "\u{0}", "😀", "👩‍👩‍👧", "de", "a", "مريم", "李", "\u{301}", &long];
    let mut index = Index::new();
    for (n, text) in texts.iter().enumerate() {
        index.add(&Known { id: [n as u8 + 2; 16], ..named(text) });
    }
    for text in texts {
        let _ = index.search(text, 10);
        let found = index.candidates(&named(text), 10);
        assert!(found.iter().all(|candidate| candidate.weight.is_finite()));
    }
    assert!(index.candidates(&named(""), 10).is_empty(), "nothing known, nothing said");
    assert!(index.candidates(&named("'"), 10).is_empty());
    assert_eq!(index.search("مريم", 1).len(), 1, "other scripts are found");
    assert_eq!(index.search("\u{202e}مريم", 1).len(), 1);
    for n in 0..texts.len() {
        assert!(index.remove(&[n as u8 + 2; 16]));
    }
    assert!(index.is_empty());
}

#[test]
fn apostrophes_do_not_part_people() {
    let mut index = Index::new();
    index.add(&Known { id: [2; 16], ..named("B'alam") });
    for spelling in ["Balam", "B’alam", "Bʼalam", "bꞌalam", "Valam", "B`alam"] {
        assert_eq!(index.search(spelling, 1), [([2; 16], 1.0)], "{spelling}");
        assert_eq!(index.candidates(&named(spelling), 1).len(), 1, "{spelling}");
    }
}

#[test]
fn extreme_dates_are_only_dates() {
    let mut index = Index::new();
    let births = [
        Birth::Exact(i32::MAX, 255, 255),
        Birth::Month(i32::MIN, 0),
        Birth::Year(0),
        Birth::Age { years: u16::MAX, at_year: i32::MIN },
        Birth::Age { years: 0, at_year: i32::MAX },
        Birth::Unknown,
    ];
    for (n, birth) in births.into_iter().enumerate() {
        index.add(&Known { id: [n as u8 + 2; 16], birth, ..named("Ana") });
    }
    for birth in births {
        assert_eq!(
            index
                .candidates(&Known { birth, ..named("Ana") }, 10)
                .iter()
                .filter(|c| c.weight.is_nan())
                .count(),
            0
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_accepted_and_found_again(name: String, other: String) {
        let mut index = Index::new();
        index.add(&Known { id: [2; 16], ..named(&name) });
        index.add(&Known { id: [3; 16], ..named(&other) });
        for word in normalise(&name) {
            prop_assert_eq!(normalise(&word), vec![word], "nothing is left to do");
        }
        prop_assert_eq!(index.search(&name, 9), index.search(&name, 9));
        prop_assert!(index.remove(&[2; 16]) && index.remove(&[3; 16]));
        prop_assert!(index.search(&name, 9).is_empty());
    }
}
