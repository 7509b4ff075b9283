//! What is to come in all files of somebody: hearings by day.

use ceiba_access::{Act, Caller, Folder, Situation, situation_columns};
use ceiba_store::{Micros, Tx};
use uuid::Uuid;

use super::hearings::Hearing;
use crate::entries::{self, Entry};
use crate::{Outcome, Programme};

/// A hearing that is to come, and whose.
#[derive(Clone, Debug)]
pub struct Coming {
    /// Her case's code.
    pub code: String,
    /// The hearing.
    pub hearing: Entry<Hearing>,
}

/// The hearings between two instants in the files that the caller may open, the first one first.
///
/// # Errors
/// When something breaks.
pub async fn between(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (from, until): (Micros, Micros),
) -> Outcome<Vec<Coming>> {
    let rows = tx
        .sql(concat!(
            "SELECT ",
            situation_columns!(),
            ", c.code AS its_code, e.* FROM entry e JOIN case_file c ON c.id = e.file
             WHERE e.kind = 'hearing' AND e.state = 'set' AND e.due_at >= $3 AND e.due_at < $4
             ORDER BY e.due_at, e.id"
        ))
        .bind(caller.account)
        .bind(p.store.clock.now())
        .bind(from)
        .bind(until)
        .all()
        .await?;
    let mut coming = Vec::new();
    for row in &rows {
        let situation = Situation::read(row, caller)?;
        let file: Uuid = row.get("file")?;
        // Whoever may not open a file does not learn of it here either.
        let Ok(grant) = p.may_on(caller, Act::CASE_READ, file, &situation) else { continue };
        if row.get::<String>("folder")? != Folder::Social.code() {
            continue;
        }
        if let Some(hearing) = entries::read(p, tx, caller, &grant, row).await? {
            coming.push(Coming { code: row.get("its_code")?, hearing });
        }
    }
    Ok(coming)
}
