//! Reports of several grants beside one another. Two donors who put theirs together, or one who gives to both, can subtract: nineteen at one
//! site in the one, twenty-one at two sites in the other. So a number leaves only if with those that other grants' reports showed of
//! the same figure it tells of nobody alone, nor of a few. What left to others outside stands beside reports as well ([`left`]).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ceiba_disclosure::{Behind, Threshold, told};
use sha2::{Digest as _, Sha256};

pub(super) mod left;

use super::basis::Basis;
use super::compute::{brought, read, reads_dims, spans};
use super::counting::{Chosen, Days};
use super::frozen::{Table, Value};
use super::gate::Passed;
use super::reading::{Facts, Line, NOBODY};
use super::rule::{Count, Rule};
use super::versions;
use crate::{Outcome, Programme};

/// Where a number of a figure stands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Value,
    ToDate,
    /// By what its table is divided, its row and its column.
    Cell(String, String, String),
}

/// How a table is divided, as a rule says it.
fn divided(table: &Table) -> String {
    if table.columns_by.is_empty() {
        table.rows_by.clone()
    } else {
        format!("{}*{}", table.rows_by, table.columns_by)
    }
}

/// The numbers that are shown, the largest first; nobody stands behind a zero.
fn shown(value: Value, to_date: Value, tables: &[Table]) -> Vec<(Place, f64)> {
    let mut all: Vec<(Place, Value)> = vec![(Place::Value, value), (Place::ToDate, to_date)];
    for t in tables {
        for (row, cells) in t.rows.iter().zip(&t.cells) {
            let cell = |(column, value): (&String, &Value)| {
                (Place::Cell(divided(t), row.clone(), column.clone()), *value)
            };
            all.extend(t.columns.iter().zip(cells).map(cell));
        }
    }
    let mut all: Vec<(Place, f64)> =
        all.into_iter().filter_map(|(place, v)| v.shown().filter(|n| *n > 0.0).map(|n| (place, n))).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all
}

/// Whose a fact is: of somebody, or of nobody whose pseudonym is known, each one apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Known(u128),
    Each([u8; 32]),
}

/// What is behind numbers: people where each is counted once, else facts of people, each with the numbers that count it.
#[derive(Default)]
struct Counted(BTreeMap<(Who, [u8; 32]), BTreeSet<usize>>);

impl Counted {
    /// Adds what stands behind some numbers, which begin with a number of their own.
    fn add(
        &mut self,
        (facts, rule): (&Facts, &Rule),
        (period, to_date): (Days, Days),
        lines: &[(Place, f64)],
        first: usize,
    ) {
        let unique = rule.count == Count::People;
        let mut held: BTreeMap<(usize, Who, [u8; 32]), i64> = BTreeMap::new();
        for (days, is_ours) in [(period, false), (to_date, true)] {
            let chosen = Chosen::of(facts, rule, days, false);
            let mut by: BTreeMap<&str, BTreeMap<(&str, &str), usize>> = BTreeMap::new();
            for (n, (place, _)) in lines.iter().enumerate() {
                let (division, row, column) = match place {
                    Place::Value if !is_ours => ("", "all", "all"),
                    Place::ToDate if is_ours => ("", "all", "all"),
                    Place::Cell(division, row, column) if !is_ours => {
                        (division.as_str(), row.as_str(), column.as_str())
                    }
                    _ => continue,
                };
                by.entry(division).or_default().insert((row, column), first + n);
            }
            for (division, numbers) in by {
                for (line, row, column) in chosen.placed(division) {
                    let Some(number) = numbers.get(&(row.as_str(), column.as_str())) else { continue };
                    let person = facts.people.get(line.subject as usize).filter(|_| line.subject != NOBODY);
                    let key = match person {
                        Some(person) if unique => (*number, Who::Known(*person), [0; 32]),
                        Some(person) => (*number, Who::Known(*person), identity(facts, line)),
                        None => {
                            let same = identity(facts, line);
                            (*number, Who::Each(same), same)
                        }
                    };
                    *held.entry(key).or_default() += chosen.amount(line);
                }
            }
        }
        // Whoever is left with nothing after corrections is not counted.
        for ((number, who, what), amount) in held {
            if amount != 0 && (!unique || amount > 0) {
                self.0.entry((who, what)).or_default().insert(number);
            }
        }
    }

    fn facts(&self) -> Vec<Behind<Who>> {
        self.0.iter().map(|((who, _), numbers)| (*who, numbers.iter().copied().collect())).collect()
    }

    /// Whether everybody behind one number is behind another.
    fn is_within(&self, part: usize, whole: usize) -> bool {
        self.0.values().all(|numbers| !numbers.contains(&part) || numbers.contains(&whole))
    }
}

