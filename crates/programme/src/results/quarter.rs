//! The quarter of a grant: opened, explained, asked for, approved by another person, frozen and signed; stated again with a reason.

use ceiba_access::{Act, Caller, Refusal};
use ceiba_store::Tx;
use jiff::civil::Date;

use super::basis::Basis;
use super::beside::left;
use super::compute::{self, hex};
use super::framework::Framework;
use super::frozen::{Figure, Frozen, Period, Restates};
use super::span::last_day;
use super::versions::{self, Report, Version};
use crate::{Outcome, Programme, ProgrammeError};

mod steps;
mod verified;

pub use steps::{Decision, LONGEST, ask, decide, explain, note, open, restate};
pub use verified::{Verified, verify};

/// A grant of the programme.
///
/// # Errors
/// [`Refusal::Absent`] when there is none.
pub fn grant<'p>(p: &'p Programme, code: &str) -> Outcome<&'p Framework> {
    Ok(p.pack.results.grant(code).ok_or(Refusal::Absent)?)
}

/// The quarters of a grant that have begun, the newest first. The first and the last are cut to the grant.
#[must_use]
pub fn periods(grant: &Framework, today: Date) -> Vec<Period> {
    let (Ok(from), Ok(to)) = (grant.from.parse::<Date>(), grant.to.parse::<Date>()) else { return vec![] };
    let mut all = Vec::new();
    let mut first = Date::constant(from.year(), 1, 1);
    while first <= to && first <= today {
        let last = first.saturating_add(jiff::Span::new().months(3)).yesterday().unwrap_or(first);
        if last >= from {
            all.push(Period {
                code: format!("{}-Q{}", first.year(), (first.month() + 2) / 3),
                from: first.max(from).to_string(),
                to: last.min(to).to_string(),
            });
        }
        first = last.tomorrow().unwrap_or(Date::MAX);
    }
    all.reverse();
    all
}

fn period(p: &Programme, grant: &Framework, code: &str) -> Outcome<Period> {
    let today = crate::dates::day(p.store.clock.now(), &p.pack.zone);
    Ok(periods(grant, today).into_iter().find(|x| x.code == code).ok_or(Refusal::Absent)?)
}

/// Grants, each with its reports.
///
/// # Errors
/// The gate's refusal.
pub async fn grants<'p>(
    p: &'p Programme,
    tx: &mut Tx,
    caller: &Caller,
) -> Outcome<Vec<(&'p Framework, Vec<Report>)>> {
    p.may(caller, Act::NUMBERS_READ)?;
    let mut all = Vec::new();
    for g in &p.pack.results.grants {
        all.push((g, versions::reports(tx, &g.code).await?));
    }
    Ok(all)
}

/// Everything about a quarter.
#[derive(Clone, Debug)]
pub struct Quarter {
    /// The period.
    pub period: Period,
    /// Its report; none: nobody opened it.
    pub report: Option<Report>,
    /// Its versions, the newest first.
    pub versions: Vec<Version>,
}

impl Quarter {
    /// The version in force: the last that was frozen.
    #[must_use]
    pub fn frozen(&self) -> Option<&Version> {
        self.versions.iter().find(|v| v.state == "frozen")
    }

    /// The version that waits for approval.
    #[must_use]
    pub fn asked(&self) -> Option<&Version> {
        self.versions.iter().find(|v| v.state == "asked")
    }
}

/// A quarter with its report and versions.
///
/// # Errors
/// The gate's refusal; [`Refusal::Absent`] when there is no such quarter.
pub async fn read(p: &Programme, tx: &mut Tx, caller: &Caller, which: (&str, &str)) -> Outcome<Quarter> {
    p.may(caller, Act::NUMBERS_READ)?;
    let period = period(p, grant(p, which.0)?, which.1)?;
    let report = versions::report(tx, which.0, which.1).await?;
    let versions = match &report {
        Some(r) => versions::of(tx, r.id).await?,
        None => vec![],
    };
    Ok(Quarter { period, report, versions })
}

/// The numbers as they are now, of a quarter that is open, for whoever writes or approves it. Of one that is not over only whole months
/// that are (see [`last_day`]): what changes from one day to the next would tell of whoever came that day. Nothing is kept. Takes
/// its own picture of the database.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] when it is not open, or no month of it is over.
pub async fn look(p: &Programme, caller: &Caller, which: (&str, &str)) -> Outcome<(Basis, Frozen)> {
    p.may(caller, Act::RESULTS_WRITE).or_else(|_| p.may(caller, Act::RESULTS_APPROVE))?;
    let mut tx = p.store.db.read().await?;
    let quarter = read(p, &mut tx, caller, which).await?;
    let report = quarter.report.as_ref().filter(|r| r.state == "open");
    let report = report.ok_or(ProgrammeError::State("state-report-not-open"))?;
    let framework = grant(p, which.0)?;
    let size = tx.sql("SELECT COALESCE(MAX(seq) + 1, 0) AS size FROM ledger_entry").one().await?;
    let last = last_day(p).to_string();
    let counted = Period { to: quarter.period.to.clone().min(last), ..quarter.period.clone() };
    if counted.to < counted.from {
        return Err(ProgrammeError::State("state-report-no-month"));
    }
    let mut basis = Basis::new(&p.pack.results, framework, counted, size.get("size")?);
    basis.deviations = versions::deviations(&mut tx, report.id).await?;
    basis.notes.clone_from(&report.notes);
    if let Some(before) = quarter.frozen() {
        basis.version = u32::try_from(before.number + 1).unwrap_or(u32::MAX);
        basis.restates = Some(Restates {
            version: u32::try_from(before.number).unwrap_or(u32::MAX),
            hash: hex(&before.hash),
            reason: report.reason.clone(),
        });
    }
    // Numbers of the whole grant only grow: what the reports of the quarters before and after showed tells who came in between. And two
    // grants count the same people at some of the same sites.
    for g in &p.pack.results.grants {
        let near = versions::near(&mut tx, &g.code, which.1).await?;
        if g.code == which.0 { basis.compared.extend(near) } else { basis.beside.extend(near) }
    }
    basis.left = left::of(&mut tx, &basis).await?;
    drop(tx);
    let frozen = compute::report(p, &basis).await?;
    Ok((basis, frozen))
}

/// Whether a figure is so far from what was promised that somebody must say why: by more than a fifth of what was to be reached by
/// now. Of a promise for the whole grant, the part of its days that have passed.
#[must_use]
pub fn is_off(figure: &Figure, frozen: &Frozen) -> bool {
    let Some(target) = figure.target else { return false };
    let (reached, due) = if figure.target_of == "period" {
        (figure.value.shown(), target)
    } else {
        (figure.to_date.least(), if figure.unit_adds_up() { target * elapsed(frozen) } else { target })
    };
    let Some(reached) = reached else { return false };
    if figure.ascending { reached < due * 0.8 } else { reached > due * 1.2 }
}

/// How much of the grant has passed at the end of the period, from 0 to 1.
#[must_use]
pub fn elapsed(frozen: &Frozen) -> f64 {
    let day = |text: &str| text.parse::<Date>().ok();
    let days = |from: &str, to: &str| {
        day(from).zip(day(to)).and_then(|(a, b)| b.since(a).ok()).map_or(0, |s| s.get_days() + 1)
    };
    let whole = days(&frozen.grant.from, &frozen.grant.to).max(1);
    f64::from(days(&frozen.grant.from, &frozen.period.to)) / f64::from(whole)
}
