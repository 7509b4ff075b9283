//! Who works on a case, and who must not.

use ceiba_access::{Act, Caller};
use ceiba_store::{Micros, Tx, Work};
use uuid::Uuid;

use crate::{Outcome, Problems, Programme, ProgrammeError};

/// A member of a care team.
#[derive(Clone, Debug)]
pub struct Member {
    /// Her account.
    pub account: Uuid,
    /// Her function there.
    pub function: String,
    /// Since when.
    pub since: Micros,
}

pub(crate) async fn join(work: &mut Work, case: Uuid, account: Uuid, function: &str) -> Outcome<()> {
    let now = work.at();
    work.sql("INSERT INTO care_team (case_id, account, function, since) VALUES ($1, $2, $3, $4)")
        .bind(case)
        .bind(account)
        .bind(function)
        .bind(now)
        .once()
        .await?;
    Ok(work.record("team.join", "case", case, [0; 32]).await?)
}

/// The present members, in the order in which they came.
///
/// # Errors
/// When the database breaks.
pub async fn members(tx: &mut Tx, case: Uuid) -> Outcome<Vec<Member>> {
    let rows = tx
        .sql("SELECT account, function, since FROM care_team WHERE case_id = $1 AND until IS NULL ORDER BY since, account")
        .bind(case)
        .all()
        .await?;
    rows.iter()
        .map(|r| {
            Ok(Member { account: r.get("account")?, function: r.get("function")?, since: r.get("since")? })
        })
        .collect()
}

/// What an account is called on a care team; empty when it is never on one or is closed.
pub(crate) async fn function(p: &Programme, tx: &mut Tx, account: Uuid) -> Outcome<String> {
    let row = tx.sql("SELECT role, active FROM account WHERE id = $1").bind(account).optional().await?;
    Ok(match row {
        Some(row) if row.get::<bool>("active")? => {
            p.gate.roles().role(&row.get::<String>("role")?).map_or_else(String::new, |r| r.function.clone())
        }
        _ => String::new(),
    })
}

/// Names a member. She gets keys to the strongboxes of her folder when somebody who has them opens the file.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when her role is never on a team, or she has a conflict of interest.
pub async fn name(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, account: Uuid) -> Outcome<()> {
    p.may_case(work.tx(), caller, Act::CASE_TEAM, case).await?;
    let function = function(p, work.tx(), account).await?;
    let blocked = work
        .sql("SELECT 1 AS x FROM conflict_block WHERE case_id = $1 AND account = $2")
        .bind(case)
        .bind(account);
    let blocked = blocked.optional().await?.is_some();
    let mut problems = Problems::default();
    problems.when(function.is_empty(), "account", "problem-no-team-role");
    problems.when(blocked, "account", "problem-conflict");
    problems.done()?;
    if members(work.tx(), case).await?.iter().any(|m| m.account == account) {
        return Ok(());
    }
    join(work, case, account, &function).await
}

/// Relieves a member. Her key slots go at once; what is written from now on has a new key.
///
/// # Errors
/// [`ProgrammeError::State`] when she is the responsible person: name another first.
pub async fn relieve(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    account: Uuid,
) -> Outcome<()> {
    p.may_case(work.tx(), caller, Act::CASE_TEAM, case).await?;
    if super::lookup(work.tx(), case).await?.responsible == account {
        return Err(ProgrammeError::State("state-responsible-stays"));
    }
    leave(work, case, account).await
}

async fn leave(work: &mut Work, case: Uuid, account: Uuid) -> Outcome<()> {
    let now = work.at();
    work.sql("UPDATE care_team SET until = $1 WHERE case_id = $2 AND account = $3 AND until IS NULL")
        .bind(now)
        .bind(case)
        .bind(account)
        .run()
        .await?;
    ceiba_access::slots::take_back(work, case, account).await?;
    Ok(work.record("team.leave", "case", case, [0; 32]).await?)
}

/// Makes another member the responsible person.
///
/// # Errors
/// [`ProgrammeError::State`] when she is not on the team.
pub async fn hand_over(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    account: Uuid,
) -> Outcome<()> {
    p.may_case(work.tx(), caller, Act::CASE_TEAM, case).await?;
    if !members(work.tx(), case).await?.iter().any(|m| m.account == account) {
        return Err(ProgrammeError::State("state-not-on-team"));
    }
    work.sql("UPDATE case_file SET responsible = $1, version = version + 1 WHERE id = $2")
        .bind(account)
        .bind(case)
        .once()
        .await?;
    Ok(work.record("case.responsible", "case", case, [0; 32]).await?)
}

/// Declares a conflict of interest: from now on the case does not exist for this account, whatever its role.
///
/// # Errors
/// [`ProgrammeError::State`] when she is the responsible person: name another first.
pub async fn block(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    account: Uuid,
) -> Outcome<()> {
    p.may_case(work.tx(), caller, Act::CASE_BLOCK, case).await?;
    if super::lookup(work.tx(), case).await?.responsible == account {
        return Err(ProgrammeError::State("state-responsible-stays"));
    }
    let now = work.at();
    work.sql(
        "INSERT INTO conflict_block (case_id, account, since, set_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (case_id, account) DO NOTHING",
    )
    .bind(case)
    .bind(account)
    .bind(now)
    .bind(caller.account)
    .run()
    .await?;
    leave(work, case, account).await?;
    work.sql(
        "DELETE FROM notice WHERE account = $1 AND about IN (SELECT id FROM break_glass WHERE case_id = $2)",
    )
    .bind(account)
    .bind(case)
    .run()
    .await?;
    Ok(work.record("case.block", "case", case, [0; 32]).await?)
}
