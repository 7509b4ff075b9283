//! Cases of institutions as facts say them, as of some position of the ledger: what a finding is computed of, and who stands behind it.

use std::collections::{BTreeMap, BTreeSet};

use ceiba_store::Tx;
use jiff::civil::Date;

use super::effect::{self, Month, Rules, Unit};
use super::{Measured, Part};
use crate::Outcome;
use crate::results::Span;

/// A case that an institution handled, as often as it was noted and not taken back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Case {
    /// The pseudonym by which she is counted, where it is known.
    pub(crate) who: Option<Vec<u8>>,
    unit: String,
    day: String,
    outcome: Option<String>,
    minutes: Option<i64>,
}

/// A case behind a finding: how often, and for what it was used, by the institution beside which it stood and the side of its training. What is used
/// otherwise is another one.
pub(crate) type Used = (Case, i64, Vec<(String, bool)>);

/// An institution, a day, and who of it completed a course then.
type Completed = (String, String, Option<Vec<u8>>);

/// Cases and courses, to look at as of several positions of the ledger.
pub(crate) struct Cases {
    /// With position and amount.
    cases: Vec<(Case, i64, i64)>,
    /// The same.
    completed: Vec<(Completed, i64, i64)>,
}

impl Cases {
    pub(crate) async fn read(tx: &mut Tx, measured: Measured, (from, to): (&str, &str)) -> Outcome<Self> {
        let rows = tx
            .sql(
                "SELECT d.value AS unit, f.day, f.outcome, f.minutes, f.amount, f.entered, COALESCE(s.as_subject, f.subject) AS who
                 FROM fact f JOIN fact_dim d ON d.fact = f.id AND d.dim = 'institution'
                   LEFT JOIN subject_same s ON s.subject = f.subject
                 WHERE f.kind = $1 AND f.day BETWEEN $2 AND $3",
            )
            .bind(measured.kind())
            .bind(from)
            .bind(to)
            .all()
            .await?;
        let mut cases = Vec::with_capacity(rows.len());
        for row in &rows {
            let case = Case {
                who: row.get("who")?,
                unit: row.get("unit")?,
                day: row.get("day")?,
                outcome: row.get("outcome")?,
                minutes: row.get("minutes")?,
            };
            if measured.of(case.outcome.as_deref(), case.minutes).is_some() {
                cases.push((case, row.get("entered")?, row.get("amount")?));
            }
        }
        let rows = tx
            .sql(
                "SELECT d.value AS unit, f.day, f.subject, f.amount, f.entered
                 FROM fact f JOIN fact_dim d ON d.fact = f.id AND d.dim = 'institution'
                 WHERE f.kind = 'training.completed' AND f.day <= $1",
            )
            .bind(to)
            .all()
            .await?;
        let one = |r: &ceiba_store::Row| {
            Ok(((r.get("unit")?, r.get("day")?, r.get("subject")?), r.get("entered")?, r.get("amount")?))
        };
        Ok(Self { cases, completed: rows.iter().map(one).collect::<Outcome<_>>()? })
    }

    /// What stood on the days of a span, entered before a position.
    fn held(&self, span: &Span, before: i64) -> BTreeMap<&Case, i64> {
        let mut held = BTreeMap::<&Case, i64>::new();
        let here = |case: &Case| (&span.from..=&span.to).contains(&&case.day);
        for (case, _, amount) in
            self.cases.iter().filter(|(case, entered, _)| *entered < before && here(case))
        {
            *held.entry(case).or_default() += amount;
        }
        held.retain(|_, amount| *amount != 0);
        held
    }

    /// By institution, the month on which the first of its people completed a course.
    fn starts(&self, (from, to): (Date, &str), before: i64) -> BTreeMap<&str, i64> {
        let mut held = BTreeMap::<_, i64>::new();
        for (key, _, amount) in
            self.completed.iter().filter(|(key, entered, _)| *entered < before && key.1.as_str() <= to)
        {
            *held.entry(key).or_default() += amount;
        }
        let mut starts = BTreeMap::new();
        // Sorted by day: the first is kept.
        for ((unit, day, _), _) in held.into_iter().filter(|(_, amount)| *amount > 0) {
            if let Some(month) = month(day) {
                starts.entry(unit.as_str()).or_insert_with(|| index(from, month));
            }
        }
        starts
    }

