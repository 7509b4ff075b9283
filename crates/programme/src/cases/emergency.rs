//! Emergency access: one case, sixty minutes, a reason, and a review by another person within the pack's term.

use ceiba_access::{Act, Caller, Situation, situation_columns};
use ceiba_store::{HOUR, MINUTE, Micros, Tx, Work};
use uuid::Uuid;

use crate::{Outcome, Problems, Programme, ProgrammeError};

/// How long it lasts.
pub const LASTS: Micros = 60 * MINUTE;

/// Categories of reasons.
pub const CATEGORIES: [&str; 4] = ["life_in_danger", "missing", "court_today", "team_unreachable"];

/// An emergency access to be reviewed.
#[derive(Clone, Debug)]
pub struct Use {
    /// Its id.
    pub id: Uuid,
    /// Which case.
    pub case: Uuid,
    /// Its code.
    pub code: String,
    /// Who.
    pub account: Uuid,
    /// Category of the reason.
    pub category: String,
    /// Her words.
    pub reason: String,
    /// When.
    pub at: Micros,
    /// Review due.
    pub review_due: Micros,
}

/// Opens a case in an emergency. The owner of the case is told and a review is due. A case from which she
/// is blocked, or that does not exist, is answered as if the code were wrong.
///
/// # Errors
/// When the gate refuses; [`ProgrammeError::Invalid`] without a real reason.
pub async fn open(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (category, reason): (&str, &str),
) -> Outcome<()> {
    let now = work.at();
    let known = Situation::of(work.tx(), caller, case, now).await?;
    let overdue = Situation::reviews_overdue(work.tx(), caller, now).await?;
    let situation = Situation { overdue, ..known.unwrap_or_default() };
    p.gate.decide(
        caller,
        Act::BREAK_USE,
        Uuid::nil(),
        &Situation { blocked: false, ..situation },
        caller.purpose,
    )?;
    let mut problems = Problems::default();
    problems.when(!CATEGORIES.contains(&category), "category", "problem-reason");
    problems.when(reason.trim().chars().count() < 10, "reason", "problem-reason-words");
    problems.done()?;
    if known.is_none() || situation.blocked {
        return Err(ceiba_access::Refusal::Absent.into());
    }
    let id = work.chance().id();
    let sealed = work
        .chance()
        .with(|rng| p.office.seal_small(rng, "emergency", id.as_bytes(), reason.trim().as_bytes()))?;
    let due = now + p.pack.clocks.review_hours * HOUR;
    work.sql(
        "INSERT INTO break_glass (id, case_id, account, category, reason, at, until, review_due)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(case)
    .bind(caller.account)
    .bind(category)
    .bind(sealed)
    .bind(now)
    .bind(now + LASTS)
    .bind(due)
    .once()
    .await?;
    work.job("notice.owner", id, now).await?;
    work.job("emergency.review", id, due).await?;
    Ok(work.record("emergency.open", "case", case, [0; 32]).await?)
}

/// Makes sure that the notice which reading in an emergency owes is on its way: one for each access.
pub(super) async fn owed(work: &mut Work, caller: &Caller, case: Uuid) -> Outcome<()> {
    let now = work.at();
    let row = work
        .sql(
            "SELECT g.id FROM break_glass g WHERE g.case_id = $1 AND g.account = $2 AND g.until > $3
             AND NOT EXISTS (SELECT 1 FROM job j WHERE j.resource = g.id AND j.kind = 'notice.owner')
             ORDER BY g.at DESC LIMIT 1",
        )
        .bind(case)
        .bind(caller.account)
        .bind(now)
        .optional()
        .await?;
    if let Some(row) = row {
        work.job("notice.owner", row.get("id")?, now).await?;
    }
    Ok(())
}

/// Emergency accesses that wait for a review, oldest first: those that she may review, and her own. What happened
/// in a case of another site, or in one from which she is blocked, does not exist for her.
///
/// # Errors
/// When something breaks.
pub async fn waiting(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Use>> {
    let rows = tx
        .sql(concat!(
            "SELECT g.*, c.code, ",
            situation_columns!(),
            " FROM break_glass g JOIN case_file c ON c.id = g.case_id WHERE g.reviewed_at IS NULL ORDER BY g.at, g.id"
        ))
        .bind(caller.account)
        .bind(p.store.clock.now())
        .all()
        .await?;
    let mut hers = Vec::new();
    for row in rows {
        if p.gate.would(caller, Act::BREAK_REVIEW, &Situation::read(&row, caller)?) {
            hers.push(row);
        }
    }
    hers.iter()
        .map(|row| {
            let id: Uuid = row.get("id")?;
            let reason = p.office.open_small("emergency", id.as_bytes(), &row.get::<Vec<u8>>("reason")?)?;
            Ok(Use {
                id,
                case: row.get("case_id")?,
                code: row.get("code")?,
                account: row.get("account")?,
                category: row.get("category")?,
                reason: String::from_utf8_lossy(&reason).into_owned(),
                at: row.get("at")?,
                review_due: row.get("review_due")?,
            })
        })
        .collect()
}

/// Reviews one. Nobody reviews her own.
///
/// # Errors
/// When the gate refuses; [`ProgrammeError::State`] when it was reviewed already.
pub async fn review(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid, verdict: &str) -> Outcome<()> {
    let row = work.sql("SELECT case_id, account FROM break_glass WHERE id = $1").bind(id).optional().await?;
    let Some(row) = row else { return Err(ceiba_access::Refusal::Absent.into()) };
    let (case, account): (Uuid, Uuid) = (row.get("case_id")?, row.get("account")?);
    let now = work.at();
    let situation = Situation::of(work.tx(), caller, case, now).await?.unwrap_or_default();
    p.may_on(
        caller,
        Act::BREAK_REVIEW,
        case,
        &Situation { by_self: account == caller.account, ..situation },
    )?;
    let mut problems = Problems::default();
    problems.when(!["justified", "unjustified"].contains(&verdict), "verdict", "problem-choose");
    problems.done()?;
    let touched = work
        .sql("UPDATE break_glass SET reviewed_by = $1, reviewed_at = $2, verdict = $3 WHERE id = $4 AND reviewed_at IS NULL")
        .bind(caller.account)
        .bind(now)
        .bind(verdict)
        .bind(id)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::State("state-reviewed"));
    }
    Ok(work.record(&format!("emergency.{verdict}"), "case", case, [0; 32]).await?)
}
