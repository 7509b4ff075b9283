//! Which lines a rule takes.

use super::super::reading::{Facts, Field, Line, Map, NOBODY, Name};
use super::{Days, Values, opposites};

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

/// Of the lines up to the last day those that count in a span: what was taken back is gone, whenever that was noted, and as the rule
/// wants it, only people who are new in it, only the last of each person and code.
pub(super) fn standing<'a>(
    facts: &'a Facts,
    lines: Vec<&'a Line>,
    days: Days,
    (new, last): (bool, bool),
) -> Vec<&'a Line> {
    let mut lines = opposites::without(facts, lines);
    let mut known = vec![false; facts.people.len()];
    for line in lines.iter().filter(|l| new && l.day < days.from) {
        if let Some(known) = known.get_mut(line.subject as usize) {
            *known = true;
        }
    }
    let is_known = |l: &Line| known.get(l.subject as usize).copied().unwrap_or(false);
    lines.retain(|l| days.has(l.day) && !is_known(l));
    if last {
        let mut latest: Map<(u32, u32, Name), usize> = Map::default();
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
