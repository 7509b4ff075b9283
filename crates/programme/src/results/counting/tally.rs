//! Counting by group: one pass over the lines for whatever a rule asks.

use super::super::reading::{Line, Map, NOBODY, Set};
use super::super::rule::{Count, Of, Rule};
use super::Exact;

/// Group, person, and for what else she counts apart.
type Key = (u64, u32, u64);

/// What was counted so far.
pub(super) struct Tally {
    count: Count,
    by_people: bool,
    /// Of each person in a group, amounts of the whole and of the part.
    held: Map<Key, (i64, i64)>,
    sums: Map<u64, Sum>,
}

#[derive(Default)]
struct Sum {
    whole: i64,
    part: i64,
    minutes: i64,
    lines: u64,
    /// What nobody's pseudonym stands for, each as one of its own.
    nameless: i64,
    /// Of each person, what is left after corrections.
    people: Map<u32, i64>,
    part_people: Map<u32, i64>,
    measured: Vec<(u32, u32)>,
}

impl Tally {
    pub(super) fn new(rule: &Rule) -> Self {
        let by_people = match rule.count {
            Count::People | Count::MedianEach => true,
            Count::Share => rule.of == Of::People,
            _ => false,
        };
        Self { count: rule.count, by_people, held: Map::default(), sums: Map::default() }
    }

    /// Adds a line: what it adds to the number, and how many stand behind it when nobody's pseudonym does.
    pub(super) fn add(&mut self, key: Key, (amount, each, line): (i64, i64, &Line), is_part: bool) {
        if self.by_people {
            // Whoever is nobody cannot be counted once.
            if key.1 != NOBODY {
                let held = self.held.entry(key).or_default();
                if is_part { held.1 += amount } else { held.0 += amount }
            }
            return;
        }
        let sum = self.sums.entry(key.0).or_default();
        if is_part {
            sum.part += amount;
            if key.1 != NOBODY {
                *sum.part_people.entry(key.1).or_default() += each;
            }
            return;
        }
        sum.whole += amount;
        sum.lines += 1;
        let minutes = line.minutes.unwrap_or_default();
        // Who takes hours back by hand may write both with a minus.
        sum.minutes += minutes.abs() * line.amount.signum();
        if key.1 == NOBODY {
            sum.nameless += if line.minutes.is_some() { each.signum() } else { each };
        } else {
            *sum.people.entry(key.1).or_default() += each;
        }
        if let (Count::Median, Some(_)) = (self.count, line.minutes) {
            let n = u32::try_from(sum.lines).unwrap_or(u32::MAX);
            let who = if key.1 == NOBODY { u32::MAX - n } else { key.1 };
            let entry = (who, u32::try_from(minutes.max(0)).unwrap_or(u32::MAX));
            if line.amount >= 0 {
                sum.measured.push(entry);
            } else if let Some(at) = sum.measured.iter().position(|m| *m == entry) {
                sum.measured.swap_remove(at);
            }
        }
    }

    pub(super) fn done(self) -> Map<u64, Exact> {
        match self.count {
            Count::People => people(self.held),
            Count::MedianEach => each(self.held),
            Count::Share if self.by_people => share_of_people(self.held),
            count => self.sums.into_iter().map(|(group, sum)| (group, sum.exact(count))).collect(),
        }
    }
}

/// Whoever is left with nothing after corrections is not counted.
fn people(held: Map<Key, (i64, i64)>) -> Map<u64, Exact> {
    let mut groups: Map<u64, (i64, Set<u32>)> = Map::default();
    for ((group, person, _), (amount, _)) in held {
        let entry = groups.entry(group).or_default();
        if amount > 0 {
            entry.0 += 1;
            entry.1.insert(person);
        }
    }
    groups
        .into_iter()
        .map(|(g, (value, who))| (g, Exact::Number { value, people: who.len() as u64 }))
        .collect()
}

fn each(held: Map<Key, (i64, i64)>) -> Map<u64, Exact> {
    let mut groups: Map<u64, Map<u32, i64>> = Map::default();
    for ((group, person, _), (amount, _)) in held {
        *groups.entry(group).or_default().entry(person).or_default() += amount;
    }
    let exact = |people: Map<u32, i64>| {
        let of = |(who, n): (u32, i64)| u32::try_from(n).ok().filter(|n| *n > 0).map(|n| (who, n));
        let mut list: Vec<_> = people.into_iter().filter_map(of).collect();
        list.sort_unstable();
        if list.is_empty() { Exact::Nothing } else { Exact::Median(list) }
    };
    groups.into_iter().map(|(g, people)| (g, exact(people))).collect()
}

fn share_of_people(held: Map<Key, (i64, i64)>) -> Map<u64, Exact> {
    let mut groups: Map<u64, (u64, u64)> = Map::default();
    for ((group, _, _), (whole, part)) in held {
        let entry = groups.entry(group).or_default();
        if whole > 0 {
            entry.1 += 1;
            entry.0 += u64::from(part > 0);
        }
    }
    let exact = |(part, whole)| match whole {
        0 => Exact::Nothing,
        _ => Exact::Share { part, whole, people: None },
    };
    groups.into_iter().map(|(g, counts)| (g, exact(counts))).collect()
}

impl Sum {
    fn exact(mut self, count: Count) -> Exact {
        let who = |people: &Map<u32, i64>| people.values().filter(|left| **left > 0).count() as u64;
        let people = who(&self.people) + u64::try_from(self.nameless).unwrap_or(0);
        let positive = |n: i64| u64::try_from(n).unwrap_or(0);
        match count {
            Count::Minutes => Exact::Number { value: self.minutes, people },
            Count::Median if self.measured.is_empty() => Exact::Nothing,
            Count::Median => {
                self.measured.sort_unstable();
                Exact::Median(self.measured)
            }
            Count::Mean if self.lines == 0 => Exact::Nothing,
            Count::Mean => Exact::Mean { sum: self.whole, many: self.lines, people },
            Count::Share if self.whole <= 0 => Exact::Nothing,
            Count::Share => {
                // Nights are many and residents few: whoever stands behind the part is what must not be small.
                let behind = who(&self.part_people);
                Exact::Share {
                    part: positive(self.part),
                    whole: positive(self.whole),
                    people: (behind > 0).then_some(behind),
                }
            }
            _ => Exact::Number { value: self.whole.max(0), people },
        }
    }
}
