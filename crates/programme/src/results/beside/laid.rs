//! Figures that are laid beside one another, and who stands behind them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::counting::Days;
use super::super::gate::Passed;
use super::super::reading::Facts;
use super::super::rule::Rule;
use super::measured::{Measured, is_of_people};
use super::report::Asked;

/// Figures of people, or of what happened to them, that read the same kinds of facts, and who stands behind their numbers.
pub(in crate::results) struct Laid {
    pub(super) kinds: BTreeSet<String>,
    pub(super) people: bool,
    /// Their places.
    pub(super) of: Vec<usize>,
    pub(super) asked: Asked,
    pub(super) measured: Measured,
}

impl Laid {
    /// Measures the figures of a group: those of people, and those of what happened to them.
    pub(in crate::results) fn of(
        kinds: &BTreeSet<String>,
        figures: &[(usize, &Rule, &Passed)],
        facts: &Arc<Facts>,
        days: (Days, Days),
    ) -> Vec<Self> {
        let mut all = Vec::new();
        for people in [true, false] {
            let counts = |rule: &Rule| rule.is_about_people() && is_of_people(rule) == people;
            let of: Vec<_> = figures.iter().copied().filter(|(_, rule, _)| counts(rule)).collect();
            if of.is_empty() {
                continue;
            }
            let (asked, mut measured) = (Asked::new(&of), Measured::default());
            for (n, rule, _) in &of {
                measured.add((facts, rule), days, &asked.seats(*n));
            }
            let of = of.iter().map(|(n, ..)| *n).collect();
            all.push(Self { kinds: kinds.clone(), people, of, asked, measured });
        }
        all
    }
}
