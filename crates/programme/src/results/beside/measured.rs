//! What numbers are made of: the people or facts behind each, so that `disclosure` can say which of them tell of a few.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ceiba_disclosure::{Behind, Threshold, told};
use sha2::{Digest as _, Sha256};

use super::super::counting::{Chosen, Days};
use super::super::frozen::{Table, Value};
use super::super::kinds::{Amount, kind};
use super::super::reading::{Facts, Line, NOBODY};
use super::super::rule::{Count, Of, Rule};

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

/// Whose a fact is: of somebody, or of nobody whose pseudonym is known, each one apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Who {
    Known(u128),
    Each([u8; 32], u32),
}

/// More than so many need not be told from one another.
const ENOUGH: i64 = 100;

/// Facts behind measures: people where each is counted once, else what happened to them, each with the measures that count it.
#[derive(Default)]
pub(super) struct Measured {
    known: HashMap<(Who, [u8; 32]), usize>,
    /// Whose each is, and whether earlier records brought it.
    whose: Vec<(Who, bool)>,
    /// How much each is of which measure.
    held: Vec<Vec<(usize, i64)>>,
}

impl Measured {
    /// Adds what stands behind numbers of a figure.
    pub(super) fn add(
        &mut self,
        (facts, rule): (&Facts, &Rule),
        (period, to_date): (Days, Days),
        seats: &[(&Place, Seat)],
    ) {
        let mut keys: HashMap<*const Line, Option<usize>> = HashMap::new();
        for (days, is_to_date) in [(period, false), (to_date, true)] {
            let mut by: BTreeMap<&str, BTreeMap<(&str, &str), Seat>> = BTreeMap::new();
            for (place, seat) in seats.iter().filter(|(place, _)| (**place == Place::ToDate) == is_to_date) {
                let (division, at) = match place {
                    Place::Cell(division, row, column) => {
                        (division.as_str(), (row.as_str(), column.as_str()))
                    }
                    Place::ToDate | Place::Value => ("", ("all", "all")),
                };
                by.entry(division).or_default().insert(at, *seat);
            }
            if by.is_empty() {
                continue;
            }
            let chosen = Chosen::of(facts, rule, days, false);
            for (division, seats) in by {
                let mut count = |line: &Line, at: (&str, &str), is_part: bool| {
                    let Some(seat) = seats.get(&at) else { return };
                    let Some(measure) = (if is_part { seat.part } else { Some(seat.whole) }) else { return };
                    let key = keys.entry(std::ptr::from_ref(line));
                    let key = key.or_insert_with(|| self.key(facts, line, is_of_people(rule)));
                    if let Some(key) = *key {
                        self.weigh(key, measure, weight(facts, line));
                    }
                };
                chosen.each_placed(division, &mut count);
            }
        }
    }

    /// Adds a fact behind a measure.
    pub(super) fn put(&mut self, measure: usize, (who, what): (Who, [u8; 32]), amount: i64) {
        let key = self.place((who, what), false);
        self.weigh(key, measure, amount);
    }

    fn weigh(&mut self, key: usize, measure: usize, amount: i64) {
        let Some(held) = self.held.get_mut(key) else { return };
        match held.iter_mut().find(|(known, _)| *known == measure) {
            Some((_, sum)) => *sum += amount,
            None => held.push((measure, amount)),
        }
    }

    fn place(&mut self, key: (Who, [u8; 32]), brought: bool) -> usize {
        let next = self.whose.len();
        let at = *self.known.entry(key).or_insert(next);
        if at == next {
            self.whose.push((key.0, brought));
            self.held.push(Vec::new());
        } else if let Some(known) = self.whose.get_mut(at) {
            known.1 |= brought;
        }
        at
    }

