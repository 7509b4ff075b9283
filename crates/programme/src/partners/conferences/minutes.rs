//! Minutes for one institution: its own part, and nothing of the others'.

use ceiba_access::{Act, Caller};
use ceiba_store::{Micros, Tx, Work};
use uuid::Uuid;

use super::decisions::Decision;
use super::{Conference, Point, shares};
use crate::cases::consent;
use crate::entries::{self, Entry};
use crate::partners::disclosed::{self, What};
use crate::{Outcome, Programme, ProgrammeError};

/// What one institution reads.
pub struct Minutes {
    /// The conference.
    pub conference: Entry<Conference>,
    /// The kinds of data that may go to it.
    pub kinds: Vec<String>,
    /// The points that touch them.
    pub points: Vec<Point>,
    /// What it took on.
    pub decisions: Vec<Entry<Decision>>,
    /// Whether she allows that anything goes to it: a live grant, or a recorded legal basis, and no objection.
    pub allowed: bool,
    /// When they were handed over.
    pub handed: Option<Micros>,
}

/// The minutes for an institution that was invited.
///
/// # Errors
/// The gate's refusal; [`ceiba_access::Refusal::Absent`] when it was not invited, or the conference was not held.
pub async fn minutes(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (case, id, institution): (Uuid, Uuid, Uuid),
    now: Micros,
) -> Outcome<Minutes> {
    let grant = p.may_case(tx, caller, Act::CONFERENCE_READ, case).await?;
    let conference: Entry<Conference> = entries::get(p, tx, caller, &grant, case, id).await?;
    let invited = conference.body.invited.iter().any(|i| i.institution == institution);
    if !invited || conference.head.state != "held" {
        return Err(ceiba_access::Refusal::Absent.into());
    }
    let kinds = shares::shared(p, tx, caller, &grant, (case, &conference.body, institution), now).await?;
    let allowed =
        consent::covers(tx, case, institution, now).await? && !conference.body.keeps_from(institution);
    let points: Vec<Point> = conference
        .body
        .spoken()
        .filter(|at| kinds.iter().any(|kind| p.pack.agenda.data(&at.code) == kind))
        .cloned()
        .collect();
    let mut decisions = super::decided(p, tx, caller, case).await?;
    // A decision tells of its point: without the kind of data it touches, not even its own goes on paper.
    decisions.retain(|d| {
        d.body.conference == id
            && d.head.other == Some(institution)
            && points.iter().any(|at| at.code == d.body.point)
    });
    let handed = handed(tx, id, institution).await?;
    Ok(Minutes { conference, kinds, points, decisions, allowed, handed })
}

async fn handed(tx: &mut Tx, thing: Uuid, institution: Uuid) -> Outcome<Option<Micros>> {
    let row = tx
        .sql("SELECT MAX(at) AS at FROM disclosed WHERE thing = $1 AND institution = $2 AND how = 'minutes'")
        .bind(thing)
        .bind(institution)
        .one()
        .await?;
    Ok(row.get("at")?)
}

/// Notes that the minutes were handed over: under the right to share, which her grant gives.
///
/// # Errors
/// The gate's refusal, without a grant of hers above all; [`ProgrammeError::State`] when she objects, or when nothing is for it.
pub async fn hand(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, institution): (Uuid, Uuid, Uuid),
) -> Outcome<()> {
    let now = work.at();
    let situation = consent::situation(work.tx(), caller, case, institution, now).await?;
    let share = p.may_on(caller, Act::SHARE, case, &situation)?;
    let it = minutes(p, work.tx(), caller, (case, id, institution), now).await?;
    if !it.allowed {
        return Err(ProgrammeError::State("state-conference-objected"));
    }
    if it.points.is_empty() {
        return Err(ProgrammeError::State("state-conference-nothing"));
    }
    let grants = consent::live_for(p, work.tx(), caller, &share, (case, institution), now).await?;
    let spoken: Vec<String> = it
        .kinds
        .into_iter()
        .filter(|kind| it.points.iter().any(|at| p.pack.agenda.data(&at.code) == kind))
        .collect();
    let what = What { how: "minutes", institution, fields: &spoken, thing: id };
    disclosed::note(work, caller, case, what, &grants).await?;
    Ok(work.record("conference.minutes", "case", case, [0; 32]).await?)
}
