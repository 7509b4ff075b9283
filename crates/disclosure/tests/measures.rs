//! The same adversary, who sets different things beside one another: alerts by urgency, by place and in all; nights, and medians of who
//! stayed them.

mod asker;

use std::collections::BTreeSet;

use asker::{Dice, Equations};
use ceiba_disclosure::{Behind, Threshold, told};

const K: Threshold = Threshold::DEFAULT;
const MONTHS: usize = 4;
const URGENCIES: usize = 2;
const PLACES: usize = 4;

/// How a question divides: by nothing, by urgency, by place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum By {
    All,
    Urgency,
    Place,
}

/// Which alerts a line counts: a run of months, and one urgency or place.
type Group = (usize, usize, By, usize);

fn row((from, to, by, code): Group) -> Vec<f64> {
    let each =
        (0..MONTHS).flat_map(|m| (0..URGENCIES).flat_map(move |u| (0..PLACES).map(move |p| (m, u, p))));
    each.map(|(m, u, p)| {
        let named = match by {
            By::All => true,
            By::Urgency => u == code,
            By::Place => p == code,
        };
        f64::from(from <= m && m < to && named)
    })
    .collect()
}

fn count(alerts: &[u64], group: Group) -> u64 {
    row(group).iter().zip(alerts).filter(|(inside, _)| **inside > 0.0).map(|(_, n)| n).sum()
}

const fn codes(by: By) -> usize {
    match by {
        By::All => 1,
        By::Urgency => URGENCIES,
        By::Place => PLACES,
    }
}

/// Asks the three questions about each run of months in an order of her own; which small lines she has in the end.
fn three_ways(seed: u64, with_gate: bool) -> (usize, Vec<(Group, u64)>) {
    let mut dice = Dice(seed);
    let alerts: Vec<u64> = (0..MONTHS * URGENCIES * PLACES).map(|_| dice.below(9) * dice.below(2)).collect();
    let (mut shown, mut equations) = (Vec::<Group>::new(), Equations::default());
    let mut asked: Vec<(u64, usize, usize, By)> = (0..MONTHS)
        .flat_map(|from| (from + 1..=MONTHS).map(move |to| (from, to)))
        .flat_map(|(from, to)| [By::All, By::Urgency, By::Place].map(|by| (0, from, to, by)))
        .map(|(_, from, to, by)| (dice.below(1000), from, to, by))
        .collect();
    asked.sort_unstable();
    for (_, from, to, by) in asked {
        let new: Vec<Group> = (0..codes(by)).map(|code| (from, to, by, code)).collect();
        let sets: Vec<Vec<f64>> = new.iter().chain(&shown).map(|group| row(*group)).collect();
        let one = |(at, n): (usize, &u64)| -> Vec<Behind<(usize, u64)>> {
            let of: Vec<usize> = (0..sets.len()).filter(|set| sets[*set][at] > 0.0).collect();
            (0..*n).map(|who| ((at, who), of.clone())).collect()
        };
        let facts: Vec<_> = alerts.iter().enumerate().flat_map(one).collect();
        let may = told(&facts, (new.len(), sets.len()), K);
        for (group, may) in new.into_iter().zip(may) {
            let n = count(&alerts, group);
            if if with_gate { may } else { !(1..5).contains(&n) } {
                equations.learn(row(group), n as f64);
                shown.push(group);
            }
        }
    }
    let mut found = Vec::new();
    for from in 0..MONTHS {
        for to in from + 1..=MONTHS {
            for by in [By::All, By::Urgency, By::Place] {
                for code in 0..codes(by) {
                    let group = (from, to, by, code);
                    let n = count(&alerts, group);
                    if (1..5).contains(&n) && equations.follows(row(group)).is_some() {
                        found.push((group, n));
                    }
                }
            }
        }
    }
    (shown.iter().filter(|group| count(&alerts, **group) > 0).count(), found)
}

#[test]
fn what_one_measure_hides_no_other_tells() {
    let mut shown = 0;
    for seed in 0..40 {
        let (n, found) = three_ways(seed, true);
        assert!(found.is_empty(), "seed {seed}: {found:?}");
        shown += n;
    }
    assert!(shown > 400, "{shown} shown");
}

