//! Sessions of a course: a module on a day. One that was held counts, whatever was planned.

use ceiba_access::{Act, Caller};
use ceiba_store::{MINUTE, Micros, Tx, Work};
use jiff::civil::Date;
use uuid::Uuid;

use super::{Course, Session, counting, courses, may};
use crate::{Outcome, Problems, Programme, ProgrammeError, dates};

/// The most minutes of one session.
const LONGEST: i64 = 600;

/// What is typed of a session.
#[derive(Clone, Copy, Debug, Default)]
pub struct New<'a> {
    /// A module's code of the course's curriculum.
    pub module: &'a str,
    /// Its day, ISO.
    pub day: &'a str,
    /// When it begins, `8:30`.
    pub starts: &'a str,
    /// How long it takes.
    pub minutes: i64,
}

/// Adds a session to an open course; tells its number.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn add(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    course: &Course,
    n: &New<'_>,
) -> Outcome<i64> {
    may(p, caller, Act::TRAINING_WRITE)?;
    courses::open(course)?;
    let starts = check(p, course, n)?;
    let row = work
        .sql("SELECT CAST(COALESCE(MAX(n), 0) AS BIGINT) AS n FROM training_session WHERE course = $1")
        .bind(course.id)
        .one()
        .await?;
    let (id, number) = (work.chance().id(), row.get::<i64>("n")? + 1);
    work.sql(
        "INSERT INTO training_session (id, course, n, module, day, starts, minutes, state, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'planned', 1)",
    )
    .bind(id)
    .bind(course.id)
    .bind(number)
    .bind(n.module)
    .bind(n.day)
    .bind(starts)
    .bind(n.minutes)
    .once()
    .await?;
    span(work, course.id).await?;
    work.record("training.session", "session", id, [0; 32]).await?;
    Ok(number)
}

fn check(p: &Programme, course: &Course, n: &New<'_>) -> Outcome<i64> {
    let curriculum = p.pack.training.find(&course.curriculum, course.curriculum_version);
    let mut problems = Problems::default();
    problems.when(curriculum.is_none_or(|c| c.module(n.module).is_none()), "module", "problem-choose");
    problems.when(n.day.parse::<Date>().is_err(), "on", "problem-date-impossible");
    let starts = clock(n.starts);
    problems.when(starts.is_none(), "starts", "problem-training-time");
    problems.when(!(1..=LONGEST).contains(&n.minutes), "minutes", "problem-training-minutes");
    problems.done()?;
    Ok(starts.unwrap_or_default())
}

/// `8:30` as minutes of the day.
fn clock(typed: &str) -> Option<i64> {
    let (hour, minute) = typed.trim().split_once([':', '.', 'h']).unwrap_or((typed.trim(), "0"));
    let (hour, minute) = (hour.trim().parse::<i64>().ok()?, minute.trim().parse::<i64>().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

/// The course lasts from its first session to its last that is not cancelled.
async fn span(work: &mut Work, course: Uuid) -> Outcome<()> {
    work.sql(
        "UPDATE training_course SET
           from_day = COALESCE((SELECT MIN(day) FROM training_session WHERE course = $1 AND state <> 'cancelled'), from_day),
           to_day = COALESCE((SELECT MAX(day) FROM training_session WHERE course = $1 AND state <> 'cancelled'), to_day)
         WHERE id = $1",
    )
    .bind(course)
    .once()
    .await?;
    Ok(())
}

/// The sessions of a course, in their order.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn of(p: &Programme, tx: &mut Tx, caller: &Caller, course: Uuid) -> Outcome<Vec<Session>> {
    may(p, caller, Act::TRAINING_READ)?;
    every(tx, course).await
}

pub(crate) async fn every(tx: &mut Tx, course: Uuid) -> Outcome<Vec<Session>> {
    let rows = tx
        .sql("SELECT * FROM training_session WHERE course = $1 ORDER BY day, starts, n")
        .bind(course)
        .all()
        .await?;
    rows.iter().map(Session::read).collect()
}

/// One session of a course, by its number.
///
/// # Errors
/// When the gate refuses; [`ceiba_access::Refusal::Absent`] when there is none.
pub async fn find(p: &Programme, tx: &mut Tx, caller: &Caller, course: Uuid, n: i64) -> Outcome<Session> {
    may(p, caller, Act::TRAINING_READ)?;
    let row = tx
        .sql("SELECT * FROM training_session WHERE course = $1 AND n = $2")
        .bind(course)
        .bind(n)
        .optional()
        .await?;
    row.as_ref().map(Session::read).transpose()?.ok_or_else(|| ceiba_access::Refusal::Absent.into())
}

pub(crate) async fn lookup(tx: &mut Tx, id: Uuid) -> Outcome<Session> {
    let row = tx.sql("SELECT * FROM training_session WHERE id = $1").bind(id).optional().await?;
    row.as_ref().map(Session::read).transpose()?.ok_or_else(|| ceiba_access::Refusal::Absent.into())
}

/// When a session begins and ends.
#[must_use]
pub fn times(p: &Programme, s: &Session) -> (Micros, Micros) {
    let day = s.day.parse::<Date>().unwrap_or(Date::ZERO);
    let begins = dates::start(day, &p.pack.zone) + s.starts * MINUTE;
    (begins, begins + s.minutes * MINUTE)
}

/// Puts a planned session on another day or hour.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when it was held; [`ProgrammeError::Stale`].
pub async fn change(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (session, seen): (&Session, i64),
    n: &New<'_>,
) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    let course = courses::lookup(work.tx(), session.course).await?;
    courses::open(&course)?;
    if session.state != "planned" {
        return Err(ProgrammeError::State("state-training-held"));
    }
    let starts = check(p, &course, n)?;
    let touched = work
        .sql(
            "UPDATE training_session SET module = $1, day = $2, starts = $3, minutes = $4, version = $5 + 1
             WHERE id = $6 AND version = $5",
        )
        .bind(n.module)
        .bind(n.day)
        .bind(starts)
        .bind(n.minutes)
        .bind(seen)
        .bind(session.id)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::Stale);
    }
    span(work, course.id).await?;
    Ok(work.record("training.session.change", "session", session.id, [0; 32]).await?)
}

