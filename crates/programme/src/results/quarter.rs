//! The quarter of a grant: opened, explained, asked for, approved by another person, frozen and signed; stated again with a reason.

use ceiba_access::{Act, Caller, Refusal, Situation};
use ceiba_store::{Tx, Work};
use jiff::civil::Date;
use uuid::Uuid;

use super::compute::{self, Basis, hash_of, hex};
use super::framework::Framework;
use super::frozen::{Figure, Frozen, Period, Restates};
use super::versions::{self, Report, Version};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// The longest explanation, in signs.
pub const LONGEST: usize = 2000;

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
    let (id, at) = (work.chance().id(), work.at());
    work.sql(
        "INSERT INTO report (id, grant_code, period, state, opened_at, opened_by, reason, notes, version)
         VALUES ($1, $2, $3, 'open', $4, $5, '', '', 1)",
    )
    .bind(id)
    .bind(which.0)
    .bind(which.1)
    .bind(at)
    .bind(caller.account)
    .once()
    .await?;
    Ok(work.record("report.open", "report", id, [0; 32]).await?)
}

/// The numbers as they are now, of a quarter that is open. Nothing is kept. Takes its own picture of the database.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] when it is not open.
pub async fn look(p: &Programme, caller: &Caller, which: (&str, &str)) -> Outcome<(Basis, Frozen)> {
    p.may(caller, Act::NUMBERS_READ)?;
    let mut tx = p.store.db.read().await?;
    let quarter = read(p, &mut tx, caller, which).await?;
    let report = quarter.report.as_ref().filter(|r| r.state == "open");
    let report = report.ok_or(ProgrammeError::State("state-report-not-open"))?;
    let framework = grant(p, which.0)?;
    let size = tx.sql("SELECT COALESCE(MAX(seq) + 1, 0) AS size FROM ledger_entry").one().await?;
    let mut basis = Basis::new(&p.pack.results, framework, quarter.period.clone(), size.get("size")?);
    basis.deviations = versions::deviations(&mut tx, report.id).await?;
    basis.notes.clone_from(&report.notes);
    if let Some(before) = quarter.frozen() {
        basis.version = u32::try_from(before.number + 1).unwrap_or(u32::MAX);
        let hash = hex(&before.hash);
        basis.compared.push(hash.clone());
        basis.restates = Some(Restates {
            version: u32::try_from(before.number).unwrap_or(u32::MAX),
            hash,
            reason: report.reason.clone(),
        });
    }
    // Numbers of the whole grant only grow: what the report of an earlier quarter showed tells who came since.
    let all = versions::reports(&mut tx, which.0).await?;
    for earlier in all.iter().rev().filter(|r| r.period.as_str() < which.1) {
        if let Some(v) = versions::of(&mut tx, earlier.id).await?.into_iter().find(|v| v.state == "frozen") {
            basis.compared.push(hex(&v.hash));
            break;
        }
    }
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
    let today = p.day(work.at());
    let mut problems = Problems::default();
    problems.when(frozen.period.to >= today, "period", "problem-report-early");
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

/// Approves the version that was asked for, which freezes and signs it, or sends it back. Never by who asked. `seen` is the hash that
/// the page showed.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Stale`] when it is not the version that was shown.
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
    turn(work, &report, turned).await?;
    Ok(work.record(action, "report", report.id, hash).await?)
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
    let at = work.at();
    work.sql("UPDATE report SET reason = $1, opened_at = $2, opened_by = $3 WHERE id = $4")
        .bind(reason)
        .bind(at)
        .bind(caller.account)
        .bind(report.id)
        .once()
        .await?;
    turn(work, &report, "open").await?;
    Ok(work.record("report.restate", "report", report.id, hash_of(reason)).await?)
}

/// What a frozen version is worth today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Counting its facts again gives the same bytes.
    pub same: bool,
    /// The office's signature fits its bytes.
    pub signed: bool,
    /// The ledger holds its hash.
    pub in_ledger: bool,
}

/// Counts a frozen version again from facts as of its position, and checks its signature and its entry in the ledger.
///
/// # Errors
/// The gate's refusal; [`Refusal::Absent`] when there is no such version.
pub async fn verify(p: &Programme, caller: &Caller, which: (&str, &str), number: i64) -> Outcome<Verified> {
    let mut tx = p.store.db.read().await?;
    let quarter = read(p, &mut tx, caller, which).await?;
    let frozen = quarter.versions.iter().find(|v| v.state == "frozen" && v.number == number);
    let version = frozen.ok_or(Refusal::Absent)?;
    let report = quarter.report.as_ref().map_or(Uuid::nil(), |r| r.id);
    let entry = tx
        .sql(
            "SELECT COUNT(*) AS n FROM ledger_entry WHERE resource = $1 AND action = 'report.freeze' AND detail = $2",
        )
        .bind(report)
        .bind(version.hash.clone())
        .one()
        .await?;
    drop(tx);
    let again = compute::report(p, &version.basis()?).await?;
    let body = again.canonical().map_err(|_| ProgrammeError::Unreadable("a report"))?;
    let signed =
        version.signature.as_ref().is_some_and(|s| p.office.verify_report(&hash_of(&version.body), s));
    Ok(Verified { same: body == version.body, signed, in_ledger: entry.get::<i64>("n")? == 1 })
}
