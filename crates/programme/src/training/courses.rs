//! Courses: what, where, who trains, who is invited with how many seats, and from which share of minutes on it is completed.

use ceiba_access::{Act, Caller};
use ceiba_store::{Row, Tx, Work};
use uuid::Uuid;

use super::{Course, MODES, Trainee, counting, is_institution, may, people};
use crate::{Outcome, Problems, Programme, ProgrammeError, codes};

/// The most seats that an institution is given, and the most people on a course: more is a slip of the finger.
pub const MOST: i64 = 500;

/// What is typed of a new course. Its days are those of its sessions.
#[derive(Clone, Debug, Default)]
pub struct New<'a> {
    /// The code of a curriculum; the course keeps its newest version.
    pub curriculum: &'a str,
    /// One of [`MODES`].
    pub mode: &'a str,
    /// A municipality's code.
    pub municipality: &'a str,
    /// Which room; may be empty.
    pub room: &'a str,
    /// A code of the list `languages`.
    pub language: &'a str,
    /// Percent of minutes.
    pub threshold: i64,
    /// First day, ISO. Sessions move it.
    pub from_day: &'a str,
}

/// Plans a course; tells its id. Its sessions are added by [`super::sessions::add`].
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn add(p: &Programme, work: &mut Work, caller: &Caller, n: &New<'_>) -> Outcome<Uuid> {
    may(p, caller, Act::TRAINING_WRITE)?;
    let curriculum = p.pack.training.newest(n.curriculum);
    let mut problems = Problems::default();
    problems.when(curriculum.is_none(), "curriculum", "problem-choose");
    check(p, n, &mut problems);
    problems.when(n.from_day.parse::<jiff::civil::Date>().is_err(), "from", "problem-date-impossible");
    problems.done()?;
    let version = curriculum.map_or(1, |c| c.version);
    let (id, now) = (work.chance().id(), work.at());
    let code = free_code(work).await?;
    work.sql(
        "INSERT INTO training_course (id, code, curriculum, curriculum_version, mode, municipality, room, language, threshold,
           from_day, to_day, state, created_at, created_by, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, 'open', $11, $12, 1)",
    )
    .bind(id)
    .bind(code)
    .bind(n.curriculum)
    .bind(version)
    .bind(n.mode)
    .bind(n.municipality)
    .bind(n.room.trim())
    .bind(n.language)
    .bind(n.threshold)
    .bind(n.from_day)
    .bind(now)
    .bind(caller.account)
    .once()
    .await?;
    work.record("training.course", "course", id, [0; 32]).await?;
    Ok(id)
}

fn check(p: &Programme, n: &New<'_>, problems: &mut Problems) {
    let lists = &p.pack.lists;
    problems.when(!MODES.contains(&n.mode), "mode", "problem-choose");
    problems.when(!lists.has("municipalities", n.municipality), "municipality", "problem-municipality");
    problems.when(n.room.chars().count() > 80, "room", "problem-too-long");
    problems.when(!lists.has("languages", n.language), "language", "problem-choose");
    problems.when(!(1..=100).contains(&n.threshold), "threshold", "problem-training-threshold");
}

async fn free_code(work: &mut Work) -> Outcome<String> {
    loop {
        let code = codes::draw(work.chance(), 'F', 4);
        let taken =
            work.sql("SELECT 1 AS x FROM training_course WHERE code = $1").bind(&code).optional().await?;
        if taken.is_none() {
            return Ok(code);
        }
    }
}

/// Changes what can be changed of an open course: the curriculum stays. A changed threshold counts from then on.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody changed it meanwhile; [`ProgrammeError::State`] when it is closed.
pub async fn change(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (course, seen): (&Course, i64),
    n: &New<'_>,
) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    open(course)?;
    let mut problems = Problems::default();
    check(p, n, &mut problems);
    problems.done()?;
    let touched = work
        .sql(
            "UPDATE training_course SET mode = $1, municipality = $2, room = $3, language = $4, threshold = $5, version = $6 + 1
             WHERE id = $7 AND version = $6",
        )
        .bind(n.mode)
        .bind(n.municipality)
        .bind(n.room.trim())
        .bind(n.language)
        .bind(n.threshold)
        .bind(seen)
        .bind(course.id)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::Stale);
    }
    Ok(work.record("training.course.change", "course", course.id, [0; 32]).await?)
}

