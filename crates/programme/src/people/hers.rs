//! Whose case it is, in memory: reading the people of twelve thousand cases takes longer than the whole search.
//!
//! What is kept holds as long as nobody joined or left a case of hers, which two short queries tell. It only says in which order
//! names are looked through and whom: the gate decides on every case as it stands in the database.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use ceiba_access::Caller;
use ceiba_store::{Micros, Tx};
use uuid::Uuid;

use crate::{Outcome, Programme};

/// For how many colleagues it is kept.
const KEPT: usize = 64;

/// What a reading rests on: when it changes, it is read again.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    cases: i64,
    newest: i64,
    emergencies: i64,
    until: i64,
    moved: u64,
}

/// The people of somebody's cases, sorted, and whether such a case is open.
pub(super) type Hers = Arc<Vec<(Uuid, bool)>>;

/// The people of everybody's cases, as far as they were asked for.
#[derive(Default)]
pub(crate) struct Kept {
    of: RwLock<BTreeMap<Uuid, (Stamp, Hers)>>,
    /// How often a case was closed or opened again.
    moved: AtomicU64,
}

impl Kept {
    /// A case was closed or opened again: open ones come first.
    pub(crate) fn moved(&self) {
        self.moved.fetch_add(1, Ordering::Relaxed);
    }
}

/// The people of cases that are the caller's: of her team, opened in an emergency, or her own; and whether such a
/// case is open.
pub(super) async fn hers(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Hers> {
    let now = p.store.clock.now();
    let stamp = stamp(p, tx, caller, now).await?;
    let kept = p.hers.of.read().unwrap_or_else(PoisonError::into_inner).get(&caller.account).cloned();
    if let Some((_, hers)) = kept.filter(|(before, _)| *before == stamp) {
        return Ok(hers);
    }
    let rows = tx
        .sql(
            "SELECT c.person, c.state FROM care_team t JOIN case_file c ON c.id = t.case_id WHERE t.account = $1 AND t.until IS NULL
             UNION SELECT c.person, c.state FROM break_glass g JOIN case_file c ON c.id = g.case_id WHERE g.account = $1 AND g.until > $2",
        )
        .bind(caller.account)
        .bind(now)
        .all()
        .await?;
    let mut people: BTreeMap<Uuid, bool> = BTreeMap::new();
    for row in &rows {
        *people.entry(row.get("person")?).or_default() |= row.get::<String>("state")? == "open";
    }
    if let Some(person) = caller.person {
        people.entry(person).or_insert(true);
    }
    let hers: Hers = Arc::new(people.into_iter().collect());
    let mut all = p.hers.of.write().unwrap_or_else(PoisonError::into_inner);
    if all.len() >= KEPT && !all.contains_key(&caller.account) {
        all.clear();
    }
    all.insert(caller.account, (stamp, hers.clone()));
    Ok(hers)
}

/// Joining is later than all before it, and leaving makes one fewer.
async fn stamp(p: &Programme, tx: &mut Tx, caller: &Caller, now: Micros) -> Outcome<Stamp> {
    let team = tx
        .sql("SELECT COUNT(*) AS n, COALESCE(MAX(since), 0) AS newest FROM care_team WHERE account = $1 AND until IS NULL")
        .bind(caller.account)
        .one()
        .await?;
    let glass = tx
        .sql("SELECT COUNT(*) AS n, COALESCE(MAX(until), 0) AS newest FROM break_glass WHERE account = $1 AND until > $2")
        .bind(caller.account)
        .bind(now)
        .one()
        .await?;
    Ok(Stamp {
        cases: team.get("n")?,
        newest: team.get("newest")?,
        emergencies: glass.get("n")?,
        until: glass.get("newest")?,
        moved: p.hers.moved.load(Ordering::Relaxed),
    })
}
