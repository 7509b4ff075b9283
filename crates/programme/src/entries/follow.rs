//! A state that follows from something else: a rule settles a task, a newer word ends an older one.

use ceiba_access::Caller;
use ceiba_store::Work;
use uuid::Uuid;

use super::{Head, former};
use crate::Outcome;
use crate::sealed::detail;

/// Moves the entries of a kind in a file to a state, as `why`: those that are not there yet and that `moves`
/// names. It is a version like any other, but nobody opens a body for it: whoever causes it may have no right
/// to read what it moves. Returns how many moved.
///
/// # Errors
/// When the database breaks.
pub(crate) async fn follow(
    work: &mut Work,
    caller: &Caller,
    (file, kind): (Uuid, &'static str),
    moves: impl Fn(&Head) -> bool + Send,
    state: &'static str,
    why: &'static str,
) -> Outcome<usize> {
    let rows = work
        .sql("SELECT * FROM entry WHERE file = $1 AND kind = $2 AND state <> $3 ORDER BY created_at, id")
        .bind(file)
        .bind(kind)
        .bind(state)
        .all()
        .await?;
    work.tx().forget(Some(file));
    let mut moved = 0;
    for row in &rows {
        let head = Head::read(row)?;
        if !moves(&head) {
            continue;
        }
        let body: Vec<u8> = row.get("body")?;
        let hash = detail(&body);
        former::keep(work, caller, &head, body, why).await?;
        let now = work.at();
        work.sql("UPDATE entry SET state = $1, changed_at = $2, version = version + 1 WHERE id = $3")
            .bind(state)
            .bind(now)
            .bind(head.id)
            .once()
            .await?;
        work.record(&format!("{kind}.{why}"), "case", file, hash).await?;
        moved += 1;
    }
    Ok(moved)
}

/// Gives an entry to another account. Nobody opens its body for it.
///
/// # Errors
/// When there is none, or the database breaks.
pub(crate) async fn hand(work: &mut Work, caller: &Caller, id: Uuid, to: Uuid) -> Outcome<()> {
    let row = work.sql("SELECT * FROM entry WHERE id = $1").bind(id).one().await?;
    let head = Head::read(&row)?;
    let body: Vec<u8> = row.get("body")?;
    let hash = detail(&body);
    work.tx().forget(Some(head.file));
    former::keep(work, caller, &head, body, "handover").await?;
    let now = work.at();
    work.sql("UPDATE entry SET owner = $1, changed_at = $2, version = version + 1 WHERE id = $3")
        .bind(to)
        .bind(now)
        .bind(id)
        .once()
        .await?;
    Ok(work.record(&format!("{}.handover", head.kind), "case", head.file, hash).await?)
}
