//! Numbers beside one another. Whoever reads a report subtracts: all who were served less the adolescents; those trained by sex less the
//! community partners by sex. Two donors who put theirs together, or one who gives to both, do the same; so does whoever kept the version
//! that was replaced. So all figures and tables of a report that read the same kinds of facts are laid beside one another, beside
//! versions of the same period, beside reports of other grants and what left to others outside ([`left`]): what would tell of a few
//! people is hidden, a breakdown before its total. Then what is left is attacked.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use ceiba_disclosure::{Audience, Threshold};

mod laid;
pub(super) mod left;
mod measured;
mod report;
mod same;

use super::basis::Basis;
use super::compute::{Group, brought, groups, read, spans};
use super::counting::Days;
use super::frozen::{Frozen, Table, Value};
use super::gate::Passed;
use super::kinds::{Amount, kind};
use super::reading::{Brought, Facts};
use super::rule::{Count, Rule};
use super::versions::{self, Version};
use crate::{Outcome, Programme, ProgrammeError};
pub(super) use laid::Laid;
use measured::{Measured, Place, Seat, divided, is_of_people, shown};

/// Facts as of a basis, each group of kinds read once.
struct Reader<'a> {
    p: &'a Programme,
    basis: Basis,
    groups: Vec<Group>,
    days: (Days, Days),
    brought: Brought,
    known: HashMap<usize, Arc<Facts>>,
}

impl<'a> Reader<'a> {
    async fn new(p: &'a Programme, basis: Basis) -> Outcome<Self> {
        let brought = brought(&mut p.store.db.read().await?, &basis).await?;
        let (groups, days) = (groups(&basis)?, spans(&basis)?);
        Ok(Self { p, basis, groups, days, brought, known: HashMap::new() })
    }

    /// The facts that a rule reads, as they were counted.
    async fn facts(&mut self, rule: &Rule) -> Outcome<&Arc<Facts>> {
        let unreadable = ProgrammeError::Unreadable("a report");
        let Some(at) = self.groups.iter().position(|g| rule.kinds().all(|k| g.kinds.contains(k))) else {
            return Err(unreadable);
        };
        if !self.known.contains_key(&at)
            && let Some(group) = self.groups.get(at)
        {
            let kinds: Vec<String> = group.kinds.iter().cloned().collect();
            let facts = read(&self.p.store.db, &self.basis, &self.brought, (&kinds, group.dims)).await?;
            self.known.insert(at, Arc::new(facts));
        }
        self.known.get(&at).ok_or(unreadable)
    }

    /// Adds numbers of a figure to what is measured.
    async fn add(&mut self, rule: &Rule, measured: &mut Measured, seats: &[(&Place, Seat)]) -> Outcome<()> {
        let days = self.days;
        measured.add((self.facts(rule).await?, rule), days, seats);
        Ok(())
    }
}

/// A report that somebody has.
struct Other<'a> {
    frozen: Frozen,
    reader: Reader<'a>,
}

impl<'a> Other<'a> {
    async fn new(p: &'a Programme, version: &Version) -> Outcome<Self> {
        Ok(Self { frozen: version.frozen()?, reader: Reader::new(p, version.basis()?).await? })
    }

    /// Adds the numbers that it shows to what is measured, of figures that `wanted` takes by code and rule. Gives how many each
    /// measure says at least: nought where that is not known.
    async fn add(
        &mut self,
        measured: &mut Measured,
        first: usize,
        wanted: impl Fn(&str, &Rule) -> bool,
    ) -> Outcome<Vec<f64>> {
        let mut least = Vec::new();
        let rules: Vec<(String, Rule)> = self
            .reader
            .basis
            .figures()?
            .into_iter()
            .map(|(promise, _, number)| (promise.figure.clone(), number.rule.clone()))
            .filter(|(code, rule)| rule.is_about_people() && wanted(code, rule))
            .collect();
        for (code, rule) in rules {
            let Some(figure) = self.frozen.figure(&code) else { continue };
            let lines = shown(&rule, (figure.value, figure.to_date), &figure.tables);
            let mut many = first + least.len();
            let seats: Vec<(&Place, Seat)> =
                lines.iter().map(|(place, _)| (place, Seat::take(&rule, &mut many))).collect();
            least.resize(many - first, 0.0);
            if says_how_many(&rule) {
                for ((_, seat), (_, n)) in seats.iter().zip(&lines) {
                    least[seat.whole - first] = *n;
                }
            }
            self.reader.add(&rule, measured, &seats).await?;
        }
        Ok(least)
    }
}

