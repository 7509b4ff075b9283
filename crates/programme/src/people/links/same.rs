//! Counted once: the pseudonyms of one person point to one of them. Facts are never rewritten.
//!
//! Whoever counts people reads the view `fact_person`, in which `subject` is the pseudonym that stands for all of hers; or joins
//! `subject_same` on `subject` and takes `COALESCE(as_subject, subject)`.

use std::collections::{BTreeMap, BTreeSet};

use ceiba_store::Tx;
use uuid::Uuid;

use crate::{Outcome, Programme};

/// Everybody who is the same person as one of these, themselves included.
pub(super) async fn group(tx: &mut Tx, people: &[Uuid]) -> Outcome<BTreeSet<Uuid>> {
    let mut known: BTreeSet<Uuid> = people.iter().copied().collect();
    let mut ask: Vec<Uuid> = people.to_vec();
    while let Some(person) = ask.pop() {
        let rows = tx
            .sql("SELECT one, other FROM person_link WHERE state = 'one' AND (one = $1 OR other = $1)")
            .bind(person)
            .all()
            .await?;
        for row in &rows {
            for id in [row.get::<Uuid>("one")?, row.get::<Uuid>("other")?] {
                if known.insert(id) {
                    ask.push(id);
                }
            }
        }
    }
    Ok(known)
}

/// Writes the pseudonyms of these people, and of everybody linked with them, as the links stand now.
pub(super) async fn regroup(p: &Programme, tx: &mut Tx, people: &BTreeSet<Uuid>) -> Outcome<()> {
    for person in people {
        tx.sql("DELETE FROM subject_same WHERE subject = $1").bind(pseudonym(p, *person)).run().await?;
    }
    let mut left = people.clone();
    while let Some(person) = left.first().copied() {
        let group = group(tx, &[person]).await?;
        for (subject, same) in pairs(p, &group) {
            tx.sql(
                "INSERT INTO subject_same (subject, as_subject) VALUES ($1, $2)
                 ON CONFLICT (subject) DO UPDATE SET as_subject = excluded.as_subject",
            )
            .bind(subject)
            .bind(same)
            .once()
            .await?;
        }
        left.retain(|id| !group.contains(id));
    }
    Ok(())
}

fn pseudonym(p: &Programme, person: Uuid) -> Vec<u8> {
    p.office.pseudonym(person.as_bytes()).to_vec()
}

/// Each pseudonym of a group but the lowest, with the lowest, which stands for all.
fn pairs(p: &Programme, group: &BTreeSet<Uuid>) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut subjects: Vec<Vec<u8>> = group.iter().map(|id| pseudonym(p, *id)).collect();
    subjects.sort_unstable();
    let mut subjects = subjects.into_iter();
    let Some(first) = subjects.next() else { return vec![] };
    subjects.map(|subject| (subject, first.clone())).collect()
}

/// Writes all pseudonyms anew when they are not as the links say, as after a restore that left an erased person out. Says whether it
/// had to.
///
/// # Errors
/// When the database breaks.
pub async fn rebuild(p: &Programme) -> Outcome<bool> {
    let mut tx = p.store.db.read().await?;
    let mut meant = BTreeMap::new();
    let rows = tx.sql("SELECT one, other FROM person_link WHERE state = 'one'").all().await?;
    for row in &rows {
        let group = group(&mut tx, &[row.get("one")?, row.get("other")?]).await?;
        meant.extend(pairs(p, &group));
    }
    let mut there = BTreeMap::new();
    for row in tx.sql("SELECT subject, as_subject FROM subject_same").all().await? {
        there.insert(row.get::<Vec<u8>>("subject")?, row.get::<Vec<u8>>("as_subject")?);
    }
    drop(tx);
    if meant == there {
        return Ok(false);
    }
    let mut tx = p.store.db.write().await?;
    tx.sql("DELETE FROM subject_same").run().await?;
    for (subject, same) in meant {
        tx.sql("INSERT INTO subject_same (subject, as_subject) VALUES ($1, $2)")
            .bind(subject)
            .bind(same)
            .once()
            .await?;
    }
    tx.commit().await?;
    Ok(true)
}
