//! «Have we met?»: the index of names that is built when the office opens and lives in memory only.

use std::sync::PoisonError;

use ceiba_access::{Act, Caller, Situation};
use ceiba_linkage::{Birth as Born, Candidate, Known, Strength};
use ceiba_store::{Row, Tx};
use jiff::civil::Date;
use uuid::Uuid;

use super::{Core, Identity, New, place};
use crate::dates::Birth;
use crate::{Outcome, Programme};

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn known(id: Uuid, core: &Core, identity: &Identity, sex: &str) -> Known {
    let some = |s: &str| (!s.trim().is_empty()).then(|| s.to_owned());
    Known {
        id: id.into_bytes(),
        names: words(&identity.given),
        surnames: words(&identity.surnames),
        chosen: some(&core.chosen_name),
        birth: match &core.birth {
            Birth::Day { day } => {
                Born::Exact(i32::from(day.year()), day.month().unsigned_abs(), day.day().unsigned_abs())
            }
            Birth::Month { year, month } => Born::Month(i32::from(*year), month.unsigned_abs()),
            Birth::Year { year } => Born::Year(i32::from(*year)),
            Birth::About { years, on } => {
                Born::Age { years: u16::from(*years), at_year: i32::from(on.year()) }
            }
            Birth::Refused | Birth::Unknown => Born::Unknown,
        },
        sex: some(sex),
        municipality: some(&identity.origin),
        mother: some(&identity.mother),
    }
}

/// Puts a person into the index.
pub(crate) fn remember(p: &Programme, id: Uuid, new: &New) {
    let mut index = p.names.write().unwrap_or_else(PoisonError::into_inner);
    index.add(&known(id, &new.core, &new.identity, &new.sex));
}

/// Takes a person into the index as she stands in the database now: called after the commit of a change, so
/// that the index never knows a name that was not saved. Looks again when somebody else changed her meanwhile.
///
/// # Errors
/// When the database breaks or her record is damaged.
pub async fn refresh(p: &Programme, id: Uuid) -> Outcome<()> {
    let mut taken = None;
    loop {
        let mut tx = p.store.db.read().await?;
        let row =
            tx.sql("SELECT * FROM person WHERE id = $1 AND erased_at IS NULL").bind(id).optional().await?;
        let Some(row) = row else {
            forget(p, id);
            return Ok(());
        };
        let version: i64 = row.get("version")?;
        if taken == Some(version) {
            return Ok(());
        }
        let known = read(p, &mut tx, &row).await?;
        p.names.write().unwrap_or_else(PoisonError::into_inner).add(&known);
        taken = Some(version);
    }
}

/// What the index knows of a person, from her sealed record.
async fn read(p: &Programme, tx: &mut Tx, row: &Row) -> Outcome<Known> {
    let (id, version): (Uuid, i64) = (row.get("id")?, row.get("version")?);
    let core: Core = p.office_open(tx, &place(id, "core", version), &row.get::<Vec<u8>>("core")?).await?;
    let identity = match row.get::<Option<Vec<u8>>>("identity")? {
        Some(sealed) => p.office_open(tx, &place(id, "identity", version), &sealed).await?,
        None => Identity::default(),
    };
    Ok(known(id, &core, &identity, &row.get::<String>("sex")?))
}

/// Forgets a person who was erased.
pub(crate) fn forget(p: &Programme, id: Uuid) {
    p.names.write().unwrap_or_else(PoisonError::into_inner).remove(id.as_bytes());
}

/// Builds the index from the sealed records, when the office opens. Tells how many people it holds.
///
/// # Errors
/// When a record is damaged: the office does not open half.
pub async fn build(p: &Programme, tx: &mut Tx) -> Outcome<usize> {
    let rows = tx.sql("SELECT * FROM person WHERE erased_at IS NULL").all().await?;
    for row in &rows {
        let known = read(p, tx, row).await?;
        p.names.write().unwrap_or_else(PoisonError::into_inner).add(&known);
    }
    Ok(rows.len())
}

