//! The Municipal Protection Office: who came, whom it called, where it went, what it did in the community, what the commission
//! agreed. Its officer lists nobody the programme looks after and opens no file; what somebody tells at its desk has a key of her own.

use ceiba_access::{Act, Caller, Folder, Grant, Situation};
use ceiba_store::{Fact, Micros, Row, Tx, Work};
use serde::Deserialize;
use uuid::Uuid;

use crate::packs::Site;
use crate::{Outcome, Programme, ProgrammeError, cases};

pub mod activities;
pub mod calls;
pub mod desk;
pub mod forget;
pub mod meetings;
pub mod people;
pub mod report;
pub mod visits;

/// Terms of an office, from `packs/core/office.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Days that what somebody said is kept when no case took it up.
    pub forget_days: i64,
    /// Days until the desk asks what became of whoever was sent to an institution.
    pub answer_days: i64,
}

/// The folder of everything that an office writes.
pub(crate) const FOLDER: Folder = Folder::Social;

/// How the caller stands to her own office.
fn here(caller: &Caller) -> Situation {
    Situation { same_site: caller.site.is_some(), ..Situation::default() }
}

/// The caller's office.
///
/// # Errors
/// When the gate refuses; [`ProgrammeError::State`] when her site is no office.
pub fn of<'p>(p: &'p Programme, caller: &Caller, act: Act) -> Outcome<&'p Site> {
    p.may_on(caller, act, Uuid::nil(), &here(caller))?;
    at(p, caller).ok_or(ProgrammeError::State("state-no-office"))
}

/// The caller's office, if she works at one: for links, never in place of [`of`].
#[must_use]
pub fn at<'p>(p: &'p Programme, caller: &Caller) -> Option<&'p Site> {
    p.pack.sites.iter().find(|s| caller.site.as_deref() == Some(s.code.as_str()) && s.kind == "office")
}

/// The caller's office, for something named by its id: elsewhere there is no such thing.
///
/// # Errors
/// When the gate refuses; [`ceiba_access::Refusal::Absent`] when her site is no office.
pub(crate) fn there(p: &Programme, caller: &Caller, act: Act) -> Outcome<()> {
    p.may_on(caller, act, Uuid::nil(), &here(caller))?;
    at(p, caller).map(drop).ok_or_else(|| ceiba_access::Refusal::Absent.into())
}

/// The file of the caller's office with her grant on it.
pub(crate) async fn file(p: &Programme, tx: &mut Tx, caller: &Caller, act: Act) -> Outcome<(Uuid, Grant)> {
    let site = of(p, caller, act)?;
    let row = tx.sql("SELECT id FROM office_file WHERE site = $1").bind(&site.code).optional().await?;
    let Some(row) = row else { return Err(ProgrammeError::State("state-no-office")) };
    let id: Uuid = row.get("id")?;
    Ok((id, p.may_on(caller, act, id, &here(caller))?))
}

/// Somebody who came to an office, or about whom it calls, without what is sealed of her.
#[derive(Clone, Debug)]
pub struct Person {
    /// The id of her file here.
    pub id: Uuid,
    /// When she came.
    pub at: Micros,
    /// The alert that was given for her.
    pub alert: Option<Uuid>,
    /// The case it became, or that was named.
    pub case: Option<Uuid>,
    /// Its version.
    pub version: i64,
}

impl Person {
    fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            at: row.get("at")?,
            alert: row.get("alert")?,
            case: row.get("case_id")?,
            version: row.get("version")?,
        })
    }
}

/// Somebody of the caller's office, with her grant for an act. Whoever has a conflict of interest with her case does not know of
/// her, nor does anybody once she was forgotten.
///
/// # Errors
/// When the gate refuses; [`ceiba_access::Refusal::Absent`] when there is nobody for the caller.
pub(crate) async fn person(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    act: Act,
    id: Uuid,
) -> Outcome<(Person, Grant)> {
    there(p, caller, act)?;
    let (office, _) = file(p, tx, caller, act).await?;
    let row = tx
        .sql(
            "SELECT o.* FROM office_person o LEFT JOIN alert a ON a.id = o.alert WHERE o.id = $1 AND o.office = $2
               AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.subject = o.id)
               AND NOT EXISTS (SELECT 1 FROM conflict_block b
                               WHERE b.account = $3 AND (b.case_id = o.case_id OR b.case_id = a.case_id))",
        )
        .bind(id)
        .bind(office)
        .bind(caller.account)
        .optional()
        .await?;
    let person = row.as_ref().map(Person::read).transpose()?.ok_or(ceiba_access::Refusal::Absent)?;
    Ok((person, p.may_on(caller, act, id, &here(caller))?))
}

/// A new file for somebody.
pub(crate) async fn begin(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (alert, case): (Option<Uuid>, Option<Uuid>),
) -> Outcome<(Uuid, Grant)> {
    let (office, _) = file(p, work.tx(), caller, Act::OFFICE_WRITE).await?;
    let (id, now) = (work.chance().id(), work.at());
    work.sql(
        "INSERT INTO office_person (id, office, at, alert, case_id, version) VALUES ($1, $2, $3, $4, $5, 1)",
    )
    .bind(id)
    .bind(office)
    .bind(now)
    .bind(alert)
    .bind(case)
    .once()
    .await?;
    if case.is_none() {
        work.job(forget::JOB, id, now + p.pack.office.forget_days * ceiba_store::DAY).await?;
    }
    Ok((id, p.may_on(caller, Act::OFFICE_WRITE, id, &here(caller))?))
}

/// A fact of an office. One about a case of somebody under age moves the clocks of her route; an adult's clocks are hers, and no
/// call of an office starts one.
pub(crate) async fn fact(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Option<Uuid>,
    kind: &'static str,
) -> Outcome<Fact> {
    let site = of(p, caller, Act::OFFICE_WRITE)?;
    let mut fact = Fact {
        kind,
        at: work.at(),
        day: p.day(work.at()),
        site: Some(site.code.clone()),
        municipality: Some(site.municipality.clone()),
        amount: 1,
        ..Fact::default()
    };
    if let Some(case) = case
        && let Ok(grant) = p.may_case(work.tx(), caller, Act::ROUTE_WRITE, case).await
    {
        let hers = cases::fact(p, work, caller, &grant, case, kind).await?;
        let minor =
            ["0-11", "12-14", "15-17", "unknown"].contains(&hers.age_band.as_deref().unwrap_or_default());
        fact.subject = hers.subject.filter(|_| minor);
    }
    Ok(fact)
}

/// The open cases on whose team the caller is, by code: all that she may know of them, besides their clocks.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn cases_of(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<(Uuid, String)>> {
    of(p, caller, Act::OFFICE_READ)?;
    let rows = tx
        .sql(
            "SELECT c.id, c.code FROM case_file c JOIN care_team t ON t.case_id = c.id
             WHERE t.account = $1 AND t.until IS NULL AND c.state = 'open'
               AND NOT EXISTS (SELECT 1 FROM conflict_block b WHERE b.case_id = c.id AND b.account = t.account)
             ORDER BY c.code",
        )
        .bind(caller.account)
        .all()
        .await?;
    rows.iter().map(|r| Ok((r.get("id")?, r.get("code")?))).collect()
}
