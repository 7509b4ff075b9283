//! How right it is: 3,000 invented records whose persons are known. What a change costs is seen here first; the README has
//! what was measured on larger ones.
//!
//! `data/people.csv` is what `gen_people.py --n 3000 --seed 601` of the project's knowledge base writes. No seed of that number
//! was looked at when the model was made, and the bounds are not what it reaches but what must not be lost.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its own data must fail")]

use std::collections::{HashMap, HashSet};

use ceiba_linkage::{Linked, Linker, Model, Nicknames, Register, Row, Settings, evaluate};

const BEGIN: &str = include_str!("../../../packs/guatemala/linkage/begin.toml");
const NICKNAMES: &str = include_str!("../../../packs/guatemala/linkage/hypocoristics.txt");
const PEOPLE: &str = include_str!("data/people.csv");

/// The records with the person whom each is of, in the order in which they were written down.
fn people() -> Vec<(u32, csv::StringRecord)> {
    let mut reader = csv::Reader::from_reader(PEOPLE.as_bytes());
    let mut all: Vec<(u32, csv::StringRecord)> =
        reader.records().map(|r| r.unwrap()).map(|r| (r[1].parse().unwrap(), r)).collect();
    all.sort_by(|a, b| a.1[15].cmp(&b.1[15]));
    all
}

fn row(r: &csv::StringRecord) -> Row<'_> {
    Row {
        given_names: &r[2],
        surname1: &r[3],
        surname2: &r[4],
        nickname: &r[5],
        sex: &r[6],
        birth_date: &r[7],
        age_years: &r[8],
        place: &r[9],
        nationality: &r[10],
        document: &r[11],
        phone: &r[12],
        mother: &r[13],
        recorded_at: &r[15],
        others: [""; 3],
    }
}

fn pack() -> (Model, Nicknames) {
    (Model::from_toml(BEGIN).unwrap(), Nicknames::parse(NICKNAMES).unwrap())
}

/// A register of rows, linked as `ceiba link` does it.
fn linked<'r>(rows: impl Iterator<Item = Row<'r>>) -> (Linker, Linked) {
    let (model, nicknames) = pack();
    let settings =
        Settings { nicknames, checks: vec![], exhaustive: true, documents: true, begin: Some(model) };
    let mut linker = Linker::new(settings);
    rows.zip(1..).for_each(|(row, lot)| linker.add(&row, lot));
    let linked = linker.link(None, &mut |_, _, _| {});
    (linker, linked)
}

#[test]
fn the_number_of_the_example_on_the_form_makes_nobody_one_person() {
    let people = people();
    let rows = people.iter().enumerate().map(|(n, (_, r))| {
        let copied = n % 20 == 0 && r[11].is_empty();
        Row { document: if copied { "1234 56789 0101" } else { &r[11] }, ..row(r) }
    });
    let linked = linked(rows).1;
    let truth: Vec<u32> = people.iter().map(|(person, _)| *person).collect();
    assert_eq!(linked.report.nobodys, 1);
    let e = evaluate(&linked.pairs, &truth, None, 0.95);
    // 0.942 when the number counts.
    assert!(e.at.precision > 0.948, "{e:?}");
}

#[test]
fn a_register_is_linked_as_right_as_it_says() {
    let people = people();
    let (linker, linked) = linked(people.iter().map(|(_, r)| row(r)));
    let truth: Vec<u32> = people.iter().map(|(person, _)| *person).collect();
    let e = evaluate(&linked.pairs, &truth, None, 0.95);
    assert_eq!(linked.report.nobodys, 0);
    assert!(e.best.0.f1 > 0.95, "{e:?}");
    assert!(e.recall_at_99 > 0.87, "{e:?}");
    assert!((0.93..0.98).contains(&e.at.precision) && e.at.f1 > 0.94, "{e:?}");
    assert!(e.brier < 0.05, "{e:?}");
    // Groups are no worse than pairs.
    let groups = linker.clusters(&linked.pairs, 0.95);
    let mut of: HashMap<u32, Vec<u32>> = HashMap::new();
    for (group, person) in groups.iter().zip(&truth) {
        of.entry(*group).or_default().push(*person);
    }
    let pairs = |n: usize| n * n.saturating_sub(1) / 2;
    let joined: usize = of.values().map(|group| pairs(group.len())).sum();
    let right: usize = of
        .values()
        .map(|group| {
            let persons: HashSet<&u32> = group.iter().collect();
            persons
                .iter()
                .map(|one| pairs(group.iter().filter(|person| person == one).count()))
                .sum::<usize>()
        })
        .sum();
    assert!(right as f64 / joined as f64 > 0.95, "{right} of {joined}");
}

#[test]
fn whoever_comes_again_is_first_among_who_may_be_meant() {
    let (model, nicknames) = pack();
    let (mut register, people) = (Register::new(model, nicknames, vec![]), people());
    let (known, newest) = people.split_at(people.len() - 300);
    let id = |n: usize| (n as u128).to_be_bytes();
    known.iter().enumerate().for_each(|(n, (_, r))| register.add(id(n), &row(r)));
    register.settle();
    let [mut come_again, mut first, mut wrong, mut alarms] = [0; 4];
    for (person, r) in newest {
        let found = register.ask(&[row(r)], 1);
        let best =
            found.first().map(|best| (known[u128::from_be_bytes(best.id) as usize].0, best.probability));
        let sure = best.filter(|(_, probability)| *probability > 0.95).map(|(who, _)| who);
        if known.iter().any(|(who, _)| who == person) {
            come_again += 1;
            first += usize::from(best.is_some_and(|(who, _)| who == *person));
            wrong += usize::from(sure.is_some_and(|who| who != *person));
        } else {
            alarms += usize::from(sure.is_some());
        }
    }
    assert!(come_again > 150, "too few to tell: {come_again}");
    assert!(first as f64 / come_again as f64 > 0.94, "{first} of {come_again}");
    assert!(wrong <= 1 && alarms <= 4, "wrong {wrong}, alarms {alarms}");
}
