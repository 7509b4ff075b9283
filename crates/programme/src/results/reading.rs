//! Facts as they are counted: read once for all rules that ask for the same kinds, codes as numbers, in an order that does not
//! depend on the engine.

use std::collections::{BTreeMap, HashMap, HashSet};

use ceiba_store::{Db, fact};
use foldhash::fast::FixedState;
use sha2::{Digest as _, Sha256};

use super::kinds::{self, Amount, COLUMNS};
use crate::people::links;
use crate::{Outcome, ProgrammeError};

/// A code as a number; the empty one is 0.
pub(super) type Name = u32;
/// A map for a million facts: numbers are ours, and codes those of packs, so nobody chooses them to collide.
pub(super) type Map<K, V> = HashMap<K, V, FixedState>;

/// A set of the same.
pub(super) type Set<T> = HashSet<T, FixedState>;

/// Nobody.
pub(super) const NOBODY: u32 = u32::MAX;

/// A fact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Its place in [`Facts::lines`].
    pub nth: u32,
    /// Its kind: the place in [`Facts::kinds`].
    pub kind: u32,
    /// Its day as 20261124.
    pub day: u32,
    pub at: i64,
    pub brought: bool,
    /// As [`COLUMNS`].
    pub columns: [Name; 6],
    pub subject: u32,
    pub minutes: Option<i64>,
    pub amount: i64,
    /// Whether it takes another one back.
    pub back: bool,
    dims: (u32, u32),
    /// Of everything that it says.
    pub digest: [u8; 32],
}

/// All facts of some kinds.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub kinds: Vec<String>,
    /// What the amounts of each kind say.
    amounts: Vec<Option<Amount>>,
    /// By day, instant, and what they say.
    pub lines: Vec<Line>,
    names: Vec<String>,
    known: Map<String, Name>,
    subjects: Map<u128, u32>,
    /// Pseudonyms, by number.
    pub people: Vec<u128>,
    /// Pseudonyms that are counted as another one: two records found to be of one person before the window's position.
    joined: Map<u128, u128>,
    dims: Vec<(Name, Name)>,
}

/// A day `2026-11-24` as 20261124; nothing else is.
pub(super) fn number_of_day(day: &str) -> Option<u32> {
    let bytes = day.as_bytes();
    let fits = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
    let digits = day.bytes().filter(u8::is_ascii_digit);
    (fits && digits.clone().count() == 8).then(|| digits.fold(0, |n, d| n * 10 + u32::from(d - b'0')))
}

/// Positions of the ledger at which earlier records were brought, and whether for the grant that is counted: those of another one are left out.
pub(super) type Brought = BTreeMap<i64, bool>;

/// Which facts are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window<'a> {
    pub from: &'a str,
    pub to: &'a str,
    /// A position of the ledger: what was entered at it or later is not seen.
    pub before: i64,
}

impl Facts {
    /// Reads all facts of some kinds, from one picture of the database.
    pub(super) async fn read(
        db: &Db,
        kinds: &[String],
        window: Window<'_>,
        dims: bool,
        brought: &Brought,
    ) -> Outcome<Self> {
        let mut facts = Self::default();
        facts.name("");
        let mut tx = db.read().await?;
        for (subject, same) in links::as_of(&mut tx, window.before).await? {
            let both = <[u8; 16]>::try_from(subject).ok().zip(<[u8; 16]>::try_from(same).ok());
            let (subject, same) = both.ok_or(ProgrammeError::Unreadable("a pseudonym"))?;
            facts.joined.insert(u128::from_be_bytes(subject), u128::from_be_bytes(same));
        }
        for kind in kinds {
            facts.kinds.push(kind.clone());
            facts.amounts.push(kinds::kind(kind).map(|k| k.amount));
            for text in fact::lines(&mut tx, kind, (window.from, window.to), window.before, dims).await? {
                for line in text.split(fact::LINE) {
                    facts.add(line, brought).ok_or(ProgrammeError::Unreadable("a fact"))?;
                }
            }
        }
        facts.sort();
        Ok(facts)
    }

