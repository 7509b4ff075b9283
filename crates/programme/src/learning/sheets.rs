//! Sheets of a test: handed in on a phone behind a code, or typed from paper. What pairs the sheets of one person is a hash, and what is
//! made of them are facts and means.

use ceiba_access::{Act, Caller, Situation};
use ceiba_store::{Fact, Row, Tx, Work};
use uuid::Uuid;

use super::items::Test;
use super::rounds::{self, Round};
use super::shown;
use crate::training::{Course, Trainee, courses, people, roster};
use crate::{Outcome, Problems, Programme, ProgrammeError, partners, words};

/// What somebody says of a technique months later.
pub const APPLIED: [&str; 3] = ["yes", "partly", "no"];

/// A sheet as it is handed in.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Who: her own mark, or the code on her badge where the test is named.
    pub who: String,
    /// A letter or `-` for each item.
    pub answers: String,
    /// Of each technique, one of [`APPLIED`]; only of the last round, and as many as she answered.
    pub applied: Vec<(String, String)>,
}

/// A sheet typed from paper, as the page lists it: without whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Its id.
    pub id: Uuid,
    /// The letters.
    pub answers: String,
    /// On which day.
    pub day: String,
}

/// Hands a sheet in on a phone. Nobody is signed in; nothing is told about anybody. The same sheet a second time is the same sheet: it
/// says `false`, and nothing is kept.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn hand_in(p: &Programme, work: &mut Work, round: &Round, sheet: &Sheet) -> Outcome<bool> {
    let caller = partners::partner();
    let own = Situation { own: true, ..Situation::default() };
    p.may_on(&caller, Act::TRAINING_ATTEND, round.id, &own)?;
    // More sheets than a course can have people: somebody plays with the code.
    let row = work.sql("SELECT COUNT(*) AS n FROM test_sheet WHERE round = $1").bind(round.id).one().await?;
    if row.get::<i64>("n")? >= courses::MOST {
        return Err(ProgrammeError::TooMany);
    }
    keep(p, work, round, sheet, "phone").await
}

/// Types a sheet from paper.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend.
pub async fn type_in(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    round: &Round,
    sheet: &Sheet,
) -> Outcome<bool> {
    p.may(caller, Act::TRAINING_WRITE)?;
    keep(p, work, round, sheet, "paper").await
}

async fn keep(p: &Programme, work: &mut Work, round: &Round, sheet: &Sheet, how: &str) -> Outcome<bool> {
    let test = rounds::of(p, round).ok_or(ProgrammeError::Unreadable("a test that no pack has"))?;
    let course = courses::lookup(work.tx(), round.course).await?;
    let mut problems = Problems::default();
    let trainee = if test.named { placed(work.tx(), &course, &sheet.who).await? } else { None };
    let mark = words::words(&sheet.who).concat();
    if test.named {
        problems.when(trainee.is_none(), "who", "problem-test-code");
    } else {
        // A mark that many would choose pairs nobody; a long one is a name.
        problems.when(mark.chars().count() < 4, "who", "problem-test-mark-short");
        problems.when(mark.chars().count() > 24, "who", "problem-test-mark-long");
        problems.when(
            !mark.chars().any(char::is_numeric) || !mark.chars().any(char::is_alphabetic),
            "who",
            "problem-test-mark-form",
        );
    }
    let answers = test.read(&sheet.answers);
    problems.when(answers.is_none(), "answers", "problem-test-answers");
    let taught = techniques(p, &course);
    let known =
        |(code, said): &(String, String)| taught.contains(&code.as_str()) && APPLIED.contains(&said.as_str());
    problems.when(!sheet.applied.iter().all(known), "applied", "problem-choose");
    problems.when(round.phase != "month6" && !sheet.applied.is_empty(), "applied", "problem-choose");
    let who = match &trainee {
        Some(trainee) => people::subject(p, trainee.id),
        None => pairing(p, round.course, &mark),
    };
    let before = of(work.tx(), round.id, who).await?;
    if how == "phone" && before.is_some() && before == answers {
        return Ok(false);
    }
    problems.when(
        before.is_some(),
        "who",
        if test.named { "problem-test-twice" } else { "problem-test-mark-taken" },
    );
    problems.done()?;
    let answers = answers.unwrap_or_default();
    let applied: Vec<String> = sheet.applied.iter().map(|(code, said)| format!("{code}={said}")).collect();
    let (id, day) = (work.chance().id(), p.day(work.at()));
    work.sql(
        "INSERT INTO test_sheet (id, round, who, trainee, answers, applied, score, how, day)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(round.id)
    .bind(who)
    .bind(trainee.as_ref().map(|t| t.id))
    .bind(&answers)
    .bind(applied.join(" "))
    .bind(test.score(&answers))
    .bind(how)
    .bind(day)
    .once()
    .await?;
    work.record("test.sheet", "training", round.id, [0; 32]).await?;
    let kept = Kept { who, answers, applied: sheet.applied.clone(), trainee };
    count(p, work, (test, &course, round), &kept).await?;
    Ok(true)
}

/// Codes of what the curriculum of a course teaches to do.
#[must_use]
pub fn techniques<'a>(p: &'a Programme, course: &Course) -> Vec<&'a str> {
    let found = p.pack.training.find(&course.curriculum, course.curriculum_version);
    found.map(|c| c.techniques().into_iter().collect()).unwrap_or_default()
}

