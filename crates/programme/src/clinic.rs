//! The walk-in clinic: who waits, who attends to her, appointments, and the health clock.
//!
//! A visit is a row of codes and instants; her chosen name and a remark are sealed entries whose file is the visit, so
//! that somebody may be attended to without a case and without a name.

use ceiba_access::{Act, Caller, Folder, Grant, Refusal, Situation};
use ceiba_store::{Fact, MINUTE, Micros, Row, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::entries::{self, Entry, Kind};
use crate::packs::Site;
use crate::{Outcome, Programme, ProgrammeError, cases};

pub mod appointments;
mod attend;
pub mod clock;
mod data;
pub mod findings;
pub(crate) mod forget;
mod link;
pub mod no_show;
mod receive;

pub use attend::{call, finish, leave, pass, say};
pub use data::{Clinic, Clock, Desk, Row as ClockRow, Status, Step, Type, Urgency};
pub use forget::on_her_word;
pub use link::{join, joined};
pub use receive::{Arrival, receive};

/// What somebody said when she came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalkIn {
    /// What she wants to be called; empty: only her number.
    pub chosen_name: String,
    /// A remark for whoever attends to her.
    pub remark: String,
}

impl Kind for WalkIn {
    const KIND: &'static str = "walkin";
    const COMPARTMENT: Option<&'static str> = Some("visit");
}

/// A short remark of a desk, in a visit without a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Its words.
    pub text: String,
}

impl Kind for Remark {
    const KIND: &'static str = "visit-remark";
    const COMPARTMENT: Option<&'static str> = Some("visit");
}

/// A visit as its row tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Its id.
    pub id: Uuid,
    /// Site code.
    pub site: String,
    /// What she is called by: unique for the day and the clinic.
    pub number: String,
    /// `waiting`, `attending`, `done` or `left`.
    pub state: String,
    /// A desk's code.
    pub desk: String,
    /// An urgency's code.
    pub urgency: String,
    /// When she came.
    pub arrived_at: Micros,
    /// Since when she waits for this desk.
    pub queued_at: Micros,
    /// When this desk called her.
    pub called_at: Option<Micros>,
    /// When it ended.
    pub ended_at: Option<Micros>,
    /// Who attends to her, or did.
    pub attended_by: Option<Uuid>,
    /// Her case, if it is linked to one.
    pub case: Option<Uuid>,
    /// When what she said was erased.
    pub erased_at: Option<Micros>,
    /// Its version.
    pub version: i64,
}

impl Visit {
    fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            site: row.get("site")?,
            number: row.get("number")?,
            state: row.get("state")?,
            desk: row.get("desk")?,
            urgency: row.get("urgency")?,
            arrived_at: row.get("arrived_at")?,
            queued_at: row.get("queued_at")?,
            called_at: row.get("called_at")?,
            ended_at: row.get("ended_at")?,
            attended_by: row.get("attended_by")?,
            case: row.get("case_id")?,
            erased_at: row.get("erased_at")?,
            version: row.get("version")?,
        })
    }

    /// Refuses to write into a visit whose words were erased: they would stand there alone, under no key.
    ///
    /// # Errors
    /// [`ProgrammeError::State`].
    fn still_said(&self) -> Outcome<()> {
        if self.erased_at.is_some() { Err(ProgrammeError::State("state-visit-erased")) } else { Ok(()) }
    }
}

/// A visit with what she said.
pub struct Waiting {
    /// The visit.
    pub visit: Visit,
    /// Her chosen name and remark; nothing where it is not for this reader, or damaged.
    pub said: WalkIn,
}

/// How the caller stands to her own site as a whole.
fn here(caller: &Caller) -> Situation {
    Situation { same_site: caller.site.is_some(), ..Situation::default() }
}

/// The caller's clinic, for somebody with this right there.
///
/// # Errors
/// The gate's refusal. Who works at a house has no clinic: [`Refusal::Absent`].
pub fn of<'p>(p: &'p Programme, caller: &Caller, act: Act) -> Outcome<&'p Site> {
    p.may_on(caller, act, Uuid::nil(), &here(caller))?;
    at(p, caller).ok_or_else(|| Refusal::Absent.into())
}

/// The caller's clinic, if she works at one: for links, never in place of [`of`].
#[must_use]
pub fn at<'p>(p: &'p Programme, caller: &Caller) -> Option<&'p Site> {
    p.pack.sites.iter().find(|s| caller.site.as_deref() == Some(s.code.as_str()) && s.kind == "clinic")
}

