//! Referrals: sent to an institution of the directory, and what came back.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{DAY, MINUTE, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::consent;
use crate::entries::{self, Entry, Kind, Plain};
use crate::partners::disclosed::{self, What};
use crate::partners::{directory, packets, steps};
use crate::{Outcome, Problems, Programme, ProgrammeError};

mod told;

pub(crate) use told::told;
pub(super) use told::withdrawn;

/// A referral.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// What is asked for, in a sentence.
    pub need: String,
    /// Which data goes with it: codes of [`consent::DATA`].
    pub data: Vec<String>,
    /// Why it was declined.
    pub declined: String,
}

impl Kind for Referral {
    const KIND: &'static str = "referral";
}

/// How what she allowed reaches the institution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Somebody tells it, on the phone or in person.
    Told,
    /// A packet holds it ([`packets::hand_over`]), which the institution opens itself.
    Packet,
}

/// Days after which the next contact is due.
const ANSWER_DAYS: i64 = 3;

/// Sends a referral. Without a live grant for this institution the gate refuses; with one, only the data it
/// covers goes.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend.
pub async fn send(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (institution, service, way): (Uuid, &str, Way),
    referral: &Referral,
) -> Outcome<Uuid> {
    let now = work.at();
    let situation = consent::situation(work.tx(), caller, case, institution, now).await?;
    let grant = p.may_on(caller, Act::SHARE, case, &situation)?;
    let offered = directory::is_offered(work.tx(), institution).await?;
    let covered = consent::kinds(p, work.tx(), caller, &grant, (case, institution), now).await?;
    let mut problems = Problems::default();
    problems.when(!offered, "institution", "problem-choose");
    problems.when(!p.pack.lists.has("service_types", service), "service", "problem-choose");
    problems.when(referral.need.trim().is_empty(), "need", "problem-referral-need");
    problems.when(referral.need.chars().count() > 1000, "need", "problem-too-long");
    problems.when(referral.data.iter().any(|d| !covered.contains(d)), "data", "problem-not-covered");
    problems.done()?;
    let plain = Plain {
        state: "requested",
        code: Some(service.to_owned()),
        other: Some(institution),
        due_at: Some(now + ANSWER_DAYS * DAY),
        owner: Some(caller.account),
        ..Plain::default()
    };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, referral).await?;
    if way == Way::Told {
        let grants = consent::live_for(p, work.tx(), caller, &grant, (case, institution), now).await?;
        let what = What { how: "told", institution, fields: &referral.data, thing: id };
        disclosed::note(work, caller, case, what, &grants).await?;
    }
    let mut fact = super::fact(p, work, caller, &grant, case, "referral.sent").await?;
    fact.code = Some(service.to_owned());
    fact.dims = told::dims(work.tx(), case, Some(institution)).await?;
    work.fact(fact).await?;
    Ok(id)
}

/// Notes what the institution answered.
///
/// # Errors
/// [`ProgrammeError::State`] when this cannot follow; [`ProgrammeError::Stale`] when somebody was faster.
pub async fn answer(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    (state, declined): (&str, &str),
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::SERVICE_WRITE, case).await?;
    let entry: Entry<Referral> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if entry.head.version != seen {
        return Err(ProgrammeError::Stale);
    }
    let path = steps::reach(&entry.head.state, state).ok_or(ProgrammeError::State("state-referral-order"))?;
    let mut problems = Problems::default();
    problems.when(state == "rejected" && declined.trim().is_empty(), "declined", "problem-declined-why");
    problems.done()?;
    let body = Referral { declined: declined.trim().to_owned(), ..entry.body.clone() };
    for (n, state) in (0..).zip(path) {
        let plain = Plain { state, due_at: None, ..Plain::from(&entry.head) };
        entries::change(p, work, caller, &grant, &entry.head, seen + n, plain, &body, state).await?;
        let mut fact = super::fact(p, work, caller, &grant, case, "referral.answered").await?;
        fact.code.clone_from(&entry.head.code);
        fact.outcome = Some(state.to_owned());
        fact.minutes = Some((work.at() - entry.head.created_at) / MINUTE);
        fact.dims = told::dims(work.tx(), case, entry.head.other).await?;
        work.fact(fact).await?;
        if !steps::is_open(state) {
            packets::close(work, "referral", id, "ended").await?;
        }
    }
    Ok(())
}

/// The referrals of a case, newest first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Referral>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Social)).await
}
