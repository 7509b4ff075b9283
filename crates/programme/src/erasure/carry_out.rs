//! Carrying an erasure out, and again after a restore.

use ceiba_access::Caller;
use ceiba_store::{Tx, Work};
use uuid::Uuid;

use super::{decide, deciding, hold};
use crate::{Outcome, Programme, ProgrammeError};

/// Approves and carries out: every key slot of the person, her cases and the alerts they came from is
/// deleted, with what could name her. What was sealed stays unreadable in every copy; the ledger still
/// verifies, because its leaves commit to ciphertext; facts stay, under a pseudonym. Gives her id: after the
/// commit the caller calls [`crate::people::known::refresh`] with it and [`ceiba_store::Db::forget`].
///
/// # Errors
/// The gate's refusal (nobody approves what she asked for); [`ProgrammeError::State`] under a legal hold on any
/// of her cases; [`ProgrammeError::Taken`] when somebody else decided meanwhile.
pub async fn approve(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<Uuid> {
    let request = deciding(p, work, caller, id).await?;
    let person = crate::cases::lookup(work.tx(), request.case).await?.person;
    if hold::any(work.tx(), person).await? {
        return Err(ProgrammeError::State("state-legal-hold"));
    }
    decide(work, &request, "approved", None).await?;
    let rows = work.sql("SELECT id, alert FROM case_file WHERE person = $1").bind(person).all().await?;
    let mut subjects = vec![person];
    for row in rows {
        let case = row.get("id")?;
        subjects.push(case);
        subjects.extend(row.get::<Option<Uuid>>("alert")?);
        // What she said at the clinic stands in the visits that were linked to her case.
        for visit in work.sql("SELECT id FROM visit WHERE case_id = $1").bind(case).all().await? {
            subjects.push(visit.get("id")?);
        }
        // And what she said at a municipal office.
        let office = work
            .sql(
                "SELECT o.id FROM office_person o WHERE o.case_id = $1
                   OR o.alert IN (SELECT alert FROM case_file WHERE id = $1 AND alert IS NOT NULL)",
            )
            .bind(case)
            .all()
            .await?;
        for came in office {
            subjects.push(came.get("id")?);
        }
        end_case(p, work, case).await?;
    }
    for subject in subjects {
        destroy(work, subject, (request.asked_by, caller.account), &request.basis).await?;
    }
    let now = work.at();
    crate::people::links::forget(p, work, person).await?;
    work.sql("DELETE FROM blind_index WHERE person = $1").bind(person).run().await?;
    work.sql("UPDATE person SET erased_at = $1, version = version + 1 WHERE id = $2")
        .bind(now)
        .bind(person)
        .once()
        .await?;
    work.record("erase.done", "person", person, [0; 32]).await?;
    Ok(person)
}

/// Her file is nobody's work any more, and words about her that stand under the office's own key go.
async fn end_case(p: &Programme, work: &mut Work, case: Uuid) -> Outcome<()> {
    let now = work.at();
    work.sql("UPDATE case_file SET state = 'closed', closed_at = COALESCE(closed_at, $1), version = version + 1 WHERE id = $2")
        .bind(now)
        .bind(case)
        .once()
        .await?;
    work.sql("UPDATE care_team SET until = $1 WHERE case_id = $2 AND until IS NULL")
        .bind(now)
        .bind(case)
        .run()
        .await?;
    crate::partners::packets::close(work, "case", case, "cancelled").await?;
    crate::contact::outbox::stop(work, case, "erased").await?;
    // Nothing waits for another key that has none any more.
    work.sql("DELETE FROM key_due WHERE subject = $1").bind(case).run().await?;
    for row in work.sql("SELECT id FROM break_glass WHERE case_id = $1").bind(case).all().await? {
        let id: Uuid = row.get("id")?;
        let empty = work.chance().with(|rng| p.office.seal_small(rng, "emergency", id.as_bytes(), b""))?;
        work.sql("UPDATE break_glass SET reason = $1 WHERE id = $2").bind(empty).bind(id).once().await?;
    }
    Ok(())
}

/// The keys of a subject go, and the erasure is on the list that every restore applies again. Who asked, who agreed. Says
/// whether it was not there before.
pub(crate) async fn destroy(
    work: &mut Work,
    subject: Uuid,
    (asked_by, approved_by): (Uuid, Uuid),
    basis: &str,
) -> Outcome<bool> {
    let now = work.at();
    ceiba_access::slots::destroy(work, subject).await?;
    let added = work
        .sql(
            "INSERT INTO erasure (subject, at, asked_by, approved_by, basis) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (subject) DO NOTHING",
        )
        .bind(subject)
        .bind(now)
        .bind(asked_by)
        .bind(approved_by)
        .bind(basis)
        .run()
        .await?;
    Ok(added == 1)
}

/// Applies the erasures again, at the end of every restore and before the office opens: a backup made
/// before an erasure must not bring anybody back, neither her keys nor the tokens of her document and phone.
/// Tells how many slots it removed.
///
/// # Errors
/// When the database breaks.
pub async fn apply_again(tx: &mut Tx) -> Outcome<u64> {
    tx.sql("DELETE FROM blind_index WHERE person IN (SELECT subject FROM erasure)").run().await?;
    crate::people::links::forget_again(tx).await?;
    tx.sql(
        "UPDATE person SET erased_at = (SELECT x.at FROM erasure x WHERE x.subject = person.id)
         WHERE erased_at IS NULL AND id IN (SELECT subject FROM erasure)",
    )
    .run()
    .await?;
    tx.sql(
        "UPDATE trainee SET erased_at = (SELECT x.at FROM erasure x WHERE x.subject = trainee.id), post = NULL, partner_type = NULL,
           municipality = NULL, language = NULL, sex = NULL
         WHERE erased_at IS NULL AND id IN (SELECT subject FROM erasure)",
    )
    .run()
    .await?;
    tx.sql(
        "UPDATE packet SET state = 'closed', why = 'cancelled', key_lock = NULL, body = NULL
         WHERE state = 'open' AND case_id IN (SELECT subject FROM erasure)",
    )
    .run()
    .await?;
    tx.sql(
        "UPDATE message SET state = 'blocked', why = 'erased'
         WHERE state = 'queued' AND case_id IN (SELECT subject FROM erasure)",
    )
    .run()
    .await?;
    tx.sql(
        "UPDATE network_partner SET state = 'forgotten', card = NULL, page = NULL, pin = NULL
         WHERE id IN (SELECT subject FROM erasure)",
    )
    .run()
    .await?;
    Ok(tx.sql("DELETE FROM key_slot WHERE subject IN (SELECT subject FROM erasure)").run().await?)
}
