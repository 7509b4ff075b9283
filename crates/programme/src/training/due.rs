//! Who should come again: to a follow-up of what she completed, or to the course itself, as its curriculum says.
//!
//! Each is a fact that stands, on the day from which it is told: three months before it is due. So whoever counts whole months that are
//! over learns of what is due in the three months after them, and nobody asks about days that have not come.

use ceiba_access::{Act, Caller};
use ceiba_store::{Fact, Tx};
use jiff::civil::Date;
use uuid::Uuid;

use super::{Course, courses, may};
use crate::learning::rounds;
use crate::{Outcome, Programme, dates};

/// The course itself, again.
pub(super) const REFRESH: &str = "training.refresh";
/// The next round of questions months later.
pub(super) const FOLLOW: &str = "training.follow";
/// How long before it is due it is told.
const AHEAD: i32 = 3;

fn months(day: Date, n: i32) -> Date {
    day.saturating_add(jiff::Span::new().months(n))
}

/// What somebody who completed a course should come to, each with what would make it another fact.
pub(super) async fn of(
    p: &Programme,
    tx: &mut Tx,
    (course, who): (&Course, Uuid),
    (completed, sign): (&Fact, &str),
) -> Outcome<Vec<(Fact, String)>> {
    let fact = |kind: &'static str, day: Date| Fact {
        kind,
        at: dates::start(day, &p.pack.zone),
        day: day.to_string(),
        outcome: None,
        sex: None,
        dims: completed.dims.iter().filter(|(dim, _)| *dim == "institution").cloned().collect(),
        ..completed.clone()
    };
    let Ok(to) = course.to_day.parse::<Date>() else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    let term = p.pack.training.find(&course.curriculum, course.curriculum_version);
    if let Some(n) = term.and_then(|c| c.refresh_after_months)
        && !again(tx, course, who).await?
    {
        let day = months(to, n - AHEAD);
        all.push((fact(REFRESH, day), format!("{day}|{sign}")));
    }
    let rounds = rounds::of_course(tx, course.id).await?;
    // Without a test before there is nothing to compare with, and nobody is asked.
    if rounds.iter().any(|r| r.phase == "pre") {
        let next = ["month3", "month6"].into_iter().find(|phase| !rounds.iter().any(|r| r.phase == *phase));
        if let Some(due) = next.and_then(|phase| rounds::due(course, phase)) {
            let day = months(due, -AHEAD);
            all.push((fact(FOLLOW, day), format!("{day}|{sign}")));
        }
    }
    Ok(all)
}

/// Whether she completed the same in a later course.
async fn again(tx: &mut Tx, course: &Course, who: Uuid) -> Outcome<bool> {
    let row = tx
        .sql(
            "SELECT 1 AS x FROM training_counted k JOIN training_course c ON c.id = k.scope
             WHERE k.kind = 'training.completed' AND k.trainee = $1 AND c.curriculum = $2 AND c.to_day > $3 LIMIT 1",
        )
        .bind(who)
        .bind(&course.curriculum)
        .bind(&course.to_day)
        .optional()
        .await?;
    Ok(row.is_some())
}

/// Earlier courses of the same curriculum that people of this one completed: what is due of them may have changed.
pub(super) async fn refreshed_by(p: &Programme, tx: &mut Tx, course: &Course) -> Outcome<Vec<Course>> {
    let term = p.pack.training.newest(&course.curriculum).and_then(|c| c.refresh_after_months);
    if term.is_none() {
        return Ok(Vec::new());
    }
    let rows = tx
        .sql(
            "SELECT DISTINCT c.* FROM training_course c JOIN training_counted k ON k.scope = c.id AND k.kind = 'training.completed'
               JOIN trainee t ON t.id = k.trainee OR t.merged_into = k.trainee
               JOIN training_place l ON l.trainee = t.id AND l.course = $1
             WHERE c.curriculum = $2 AND c.to_day < $3 ORDER BY c.code",
        )
        .bind(course.id)
        .bind(&course.curriculum)
        .bind(&course.to_day)
        .all()
        .await?;
    rows.iter().map(Course::read).collect()
}

/// A course that should be given again to people who completed it, and on which day that is due.
pub struct Again {
    /// The course.
    pub course: Course,
    /// When.
    pub due: Date,
}

/// Courses of which a refresher is due within three months, or was due, for somebody; the oldest first.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn courses_due(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Again>> {
    may(p, caller, Act::TRAINING_READ)?;
    let rows = tx
        .sql(
            "SELECT DISTINCT k.scope, f.day FROM training_counted k JOIN fact f ON f.id = k.fact
             WHERE k.kind = 'training.refresh' AND f.day <= $1 ORDER BY f.day, k.scope",
        )
        .bind(p.day(p.store.clock.now()))
        .all()
        .await?;
    let mut all = Vec::new();
    for row in &rows {
        let Ok(told) = row.get::<String>("day")?.parse::<Date>() else { continue };
        all.push(Again { course: courses::lookup(tx, row.get("scope")?).await?, due: months(told, AHEAD) });
    }
    Ok(all)
}
