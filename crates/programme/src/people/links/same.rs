//! Counted once: the pseudonyms of one person point to one of them. Facts are never rewritten.
//!
//! A report is counted as of a position of the ledger, so what was joined is kept with its position ([`as_of`]).
//!
//! Whoever counts people reads the view `fact_person`, in which `subject` is the pseudonym that stands for all of hers; or joins
//! `subject_same` on `subject` and takes `COALESCE(as_subject, subject)`.

use std::collections::{BTreeMap, BTreeSet};

use ceiba_store::{Tx, Work};
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
pub(super) async fn regroup(p: &Programme, work: &mut Work, people: &BTreeSet<Uuid>) -> Outcome<()> {
    let mut now: BTreeMap<Vec<u8>, Option<Vec<u8>>> =
        people.iter().map(|person| (pseudonym(p, *person), None)).collect();
    let mut left = people.clone();
    while let Some(person) = left.first().copied() {
        let group = group(work.tx(), &[person]).await?;
        now.extend(pairs(p, &group).into_iter().map(|(subject, same)| (subject, Some(same))));
        left.retain(|id| !group.contains(id));
    }
    let position = work.position();
    write(work.tx(), position, &now).await
}

/// Writes what pseudonyms are counted as from a position on.
async fn write(tx: &mut Tx, position: i64, now: &BTreeMap<Vec<u8>, Option<Vec<u8>>>) -> Outcome<()> {
    for (subject, same) in now {
        tx.sql("DELETE FROM subject_same WHERE subject = $1").bind(subject.clone()).run().await?;
        if let Some(same) = same {
            tx.sql("INSERT INTO subject_same (subject, as_subject) VALUES ($1, $2)")
                .bind(subject.clone())
                .bind(same.clone())
                .once()
                .await?;
        }
        tx.sql(
            "INSERT INTO subject_joined (subject, entered, as_subject) VALUES ($1, $2, $3)
             ON CONFLICT (subject, entered) DO UPDATE SET as_subject = excluded.as_subject",
        )
        .bind(subject.clone())
        .bind(position)
        .bind(same.clone())
        .once()
        .await?;
    }
    Ok(())
}

/// What pseudonyms were counted as at a position of the ledger: each with the one that stood for it.
pub(crate) async fn as_of(tx: &mut Tx, position: i64) -> Outcome<BTreeMap<Vec<u8>, Vec<u8>>> {
    let mut all = BTreeMap::new();
    for row in tx
        .sql("SELECT subject, as_subject FROM subject_joined WHERE entered < $1 ORDER BY entered")
        .bind(position)
        .all()
        .await?
    {
        let subject: Vec<u8> = row.get("subject")?;
        match row.get::<Option<Vec<u8>>>("as_subject")? {
            Some(same) => all.insert(subject, same),
            None => all.remove(&subject),
        };
    }
    Ok(all)
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
    let joined = as_of(&mut tx, i64::MAX).await?;
    drop(tx);
    if meant == there && meant == joined {
        return Ok(false);
    }
    let mut tx = p.store.db.write().await?;
    let size = tx.sql("SELECT COALESCE(MAX(seq) + 1, 0) AS size FROM ledger_entry").one().await?;
    let mut now: BTreeMap<Vec<u8>, Option<Vec<u8>>> =
        there.into_keys().chain(joined.into_keys()).map(|subject| (subject, None)).collect();
    now.extend(meant.into_iter().map(|(subject, same)| (subject, Some(same))));
    write(&mut tx, size.get("size")?, &now).await?;
    tx.commit().await?;
    Ok(true)
}
