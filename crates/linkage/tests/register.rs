//! A register in memory: found by name, asked through a shared reference, forgotten.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its own pack must fail")]

use ceiba_linkage::{About, Language, Model, Nicknames, Register, Row, line};

const BEGIN: &str = include_str!("../../../packs/guatemala/linkage/begin.toml");
const NICKNAMES: &str = include_str!("../../../packs/guatemala/linkage/hypocoristics.txt");

fn empty() -> Register {
    Register::new(Model::from_toml(BEGIN).unwrap(), Nicknames::parse(NICKNAMES).unwrap(), vec![])
}

fn named<'a>(given: &'a str, surnames: &'a str) -> Row<'a> {
    Row { given_names: given, surname1: surnames, ..Row::default() }
}

/// A few hundred other people, so that words have a rarity.
fn town() -> Register {
    let names = ["Ana", "Rosa", "María", "Juana", "Carlos", "José", "Marta", "Luis", "Elena", "Pedro"];
    let surnames = ["López", "García", "Pérez", "Tzul", "Ajanel", "Chávez", "Morales", "Batz", "Ixcoy"];
    let mut register = empty();
    for n in 0..400usize {
        let mut id = [7; 16];
        id[..2].copy_from_slice(&[(n / 256) as u8, (n % 256) as u8]);
        let year = (1990 + n % 20).to_string();
        let row = Row {
            surname2: surnames[n / 9 % 9],
            birth_date: &year,
            sex: if n % 4 == 0 { "M" } else { "F" },
            nationality: "GTM",
            ..named(names[n % 10], surnames[n % 9])
        };
        register.add(id, &row);
    }
    register
}

const MARIA: Row<'_> = Row {
    given_names: "María Elena",
    surname1: "Kux",
    surname2: "Ixcoy",
    birth_date: "2010-03-07",
    sex: "Feminine",
    place: "0920",
    mother: "Juana Ixcoy Tum",
    nickname: "",
    age_years: "",
    nationality: "",
    document: "",
    phone: "",
    recorded_at: "",
    others: ["", "", ""],
};

/// What one piece of evidence adds when a person is met who is asked for.
fn adds(met: &Row<'_>, asked: &Row<'_>, about: About) -> f64 {
    let mut register = town();
    register.add([1; 16], met);
    let found = register.ask(&[*asked], 50);
    let met = found.iter().find(|found| found.id == [1; 16]).unwrap();
    met.because.iter().find(|because| because.about == about).unwrap().weight
}

#[test]
fn a_nation_says_nothing_among_those_who_share_surnames() {
    let of = |given, surname, nationality| Row {
        birth_date: "1990-03-07",
        sex: "F",
        place: "0101",
        phone: "55550137",
        nationality,
        ..named(given, surname)
    };
    let sister = |nation| adds(&of("Nery", "Zelaya", nation), &of("Doris", "Zelaya", nation), About::Nation);
    let cousin = |nation| adds(&of("Nery", "Zelaya", nation), &of("Nery", "Turcios", nation), About::Nation);
    // All of the town but two are Guatemalans.
    assert!(cousin("HND") > 1.0, "{}", cousin("HND"));
    assert!(sister("HND").abs() < 0.1, "{}", sister("HND"));
    assert!((sister("GTM") - sister("HND")).abs() < 1e-9);
    let abroad = adds(&of("Nery", "Zelaya", "HND"), &of("Doris", "Zelaya", "GTM"), About::Nation);
    assert!(abroad < -1.0, "{abroad}");
}

#[test]
fn a_sex_that_few_have_says_more() {
    let of = |sex| Row { birth_date: "1990", sex, ..named("Nery", "Zelaya") };
    let same = |sex| adds(&of(sex), &of(sex), About::Sex);
    // The town has three women to a man.
    assert!(same("M") > same("F") + 0.5, "{} {}", same("M"), same("F"));
}

