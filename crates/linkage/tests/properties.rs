//! What must hold for any records.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its own pack must fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use ceiba_linkage::{About, Language, Linker, Model, Nicknames, Register, Row, Settings, line};
use proptest::prelude::*;

const BEGIN: &str = include_str!("../../../packs/guatemala/linkage/begin.toml");
const NICKNAMES: &str = include_str!("../../../packs/guatemala/linkage/hypocoristics.txt");

/// A record that owns its texts.
#[derive(Clone, Debug, Default)]
struct Person([String; 13]);

impl Person {
    fn row(&self) -> Row<'_> {
        let [given, one, two, nick, sex, born, age, place, nation, document, phone, mother, day] = &self.0;
        Row {
            given_names: given,
            surname1: one,
            surname2: two,
            nickname: nick,
            sex,
            birth_date: born,
            age_years: age,
            place,
            nationality: nation,
            document,
            phone,
            mother,
            recorded_at: day,
            others: [""; 3],
        }
    }
}

fn of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(words).prop_map(str::to_owned)
}

fn person() -> impl Strategy<Value = Person> {
    let born = of(&["", "2010-03-07", "2010-07-03", "2010-03", "2010", "2010-01-01", "1999-12-31", "nunca"]);
    let parts = (
        of(&[
            "",
            "María Elena",
            "Mari",
            "Elena",
            "María",
            "Ana Lucía",
            "Lucía",
            "M. Elena",
            "Beto",
            "Roberto",
            "Mariaelena",
        ]),
        of(&["", "Cux", "Kux", "Ixcoy", "de León", "Tzul Ajanel", "López", "Lopes"]),
        of(&["", "Ixcoy", "Ishcoi", "Cux", "de Morales", "López"]),
        of(&["", "Mari", "Flaca", "Chepe"]),
        of(&["", "F", "M"]),
        born,
        of(&["", "15", "16", "30", "x"]),
        of(&["", "0901", "0920", "0101"]),
        of(&["", "GTM", "HND"]),
        of(&["", "2345678900101", "2345678900110", "9345678900101", "AB-1234"]),
        of(&["", "55551234", "55551243", "+502 5555-1234"]),
        of(&["", "Juana Ixcoy Tum", "Juana", "Rosa Ixcoy"]),
    );
    let all = |(a, b, c, d, e, f, g, h, i, j, k, l): (
        String,
        String,
        String,
        String,
        String,
        String,
        String,
        String,
        String,
        String,
        String,
        String,
    )| { Person([a, b, c, d, e, f, g, h, i, j, k, l, "2026-05-01".to_owned()]) };
    parts.prop_map(all)
}

/// Read once: a thousand registers are made here.
static PACK: LazyLock<(Model, Nicknames)> =
    LazyLock::new(|| (Model::from_toml(BEGIN).unwrap(), Nicknames::parse(NICKNAMES).unwrap()));

fn model() -> Model {
    PACK.0.clone()
}

fn settings() -> Settings {
    Settings {
        nicknames: PACK.1.clone(),
        checks: vec![],
        exhaustive: true,
        documents: true,
        begin: Some(model()),
    }
}

/// The pairs of people, named by where they stand in the list, with weight and words.
fn pairs(people: &[(usize, Person)]) -> Vec<(usize, usize, String, String)> {
    let mut linker = Linker::new(settings());
    people.iter().for_each(|(lot, person)| linker.add(&person.row(), *lot as u64));
    let linked = linker.link(Some(&model()), &mut |_, _, _| {});
    let mut pairs: Vec<_> = linked
        .pairs
        .iter()
        .map(|pair| {
            let (a, b) = (people[pair.left as usize].0, people[pair.right as usize].0);
            let because = linked.because(pair);
            let sum: f64 = because.iter().map(|b| b.weight).sum();
            assert!((sum - pair.weight).abs() < 1e-3, "the weights add up: {sum} {}", pair.weight);
            (a.min(b), a.max(b), format!("{:.3}", pair.weight), line(&because, Language::Spanish))
        })
        .collect();
    pairs.sort();
    pairs
}

