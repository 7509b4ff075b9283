//! Texts that are no names, and names that people get wrong.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own pack must fail")]

use ceiba_linkage::{Model, Nicknames, Register, Row, normalise};
use proptest::prelude::*;

const BEGIN: &str = include_str!("../../../packs/guatemala/linkage/begin.toml");

fn empty() -> Register {
    Register::new(Model::from_toml(BEGIN).unwrap(), Nicknames::default(), vec![])
}

fn named(name: &str) -> Row<'_> {
    Row { given_names: name, surname1: name, nickname: name, mother: name, ..Row::default() }
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
fn no_text_stops_the_register() {
    let long = "Ñ".repeat(10_000);
    let texts =
        ["", " ", "'", "’’’", "\u{202e}", "\u{0}", "😀", "👩‍👩‍👧", "de", "a", "مريم", "李", "\u{301}", &long];
    let mut register = empty();
    for (n, text) in texts.iter().enumerate() {
        register.add([n as u8 + 2; 16], &named(text));
    }
    for text in texts {
        let _ = register.find(text, None);
        let found = register.ask(&[named(text)], 10);
        assert!(
            found.iter().all(|answer| answer.weight.is_finite() && answer.probability.is_finite()),
            "{text}"
        );
    }
    for nothing in ["", "'"] {
        assert!(
            register.ask(&[named(nothing)], 10).iter().all(|a| a.probability < 0.5),
            "nothing known, nothing said"
        );
    }
    assert_eq!(register.find("مريم", None).len(), 1, "other scripts are found");
    assert_eq!(register.find("\u{202e}مريم", None).len(), 1);
    for n in 0..texts.len() {
        assert!(register.remove(&[n as u8 + 2; 16]));
    }
    assert!(register.is_empty());
}

#[test]
fn extreme_dates_are_only_dates() {
    let mut register = empty();
    let births = [
        ("9999999999-255-255", ""),
        ("-2147483648-00", ""),
        ("0000", ""),
        ("2010-02-30", ""),
        ("", "65535"),
        ("", "-1"),
        ("", ""),
        ("hoy", "quince"),
    ];
    let born =
        |(birth_date, age_years)| Row { birth_date, age_years, recorded_at: "2026-13-45", ..named("Ana") };
    for (n, birth) in births.into_iter().enumerate() {
        register.add([n as u8 + 2; 16], &born(birth));
    }
    for birth in births {
        assert!(register.ask(&[born(birth)], 10).iter().all(|a| !a.weight.is_nan()), "{birth:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_accepted_and_leaves_again(name: String, other: String) {
        let mut register = empty();
        register.add([2; 16], &named(&name));
        register.add([3; 16], &named(&other));
        for word in normalise(&name) {
            prop_assert_eq!(normalise(&word), vec![word], "nothing is left to do");
        }
        prop_assert_eq!(register.find(&name, None), register.find(&name, None));
        prop_assert!(register.remove(&[2; 16]) && register.remove(&[3; 16]));
        prop_assert!(register.find(&name, None).is_empty());
    }
}
