//! Erasing a person: a separate act of two people, by destroying her keys.

use ceiba_access::{Act, Caller, Situation};
use ceiba_store::{Tx, Work};
use uuid::Uuid;

use crate::{Outcome, Programme, ProgrammeError, people};

/// Asks for the erasure of the person of a case.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] under a legal hold.
pub async fn ask(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, basis: &str) -> Outcome<Uuid> {
    p.may_case(work.tx(), caller, Act::ERASE_ASK, case).await?;
    let file = crate::cases::lookup(work.tx(), case).await?;
    if file.legal_hold {
        return Err(ProgrammeError::State("state-legal-hold"));
    }
    if !BASES.contains(&basis) {
        return Err(ProgrammeError::Invalid(vec![crate::Problem { field: "basis", key: "problem-reason" }]));
    }
    work.job(&format!("erase.{basis}"), case, work.at()).await?;
    work.record(&format!("erase.ask.{basis}"), "case", case, [0; 32]).await?;
    Ok(case)
}

/// Bases of an erasure.
pub const BASES: [&str; 3] = ["she_asked", "retention_ended", "entered_by_mistake"];

/// Approves and carries out: every key slot of the person, her cases and the alerts they came from is
/// deleted, with what could name her. What was sealed stays unreadable in every copy; the ledger still
/// verifies, because its leaves commit to ciphertext. After the commit the caller calls
/// [`ceiba_store::Db::forget`].
///
/// # Errors
/// The gate's refusal (nobody approves what she asked for); [`ProgrammeError::State`] when nothing is asked.
pub async fn approve(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid) -> Outcome<()> {
    let asked = work
        .sql("SELECT actor, action FROM ledger_entry WHERE resource = $1 AND action LIKE 'erase.ask.%' ORDER BY seq DESC LIMIT 1")
        .bind(case)
        .optional()
        .await?;
    let Some(asked) = asked else { return Err(ProgrammeError::State("state-nothing-asked")) };
    let (by, action): (Uuid, String) = (asked.get("actor")?, asked.get("action")?);
    let situation = Situation { by_self: by == caller.account, ..Situation::default() };
    p.may_on(caller, Act::ERASE_APPROVE, Uuid::nil(), &situation)?;
    let file = crate::cases::lookup(work.tx(), case).await?;
    if file.legal_hold {
        return Err(ProgrammeError::State("state-legal-hold"));
    }
    let person = file.person;
    let rows = work.sql("SELECT id, alert FROM case_file WHERE person = $1").bind(person).all().await?;
    let mut subjects = vec![person];
    for row in rows {
        subjects.push(row.get("id")?);
        subjects.extend(row.get::<Option<Uuid>>("alert")?);
    }
    let basis = action.rsplit('.').next().unwrap_or_default().to_owned();
    let now = work.at();
    for subject in subjects {
        ceiba_access::slots::destroy(work, subject).await?;
        work.sql(
            "INSERT INTO erasure (subject, at, asked_by, approved_by, basis) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (subject) DO NOTHING",
        )
        .bind(subject)
        .bind(now)
        .bind(by)
        .bind(caller.account)
        .bind(&basis)
        .run()
        .await?;
    }
    work.sql("DELETE FROM blind_index WHERE person = $1").bind(person).run().await?;
    work.sql("UPDATE person SET erased_at = $1, version = version + 1 WHERE id = $2")
        .bind(now)
        .bind(person)
        .once()
        .await?;
    work.record("erase.done", "person", person, [0; 32]).await?;
    people::known::forget(p, person);
    Ok(())
}

/// Applies the erasures again, at the end of every restore and before the office opens: a backup made
/// before an erasure must not bring anybody back. Tells how many slots it removed.
///
/// # Errors
/// When the database breaks.
pub async fn apply_again(tx: &mut Tx) -> Outcome<u64> {
    Ok(tx.sql("DELETE FROM key_slot WHERE subject IN (SELECT subject FROM erasure)").run().await?)
}
