//! Every number that leaves, once: the question, the answer as it was shown, for whom, why, and who let it go.
//!
//! The same question gets the answer that is kept, and a new one is compared with all that were given (ADR 0022). What pages
//! show to the programme's own people is kept at once; what goes to a donor or to anybody waits for a second person.

use ceiba_access::{Act, Caller};
use ceiba_disclosure::{Past, Question, Region, SafeAnswer};
use ceiba_store::{Micros, Row, Tx};
use uuid::Uuid;

use crate::{Outcome, Programme, ProgrammeError, results};

mod answer;
mod ask;
mod sheet;

pub(crate) use answer::{Asked, Exact, Outside, answer, outside_of, outside_one, shown, values};
pub use ask::{New, ask, decide, restate};
pub(crate) use sheet::{beside, let_go, stand, withdraw};

/// Why numbers are asked for.
pub const REASONS: [&str; 5] = ["donor_report", "coordination", "public_note", "research", "law"];
/// Why they do not leave.
pub const REFUSALS: [&str; 4] = ["not_needed", "too_fine", "wrong_recipient", "wrong_number"];

/// Why an answer that left was wrong.
pub const WRONGS: [&str; 4] = ["program", "import", "entry", "counted_twice"];

/// A line of the log.
#[derive(Clone, Debug)]
pub struct Release {
    /// Its id.
    pub id: Uuid,
    /// When it was asked.
    pub at: Micros,
    /// The code of what is counted.
    pub measure: String,
    /// Of whom.
    pub question: Question,
    /// For whom: `office`, `donor`, `public`.
    pub audience: String,
    /// From how many people on a group is shown.
    pub threshold: i64,
    /// `kept`, `asked`, `released` or `refused`.
    pub state: String,
    /// How many numbers are hidden: small ones, and those that earlier answers would give away.
    pub hidden: (i64, i64),
    /// Who gets it, as the one who asked wrote it.
    pub recipient: Option<String>,
    /// Why: one of [`REASONS`], or of [`WRONGS`] when it restates another.
    pub reason: Option<String>,
    /// What was wrong with the one that it restates, in words of who asked.
    pub note: Option<String>,
    /// Which it restates.
    pub restates: Option<Uuid>,
    /// 1, or more for a restatement.
    pub version: i64,
    /// Of which facts it was made: those entered before this position of the ledger.
    pub entered: i64,
    /// The public sheet that it stands on, with which it is decided.
    pub part_of: Option<Uuid>,
    /// Who asked.
    pub asked_by: Uuid,
    /// Who decided.
    pub reviewed_by: Option<Uuid>,
    /// When.
    pub reviewed_at: Option<Micros>,
    /// Why not: one of [`REFUSALS`].
    pub refusal: Option<String>,
    body: String,
}

impl Release {
    fn read(row: &Row) -> Outcome<Self> {
        let question: String = row.get("question")?;
        Ok(Self {
            id: row.get("id")?,
            at: row.get("at")?,
            measure: row.get("measure")?,
            question: serde_json::from_str(&question).map_err(|_| damaged())?,
            audience: row.get("audience")?,
            threshold: row.get("threshold")?,
            state: row.get("state")?,
            hidden: (row.get("small")?, row.get("earlier")?),
            recipient: row.get("recipient")?,
            reason: row.get("reason")?,
            note: row.get("note")?,
            restates: row.get("restates")?,
            version: row.get("version")?,
            entered: row.get("entered")?,
            part_of: row.get("part_of")?,
            asked_by: row.get("asked_by")?,
            reviewed_by: row.get("reviewed_by")?,
            reviewed_at: row.get("reviewed_at")?,
            refusal: row.get("refusal")?,
            body: row.get("body")?,
        })
    }

    /// The answer as it was shown.
    ///
    /// # Errors
    /// When the row is damaged.
    pub fn answer(&self) -> Outcome<SafeAnswer> {
        Ok(SafeAnswer::again(self.past()?))
    }

    /// The measures as they were shown, by their codes, when it is no answer of counts.
    ///
    /// # Errors
    /// When the row is damaged.
    pub fn values(&self) -> Outcome<Vec<(Vec<String>, Option<f64>)>> {
        let lines: Vec<(Vec<String>, Option<Region>, Option<f64>)> =
            serde_json::from_str(&self.body).map_err(|_| damaged())?;
        Ok(lines.into_iter().map(|(codes, _, value)| (codes, value)).collect())
    }

    /// Whether it is of counts.
    #[must_use]
    pub fn is_of_counts(&self) -> bool {
        results::is_of_counts(&self.measure)
    }

    fn past(&self) -> Outcome<Past> {
        let lines = serde_json::from_str(&self.body).map_err(|_| damaged())?;
        Ok(Past { question: self.question.clone(), lines })
    }
}

const fn damaged() -> ProgrammeError {
    ProgrammeError::Unreadable("a release")
}

/// What was asked for somebody outside, newest first; refused ones too.
///
/// # Errors
/// The gate's refusal.
pub async fn outside(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Release>> {
    p.may(caller, Act::NUMBERS_READ)?;
    let rows = tx.sql("SELECT * FROM released WHERE state <> 'kept' ORDER BY at DESC, id").all().await?;
    rows.iter().map(Release::read).collect()
}

/// The last answers of pages, newest first.
///
/// # Errors
/// The gate's refusal.
pub async fn inside(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Release>> {
    p.may(caller, Act::NUMBERS_READ)?;
    let rows =
        tx.sql("SELECT * FROM released WHERE state = 'kept' ORDER BY at DESC, id LIMIT 60").all().await?;
    rows.iter().map(Release::read).collect()
}

/// One of the log.
///
/// # Errors
/// The gate's refusal, also when there is none.
pub async fn read(p: &Programme, tx: &mut Tx, caller: &Caller, id: Uuid) -> Outcome<Release> {
    p.may(caller, Act::NUMBERS_READ)?;
    Ok(one(tx, id).await?.ok_or(ceiba_access::Refusal::Absent)?)
}

/// Every version of an answer but this one, oldest first.
///
/// # Errors
/// The gate's refusal.
pub async fn versions(p: &Programme, tx: &mut Tx, caller: &Caller, of: &Release) -> Outcome<Vec<Release>> {
    p.may(caller, Act::NUMBERS_READ)?;
    let rows = tx
        .sql("SELECT * FROM released WHERE fingerprint = $1 AND audience = $2 AND id <> $3 ORDER BY version")
        .bind(of.question.fingerprint())
        .bind(&of.audience)
        .bind(of.id)
        .all()
        .await?;
    rows.iter().map(Release::read).collect()
}

async fn one(tx: &mut Tx, id: Uuid) -> Outcome<Option<Release>> {
    let row = tx.sql("SELECT * FROM released WHERE id = $1").bind(id).optional().await?;
    row.as_ref().map(Release::read).transpose()
}
