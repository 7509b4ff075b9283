//! The directory as HSDS, in and out. What is brought is looked at first; what the page does not show of it is kept, and leaves as
//! it came. Nothing here could hold a place: [`Service`] has no field for one.

use std::collections::BTreeSet;

use ceiba_access::{Act, Caller};
use ceiba_exchange::hsds::{self, Fault, Service, Status, Why};
use ceiba_store::{Tx, Work};
use uuid::Uuid;

use super::{check, keep, list};
use crate::{Outcome, Problem, Programme, ProgrammeError};

mod map;
use map::{offer, service};

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It will be added.
    New,
    /// It is in the directory already, under this id.
    Known(Uuid),
    /// It stands in the same file before, in this row.
    Twice(usize),
    /// It is not offered where it comes from.
    NotOffered,
    /// It is not what the standard says: fields and why.
    Wrong(Vec<(String, Why)>),
    /// It cannot be an entry here: what a person would be told at the form.
    Mend(Vec<Problem>),
}

/// A row that was looked at.
#[derive(Clone, Debug)]
pub struct Looked {
    /// Its number in the file, from one.
    pub number: usize,
    /// What it calls itself.
    pub name: String,
    /// What becomes of it.
    pub fate: Fate,
    /// It says where something is. That was not read.
    pub places: bool,
    /// What was read, of one that will be added.
    pub service: Option<Box<Service>>,
}

/// What is offered, as the file that leaves.
///
/// # Errors
/// The gate's refusal; when the database breaks.
pub async fn export(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<u8>> {
    p.may(caller, Act::CASE_LIST)?;
    let all = list(tx).await?;
    let services: Vec<Service> = all.iter().filter(|i| i.active).map(|i| service(p, i)).collect();
    hsds::write(&services).map_err(|_| ProgrammeError::Unreadable("directory"))
}

/// Looks at a file row by row. Nothing is written.
///
/// # Errors
/// The gate's refusal; when the database breaks. A file that is no directory at all is the inner error.
pub async fn look(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    bytes: &[u8],
) -> Outcome<Result<Vec<Looked>, Fault>> {
    p.may(caller, Act::DIRECTORY_WRITE)?;
    let rows = match hsds::read(bytes) {
        Ok(rows) => rows,
        Err(fault) => return Ok(Err(fault)),
    };
    let all = list(tx).await?;
    let mut before: Vec<(usize, Uuid, BTreeSet<String>)> = Vec::new();
    let mut looked = Vec::with_capacity(rows.len());
    for row in rows {
        let (number, name, places) = (row.number, row.name, row.places);
        let (fate, service) = match row.service {
            Err(wrong) => (Fate::Wrong(wrong), None),
            Ok(s) => {
                let it = offer(p, &s);
                let same: BTreeSet<String> =
                    ceiba_linkage::normalise(&it.name).into_iter().chain([it.municipality.clone()]).collect();
                let twin = check::twin(&all, &it, None).or_else(|| all.iter().find(|i| i.id == s.id));
                let twice = before.iter().find(|(_, id, other)| *id == s.id || *other == same);
                let fate = if let Some(twin) = twin {
                    Fate::Known(twin.id)
                } else if let Some((first, ..)) = twice {
                    Fate::Twice(*first)
                } else if s.status != Status::Active {
                    Fate::NotOffered
                } else if let Err(ProgrammeError::Invalid(list)) = check::checked(p, &it).done() {
                    Fate::Mend(list)
                } else {
                    Fate::New
                };
                before.push((number, s.id, same));
                let kept = (fate == Fate::New).then_some(s);
                (fate, kept)
            }
        };
        looked.push(Looked { number, name, fate, places, service });
    }
    Ok(Ok(looked))
}

/// Adds every row of a file, which the caller looked at. The caller commits.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Stale`] when a row cannot be added any more: nothing is added then.
pub async fn bring(p: &Programme, work: &mut Work, caller: &Caller, bytes: &[u8]) -> Outcome<usize> {
    let Ok(rows) = look(p, work.tx(), caller, bytes).await? else { return Err(ProgrammeError::Stale) };
    if rows.iter().any(|r| r.fate != Fate::New) {
        return Err(ProgrammeError::Stale);
    }
    let mut count = 0;
    for s in rows.into_iter().filter_map(|r| r.service) {
        let document = serde_json::to_string(&s).map_err(|_| ProgrammeError::Unreadable("directory"))?;
        let it = offer(p, &s);
        let day = s.assured_date.as_deref().and_then(|d| d.parse::<jiff::civil::Date>().ok());
        let day = day.map(|d| d.to_string()).unwrap_or_default();
        keep::insert(work, s.id, &it, (&day, None), Some(document)).await?;
        work.record("directory.bring", "institution", s.id, keep::hash(&it)).await?;
        count += 1;
    }
    Ok(count)
}