/// That a course still runs.
pub(crate) fn open(course: &Course) -> Outcome<()> {
    if course.state == "open" { Ok(()) } else { Err(ProgrammeError::State("state-training-closed")) }
}

/// A course by its code as typed.
///
/// # Errors
/// When the gate refuses; [`ceiba_access::Refusal::Absent`] when there is none.
pub async fn find(p: &Programme, tx: &mut Tx, caller: &Caller, code: &str) -> Outcome<Course> {
    may(p, caller, Act::TRAINING_READ)?;
    let code = codes::read(code, 'F', 4).unwrap_or_default();
    let row = tx.sql("SELECT * FROM training_course WHERE code = $1").bind(code).optional().await?;
    row.as_ref().map(Course::read).transpose()?.ok_or_else(|| ceiba_access::Refusal::Absent.into())
}

/// A course by its id, for the programme itself.
pub(crate) async fn lookup(tx: &mut Tx, id: Uuid) -> Outcome<Course> {
    let row = tx.sql("SELECT * FROM training_course WHERE id = $1").bind(id).optional().await?;
    row.as_ref().map(Course::read).transpose()?.ok_or_else(|| ceiba_access::Refusal::Absent.into())
}

/// Every course, the latest first.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Course>> {
    may(p, caller, Act::TRAINING_READ)?;
    let rows = tx.sql("SELECT * FROM training_course ORDER BY from_day DESC, code").all().await?;
    rows.iter().map(Course::read).collect()
}

/// Invites an institution with so many seats; 0 takes the invitation back. Who has a place keeps it.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when the course is closed.
pub async fn invite(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    course: &Course,
    (institution, seats): (&str, i64),
) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    open(course)?;
    let known = is_institution(p, work.tx(), institution).await?;
    let mut problems = Problems::default();
    problems.when(!known, "institution", "problem-training-institution");
    problems.when(!(0..=MOST).contains(&seats), "seats", "problem-training-seats");
    problems.done()?;
    work.sql("DELETE FROM training_seat WHERE course = $1 AND institution = $2")
        .bind(course.id)
        .bind(institution)
        .run()
        .await?;
    if seats > 0 {
        work.sql("INSERT INTO training_seat (course, institution, seats) VALUES ($1, $2, $3)")
            .bind(course.id)
            .bind(institution)
            .bind(seats)
            .once()
            .await?;
    }
    Ok(work.record("training.invite", "course", course.id, [0; 32]).await?)
}

/// Seats of an institution: invited, and taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seats {
    /// The institution's code; empty: people without one.
    pub institution: String,
    /// How many were offered.
    pub offered: i64,
    /// How many people have a place.
    pub taken: i64,
}

/// The seats of a course by institution: those invited, and those from which somebody came without.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn seats(p: &Programme, tx: &mut Tx, caller: &Caller, course: Uuid) -> Outcome<Vec<Seats>> {
    may(p, caller, Act::TRAINING_READ)?;
    let rows = tx
        .sql(
            "SELECT institution, CAST(SUM(offered) AS BIGINT) AS offered, CAST(SUM(taken) AS BIGINT) AS taken FROM (
               SELECT institution, seats AS offered, 0 AS taken FROM training_seat WHERE course = $1
               UNION ALL
               SELECT COALESCE(l.institution, '') AS institution, 0 AS offered, 1 AS taken FROM training_place l
               WHERE l.course = $1 AND l.state = 'in') both_sides
             GROUP BY institution ORDER BY institution",
        )
        .bind(course)
        .all()
        .await?;
    let read = |r: &Row| {
        Ok(Seats { institution: r.get("institution")?, offered: r.get("offered")?, taken: r.get("taken")? })
    };
    rows.iter().map(read).collect()
}

/// Who trains in a course, and where she was trained herself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trainer {
    /// Who.
    pub trainee: Trainee,
    /// The course in which she completed this curriculum or one that makes trainers; none: she was not trained here.
    pub trained_in: Option<String>,
}