/// The groups of people, each as a list of where they stand.
fn groups(people: &[(usize, Person)]) -> BTreeSet<BTreeSet<usize>> {
    let mut linker = Linker::new(settings());
    people.iter().for_each(|(lot, person)| linker.add(&person.row(), *lot as u64));
    let linked = linker.link(Some(&model()), &mut |_, _, _| {});
    let mut groups: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    for (group, (lot, _)) in linker.clusters(&linked.pairs, 0.5).into_iter().zip(people) {
        groups.entry(group).or_default().insert(*lot);
    }
    groups.into_values().collect()
}

fn register(people: &[Person]) -> Register {
    let mut register = Register::new(model(), PACK.1.clone(), vec![]);
    for (n, person) in people.iter().enumerate() {
        register.add([n as u8; 16], &person.row());
    }
    register
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_order_of_records_changes_the_answer(people in prop::collection::vec(person(), 2..24), turn in 0usize..24) {
        let numbered: Vec<(usize, Person)> = people.into_iter().enumerate().collect();
        let mut turned = numbered.clone();
        turned.rotate_left(turn % numbered.len());
        turned.reverse();
        prop_assert_eq!(pairs(&numbered), pairs(&turned));
        prop_assert_eq!(groups(&numbered), groups(&turned));
    }

    #[test]
    fn it_does_not_matter_who_is_asked_for(a in person(), b in person(), others in prop::collection::vec(person(), 6)) {
        // Both are in the register, so that words are as common for either question.
        let mut all = others;
        all.extend([a.clone(), b.clone()]);
        let register = register(&all);
        let weight = |register: &Register, asked: &Person, of: u8| {
            let found = register.ask(&[asked.row()], 20);
            found.into_iter().find(|answer| answer.id == [of; 16]).map(|answer| format!("{:.3}", answer.weight))
        };
        prop_assert_eq!(weight(&register, &a, 7), weight(&register, &b, 6));
    }

    #[test]
    fn a_changed_register_is_as_one_made_anew(
        people in prop::collection::vec(person(), 3..12), gone in prop::collection::vec(person(), 1..6), asked in person(),
    ) {
        let anew = register(&people);
        let mut changed = register(&gone);
        for n in 0..gone.len() {
            prop_assert!(changed.remove(&[n as u8; 16]));
        }
        for (n, person) in people.iter().enumerate().rev() {
            changed.add([n as u8; 16], &asked.row());
            changed.add([n as u8; 16], &person.row());
        }
        prop_assert_eq!(anew.len(), changed.len());
        prop_assert_eq!(anew.ask(&[asked.row()], 9), changed.ask(&[asked.row()], 9));
        changed.settle();
        prop_assert_eq!(anew.ask(&[asked.row()], 9), changed.ask(&[asked.row()], 9), "settled or not");
        for typed in ["Ele", "Mari Cux", "lusia", "tsul", "Beto", "de la"] {
            prop_assert_eq!(anew.find(typed, None), changed.find(typed, None), "{}", typed);
        }
    }

    #[test]
    fn what_agrees_as_well_never_lowers_the_weight(a in person(), b in person(), others in prop::collection::vec(person(), 6)) {
        // Sex, birth, nickname, place, nation, document, phone, mother: unknown of both, and then the same.
        for (field, value) in [(4, "F"), (5, "2010-03-07"), (3, "Mari"), (7, "0920"), (8, "GTM"), (9, "2345678900101"),
            (10, "55551234"), (11, "Juana Ixcoy Tum")] {
            let weight = |value: &str| {
                let with = |person: &Person| { let mut p = person.clone(); p.0[field] = value.to_owned();
                    if field == 5 { p.0[6].clear(); } p };
                let mut all = others.clone();
                all.push(with(&b));
                let found = register(&all).ask(&[with(&a).row()], 20);
                found.into_iter().find(|answer| answer.id == [6; 16]).map(|answer| answer.weight)
            };
            if let (Some(unknown), same) = (weight(""), weight(value)) {
                prop_assert!(same.is_some_and(|same| same >= unknown - 0.01), "{field}: {unknown} {same:?}");
            }
        }
    }

    #[test]
    fn what_agrees_as_well_never_lowers_the_weight_of_a_pair_of_a_register(a in person(), b in person()) {
        for (field, value) in [(4, "F"), (5, "2010-03-07"), (3, "Mari"), (7, "0920"), (8, "GTM"), (9, "2345678900101"),
            (10, "55551234"), (11, "Juana Ixcoy Tum")] {
            let weight = |value: &str| {
                let with = |person: &Person| { let mut p = person.clone(); p.0[field] = value.to_owned();
                    if field == 5 { p.0[6].clear(); } p };
                // Between people of another name, so that everything has a rarity.
                let mut linker = Linker::new(settings());
                let others = (0..12u8).map(|n| { let mut p = Person::default(); p.0[0] = "Nery".to_owned();
                    p.0[1] = format!("Zacarías{}", char::from(b'a' + n % 26)); p.0[5] = (1950 + u16::from(n)).to_string(); p });
                others.chain([with(&a), with(&b)]).zip(1..).for_each(|(p, lot)| linker.add(&p.row(), lot));
                let linked = linker.link(Some(&model()), &mut |_, _, _| {});
                let pair = linked.pairs.iter().find(|pair| (pair.left, pair.right) == (12, 13));
                pair.map(|pair| {
                    let third = linked.because(pair).into_iter().find(|because| because.about == About::Third);
                    assert!(third.is_some_and(|third| third.weight == 0.0), "no third record knows either");
                    pair.weight
                })
            };
            if let Some(unknown) = weight("") {
                let same = weight(value);
                prop_assert!(same.is_some_and(|same| same >= unknown - 0.01), "{field}: {unknown} {same:?}");
            }
        }
    }

    #[test]
    fn any_text_is_read(given: String, surname: String, date: String, number: String) {
        let row = Row { given_names: &given, surname1: &surname, surname2: &given, birth_date: &date, age_years: &number,
            document: &number, phone: &number, mother: &surname, nickname: &given, place: &surname, nationality: &date,
            sex: &given, recorded_at: &date, others: [&given, &surname, &number] };
        let mut linker = Linker::new(settings());
        linker.add(&row, 1);
        linker.add(&row, 2);
        let linked = linker.link(Some(&model()), &mut |_, _, _| {});
        prop_assert!(linked.pairs.iter().all(|pair| pair.weight.is_finite() && (0.0..=1.0).contains(&pair.alone)));
    }
}

