//! Rounds of a test: before a course, after it, three and six months later. Each has a code that stands on the wall while it is open.

use ceiba_access::{Act, Caller, Refusal};
use ceiba_disclosure::{Cell, count};
use ceiba_store::{Row, Tx, Work};
use jiff::civil::Date;
use uuid::Uuid;

use super::items::Test;
use super::shown;
use crate::training::{Course, counting, courses};
use crate::{Outcome, Programme, ProgrammeError, codes, results};

/// Before, after, three and six months later.
pub const PHASES: [&str; 4] = ["pre", "post", "month3", "month6"];

/// A round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Its id.
    pub id: Uuid,
    /// Of which course.
    pub course: Uuid,
    /// The code of its test.
    pub test: String,
    /// The version of its test.
    pub version: i64,
    /// One of [`PHASES`].
    pub phase: String,
    /// What stands on the wall, `P-7K3M9Q2`.
    pub code: String,
    /// `open` or `closed`.
    pub state: String,
}

impl Round {
    fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            course: row.get("course")?,
            test: row.get("test")?,
            version: row.get("version")?,
            phase: row.get("phase")?,
            code: row.get("code")?,
            state: row.get("state")?,
        })
    }
}

/// The test of a course: the one of its curriculum, in the version that its rounds have already.
#[must_use]
pub fn test<'a>(p: &'a Programme, course: &Course, rounds: &[Round]) -> Option<&'a Test> {
    match rounds.first() {
        Some(round) => of(p, round),
        None => p.pack.tests.iter().filter(|t| t.curriculum == course.curriculum).max_by_key(|t| t.version),
    }
}

/// The test of a round, in its version.
#[must_use]
pub fn of<'a>(p: &'a Programme, round: &Round) -> Option<&'a Test> {
    p.pack.tests.iter().find(|t| t.code == round.test && t.version == round.version)
}

/// The rounds of a course in the order of time.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller, course: Uuid) -> Outcome<Vec<Round>> {
    p.may(caller, Act::TRAINING_READ)?;
    of_course(tx, course).await
}

pub(crate) async fn of_course(tx: &mut Tx, course: Uuid) -> Outcome<Vec<Round>> {
    let rows = tx.sql("SELECT * FROM test_round WHERE course = $1").bind(course).all().await?;
    let mut all = rows.iter().map(Round::read).collect::<Outcome<Vec<_>>>()?;
    all.sort_by_key(|r| PHASES.iter().position(|p| *p == r.phase));
    Ok(all)
}

/// The day from which on a round is due: the first day of the course, its last one, three and six months after that.
#[must_use]
pub fn due(course: &Course, phase: &str) -> Option<Date> {
    let (from, to): (Date, Date) = (course.from_day.parse().ok()?, course.to_day.parse().ok()?);
    let later = |months: i32| to.checked_add(jiff::Span::new().months(months)).ok();
    match phase {
        "pre" => Some(from),
        "post" => Some(to),
        "month3" => later(3),
        "month6" => later(6),
        _ => None,
    }
}

/// Opens a round, or opens it again.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] when there is no test for this curriculum or it is not due yet.
pub async fn open(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (course, phase): (&Course, &str),
) -> Outcome<Uuid> {
    p.may(caller, Act::TRAINING_WRITE)?;
    if course.state == "cancelled" {
        return Err(ProgrammeError::State("state-training-closed"));
    }
    let rounds = of_course(work.tx(), course.id).await?;
    let Some(phase) = PHASES.iter().find(|s| **s == phase) else { return Err(Refusal::Absent.into()) };
    if let Some(round) = rounds.iter().find(|r| r.phase == *phase) {
        set(work, round.id, "open").await?;
        work.record("test.open", "training", round.id, [0; 32]).await?;
        return Ok(round.id);
    }
    let test = test(p, course, &rounds).ok_or(ProgrammeError::State("state-test-none"))?;
    let today = crate::dates::day(work.at(), &p.pack.zone);
    // After the last session whoever opens it may be a day early; months later not.
    if phase.starts_with("month") && due(course, phase).is_none_or(|due| today < due) {
        return Err(ProgrammeError::State("state-test-early"));
    }
    let id = work.chance().id();
    let code = free_code(work).await?;
    let now = work.at();
    work.sql(
        "INSERT INTO test_round (id, course, test, version, phase, code, state, opened_at, opened_by)
         VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8)",
    )
    .bind(id)
    .bind(course.id)
    .bind(&test.code)
    .bind(test.version)
    .bind(*phase)
    .bind(code)
    .bind(now)
    .bind(caller.account)
    .once()
    .await?;
    work.record("test.open", "training", id, [0; 32]).await?;
    // Whoever waited for this round waits for the next one.
    counting::settle(p, work, course.id).await?;
    Ok(id)
}

