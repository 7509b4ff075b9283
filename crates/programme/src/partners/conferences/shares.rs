//! What an institution may hear: what is meant for it, less what no live grant of hers covers now, less what she objects to.

use ceiba_access::{Caller, Grant};
use ceiba_store::{Micros, Tx, Work};
use uuid::Uuid;

use super::{Conference, Invited, blocked, open, over};
use crate::cases::consent;
use crate::entries::Entry;
use crate::partners::directory::{self, Institution};
use crate::partners::disclosed::{self, What};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// An institution that can be invited, and the kinds of data that may go to it now.
pub struct Offered {
    /// Which.
    pub institution: Institution,
    /// What a live grant, or a recorded legal basis, covers; empty: it can come, and hears nothing of her.
    pub kinds: Vec<String>,
}

/// Whom a conference can have, each with what she allows it.
///
/// # Errors
/// When something breaks or the grant does not open her consents.
pub async fn offered(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
    now: Micros,
) -> Outcome<Vec<Offered>> {
    let all = consent::list(p, tx, caller, grant, case).await?;
    let covers = |institution: Uuid| {
        let live = all.iter().filter(|c| consent::is_live(&c.head, institution, now));
        let mut kinds: Vec<String> = live.flat_map(|c| c.body.data.clone()).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    };
    let directory = directory::offered(tx).await?;
    Ok(directory
        .into_iter()
        .map(|institution| Offered { kinds: covers(institution.id), institution })
        .collect())
}

/// Whether something is meant for an institution that she does not allow.
pub(super) async fn off(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    (case, invited): (Uuid, &Invited),
    now: Micros,
) -> Outcome<bool> {
    let kinds = consent::kinds(p, tx, caller, grant, (case, invited.institution), now).await?;
    Ok(!invited.shares.iter().all(|kind| kinds.contains(kind)))
}

/// The kinds of data that an institution may hear now.
///
/// # Errors
/// When something breaks or the grant does not open her consents.
pub async fn shared(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    (case, conference, institution): (Uuid, &Conference, Uuid),
    now: Micros,
) -> Outcome<Vec<String>> {
    let meant = conference.invited.iter().find(|i| i.institution == institution);
    let Some(meant) = meant.filter(|_| !conference.keeps_from(institution)) else { return Ok(Vec::new()) };
    let kinds = consent::kinds(p, tx, caller, grant, (case, institution), now).await?;
    Ok(meant.shares.iter().filter(|kind| kinds.contains(kind)).cloned().collect())
}

/// Notes that it was held, and who came. What each institution that came may have heard goes on the list of what went to whom.
///
/// # Errors
/// [`ProgrammeError::State`] when she was not told, or objects to the whole of it; [`ProgrammeError::Invalid`] when it is still to
/// come, or nobody came; else as [`super::postpone`].
pub async fn hold(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (Uuid, Uuid, i64),
    came: &[Uuid],
) -> Outcome<()> {
    let (grant, entry) = open(p, work, caller, which).await?;
    if entry.body.told.is_none() {
        return Err(ProgrammeError::State("state-conference-not-told"));
    }
    if entry.body.refused() {
        return Err(ProgrammeError::State("state-conference-refused"));
    }
    let now = work.at();
    let of_it = |id: &Uuid| {
        entry.body.colleagues.contains(id) || entry.body.invited.iter().any(|i| i.institution == *id)
    };
    let mut problems = Problems::default();
    problems.when(entry.head.due_at > Some(now), "came", "problem-conference-early");
    problems.when(came.is_empty() || !came.iter().all(of_it), "came", "problem-conference-came");
    for id in came {
        // Who was invited before her conflict of interest was known does not come either.
        problems.when(blocked(work.tx(), which.0, *id).await?, "came", "problem-conference-colleague");
    }
    problems.done()?;
    heard(p, work, caller, (&grant, &entry), came).await?;
    let body = Conference { came: came.to_vec(), ..entry.body.clone() };
    over(p, work, caller, (&grant, &entry), (&body, "held")).await
}

async fn heard(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (grant, entry): (&Grant, &Entry<Conference>),
    came: &[Uuid],
) -> Outcome<()> {
    let (case, now) = (entry.head.file, work.at());
    for institution in entry.body.invited.iter().map(|i| i.institution).filter(|i| came.contains(i)) {
        let kinds = shared(p, work.tx(), caller, grant, (case, &entry.body, institution), now).await?;
        let spoken: Vec<String> = kinds
            .into_iter()
            .filter(|kind| entry.body.spoken().any(|at| p.pack.agenda.data(&at.code) == kind))
            .collect();
        if spoken.is_empty() {
            continue;
        }
        let grants = consent::live_for(p, work.tx(), caller, grant, (case, institution), now).await?;
        let what = What { how: "conference", institution, fields: &spoken, thing: entry.head.id };
        disclosed::note(work, caller, case, what, &grants).await?;
    }
    Ok(())
}
