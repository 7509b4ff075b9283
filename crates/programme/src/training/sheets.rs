//! A sheet of paper: printed with whoever has a place and rows to write in, and typed when it comes back, all rows at once. What is not
//! right is said at its row, and nothing is written until everything is.

use ceiba_access::{Act, Caller};
use ceiba_store::{Micros, Row as Record, Tx, Work};
use uuid::Uuid;

use super::{Session, courses, marks, may, people, roster, sessions};
use crate::{Outcome, Programme, ProgrammeError, codes};

mod typed;

pub use typed::{Kept, Typed, Words, Wrong, keep, words};

/// The fewest rows of a sheet: one page of A4.
pub const ROWS: usize = 40;
/// Blank rows below a long list.
const BLANK: usize = 5;

/// A printed sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its id.
    pub id: Uuid,
    /// Its code, `H-7K3M9`, printed on it.
    pub code: String,
    /// The session it is for.
    pub session: Uuid,
    /// How many rows it has.
    pub rows: i64,
    /// When it was printed.
    pub at: Micros,
    /// When it was typed last.
    pub typed_at: Option<Micros>,
    /// Its version.
    pub version: i64,
}

impl Sheet {
    fn read(row: &Record) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            code: row.get("code")?,
            session: row.get("session")?,
            rows: row.get("rows")?,
            at: row.get("at")?,
            typed_at: row.get("typed_at")?,
            version: row.get("version")?,
        })
    }
}

/// Prints a sheet of a session: whoever has a place stands on it by name, in rows that stay hers; the rest is blank.
///
/// # Errors
/// [`ProgrammeError::State`] when the course does not run or the session is cancelled.
pub async fn print(p: &Programme, work: &mut Work, caller: &Caller, session: &Session) -> Outcome<String> {
    may(p, caller, Act::TRAINING_WRITE)?;
    let course = courses::lookup(work.tx(), session.course).await?;
    courses::open(&course)?;
    if session.state == "cancelled" {
        return Err(ProgrammeError::State("state-training-cancelled"));
    }
    let people = roster::of(p, work.tx(), caller, course.id).await?;
    let rows = i64::try_from(ROWS.max(people.len() + BLANK)).unwrap_or(i64::MAX);
    let (id, now, code) = (work.chance().id(), work.at(), free_code(work).await?);
    work.sql(
        "INSERT INTO training_sheet (id, code, session, rows, at, by_account, version) VALUES ($1, $2, $3, $4, $5, $6, 1)",
    )
    .bind(id)
    .bind(&code)
    .bind(session.id)
    .bind(rows)
    .bind(now)
    .bind(caller.account)
    .once()
    .await?;
    for (n, one) in (1..).zip(&people) {
        stand(work, (id, n), one.trainee.id).await?;
    }
    work.record("training.sheet", "sheet", id, [0; 32]).await?;
    Ok(code)
}

async fn stand(work: &mut Work, (sheet, n): (Uuid, i64), who: Uuid) -> Outcome<()> {
    work.sql("INSERT INTO training_sheet_row (sheet, n, trainee) VALUES ($1, $2, $3)")
        .bind(sheet)
        .bind(n)
        .bind(who)
        .once()
        .await?;
    Ok(())
}

async fn free_code(work: &mut Work) -> Outcome<String> {
    loop {
        let code = codes::draw(work.chance(), 'H', 4);
        let taken =
            work.sql("SELECT 1 AS x FROM training_sheet WHERE code = $1").bind(&code).optional().await?;
        if taken.is_none() {
            return Ok(code);
        }
    }
}

/// A sheet by its code as typed, with its session.
///
/// # Errors
/// When the gate refuses; [`ceiba_access::Refusal::Absent`] when there is none.
pub async fn find(p: &Programme, tx: &mut Tx, caller: &Caller, code: &str) -> Outcome<(Sheet, Session)> {
    may(p, caller, Act::TRAINEE_READ)?;
    let code = codes::read(code, 'H', 4).unwrap_or_default();
    let row = tx.sql("SELECT * FROM training_sheet WHERE code = $1").bind(code).optional().await?;
    let sheet = row.as_ref().map(Sheet::read).transpose()?.ok_or(ceiba_access::Refusal::Absent)?;
    let session = sessions::lookup(tx, sheet.session).await?;
    Ok((sheet, session))
}

/// The sheets of a course, the newest first, with the number of their session.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn of(p: &Programme, tx: &mut Tx, caller: &Caller, course: Uuid) -> Outcome<Vec<(Sheet, i64)>> {
    may(p, caller, Act::TRAINING_READ)?;
    let rows = tx
        .sql(
            "SELECT h.*, s.n FROM training_sheet h JOIN training_session s ON s.id = h.session
             WHERE s.course = $1 ORDER BY h.at DESC, h.code",
        )
        .bind(course)
        .all()
        .await?;
    rows.iter().map(|r| Ok((Sheet::read(r)?, r.get("n")?))).collect()
}

/// Who stands in a row of a sheet.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The number of the row, from 1.
    pub n: i64,
    /// Who, as she was found to be.
    pub trainee: super::Trainee,
    /// Her institution in this course.
    pub institution: Option<String>,
    /// Her post in this course.
    pub post: Option<String>,
    /// What is noted of her in this session; empty: nothing.
    pub mark: String,
}

/// The rows in which somebody stands, in their order.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn standing(p: &Programme, tx: &mut Tx, caller: &Caller, sheet: &Sheet) -> Outcome<Vec<Standing>> {
    may(p, caller, Act::TRAINEE_READ)?;
    let session = sessions::lookup(tx, sheet.session).await?;
    let placed = roster::placed(tx, session.course).await?;
    let marks = marks::every(tx, session.id).await?;
    let rows = tx
        .sql(
            "SELECT r.n, COALESCE(t.merged_into, t.id) AS who FROM training_sheet_row r JOIN trainee t ON t.id = r.trainee
             WHERE r.sheet = $1 ORDER BY r.n",
        )
        .bind(sheet.id)
        .all()
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let who: Uuid = row.get("who")?;
        let trainee = people::get(p, tx, caller, who).await?;
        let at = placed.iter().find(|l| l.who == who);
        all.push(Standing {
            n: row.get("n")?,
            trainee,
            institution: at.and_then(|l| l.institution.clone()),
            post: at.and_then(|l| l.post.clone()),
            mark: marks.get(&who).map(|m| m.mark.clone()).unwrap_or_default(),
        });
    }
    Ok(all)
}