async fn free_code(work: &mut Work) -> Outcome<String> {
    loop {
        let code = codes::draw(work.chance(), 'P', 6);
        if work.sql("SELECT 1 AS x FROM test_round WHERE code = $1").bind(&code).optional().await?.is_none() {
            return Ok(code);
        }
    }
}

/// Closes a round: its code on the wall opens nothing any more, and what the course taught is shown. Sheets on paper can still be typed;
/// they are shown when it is closed again.
///
/// # Errors
/// The gate's refusal, or when there is no such round.
pub async fn close(p: &Programme, work: &mut Work, caller: &Caller, round: &Round) -> Outcome<()> {
    p.may(caller, Act::TRAINING_WRITE)?;
    set(work, round.id, "closed").await?;
    shown::close(work, round.course).await?;
    Ok(work.record("test.close", "training", round.id, [0; 32]).await?)
}

async fn set(work: &mut Work, round: Uuid, state: &str) -> Outcome<()> {
    Ok(work.sql("UPDATE test_round SET state = $1 WHERE id = $2").bind(state).bind(round).once().await?)
}

/// The open round behind a code as typed, for whoever has it.
///
/// # Errors
/// When the database breaks.
pub async fn knock(tx: &mut Tx, code: &str) -> Outcome<Option<Round>> {
    let Some(code) = codes::read(code, 'P', 6) else { return Ok(None) };
    let row =
        tx.sql("SELECT * FROM test_round WHERE code = $1 AND state = 'open'").bind(code).optional().await?;
    row.as_ref().map(Round::read).transpose()
}

/// The course of a round, for the page behind its code.
///
/// # Errors
/// When the database breaks.
pub async fn course(tx: &mut Tx, round: &Round) -> Outcome<Course> {
    courses::lookup(tx, round.course).await
}

/// How many sheets of a round were handed in: whoever teaches counts them in the room anyway.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn handed_in(p: &Programme, tx: &mut Tx, caller: &Caller, round: Uuid) -> Outcome<Cell> {
    p.may(caller, Act::TRAINING_READ)?;
    let row = tx.sql("SELECT COUNT(*) AS n FROM test_sheet WHERE round = $1").bind(round).one().await?;
    Ok(count(row.get::<i64>("n")?.unsigned_abs(), results::threshold()?))
}

/// A round that is due and that nobody opened.
pub struct Due {
    /// The course.
    pub course: Course,
    /// `month3` or `month6`.
    pub phase: &'static str,
    /// Since when.
    pub since: Date,
}

/// Follow-ups that are due, the oldest first. After three more months nobody is asked any more.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn waiting(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Due>> {
    let today = crate::dates::day(p.store.clock.now(), &p.pack.zone);
    let mut all = Vec::new();
    for course in courses::list(p, tx, caller).await? {
        if course.state != "closed" {
            continue;
        }
        let rounds = of_course(tx, course.id).await?;
        // Without a test before there is nothing to compare with.
        if !rounds.iter().any(|r| r.phase == "pre") {
            continue;
        }
        for phase in ["month3", "month6"] {
            let Some(since) = due(&course, phase) else { continue };
            let last = since.saturating_add(jiff::Span::new().months(3));
            if since <= today && today < last && !rounds.iter().any(|r| r.phase == phase) {
                all.push(Due { course: course.clone(), phase, since });
            }
        }
    }
    all.sort_by_key(|d| d.since);
    Ok(all)
}
