//! The steps of a quarter, each in one unit of work.

use ceiba_access::{Act, Caller, Refusal, Situation};
use ceiba_store::Work;

use super::super::basis::Basis;
use super::super::compute::{hash_of, hex};
use super::super::frozen::Frozen;
use super::super::versions::{self, Report};
use super::{grant, is_off, is_overtaken, period};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// The longest explanation, in signs.
pub const LONGEST: usize = 2000;

/// Opens a quarter that has begun.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Stale`] when somebody was faster.
pub async fn open(p: &Programme, work: &mut Work, caller: &Caller, which: (&str, &str)) -> Outcome<()> {
    p.may(caller, Act::RESULTS_WRITE)?;
    period(p, grant(p, which.0)?, which.1)?;
    if versions::report(work.tx(), which.0, which.1).await?.is_some() {
        return Err(ProgrammeError::Stale);
    }
    let (id, at, counted) = (work.chance().id(), work.at(), work.position());
    work.sql(
        "INSERT INTO report (id, grant_code, period, state, opened_at, opened_by, reason, notes, version, counted)
         VALUES ($1, $2, $3, 'open', $4, $5, '', '', 1, $6)",
    )
    .bind(id)
    .bind(which.0)
    .bind(which.1)
    .bind(at)
    .bind(caller.account)
    .bind(counted)
    .once()
    .await?;
    Ok(work.record("report.open", "report", id, [0; 32]).await?)
}

/// Writes why a figure is far from its target, or takes that back with an empty text.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when it is too long; [`ProgrammeError::State`] when the quarter is not open;
/// [`Refusal::Absent`] for a figure that the grant has not.
pub async fn explain(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (&str, &str),
    (figure, text): (&str, &str),
) -> Outcome<()> {
    p.may(caller, Act::RESULTS_WRITE)?;
    let report = open_one(work, which).await?;
    if !grant(p, which.0)?.promise.iter().any(|x| x.figure == figure) {
        return Err(Refusal::Absent.into());
    }
    let mut problems = Problems::default();
    problems.when(text.chars().count() > LONGEST, "deviation", "problem-too-long");
    problems.done()?;
    work.sql("DELETE FROM report_note WHERE report = $1 AND figure = $2")
        .bind(report.id)
        .bind(figure)
        .run()
        .await?;
    if !text.trim().is_empty() {
        let at = work.at();
        work.sql("INSERT INTO report_note (report, figure, body, at, account) VALUES ($1, $2, $3, $4, $5)")
            .bind(report.id)
            .bind(figure)
            .bind(text.trim())
            .bind(at)
            .bind(caller.account)
            .once()
            .await?;
    }
    Ok(work.record("report.explain", "report", report.id, hash_of(text)).await?)
}

/// Writes about the whole of it.
///
/// # Errors
/// As [`explain`]; [`ProgrammeError::Stale`] when somebody changed it meanwhile.
pub async fn note(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (&str, &str),
    (text, seen): (&str, i64),
) -> Outcome<()> {
    p.may(caller, Act::RESULTS_WRITE)?;
    let report = open_one(work, which).await?;
    let mut problems = Problems::default();
    problems.when(text.chars().count() > LONGEST, "notes", "problem-too-long");
    problems.done()?;
    let touched = work
        .sql("UPDATE report SET notes = $1, version = version + 1 WHERE id = $2 AND version = $3")
        .bind(text.trim())
        .bind(report.id)
        .bind(seen)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::Stale);
    }
    Ok(work.record("report.note", "report", report.id, hash_of(text)).await?)
}

async fn open_one(work: &mut Work, which: (&str, &str)) -> Outcome<Report> {
    let report = versions::report(work.tx(), which.0, which.1).await?.ok_or(Refusal::Absent)?;
    if report.state == "open" { Ok(report) } else { Err(ProgrammeError::State("state-report-not-open")) }
}

async fn turn(work: &mut Work, report: &Report, state: &'static str) -> Outcome<()> {
    let touched = work
        .sql("UPDATE report SET state = $1, version = version + 1 WHERE id = $2 AND version = $3 AND state = $4")
        .bind(state)
        .bind(report.id)
        .bind(report.version)
        .bind(report.state.clone())
        .run()
        .await?;
    if touched == 1 { Ok(()) } else { Err(ProgrammeError::Stale) }
}

/// Asks that the numbers be approved as they were looked at: those bytes, and no others, are what is signed. The hash is what the
/// page showed; when facts came meanwhile, they are looked at again.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when the quarter is not over or a deviation is not explained; [`ProgrammeError::Stale`] when the
/// numbers are not those that were shown.
pub async fn ask(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (&str, &str),
    (basis, frozen): (&Basis, &Frozen),
) -> Outcome<()> {
    p.may(caller, Act::RESULTS_WRITE)?;
    let report = open_one(work, which).await?;
    let whole = period(p, grant(p, which.0)?, which.1)?;
    let mut problems = Problems::default();
    problems.when(frozen.period != whole, "period", "problem-report-early");
    let silent = frozen.figures.iter().any(|f| is_off(f, frozen) && f.deviation.is_empty());
    problems.when(silent, "deviation", "problem-report-explain");
    problems.done()?;
    if versions::deviations(work.tx(), report.id).await? != basis.deviations || report.notes != basis.notes {
        return Err(ProgrammeError::Stale);
    }
    let unreadable = |_| ProgrammeError::Unreadable("a report");
    let body = frozen.canonical().map_err(unreadable)?;
    let rules = serde_json::to_string(basis).map_err(unreadable)?;
    let hash = hash_of(&body);
    let at = work.at();
    // One that was sent back is written over: nobody signed it.
    work.sql("DELETE FROM report_version WHERE report = $1 AND state = 'refused'")
        .bind(report.id)
        .run()
        .await?;
    work.sql(
        "INSERT INTO report_version (report, number, state, body, rules, hash, asked_at, asked_by, remark)
         VALUES ($1, $2, 'asked', $3, $4, $5, $6, $7, '')",
    )
    .bind(report.id)
    .bind(i64::from(basis.version))
    .bind(body)
    .bind(rules)
    .bind(hash.to_vec())
    .bind(at)
    .bind(caller.account)
    .once()
    .await?;
    turn(work, &report, "asked").await?;
    Ok(work.record("report.ask", "report", report.id, hash).await?)
}

