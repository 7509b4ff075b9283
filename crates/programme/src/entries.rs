//! What a file holds: notes, services, tasks, goals, consents… One table, one way to write, one history.
//!
//! What lists and clocks need stands in clear (state, code, days, owner); the rest is a typed body, sealed in
//! the compartment of its folder. Every change keeps the former version and counts the row's version up; a
//! change based on an older version is refused, never merged in silence. Why one table: docs/adr/0005.

use std::sync::Arc;

use ceiba_access::{Caller, Folder, Grant, Place};
use ceiba_store::{Micros, Row, StoreError, Tx, Work};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::sealed::{detail, readable};
use crate::{Outcome, Programme, ProgrammeError};

mod ahead;
mod change;
mod follow;
mod former;
pub mod rights;
pub use ahead::ahead;
pub(crate) use ahead::kept;
pub(crate) use change::open;
pub(crate) use follow::{follow, hand};
pub use former::{Columns, Former, UNDO, changed_by, history, undo};

/// A kind of entry: the type of its body.
pub trait Kind: Serialize + DeserializeOwned + Send + Sync {
    /// Its code in the database and in the ledger.
    const KIND: &'static str;
    /// Its compartment, when it is not that of its folder.
    const COMPARTMENT: Option<&'static str> = None;
}

/// What is known of an entry without opening it.
#[derive(Clone, Debug)]
pub struct Head {
    /// Its id.
    pub id: Uuid,
    /// The case or alert it belongs to.
    pub file: Uuid,
    /// Its kind.
    pub kind: String,
    /// The folder whose right opens it.
    pub folder: Folder,
    /// Where it stands; the words depend on the kind.
    pub state: String,
    /// A code: the service type, the domain, the level.
    pub code: Option<String>,
    /// Another record it points to: an institution, a person.
    pub other: Option<Uuid>,
    /// The civil day it is about.
    pub on_day: Option<String>,
    /// When it is due.
    pub due_at: Option<Micros>,
    /// Whose it is to do.
    pub owner: Option<Uuid>,
    /// Who wrote it.
    pub author: Uuid,
    /// The entry it corrects.
    pub corrects: Option<Uuid>,
    /// When it was written.
    pub created_at: Micros,
    /// When it was last changed.
    pub changed_at: Micros,
    /// Its version.
    pub version: i64,
    /// The version at which its body was sealed: older than its own when only its state moved since.
    body_version: i64,
    compartment: String,
}

/// An entry with its body.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    /// What stands in clear.
    pub head: Head,
    /// What was sealed.
    pub body: T,
}

/// What stands in clear of a new or changed entry.
#[derive(Clone, Debug, Default)]
pub struct Plain {
    /// Where it stands.
    pub state: &'static str,
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
    /// What it corrects.
    pub corrects: Option<Uuid>,
}

/// The compartment of a folder's entries.
const fn compartment(folder: Folder) -> &'static str {
    match folder {
        Folder::Social => "services",
        Folder::Health => "health",
        Folder::Psychological => "therapy",
        Folder::Legal => "legal",
        Folder::Location => "location",
        Folder::Identity => "identity",
    }
}

/// Where the body of an entry stands.
pub(crate) const fn place_of((file, compartment): (Uuid, &str), id: Uuid, body_version: i64) -> Place<'_> {
    Place { subject: file, compartment, table: "entry", row: id, field: "body", version: body_version }
}

const COLUMNS: &str = "SELECT * FROM entry WHERE id = $1";

impl Head {
    pub(crate) fn read(row: &Row) -> Outcome<Self> {
        let folder =
            Folder::find(&row.get::<String>("folder")?).ok_or(ProgrammeError::Unreadable("folder"))?;
        Ok(Self {
            id: row.get("id")?,
            file: row.get("file")?,
            kind: row.get("kind")?,
            folder,
            state: row.get("state")?,
            code: row.get("code")?,
            other: row.get("other")?,
            on_day: row.get("on_day")?,
            due_at: row.get("due_at")?,
            owner: row.get("owner")?,
            author: row.get("author")?,
            corrects: row.get("corrects")?,
            created_at: row.get("created_at")?,
            changed_at: row.get("changed_at")?,
            version: row.get("version")?,
            body_version: row.get("body_version")?,
            compartment: row.get("compartment")?,
        })
    }

    fn place(&self) -> Place<'_> {
        place_of((self.file, &self.compartment), self.id, self.body_version)
    }
}

