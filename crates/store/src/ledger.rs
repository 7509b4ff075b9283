//! The ledger's rows: written by [`crate::Work`], read by pages and by the verifier.

use ceiba_ledger::{Entry, Stored};
use uuid::Uuid;

use crate::{Micros, Result, Row, StoreError, Tx};

pub(crate) async fn add(tx: &mut Tx, stored: &Stored) -> Result<()> {
    tx.sql(
        "INSERT INTO ledger_entry (seq, at, actor, action, kind, resource, detail, leaf, root, tag)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(i64::try_from(stored.entry.seq).map_err(|_| StoreError::Ledger("full".to_owned()))?)
    .bind(stored.entry.at)
    .bind(Uuid::from_bytes(stored.entry.actor))
    .bind(&stored.entry.action)
    .bind(&stored.entry.kind)
    .bind(Uuid::from_bytes(stored.entry.resource))
    .bind(stored.entry.detail)
    .bind(stored.leaf)
    .bind(stored.root)
    .bind(stored.tag)
    .once()
    .await
}

fn stored(row: &Row) -> Result<Stored> {
    let seq: i64 = row.get("seq")?;
    Ok(Stored {
        entry: Entry {
            seq: u64::try_from(seq).map_err(|_| StoreError::Ledger("negative number".to_owned()))?,
            at: row.get("at")?,
            actor: row.get::<Uuid>("actor")?.into_bytes(),
            action: row.get("action")?,
            kind: row.get("kind")?,
            resource: row.get::<Uuid>("resource")?.into_bytes(),
            detail: row.bytes("detail")?,
        },
        leaf: row.bytes("leaf")?,
        root: row.bytes("root")?,
        tag: row.bytes("tag")?,
    })
}

/// Up to `limit` entries from number `from` on, in their order.
///
/// # Errors
/// When a row is damaged in a way that even its shape is wrong.
pub async fn page(tx: &mut Tx, from: i64, limit: i64) -> Result<Vec<Stored>> {
    let rows = tx
        .sql("SELECT * FROM ledger_entry WHERE seq >= $1 ORDER BY seq LIMIT $2")
        .bind(from)
        .bind(limit)
        .all();
    rows.await?.iter().map(stored).collect()
}

/// One line of «who did what to this record».
#[derive(Clone, Debug)]
pub struct Line {
    /// When.
    pub at: Micros,
    /// Which account.
    pub actor: Uuid,
    /// What.
    pub action: String,
}

/// The newest entries about a record, newest first.
///
/// # Errors
/// When the engine refuses.
pub async fn about(tx: &mut Tx, resource: Uuid, limit: i64) -> Result<Vec<Line>> {
    let rows = tx
        .sql("SELECT at, actor, action FROM ledger_entry WHERE resource = $1 ORDER BY seq DESC LIMIT $2")
        .bind(resource)
        .bind(limit)
        .all()
        .await?;
    rows.iter()
        .map(|r| Ok(Line { at: r.get("at")?, actor: r.get("actor")?, action: r.get("action")? }))
        .collect()
}