/// What whoever approves says.
#[derive(Clone, Copy, Debug)]
pub enum Decision<'a> {
    /// Freeze it.
    Approve,
    /// Send it back, with what should be looked at.
    Refuse(&'a str),
}

/// Approves the version that was asked for, which freezes and signs it, or sends it back, from when on what was written since is counted. Never by
/// who asked. `seen` is the hash that the page showed.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Stale`] when it is not the version that was shown; [`ProgrammeError::State`] when a report was frozen, or a
/// table or a sheet asked for, that it was not laid beside.
pub async fn decide(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (&str, &str),
    (decision, seen): (Decision<'_>, &str),
) -> Outcome<()> {
    let report = versions::report(work.tx(), which.0, which.1).await?.ok_or(Refusal::Absent)?;
    let all = versions::of(work.tx(), report.id).await?;
    let asked = all.iter().find(|v| v.state == "asked");
    let by_self = asked.is_some_and(|v| v.asked_by == caller.account);
    p.may_on(caller, Act::RESULTS_APPROVE, report.id, &Situation { by_self, ..Situation::default() })?;
    let Some(asked) = asked.filter(|v| hex(&v.hash) == seen && report.state == "asked") else {
        return Err(ProgrammeError::Stale);
    };
    let (state, turned, remark, action) = match decision {
        Decision::Approve => ("frozen", "frozen", "", "report.freeze"),
        Decision::Refuse(remark) => ("refused", "open", remark.trim(), "report.refuse"),
    };
    let mut problems = Problems::default();
    problems.when(state == "refused" && remark.is_empty(), "remark", "problem-report-remark");
    problems.when(remark.chars().count() > LONGEST, "remark", "problem-too-long");
    problems.done()?;
    // Two reports that wait at the same time do not know one another, nor does a table that was asked for meanwhile.
    if state == "frozen" && is_overtaken(p, work.tx(), &asked.basis()?).await? {
        return Err(ProgrammeError::State("state-report-overtaken"));
    }
    let hash = hash_of(&asked.body);
    if hash.as_slice() != asked.hash.as_slice() {
        return Err(ProgrammeError::Unreadable("a report"));
    }
    let signature = (state == "frozen").then(|| p.office.sign_report(&hash).to_vec());
    let at = work.at();
    work.sql(
        "UPDATE report_version SET state = $1, decided_at = $2, decided_by = $3, remark = $4, signature = $5
         WHERE report = $6 AND number = $7 AND state = 'asked'",
    )
    .bind(state)
    .bind(at)
    .bind(caller.account)
    .bind(remark)
    .bind(signature)
    .bind(report.id)
    .bind(asked.number)
    .once()
    .await?;
    if state == "refused" {
        count_from_here(work, &report).await?;
    }
    turn(work, &report, turned).await?;
    Ok(work.record(action, "report", report.id, hash).await?)
}

/// What was written up to now is counted: somebody sent it back, or opened it again with a reason, and that stands in the ledger.
async fn count_from_here(work: &mut Work, report: &Report) -> Outcome<()> {
    let (at, counted) = (work.at(), work.position());
    Ok(work
        .sql("UPDATE report SET opened_at = $1, counted = $2 WHERE id = $3")
        .bind(at)
        .bind(counted)
        .bind(report.id)
        .once()
        .await?)
}

/// Opens a frozen quarter again, with a reason. The frozen version stays.
///
/// # Errors
/// [`ProgrammeError::Invalid`] without a reason; [`ProgrammeError::State`] when it is not frozen.
pub async fn restate(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (&str, &str),
    reason: &str,
) -> Outcome<()> {
    p.may(caller, Act::RESULTS_WRITE)?;
    let report = versions::report(work.tx(), which.0, which.1).await?.ok_or(Refusal::Absent)?;
    if report.state != "frozen" {
        return Err(ProgrammeError::State("state-report-not-frozen"));
    }
    let reason = reason.trim();
    let mut problems = Problems::default();
    problems.when(reason.chars().count() < 10, "reason", "problem-report-reason");
    problems.when(reason.chars().count() > LONGEST, "reason", "problem-too-long");
    problems.done()?;
    work.sql("UPDATE report SET reason = $1, opened_by = $2 WHERE id = $3")
        .bind(reason)
        .bind(caller.account)
        .bind(report.id)
        .once()
        .await?;
    count_from_here(work, &report).await?;
    turn(work, &report, "open").await?;
    Ok(work.record("report.restate", "report", report.id, hash_of(reason)).await?)
}