    /// What a line is to these measures. Whoever is nobody is not counted as one of several people.
    fn key(&mut self, facts: &Facts, line: &Line, people: bool) -> Option<usize> {
        let person = facts.people.get(line.subject as usize).filter(|_| line.subject != NOBODY);
        let key = match person {
            Some(person) if people => (Who::Known(*person), [0; 32]),
            Some(person) => (Who::Known(*person), identity(facts, line)),
            None if people => return None,
            None => {
                let same = identity(facts, line);
                (Who::Each(same, 0), same)
            }
        };
        Some(self.place(key, line.brought))
    }

    /// Each fact with its measures: those of the programme's own records, and those that were brought. Whoever is left with nothing
    /// after corrections is not counted.
    pub(super) fn behind(&self) -> Both {
        let mut sides = [BTreeSet::new(), BTreeSet::new()];
        for ((who, brought), held) in self.whose.iter().zip(&self.held) {
            let [own, theirs] = &mut sides;
            let side = if *brought { theirs } else { own };
            let most = held.iter().map(|(_, amount)| amount.abs()).max().unwrap_or(0);
            // Thirty people of whom none has a pseudonym may be one fact. Who has ten that no measure tells from one another has one.
            let each = match who {
                Who::Known(_) => most.min(1),
                Who::Each(..) => most.min(ENOUGH),
            };
            for n in 0..each {
                let mut of: Vec<usize> =
                    held.iter().filter(|(_, amount)| amount.abs() > n).map(|(measure, _)| *measure).collect();
                of.sort_unstable();
                let one = match who {
                    Who::Known(_) => *who,
                    Who::Each(same, _) => Who::Each(*same, u32::try_from(n).unwrap_or(0)),
                };
                side.insert((one, of));
            }
        }
        let [own, brought] = sides.map(|side| side.into_iter().collect());
        Both { own, brought }
    }
}

/// Facts of the programme's own records, and of those that were brought. Whoever brought them knows them, and takes them off: so each
/// is asked for its own.
pub(super) struct Both {
    own: Vec<Behind<Who>>,
    brought: Vec<Behind<Who>>,
}

impl Both {
    /// Which of some measures may leave in this order beside the earlier ones, which are numbered from `first` to `last`.
    pub(super) fn may(&self, new: &[usize], (first, last): (usize, usize), k: Threshold) -> Vec<bool> {
        let places: HashMap<usize, usize> = new.iter().copied().chain(first..last).zip(0..).collect();
        let many = places.len();
        let mut may = vec![true; new.len()];
        for side in [&self.own, &self.brought] {
            let facts: Vec<Behind<Who>> = side
                .iter()
                .map(|(who, of)| (*who, of.iter().filter_map(|m| places.get(m).copied()).collect()))
                .collect();
            if !facts.is_empty() {
                let told = told(&facts, (new.len(), many), k);
                may.iter_mut().zip(told).for_each(|(may, told)| *may &= told);
            }
        }
        may
    }

    /// Whether everybody behind one measure is behind another.
    pub(super) fn is_within(&self, part: usize, whole: usize) -> bool {
        let mut all = self.own.iter().chain(&self.brought);
        all.all(|(_, of)| !of.contains(&part) || of.contains(&whole))
    }
}

/// By how much a line counts: a score and a sum of money are one, whatever they say; what takes one back is minus one.
fn weight(facts: &Facts, line: &Line) -> i64 {
    match facts.kinds.get(line.kind as usize).and_then(|k| kind(k)).map(|k| k.amount) {
        Some(Amount::Score) => 1,
        Some(Amount::Cents) => line.amount.signum(),
        _ => line.amount,
    }
}

/// What a fact is, however it was read: its kind, time, columns and minutes. What takes it back is the same with another amount.
pub(super) fn identity(facts: &Facts, line: &Line) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(facts.kinds.get(line.kind as usize).map_or("", String::as_str));
    hash.update(format!(" {} {} {:?}", line.day, line.at, line.minutes));
    for column in line.columns {
        hash.update([0]);
        hash.update(facts.text(column));
    }
    hash.finalize().into()
}
