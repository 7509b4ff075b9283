//! What left for somebody outside, beside reports to donors, both ways: a report is made beside the tables and public sheets that were asked
//! for before it, a table beside the reports that were frozen before it. A public number of all sites less a donor's of all but one is
//! that of the one. Only numbers of the same kinds of facts are laid beside one another.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use ceiba_disclosure::{Question, Threshold};
use ceiba_store::Tx;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::basis::Basis;
use super::super::compute::hex;
use super::super::frozen::Frozen;
use super::super::reading::{Brought, Facts, Line, Window};
use super::super::rule::Rule;
use super::super::span::{Span, days};
use super::super::together::{Fact, kinds_of};
use super::super::versions;
use super::measured::{Measured, Place, Placed, Seat, is_of_people};
use super::{Other, Reader};
use crate::releases::{self, Outside};
use crate::{Outcome, Programme, ProgrammeError};

/// Of so many answers or reports the last ones are looked at.
const MOST: usize = 48;

/// An answer that left, as a basis names it: with the hash of what it showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Its id in the log.
    pub id: Uuid,
    /// SHA-256 of its lines.
    pub hash: String,
}

/// The answers beside which a report is made: those of facts that it counts, of days that it shares.
pub(in crate::results) async fn of(tx: &mut Tx, basis: &Basis) -> Outcome<Vec<Left>> {
    let mut found = Vec::new();
    for one in releases::outside_of(tx).await? {
        let span = Span::of(&one.question.region)?;
        let shares = span.from <= basis.period.to && span.to >= basis.framework.from;
        let counts = match sheet(&one.question.measure) {
            Some((grant, figure)) => grant != basis.framework.code && basis.number(figure).is_some(),
            None => {
                let kinds = kinds_of(&one.question.measure).unwrap_or_default();
                basis.figures()?.iter().any(|(_, _, number)| reads(&number.rule, &kinds))
            }
        };
        if shares && counts {
            found.push(Left { id: one.id, hash: one.hash });
        }
    }
    Ok(found.split_off(found.len().saturating_sub(MOST)))
}

fn reads(rule: &Rule, kinds: &[String]) -> bool {
    rule.kinds().any(|kind| kinds.iter().any(|k| k == kind))
}

/// The grant and the figure of a count of a public sheet.
fn sheet(measure: &str) -> Option<(&str, &str)> {
    measure.strip_prefix("figure:")?.split_once(':')
}

/// The facts behind a table, entered before a position of the ledger.
async fn behind(p: &Programme, kinds: &[String], question: &Question, before: i64) -> Outcome<Facts> {
    let span = Span::of(&question.region)?;
    let window = Window { from: &span.from, to: &span.to, before };
    Facts::read(&p.store.db, kinds, window, true, &Brought::new()).await
}

/// An answer with the facts behind it.
pub(super) struct Known<'a> {
    outside: Outside,
    kinds: Vec<String>,
    /// Of a table: the facts behind it.
    placed: Option<Placed>,
    /// Of a public sheet: what it was made of.
    report: Option<Reader<'a>>,
}

impl<'a> Known<'a> {
    /// Reads those that a basis names.
    pub(super) async fn all(p: &'a Programme, basis: &Basis) -> Outcome<Vec<Self>> {
        let mut found = Vec::new();
        for left in &basis.left {
            let mut tx = p.store.db.read().await?;
            let outside = releases::outside_one(&mut tx, left.id).await?;
            if outside.hash != left.hash {
                return Err(ProgrammeError::Unreadable("a release"));
            }
            let made_of = match outside.part_of {
                Some(sheet) => Some(versions::of_sheet(&mut tx, sheet).await?.basis()?),
                None => None,
            };
            drop(tx);
            let kinds = kinds_of(&outside.question.measure).unwrap_or_default();
            let (placed, report) = match made_of {
                Some(basis) => (None, Some(Reader::new(p, basis).await?)),
                None => {
                    let facts = behind(p, &kinds, &outside.question, outside.entered).await?;
                    let codes: Vec<&Vec<String>> = outside.lines.iter().map(|(codes, _)| codes).collect();
                    (Some(placed(facts, &outside.question, &codes)?), None)
                }
            };
            found.push(Self { outside, kinds, placed, report });
        }
        Ok(found)
    }

    /// Adds its lines where they are of facts of some kinds, of people or of what happened. Gives how many people each says at least;
    /// nought for a line of which that is not known.
    pub(super) async fn add(
        &mut self,
        (kinds, people): (&BTreeSet<String>, bool),
        measured: &mut Measured,
        first: usize,
    ) -> Outcome<Vec<f64>> {
        let lines = &self.outside.lines;
        if let Some(reader) = &mut self.report {
            let figure = sheet(&self.outside.question.measure).map(|(_, figure)| figure);
            let rule = figure.and_then(|f| reader.basis.number(f)).map(|(_, n)| n.rule.clone());
            let Some(rule) = rule.filter(|r| super::reads(r, kinds) && is_of_people(r) == people) else {
                return Ok(Vec::new());
            };
            let mut many = first;
            let seats: Vec<_> =
                lines.iter().map(|_| (&Place::ToDate, Seat::take(&rule, &mut many))).collect();
            for seat in seats {
                reader.add(&rule, measured, &[seat]).await?;
            }
            let least = |n: &f64| if super::says_how_many(&rule) { *n } else { 0.0 };
            return Ok(lines.iter().map(|(_, n)| least(n)).collect());
        }
        if !self.kinds.iter().any(|kind| kinds.contains(kind)) {
            return Ok(Vec::new());
        }
        if let Some(placed) = &self.placed {
            measured.add_table(placed, people, first);
        }
        Ok(vec![0.0; lines.len()])
    }
}