    /// Institutions with their months over a span, by their codes. Who was trained before its first month is left out: there is no before.
    pub(super) fn units(&self, measured: Measured, span: &Span, before: i64) -> Vec<(String, Unit)> {
        let (Some(from), Some(to)) = (month(&span.from), month(&span.to)) else { return Vec::new() };
        let months = usize::try_from(index(from, to)).unwrap_or(0) + 1;
        let starts = self.starts((from, &span.to), before);
        let mut all = BTreeMap::<&str, Vec<Month>>::new();
        for (case, amount) in self.held(span, before) {
            let at = month(&case.day).and_then(|day| usize::try_from(index(from, day)).ok());
            let value = measured.of(case.outcome.as_deref(), case.minutes).unwrap_or(0.0);
            let own = all.entry(&case.unit).or_insert_with(|| vec![Month::default(); months]);
            if let Some(month) = at.and_then(|at| own.get_mut(at)) {
                #[expect(clippy::cast_precision_loss, reason = "counts of a programme are far below 2^53")]
                let many = amount as f64;
                month.cases += many;
                month.sum += many * value;
            }
        }
        let unit = |(code, mut months): (&str, Vec<Month>)| {
            // More taken back than noted: nothing.
            months.iter_mut().filter(|m| m.cases <= 0.0).for_each(|m| *m = Month::default());
            let trained = match starts.get(code) {
                None => None,
                Some(before) if *before < 0 => return None,
                Some(at) => usize::try_from(*at).ok(),
            };
            Some((code.to_owned(), Unit { trained, months }))
        };
        all.into_iter().filter_map(unit).collect()
    }

    /// What stood behind a part of a finding when it was computed.
    pub(crate) fn behind(
        &self,
        (measured, part): (Measured, Part),
        span: &Span,
        before: i64,
    ) -> BTreeSet<Used> {
        let Some(from) = month(&span.from) else { return BTreeSet::new() };
        let units = self.units(measured, span, before);
        let (codes, units): (Vec<String>, Vec<Unit>) = units.into_iter().unzip();
        let uses = effect::uses(&units, Rules::SHOWN.window);
        let mut behind = BTreeSet::new();
        for (case, amount) in self.held(span, before) {
            let unit = codes.binary_search(&case.unit).ok().and_then(|at| uses.get(at));
            let at = month(&case.day).and_then(|day| usize::try_from(index(from, day)).ok());
            let Some(own) = unit.and_then(|months| months.get(at?)) else { continue };
            let own = match part {
                // What is drawn goes over all months of all institutions.
                Part::Range => Vec::new(),
                Part::Found if own.is_empty() => continue,
                Part::Found => {
                    own.iter().filter_map(|(i, after)| Some((codes.get(*i)?.clone(), *after))).collect()
                }
            };
            behind.insert((case.clone(), amount, own));
        }
        behind
    }
}

/// How many people a finding is made of; whoever is not known is one each time.
pub(super) fn people(behind: &BTreeSet<Used>) -> u64 {
    let known: BTreeSet<&[u8]> = behind.iter().filter_map(|(case, ..)| case.who.as_deref()).collect();
    let others =
        behind.iter().filter(|(case, ..)| case.who.is_none()).map(|(_, amount, _)| amount.unsigned_abs());
    known.len() as u64 + others.sum::<u64>()
}

/// Months from one day's month to another's.
pub(super) fn index(from: Date, to: Date) -> i64 {
    (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month()) - i64::from(from.month())
}

fn month(text: &str) -> Option<Date> {
    format!("{}-01", text.get(..7)?).parse().ok()
}