#[test]
fn the_name_she_gave_elsewhere_is_found_and_explained() {
    let mut register = town();
    register.add([1; 16], &MARIA);
    // Nobody tells which word is a surname: both readings are asked for.
    let about = |row| Row { age_years: "15", recorded_at: "2025-09-01", ..row };
    let asked = [about(named("Mary Cux", "")), about(named("Mary", "Cux"))];
    let found = register.ask(&asked, 5);
    assert_eq!(found[0].id, [1; 16], "{found:?}");
    assert!(found[0].probability > 0.15, "{found:?}");
    assert!(line(&found[0].because, Language::Spanish).contains("apellido"), "{found:?}");
    assert_eq!(found[0].settle[0], About::Document);
    assert!(found.iter().skip(1).all(|other| other.probability < found[0].probability));
    let again = Row { surname1: "Cux", given_names: "Maria Helena", birth_date: "2010-07-03", ..MARIA };
    assert!(register.ask(&[again], 5)[0].probability > 0.95);
    let sister = Row { given_names: "Rosa", birth_date: "2012-09-01", ..MARIA };
    assert!(register.ask(&[sister], 5).iter().all(|a| a.id != [1; 16] || a.probability < 0.5));
}

#[test]
fn the_same_person_with_slips_is_likely_and_every_reason_tells() {
    let mut register = town();
    register.add([1; 16], &MARIA);
    let again = Row {
        birth_date: "2010-07-03",
        mother: "juana ishcoy",
        sex: "",
        place: "",
        ..named("Maria Helena", "Cux Ixcoi")
    };
    let found = register.ask(&[again], 5);
    assert!(found[0].id == [1; 16] && found[0].probability > 0.9, "{found:?}");
    let sum: f64 = found[0].because.iter().map(|b| b.weight).sum();
    assert!((sum - found[0].weight).abs() < 1e-3, "the weight is the sum of its reasons: {found:?}");
}

#[test]
fn sisters_are_not_taken_for_one_another() {
    let mut register = town();
    register.add([1; 16], &MARIA);
    let likely = |given: &str, birth: &str| {
        let sister = Row { given_names: given, birth_date: birth, ..MARIA };
        register.ask(&[sister], 20).into_iter().find(|a| a.id == [1; 16]).map_or(0.0, |a| a.probability)
    };
    let herself = likely("María Elena", "2010-03-07");
    for given in ["Rosa", "María Lucía", "Ana Elena", "Elisa"] {
        for birth in ["2012-09-01", "2008-01-30"] {
            let sister = likely(given, birth);
            assert!(sister < 0.5 && sister < herself, "{given} {birth}: {sister} of {herself}");
        }
    }
}

#[test]
fn in_a_house_of_two_people_she_is_known_again() {
    let mut register = empty();
    register.add([1; 16], &MARIA);
    register.add([2; 16], &named("Rosa", "Batz"));
    let again = Row { given_names: "Maria Elena", surname1: "Cux", mother: "", ..MARIA };
    let found = register.ask(&[again], 5);
    assert!(found[0].id == [1; 16] && found[0].probability > 0.9, "{found:?}");
    assert!(register.ask(&[named("Rosa", "")], 5).iter().all(|answer| answer.probability < 0.5));
}

#[test]
fn a_question_leaves_nothing_behind() {
    let mut register = town();
    register.add([1; 16], &MARIA);
    register.settle();
    let before = register.ask(&[MARIA], 9);
    let strange = named("Xochiquetzal", "Inexistente Tampoco");
    let _ = register.ask(&[strange], 9);
    assert!(register.find("Xochiquetzal", None).is_empty());
    assert_eq!(register.ask(&[MARIA], 9), before);
}

#[test]
fn several_readings_of_one_person_are_one_answer() {
    let mut register = town();
    register.add_known([1; 16], &[named("José", "Kux"), named("Luna", "Kux")], "Luna");
    assert_eq!(register.len(), 401);
    let found = register.ask(&[named("Luna", "Cux")], 9);
    assert_eq!(found.iter().filter(|answer| answer.id == [1; 16]).count(), 1, "{found:?}");
    assert_eq!(found[0].id, [1; 16]);
    register.add_known([1; 16], &[], "");
    assert!(register.len() == 400 && register.find("Luna", None).is_empty());
}

