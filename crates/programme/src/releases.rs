//! Every number that leaves, once: the question, the answer as it was shown, for whom, why, and who let it go.
//!
//! The same question gets the answer that is kept, and a new one is compared with all that were given (ADR 0022). What pages
//! show to the programme's own people is kept at once; what goes to a donor or to anybody waits for a second person.

use ceiba_access::{Act, Caller, Situation};
use ceiba_disclosure::{Audience, Many, Past, Question, SafeAnswer, guard};
use ceiba_store::{Micros, Row, Tx, Work};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::results::{Measure, Span};
use crate::{Outcome, Problems, Programme, ProgrammeError, results};

/// Why numbers are asked for.
pub const REASONS: [&str; 5] = ["donor_report", "coordination", "public_note", "research", "law"];
/// Why they do not leave.
pub const REFUSALS: [&str; 4] = ["not_needed", "too_fine", "wrong_recipient", "wrong_number"];

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
    /// Why: one of [`REASONS`].
    pub reason: Option<String>,
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

    fn past(&self) -> Outcome<Past> {
        let lines = serde_json::from_str(&self.body).map_err(|_| damaged())?;
        Ok(Past { question: self.question.clone(), lines })
    }
}

const fn damaged() -> ProgrammeError {
    ProgrammeError::Unreadable("a release")
}

/// Exact numbers of a question: a code for each dimension, whom it counts when that is less than the whole, and how many. They
/// never leave `results` and this file.
pub(crate) type Exact = Vec<(Vec<String>, Option<ceiba_disclosure::Region>, u64)>;

/// What is asked on the way to an answer.
pub(crate) struct Asked<'a> {
    pub(crate) question: &'a Question,
    pub(crate) audience: Audience,
    /// Whether the days are over: only then an answer can be kept.
    pub(crate) complete: bool,
    pub(crate) many: Many,
}

/// The answer that is kept for a question, if there is one.
pub(crate) async fn kept(
    tx: &mut Tx,
    question: &Question,
    audience: Audience,
) -> Outcome<Option<SafeAnswer>> {
    let row = tx
        .sql("SELECT * FROM released WHERE fingerprint = $1 AND audience = $2 AND state <> 'refused'")
        .bind(question.fingerprint())
        .bind(audience.code())
        .optional()
        .await?;
    row.map(|row| Release::read(&row)?.answer()).transpose()
}

/// Everything that left of a measure, oldest first.
async fn before(tx: &mut Tx, measure: &str) -> Outcome<Vec<Past>> {
    let rows = tx
        .sql("SELECT * FROM released WHERE measure = $1 AND state <> 'refused' ORDER BY at, id")
        .bind(measure)
        .all()
        .await?;
    rows.iter().map(|row| Release::read(row)?.past()).collect()
}

/// The answer to a question of a page: the one that is kept, or a new one beside all earlier ones, which is kept before it is
/// shown. Days that are not over change by themselves: their answer is looked at beside earlier ones and not kept.
///
/// This opens a unit of work of its own and commits it: a page that shows a number and then fails has shown it all the same.
pub(crate) async fn answer(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    asked: &Asked<'_>,
    exact: impl AsyncFnOnce(&mut Tx) -> Outcome<Exact>,
) -> Outcome<SafeAnswer> {
    if let Some(answer) = kept(tx, asked.question, asked.audience).await? {
        return Ok(answer);
    }
    if !asked.complete {
        let exact = exact(tx).await?;
        let before = before(tx, &asked.question.measure).await?;
        return guarded(asked, &exact, &before);
    }
    let mut work = p.store.work(caller.account).await?;
    // Somebody may have asked meanwhile.
    if let Some(answer) = kept(work.tx(), asked.question, asked.audience).await? {
        return Ok(answer);
    }
    let exact = exact(work.tx()).await?;
    let before = before(work.tx(), &asked.question.measure).await?;
    let answer = guarded(asked, &exact, &before)?;
    let id = keep(&mut work, caller, asked, &answer, "kept", None).await?;
    let hash = Sha256::digest(body(&answer)?.as_bytes()).into();
    work.record("release.keep", "release", id, hash).await?;
    work.commit().await?;
    Ok(answer)
}

fn guarded(asked: &Asked<'_>, exact: &Exact, before: &[Past]) -> Outcome<SafeAnswer> {
    guard(asked.question, exact, before, asked.audience.threshold(), asked.many)
        .map_err(|_| ProgrammeError::Unreadable("a table of counts"))
}

fn body(answer: &SafeAnswer) -> Outcome<String> {
    serde_json::to_string(&answer.past().lines).map_err(|_| damaged())
}

