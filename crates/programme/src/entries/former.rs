//! Former versions: who had what before, and putting one back within thirty days.

use ceiba_access::{Caller, Grant, Place};
use ceiba_store::{DAY, Micros, Tx, Work};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Head, rights};
use crate::sealed::detail;
use crate::{Outcome, Programme, ProgrammeError};

/// How long a change can be taken back by whoever may change the entry.
pub const UNDO: Micros = 30 * DAY;

/// An earlier version of an entry.
#[derive(Debug)]
pub struct Former<T> {
    /// Its number.
    pub version: i64,
    /// When it was replaced.
    pub at: Micros,
    /// By whom.
    pub changed_by: Uuid,
    /// Why.
    pub why: String,
    /// What stood in clear.
    pub plain: Columns,
    /// What it said.
    pub body: T,
}

/// What stands in clear of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// Where it stands.
    pub state: String,
    /// Its code.
    pub code: Option<String>,
    /// What it points to.
    pub other: Option<Uuid>,
    /// The day it is about.
    pub on_day: Option<String>,
    /// When it is due.
    pub due_at: Option<Micros>,
    /// Whose it is.
    pub owner: Option<Uuid>,
}

impl From<&Head> for Columns {
    fn from(head: &Head) -> Self {
        Self {
            state: head.state.clone(),
            code: head.code.clone(),
            other: head.other,
            on_day: head.on_day.clone(),
            due_at: head.due_at,
            owner: head.owner,
        }
    }
}

pub(super) async fn keep(
    work: &mut Work,
    caller: &Caller,
    head: &Head,
    body: Vec<u8>,
    why: &str,
) -> Outcome<()> {
    let plain = serde_json::to_string(&Columns::from(head))
        .map_err(|_| ProgrammeError::Unreadable("former columns"))?;
    let now = work.at();
    work.sql("INSERT INTO former (row, version, at, changed_by, why, plain, body, body_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(head.id)
        .bind(head.version)
        .bind(now)
        .bind(caller.account)
        .bind(why)
        .bind(plain)
        .bind(body)
        .bind(head.body_version)
        .once()
        .await?;
    Ok(())
}

/// The former versions of an entry, newest first: of its own type, or of any type as a JSON value.
///
/// # Errors
/// When a value is damaged or the grant does not open it.
pub async fn history<T: DeserializeOwned>(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    head: &Head,
) -> Outcome<Vec<Former<T>>> {
    let rows =
        tx.sql("SELECT * FROM former WHERE row = $1 ORDER BY version DESC").bind(head.id).all().await?;
    let mut versions = Vec::with_capacity(rows.len());
    for row in rows {
        let place = Place { version: row.get("body_version")?, ..head.place() };
        let columns: Columns = serde_json::from_str(&row.get::<String>("plain")?)
            .map_err(|_| ProgrammeError::Unreadable("former columns"))?;
        versions.push(Former {
            version: row.get("version")?,
            at: row.get("at")?,
            changed_by: row.get("changed_by")?,
            why: row.get("why")?,
            plain: columns,
            body: p.unseal(tx, caller, grant, &place, &row.get::<Vec<u8>>("body")?).await?,
        });
    }
    Ok(versions)
}

/// Who changed an entry last; none when it is as it was written.
///
/// # Errors
/// When the database breaks.
pub async fn changed_by(tx: &mut Tx, id: Uuid) -> Outcome<Option<Uuid>> {
    let row = tx
        .sql("SELECT changed_by FROM former WHERE row = $1 ORDER BY version DESC LIMIT 1")
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(|r| r.get("changed_by")).transpose()?)
}

/// Puts the last former version of an entry of any kind back as a new version, for whoever may change it.
/// Nothing is lost: what is replaced becomes a former version in its turn.
///
/// # Errors
/// [`ProgrammeError::State`] when there is none, it is older than thirty days or this kind is never taken
/// back; [`ProgrammeError::Stale`] when somebody changed the entry meanwhile; the gate's refusal.
pub async fn undo(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (file, id): (Uuid, Uuid),
    seen: i64,
) -> Outcome<()> {
    let row = work.sql(super::COLUMNS).bind(id).optional().await?;
    let Some(row) = row else { return Err(ceiba_access::Refusal::Absent.into()) };
    let now = Head::read(&row)?;
    if now.file != file {
        return Err(ceiba_access::Refusal::Absent.into());
    }
    let grant = p.may_case(work.tx(), caller, rights::changes(&now), file).await?;
    if now.version != seen {
        return Err(ProgrammeError::Stale);
    }
    let before = work
        .sql("SELECT * FROM former WHERE row = $1 ORDER BY version DESC LIMIT 1")
        .bind(id)
        .optional()
        .await?;
    let at = work.at();
    let Some(before) = before else { return Err(ProgrammeError::State("state-nothing-to-undo")) };
    if at - before.get::<Micros>("at")? > UNDO {
        return Err(ProgrammeError::State("state-undo-too-late"));
    }
    let columns: Columns = serde_json::from_str(&before.get::<String>("plain")?)
        .map_err(|_| ProgrammeError::Unreadable("former columns"))?;
    if !rights::undoable(&now, &columns) {
        return Err(ProgrammeError::State("state-undo-not-this"));
    }
    let place = Place { version: before.get("body_version")?, ..now.place() };
    let body: serde_json::Value =
        p.unseal(work.tx(), caller, &grant, &place, &before.get::<Vec<u8>>("body")?).await?;
    work.tx().forget(Some(file));
    keep(work, caller, &now, row.get("body")?, "undo").await?;
    let next = Head { version: seen + 1, body_version: seen + 1, ..now };
    let sealed = p.seal(work, caller, &grant, &next.place(), &body).await?;
    let hash = detail(&sealed);
    work.sql(
        "UPDATE entry SET state = $1, code = $2, other = $3, on_day = $4, due_at = $5, owner = $6, changed_at = $7,
           body = $8, body_version = $9, version = $9 WHERE id = $10",
    )
    .bind(columns.state)
    .bind(columns.code)
    .bind(columns.other)
    .bind(columns.on_day)
    .bind(columns.due_at)
    .bind(columns.owner)
    .bind(at)
    .bind(sealed)
    .bind(next.version)
    .bind(id)
    .once()
    .await?;
    work.record(&format!("{}.undo", next.kind), "case", file, hash).await?;
    Ok(())
}
