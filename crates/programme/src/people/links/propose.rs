//! Proposing: the register is asked about one person, and what it finds likely waits for somebody who may open both files.

use ceiba_linkage::{Answer, codes};
use ceiba_store::{Tx, Work};
use uuid::Uuid;

use super::super::known;
use crate::sealed::readable;
use crate::{Outcome, Programme};

/// From this probability on two people wait for a decision.
pub const LIKELY: f64 = 0.5;

/// So many of the likeliest are proposed for one person.
const MOST: usize = 10;

/// Asks about a person and writes down what is likely. What was decided is not proposed again, unless one of the two changed
/// and other things speak for it now. Gives how many are new; then there are entries of the ledger, and the caller commits.
///
/// # Errors
/// When something breaks.
pub async fn propose(p: &Programme, work: &mut Work, person: Uuid) -> Outcome<usize> {
    let Some((answers, version)) = asked(p, work.tx(), person).await? else { return Ok(0) };
    let mut new = 0;
    let mut kept = Vec::with_capacity(answers.len());
    for answer in &answers {
        let other = Uuid::from_bytes(answer.id);
        let row = work
            .sql("SELECT version FROM person WHERE id = $1 AND erased_at IS NULL")
            .bind(other)
            .optional()
            .await?;
        // Somebody may have been erased since.
        let Some(row) = row else { continue };
        kept.push(other);
        new += usize::from(pair(work, [(person, version), (other, row.get("version")?)], answer).await?);
    }
    withdraw(work, person, version, &kept).await?;
    seen(work.tx(), person, version).await?;
    Ok(new)
}

/// Who is likely the same as a person, and her version. `None` when she is erased or damaged.
pub(super) async fn asked(p: &Programme, tx: &mut Tx, person: Uuid) -> Outcome<Option<(Vec<Answer>, i64)>> {
    let row =
        tx.sql("SELECT * FROM person WHERE id = $1 AND erased_at IS NULL").bind(person).optional().await?;
    let Some(row) = row else { return Ok(None) };
    let version = row.get("version")?;
    let Some(known) = readable(known::read(p, tx, &row).await)? else { return Ok(None) };
    Ok(Some((known::ask(p, &known, LIKELY, MOST), version)))
}

/// At which version the register was asked about somebody.
pub(super) async fn seen(tx: &mut Tx, person: Uuid, version: i64) -> Outcome<()> {
    tx.sql(
        "INSERT INTO link_seen (person, version) VALUES ($1, $2)
         ON CONFLICT (person) DO UPDATE SET version = excluded.version",
    )
    .bind(person)
    .bind(version)
    .once()
    .await?;
    Ok(())
}

/// Writes one pair down. Says whether it waits now and did not before.
async fn pair(work: &mut Work, mut people: [(Uuid, i64); 2], answer: &Answer) -> Outcome<bool> {
    people.sort_unstable();
    let [(one, one_version), (other, other_version)] = people;
    let evidence = codes(&answer.because);
    let settle: Vec<&str> = answer.settle.iter().map(|about| about.code()).collect();
    let settle = settle.join(" ");
    // A probability has at most four digits in thousandths.
    #[expect(clippy::cast_possible_truncation, reason = "from 0 to 1000")]
    let per_mille = (answer.probability.clamp(0.0, 1.0) * 1000.0).round() as i64;
    let row = work
        .sql("SELECT id, state, evidence, one_version, other_version FROM person_link WHERE one = $1 AND other = $2")
        .bind(one)
        .bind(other)
        .optional()
        .await?;
    let now = work.at();
    let Some(row) = row else {
        let id = work.chance().id();
        work.sql(
            "INSERT INTO person_link (id, one, other, state, per_mille, evidence, settle, one_version, other_version,
               proposed_at, version)
             VALUES ($1, $2, $3, 'proposed', $4, $5, $6, $7, $8, $9, 1)",
        )
        .bind(id)
        .bind(one)
        .bind(other)
        .bind(per_mille)
        .bind(evidence)
        .bind(settle)
        .bind(one_version)
        .bind(other_version)
        .bind(now)
        .once()
        .await?;
        work.record("link.proposed", "link", id, [0; 32]).await?;
        return Ok(true);
    };
    let same =
        (row.get::<i64>("one_version")?, row.get::<i64>("other_version")?) == (one_version, other_version);
    let (id, state, before): (Uuid, String, String) =
        (row.get("id")?, row.get("state")?, row.get("evidence")?);
    // Sealed anew is not changed: only other facts that speak for it open the question again.
    if same || state == "one" || (state == "two" && levels(&before) == levels(&evidence)) {
        return Ok(false);
    }
    work.sql(
        "UPDATE person_link SET state = 'proposed', per_mille = $1, evidence = $2, settle = $3, one_version = $4,
           other_version = $5, proposed_at = $6, put_off_at = NULL, decided_by = NULL, decided_at = NULL, version = version + 1
         WHERE id = $7",
    )
    .bind(per_mille)
    .bind(evidence)
    .bind(settle)
    .bind(one_version)
    .bind(other_version)
    .bind(now)
    .bind(id)
    .once()
    .await?;
    if state == "two" {
        work.record("link.proposed", "link", id, [0; 32]).await?;
    }
    Ok(state == "two")
}

/// What was compared and how it came out, without what it weighs: that changes with every person who is added.
fn levels(evidence: &str) -> Vec<String> {
    let level = |reason: &str| reason.split(':').take(2).collect::<Vec<_>>().join(":");
    evidence.split(' ').map(level).collect()
}

/// Takes back what was proposed about a person before she changed and is not likely any more. Nobody decided on it.
async fn withdraw(work: &mut Work, person: Uuid, version: i64, kept: &[Uuid]) -> Outcome<()> {
    let rows = work
        .sql(
            "SELECT id, one, other, one_version, other_version FROM person_link
             WHERE state = 'proposed' AND (one = $1 OR other = $1)",
        )
        .bind(person)
        .all()
        .await?;
    for row in &rows {
        let (id, one, other): (Uuid, Uuid, Uuid) = (row.get("id")?, row.get("one")?, row.get("other")?);
        let (to, looked): (Uuid, i64) =
            if one == person { (other, row.get("one_version")?) } else { (one, row.get("other_version")?) };
        if looked != version && !kept.contains(&to) {
            work.sql("DELETE FROM person_link WHERE id = $1 AND state = 'proposed'").bind(id).run().await?;
            work.record("link.withdrawn", "link", id, [0; 32]).await?;
        }
    }
    Ok(())
}