    /// Puts lines in order by moving each once: they are long, and many a moment has several.
    fn sort(&mut self) {
        let head = |l: &Line| u64::from_be_bytes(l.digest.first_chunk().copied().unwrap_or_default());
        let mut order: Vec<_> = (0..).zip(&self.lines).map(|(n, l)| (l.day, l.at, head(l), n)).collect();
        let digest = |n: u32| &self.lines[n as usize].digest;
        order.sort_unstable_by(|a, b| {
            (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)).then_with(|| digest(a.3).cmp(digest(b.3)))
        });
        let moved = |(nth, (_, _, _, n)): (u32, (_, _, _, u32))| Line { nth, ..self.lines[n as usize] };
        self.lines = (0..).zip(order).map(moved).collect();
    }

    /// Leaves only some lines.
    pub(super) fn keep(&mut self, keep: impl FnMut(&Line) -> bool) {
        self.lines.retain(keep);
        for (nth, line) in (0..).zip(&mut self.lines) {
            line.nth = nth;
        }
    }

    fn add(&mut self, text: &str, brought: &Brought) -> Option<()> {
        let mut parts = text.split(fact::COLUMN);
        let day = number_of_day(parts.next()?)?;
        let at = parts.next()?.parse().ok()?;
        let entered = parts.next()?.parse().ok()?;
        let brought = match brought.get(&entered) {
            Some(false) => return Some(()),
            ours => ours.is_some(),
        };
        let mut columns = [0; 6];
        for column in &mut columns {
            *column = self.name(parts.next()?);
        }
        let mut same = None;
        let subject = match parts.next()? {
            "" => NOBODY,
            hex => {
                let pseudonym = u128::from_str_radix(hex, 16).ok()?;
                same = self.joined.get(&pseudonym).copied();
                self.subject(same.unwrap_or(pseudonym))
            }
        };
        let minutes = match parts.next()? {
            "" => None,
            text => Some(text.parse().ok()?),
        };
        let amount = parts.next()?.parse().ok()?;
        let back = !parts.next()?.is_empty();
        let mut dims: Vec<&str> = parts.next()?.split(';').filter(|d| !d.is_empty()).collect();
        if parts.next().is_some() {
            return None;
        }
        dims.sort_unstable();
        let mut digest = Sha256::new();
        let kind = u32::try_from(self.kinds.len() - 1).ok()?;
        digest.update(self.kinds.last()?);
        digest.update(&text[..=text.rfind(fact::COLUMN)?]);
        if let Some(same) = same {
            digest.update(same.to_be_bytes());
        }
        let first = u32::try_from(self.dims.len()).ok()?;
        for dim in &dims {
            digest.update(dim);
            digest.update(";");
            let (name, value) = dim.split_once('=')?;
            let pair = (self.name(name), self.name(value));
            self.dims.push(pair);
        }
        self.lines.push(Line {
            nth: 0,
            kind,
            day,
            at,
            brought,
            columns,
            subject,
            minutes,
            amount,
            back,
            dims: (first, u32::try_from(dims.len()).ok()?),
            digest: digest.finalize().into(),
        });
        Some(())
    }

    fn name(&mut self, text: &str) -> Name {
        if let Some(n) = self.known.get(text) {
            return *n;
        }
        let n = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(text.to_owned());
        self.known.insert(text.to_owned(), n);
        n
    }

    fn subject(&mut self, pseudonym: u128) -> u32 {
        let next = u32::try_from(self.people.len()).unwrap_or(NOBODY);
        let n = *self.subjects.entry(pseudonym).or_insert(next);
        if n == next {
            self.people.push(pseudonym);
        }
        n
    }

    /// What the amount of a line says.
    pub(super) fn amount(&self, line: &Line) -> Option<Amount> {
        self.amounts.get(line.kind as usize).copied().flatten()
    }

    /// What a number stands for.
    pub(super) fn text(&self, name: Name) -> &str {
        self.names.get(name as usize).map_or("", String::as_str)
    }

    /// Every code, by number.
    pub(super) fn texts(&self) -> &[String] {
        &self.names
    }

    /// All dimensions of a fact, sorted.
    pub(super) fn dims(&self, line: &Line) -> &[(Name, Name)] {
        let (first, many) = (line.dims.0 as usize, line.dims.1 as usize);
        self.dims.get(first..first + many).unwrap_or_default()
    }

    /// Where a column or dimension stands.
    pub(super) fn field(&self, field: &str) -> Field {
        match COLUMNS.iter().position(|c| *c == field) {
            Some(n) => Field::Column(n),
            None => Field::Dim(self.known.get(field).copied().unwrap_or(NOBODY)),
        }
    }

    /// The values of a field of a fact: one for a column, none or more for a dimension.
    pub(super) fn values(&self, line: &Line, field: Field) -> impl Iterator<Item = Name> {
        let (column, dims, wanted) = match field {
            Field::Column(n) => (Some(line.columns[n]), &self.dims[..0], 0),
            Field::Dim(name) => (None, self.dims(line), name),
        };
        column.into_iter().chain(dims.iter().filter(move |(n, _)| *n == wanted).map(|(_, v)| *v))
    }
}

/// Where a value of a fact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Column(usize),
    Dim(Name),
}