async fn keep(
    work: &mut Work,
    caller: &Caller,
    asked: &Asked<'_>,
    answer: &SafeAnswer,
    state: &str,
    for_whom: Option<(&str, &str)>,
) -> Outcome<Uuid> {
    let (id, at) = (work.chance().id(), work.at());
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    work.sql(
        "INSERT INTO released (id, at, measure, question, fingerprint, audience, threshold, state, body, small, earlier,
           recipient, reason, asked_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(id)
    .bind(at)
    .bind(&asked.question.measure)
    .bind(serde_json::to_string(asked.question).map_err(|_| damaged())?)
    .bind(asked.question.fingerprint())
    .bind(asked.audience.code())
    .bind(i64::try_from(asked.audience.threshold().k()).unwrap_or(i64::MAX))
    .bind(state)
    .bind(body(answer)?)
    .bind(number(answer.hidden().0))
    .bind(number(answer.hidden().1))
    .bind(for_whom.map(|(recipient, _)| recipient.to_owned()))
    .bind(for_whom.map(|(_, reason)| reason.to_owned()))
    .bind(caller.account)
    .once()
    .await?;
    Ok(id)
}

/// What is asked for somebody outside.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// What is counted.
    pub measure: Measure,
    /// Of whom: days that are over.
    pub span: &'a Span,
    /// For whom.
    pub audience: Audience,
    /// Who gets it, in a few words: an institution, never a person.
    pub recipient: &'a str,
    /// Why: one of [`REASONS`].
    pub reason: &'a str,
}

/// Asks that a table leave. It is computed now, so that whoever decides sees what would leave, and counts as released for every
/// later question until it is refused.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when the same was asked before.
pub async fn ask(p: &Programme, work: &mut Work, caller: &Caller, new: &New<'_>) -> Outcome<Uuid> {
    p.may(caller, Act::RELEASE_ASK)?;
    let mut problems = Problems::default();
    let recipient = new.recipient.trim();
    problems.when(recipient.is_empty(), "recipient", "problem-release-recipient");
    problems.when(recipient.chars().count() > 120, "recipient", "problem-too-long");
    problems.when(!REASONS.contains(&new.reason), "reason", "problem-reason");
    problems.when(new.audience == Audience::Office, "audience", "problem-choose");
    problems.when(!results::is_over(p, new.span), "months", "problem-release-months");
    problems.done()?;
    let question = results::question(new.measure, new.span)?;
    let asked = Asked { question: &question, audience: new.audience, complete: true, many: Many::Compare };
    let same = work
        .sql("SELECT 1 AS x FROM released WHERE fingerprint = $1 AND audience = $2")
        .bind(question.fingerprint())
        .bind(new.audience.code())
        .optional()
        .await?;
    if same.is_some() {
        return Err(ProgrammeError::State("state-release-asked"));
    }
    let exact = results::exact(work.tx(), new.measure, new.span).await?;
    let before = before(work.tx(), &question.measure).await?;
    let answer = guarded(&asked, &exact, &before)?;
    let id = keep(work, caller, &asked, &answer, "asked", Some((recipient, new.reason))).await?;
    let hash = Sha256::digest(body(&answer)?.as_bytes()).into();
    work.record("release.ask", "release", id, hash).await?;
    Ok(id)
}

/// Lets a table go, or not. Whoever asked does not decide.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] when it is refused without a reason; [`ProgrammeError::Taken`] when somebody
/// else decided meanwhile.
pub async fn decide(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    id: Uuid,
    refusal: Option<&str>,
) -> Outcome<()> {
    let release = one(work.tx(), id).await?;
    let by_self = release.as_ref().is_some_and(|r| r.asked_by == caller.account);
    p.may_on(caller, Act::RELEASE_REVIEW, id, &Situation { by_self, ..Situation::default() })?;
    let release = release.ok_or(ceiba_access::Refusal::Absent)?;
    if let (Some(by), Some(at)) = (release.reviewed_by, release.reviewed_at) {
        return Err(ProgrammeError::Taken { by, at });
    }
    if release.state != "asked" {
        return Err(ceiba_access::Refusal::Absent.into());
    }
    let mut problems = Problems::default();
    problems.when(refusal.is_some_and(|why| !REFUSALS.contains(&why)), "why", "problem-reason");
    problems.done()?;
    let (state, action) =
        if refusal.is_some() { ("refused", "release.refuse") } else { ("released", "release.let") };
    let at = work.at();
    work.sql(
        "UPDATE released SET state = $1, reviewed_by = $2, reviewed_at = $3, refusal = $4 WHERE id = $5 AND state = 'asked'",
    )
    .bind(state)
    .bind(caller.account)
    .bind(at)
    .bind(refusal.map(str::to_owned))
    .bind(id)
    .once()
    .await?;
    Ok(work.record(action, "release", id, Sha256::digest(release.body.as_bytes()).into()).await?)
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
        tx.sql("SELECT * FROM released WHERE state = 'kept' ORDER BY at DESC, id LIMIT 30").all().await?;
    rows.iter().map(Release::read).collect()
}

/// One that was asked for somebody outside.
///
/// # Errors
/// The gate's refusal, also when there is none.
pub async fn read(p: &Programme, tx: &mut Tx, caller: &Caller, id: Uuid) -> Outcome<Release> {
    p.may(caller, Act::NUMBERS_READ)?;
    let found = one(tx, id).await?.filter(|r| r.state != "kept");
    Ok(found.ok_or(ceiba_access::Refusal::Absent)?)
}

async fn one(tx: &mut Tx, id: Uuid) -> Outcome<Option<Release>> {
    let row = tx.sql("SELECT * FROM released WHERE id = $1").bind(id).optional().await?;
    row.as_ref().map(Release::read).transpose()
}
