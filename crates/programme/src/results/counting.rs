//! From facts to numbers by a rule. No I/O: the same facts give the same numbers on every engine. What comes out is exact and has
//! not passed the gate, so it never leaves `results`.

use std::collections::{BTreeMap, BTreeSet};

use super::kinds::{Amount, ONCE};
use super::reading::{Facts, Field, Line, Map, NOBODY, Name};
use super::rule::{Count, Of, Rule, Values};

mod chosen;
mod opposites;
mod placed;
mod tally;

use chosen::Filter;
pub(super) use placed::Cell;
use tally::Tally;

/// What stands in a table for everybody, and for whom no code is known.
pub(super) const ALL: &str = "all";
const UNKNOWN: &str = "unknown";

/// A number before the gate, with how many people stand behind it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Exact {
    /// There is nothing to measure.
    #[default]
    Nothing,
    /// A count or a sum.
    Number { value: i64, people: u64 },
    /// A part of a whole; `people` where both count something else than people.
    Share { part: u64, whole: u64, people: Option<u64> },
    /// What each measured, by person.
    Median(Vec<(u32, u32)>),
    /// A sum and how many were measured.
    Mean { sum: i64, many: u64, people: u64 },
}

/// A number divided.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Divided {
    pub rows_by: String,
    pub columns_by: String,
    pub rows: Vec<String>,
    pub columns: Vec<String>,
    pub cells: Vec<Vec<Exact>>,
    /// Whether the cells add up to the whole: nobody stands in two.
    pub additive: bool,
    /// Whether the people or facts behind the cells are all of them, each in one: also where no cells add up, as shares do not.
    pub parts: bool,
}

/// From which day on, to which, as 20261124, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Days {
    pub from: u32,
    pub to: u32,
}

impl Days {
    const fn has(self, day: u32) -> bool {
        self.from <= day && day <= self.to
    }
}

/// The lines that a rule counts, chosen once for everything that is asked of them.
pub(super) struct Chosen<'a> {
    facts: &'a Facts,
    rule: &'a Rule,
    whole: Vec<&'a Line>,
    part: Vec<&'a Line>,
}

impl<'a> Chosen<'a> {
    /// Chooses lines of a span; `brought` leaves only earlier records.
    pub(super) fn of(facts: &'a Facts, rule: &'a Rule, days: Days, brought: bool) -> Self {
        let filter = |kinds: &[String], only: &Values, not: &Values| {
            let filter = Filter::new(facts, kinds, only, not);
            let lines: Vec<&Line> = facts
                .lines
                .iter()
                .filter(|l| l.day <= days.to && (!brought || l.brought) && filter.takes(l))
                .collect();
            chosen::standing(facts, lines, days, (rule.new, rule.last))
        };
        let whole = filter(&rule.kind, &rule.only, &rule.not);
        let part = match &rule.part {
            None => Vec::new(),
            // A part of the same kinds is chosen among the lines that count, not beside them.
            Some(p) if p.kind.is_empty() => {
                let inner = Filter::new(facts, &rule.kind, &p.only, &p.not);
                whole.iter().copied().filter(|l| inner.takes(l)).collect()
            }
            Some(p) => filter(&p.kind, &p.only, &p.not),
        };
        Self { facts, rule, whole, part }
    }

