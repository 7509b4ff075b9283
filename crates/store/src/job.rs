//! Jobs: what a change causes later. They commit with the change, so that none is lost or made up.

use uuid::Uuid;

use crate::{Micros, Result, Tx};

/// A job to do: its kind, what it is about, and not before when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its id, also its idempotency key.
    pub id: Uuid,
    /// What to do, dotted: `notice.owner`.
    pub kind: String,
    /// The record it is about.
    pub resource: Uuid,
    /// Not before this instant.
    pub due: Micros,
}

pub(crate) async fn add(tx: &mut Tx, job: &Job) -> Result<()> {
    tx.sql("INSERT INTO job (id, kind, resource, due_at) VALUES ($1, $2, $3, $4)")
        .bind(job.id)
        .bind(&job.kind)
        .bind(job.resource)
        .bind(job.due)
        .once()
        .await
}

/// Whether a job is due that nobody works on.
///
/// # Errors
/// When the engine refuses.
pub async fn waits(tx: &mut Tx, now: Micros) -> Result<bool> {
    let row = tx
        .sql(
            "SELECT id FROM job WHERE done_at IS NULL AND due_at <= $1
             AND (claimed_until IS NULL OR claimed_until < $1) LIMIT 1",
        )
        .bind(now)
        .optional()
        .await?;
    Ok(row.is_some())
}

/// Takes the next job that is due, so that nobody else does it: the claim holds until `until`.
///
/// # Errors
/// When the engine refuses.
pub async fn claim(tx: &mut Tx, now: Micros, until: Micros) -> Result<Option<Job>> {
    let row = tx
        .sql(
            "UPDATE job SET claimed_until = $1, attempts = attempts + 1
             WHERE id = (SELECT id FROM job WHERE done_at IS NULL AND due_at <= $2
                         AND (claimed_until IS NULL OR claimed_until < $2) ORDER BY due_at, id LIMIT 1)
             RETURNING id, kind, resource, due_at",
        )
        .bind(until)
        .bind(now)
        .optional()
        .await?;
    row.map(|r| {
        Ok(Job {
            id: r.get("id")?,
            kind: r.get("kind")?,
            resource: r.get("resource")?,
            due: r.get("due_at")?,
        })
    })
    .transpose()
}

/// Marks a job as done.
///
/// # Errors
/// When it was not claimed or is already done.
pub async fn done(tx: &mut Tx, id: Uuid, now: Micros) -> Result<()> {
    tx.sql("UPDATE job SET done_at = $1 WHERE id = $2 AND done_at IS NULL").bind(now).bind(id).once().await
}
