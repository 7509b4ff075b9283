//! Somebody who asks thousands of times with other filters, and takes everything apart that she was shown. She solves equations by
//! elimination and knows nothing of linear programs.

mod asker;

use std::collections::{BTreeMap, BTreeSet};

use asker::{Dice, Equations};
use ceiba_disclosure::{Many, Past, Question, Region, Threshold, guard, unguarded};

const MONTHS: i64 = 6;
const SITES: usize = 3;

/// How many people in each month at each site.
type People = Vec<u64>;

fn region(from: i64, to: i64, sites: &BTreeSet<usize>) -> Region {
    let mut filters = BTreeMap::new();
    if sites.len() < SITES {
        filters.insert("site".to_owned(), sites.iter().map(|s| format!("K{s}")).collect());
    }
    Region { days: (from, to), filters }
}

fn covers(region: &Region, month: i64, site: usize) -> bool {
    region.days.0 <= month
        && month < region.days.1
        && region.filters.get("site").is_none_or(|sites| sites.contains(&format!("K{site}")))
}

fn row(region: &Region) -> Vec<f64> {
    (0..MONTHS)
        .flat_map(|m| (0..SITES).map(move |s| (m, s)))
        .map(|(m, s)| if covers(region, m, s) { 1.0 } else { 0.0 })
        .collect()
}

fn count(people: &People, region: &Region) -> u64 {
    row(region).iter().zip(people).filter(|(inside, _)| **inside > 0.0).map(|(_, n)| n).sum()
}

/// Everything that she may be after: each run of months at each set of sites.
fn all() -> Vec<Region> {
    let mut all = Vec::new();
    for from in 0..MONTHS {
        for to in from + 1..=MONTHS {
            for mask in 1..1u32 << SITES {
                all.push(region(from, to, &(0..SITES).filter(|s| mask >> s & 1 == 1).collect()));
            }
        }
    }
    all
}

/// What she was shown.
#[derive(Default)]
struct Shown(Equations);

impl Shown {
    fn learn(&mut self, region: &Region, people: u64, population: &People) {
        self.0.learn(row(region), people as f64);
        // Nobody in all means nobody in each.
        if people == 0 {
            for (at, n) in population.iter().enumerate().filter(|(at, _)| row(region)[*at] > 0.0) {
                let mut one = vec![0.0; population.len()];
                one[at] = 1.0;
                self.0.learn(one, *n as f64);
            }
        }
    }

    /// The number of a region, when it follows from what was shown.
    fn follows(&self, region: &Region) -> Option<f64> {
        self.0.follows(row(region))
    }
}

/// Asks about one thing many times; how many answers she got, and which small groups she has in the end.
fn campaign(seed: u64, times: usize, with_gate: bool) -> (usize, usize, Vec<(Region, u64)>) {
    let mut dice = Dice(seed);
    let people: People = (0..MONTHS as usize * SITES).map(|_| dice.below(7) * dice.below(2)).collect();
    let (mut ledger, mut shown): (Vec<Past>, Shown) = (Vec::new(), Shown::default());
    let (mut asked, mut answered) = (0, 0);
    for _ in 0..times {
        let (a, b) = (dice.below(MONTHS as u64) as i64, dice.below(MONTHS as u64) as i64);
        let mask = 1 + dice.below((1 << SITES) - 1);
        let of = region(a.min(b), a.max(b) + 1, &(0..SITES).filter(|s| mask >> s & 1 == 1).collect());
        let question = Question {
            measure: "m".into(),
            by: vec!["r".into(), "c".into()],
            region: of.clone(),
            adds_up: true,
        };
        let exact = [(vec!["r".to_owned(), "c".to_owned()], None, count(&people, &of))];
        asked += 1;
        let answer = if with_gate {
            guard(&question, &exact, &ledger, Threshold::DEFAULT, Many::Hide)
        } else {
            unguarded(&question, &exact, Threshold::DEFAULT)
        };
        let Ok(answer) = answer else { continue };
        if let Some(n) = answer.lines()[0].count.shown() {
            assert_eq!(n, count(&people, &of), "what is shown is true");
            shown.learn(&of, n, &people);
            answered += 1;
        }
        ledger.push(answer.past().clone());
    }
    let small = all().into_iter().map(|r| (count(&people, &r), r)).filter(|(n, _)| (1..5).contains(n));
    let found = small.filter_map(|(n, r)| shown.follows(&r).map(|got| (r, n, got)));
    let found = found.inspect(|(_, n, got)| assert!((got - *n as f64).abs() < 1e-6)).map(|(r, n, _)| (r, n));
    (asked, answered, found.collect())
}

#[test]
fn a_thousand_questions_with_other_filters_find_nobody() {
    let (mut asked, mut answered) = (0, 0);
    for seed in 0..60 {
        let (a, b, found) = campaign(seed, 36, true);
        assert!(found.is_empty(), "seed {seed}: {found:?}");
        asked += a;
        answered += b;
    }
    assert!(asked > 2000 && answered * 10 > asked, "{asked} asked, {answered} answered");
}

#[test]
fn without_the_ledger_the_same_questions_find_many() {
    let found: usize = (0..60).map(|seed| campaign(seed, 36, false).2.len()).sum();
    assert!(found > 100, "the adversary works: {found}");
}

#[test]
fn the_same_question_has_the_same_answer_whatever_was_entered_since() {
    let question = |to| Question {
        measure: "m".into(),
        by: vec!["r".into(), "c".into()],
        region: Region { days: (0, to), filters: BTreeMap::new() },
        adds_up: true,
    };
    let exact = |n| vec![(vec!["r".to_owned(), "c".to_owned()], None, n)];
    let first = guard(&question(30), &exact(12), &[], Threshold::DEFAULT, Many::Hide).expect("passes");
    let before = [first.past().clone()];
    let again = guard(&question(30), &exact(13), &before, Threshold::DEFAULT, Many::Hide).expect("passes");
    assert_eq!(again.lines()[0].count.shown(), Some(12));
    let longer = guard(&question(60), &exact(14), &before, Threshold::DEFAULT, Many::Hide).expect("passes");
    assert_eq!(longer.lines()[0].count.shown(), None, "two came since");
    let longer = guard(&question(60), &exact(20), &before, Threshold::DEFAULT, Many::Hide).expect("passes");
    assert_eq!(longer.lines()[0].count.shown(), Some(20));
    assert_eq!(question(30).fingerprint(), question(30).fingerprint());
}

#[test]
fn people_who_may_be_in_two_parts_are_compared_with_the_whole() {
    let question = |site: Option<&str>| Question {
        measure: "served".into(),
        by: vec!["r".into(), "c".into()],
        region: Region {
            days: (0, 30),
            filters: site.map(|s| ("site".to_owned(), BTreeSet::from([s.to_owned()]))).into_iter().collect(),
        },
        adds_up: false,
    };
    let exact = |n| vec![(vec!["r".to_owned(), "c".to_owned()], None, n)];
    let all = guard(&question(None), &exact(31), &[], Threshold::DEFAULT, Many::Hide).expect("passes");
    let before = [all.past().clone()];
    let one =
        guard(&question(Some("K1")), &exact(28), &before, Threshold::DEFAULT, Many::Hide).expect("passes");
    assert_eq!(one.lines()[0].count.shown(), None, "three were only elsewhere");
    let one =
        guard(&question(Some("K1")), &exact(20), &before, Threshold::DEFAULT, Many::Hide).expect("passes");
    assert_eq!(one.lines()[0].count.shown(), Some(20));
}