/// Closes a session as held: whoever has a place and no mark was absent.
///
/// # Errors
/// [`ProgrammeError::State`] before it began, without anybody present, or when it is not planned.
pub async fn hold(p: &Programme, work: &mut Work, caller: &Caller, session: &Session) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    let course = courses::lookup(work.tx(), session.course).await?;
    courses::open(&course)?;
    if session.state != "planned" {
        return Err(ProgrammeError::State("state-training-held"));
    }
    if times(p, session).0 > work.at() {
        return Err(ProgrammeError::State("state-training-early"));
    }
    let came = work
        .sql("SELECT 1 AS x FROM training_mark WHERE session = $1 AND mark = 'present' LIMIT 1")
        .bind(session.id)
        .optional()
        .await?;
    if came.is_none() {
        return Err(ProgrammeError::State("state-training-nobody"));
    }
    let (now, by) = (work.at(), work.actor());
    work.sql(
        "INSERT INTO training_mark (session, trainee, mark, how, at, by_account)
         SELECT $1, l.trainee, 'absent', 'list', $2, $3 FROM training_place l
         WHERE l.course = $4 AND l.state = 'in'
           AND NOT EXISTS (SELECT 1 FROM training_mark m WHERE m.session = $1 AND m.trainee = l.trainee)",
    )
    .bind(session.id)
    .bind(now)
    .bind(by)
    .bind(course.id)
    .run()
    .await?;
    set_state(work, session, "held").await?;
    work.record("training.session.hold", "session", session.id, [0; 32]).await?;
    counting::settle(p, work, course.id).await
}

/// A session does not take place, or was not held after all. Marks stay, and count for nothing.
///
/// # Errors
/// [`ProgrammeError::State`] when the course is closed or it is cancelled already.
pub async fn cancel(p: &Programme, work: &mut Work, caller: &Caller, session: &Session) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    let course = courses::lookup(work.tx(), session.course).await?;
    courses::open(&course)?;
    if session.state == "cancelled" {
        return Err(ProgrammeError::State("state-training-cancelled"));
    }
    set_state(work, session, "cancelled").await?;
    super::door::drop_all(work, session.id).await?;
    span(work, course.id).await?;
    work.record("training.session.cancel", "session", session.id, [0; 32]).await?;
    counting::settle(p, work, course.id).await
}

async fn set_state(work: &mut Work, session: &Session, state: &'static str) -> Outcome<()> {
    let (now, by) = (work.at(), work.actor());
    let touched = work
        .sql(
            "UPDATE training_session SET state = $1, held_at = $2, held_by = $3, version = version + 1
             WHERE id = $4 AND version = $5",
        )
        .bind(state)
        .bind(now)
        .bind(by)
        .bind(session.id)
        .bind(session.version)
        .run()
        .await?;
    if touched == 1 { Ok(()) } else { Err(ProgrammeError::Stale) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_time_is_read_as_people_write_it() {
        assert_eq!(super::clock("8:30"), Some(510));
        assert_eq!(super::clock(" 14.05 "), Some(845));
        assert_eq!(super::clock("9h15"), Some(555));
        assert_eq!(super::clock("8"), Some(480));
        for bad in ["", "25:00", "8:60", "-1:00", "ocho"] {
            assert_eq!(super::clock(bad), None, "{bad}");
        }
    }
}