/// Adds an entry to a file and to the ledger.
///
/// # Errors
/// When the grant does not cover it or something breaks.
pub async fn add<T: Kind>(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    (file, folder): (Uuid, Folder),
    plain: Plain,
    body: &T,
) -> Outcome<Uuid> {
    let id = work.chance().id();
    let place = Place {
        subject: file,
        compartment: T::COMPARTMENT.unwrap_or_else(|| compartment(folder)),
        table: "entry",
        row: id,
        field: "body",
        version: 1,
    };
    let sealed = p.seal(work, caller, grant, &place, body).await?;
    let hash = detail(&sealed);
    let now = work.at();
    work.tx().forget(Some(file));
    work.sql(
        "INSERT INTO entry (id, file, kind, folder, compartment, state, code, other, on_day, due_at, owner, author,
           corrects, created_at, changed_at, body, body_version, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15, 1, 1)",
    )
    .bind(id)
    .bind(file)
    .bind(T::KIND)
    .bind(folder.code())
    .bind(place.compartment)
    .bind(plain.state)
    .bind(plain.code)
    .bind(plain.other)
    .bind(plain.on_day)
    .bind(plain.due_at)
    .bind(plain.owner)
    .bind(caller.account)
    .bind(plain.corrects)
    .bind(now)
    .bind(sealed)
    .once()
    .await?;
    work.record(&format!("{}.add", T::KIND), "case", file, hash).await?;
    Ok(id)
}

/// One entry.
///
/// # Errors
/// [`ceiba_access::Refusal::Absent`] when there is none of this kind in this file.
pub async fn get<T: Kind>(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    file: Uuid,
    id: Uuid,
) -> Outcome<Entry<T>> {
    let row = tx.sql(COLUMNS).bind(id).optional().await?;
    let head = row.as_ref().map(Head::read).transpose()?;
    let (Some(row), Some(head)) = (row, head) else { return Err(ceiba_access::Refusal::Absent.into()) };
    if head.kind != T::KIND || head.file != file {
        return Err(ceiba_access::Refusal::Absent.into());
    }
    let body = p.unseal(tx, caller, grant, &head.place(), &row.get::<Vec<u8>>("body")?).await?;
    Ok(Entry { head, body })
}

/// An entry of any kind in a file, unopened.
///
/// # Errors
/// [`ceiba_access::Refusal::Absent`] when there is none in this file.
pub async fn head(tx: &mut Tx, file: Uuid, id: Uuid) -> Outcome<Head> {
    let row = tx.sql(COLUMNS).bind(id).optional().await?;
    match row.as_ref().map(Head::read).transpose()? {
        Some(head) if head.file == file => Ok(head),
        _ => Err(ceiba_access::Refusal::Absent.into()),
    }
}

/// Says whether an entry still is at the version that somebody saw.
///
/// # Errors
/// [`ProgrammeError::Stale`] when it was changed meanwhile; else as [`head`].
pub async fn still(tx: &mut Tx, file: Uuid, id: Uuid, seen: i64) -> Outcome<()> {
    if head(tx, file, id).await?.version == seen { Ok(()) } else { Err(ProgrammeError::Stale) }
}

/// The body of an entry of any kind, as a JSON value.
///
/// # Errors
/// When the grant does not open it or it is damaged.
pub async fn body(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    head: &Head,
) -> Outcome<serde_json::Value> {
    let row = tx.sql(COLUMNS).bind(head.id).one().await?;
    p.unseal(tx, caller, grant, &head.place(), &row.get::<Vec<u8>>("body")?).await
}

/// The entries of a kind in a file that the grant opens, newest first. Those whose value is damaged are left
/// out and counted: [`Tx::damaged`].
///
/// # Errors
/// When something breaks or the grant does not open them.
pub async fn list<T: Kind>(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    (file, folder): (Uuid, Folder),
) -> Outcome<Vec<Entry<T>>> {
    let rows = match kept(tx, file, T::KIND) {
        Some(rows) => rows,
        None => Arc::new(
            tx.sql("SELECT * FROM entry WHERE file = $1 AND kind = $2 ORDER BY created_at DESC, id")
                .bind(file)
                .bind(T::KIND)
                .all()
                .await?,
        ),
    };
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows.iter() {
        if row.get::<String>("folder")? == folder.code() {
            entries.extend(read(p, tx, caller, grant, row).await?);
        }
    }
    Ok(entries)
}

