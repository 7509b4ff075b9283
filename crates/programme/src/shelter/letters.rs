//! Letters of a search: what an institution that looks for her must know, and nothing of why she lives here. Each goes on the list
//! of what went to whom.

use ceiba_access::{Act, Caller};
use ceiba_store::{Micros, Tx, Work};
use uuid::Uuid;

use super::missing::{self, Missing};
use crate::entries::Entry;
use crate::partners::directory::{self, Institution};
use crate::partners::disclosed::{self, What};
use crate::people::{self, Person};
use crate::{Outcome, Problem, Programme, ProgrammeError, cases};

/// What a letter tells; codes of the list of what went out.
pub const TELLS: [&str; 5] = ["chosen_name", "age", "sex", "last_seen", "wore"];

/// A letter as it is printed.
pub struct Paper {
    /// To whom.
    pub to: Institution,
    /// Who she is, by her chosen name.
    pub person: Person,
    /// The search.
    pub search: Entry<Missing>,
    /// When it was written.
    pub at: Micros,
}

/// To whom the steps of a search have letters: institutions of the kinds that the pack names.
///
/// # Errors
/// When the database breaks.
pub async fn to_whom(p: &Programme, tx: &mut Tx) -> Outcome<Vec<Institution>> {
    let kinds: Vec<&str> = p.pack.shelter.missing.iter().map(|s| s.letter.as_str()).collect();
    let mut all = directory::offered(tx).await?;
    all.retain(|i| kinds.contains(&i.kind.as_str()));
    Ok(all)
}

/// Writes a letter: from here on it counts as handed over. A second one to the same institution is the same letter.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when no step has letters to it; [`ProgrammeError::Stale`] when nobody is looked for any more.
pub async fn write(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, institution): (Uuid, Uuid),
) -> Outcome<()> {
    p.may_case(work.tx(), caller, Act::HOUSE_LOG, case).await?;
    if !to_whom(p, work.tx()).await?.iter().any(|i| i.id == institution) {
        return Err(ProgrammeError::Invalid(vec![Problem { field: "to", key: "problem-choose" }]));
    }
    let Some(search) = missing::now(p, work.tx(), caller, case).await? else {
        return Err(ProgrammeError::Stale);
    };
    // Every letter that is opened is noted; what it tells is on her list once.
    work.record("house.letter", "case", case, [0; 32]).await?;
    if written(work.tx(), search.head.id, institution).await?.is_some() {
        return Ok(());
    }
    let fields = TELLS.map(str::to_owned);
    let what = What { how: "search", institution, fields: &fields, thing: search.head.id };
    // Nobody asks her now: it rests on the duty to protect her, which the pack names with the step.
    disclosed::note(work, caller, case, what, &[]).await
}

async fn written(tx: &mut Tx, search: Uuid, institution: Uuid) -> Outcome<Option<Micros>> {
    let row = tx
        .sql("SELECT at FROM disclosed WHERE thing = $1 AND institution = $2")
        .bind(search)
        .bind(institution)
        .optional()
        .await?;
    Ok(row.map(|r| r.get("at")).transpose()?)
}

/// A letter that was written.
///
/// # Errors
/// [`ceiba_access::Refusal::Absent`] when there is none, or nobody is looked for any more.
pub async fn read(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (case, institution): (Uuid, Uuid),
) -> Outcome<Paper> {
    let absent = || ProgrammeError::from(ceiba_access::Refusal::Absent);
    let grant = p.may_case(tx, caller, Act::HOUSE_READ, case).await?;
    let search = missing::now(p, tx, caller, case).await?.ok_or_else(absent)?;
    let at = written(tx, search.head.id, institution).await?.ok_or_else(absent)?;
    let to = directory::list(tx).await?.into_iter().find(|i| i.id == institution).ok_or_else(absent)?;
    let file = cases::lookup(tx, case).await?;
    let person = people::of(p, tx, caller, &grant, file.person).await?;
    Ok(Paper { to, person, search, at })
}