/// Names somebody of the register as trainer of a course.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when there is nobody with this code.
pub async fn name_trainer(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    course: &Course,
    code: &str,
) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    open(course)?;
    let who = people::by_code(work.tx(), code).await?;
    let mut problems = Problems::default();
    problems.when(who.is_none(), "trainer", "problem-training-code");
    problems.done()?;
    let who = who.unwrap_or_default();
    work.sql("INSERT INTO training_trainer (course, trainee) VALUES ($1, $2) ON CONFLICT (course, trainee) DO NOTHING")
        .bind(course.id)
        .bind(who.id)
        .run()
        .await?;
    Ok(work.record("training.trainer", "course", course.id, [0; 32]).await?)
}

/// Somebody does not train in a course after all.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn drop_trainer(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    course: &Course,
    trainee: Uuid,
) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    open(course)?;
    work.sql("DELETE FROM training_trainer WHERE course = $1 AND trainee = $2")
        .bind(course.id)
        .bind(trainee)
        .run()
        .await?;
    Ok(work.record("training.trainer", "course", course.id, [0; 32]).await?)
}

/// Who trains in a course. Without the right to read names they come without.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn trainers(p: &Programme, tx: &mut Tx, caller: &Caller, course: &Course) -> Outcome<Vec<Trainer>> {
    may(p, caller, Act::TRAINING_READ)?;
    let rows = tx
        .sql(
            "SELECT COALESCE(t.merged_into, t.id) AS who FROM training_trainer l JOIN trainee t ON t.id = l.trainee
             WHERE l.course = $1 ORDER BY t.code",
        )
        .bind(course.id)
        .all()
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let trainee = people::shown(p, tx, caller, row.get("who")?).await?;
        let trained_in = counting::completed_before(p, tx, trainee.id, course).await?;
        all.push(Trainer { trainee, trained_in });
    }
    Ok(all)
}

/// A course does not take place. Nothing may have been held of it.
///
/// # Errors
/// [`ProgrammeError::State`] when something was held.
pub async fn cancel(p: &Programme, work: &mut Work, caller: &Caller, course: &Course) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    open(course)?;
    let held = work
        .sql("SELECT 1 AS x FROM training_session WHERE course = $1 AND state = 'held' LIMIT 1")
        .bind(course.id)
        .optional()
        .await?;
    if held.is_some() {
        return Err(ProgrammeError::State("state-training-held"));
    }
    set_state(work, course, "cancelled").await?;
    Ok(work.record("training.course.cancel", "course", course.id, [0; 32]).await?)
}

/// Closes a course: whoever reached the threshold completed it. Every session must have been held or cancelled.
///
/// # Errors
/// [`ProgrammeError::State`] while a session is planned, or when nothing was held.
pub async fn close(p: &Programme, work: &mut Work, caller: &Caller, course: &Course) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    open(course)?;
    let sessions = super::sessions::of(p, work.tx(), caller, course.id).await?;
    if sessions.iter().any(|s| s.state == "planned") {
        return Err(ProgrammeError::State("state-training-planned"));
    }
    if !sessions.iter().any(|s| s.state == "held") {
        return Err(ProgrammeError::State("state-training-nothing"));
    }
    // A name that nobody looked at may be somebody who completed it.
    if super::door::waiting_in(work.tx(), course.id).await? {
        return Err(ProgrammeError::State("state-training-names"));
    }
    set_state(work, course, "closed").await?;
    work.record("training.course.close", "course", course.id, [0; 32]).await?;
    counting::settle(p, work, course.id).await
}

/// Opens a closed course again, for a correction of its sessions. What was completed is taken back until it is closed again.
///
/// # Errors
/// [`ProgrammeError::State`] when it is not closed.
pub async fn reopen(p: &Programme, work: &mut Work, caller: &Caller, course: &Course) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    if course.state != "closed" {
        return Err(ProgrammeError::State("state-training-open"));
    }
    set_state(work, course, "open").await?;
    work.record("training.course.reopen", "course", course.id, [0; 32]).await?;
    counting::settle(p, work, course.id).await
}

async fn set_state(work: &mut Work, course: &Course, state: &'static str) -> Outcome<()> {
    let (now, by) = (work.at(), work.actor());
    let closed = (state != "open").then_some(now);
    let touched = work
        .sql(
            "UPDATE training_course SET state = $1, closed_at = $2, closed_by = $3, version = version + 1
             WHERE id = $4 AND version = $5",
        )
        .bind(state)
        .bind(closed)
        .bind(by)
        .bind(course.id)
        .bind(course.version)
        .run()
        .await?;
    if touched == 1 { Ok(()) } else { Err(ProgrammeError::Stale) }
}
