//! Which facts are the same, however they were read.

use std::sync::Arc;

use super::super::reading::{Facts, Line, Map, NOBODY, Name};

/// Whose a fact is: of somebody, or of nobody whose pseudonym is known, each one apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    Known(u128),
    Each(usize, u32),
}

/// What is told from everything else.
#[derive(PartialEq, Eq, Hash)]
enum What {
    Person(u128),
    /// Whose, kind, day, time, minutes and columns. What takes a fact back is the same with another amount.
    Fact(Option<u128>, Name, u32, i64, Option<i64>, [Name; 6]),
}

/// Numbers for people and facts: the same one for the same, also where it was read twice.
#[derive(Default)]
pub(super) struct Same {
    numbers: Map<What, usize>,
    /// Of each number the person; none of what is nobody's.
    pub whose: Vec<Option<u128>>,
    names: Map<String, Name>,
    /// Facts that were seen, which are kept so that none is taken for another.
    read: Vec<Read>,
}

/// Facts, and what is known of them.
struct Read {
    facts: Arc<Facts>,
    /// Their codes by number, and their kinds, as numbers of [`Same`].
    names: Vec<Name>,
    kinds: Vec<Name>,
    /// Numbers of people, and of lines.
    people: Vec<Option<usize>>,
    lines: Vec<Option<usize>>,
}

impl Same {
    /// The place of facts of which people will be asked for, or each fact.
    pub(super) fn reading(&mut self, facts: &Arc<Facts>, people: bool) -> usize {
        if let Some(at) = self.read.iter().position(|read| Arc::ptr_eq(&read.facts, facts)) {
            return at;
        }
        self.numbers.reserve(if people { facts.people.len() } else { facts.lines.len() });
        let names = facts.texts().iter().map(|text| self.name(text)).collect();
        let kinds = facts.kinds.iter().map(|kind| self.name(kind)).collect();
        let (people, lines) = (vec![None; facts.people.len()], vec![None; facts.lines.len()]);
        self.read.push(Read { facts: Arc::clone(facts), names, kinds, people, lines });
        self.read.len() - 1
    }

    fn name(&mut self, text: &str) -> Name {
        if let Some(known) = self.names.get(text) {
            return *known;
        }
        let next = Name::try_from(self.names.len()).unwrap_or(Name::MAX);
        self.names.insert(text.to_owned(), next);
        next
    }

    /// The number of whoever a line is of.
    pub(super) fn person(&mut self, at: usize, line: &Line) -> Option<usize> {
        let Read { facts, people, .. } = self.read.get_mut(at)?;
        let known = people.get_mut(line.subject as usize)?;
        if known.is_none() {
            let person = facts.people.get(line.subject as usize)?;
            *known = Some(number(&mut self.numbers, &mut self.whose, (What::Person(*person), Some(*person))));
        }
        *known
    }

    /// The number of a line.
    pub(super) fn fact(&mut self, at: usize, line: &Line) -> Option<usize> {
        let Read { facts, names, kinds, lines, .. } = self.read.get_mut(at)?;
        let known = lines.get_mut(line.nth as usize)?;
        if known.is_none() {
            let whose = facts.people.get(line.subject as usize).filter(|_| line.subject != NOBODY).copied();
            let kind = *kinds.get(line.kind as usize)?;
            let columns = line.columns.map(|c| names.get(c as usize).copied().unwrap_or(Name::MAX));
            let what = What::Fact(whose, kind, line.day, line.at, line.minutes, columns);
            *known = Some(number(&mut self.numbers, &mut self.whose, (what, whose)));
        }
        *known
    }
}

fn number(
    numbers: &mut Map<What, usize>,
    whose: &mut Vec<Option<u128>>,
    (what, person): (What, Option<u128>),
) -> usize {
    let next = whose.len();
    let at = *numbers.entry(what).or_insert(next);
    if at == next {
        whose.push(person);
    }
    at
}
