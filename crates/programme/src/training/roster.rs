//! Who has a place in a course: each person once, whichever of her rows it was written on.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller};
use ceiba_store::{Tx, Work};
use uuid::Uuid;

use super::{Course, Trainee, counting, courses, may, people};
use crate::{Outcome, Programme, ProgrammeError};

/// Somebody with a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seated {
    /// Who, under the row that she was found to be.
    pub trainee: Trainee,
    /// Her institution in this course.
    pub institution: Option<String>,
    /// Her post in this course.
    pub post: Option<String>,
}

/// Places in clear: whose, and from where.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub who: Uuid,
    pub institution: Option<String>,
    pub post: Option<String>,
}

/// The people of a course, each once, nothing opened.
pub(crate) async fn placed(tx: &mut Tx, course: Uuid) -> Outcome<Vec<Placed>> {
    let rows = tx
        .sql(
            "SELECT COALESCE(t.merged_into, t.id) AS who, l.institution, l.post FROM training_place l JOIN trainee t ON t.id = l.trainee
             WHERE l.course = $1 AND l.state = 'in' ORDER BY CASE WHEN t.merged_into IS NULL THEN 0 ELSE 1 END, t.code",
        )
        .bind(course)
        .all()
        .await?;
    let mut all: BTreeMap<Uuid, Placed> = BTreeMap::new();
    for row in rows {
        let one =
            Placed { who: row.get("who")?, institution: row.get("institution")?, post: row.get("post")? };
        all.entry(one.who).or_insert(one);
    }
    Ok(all.into_values().collect())
}

/// Gives somebody a place. Says whether she had none before.
///
/// # Errors
/// [`ProgrammeError::State`] when the course does not run, or when she was erased.
pub async fn enrol(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    course: &Course,
    who: Uuid,
) -> Outcome<bool> {
    may(p, caller, Act::TRAINING_WRITE)?;
    seat(p, work, caller, course, who).await
}

pub(crate) async fn seat(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    course: &Course,
    who: Uuid,
) -> Outcome<bool> {
    courses::open(course)?;
    let row = work
        .sql("SELECT w.* FROM trainee t JOIN trainee w ON w.id = COALESCE(t.merged_into, t.id) WHERE t.id = $1")
        .bind(who)
        .optional()
        .await?;
    let t = row.as_ref().map(Trainee::read).transpose()?.ok_or(ceiba_access::Refusal::Absent)?;
    if t.erased_at.is_some() {
        return Err(ProgrammeError::State("state-training-erased"));
    }
    let all = placed(work.tx(), course.id).await?;
    if all.iter().any(|l| l.who == t.id) {
        return Ok(false);
    }
    if i64::try_from(all.len()).unwrap_or(i64::MAX) >= courses::MOST {
        return Err(ProgrammeError::State("state-training-full"));
    }
    let now = work.at();
    work.sql(
        "INSERT INTO training_place (course, trainee, institution, post, state, at, by_account)
         VALUES ($1, $2, $3, $4, 'in', $5, $6)
         ON CONFLICT (course, trainee) DO UPDATE SET state = 'in', at = $5, by_account = $6",
    )
    .bind(course.id)
    .bind(t.id)
    .bind(t.institution)
    .bind(t.post)
    .bind(now)
    .bind(caller.account)
    .once()
    .await?;
    work.record("training.enrol", "trainee", t.id, [0; 32]).await?;
    counting::settle(p, work, course.id).await?;
    Ok(true)
}

/// Somebody does not take part after all. Her marks stay and count for nothing.
///
/// # Errors
/// [`ProgrammeError::State`] when the course does not run.
pub async fn leave(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    course: &Course,
    who: Uuid,
) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    courses::open(course)?;
    let now = work.at();
    let touched = work
        .sql(
            "UPDATE training_place SET state = 'out', at = $1, by_account = $2 WHERE course = $3 AND state = 'in'
               AND trainee IN (SELECT id FROM trainee WHERE id = $4 OR merged_into = $4)",
        )
        .bind(now)
        .bind(caller.account)
        .bind(course.id)
        .bind(who)
        .run()
        .await?;
    if touched == 0 {
        return Err(ceiba_access::Refusal::Absent.into());
    }
    work.record("training.leave", "trainee", who, [0; 32]).await?;
    counting::settle(p, work, course.id).await
}

/// Who has a place in a course, by name. Without the right to read names it is refused.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn of(p: &Programme, tx: &mut Tx, caller: &Caller, course: Uuid) -> Outcome<Vec<Seated>> {
    may(p, caller, Act::TRAINEE_READ)?;
    let mut all = Vec::new();
    for l in placed(tx, course).await? {
        let trainee = people::get(p, tx, caller, l.who).await?;
        all.push(Seated { trainee, institution: l.institution, post: l.post });
    }
    all.sort_by_cached_key(|s| (super::known::folded(&s.trainee.name), s.trainee.code.clone()));
    Ok(all)
}

/// The courses of somebody, the latest first, with the minutes she was there and those that were held.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn courses_of(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    who: Uuid,
) -> Outcome<Vec<(Course, counting::Reached)>> {
    may(p, caller, Act::TRAINEE_READ)?;
    let rows = tx
        .sql(
            "SELECT DISTINCT c.* FROM training_course c JOIN training_place l ON l.course = c.id JOIN trainee t ON t.id = l.trainee
             WHERE l.state = 'in' AND (t.id = $1 OR t.merged_into = $1) ORDER BY c.from_day DESC, c.code",
        )
        .bind(who)
        .all()
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let course = Course::read(row)?;
        let reached = counting::reached_in(tx, &course).await?;
        if let Some(hers) = reached.into_iter().find(|r| r.who == who) {
            all.push((course, hers));
        }
    }
    Ok(all)
}