/// A possible earlier meeting, as far as the caller may know of it.
#[derive(Clone, Debug)]
pub enum Met {
    /// A person whose file the caller may open: the case and how alike.
    Mine {
        /// Her case.
        case: Uuid,
        /// Its code.
        code: String,
        /// What speaks for and against.
        candidate: Candidate,
    },
    /// There is one elsewhere: no name, no code, only whom to ask.
    Elsewhere,
}

/// People who may be the same as the one being entered. Those of cases that the caller may not open come
/// as one [`Met::Elsewhere`]; those she is blocked from do not come at all.
///
/// # Errors
/// When something breaks.
pub async fn alike(p: &Programme, tx: &mut Tx, caller: &Caller, new: &New, today: Date) -> Outcome<Vec<Met>> {
    let grant = p.may(caller, Act::PERSON_FIND)?;
    debug_assert_eq!(grant.account(), caller.account);
    let _ = today;
    let candidates = {
        let index = p.names.read().unwrap_or_else(PoisonError::into_inner);
        index.candidates(&known(Uuid::nil(), &new.core, &new.identity, &new.sex), 10)
    };
    let (mut met, mut elsewhere) = (Vec::new(), false);
    // A namesake is no news; what is at least likely is.
    for candidate in candidates.into_iter().filter(|c| c.strength >= Strength::Likely) {
        let person = Uuid::from_bytes(candidate.id);
        for row in tx
            .sql("SELECT id, code FROM case_file WHERE person = $1 ORDER BY opened_at DESC")
            .bind(person)
            .all()
            .await?
        {
            let case = row.get("id")?;
            let situation = Situation::of(tx, caller, case, p.store.clock.now()).await?.unwrap_or_default();
            if p.gate.would(caller, Act::CASE_READ, &situation) {
                met.push(Met::Mine { case, code: row.get("code")?, candidate: candidate.clone() });
            } else if !situation.blocked {
                elsewhere = true;
            }
        }
    }
    if elsewhere {
        met.push(Met::Elsewhere);
    }
    Ok(met)
}

/// Cases by (part of) a chosen or real name, or by code, that the caller may open. Nothing tells whether
/// there are others.
///
/// # Errors
/// When something breaks.
pub async fn search(p: &Programme, tx: &mut Tx, caller: &Caller, typed: &str) -> Outcome<Vec<Uuid>> {
    p.may(caller, Act::PERSON_FIND)?;
    let typed: String = typed.chars().take(100).collect();
    let mut people: Vec<Uuid> = {
        let index = p.names.read().unwrap_or_else(PoisonError::into_inner);
        index.search(&typed, 50).into_iter().map(|(id, _)| Uuid::from_bytes(id)).collect()
    };
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    if plain.len() >= 6 {
        for field in ["document", "phone"] {
            let token = p.office.blind(field, &plain);
            let rows = tx
                .sql("SELECT person FROM blind_index WHERE field = $1 AND token = $2")
                .bind(field)
                .bind(token)
                .all();
            for row in rows.await? {
                people.push(row.get("person")?);
            }
        }
    }
    let mut cases = Vec::new();
    if let Some(code) = crate::codes::read(&typed, 'C', 4) {
        for row in tx.sql("SELECT id FROM case_file WHERE code = $1").bind(code).all().await? {
            cases.push(row.get("id")?);
        }
    }
    for person in people {
        for row in tx
            .sql("SELECT id FROM case_file WHERE person = $1 ORDER BY opened_at DESC")
            .bind(person)
            .all()
            .await?
        {
            cases.push(row.get("id")?);
        }
    }
    let mut shown: Vec<Uuid> = Vec::new();
    for case in cases {
        let situation = Situation::of(tx, caller, case, p.store.clock.now()).await?.unwrap_or_default();
        if !shown.contains(&case) && p.gate.would(caller, Act::CASE_READ, &situation) {
            shown.push(case);
        }
    }
    Ok(shown)
}
