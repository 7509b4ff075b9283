//! Which lines a rule takes.

use std::collections::{HashMap, HashSet};

use super::super::kinds::{Amount, kind};
use super::super::reading::{Facts, Field, Line, NOBODY, Name};
use super::{Days, Values};

/// Kinds and values, as numbers.
pub(super) struct Filter<'a> {
    facts: &'a Facts,
    kinds: Vec<bool>,
    /// Where, which codes fit, and whether one must or none may.
    conditions: Vec<(Field, Vec<bool>, bool)>,
}

impl<'a> Filter<'a> {
    pub(super) fn new(facts: &'a Facts, kinds: &[String], only: &Values, not: &Values) -> Self {
        let fits = |values: &[String]| -> Vec<bool> {
            let fit = |text: &str| {
                values.iter().any(|v| match v.strip_suffix('*') {
                    Some(beginning) => text.starts_with(beginning),
                    None => text == v || (v == "unknown" && text.is_empty()),
                })
            };
            facts.texts().iter().map(|t| fit(t)).collect()
        };
        let all = only.iter().map(|v| (v, true)).chain(not.iter().map(|v| (v, false)));
        Self {
            facts,
            kinds: facts.kinds.iter().map(|k| kinds.contains(k)).collect(),
            conditions: all.map(|((field, values), must)| (facts.field(field), fits(values), must)).collect(),
        }
    }

    pub(super) fn takes(&self, line: &Line) -> bool {
        self.kinds.get(line.kind as usize).copied().unwrap_or_default()
            && self.conditions.iter().all(|(field, fits, must)| {
                let fit = |n: Name| fits.get(n as usize).copied().unwrap_or_default();
                self.facts.values(line, *field).any(fit) == *must
            })
    }
}

/// Of the lines up to the last day those that count in a span: what was taken back is gone, and as the rule wants it, only people
/// who are new in it, only the last of each person and code.
pub(super) fn standing<'a>(
    facts: &'a Facts,
    lines: Vec<&'a Line>,
    days: Days,
    (new, last): (bool, bool),
) -> Vec<&'a Line> {
    let mut known = HashSet::new();
    if new {
        known.extend(lines.iter().filter(|l| l.day < days.from && l.subject != NOBODY).map(|l| l.subject));
    }
    let inside = |l: &&Line| days.has(l.day) && !known.contains(&l.subject);
    let mut lines = without_opposites(facts, lines.into_iter().filter(inside).collect());
    if last {
        let mut latest: HashMap<(u32, u32, Name), usize> = HashMap::new();
        for (n, l) in lines.iter().enumerate().filter(|(_, l)| l.subject != NOBODY) {
            latest.insert((l.subject, l.kind, l.columns[0]), n);
        }
        let mut n = 0;
        lines.retain(|l| {
            n += 1;
            l.subject == NOBODY || latest.get(&(l.subject, l.kind, l.columns[0])) == Some(&(n - 1))
        });
    }
    lines
}

/// A score is taken back by its opposite, of the same person, code and outcome.
fn without_opposites<'a>(facts: &Facts, lines: Vec<&'a Line>) -> Vec<&'a Line> {
    let scores: Vec<bool> =
        facts.kinds.iter().map(|k| kind(k).is_some_and(|k| k.amount == Amount::Score)).collect();
    if !scores.contains(&true) {
        return lines;
    }
    let mut gone = HashSet::new();
    let mut waiting: HashMap<(u32, u32, Name, Name, i64), Vec<usize>> = HashMap::new();
    for (n, l) in lines.iter().enumerate() {
        if !scores.get(l.kind as usize).copied().unwrap_or_default() || l.subject == NOBODY || l.amount == 0 {
            continue;
        }
        let key = |amount| (l.subject, l.kind, l.columns[0], l.columns[1], amount);
        match waiting.get_mut(&key(-l.amount)).and_then(Vec::pop) {
            Some(other) => gone.extend([n, other]),
            None => waiting.entry(key(l.amount)).or_default().push(n),
        }
    }
    let mut n = 0;
    lines
        .into_iter()
        .filter(|_| {
            n += 1;
            !gone.contains(&(n - 1))
        })
        .collect()
}