/// What a fact is, however it was read: its kind, time, columns and minutes. What takes it back is the same with another amount.
fn identity(facts: &Facts, line: &Line) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(facts.kinds.get(line.kind as usize).map_or("", String::as_str));
    hash.update(format!(" {} {} {:?}", line.day, line.at, line.minutes));
    for column in line.columns {
        hash.update([0]);
        hash.update(facts.text(column));
    }
    hash.finalize().into()
}

/// Facts as of a basis, each kind read once.
struct Reader<'a> {
    p: &'a Programme,
    basis: Basis,
    brought: BTreeSet<i64>,
    known: HashMap<Vec<String>, Facts>,
}

impl<'a> Reader<'a> {
    async fn new(p: &'a Programme, basis: Basis) -> Outcome<Self> {
        let brought = brought(&mut p.store.db.read().await?, basis.position).await?;
        Ok(Self { p, basis, brought, known: HashMap::new() })
    }

    async fn facts(&mut self, rule: &Rule) -> Outcome<&Facts> {
        let kinds: BTreeSet<String> = rule.kinds().map(str::to_owned).collect();
        let kinds: Vec<String> = kinds.into_iter().collect();
        if !self.known.contains_key(&kinds) {
            let dims = reads_dims(&self.basis, &kinds)?;
            let facts = read(&self.p.store.db, &self.basis, &self.brought, (&kinds, dims)).await?;
            self.known.insert(kinds.clone(), facts);
        }
        self.known.get(&kinds).ok_or(crate::ProgrammeError::Unreadable("a report"))
    }
}

/// Takes back what would tell of a few people beside the reports of other grants and what left to others outside. Of a number that
/// may not leave the least that it can be is told, where another report showed it.
pub(super) async fn apart(p: &Programme, basis: &Basis, passed: &mut [Passed], k: Threshold) -> Outcome<()> {
    if basis.beside.is_empty() && basis.left.is_empty() {
        return Ok(());
    }
    let mut left = left::Known::all(p, basis).await?;
    let mut ours = Reader::new(p, basis.clone()).await?;
    let mut others = Vec::new();
    let mut k = k;
    for hash in &basis.beside {
        let version = versions::by_hash(&mut p.store.db.read().await?, hash).await?;
        let (frozen, basis) = (version.frozen()?, version.basis()?);
        k = Threshold::new(k.k().max(frozen.threshold)).unwrap_or(k);
        others.push((frozen, Reader::new(p, basis).await?));
    }
    for ((promise, _, number), passed) in basis.figures()?.into_iter().zip(passed) {
        if !number.rule.is_about_people() {
            continue;
        }
        let new = shown(passed.value, passed.to_date, &passed.tables);
        let mut behind = Counted::default();
        behind.add((ours.facts(&number.rule).await?, &number.rule), spans(basis)?, &new, 0);
        let mut earlier: Vec<f64> = Vec::new();
        for known in &mut left {
            let first = new.len() + earlier.len();
            earlier.extend(known.add((&promise.figure, &number.rule), &mut behind, first).await?);
        }
        for (frozen, reader) in &mut others {
            let Some(figure) = frozen.figure(&promise.figure) else { continue };
            let Some(rule) = reader.basis.number(&promise.figure).map(|(_, n)| n.rule.clone()) else {
                continue;
            };
            let (lines, days) = (shown(figure.value, figure.to_date, &figure.tables), spans(&reader.basis)?);
            behind.add((reader.facts(&rule).await?, &rule), days, &lines, new.len() + earlier.len());
            earlier.extend(lines.into_iter().map(|(_, n)| n));
        }
        if earlier.is_empty() {
            continue;
        }
        let may = told(&behind.facts(), (new.len(), new.len() + earlier.len()), k);
        for (n, (place, _)) in new.iter().enumerate().filter(|(n, _)| !may[*n]) {
            let least = earlier.iter().enumerate().filter(|_| number.rule.count == Count::People);
            let least = least.filter(|(e, least)| **least > 0.0 && behind.is_within(new.len() + e, n));
            let least = least.map(|(_, least)| *least);
            let instead = least.reduce(f64::max).map_or(Value::Hidden, Value::AtLeast);
            match place {
                Place::Value => passed.value = instead,
                Place::ToDate => passed.to_date = instead,
                Place::Cell(by, row, column) => hide(&mut passed.tables, (by, row, column)),
            }
        }
    }
    Ok(())
}

fn hide(tables: &mut [Table], (by, row, column): (&str, &str, &str)) {
    for t in tables.iter_mut().filter(|t| divided(t) == by) {
        let at = |all: &[String], code: &str| all.iter().position(|c| c == code);
        let cell = at(&t.rows, row).zip(at(&t.columns, column));
        if let Some(value) = cell.and_then(|(r, c)| t.cells.get_mut(r)?.get_mut(c)) {
            *value = Value::Hidden;
        }
    }
}
