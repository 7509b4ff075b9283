//! «Another institution asks»: what is known of her tellings is put before it, and an answer proposes what exists instead of
//! asking her again. What she said is nowhere in it: only how often, when, in what kind of place, and whether a record exists.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::hearings::Hearing;
use super::{open, past};
use crate::cases::tellings::{self, PURPOSES, Telling};
use crate::cases::{self, consent};
use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::partners::disclosed::{self, What};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// A request for another interview. Its code is one of [`PURPOSES`], `other` the institution, `on_day` when it asked; its state
/// `asked`, `answered`, `avoided` or `needed`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Who asked there: a name or an office.
    pub by: String,
    /// What the answer proposes: codes of [`PROPOSALS`].
    pub proposes: Vec<String>,
    /// What the answer told of her: codes of [`TOLD`]; none when no permission of hers covers it.
    pub told: Vec<String>,
    /// What was known when the answer went out.
    pub known: Known,
}

impl Kind for Request {
    const KIND: &'static str = "telling_request";
}

/// What an answer may propose.
pub const PROPOSALS: [&str; 5] = ["record", "advance_evidence", "gesell", "written", "her_representative"];
/// What an answer tells of her, when she allows it.
pub const TOLD: [&str; 4] = ["times", "days", "places", "evidence"];
/// How a request ends: she was spared it, or she is asked again all the same.
pub const ENDS: [&str; 2] = ["avoided", "needed"];

/// What is known without asking her: never what she said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Each time she told it, the earliest first.
    pub held: Vec<Held>,
    /// The day of the advance evidence, if there is one.
    pub evidence: Option<String>,
    /// The day she was heard in a Gesell room, if she was.
    pub gesell: Option<String>,
}

/// One telling.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The civil day.
    pub on_day: String,
    /// What for.
    pub purpose: String,
    /// Code of `telling_places`; empty while it is not known.
    pub place: String,
    /// To which institution of the directory.
    pub institution: Option<Uuid>,
    /// Where the official record is.
    pub record: String,
}

/// What is known of her tellings.
///
/// # Errors
/// When something breaks or the grant does not open them.
pub async fn known(p: &Programme, tx: &mut Tx, caller: &Caller, grant: &Grant, case: Uuid) -> Outcome<Known> {
    let mut held: Vec<Held> = tellings::list(p, tx, caller, grant, case)
        .await?
        .into_iter()
        .filter(|t: &Entry<Telling>| t.head.state == "held")
        .map(|t| Held {
            on_day: t.head.on_day.unwrap_or_default(),
            purpose: t.head.code.unwrap_or_default(),
            place: t.body.place,
            institution: t.head.other,
            record: t.body.record,
        })
        .collect();
    held.sort_by(|a, b| a.on_day.cmp(&b.on_day));
    let first = |place: &str| held.iter().find(|h| h.place == place).map(|h| h.on_day.clone());
    let (evidence, gesell) = (first("advance_evidence"), first("gesell"));
    // What was held before it was counted by itself.
    let evidence = match evidence {
        None => evidence_of_hearings(tx, case).await?,
        some => some,
    };
    Ok(Known { held, evidence, gesell })
}

async fn evidence_of_hearings(tx: &mut Tx, case: Uuid) -> Outcome<Option<String>> {
    let rows = tx
        .sql(
            "SELECT * FROM entry WHERE file = $1 AND kind = $2 AND state = 'held' AND code = 'advance_evidence'
             ORDER BY on_day, id",
        )
        .bind(case)
        .bind(Hearing::KIND)
        .all()
        .await?;
    Ok(rows.first().map(Head::read).transpose()?.and_then(|h| h.on_day))
}

/// What an answer proposes at first: the record and the advance evidence where there are any, the room where there are none.
#[must_use]
pub fn proposed(known: &Known) -> Vec<&'static str> {
    [
        ("record", known.held.iter().any(|h| !h.record.is_empty())),
        ("advance_evidence", true),
        ("gesell", known.evidence.is_none()),
        ("written", !known.held.is_empty()),
        ("her_representative", true),
    ]
    .into_iter()
    .filter_map(|(what, holds)| holds.then_some(what))
    .collect()
}

