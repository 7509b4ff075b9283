//! Former versions: who had what before, and putting one back within thirty days.

use ceiba_access::{Caller, Grant, Place};
use ceiba_store::{DAY, Micros, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Head, Kind};
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
    /// Its state then.
    pub state: String,
    /// What it said.
    pub body: T,
}

#[derive(Serialize, Deserialize)]
struct Columns {
    state: String,
    code: Option<String>,
    other: Option<Uuid>,
    on_day: Option<String>,
    due_at: Option<Micros>,
    owner: Option<Uuid>,
}

pub(super) async fn keep(
    work: &mut Work,
    caller: &Caller,
    head: &Head,
    body: Vec<u8>,
    why: &str,
) -> Outcome<()> {
    let columns = Columns {
        state: head.state.clone(),
        code: head.code.clone(),
        other: head.other,
        on_day: head.on_day.clone(),
        due_at: head.due_at,
        owner: head.owner,
    };
    let plain = serde_json::to_string(&columns).map_err(|_| ProgrammeError::Unreadable("former columns"))?;
    let now = work.at();
    work.sql("INSERT INTO former (row, version, at, changed_by, why, plain, body) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(head.id)
        .bind(head.version)
        .bind(now)
        .bind(caller.account)
        .bind(why)
        .bind(plain)
        .bind(body)
        .once()
        .await?;
    Ok(())
}

/// The former versions of an entry, newest first.
///
/// # Errors
/// When a value is damaged or the grant does not open it.
pub async fn history<T: Kind>(
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
        let version = row.get("version")?;
        let place = Place { version, ..head.place() };
        let columns: Columns = serde_json::from_str(&row.get::<String>("plain")?)
            .map_err(|_| ProgrammeError::Unreadable("former columns"))?;
        versions.push(Former {
            version,
            at: row.get("at")?,
            changed_by: row.get("changed_by")?,
            why: row.get("why")?,
            state: columns.state,
            body: p.unseal(tx, caller, grant, &place, &row.get::<Vec<u8>>("body")?).await?,
        });
    }
    Ok(versions)
}

/// Puts the last former version back as a new version. Nothing is lost: what is replaced becomes a former
/// version in its turn.
///
/// # Errors
/// [`ProgrammeError::State`] when there is none or it is older than thirty days, [`ProgrammeError::Stale`]
/// when somebody changed the entry meanwhile.
pub async fn undo<T: Kind>(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    file: Uuid,
    id: Uuid,
    seen: i64,
) -> Outcome<()> {
    let row = work.sql(super::COLUMNS).bind(id).optional().await?;
    let Some(row) = row else { return Err(ceiba_access::Refusal::Absent.into()) };
    let now = Head::read(&row)?;
    if now.file != file || now.kind != T::KIND {
        return Err(ceiba_access::Refusal::Absent.into());
    }
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
    let place = Place { version: before.get("version")?, ..now.place() };
    let body: T = p.unseal(work.tx(), caller, grant, &place, &before.get::<Vec<u8>>("body")?).await?;
    keep(work, caller, &now, row.get("body")?, "undo").await?;
    let next = Head { version: seen + 1, ..now };
    let sealed = p.seal(work, caller, grant, &next.place(), &body).await?;
    let hash = detail(&sealed);
    work.sql(
        "UPDATE entry SET state = $1, code = $2, other = $3, on_day = $4, due_at = $5, owner = $6, changed_at = $7,
           body = $8, version = $9 WHERE id = $10",
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
    work.record(&format!("{}.undo", T::KIND), "case", file, hash).await?;
    Ok(())
}