    /// Every line behind the number.
    pub(super) fn lines(&self) -> impl Iterator<Item = &'a Line> {
        let others = self.rule.part.as_ref().is_some_and(|p| !p.kind.is_empty());
        self.whole.iter().copied().chain(self.part.iter().copied().filter(move |_| others))
    }

    /// The number.
    pub(super) fn total(&self) -> Exact {
        self.count(&mut |_, all| all.push(0)).remove(&0).unwrap_or_else(|| self.empty())
    }

    /// What a rule says when there is no fact: none is a count, no share or median.
    const fn empty(&self) -> Exact {
        match self.rule.count {
            Count::People | Count::Events | Count::Minutes => Exact::Number { value: 0, people: 0 },
            _ => Exact::Nothing,
        }
    }

    /// The number divided by one field, or by two: `sex*age_band`.
    pub(super) fn divided(&self, by: &str) -> Divided {
        let (rows_by, columns_by) = by.split_once('*').unwrap_or((by, ""));
        let rows = Groups::of(self, rows_by);
        let columns = (!columns_by.is_empty()).then(|| Groups::of(self, columns_by));
        let (mut in_rows, mut in_columns) = (Vec::new(), Vec::new());
        let found = self.count(&mut |l, all| {
            in_rows.clear();
            rows.put(self.facts, l, &mut in_rows);
            in_columns.clear();
            match &columns {
                None => in_columns.push(0),
                Some(c) => c.put(self.facts, l, &mut in_columns),
            }
            for row in &in_rows {
                all.extend(in_columns.iter().map(|c| u64::from(*row) << 32 | u64::from(*c)));
            }
        });
        let name = |n: Name, by: &str| if by.is_empty() { ALL } else { self.name(n) }.to_owned();
        let mut cells: BTreeMap<(String, String), Exact> = BTreeMap::new();
        for (key, exact) in found {
            let (row, column) = ((key >> 32) as Name, (key & u64::from(u32::MAX)) as Name);
            cells.insert((name(row, rows_by), name(column, columns_by)), exact);
        }
        let rows: BTreeSet<&String> = cells.keys().map(|(r, _)| r).collect();
        let columns: BTreeSet<&String> = cells.keys().map(|(_, c)| c).collect();
        let cell = |r: &String, c: &String| cells.get(&(r.clone(), c.clone())).cloned();
        let table = rows
            .iter()
            .map(|r| columns.iter().map(|c| cell(r, c).unwrap_or_else(|| self.empty())).collect())
            .collect();
        let once = |field: &str| field.is_empty() || ONCE.contains(&field);
        // What happened has one code and one outcome; a person may have several.
        let single = |field: &str| once(field) || super::kinds::COLUMNS.contains(&field);
        let people = matches!(self.rule.count, Count::People | Count::MedianEach)
            || self.rule.count == Count::Share && self.rule.of == Of::People;
        let parts = if people {
            self.rule.per.is_empty() && once(rows_by) && once(columns_by)
        } else {
            single(rows_by) && single(columns_by)
        };
        let additive = parts && matches!(self.rule.count, Count::People | Count::Events | Count::Minutes);
        Divided {
            rows_by: rows_by.to_owned(),
            columns_by: columns_by.to_owned(),
            rows: rows.into_iter().cloned().collect(),
            columns: columns.into_iter().cloned().collect(),
            cells: table,
            additive,
            parts,
        }
    }

    /// Every line with the row and the column in which it stands when the number is divided as in [`Self::divided`]; by nothing, all
    /// stand in one.
    pub(super) fn placed(&self, by: &str) -> Vec<(&'a Line, String, String)> {
        let (rows_by, columns_by) = by.split_once('*').unwrap_or((by, ""));
        let groups = [rows_by, columns_by].map(|by| (!by.is_empty()).then(|| Groups::of(self, by)));
        let mut found = Vec::new();
        for line in self.lines() {
            let [rows, columns] = groups.each_ref().map(|groups| match groups {
                None => vec![ALL],
                Some(g) => g.of_line(self.facts, line).into_iter().map(|n| self.name(n)).collect(),
            });
            for row in &rows {
                found.extend(columns.iter().map(|column| (line, (*row).to_owned(), (*column).to_owned())));
            }
        }
        found
    }

    /// What stands for a code in a table.
    fn name(&self, code: Name) -> &'a str {
        match self.facts.text(code) {
            "" => UNKNOWN,
            text => text,
        }
    }

    /// Whose facts stand in which row, with how many each has: for whoever looks behind a figure.
    pub(super) fn people(&self, by: Option<&str>) -> BTreeMap<(String, u32), u64> {
        let mut found = BTreeMap::new();
        for (line, row, _) in self.placed(by.unwrap_or_default()) {
            if line.subject != NOBODY {
                *found.entry((row, line.subject)).or_insert(0) += 1;
            }
        }
        found
    }

    /// The numbers of groups; `group` puts those of a line into an empty list.
    fn count(&self, group: &mut dyn FnMut(&Line, &mut Vec<u64>)) -> Map<u64, Exact> {
        let mut tally = Tally::new(self.rule);
        let mut keys = Vec::new();
        let pers: Vec<Field> = self.rule.per.iter().map(|f| self.facts.field(f)).collect();
        for (lines, is_part) in [(&self.whole, false), (&self.part, true)] {
            for line in lines {
                let amount = self.amount(line);
                let mut per = 0u64;
                for field in &pers {
                    for value in self.facts.values(line, *field) {
                        per = per << 32 | u64::from(value);
                    }
                }
                keys.clear();
                group(line, &mut keys);
                for key in &keys {
                    tally.add((*key, line.subject, per), (amount, self.each(line), line), is_part);
                }
            }
        }
        tally.done()
    }

    /// How many a line stands for when it is asked who is behind a number: a score is one, and so is a payment, whatever it is of. What a
    /// court orders may be no money, and is one all the same.
    fn each(&self, line: &Line) -> i64 {
        match self.facts.amount(line) {
            Some(Amount::Score) => 1,
            Some(Amount::Cents) if line.amount >= 0 => 1,
            Some(Amount::Cents) => -1,
            _ => line.amount,
        }
    }

    /// What a line adds: a score is one, whatever it says.
    pub(super) fn amount(&self, line: &Line) -> i64 {
        let people = self.rule.of == Of::People && self.rule.part.is_some();
        match (self.facts.amount(line), self.rule.count) {
            (Some(Amount::Score), Count::Mean) => line.amount,
            (Some(Amount::Score), _) | (Some(Amount::Cents), Count::People) => self.each(line),
            (Some(Amount::Cents), _) if people => self.each(line),
            _ => line.amount,
        }
    }
}

/// The values of a field by which people are divided.
struct Groups {
    field: Field,
    /// Of those that a person has one at a time: hers.
    last: Option<Vec<Option<Name>>>,
}

impl Groups {
    fn of(chosen: &Chosen<'_>, by: &str) -> Self {
        let field = chosen.facts.field(by);
        let each = matches!(chosen.rule.count, Count::Events | Count::Minutes | Count::Mean | Count::Median);
        let last = (ONCE.contains(&by) && !each).then(|| {
            // Lines are in the order of time: what stands last, stays.
            let mut last = vec![None; chosen.facts.people.len()];
            for line in chosen.lines() {
                if let Some(place) = last.get_mut(line.subject as usize) {
                    *place = chosen.facts.values(line, field).last().or(*place);
                }
            }
            last
        });
        Self { field, last }
    }

    fn of_line(&self, facts: &Facts, line: &Line) -> Vec<Name> {
        let mut all = Vec::with_capacity(1);
        self.put(facts, line, &mut all);
        all
    }

    /// Puts where a line stands into an empty list.
    fn put(&self, facts: &Facts, line: &Line, all: &mut Vec<Name>) {
        match self.last.as_ref().and_then(|last| last.get(line.subject as usize).copied().flatten()) {
            Some(value) => all.push(value),
            None => all.extend(facts.values(line, self.field)),
        }
        if all.is_empty() {
            all.push(0);
        }
    }
}