#[test]
fn measures_that_do_not_know_each_other_tell_many() {
    let found: usize = (0..40).map(|seed| three_ways(seed, false).1.len()).sum();
    assert!(found > 20, "the adversary works: {found}");
}

const HOUSES: usize = 3;

/// Which nights a question is about: a run of months, and some houses.
type Stay = (usize, usize, u64);

fn covers((from, to, houses): Stay, month: usize, house: usize) -> bool {
    from <= month && month < to && houses >> house & 1 == 1
}

/// Who slept where in which month, and how often.
fn residents(dice: &mut Dice) -> Vec<(u64, usize, usize, u64)> {
    let mut all = Vec::new();
    for who in 0..30 {
        let (house, first) = (dice.below(HOUSES as u64) as usize, dice.below(MONTHS as u64) as usize);
        for month in first..MONTHS.min(first + 1 + dice.below(3) as usize) {
            all.push((who, month, house, 1 + dice.below(30)));
        }
    }
    all
}

fn nights(stay: Stay) -> Vec<f64> {
    let each = (0..MONTHS).flat_map(|m| (0..HOUSES).map(move |h| (m, h)));
    each.map(|(m, h)| f64::from(covers(stay, m, h))).collect()
}

/// People of whom exactly one of two questions is.
fn apart(all: &[(u64, usize, usize, u64)], one: Stay, other: Stay) -> usize {
    let differ = all.iter().filter(|(_, m, h, _)| covers(one, *m, *h) != covers(other, *m, *h));
    differ.map(|(who, ..)| who).collect::<BTreeSet<_>>().len()
}

/// Asks for nights of runs of months in some of the houses; what she has in the end of stays of fewer than five people, and which
/// two answers differ by so few.
fn sums(seed: u64, with_gate: bool) -> (usize, usize, usize) {
    let mut dice = Dice(seed);
    let all = residents(&mut dice);
    let (mut shown, mut equations) = (Vec::<Stay>::new(), Equations::default());
    for _ in 0..40 {
        let (a, b) = (dice.below(MONTHS as u64) as usize, dice.below(MONTHS as u64) as usize);
        let stay = (a.min(b), a.max(b) + 1, 1 + dice.below((1 << HOUSES) - 1));
        let behind = |(who, m, h, _): &(u64, usize, usize, u64)| -> Behind<u64> {
            let of = std::iter::once(&stay).chain(&shown).enumerate();
            (*who, of.filter(|(_, s)| covers(**s, *m, *h)).map(|(at, _)| at).collect())
        };
        let facts: Vec<Behind<u64>> = all.iter().map(behind).collect();
        let people = apart(&all, stay, (0, 0, 0));
        if !shown.contains(&stay)
            && if with_gate { told(&facts, (1, shown.len() + 1), K)[0] } else { people >= 5 }
        {
            let sum: u64 = all.iter().filter(|(_, m, h, _)| covers(stay, *m, *h)).map(|f| f.3).sum();
            equations.learn(nights(stay), sum as f64);
            shown.push(stay);
        }
    }
    let mut found = 0;
    for from in 0..MONTHS {
        for to in from + 1..=MONTHS {
            for houses in 1..1 << HOUSES {
                let stay = (from, to, houses);
                let few = (1..5).contains(&apart(&all, stay, (0, 0, 0)));
                found += usize::from(few && equations.follows(nights(stay)).is_some());
            }
        }
    }
    let pairs = shown.iter().enumerate().flat_map(|(n, a)| shown[..n].iter().map(move |b| (a, b)));
    let close = pairs.filter(|(a, b)| (1..5).contains(&apart(&all, **a, **b))).count();
    (shown.len(), found, close)
}

#[test]
fn no_sum_and_no_median_tells_of_a_few() {
    let mut shown = 0;
    for seed in 0..60 {
        let (n, found, close) = sums(seed, true);
        assert_eq!((found, close), (0, 0), "seed {seed}");
        shown += n;
    }
    assert!(shown > 240, "{shown} shown");
}

#[test]
fn enough_people_behind_each_is_not_enough() {
    let all = (0..60).map(|seed| sums(seed, false));
    let (found, close) = all.fold((0, 0), |sum, (_, found, close)| (sum.0 + found, sum.1 + close));
    assert!(found > 50 && close > 50, "the adversary works: {found} stays, {close} pairs");
}
