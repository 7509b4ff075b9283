//! Closing a case: a checklist, another person's approval, and an open door.

use ceiba_access::{Act, Caller, Folder, Situation};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// A request to close, with its checklist (domain.md 3.1, step 22).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Closure {
    /// Codes of [`CHECKS`] that hold.
    pub checks: Vec<String>,
    /// A remark for whoever approves.
    pub remark: String,
}

impl Kind for Closure {
    const KIND: &'static str = "closure";
}

/// What is looked at before closing.
pub const CHECKS: [&str; 5] =
    ["needs_met", "safety_plan", "plan_reviewed", "she_agrees", "told_she_may_return"];

/// Asks for closing.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when it was asked already.
pub async fn ask(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    reason: &str,
    body: &Closure,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::CLOSE_ASK, case).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("closure_reasons", reason), "reason", "problem-reason");
    problems.when(body.checks.iter().any(|c| !CHECKS.contains(&c.as_str())), "checks", "problem-choose");
    let told = body.checks.iter().any(|c| c == "told_she_may_return");
    problems.when(!told && reason != "lost_contact" && reason != "deceased", "checks", "problem-told-return");
    problems.done()?;
    p.hers.moved();
    let touched = work
        .sql("UPDATE case_file SET state = 'closing', version = version + 1 WHERE id = $1 AND state = 'open'")
        .bind(case)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::State("state-closing-asked"));
    }
    let plain = Plain { state: "asked", code: Some(reason.to_owned()), ..Plain::default() };
    entries::add(p, work, caller, &grant, (case, Folder::Social), plain, body).await
}

/// The request that waits for an answer.
///
/// # Errors
/// When the database breaks.
pub async fn asked(tx: &mut Tx, case: Uuid) -> Outcome<Option<Uuid>> {
    let row = tx
        .sql("SELECT id FROM entry WHERE file = $1 AND kind = 'closure' AND state = 'asked'")
        .bind(case)
        .optional()
        .await?;
    Ok(row.map(|r| r.get("id")).transpose()?)
}

/// Approves or sends back. Nobody approves what she asked for herself.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] when nothing is asked.
pub async fn decide(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    approve: bool,
) -> Outcome<()> {
    let now = work.at();
    let situation = Situation::of(work.tx(), caller, case, now).await?.unwrap_or_default();
    let asked = work
        .sql("SELECT * FROM entry WHERE file = $1 AND kind = 'closure' AND state = 'asked'")
        .bind(case)
        .optional()
        .await?;
    let by: Option<Uuid> = asked.as_ref().map(|r| r.get("author")).transpose()?;
    let by_self = by == Some(caller.account);
    let grant = p.may_on(caller, Act::CLOSE_APPROVE, case, &Situation { by_self, ..situation })?;
    let Some(asked) = asked else { return Err(ProgrammeError::State("state-nothing-asked")) };
    let entry: Entry<Closure> = entries::get(p, work.tx(), caller, &grant, case, asked.get("id")?).await?;
    p.hers.moved();
    let state = if approve { "approved" } else { "returned" };
    let plain = Plain { state, ..Plain::from(&entry.head) };
    entries::change(p, work, caller, &grant, &entry.head, entry.head.version, plain, &entry.body, state)
        .await?;
    if !approve {
        work.sql("UPDATE case_file SET state = 'open', version = version + 1 WHERE id = $1")
            .bind(case)
            .once()
            .await?;
        return Ok(work.record("case.close-returned", "case", case, [0; 32]).await?);
    }
    let reason = entry.head.code.clone().unwrap_or_default();
    let mut fact = super::fact(p, work, caller, &grant, case, "case.closed").await?;
    let opened = super::lookup(work.tx(), case).await?.opened_at;
    fact.code = Some(reason.clone());
    fact.minutes = Some((now - opened) / ceiba_store::MINUTE);
    work.fact(fact).await?;
    work.sql("UPDATE case_file SET state = 'closed', closing = $1, closed_at = $2, version = version + 1 WHERE id = $3")
        .bind(reason)
        .bind(now)
        .bind(case)
        .once()
        .await?;
    Ok(work.record("case.close", "case", case, [0; 32]).await?)
}

/// Opens a new case for the same person, linked to the closed one. The caller becomes responsible.
///
/// # Errors
/// As [`super::open`].
pub async fn reopen(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid) -> Outcome<(Uuid, String)> {
    p.may_case(work.tx(), caller, Act::CASE_REOPEN, case).await?;
    let old = super::lookup(work.tx(), case).await?;
    let new = super::New {
        whose: super::Whose::Known { case },
        site: old.site,
        municipality: old.municipality,
        alert: None,
        referred_by: String::new(),
        responsible: None,
    };
    super::open(p, work, caller, &new).await
}