#[test]
fn a_model_comes_back_from_its_text() {
    let model = model();
    let again = Model::from_toml(&model.to_toml().unwrap()).unwrap();
    assert_eq!(again.to_toml().unwrap(), model.to_toml().unwrap());
    assert!(Model::from_toml("format = 1").is_err());
    assert!(Model::from_toml(&BEGIN.replace("both_spelled_the_same", "both_spelt_the_same")).is_err());
    assert!(Model::from_toml(&BEGIN.replacen("base = -", "base = nan #", 1)).is_err());
}

#[test]
fn groups_are_apart_from_records_so_a_merge_is_taken_back() {
    let person = |given: &str| Person::default_with(given);
    let mut linker = Linker::new(settings());
    let people = [person("María Elena"), person("María Elena"), person("Rosa")];
    people.iter().zip(1..).for_each(|(p, lot)| linker.add(&p.row(), lot));
    let linked = linker.link(Some(&model()), &mut |_, _, _| {});
    let merged = linker.clusters(&linked.pairs, 0.5);
    assert_eq!(merged, [0, 0, 2]);
    // Taken back: the link is left out, nothing else is touched.
    let without: Vec<_> = linked.pairs.iter().copied().filter(|p| (p.left, p.right) != (0, 1)).collect();
    assert_eq!(linker.clusters(&without, 0.5), [0, 1, 2]);
    assert_eq!(linker.clusters(&linked.pairs, 0.5), merged);
}

impl Person {
    fn default_with(given: &str) -> Self {
        let text = [
            given,
            "Cux",
            "Ixcoy",
            "",
            "F",
            "2010-03-07",
            "",
            "0901",
            "GTM",
            "2345678900101",
            "55551234",
            "Juana Ixcoy",
            "",
        ];
        let mut person = Self(text.map(str::to_owned));
        if given == "Rosa" {
            person.0[9].clear();
            person.0[5] = "2003-01-20".to_owned();
        }
        person
    }
}
