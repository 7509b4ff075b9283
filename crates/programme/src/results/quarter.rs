//! The quarter of a grant: opened, explained, asked for, approved by another person, frozen and signed; stated again with a reason.

use ceiba_access::{Act, Caller, Refusal};
use ceiba_store::{Micros, Tx};
use jiff::civil::Date;

use super::basis::Basis;
use super::beside::left;
use super::compute::{self, hex};
use super::framework::Framework;
use super::frozen::{Figure, Frozen, Period, Restates};
use super::span::{counted_from, last_day};
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

/// Until when whatever was written is counted in an open report: when it was opened, sent back or opened again, or when the last of its months
/// came to be counted, whichever was later. What changed from one look to the next would tell of whoever was written up in between.
#[must_use]
pub fn written_until(p: &Programme, report: &Report, counted: &Period) -> Micros {
    counted.to.parse().map_or(report.opened_at, |last: Date| report.opened_at.max(counted_from(p, last)))
}

/// The numbers of a quarter that is open, for whoever writes or approves it. Of one that is not over only whole months
/// that are (see [`last_day`]): what changes from one day to the next would tell of whoever came that day; and only what was written
/// until then (see [`written_until`]). Nothing is kept. Takes its own picture of the database.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] when it is not open, no month of it is over, or its numbers tell of a few people.
pub async fn look(p: &Programme, caller: &Caller, which: (&str, &str)) -> Outcome<(Basis, Frozen)> {
    p.may(caller, Act::RESULTS_WRITE).or_else(|_| p.may(caller, Act::RESULTS_APPROVE))?;
    let mut tx = p.store.db.read().await?;
    let quarter = read(p, &mut tx, caller, which).await?;
    let report = quarter.report.as_ref().filter(|r| r.state == "open");
    let report = report.ok_or(ProgrammeError::State("state-report-not-open"))?;
    let framework = grant(p, which.0)?;
    let last = last_day(p).to_string();
    let counted = Period { to: quarter.period.to.clone().min(last), ..quarter.period.clone() };
    if counted.to < counted.from {
        return Err(ProgrammeError::State("state-report-no-month"));
    }
    let month = size(&mut tx, counted.to.parse().map_or(0, |last| counted_from(p, last))).await?;
    let mut basis = Basis::new(&p.pack.results, framework, counted, report.counted.max(month));
    basis.spending = Some(size(&mut tx, Micros::MAX).await?);
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
    lay_beside(p, &mut tx, &mut basis).await?;
    drop(tx);
    let frozen = compute::report(p, &basis).await?;
    Ok((basis, frozen))
}

/// The size of the ledger before an instant.
async fn size(tx: &mut Tx, before: Micros) -> Outcome<i64> {
    let row = tx
        .sql("SELECT COALESCE(MAX(seq) + 1, 0) AS size FROM ledger_entry WHERE at < $1")
        .bind(before)
        .one()
        .await?;
    Ok(row.get("size")?)
}

/// Notes what a report is laid beside. Numbers of the whole grant only grow: what the reports of the quarters before and after showed tells who
/// came in between. Two grants count the same people at some of the same sites. And what left to others outside is read by others.
async fn lay_beside(p: &Programme, tx: &mut Tx, basis: &mut Basis) -> Outcome<()> {
    let (own, period) = (basis.framework.code.clone(), basis.period.code.clone());
    for g in &p.pack.results.grants {
        let near = versions::near(tx, &g.code, &period).await?;
        if g.code == own { basis.compared.extend(near) } else { basis.beside.extend(near) }
    }
    basis.left = left::of(tx, basis).await?;
    Ok(())
}

/// Whether a report that waits was not laid beside something that was frozen, or asked for outside, since it was counted.
async fn is_overtaken(p: &Programme, tx: &mut Tx, basis: &Basis) -> Outcome<bool> {
    let mut now = Basis { compared: Vec::new(), beside: Vec::new(), left: Vec::new(), ..basis.clone() };
    lay_beside(p, tx, &mut now).await?;
    let knows = |hash: &String| basis.compared.contains(hash) || basis.beside.contains(hash);
    Ok(!now.compared.iter().chain(&now.beside).all(knows)
        || !now.left.iter().all(|left| basis.left.contains(left)))
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