#[test]
fn search_finds_partial_and_misspelt_names() {
    let mut register = town();
    register.add_known([1; 16], &[named("Guadalupe", "Q'anil Velásquez")], "Xiomara");
    let typed = [
        "xio",
        "Shiomara",
        "siomara",
        "guad",
        "guadalup",
        "kanil",
        "Q’ANIL",
        "belazques",
        "velasquez xiom",
        "anil velas",
        "Xi",
    ];
    for typed in typed {
        let found = register.find(typed, None);
        assert!(found.iter().any(|(id, weight)| *id == [1; 16] && *weight > 0.0), "{typed}");
        assert_eq!(register.find(typed, Some(&[[1; 16], [9; 16]])).len(), 1, "{typed}");
    }
    assert_eq!(register.find("xiomara", None)[0], ([1; 16], 1.0));
    for typed in ["", " ", "x", "'", "zzzz", "😀", "de la"] {
        assert!(register.find(typed, None).iter().all(|(id, _)| *id != [1; 16]), "{typed}");
    }
    register.add_known([2; 16], &[named("Ana", "Batz")], "Marta");
    assert_eq!(register.find("marta", None)[0].0, [2; 16], "who chose the name comes first");
}

#[test]
fn apostrophes_and_other_scripts_do_not_part_people() {
    let mut register = empty();
    register.add([2; 16], &named("B'alam", ""));
    register.add([3; 16], &named("مريم", ""));
    for spelling in ["Balam", "B’alam", "Bʼalam", "bꞌalam", "Valam", "B`alam"] {
        assert_eq!(register.find(spelling, None), [([2; 16], 0.98)], "{spelling}");
    }
    assert_eq!(register.find("\u{202e}مريم", None).len(), 1);
}

#[test]
fn the_register_forgets_what_it_is_told_to_forget() {
    let mut register = empty();
    assert!(register.is_empty() && !register.remove(&[1; 16]));
    register.add([1; 16], &MARIA);
    register.add([1; 16], &MARIA);
    assert_eq!(register.len(), 1);
    register.add([1; 16], &named("Rosa", "Batz"));
    assert!(register.find("Elena", None).is_empty() && register.find("Ixcoy", None).is_empty());
    assert_eq!(register.find("rosa bats", None).len(), 1);
    assert!(register.remove(&[1; 16]) && !register.holds(&[1; 16]));
    assert!(register.find("rosa", None).is_empty() && register.is_empty());
    for n in 0..2_000u16 {
        let mut id = [3; 16];
        id[..2].copy_from_slice(&n.to_be_bytes());
        register.add(id, &named("Rosa", "Batz"));
        assert!(n % 2 == 1 || register.remove(&id));
    }
    assert_eq!(register.find("rosa", None).len(), 1_000, "a place is used again");
    assert_eq!(format!("{register:?}"), "Register(1000 people)");
}

/// What the name that somebody gave elsewhere makes of a pair of which all else fits, in doublings of the odds.
fn weighs(met: Row<'_>, asked: Row<'_>) -> f64 {
    let with = |row| Row { birth_date: "2004-03-07", sex: "F", place: "0920", ..row };
    adds(&with(met), &with(asked), About::Family)
}

#[test]
fn who_married_keeps_her_surnames() {
    let own = named("María Elena", "Cux Ixcoy");
    let both = Row { surname2: "Ixcoy", ..named("María Elena", "Cux") };
    for married in ["Cux Ixcoy de Morales", "Cux Ixcoy Morales", "Cux Ixcoy de la Cruz"] {
        assert_eq!(weighs(own, named("María Elena", married)), weighs(own, own), "{married}");
    }
    let apart = Row { surname2: "Ixcoy de Morales", ..both };
    assert_eq!(weighs(both, apart), weighs(both, both));
    // Without her second surname the husband's neither confirms nor contradicts it.
    let instead = weighs(own, named("María Elena", "Cux de Morales"));
    assert_eq!(instead, weighs(both, Row { surname2: "de Morales", ..both }));
    assert!(instead > weighs(own, named("María Elena", "Cux Morales")) + 1.0);
    let man = Row { sex: "M", birth_date: "2004", ..named("Nery", "Cux Ixcoy") };
    let other = Row { surname1: "Cux de Morales", ..man };
    assert!(adds(&man, &other, About::Family) < instead - 1.0, "a man takes nobody's surname");
}

