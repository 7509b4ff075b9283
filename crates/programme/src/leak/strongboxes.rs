//! Strongboxes after a leak: no server has their key, so whoever has it seals what they hold again when she opens the file. Nobody
//! has to think of it.

use ceiba_access::Caller;
use ceiba_store::Work;
use uuid::Uuid;

use super::rotate::{Moved, file};
use crate::sealed::detail;
use crate::{Outcome, Programme};

/// Seals again, under the newest key, what waits in the strongboxes that this caller has every key of. The old keys go, for her, her
/// colleagues and the directors.
pub(crate) async fn seal_again(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid) -> Outcome<()> {
    let due = work
        .sql("SELECT compartment FROM key_due WHERE subject = $1 ORDER BY compartment")
        .bind(case)
        .all()
        .await?;
    for row in &due {
        let compartment: String = row.get("compartment")?;
        let Some(renewal) = p.gate.renewal_of_hers(work, caller, (case, &compartment)).await? else {
            continue;
        };
        let mut moved = Moved::default();
        file(p, work, (&renewal, case), &mut moved).await?;
        p.gate.drop_old(work, &renewal).await?;
        work.sql("DELETE FROM key_due WHERE subject = $1 AND compartment = $2")
            .bind(case)
            .bind(compartment)
            .once()
            .await?;
        work.sql("UPDATE leak SET moved = moved + $1, damaged = damaged + $2 WHERE case_id = $3 AND state = 'changed' AND decided_at = (SELECT MAX(decided_at) FROM leak WHERE case_id = $3 AND state = 'changed')")
            .bind(moved.values)
            .bind(moved.damaged)
            .bind(case)
            .run()
            .await?;
        work.record("key.renew", "case", case, detail(&moved.hashes)).await?;
    }
    Ok(())
}
