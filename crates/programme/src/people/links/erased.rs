//! Whoever is erased leaves no link behind: neither her links nor a pseudonym that stands for hers in what is counted now. What stays
//! is that two pseudonyms were counted as one from a position of the ledger to another (`subject_joined`): reports that were frozen
//! in between come out as they were. Nobody reads a name in it: only whoever holds the database and the office's key could tell that a
//! number that was erased was once held to be the person of another file.

use ceiba_store::{Tx, Work};
use uuid::Uuid;

use super::same::{group, regroup};
use crate::{Outcome, Programme};

/// Takes every link of a person away, and her pseudonym out of its group.
pub(crate) async fn forget(p: &Programme, work: &mut Work, person: Uuid) -> Outcome<()> {
    let before = group(work.tx(), &[person]).await?;
    work.sql("DELETE FROM person_link WHERE one = $1 OR other = $1").bind(person).run().await?;
    work.sql("DELETE FROM link_seen WHERE person = $1").bind(person).run().await?;
    if before.len() > 1 {
        regroup(p, work, &before).await?;
    }
    Ok(())
}

/// The same for everybody who is erased, after a restore. Pseudonyms are made anew when the office opens
/// ([`super::rebuild`]): without its key nobody knows whose they are.
pub(crate) async fn forget_again(tx: &mut Tx) -> Outcome<()> {
    tx.sql(
        "DELETE FROM person_link
         WHERE one IN (SELECT subject FROM erasure) OR other IN (SELECT subject FROM erasure)",
    )
    .run()
    .await?;
    tx.sql("DELETE FROM link_seen WHERE person IN (SELECT subject FROM erasure)").run().await?;
    tx.sql("DELETE FROM subject_same").run().await?;
    Ok(())
}