/// Whether a case is of a house or office that the caller's clinic is for, by the pack.
pub(crate) async fn serves(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<bool> {
    let Some(clinic) = at(p, caller).filter(|s| !s.serves.is_empty()) else { return Ok(false) };
    let row = tx.sql("SELECT site FROM case_file WHERE id = $1").bind(case).optional().await?;
    let site: Option<String> = row.map(|r| r.get("site")).transpose()?;
    Ok(site.is_some_and(|site| clinic.serves.contains(&site)))
}

/// A visit of the caller's clinic, with her grant for an act on it. Whoever has a conflict of interest with the case it
/// is linked to does not know of it.
///
/// # Errors
/// [`Refusal::Absent`] when it is not hers; the gate's refusal.
pub async fn open(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    act: Act,
    id: Uuid,
) -> Outcome<(Visit, Grant)> {
    let Some(visit) = by_id(tx, id).await? else {
        // The gate is asked about a visit that does not exist as about any other.
        p.may_on(caller, act, id, &Situation::default())?;
        return Err(Refusal::Absent.into());
    };
    let grant = grant(p, tx, caller, act, &visit).await?;
    Ok((visit, grant))
}

/// A visit by its id, whoever asks.
async fn by_id(tx: &mut Tx, id: Uuid) -> Outcome<Option<Visit>> {
    let row = tx
        .sql(
            "SELECT v.*, (SELECT x.at FROM erasure x WHERE x.subject = v.id) AS erased_at FROM visit v
             WHERE v.id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    row.as_ref().map(Visit::read).transpose()
}

async fn grant(p: &Programme, tx: &mut Tx, caller: &Caller, act: Act, visit: &Visit) -> Outcome<Grant> {
    let ours = at(p, caller).is_some_and(|s| s.code == visit.site);
    let blocked = match visit.case {
        Some(case) => tx
            .sql("SELECT 1 AS x FROM conflict_block WHERE case_id = $1 AND account = $2")
            .bind(case)
            .bind(caller.account)
            .optional()
            .await?
            .is_some(),
        None => false,
    };
    let situation = Situation { same_site: ours, blocked, ..Situation::default() };
    p.may_on(caller, act, visit.id, &situation).map_err(|_| Refusal::Absent.into())
}

/// What she said when she came; nothing once it was erased.
///
/// # Errors
/// When the grant does not open it or something breaks.
pub async fn said(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    visit: &Visit,
) -> Outcome<WalkIn> {
    if visit.erased_at.is_some() {
        return Ok(WalkIn::default());
    }
    let all: Vec<Entry<WalkIn>> = entries::list(p, tx, caller, grant, (visit.id, Folder::Social)).await?;
    Ok(all.into_iter().next().map(|e| e.body).unwrap_or_default())
}

/// The remarks of desks in a visit, newest first.
///
/// # Errors
/// When the grant does not open them or something breaks.
pub async fn remarks(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    visit: &Visit,
) -> Outcome<Vec<Entry<Remark>>> {
    if visit.erased_at.is_some() {
        return Ok(Vec::new());
    }
    entries::list(p, tx, caller, grant, (visit.id, Folder::Social)).await
}

/// Who waits or is attended to at the caller's clinic: by urgency, then by arrival.
///
/// # Errors
/// The gate's refusal, or when something breaks.
pub async fn queue(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Waiting>> {
    let site = of(p, caller, Act::CLINIC_READ)?;
    let rows = tx
        .sql(
            "SELECT v.*, (SELECT x.at FROM erasure x WHERE x.subject = v.id) AS erased_at FROM visit v
             WHERE v.site = $1 AND v.state IN ('waiting', 'attending') ORDER BY v.arrived_at, v.id",
        )
        .bind(&site.code)
        .all()
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let visit = Visit::read(row)?;
        let Ok(grant) = grant(p, tx, caller, Act::CLINIC_READ, &visit).await else { continue };
        all.push(Waiting { said: said(p, tx, caller, &grant, &visit).await?, visit });
    }
    all.sort_by_key(|w| (w.visit.state == "attending", p.pack.clinic.rank(&w.visit.urgency)));
    Ok(all)
}

/// Somebody who prefers not to talk was given the sheet: a count, and nothing else.
///
/// # Errors
/// The gate's refusal, or when something breaks.
pub async fn informed(p: &Programme, work: &mut Work, caller: &Caller) -> Outcome<()> {
    let site = of(p, caller, Act::CLINIC_RECEIVE)?;
    work.record("clinic.informed", "account", caller.account, [0; 32]).await?;
    let fact = nameless(p, work.at(), site, "clinic.informed");
    Ok(work.fact(fact).await?)
}

/// A fact of a clinic about nobody in particular.
fn nameless(p: &Programme, at: Micros, site: &Site, kind: &'static str) -> Fact {
    Fact {
        kind,
        at,
        day: p.day(at),
        site: Some(site.code.clone()),
        municipality: Some(site.municipality.clone()),
        amount: 1,
        ..Fact::default()
    }
}

/// A fact of a visit: with sex, age band and pseudonym where a case is linked that the caller may know of here.
async fn fact(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    visit: &Visit,
    kind: &'static str,
) -> Outcome<Fact> {
    if let Some(case) = visit.case {
        match p.may_case(work.tx(), caller, Act::CLINIC_RECEIVE, case).await {
            Ok(grant) => return cases::fact(p, work, caller, &grant, case, kind).await,
            Err(ProgrammeError::Refused(_)) => {}
            Err(e) => return Err(e),
        }
    }
    let site = at(p, caller).ok_or(Refusal::Absent)?;
    Ok(nameless(p, work.at(), site, kind))
}

/// Whole minutes between two instants.
const fn minutes(from: Micros, to: Micros) -> i64 {
    (to - from) / MINUTE
}
