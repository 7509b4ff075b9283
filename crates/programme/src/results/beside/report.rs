//! The numbers of a report that read the same kinds of facts, and which of them leave.

use ceiba_disclosure::Threshold;

use super::super::frozen::Value;
use super::super::gate::Passed;
use super::super::rule::Rule;
use super::measured::{Both, Place, Seat, shown};
use super::{hide, says_how_many};
use crate::{Outcome, ProgrammeError};

/// So often more is hidden because the attack found something.
const ROUNDS: usize = 8;

/// A number that would be shown.
struct One {
    figure: usize,
    place: Place,
    value: f64,
    /// Whether it says how many people or events stand behind it.
    counts: bool,
    seat: Seat,
    hidden: bool,
}

/// All of them, in the order in which they are let through.
pub(super) struct Asked {
    all: Vec<One>,
    /// How many measures they tell.
    pub many: usize,
}

impl Asked {
    /// Those of some figures: totals before tables; of totals the smallest first, so that of a larger one it can be said how many there are at
    /// least, of cells the largest.
    pub(super) fn new(figures: &[(usize, &Rule, &Passed)]) -> Self {
        let mut found: Vec<(usize, &Rule, Place, f64)> = Vec::new();
        for (figure, rule, now) in figures {
            let lines = shown(rule, (now.value, now.to_date), &now.tables);
            found.extend(lines.into_iter().map(|(place, n)| (*figure, *rule, place, n)));
        }
        found.sort_by(|(a, _, x, n), (b, _, y, m)| {
            let size = if x.depth() == 0 { n.total_cmp(m) } else { m.total_cmp(n) };
            x.depth().cmp(&y.depth()).then(size).then_with(|| (a, x).cmp(&(b, y)))
        });
        let mut many = 0;
        let one = |(figure, rule, place, value): (usize, &Rule, Place, f64)| One {
            figure,
            place,
            value,
            counts: says_how_many(rule),
            seat: Seat::take(rule, &mut many),
            hidden: false,
        };
        let all = found.into_iter().map(one).collect();
        Self { all, many }
    }

    /// Where the numbers of a figure stand.
    pub(super) fn seats(&self, figure: usize) -> Vec<(&Place, Seat)> {
        self.all.iter().filter(|one| one.figure == figure).map(|one| (&one.place, one.seat)).collect()
    }

    /// Decides which of them leave beside earlier measures, of which it is known how many people each is at least, then attacks what is
    /// left from its other end until nothing is found.
    pub(super) fn decide(&mut self, both: &Both, earlier: &[f64], k: Threshold) -> Outcome<()> {
        let mut found = self.round(both, earlier, k, false);
        for _ in 0..ROUNDS {
            if !found {
                return Ok(());
            }
            found = self.round(both, earlier, k, true);
        }
        if found { Err(ProgrammeError::State("state-report-told")) } else { Ok(()) }
    }

    /// Says of which totals that are shown so many people stand behind them, and between them, that everybody may see them. Tables are not for all.
    pub(super) fn open_to_all(mut self, both: &Both, k: Threshold, passed: &mut [Passed]) -> Outcome<()> {
        self.all.retain(|one| !one.hidden && one.place.depth() == 0);
        self.decide(both, &[], k)?;
        for one in self.all.iter().filter(|one| !one.hidden) {
            match (passed.get_mut(one.figure), &one.place) {
                (Some(now), Place::Value) => now.public.value = true,
                (Some(now), Place::ToDate) => now.public.to_date = true,
                _ => {}
            }
        }
        Ok(())
    }

    /// Hides what may not leave beside the others. Whether there was any.
    fn round(&mut self, both: &Both, earlier: &[f64], k: Threshold, backwards: bool) -> bool {
        let mut open: Vec<usize> = (0..self.all.len()).filter(|n| !self.all[*n].hidden).collect();
        if backwards {
            open.reverse();
        }
        let measures: Vec<usize> = open.iter().flat_map(|n| self.all[*n].seat.measures()).collect();
        let may = both.may(&measures, (self.many, self.many + earlier.len()), k);
        let told = |measure: usize| measures.iter().zip(&may).any(|(m, may)| *m == measure && *may);
        let hidden: Vec<usize> =
            open.into_iter().filter(|n| !self.all[*n].seat.measures().all(told)).collect();
        hidden.iter().for_each(|n| self.all[*n].hidden = true);
        !hidden.is_empty()
    }

    /// What is told in place of a number: the largest of the totals that are shown and count a part of it.
    fn least(&self, one: &One, both: &Both, earlier: &[f64]) -> Value {
        if !one.counts || one.place.depth() > 0 {
            return Value::Hidden;
        }
        let own = self.all.iter().filter(|other| !other.hidden && other.counts && other.place.depth() == 0);
        let own = own.map(|other| (other.seat.whole, other.value));
        let others = earlier.iter().enumerate().map(|(e, least)| (self.many + e, *least));
        own.chain(others)
            .filter(|(measure, least)| {
                *least > 0.0 && *least <= one.value && both.is_within(*measure, one.seat.whole)
            })
            .map(|(_, least)| least)
            .reduce(f64::max)
            .map_or(Value::Hidden, Value::AtLeast)
    }

    /// Writes into the figures what became of their numbers. A number of the period that may not leave takes its tables along.
    pub(super) fn hide(&self, both: &Both, earlier: &[f64], passed: &mut [Passed]) {
        for one in self.all.iter().filter(|one| one.hidden) {
            let Some(now) = passed.get_mut(one.figure) else { continue };
            let instead = self.least(one, both, earlier);
            match &one.place {
                Place::Value => {
                    now.value = instead;
                    let cells = now.tables.iter_mut().flat_map(|t| t.cells.iter_mut().flatten());
                    cells.filter(|cell| **cell != Value::Nothing).for_each(|cell| *cell = Value::Hidden);
                }
                Place::ToDate => now.to_date = instead,
                Place::Cell(by, row, column) => hide(&mut now.tables, (by, row, column)),
            }
        }
    }
}