/// Whether a number of a rule is how many people stand behind it, or how often something happened.
fn says_how_many(rule: &Rule) -> bool {
    let many = |k: &str| kind(k).is_some_and(|k| k.amount == Amount::Many);
    (rule.count == Count::People && rule.per.is_empty())
        || (rule.count == Count::Events && rule.kinds().all(many))
}

fn reads(rule: &Rule, kinds: &BTreeSet<String>) -> bool {
    rule.kinds().any(|kind| kinds.contains(kind))
}

/// What a report is laid beside.
struct Beside<'a> {
    left: Vec<left::Known<'a>>,
    /// Versions of the same grant and period.
    versions: Vec<Other<'a>>,
    /// Reports of other grants.
    grants: Vec<Other<'a>>,
    threshold: Threshold,
}

impl<'a> Beside<'a> {
    /// The threshold for what everybody may see.
    fn threshold_of_all(&self) -> Threshold {
        let public = Audience::Public.threshold();
        if self.threshold.k() > public.k() { self.threshold } else { public }
    }

    async fn read(p: &'a Programme, basis: &Basis, k: Threshold) -> Outcome<Self> {
        let left = left::Known::all(p, basis).await?;
        let (mut versions, mut grants, mut k) = (Vec::new(), Vec::new(), k.k());
        for (hashes, is_other) in [(&basis.compared, false), (&basis.beside, true)] {
            for hash in hashes {
                let version = versions::by_hash(&mut p.store.db.read().await?, hash).await?;
                let other = Other::new(p, &version).await?;
                if is_other {
                    k = k.max(other.frozen.threshold);
                    grants.push(other);
                } else if other.frozen.period.code == basis.period.code {
                    // To date numbers of other quarters stand in `gate`; whoever stays from quarter to quarter is no secret.
                    versions.push(other);
                }
            }
        }
        let threshold = Threshold::new(k).map_err(|_| ProgrammeError::Unreadable("a threshold"))?;
        Ok(Self { left, versions, grants, threshold })
    }

    /// Adds everything that reads some of these kinds of facts.
    async fn add(
        &mut self,
        kinds: &BTreeSet<String>,
        (people, codes, period): (bool, &BTreeSet<&str>, &str),
        (measured, first): (&mut Measured, usize),
    ) -> Outcome<Vec<f64>> {
        let mut least = Vec::new();
        let same = |rule: &Rule| is_of_people(rule) == people && reads(rule, kinds);
        for known in &mut self.left {
            least.extend(known.add((kinds, people), measured, first + least.len()).await?);
        }
        for other in &mut self.grants {
            // Of other quarters the same figure: whoever comes in every quarter is in some other figure of each.
            let is_now = other.frozen.period.code == period;
            let wanted = |code: &str, rule: &Rule| same(rule) && (is_now || codes.contains(code));
            least.extend(other.add(measured, first + least.len(), wanted).await?);
        }
        for other in &mut self.versions {
            least.extend(other.add(measured, first + least.len(), |_, rule| same(rule)).await?);
        }
        Ok(least)
    }
}

/// Takes back what would tell of a few people. Of a count that may not leave the least that it can be is told, where another total shows it.
///
/// # Errors
/// [`ProgrammeError::State`] when what is left still tells of a few; else when the database breaks.
pub(super) async fn apart(
    p: &Programme,
    (basis, all): (&Basis, Vec<Laid>),
    passed: &mut [Passed],
    k: Threshold,
) -> Outcome<()> {
    let mut beside = Beside::read(p, basis, k).await?;
    let figures = basis.figures()?;
    for one in all {
        let Laid { kinds, people, of, mut asked, mut measured } = one;
        let codes =
            of.iter().filter_map(|n| figures.get(*n)).map(|(promise, ..)| promise.figure.as_str()).collect();
        let which = (people, &codes, basis.period.code.as_str());
        let earlier = beside.add(&kinds, which, (&mut measured, asked.many)).await?;
        let both = measured.behind(beside.threshold_of_all());
        asked.decide(&both, &earlier, beside.threshold)?;
        asked.hide(&both, &earlier, passed);
        asked.open_to_all(&both, beside.threshold_of_all(), passed)?;
    }
    // Behind a zero is nobody.
    let zero = |value: Value| value == Value::Shown(0.0);
    for now in passed {
        now.public.value |= zero(now.value);
        now.public.to_date |= zero(now.to_date);
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