/// What pairs the sheets of whoever chose this mark in this course. The office key goes into it: from the database alone nobody tries
/// marks, and the same mark in another course is somebody else.
fn pairing(p: &Programme, course: Uuid, mark: &str) -> [u8; 16] {
    let hash = p.office.token_hash(format!("test mark {course} {mark}").as_bytes());
    let mut half = [0; 16];
    half.copy_from_slice(&hash[..16]);
    half
}

/// Whoever has this code, when she has a place in the course.
async fn placed(tx: &mut Tx, course: &Course, code: &str) -> Outcome<Option<Trainee>> {
    let Some(trainee) = people::by_code(tx, code).await? else { return Ok(None) };
    let placed = roster::placed(tx, course.id).await?;
    Ok(placed.iter().any(|l| l.who == trainee.id).then_some(trainee))
}

struct Kept {
    who: [u8; 16],
    answers: String,
    applied: Vec<(String, String)>,
    trainee: Option<Trainee>,
}

async fn of(tx: &mut Tx, round: Uuid, who: [u8; 16]) -> Outcome<Option<String>> {
    let row = tx
        .sql("SELECT answers FROM test_sheet WHERE round = $1 AND who = $2")
        .bind(round)
        .bind(who)
        .optional()
        .await?;
    Ok(row.map(|r| r.get("answers")).transpose()?)
}

/// Adds the facts of a sheet and of the pairs that it completes.
async fn count(
    p: &Programme,
    work: &mut Work,
    (test, course, round): (&Test, &Course, &Round),
    kept: &Kept,
) -> Outcome<()> {
    let score = test.score(&kept.answers);
    let mut dims = vec![("course", course.code.clone())];
    if let Some(institution) = kept.trainee.as_ref().and_then(|t| t.institution.clone()) {
        dims.push(("institution", institution));
    }
    let (at, day) = (work.at(), p.day(work.at()));
    let fact = |kind: &'static str, code: &str, outcome: &str, amount: i64| Fact {
        kind,
        at,
        day: day.clone(),
        code: Some(code.to_owned()),
        outcome: Some(outcome.to_owned()),
        municipality: Some(course.municipality.clone()),
        subject: Some(kept.who),
        amount,
        dims: dims.clone(),
        ..Fact::default()
    };
    let mut all = vec![fact("training.test", &course.curriculum, &round.phase, score)];
    let others = rounds::of_course(work.tx(), round.course).await?;
    let mut scores = Vec::new();
    for other in &others {
        let answers = if other.id == round.id {
            Some(kept.answers.clone())
        } else {
            of(work.tx(), other.id, kept.who).await?
        };
        scores.extend(answers.map(|a| (other.phase.as_str(), test.score(&a))));
    }
    let said = |phase: &str| scores.iter().find(|(p, _)| *p == phase).map(|(_, score)| *score);
    let now = round.phase.as_str();
    if let (Some(pre), Some(post)) = (said("pre"), said("post"))
        && pairs(now, "training.gain", "")
    {
        let passed = if post >= test.pass { "passed" } else { "not_passed" };
        all.push(fact("training.gain", &course.curriculum, passed, post - pre));
    }
    for phase in ["month3", "month6"] {
        if let (Some(post), Some(later)) = (said("post"), said(phase))
            && pairs(now, "training.kept", phase)
        {
            all.push(fact("training.kept", &course.curriculum, phase, later - post));
        }
    }
    for (technique, said) in &kept.applied {
        all.push(fact("practice.applied", technique, said, 1));
    }
    for one in all {
        work.fact(one).await?;
    }
    Ok(())
}

