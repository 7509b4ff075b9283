//! What numbers are made of: the people or facts behind each, so that `disclosure` can say which of them tell of a few.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use ceiba_disclosure::{Behind, Threshold, told};

use super::super::counting::{ALL, Cell, Chosen, Days};
use super::super::frozen::{Table, Value};
use super::super::kinds::Amount;
use super::super::reading::{Facts, Line, Map, NOBODY};
use super::super::rule::{Count, Of, Rule};
use super::same::{Same, Who};

/// Where a number of a figure stands. What comes first is told first: a breakdown goes before its total.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    ToDate,
    Value,
    /// By what its table is divided, its row and its column.
    Cell(String, String, String),
}

impl Place {
    /// Totals, tables of one dimension, crossed ones.
    pub(super) fn depth(&self) -> usize {
        match self {
            Self::ToDate | Self::Value => 0,
            Self::Cell(by, ..) => 1 + usize::from(by.contains('*')),
        }
    }
}

/// How a table is divided, as a rule says it.
pub(super) fn divided(table: &Table) -> String {
    if table.columns_by.is_empty() {
        table.rows_by.clone()
    } else {
        format!("{}*{}", table.rows_by, table.columns_by)
    }
}

/// Whether a rule says how many there are, so that nobody stands behind a zero. Behind a share of zero people stand.
pub(super) const fn is_a_count(rule: &Rule) -> bool {
    matches!(rule.count, Count::People | Count::Events | Count::Minutes)
}

/// Whether each person is behind a number once, or each of her facts.
pub(super) fn is_of_people(rule: &Rule) -> bool {
    rule.count == Count::People || rule.count == Count::Share && rule.of == Of::People
}

/// The numbers of a figure that are shown, the largest first.
pub(super) fn shown(rule: &Rule, (value, to_date): (Value, Value), tables: &[Table]) -> Vec<(Place, f64)> {
    let mut all: Vec<(Place, Value)> = vec![(Place::ToDate, to_date), (Place::Value, value)];
    for t in tables {
        for (row, cells) in t.rows.iter().zip(&t.cells) {
            let cell = |(column, value): (&String, &Value)| {
                (Place::Cell(divided(t), row.clone(), column.clone()), *value)
            };
            all.extend(t.columns.iter().zip(cells).map(cell));
        }
    }
    let says = |n: f64| n > 0.0 || !is_a_count(rule);
    let mut all: Vec<(Place, f64)> =
        all.into_iter().filter_map(|(place, v)| v.shown().filter(|n| says(*n)).map(|n| (place, n))).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all
}

/// A number by the measures that it tells: what it counts, and of a share the part, which is known where both are.
#[derive(Clone, Copy)]
pub(super) struct Seat {
    pub whole: usize,
    pub part: Option<usize>,
}

impl Seat {
    /// The next one.
    pub(super) fn take(rule: &Rule, many: &mut usize) -> Self {
        let whole = *many;
        *many += 1;
        let part = (rule.count == Count::Share).then_some(*many);
        *many += usize::from(part.is_some());
        Self { whole, part }
    }

    pub(super) fn measures(self) -> impl Iterator<Item = usize> {
        std::iter::once(self.whole).chain(self.part)
    }
}

/// More than so many need not be told from one another.
const ENOUGH: i64 = 100;

/// Facts behind measures: people where each is counted once, else what happened to them, each with the measures that count it.
#[derive(Default)]
pub(super) struct Measured {
    same: Same,
    /// By their numbers, whether earlier records brought it.
    brought: Vec<bool>,
    /// Of each measure how much of it each is, by their numbers.
    held: Vec<Vec<i64>>,
}

