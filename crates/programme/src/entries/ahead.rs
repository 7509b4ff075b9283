//! Reading ahead: what a page lists of a file, in one statement instead of one for each kind.

use std::sync::Arc;

use ceiba_store::{Row, Tx};
use uuid::Uuid;

use crate::Outcome;

/// So many kinds are read in one statement.
const AT_ONCE: usize = 6;

/// Reads the entries of some kinds of a file for the lists that follow in this transaction. Whoever writes an
/// entry of the file makes them be read again.
///
/// # Errors
/// When the database breaks.
pub async fn ahead(tx: &mut Tx, file: Uuid, kinds: &[&str]) -> Outcome<()> {
    for some in kinds.chunks(AT_ONCE) {
        let query = tx.sql(
            "SELECT * FROM entry WHERE file = $1 AND kind IN ($2, $3, $4, $5, $6, $7) ORDER BY created_at DESC, id",
        );
        // Places that are not needed ask for the kind without a name, which there is not.
        let places = some.iter().copied().chain(std::iter::repeat("")).take(AT_ONCE);
        let rows = places.fold(query.bind(file), |query, kind| query.bind(kind)).all().await?;
        let mut by_kind: Vec<Vec<Row>> = some.iter().map(|_| Vec::new()).collect();
        for row in rows {
            let kind: String = row.get("kind")?;
            if let Some(place) = some.iter().position(|k| *k == kind) {
                by_kind[place].push(row);
            }
        }
        for (kind, rows) in some.iter().zip(by_kind) {
            tx.keep(file, &name(kind), rows);
        }
    }
    Ok(())
}

/// The entries of a kind that were read ahead, newest first.
pub(crate) fn kept(tx: &Tx, file: Uuid, kind: &str) -> Option<Arc<Vec<Row>>> {
    tx.kept(file, &name(kind))
}

fn name(kind: &str) -> String {
    format!("entry {kind}")
}