/// Whether a sheet of a round is one of those that a fact of this kind and outcome was made of.
fn pairs(phase: &str, kind: &str, outcome: &str) -> bool {
    match kind {
        "training.test" => phase == outcome,
        "training.gain" => ["pre", "post"].contains(&phase),
        "training.kept" => ["post", outcome].contains(&phase),
        _ => phase == "month6",
    }
}

/// Takes back what was counted of a sheet, each fact on its own day: a mistake of June that is found in July is no score of July.
async fn uncount(work: &mut Work, (course, round): (&Course, &Round), who: [u8; 16]) -> Outcome<()> {
    for kind in ["training.test", "training.gain", "training.kept", "practice.applied"] {
        let rows = work
            .sql(
                "SELECT f.id, f.outcome FROM fact f JOIN fact_dim d ON d.fact = f.id AND d.dim = 'course' AND d.value = $1
                 WHERE f.subject = $2 AND f.kind = $3 AND f.backs IS NULL
                   AND NOT EXISTS (SELECT 1 FROM fact b WHERE b.backs = f.id)
                 ORDER BY f.id",
            )
            .bind(&course.code)
            .bind(who.to_vec())
            .bind(kind)
            .all()
            .await?;
        for row in rows {
            if pairs(&round.phase, kind, &row.get::<String>("outcome")?) {
                work.fact_back(kind, row.get("id")?).await?;
            }
        }
    }
    Ok(())
}

/// The sheets that were typed from paper, the last one first, to find a slip of the finger: letters, not whose.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn typed(p: &Programme, tx: &mut Tx, caller: &Caller, round: Uuid) -> Outcome<Vec<Typed>> {
    p.may(caller, Act::TRAINING_WRITE)?;
    let rows = tx
        .sql("SELECT id, answers, day FROM test_sheet WHERE round = $1 AND how = 'paper' ORDER BY day DESC, id")
        .bind(round)
        .all()
        .await?;
    let read = |r: &Row| Ok(Typed { id: r.get("id")?, answers: r.get("answers")?, day: r.get("day")? });
    rows.iter().map(read).collect()
}

/// Takes a typed sheet back, and what was counted of it.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Stale`] when it is gone already.
pub async fn take_back(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    round: &Round,
    id: Uuid,
) -> Outcome<()> {
    p.may(caller, Act::TRAINING_WRITE)?;
    let row = work
        .sql("SELECT who FROM test_sheet WHERE id = $1 AND round = $2 AND how = 'paper'")
        .bind(id)
        .bind(round.id)
        .optional()
        .await?;
    let Some(row) = row else { return Err(ProgrammeError::Stale) };
    let course = courses::lookup(work.tx(), round.course).await?;
    uncount(work, (&course, round), row.bytes("who")?).await?;
    shown::forget(work, round.course, id).await?;
    work.sql("DELETE FROM test_sheet WHERE id = $1").bind(id).once().await?;
    Ok(work.record("test.sheet.back", "training", round.id, [0; 32]).await?)
}

/// Whether somebody passed the test after a course, on whichever of her rows she wrote it.
pub(super) async fn passed(tx: &mut Tx, test: &Test, rounds: &[Round], trainee: Uuid) -> Outcome<bool> {
    let Some(after) = rounds.iter().find(|r| r.phase == "post") else { return Ok(false) };
    let rows = tx
        .sql(
            "SELECT s.answers FROM test_sheet s JOIN trainee t ON t.id = s.trainee
             WHERE s.round = $1 AND (t.id = $2 OR t.merged_into = $2)",
        )
        .bind(after.id)
        .bind(trainee)
        .all()
        .await?;
    for row in rows {
        if test.score(&row.get::<String>("answers")?) >= test.pass {
            return Ok(true);
        }
    }
    Ok(false)
}
