//! Triage: one person takes an alert and decides what becomes of it.

use ceiba_access::{Act, Caller};
use ceiba_store::Work;
use uuid::Uuid;

use super::{Alert, fact, lookup, not_open, receipt, situation};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// What can be decided. Converting to a case is [`crate::cases::open`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Somebody is in danger: emergency response started.
    Emergency,
    /// A trained person will screen.
    Screen,
    /// The reporter got orientation; nothing else is needed.
    Orient,
    /// Nothing to do, with a reason.
    Close,
    /// It is the same as another alert.
    Duplicate,
}

impl Decision {
    /// The decision with this code.
    #[must_use]
    pub fn find(code: &str) -> Option<Self> {
        Some(match code {
            "emergency" => Self::Emergency,
            "screen" => Self::Screen,
            "orient" => Self::Orient,
            "close" => Self::Close,
            "duplicate" => Self::Duplicate,
            _ => return None,
        })
    }

    /// Its code and the state it leads to.
    #[must_use]
    pub const fn code(self) -> (&'static str, &'static str) {
        match self {
            Self::Emergency => ("emergency", "screening"),
            Self::Screen => ("screen", "screening"),
            Self::Orient => ("orient", "oriented"),
            Self::Close => ("close", "closed"),
            Self::Duplicate => ("duplicate", "duplicate"),
        }
    }
}

/// Takes an alert. The second of two people who press the button at once is told who has it.
///
/// # Errors
/// [`ProgrammeError::Taken`] when somebody else has it.
pub async fn take(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<()> {
    let alert = lookup(work.tx(), id).await?;
    p.may_on(caller, Act::ALERT_TAKE, id, &situation(p, caller, &alert))?;
    let now = work.at();
    let touched = work
        .sql(
            "UPDATE alert SET taken_by = $1, taken_at = $2, state = 'taken', version = version + 1
             WHERE id = $3 AND state = 'received'",
        )
        .bind(caller.account)
        .bind(now)
        .bind(id)
        .run()
        .await?;
    if touched == 0 {
        let alert = lookup(work.tx(), id).await?;
        // Pressing twice is not an error.
        return if alert.taken_by == Some(caller.account) { Ok(()) } else { Err(not_open(&alert)) };
    }
    Ok(work.record("alert.take", "alert", id, [0; 32]).await?)
}

/// Gives an alert back to the board, for the team that opens files: whoever answers at a municipal office does not. What was
/// decided and said so far stays.
///
/// # Errors
/// [`ProgrammeError::Taken`] when somebody else has it.
pub async fn pass_on(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<()> {
    let alert = lookup(work.tx(), id).await?;
    p.may_on(caller, Act::ALERT_TAKE, id, &situation(p, caller, &alert))?;
    if alert.taken_by != Some(caller.account) {
        return Err(not_open(&alert));
    }
    release(work, id, caller.account).await?;
    Ok(work.record("alert.pass", "alert", id, [0; 32]).await?)
}

/// An alert that an account has is nobody's again.
pub(crate) async fn release(work: &mut Work, id: Uuid, account: Uuid) -> Outcome<()> {
    let touched = work
        .sql(
            "UPDATE alert SET taken_by = NULL, taken_at = NULL, state = 'received', version = version + 1
             WHERE id = $1 AND taken_by = $2 AND state IN ('taken', 'screening')",
        )
        .bind(id)
        .bind(account)
        .run()
        .await?;
    if touched == 1 { Ok(()) } else { Err(ProgrammeError::State("state-alert-decided")) }
}

/// Decides. `reason` is a code from the list of reasons, needed for closing; `same_as` names the other alert
/// of a duplicate.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend, [`ProgrammeError::Taken`] when somebody else has it.
pub async fn decide(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    id: Uuid,
    decision: Decision,
    (reason, same_as): (&str, Option<Uuid>),
) -> Outcome<()> {
    let alert = lookup(work.tx(), id).await?;
    p.may_on(caller, Act::ALERT_DECIDE, id, &situation(p, caller, &alert))?;
    mine(&alert, caller)?;
    let mut problems = Problems::default();
    problems.when(decision == Decision::Close && !REASONS.contains(&reason), "reason", "problem-reason");
    problems.when(
        decision == Decision::Duplicate && same_as.is_none_or(|o| o == id),
        "same_as",
        "problem-same-as",
    );
    problems.done()?;
    let (code, state) = decision.code();
    settle(p, work, &alert, (state, code, reason), None, same_as).await
}

/// Reasons for closing an alert without more.
pub const REASONS: [&str; 5] = ["no_sign", "solved", "other_institution", "not_reachable", "outside_area"];

pub(crate) fn mine(alert: &Alert, caller: &Caller) -> Outcome<()> {
    if alert.open() && (alert.taken_by.is_none() || alert.taken_by == Some(caller.account)) {
        Ok(())
    } else {
        Err(not_open(alert))
    }
}

/// Writes what became of an alert: state, ledger entry and fact.
pub(crate) async fn settle(
    p: &Programme,
    work: &mut Work,
    alert: &Alert,
    (state, code, reason): (&'static str, &'static str, &str),
    case_id: Option<Uuid>,
    same_as: Option<Uuid>,
) -> Outcome<()> {
    let (now, by) = (work.at(), work.actor());
    let touched = work
        .sql(
            "UPDATE alert SET state = $1, decision = $2, reason = $3, decided_at = $4, case_id = $5, same_as = $6,
               taken_by = COALESCE(taken_by, $7), taken_at = COALESCE(taken_at, $4), version = version + 1
             WHERE id = $8 AND version = $9",
        )
        .bind(state)
        .bind(code)
        .bind((!reason.is_empty()).then_some(reason))
        .bind(now)
        .bind(case_id)
        .bind(same_as)
        .bind(by)
        .bind(alert.id)
        .bind(alert.version)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::Stale);
    }
    work.record(&format!("alert.{code}"), "alert", alert.id, [0; 32]).await?;
    // Acting on an alert is the human answer, also where no message was written.
    receipt::answered(p, work, alert).await?;
    let mut fact = fact(p, "alert.decided", now, &alert.municipality);
    fact.code = Some(code.to_owned());
    fact.minutes = Some((now - alert.created_at) / ceiba_store::MINUTE);
    Ok(work.fact(fact).await?)
}
