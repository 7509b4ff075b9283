use ceiba_disclosure::Threshold;

use super::super::counting::{Divided, Exact};
use super::super::frozen::{Figure, Value};
use super::{Counted, Passed, Scale, Shown, pass};

const K: Threshold = Threshold::DEFAULT;

fn counted(value: Exact, to_date: Exact, tables: Vec<Divided>) -> Counted {
    Counted {
        people: true,
        unique: false,
        scale: Scale::ONE,
        value,
        to_date,
        brought: Exact::Nothing,
        tables,
    }
}

fn divided(cells: Vec<Exact>, parts: bool) -> Divided {
    Divided {
        rows_by: "site".into(),
        columns_by: String::new(),
        rows: (0..cells.len()).map(|n| format!("K{n}")).collect(),
        columns: vec!["all".into()],
        cells: cells.into_iter().map(|cell| vec![cell]).collect(),
        additive: false,
        parts,
    }
}

const fn share(part: u64, whole: u64) -> Exact {
    Exact::Share { part, whole, people: None }
}

/// Minutes of so many people.
fn median(people: std::ops::Range<u32>) -> Exact {
    Exact::Median(people.map(|who| (who, 10 + who)).collect())
}

fn through(counted: &Counted, shown: &Shown<'_>) -> Passed {
    pass(counted, shown, K).expect("passes")
}

fn table(total: Exact, cells: Vec<Exact>, parts: bool) -> Vec<Option<f64>> {
    let counted = counted(total.clone(), total, vec![divided(cells, parts)]);
    through(&counted, &Shown::default()).tables[0].cells.iter().flatten().map(|value| value.shown()).collect()
}

#[test]
fn a_share_leaves_where_its_two_counts_could() {
    // Of 60 people 30: whoever knows how many there are in each house, and in all, has the part of the third.
    let houses = |third| vec![share(10, 20), share(12, 25), third];
    assert_eq!(table(share(30, 60), houses(share(8, 15)), true), [Some(50.0), Some(48.0), Some(53.3)]);
    let hidden = table(share(24, 60), houses(share(2, 15)), true);
    assert!(hidden[2].is_none() && hidden[..2].iter().any(Option::is_none), "{hidden:?}");
    // Nobody knows a whole where people stand in several rows.
    assert_eq!(table(share(24, 60), houses(share(2, 15)), false), [Some(50.0), Some(48.0), None]);
    // The figure itself, of people and of what happened to many: eleven of twelve say how the twelfth was.
    let headline = |part, whole, people| {
        let exact = Exact::Share { part, whole, people };
        through(&counted(exact.clone(), exact, Vec::new()), &Shown::default()).value
    };
    for people in [None, Some(11)] {
        assert_eq!(headline(11, 12, people), Value::Hidden, "{people:?}");
        assert_eq!(headline(2, 12, people), Value::Hidden, "{people:?}");
        assert_eq!(headline(6, 12, people), Value::Shown(50.0), "{people:?}");
        assert_eq!(headline(12, 12, people), Value::Shown(100.0), "{people:?}: nobody is not a few");
    }
}

#[test]
fn money_is_said_to_the_cent_and_earlier_versions_all_count() {
    let scale = Scale { by: 100.0, steps: 100.0 };
    let paid = |value| Exact::Number { value, people: 9 };
    let money = Counted { scale, ..counted(paid(123_456), paid(123_456), Vec::new()) };
    assert_eq!(through(&money, &Shown::default()).value, Value::Shown(1234.56));
    // Twenty, then three more and hidden, then once more with no more.
    let of = |value| Figure { value, to_date: value, ..figure() };
    let (first, second) = (of(Value::Shown(20.0)), of(Value::Hidden));
    let people = Exact::Number { value: 23, people: 23 };
    let third = |versions: Vec<&Figure>| {
        let counted = Counted { unique: true, ..counted(people.clone(), people.clone(), Vec::new()) };
        through(&counted, &Shown { versions, others: Vec::new() }).value
    };
    assert_eq!(third(vec![&second]), Value::Shown(23.0));
    assert_eq!(third(vec![&second, &first]), Value::Hidden);
}

#[test]
fn a_median_leaves_where_its_people_could() {
    let houses = |third| vec![median(0..10), median(10..30), third];
    assert!(table(median(0..40), houses(median(30..40)), true).iter().all(Option::is_some));
    let hidden = table(median(0..33), houses(median(30..33)), true);
    assert!(hidden[2].is_none() && hidden[..2].iter().any(Option::is_none), "{hidden:?}");
    assert_eq!(table(median(0..40), vec![median(0..40), Exact::Nothing], true), [Some(29.5), None]);
}

fn to_date(counted: Counted, others: &[&Figure]) -> Value {
    let shown = Shown { others: others.to_vec(), ..Shown::default() };
    through(&counted, &shown).to_date
}

#[test]
fn what_a_few_people_of_the_period_added_is_not_told_by_the_number_to_date() {
    let nights = |value, people| Exact::Number { value, people };
    let earlier = Figure { to_date: Value::Shown(300.0), ..figure() };
    let now = |people| counted(nights(30, people), nights(330, 12), Vec::new());
    assert_eq!(to_date(now(6), &[&earlier]), Value::Shown(330.0));
    assert_eq!(to_date(now(1), &[&earlier]), Value::AtLeast(300.0), "thirty nights are one girl");
    assert_eq!(to_date(now(1), &[]), Value::Hidden);
    // A share and a median of all so far, with and without two.
    assert_eq!(to_date(counted(share(1, 2), share(20, 40), Vec::new()), &[]), Value::Hidden);
    assert_eq!(to_date(counted(share(5, 10), share(20, 40), Vec::new()), &[]), Value::Shown(50.0));
    assert_eq!(to_date(counted(median(30..32), median(0..32), Vec::new()), &[]), Value::Hidden);
    assert_eq!(to_date(counted(median(0..32), median(0..32), Vec::new()), &[]), Value::Shown(25.5));
    // People: three came before the period and not in it.
    let people = |n| Exact::Number { value: n, people: n.unsigned_abs() };
    let of = |value, all| Counted { unique: true, ..counted(people(value), people(all), Vec::new()) };
    assert_eq!(to_date(of(30, 33), &[]), Value::AtLeast(30.0));
    assert_eq!(to_date(of(30, 35), &[]), Value::Shown(35.0));
}

fn figure() -> Figure {
    let words = super::super::frozen::Words::default;
    Figure {
        code: "G13".into(),
        indicator: "G13".into(),
        version: 1,
        result: String::new(),
        name: words(),
        definition: words(),
        source: words(),
        unit: "events".into(),
        value: Value::Nothing,
        to_date: Value::Nothing,
        brought: Value::Nothing,
        baseline: None,
        target: None,
        target_of: "grant".into(),
        ascending: true,
        tables: Vec::new(),
        deviation: String::new(),
        rule: String::new(),
        facts_hash: String::new(),
        public: super::super::frozen::Public::default(),
    }
}