/// The newest entry of a kind in this state: of those kinds of which one holds at a time.
///
/// # Errors
/// When something breaks or the grant does not open it. A damaged one is counted and nothing older takes its
/// place.
pub async fn in_state<T: Kind>(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    (file, folder): (Uuid, Folder),
    state: &'static str,
) -> Outcome<Option<Entry<T>>> {
    if let Some(rows) = kept(tx, file, T::KIND) {
        let row = rows.iter().find(|row| {
            let is = |column, value: &str| row.get::<String>(column).is_ok_and(|v| v == value);
            is("folder", folder.code()) && is("state", state)
        });
        return match row {
            Some(row) => read(p, tx, caller, grant, row).await,
            None => Ok(None),
        };
    }
    let row = tx
        .sql(
            "SELECT * FROM entry WHERE file = $1 AND kind = $2 AND folder = $3 AND state = $4
             ORDER BY created_at DESC, id LIMIT 1",
        )
        .bind(file)
        .bind(T::KIND)
        .bind(folder.code())
        .bind(state)
        .optional()
        .await?;
    match row {
        Some(row) => read(p, tx, caller, grant, &row).await,
        None => Ok(None),
    }
}

/// An entry from its row; none when its value is damaged, which is counted.
pub(crate) async fn read<T: Kind>(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    row: &Row,
) -> Outcome<Option<Entry<T>>> {
    let head = Head::read(row)?;
    let opened = p.unseal(tx, caller, grant, &head.place(), &row.get::<Vec<u8>>("body")?).await;
    let Some(body) = readable(opened)? else {
        tx.set_aside();
        return Ok(None);
    };
    Ok(Some(Entry { head, body }))
}

/// An entry from its row, opened in the name of the office: for what it decides by itself, and never shows. None when its value
/// is damaged or erased.
pub(crate) async fn office_read<T: Kind>(p: &Programme, tx: &mut Tx, row: &Row) -> Outcome<Option<Entry<T>>> {
    let head = Head::read(row)?;
    let opened = p.office_open(tx, &head.place(), &row.get::<Vec<u8>>("body")?).await;
    Ok(readable(opened)?.map(|body| Entry { head, body }))
}

/// The heads of what is in a file, newest first: the timeline. Opens nothing. The daily round of a house (doses, going out and
/// coming back) is not on it: it would bury the rest, and tell by its hours who takes medicine.
///
/// # Errors
/// When the database breaks.
pub async fn heads(tx: &mut Tx, file: Uuid, limit: i64, offset: i64) -> Outcome<Vec<Head>> {
    let rows = tx
        .sql(
            "SELECT * FROM entry WHERE file = $1 AND kind NOT IN ('dose', 'supply', 'medicine', 'outing', 'visit')
             ORDER BY created_at DESC, id LIMIT $2 OFFSET $3",
        )
        .bind(file)
        .bind(limit)
        .bind(offset)
        .all()
        .await?;
    rows.iter().map(Head::read).collect()
}

/// Changes an entry. `seen` is the version the change is based on; `why` a short code or sentence without
/// personal data.
///
/// # Errors
/// [`ProgrammeError::Stale`] when it was changed meanwhile: nothing is written.
#[expect(clippy::too_many_arguments, reason = "each is one of the things a change must say")]
pub async fn change<T: Kind>(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    head: &Head,
    seen: i64,
    plain: Plain,
    body: &T,
    why: &str,
) -> Outcome<()> {
    let row = work.sql(COLUMNS).bind(head.id).one().await?;
    let now = Head::read(&row)?;
    if now.version != seen || now.kind != T::KIND {
        return Err(ProgrammeError::Stale);
    }
    work.tx().forget(Some(now.file));
    former::keep(work, caller, &now, row.get("body")?, why).await?;
    let next = Head { version: seen + 1, body_version: seen + 1, ..now };
    let sealed = p.seal(work, caller, grant, &next.place(), body).await?;
    let hash = detail(&sealed);
    let at = work.at();
    let touched = work
        .sql(
            "UPDATE entry SET state = $1, code = $2, other = $3, on_day = $4, due_at = $5, owner = $6, corrects = $7,
               changed_at = $8, body = $9, body_version = $10, version = $10 WHERE id = $11 AND version = $12",
        )
        .bind(plain.state)
        .bind(plain.code)
        .bind(plain.other)
        .bind(plain.on_day)
        .bind(plain.due_at)
        .bind(plain.owner)
        .bind(plain.corrects)
        .bind(at)
        .bind(sealed)
        .bind(seen + 1)
        .bind(head.id)
        .bind(seen)
        .run()
        .await?;
    if touched != 1 {
        return Err(StoreError::Stale { seen, found: next.version }.into());
    }
    work.record(&format!("{}.change", T::KIND), "case", next.file, hash).await?;
    Ok(())
}

impl From<&Head> for Plain {
    fn from(head: &Head) -> Self {
        Self {
            state: "",
            code: head.code.clone(),
            other: head.other,
            on_day: head.on_day.clone(),
            due_at: head.due_at,
            owner: head.owner,
            corrects: head.corrects,
        }
    }
}