impl Measured {
    /// Adds what stands behind numbers of a figure.
    pub(super) fn add(
        &mut self,
        (facts, rule): (&Arc<Facts>, &Rule),
        (period, to_date): (Days, Days),
        seats: &[(&Place, Seat)],
    ) {
        let people = is_of_people(rule);
        let at = self.same.reading(facts, people);
        let (whole, of_period): (Vec<_>, Vec<_>) =
            seats.iter().copied().partition(|(place, _)| **place == Place::ToDate);
        let mut chosen: Option<(Days, Chosen<'_>)> = None;
        for (days, seats) in [(period, of_period), (to_date, whole)] {
            let mut by: BTreeMap<&str, Vec<Cell<'_, Seat>>> = BTreeMap::new();
            for (place, seat) in seats {
                let (division, at) = match place {
                    Place::Cell(division, row, column) => {
                        (division.as_str(), (row.as_str(), column.as_str()))
                    }
                    Place::ToDate | Place::Value => ("", (ALL, ALL)),
                };
                by.entry(division).or_default().push((at, seat));
            }
            // The first quarter of a grant is all there is of it.
            if !by.is_empty() && chosen.as_ref().is_none_or(|(known, _)| *known != days) {
                chosen = Some((days, Chosen::of(facts, rule, days, false)));
            }
            let Some((_, chosen)) = &chosen else { continue };
            for (division, seats) in by {
                chosen.each_placed(division, &seats, &mut |line, seat, is_part| {
                    let measure = if is_part { seat.part } else { Some(seat.whole) };
                    if let Some((measure, number)) = measure.zip(self.number(at, line, people)) {
                        self.weigh((number, line.brought), measure, weight(facts.amount(line), line));
                    }
                });
            }
        }
    }

    /// Adds what stands behind the lines of a table, which begin with a measure of their own: the people of each, or their facts.
    pub(super) fn add_table(&mut self, table: &Placed, people: bool, first: usize) {
        let at = self.same.reading(&table.facts, people);
        for (place, line) in &table.lines {
            let Some(line) = table.facts.lines.get(*line) else { continue };
            let people = people && line.subject != NOBODY;
            if let Some(number) = self.number(at, line, people) {
                self.weigh((number, false), first + place, line.amount);
            }
        }
    }

    /// What a line is to these measures. Whoever is nobody is not counted as one of several people.
    fn number(&mut self, at: usize, line: &Line, people: bool) -> Option<usize> {
        if people { self.same.person(at, line) } else { self.same.fact(at, line) }
    }

    fn weigh(&mut self, (number, brought): (usize, bool), measure: usize, amount: i64) {
        if measure >= self.held.len() {
            self.held.resize_with(measure + 1, Vec::new);
        }
        if number >= self.brought.len() {
            self.brought.resize(number + 1, false);
        }
        self.brought[number] |= brought;
        let held = &mut self.held[measure];
        if number >= held.len() {
            held.resize(number + 1, 0);
        }
        held[number] += amount;
    }

    /// Whose the facts are of each set of measures, as many as are asked for: those of the programme's own records, and those that
    /// were brought. Whoever is left with nothing after corrections is not counted.
    pub(super) fn behind(&self, most: Threshold) -> Both {
        let mut sides = [Side::default(), Side::default()];
        let enough = usize::try_from(most.k()).unwrap_or(usize::MAX);
        let (mut held, mut of): (Vec<(usize, i64)>, Vec<usize>) = Default::default();
        for (number, (brought, person)) in self.brought.iter().zip(&self.same.whose).enumerate() {
            let side = &mut sides[usize::from(*brought)];
            let amount = |measure: &Vec<i64>| measure.get(number).map_or(0, |amount| amount.abs());
            held.clear();
            held.extend(self.held.iter().map(amount).enumerate().filter(|(_, amount)| *amount > 0));
            let most = held.iter().map(|(_, amount)| *amount).max().unwrap_or(0);
            // Thirty people of whom none has a pseudonym may be one fact. Who has ten that no measure tells from one another has one.
            let each = if person.is_some() { most.min(1) } else { most.min(ENOUGH) };
            for n in 0..each {
                of.clear();
                of.extend(held.iter().filter(|(_, amount)| *amount > n).map(|(measure, _)| *measure));
                let one = person.map_or_else(|| Who::Each(number, u32::try_from(n).unwrap_or(0)), Who::Known);
                match side.get_mut(&of) {
                    None => _ = side.insert(of.clone(), vec![one]),
                    Some(people) if people.len() < enough && !people.contains(&one) => people.push(one),
                    Some(_) => {}
                }
            }
        }
        let [own, brought] = sides;
        Both { own, brought, most }
    }
}

/// Sets of measures, and whose the facts are that are a part of just these: some of them, if they are many.
type Side = Map<Vec<usize>, Vec<Who>>;

/// Facts of the programme's own records, and of those that were brought. Whoever brought them knows them, and takes them off: so each
/// is asked for its own.
pub(super) struct Both {
    own: Side,
    brought: Side,
    /// So many people were looked for.
    most: Threshold,
}

impl Both {
    /// Which of some measures may leave in this order beside the earlier ones, which are numbered from `first` to `last`, from `k` people
    /// on: no more than were looked for, or too much is hidden.
    pub(super) fn may(&self, new: &[usize], (first, last): (usize, usize), k: Threshold) -> Vec<bool> {
        debug_assert!(k.k() <= self.most.k(), "more people are asked for than were looked for");
        let places: HashMap<usize, usize> = new.iter().copied().chain(first..last).zip(0..).collect();
        let many = places.len();
        let mut may = vec![true; new.len()];
        for side in [&self.own, &self.brought] {
            let mut facts: Vec<Behind<Who>> = Vec::new();
            for (of, people) in side {
                let of: Vec<usize> = of.iter().filter_map(|m| places.get(m).copied()).collect();
                facts.extend(people.iter().map(|who| (*who, of.clone())));
            }
            if !facts.is_empty() {
                let told = told(&facts, (new.len(), many), k);
                may.iter_mut().zip(told).for_each(|(may, told)| *may &= told);
            }
        }
        may
    }

    /// Whether everybody behind one measure is behind another.
    pub(super) fn is_within(&self, part: usize, whole: usize) -> bool {
        let has = |of: &Vec<usize>, measure| of.binary_search(&measure).is_ok();
        self.own.keys().chain(self.brought.keys()).all(|of| !has(of, part) || has(of, whole))
    }
}

/// By how much a line counts: a score and a sum of money are one, whatever they say; what takes one back is minus one.
const fn weight(amount: Option<Amount>, line: &Line) -> i64 {
    match amount {
        Some(Amount::Score) => 1,
        Some(Amount::Cents) => line.amount.signum(),
        _ => line.amount,
    }
}

/// Facts behind the lines of a table, each by the place of the line and its own.
pub(super) struct Placed {
    pub facts: Arc<Facts>,
    pub lines: Vec<(usize, usize)>,
}
