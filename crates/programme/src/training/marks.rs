//! Who was there. Three ways lead here: the list, the code on the wall, the sheet of paper.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller};
use ceiba_store::{Tx, Work};
use uuid::Uuid;

use super::{MARKS, Session, counting, courses, may, roster};
use crate::{Outcome, Problem, Programme, ProgrammeError};

/// What is noted of somebody, and how it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// One of [`MARKS`].
    pub mark: String,
    /// `list`, `code`, `name` or `paper`.
    pub how: String,
}

/// The marks of a session by person, whichever of her rows they stand on. Of two, having been there wins.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn of(p: &Programme, tx: &mut Tx, caller: &Caller, session: Uuid) -> Outcome<BTreeMap<Uuid, Mark>> {
    may(p, caller, Act::TRAINING_READ)?;
    every(tx, session).await
}

pub(crate) async fn every(tx: &mut Tx, session: Uuid) -> Outcome<BTreeMap<Uuid, Mark>> {
    let rows = tx
        .sql(
            "SELECT COALESCE(t.merged_into, t.id) AS who, m.mark, m.how FROM training_mark m JOIN trainee t ON t.id = m.trainee
             WHERE m.session = $1 ORDER BY CASE m.mark WHEN 'present' THEN 2 WHEN 'excused' THEN 1 ELSE 0 END, m.at",
        )
        .bind(session)
        .all()
        .await?;
    // The last one written into the map is the strongest.
    rows.iter().map(|r| Ok((r.get("who")?, Mark { mark: r.get("mark")?, how: r.get("how")? }))).collect()
}

/// Notes marks of people who have a place; an empty mark takes one away. Marks that say what is noted already change nothing. A session
/// that was held is counted anew.
///
/// # Errors
/// [`ProgrammeError::Invalid`] for an unknown mark or somebody without a place; [`ProgrammeError::State`] before the day of the session, or when
/// it or its course is cancelled.
pub async fn note(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    session: &Session,
    how: &'static str,
    marks: &[(Uuid, String)],
) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    keep(p, work, caller, session, how, marks).await
}

pub(crate) async fn keep(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    session: &Session,
    how: &'static str,
    marks: &[(Uuid, String)],
) -> Outcome<()> {
    let course = courses::lookup(work.tx(), session.course).await?;
    if course.state == "cancelled" || session.state == "cancelled" {
        return Err(ProgrammeError::State("state-training-cancelled"));
    }
    let early = p.day(work.at()) < session.day;
    let placed = roster::placed(work.tx(), course.id).await?;
    let now = every(work.tx(), session.id).await?;
    let mut changed = false;
    for (who, mark) in marks {
        if !mark.is_empty() && !MARKS.contains(&mark.as_str()) {
            return Err(problem("problem-training-mark"));
        }
        if !placed.iter().any(|l| l.who == *who) {
            return Err(problem("problem-training-place"));
        }
        // Somebody may say days before that she cannot come; nobody was there before the day.
        if early && ["present", "absent"].contains(&mark.as_str()) {
            return Err(ProgrammeError::State("state-training-early"));
        }
        if now.get(who).map_or("", |m| m.mark.as_str()) == mark {
            continue;
        }
        changed = true;
        put(work, caller, (session.id, *who), (mark, how)).await?;
    }
    if changed {
        work.record("training.mark", "session", session.id, [0; 32]).await?;
        counting::settle(p, work, course.id).await?;
    }
    Ok(())
}

/// Writes one mark on the row that she was found to be. Marks of her other rows go: this is what holds now.
async fn put(
    work: &mut Work,
    caller: &Caller,
    (session, who): (Uuid, Uuid),
    (mark, how): (&str, &'static str),
) -> Outcome<()> {
    let now = work.at();
    if mark != "present" {
        // What stands on a row that was merged into hers would win over it.
        work.sql(
            "UPDATE training_mark SET mark = 'absent' WHERE session = $1
               AND trainee IN (SELECT id FROM trainee WHERE merged_into = $2)",
        )
        .bind(session)
        .bind(who)
        .run()
        .await?;
    }
    if mark.is_empty() {
        work.sql("DELETE FROM training_mark WHERE session = $1 AND trainee = $2")
            .bind(session)
            .bind(who)
            .run()
            .await?;
        return Ok(());
    }
    work.sql(
        "INSERT INTO training_mark (session, trainee, mark, how, at, by_account) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (session, trainee) DO UPDATE SET mark = $3, how = $4, at = $5, by_account = $6",
    )
    .bind(session)
    .bind(who)
    .bind(mark)
    .bind(how)
    .bind(now)
    .bind(caller.account)
    .once()
    .await?;
    Ok(())
}

fn problem(key: &'static str) -> ProgrammeError {
    ProgrammeError::Invalid(vec![Problem { field: "marks", key }])
}
