//! Erasing a person: a separate act of two people, by destroying her keys. What must be kept by law stops it.
//!
//! Sources: the right to have data deleted, against the duty to keep evidence while a court may ask for it
//! (domain.md 3.1, step 24; security.md 3.7).

use ceiba_access::{Act, Caller, Situation};
use ceiba_store::{Micros, Row, Tx, Work};
use uuid::Uuid;

use crate::{Outcome, Problems, Programme, ProgrammeError};

mod carry_out;
pub mod hold;
pub(crate) use carry_out::destroy;
pub use carry_out::{apply_again, approve};

/// Bases of an erasure.
pub const BASES: [&str; 3] = ["she_asked", "retention_ended", "entered_by_mistake"];
/// Reasons for refusing one.
pub const REFUSALS: [&str; 4] = ["duty_to_keep", "not_her_wish", "wrong_case", "not_clear"];

/// A request as its row tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: Uuid,
    /// The case it was asked on. All cases of the person are meant.
    pub case: Uuid,
    /// Its code.
    pub code: String,
    /// One of [`BASES`].
    pub basis: String,
    /// Who asked.
    pub asked_by: Uuid,
    /// When.
    pub asked_at: Micros,
    /// `asked`, `approved` or `refused`.
    pub state: String,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// When.
    pub decided_at: Option<Micros>,
    /// Why it was refused: one of [`REFUSALS`].
    pub why: Option<String>,
    /// Whether something must be kept by law.
    pub held: bool,
}

impl Request {
    fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            case: row.get("case_id")?,
            code: row.get("code")?,
            basis: row.get("basis")?,
            asked_by: row.get("asked_by")?,
            asked_at: row.get("asked_at")?,
            state: row.get("state")?,
            decided_by: row.get("decided_by")?,
            decided_at: row.get("decided_at")?,
            why: row.get("why")?,
            held: row.get("held")?,
        })
    }
}

/// Asks for the erasure of the person of a case.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] without a basis; [`ProgrammeError::State`] under a legal
/// hold on any of her cases, or when it was asked already.
pub async fn ask(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, basis: &str) -> Outcome<Uuid> {
    p.may_case(work.tx(), caller, Act::ERASE_ASK, case).await?;
    let mut problems = Problems::default();
    problems.when(!BASES.contains(&basis), "basis", "problem-reason");
    problems.done()?;
    let person = crate::cases::lookup(work.tx(), case).await?.person;
    if hold::any(work.tx(), person).await? {
        return Err(ProgrammeError::State("state-legal-hold"));
    }
    let open = work
        .sql(
            "SELECT 1 AS x FROM erasure_request r JOIN case_file c ON c.id = r.case_id
             WHERE c.person = $1 AND r.state = 'asked'",
        )
        .bind(person)
        .optional()
        .await?;
    if open.is_some() {
        return Err(ProgrammeError::State("state-erasure-asked"));
    }
    let (id, now) = (work.chance().id(), work.at());
    work.sql(
        "INSERT INTO erasure_request (id, case_id, basis, asked_by, asked_at, state)
         VALUES ($1, $2, $3, $4, $5, 'asked')",
    )
    .bind(id)
    .bind(case)
    .bind(basis)
    .bind(caller.account)
    .bind(now)
    .once()
    .await?;
    work.record(&format!("erase.ask.{basis}"), "case", case, [0; 32]).await?;
    Ok(id)
}

/// Refuses a request, with a coded reason. Whoever asked does not decide.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] without a reason; [`ProgrammeError::Taken`] when somebody
/// else decided meanwhile.
pub async fn refuse(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid, why: &str) -> Outcome<()> {
    let request = deciding(p, work, caller, id).await?;
    let mut problems = Problems::default();
    problems.when(!REFUSALS.contains(&why), "why", "problem-reason");
    problems.done()?;
    decide(work, &request, "refused", Some(why)).await?;
    Ok(work.record("erase.refuse", "case", request.case, [0; 32]).await?)
}

/// The request, when this caller may decide on it now.
async fn deciding(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<Request> {
    let request = one(work.tx(), id).await?;
    let now = work.at();
    let known = match &request {
        Some(r) => Situation::of(work.tx(), caller, r.case, now).await?.unwrap_or_default(),
        None => Situation::default(),
    };
    let by_self = request.as_ref().is_some_and(|r| r.asked_by == caller.account);
    let situation = Situation { by_self, blocked: known.blocked, ..Situation::default() };
    p.may_on(caller, Act::ERASE_APPROVE, Uuid::nil(), &situation)?;
    let Some(request) = request else { return Err(ceiba_access::Refusal::Absent.into()) };
    match (request.decided_by, request.decided_at) {
        (Some(by), Some(at)) => Err(ProgrammeError::Taken { by, at }),
        _ => Ok(request),
    }
}

async fn decide(work: &mut Work, r: &Request, state: &'static str, why: Option<&str>) -> Outcome<()> {
    let (now, by) = (work.at(), work.actor());
    work.sql(
        "UPDATE erasure_request SET state = $1, decided_by = $2, decided_at = $3, why = $4
         WHERE id = $5 AND state = 'asked'",
    )
    .bind(state)
    .bind(by)
    .bind(now)
    .bind(why)
    .bind(r.id)
    .once()
    .await?;
    Ok(())
}

/// What a request is read from.
macro_rules! request_columns {
    () => {
        "SELECT r.*, c.code, EXISTS (SELECT 1 FROM case_file o WHERE o.person = c.person AND o.legal_hold) AS held
         FROM erasure_request r JOIN case_file c ON c.id = r.case_id"
    };
}

/// What waits for a second person, oldest first: codes and bases, no names. Cases with which she has a
/// conflict of interest are not among them.
///
/// # Errors
/// The gate's refusal.
pub async fn waiting(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Request>> {
    p.may(caller, Act::ERASE_APPROVE)?;
    let rows = tx
        .sql(concat!(
            request_columns!(),
            " WHERE r.state = 'asked'
             AND NOT EXISTS (SELECT 1 FROM conflict_block b WHERE b.case_id = r.case_id AND b.account = $1)
             ORDER BY r.asked_at, r.id"
        ))
        .bind(caller.account)
        .all()
        .await?;
    rows.iter().map(Request::read).collect()
}

/// The last request on a case. The caller decided that the case may be read.
///
/// # Errors
/// When the database breaks.
pub async fn last(tx: &mut Tx, case: Uuid) -> Outcome<Option<Request>> {
    let row = tx
        .sql(concat!(
            request_columns!(),
            " WHERE r.case_id = $1
             ORDER BY r.asked_at DESC LIMIT 1"
        ))
        .bind(case)
        .optional()
        .await?;
    row.as_ref().map(Request::read).transpose()
}

async fn one(tx: &mut Tx, id: Uuid) -> Outcome<Option<Request>> {
    let row = tx.sql(concat!(request_columns!(), " WHERE r.id = $1")).bind(id).optional().await?;
    row.as_ref().map(Request::read).transpose()
}
