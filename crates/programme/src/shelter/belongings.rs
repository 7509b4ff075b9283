//! What she brought and the house keeps for her, written down with her, and given back.

use ceiba_access::{Act, Caller, Folder};
use ceiba_store::Work;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cases::tasks;
use crate::entries::{self, Head, Kind, Plain};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// Things that are kept for her.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Belongings {
    /// What they are, one by one, as she names them.
    pub items: String,
    /// Where they are kept.
    pub place: String,
}

impl Kind for Belongings {
    const KIND: &'static str = "belongings";
    const COMPARTMENT: Option<&'static str> = Some("house");
}

/// Writes down what the house keeps for her.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn keep(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    body: &Belongings,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_LOG, case).await?;
    let mut problems = Problems::default();
    problems.when(body.items.is_empty(), "items", "problem-belongings-empty");
    problems.when(body.items.chars().count() > 2000, "items", "problem-too-long");
    problems.when(body.place.chars().count() > 200, "place", "problem-too-long");
    problems.done()?;
    let plain = Plain { state: "kept", ..Plain::default() };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, body).await?;
    tasks::resolve(p, work, caller, case, Belongings::KIND).await?;
    Ok(id)
}

/// She has them back.
///
/// # Errors
/// When the gate refuses; [`ProgrammeError::Stale`] when she has them already.
pub async fn give_back(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, id: Uuid) -> Outcome<()> {
    p.may_case(work.tx(), caller, Act::HOUSE_LOG, case).await?;
    let it = |h: &Head| h.id == id && h.state == "kept";
    match entries::follow(work, caller, (case, Belongings::KIND), it, "returned", "returned").await? {
        0 => Err(ProgrammeError::Stale),
        _ => Ok(()),
    }
}