/// Notes that an institution asks, and drafts the answer. Nothing goes out.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend.
pub async fn ask(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (institution, purpose, on_day): (Option<Uuid>, &str, &str),
    (by, proposes): (&str, &[String]),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::SERVICE_WRITE, case).await?;
    let mut problems = Problems::default();
    problems.when(!listed(work.tx(), institution).await?, "institution", "problem-choose");
    problems.when(!PURPOSES.contains(&purpose), "purpose", "problem-choose");
    past(p, work.at(), (on_day, "asked"), &mut problems);
    problems.when(by.chars().count() > 120, "by", "problem-too-long");
    let proposals = proposes.iter().all(|c| PROPOSALS.contains(&c.as_str()));
    problems.when(proposes.is_empty() || !proposals, "proposes", "problem-request-proposes");
    problems.done()?;
    let plain = Plain {
        state: "asked",
        code: Some(purpose.to_owned()),
        other: institution,
        on_day: Some(on_day.to_owned()),
        ..Plain::default()
    };
    let body = Request { by: by.trim().to_owned(), proposes: proposes.to_vec(), ..Request::default() };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await?;
    let mut fact = cases::fact(p, work, caller, &grant, case, "telling.requested").await?;
    fact.code = Some(purpose.to_owned());
    work.fact(fact).await?;
    Ok(id)
}

async fn listed(tx: &mut Tx, institution: Option<Uuid>) -> Outcome<bool> {
    let Some(id) = institution else { return Ok(false) };
    Ok(tx.sql("SELECT 1 AS x FROM institution WHERE id = $1").bind(id).optional().await?.is_some())
}

/// Whether the answer to this institution may tell how often, when and where: she allows it to know of her proceedings, and
/// whoever asks may share.
///
/// # Errors
/// When something breaks or the grant does not open her consents.
pub async fn may_tell(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    (case, institution): (Uuid, Uuid),
    now: i64,
) -> Outcome<bool> {
    let situation = consent::situation(tx, caller, case, institution, now).await?;
    if !p.gate.would(caller, Act::SHARE, &situation) {
        return Ok(false);
    }
    Ok(consent::kinds(p, tx, caller, grant, (case, institution), now).await?.iter().any(|d| d == "legal"))
}

/// Notes that the answer was handed over. What it told is kept as it was told, and stands on the list of what went to whom.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Stale`] when somebody was faster; [`ProgrammeError::State`] when it went before.
pub async fn deliver(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
) -> Outcome<()> {
    let (grant, entry) = changing(p, work, caller, (case, id, seen), &["asked"]).await?;
    let Some(institution) = entry.head.other else {
        return Err(ProgrammeError::Unreadable("the institution of a request"));
    };
    let now = work.at();
    let known = known(p, work.tx(), caller, &grant, case).await?;
    let tells = may_tell(p, work.tx(), caller, &grant, (case, institution), now).await?;
    let mut body = entry.body.clone();
    if tells {
        let situation = consent::situation(work.tx(), caller, case, institution, now).await?;
        let share = p.may_on(caller, Act::SHARE, case, &situation)?;
        body.told = TOLD.map(str::to_owned).to_vec();
        body.known = known;
        let grants = consent::live_for(p, work.tx(), caller, &share, (case, institution), now).await?;
        let what = What { how: "letter", institution, fields: &body.told, thing: id };
        disclosed::note(work, caller, case, what, &grants).await?;
    }
    let plain = Plain { state: "answered", ..Plain::from(&entry.head) };
    entries::change(p, work, caller, &grant, &entry.head, seen, plain, &body, "answered").await
}

/// Notes how it ended. One that was avoided is a fact of its own.
///
/// # Errors
/// As [`deliver`]; [`ProgrammeError::Invalid`] with what to mend.
pub async fn settle(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    how: &str,
) -> Outcome<()> {
    let (grant, entry) = changing(p, work, caller, (case, id, seen), &["asked", "answered"]).await?;
    let state = ENDS.iter().find(|s| **s == how).copied();
    let mut problems = Problems::default();
    problems.when(state.is_none(), "how", "problem-choose");
    problems.done()?;
    let Some(state) = state else { return Ok(()) };
    let plain = Plain { state, ..Plain::from(&entry.head) };
    entries::change(p, work, caller, &grant, &entry.head, seen, plain, &entry.body, state).await?;
    if state == "avoided" {
        let mut fact = cases::fact(p, work, caller, &grant, case, "telling.avoided").await?;
        fact.code.clone_from(&entry.head.code);
        work.fact(fact).await?;
    }
    Ok(())
}

async fn changing(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (Uuid, Uuid, i64),
    states: &[&str],
) -> Outcome<(Grant, Entry<Request>)> {
    open(p, work, (caller, Act::SERVICE_WRITE), which, (states, "state-request-order")).await
}

/// The requests of a case, newest first.
///
/// # Errors
/// When something breaks or the grant does not open them.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Request>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Social)).await
}