/// The facts behind the lines of a table, each line by its place among the codes.
fn placed(facts: Facts, question: &Question, codes: &[&Vec<String>]) -> Outcome<Placed> {
    let measure = question.measure.as_str();
    let places: BTreeMap<&Vec<String>, usize> = codes.iter().copied().zip(0..).collect();
    let mut here: Vec<(usize, &Line, Fact)> = Vec::new();
    for (nth, line) in facts.lines.iter().enumerate() {
        let fact = Fact::again(&facts, line);
        if fact.is_in((&question.region, days(&fact.day)?)) {
            here.push((nth, line, fact));
        }
    }
    // Of goals only how each stands at the end.
    let mut last: HashMap<(u32, u32), usize> = HashMap::new();
    for (nth, line, _) in here.iter().filter(|_| measure == "Goals") {
        last.insert((line.subject, line.columns[0]), *nth);
    }
    let stands = |nth, line: &Line| last.get(&(line.subject, line.columns[0])).is_none_or(|at| *at == nth);
    let one = |(nth, line, fact): (usize, &Line, Fact)| {
        let place = fact.line(measure).and_then(|codes| places.get(&codes).copied());
        place.filter(|_| stands(nth, line)).map(|at| (at, nth))
    };
    let lines = here.into_iter().filter_map(one).collect();
    Ok(Placed { facts: Arc::new(facts), lines })
}

/// Which lines of a table may leave for somebody outside beside the reports that were frozen.
pub(crate) async fn beside_reports(
    p: &Programme,
    tx: &mut Tx,
    question: &Question,
    lines: &[(Vec<String>, u64)],
) -> Outcome<Vec<bool>> {
    let mut may = vec![true; lines.len()];
    let Some(kinds) = kinds_of(&question.measure) else { return Ok(may) };
    let (span, mut k) = (Span::of(&question.region)?, Threshold::DEFAULT);
    let mut reports: Vec<Other<'_>> = Vec::new();
    for version in versions::frozen(tx, MOST).await? {
        let other = Other::new(p, &version).await?;
        let basis = &other.reader.basis;
        if span.from <= basis.period.to && span.to >= basis.framework.from {
            k = Threshold::new(k.k().max(other.frozen.threshold)).unwrap_or(k);
            reports.push(other);
        }
    }
    let mut new: Vec<usize> = (0..lines.len()).filter(|n| lines[*n].1 >= k.k()).collect();
    new.sort_by_key(|n| (std::cmp::Reverse(lines[*n].1), *n));
    if reports.is_empty() || new.is_empty() {
        return Ok(may);
    }
    let own = behind(p, &kinds, question, i64::MAX).await?;
    let codes: Vec<&Vec<String>> = new.iter().map(|n| &lines[*n].0).collect();
    let own = placed(own, question, &codes)?;
    let kinds: BTreeSet<String> = kinds.into_iter().collect();
    // People beside numbers of people, what happened to them beside numbers of that.
    for people in [true, false] {
        let (mut measured, mut many) = (Measured::default(), new.len());
        measured.add_table(&own, people, 0);
        for other in &mut reports {
            let wanted = |_: &str, rule: &Rule| is_of_people(rule) == people && super::reads(rule, &kinds);
            many += other.add(&mut measured, many, wanted).await?.len();
        }
        let own: Vec<usize> = (0..new.len()).collect();
        let told = measured.behind(k).may(&own, (new.len(), many), k);
        for (n, told) in new.iter().zip(told) {
            may[*n] &= told;
        }
    }
    Ok(may)
}

/// Which counts of a public sheet would tell of a few beside the reports of other grants with which its own report was not compared.
pub(crate) async fn of_sheet(
    p: &Programme,
    tx: &mut Tx,
    public: &Frozen,
    figures: &[&str],
) -> Outcome<BTreeSet<String>> {
    let mut not = BTreeSet::new();
    let which = (public.grant.code.as_str(), public.period.code.as_str(), public.version);
    let Some(own) = versions::one(tx, which).await? else { return Ok(not) };
    let (hash, basis) = (hex(&own.hash), own.basis()?);
    let (mut others, mut k) = (Vec::new(), Threshold::DEFAULT);
    for version in versions::frozen(tx, MOST).await? {
        let (theirs, of) = (hex(&version.hash), version.basis()?);
        let known = basis.beside.contains(&theirs) || of.beside.contains(&hash);
        if of.framework.code != basis.framework.code && !known {
            let other = Other::new(p, &version).await?;
            k = Threshold::new(k.k().max(other.frozen.threshold)).unwrap_or(k);
            others.push(other);
        }
    }
    if others.is_empty() {
        return Ok(not);
    }
    let mut ours = Reader::new(p, basis.clone()).await?;
    for code in figures {
        if public.figure(code).and_then(|f| f.to_date.least()).is_none() {
            continue;
        }
        let Some((_, number)) = basis.number(code).filter(|(_, n)| n.rule.is_about_people()) else {
            continue;
        };
        let (mut measured, mut many) = (Measured::default(), 0);
        let seat = Seat::take(&number.rule, &mut many);
        ours.add(&number.rule, &mut measured, &[(&Place::ToDate, seat)]).await?;
        let (own, first) = ((0..many).collect::<Vec<_>>(), many);
        for other in &mut others {
            many += other.add(&mut measured, many, |theirs, _| theirs == *code).await?.len();
        }
        if !measured.behind(k).may(&own, (first, many), k).iter().all(|may| *may) {
            not.insert((*code).to_owned());
        }
    }
    Ok(not)
}
