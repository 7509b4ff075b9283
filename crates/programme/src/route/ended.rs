//! Runs of the route that ended because what was due was done: what medians of days are made of.

use std::collections::BTreeMap;

use ceiba_store::{DAY, Micros, Tx};
use uuid::Uuid;

use super::clock::Move;
use super::steps::{Told, runs};
use crate::results::Span;
use crate::{Outcome, Programme};

/// A run that ended because it was done. It never leaves but for the disclosure gate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ended {
    /// The pseudonym by which she is counted.
    pub(crate) person: Vec<u8>,
    /// The row's code.
    pub(crate) row: String,
    /// Who did it, where that was noted.
    pub(crate) institution: Option<Uuid>,
    since: Micros,
    until: Micros,
}

impl Ended {
    /// Whole days from its beginning to its end.
    pub(crate) fn days(&self) -> u32 {
        u32::try_from((self.until - self.since).max(0) / DAY).unwrap_or(u32::MAX)
    }
}

/// A step that somebody noted, or took back.
struct Step {
    subject: Vec<u8>,
    counted: Vec<u8>,
    site: Option<String>,
    entered: i64,
    amount: i64,
    told: Told,
}

/// Every step that was ever noted, to look at as of several positions of the ledger.
pub(crate) struct Noted(Vec<Step>);

impl Noted {
    pub(crate) async fn read(tx: &mut Tx) -> Outcome<Self> {
        let rows = tx
            .sql(
                "SELECT f.subject, COALESCE(s.as_subject, f.subject) AS counted, f.site, f.entered, f.amount,
                   f.kind, f.at, f.code, f.outcome, f.minutes
                 FROM fact f LEFT JOIN subject_same s ON s.subject = f.subject
                 WHERE f.kind = 'route.step' AND f.subject IS NOT NULL",
            )
            .all()
            .await?;
        let one = |r: &ceiba_store::Row| {
            Ok(Step {
                subject: r.get("subject")?,
                counted: r.get("counted")?,
                site: r.get("site")?,
                entered: r.get("entered")?,
                amount: r.get("amount")?,
                told: Told::read(r)?,
            })
        };
        rows.iter().map(one).collect::<Outcome<_>>().map(Self)
    }

    /// The runs that ended on the days and at the site of a span, by steps that were entered before a position of the ledger. Clocks are
    /// of a file: of two that were found to be of one person each has its own.
    pub(crate) fn ended(&self, p: &Programme, span: &Span, before: i64) -> Vec<Ended> {
        let mut files = BTreeMap::<(&[u8], &[u8]), BTreeMap<&Told, i64>>::new();
        let here = |step: &&Step| span.site.is_none() || step.site == span.site;
        for step in self.0.iter().filter(|step| step.entered < before).filter(here) {
            let file = files.entry((&step.subject, &step.counted)).or_default();
            *file.entry(&step.told).or_default() += step.amount;
        }
        let mut found = Vec::new();
        for ((_, person), steps) in files {
            // What was noted by mistake and taken back sums up to nothing.
            let told: Vec<Told> = steps.into_iter().filter(|(_, n)| *n > 0).map(|(t, _)| t.clone()).collect();
            for row in p.pack.route.in_use() {
                for run in runs(row, &told, None) {
                    let Some((until, true)) = run.ended else { continue };
                    if !(&span.from..=&span.to).contains(&&p.day(until)) {
                        continue;
                    }
                    let stops =
                        |t: &&Told| t.at == until && t.code == row.id && t.outcome == Move::Stop.code();
                    found.push(Ended {
                        person: person.to_vec(),
                        row: row.id.clone(),
                        institution: told.iter().find(stops).and_then(|t| t.institution),
                        since: run.since,
                        until,
                    });
                }
            }
        }
        found
    }
}
