//! The rows of wrapped keys: read once in a transaction, added and deleted in one place.

use std::collections::HashMap;

use ceiba_store::{Result, Row, Tx, Work};
use ceiba_vault::{SlotAddress, VaultError};
use uuid::Uuid;

use crate::AccessError;

/// A key as it is wrapped for one recipient.
#[derive(Debug)]
pub(crate) struct Slot {
    pub generation: u32,
    pub recipient: Uuid,
    pub body: Vec<u8>,
}

/// The name under which it is kept that all slots of a subject were read: what is not there then does not exist.
const ALL: &str = "*";

/// All slots of a subject's compartment, the newest generation first. Those of all its compartments are read once
/// in a transaction: a page asks for the same key for each value it shows, and for most of a file's keys.
pub(crate) async fn of(
    tx: &mut Tx,
    subject: Uuid,
    compartment: &str,
) -> std::result::Result<Vec<Slot>, AccessError> {
    if tx.kept(subject, compartment).is_none() && tx.kept(subject, ALL).is_none() {
        let text =
            "SELECT subject, compartment, generation, recipient, body FROM key_slot WHERE subject = $1";
        let rows = tx.sql(text).bind(subject).all().await?;
        keep(tx, subject, rows)?;
    }
    let Some(rows) = tx.kept(subject, compartment) else { return Ok(vec![]) };
    let mut slots = rows.iter().map(read).collect::<std::result::Result<Vec<_>, _>>()?;
    slots.sort_by_key(|s| std::cmp::Reverse(s.generation));
    Ok(slots)
}

fn keep(tx: &mut Tx, subject: Uuid, rows: Vec<Row>) -> Result<()> {
    let mut by_compartment: HashMap<String, Vec<Row>> = HashMap::new();
    for row in rows {
        by_compartment.entry(row.get("compartment")?).or_default().push(row);
    }
    for (compartment, rows) in by_compartment {
        tx.keep(subject, &compartment, rows);
    }
    tx.keep(subject, ALL, vec![]);
    Ok(())
}

fn read(row: &Row) -> std::result::Result<Slot, AccessError> {
    let generation = u32::try_from(row.get::<i64>("generation")?).map_err(|_| VaultError::Damaged)?;
    Ok(Slot { generation, recipient: row.get("recipient")?, body: row.get("body")? })
}

/// Keeps the slots of many subjects that a list read in one statement: `subject`, `generation`, `recipient`
/// and `body` of **all** slots that its subjects have of this compartment.
///
/// # Errors
/// When a column is missing.
pub fn foresee(tx: &mut Tx, compartment: &str, rows: Vec<Row>) -> Result<()> {
    let mut by_subject: HashMap<Uuid, Vec<Row>> = HashMap::new();
    for row in rows {
        by_subject.entry(row.get("subject")?).or_default().push(row);
    }
    for (subject, rows) in by_subject {
        tx.keep(subject, compartment, rows);
    }
    Ok(())
}

/// Keeps a key that was wrapped.
pub(crate) async fn add(
    work: &mut Work,
    at: &SlotAddress<'_>,
    kind: &'static str,
    body: Vec<u8>,
) -> Result<()> {
    let now = work.at();
    work.tx().forget(Some(at.subject));
    work.sql(
        "INSERT INTO key_slot (subject, compartment, generation, recipient_kind, recipient, body, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(at.subject)
    .bind(at.compartment)
    .bind(i64::from(at.generation))
    .bind(kind)
    .bind(at.recipient)
    .bind(body)
    .bind(now)
    .once()
    .await
}

/// Deletes every key of a subject: what was sealed with them is gone, in every copy.
///
/// # Errors
/// When the engine refuses.
pub async fn destroy(work: &mut Work, subject: Uuid) -> Result<()> {
    work.tx().forget(Some(subject));
    work.sql("DELETE FROM key_slot WHERE subject = $1").bind(subject).run().await.map(drop)
}

/// Takes back what a person was given of one subject.
///
/// # Errors
/// When the engine refuses.
pub async fn take_back(work: &mut Work, subject: Uuid, recipient: Uuid) -> Result<()> {
    work.tx().forget(Some(subject));
    let text = "DELETE FROM key_slot WHERE subject = $1 AND recipient = $2";
    work.sql(text).bind(subject).bind(recipient).run().await.map(drop)
}

/// Takes the keys of one compartment back that are older than a generation, from everybody.
pub(crate) async fn take_back_before(
    work: &mut Work,
    subject: Uuid,
    compartment: &str,
    generation: u32,
) -> Result<()> {
    work.tx().forget(Some(subject));
    let text = "DELETE FROM key_slot WHERE subject = $1 AND compartment = $2 AND generation < $3";
    work.sql(text).bind(subject).bind(compartment).bind(i64::from(generation)).run().await.map(drop)
}

/// Takes back everything a person was given.
///
/// # Errors
/// When the engine refuses.
pub async fn take_back_all(work: &mut Work, recipient: Uuid) -> Result<()> {
    work.tx().forget(None);
    work.sql("DELETE FROM key_slot WHERE recipient = $1").bind(recipient).run().await.map(drop)
}
