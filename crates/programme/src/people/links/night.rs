//! At night the register is asked about everybody who came or changed since it was asked last: a bounded piece of work at each
//! turn of the worker. What was asked stands in a table, so that a machine that was off goes on where it stopped; one that is off
//! every night does it by day, in smaller pieces.

use std::sync::atomic::Ordering;

use uuid::Uuid;

use super::propose::{asked, propose, seen};
use crate::{Outcome, Programme, dates};

/// The hours, by the programme's clock, in which nobody waits for the machine.
const NIGHT: std::ops::Range<i8> = 1..5;

/// So many people at one turn, by night, and by day when the night was missed.
const A_TURN: [i64; 2] = [200, 20];

/// One turn. Gives how many pairs wait now that did not before.
///
/// # Errors
/// When the database breaks.
pub async fn look(p: &Programme) -> Outcome<usize> {
    let now = dates::local(p.store.clock.now(), &p.pack.zone);
    let today =
        i64::from(now.date().year()) * 372 + i64::from(now.date().month()) * 31 + i64::from(now.date().day());
    if now.hour() < NIGHT.start || p.looked.load(Ordering::Relaxed) == today {
        return Ok(0);
    }
    let most = A_TURN[usize::from(!NIGHT.contains(&now.hour()))];
    let mut tx = p.store.db.read().await?;
    let rows = tx
        .sql(
            "SELECT p.id, p.version FROM person p LEFT JOIN link_seen s ON s.person = p.id
             WHERE p.erased_at IS NULL AND (s.version IS NULL OR s.version <> p.version) ORDER BY p.id LIMIT $1",
        )
        .bind(most)
        .all()
        .await?;
    if rows.is_empty() {
        p.looked.store(today, Ordering::Relaxed);
        return Ok(0);
    }
    let (mut quiet, mut found) = (Vec::new(), Vec::new());
    for row in &rows {
        let (id, version): (Uuid, i64) = (row.get("id")?, row.get("version")?);
        let waits = tx
            .sql("SELECT 1 AS x FROM person_link WHERE state = 'proposed' AND (one = $1 OR other = $1) LIMIT 1")
            .bind(id)
            .optional()
            .await?;
        // Nobody alike and nothing to take back is no matter for the ledger.
        match asked(p, &mut tx, id).await? {
            Some((answers, _)) if !answers.is_empty() || waits.is_some() => found.push(id),
            _ => quiet.push((id, version)),
        }
    }
    drop(tx);
    let mut tx = p.store.db.write().await?;
    for (id, version) in quiet {
        seen(&mut tx, id, version).await?;
    }
    tx.commit().await?;
    let mut new = 0;
    for id in found {
        let mut work = p.store.work(Uuid::nil()).await?;
        new += propose(p, &mut work, id).await?;
        work.record("link.looked", "person", id, [0; 32]).await?;
        work.commit().await?;
    }
    Ok(new)
}