#[test]
fn surnames_of_several_words_are_one() {
    for (one, other) in [
        ("Montes de Oca Cux", "Montes de Oca Kux"),
        ("de la Cruz Pérez", "De La Cruz Peres"),
        ("de León", "León"),
        ("Pérez de León", "Peres León"),
    ] {
        let apart = weighs(named("Elena", one), named("Elena", "Tzul Ajanel"));
        assert!(weighs(named("Elena", one), named("Elena", other)) > apart + 5.0, "{one} {other}");
    }
}

#[test]
fn what_is_written_for_no_document_is_none() {
    let with = |document, given| Row { document, birth_date: "2004", ..named(given, "Tzul Batz") };
    for nobodys in ["NO TIENE", "0000000000000", "9999 99999 9999", "sin DPI", "en trámite"] {
        let told = adds(&with(nobodys, "Rosa"), &with(nobodys, "Rosa"), About::Document);
        assert_eq!(told, 0.0, "{nobodys}");
    }
    assert!(adds(&with("2345678900101", "Rosa"), &with("2345 67890 0101", "Rosa"), About::Document) > 5.0);
}

#[test]
fn what_is_written_for_no_name_is_none() {
    let known = |row| Row { document: "2345678900101", birth_date: "2010", ..row };
    let tells = |given, surname| {
        let row = known(named(given, surname));
        [About::Given, About::Family, About::Together].map(|about| adds(&row, &row, about))
    };
    for (given, surname) in
        [("NN", "NN"), ("Persona", "1"), ("Niña 2", ""), ("no tiene", "No refiere"), ("Desconocida", "XX")]
    {
        assert_eq!(tells(given, surname), tells("", ""), "{given} {surname}");
    }
    let [given, family, _] = tells("Nina", "Noj");
    assert!(given > 1.0 && family > 1.0, "a name is one");
}

#[test]
fn nicknames_are_heard() {
    let called = |nickname, given| Row { nickname, document: "2345678900101", ..named(given, "Tzul") };
    let told = |one, other| adds(&one, &other, About::Nickname);
    let same = told(called("Mari", "Elena"), called("Mari", "Elena"));
    assert_eq!(told(called("Mari", "Elena"), called("Mary", "Elena")), same);
    assert!(told(called("Flaca", "Elena"), called("Mary", "Elena")) < same - 1.0);
    let given = told(called("Chayo", "Elena"), called("", "Rosario"));
    assert_eq!(given, told(called("", "Rosario"), called("Chayo", "Elena")));
    assert_eq!(given, told(called("Rosario", "Elena"), called("", "Rosario")));
}

#[test]
fn given_names_that_ran_together_are_two() {
    let known = |given| Row { birth_date: "2004-03-07", ..named(given, "Cux Ixcoy") };
    let told = |one, other| adds(&known(one), &known(other), About::Given);
    let apart = told("María Elena", "María Elena");
    for (one, other) in
        [("Mariaelena", "María Elena"), ("María Elena", "Mariahelena"), ("Xochi Nikté", "Xochinikte")]
    {
        for weight in [told(one, other), told(other, one)] {
            assert!(weight > 3.0, "{one} {other}: {weight}");
        }
    }
    assert!(told("Rosaelena", "María Elena") < apart - 3.0);
}

#[test]
fn in_a_small_register_a_common_sex_and_a_common_place_say_little() {
    let woman =
        |given| Row { sex: "F", place: "0901", birth_date: "2004-03-07", ..named(given, "Cux Ixcoy") };
    let mut register = empty();
    for (n, given) in (0..20).zip(["Ana", "Rosa", "Juana", "Marta", "Elena"].into_iter().cycle()) {
        register.add([n; 16], &Row { birth_date: "1990", ..woman(given) });
    }
    register.add([99; 16], &woman("Luisa"));
    let found = register.ask(&[woman("Luisa")], 30);
    let same = found.iter().find(|answer| answer.id == [99; 16]).unwrap();
    for about in [About::Sex, About::Place] {
        let says = same.because.iter().find(|because| because.about == about).unwrap().weight;
        assert!((0.0..2.0).contains(&says), "{about:?}: {says}");
    }
}
