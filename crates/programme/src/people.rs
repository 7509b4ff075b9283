//! People: a chosen name and a code everywhere; the real identity in its own sealed place.

use ceiba_access::{Act, Caller, Grant, Place, Situation};
use ceiba_store::{Micros, Row, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::dates::Birth;
use crate::sealed::detail;
use crate::{Outcome, Problems, Programme};

pub mod change;
pub(crate) mod hers;
pub mod identity;
pub mod known;
pub mod links;
pub(crate) mod origin;
pub(crate) mod readings;
mod written;

pub use change::{Before, change, history, undo};
pub use identity::{REASONS, change_identity, identity};
pub(crate) use written::as_seen;
pub use written::{Typed, is_mixed};

/// What the team uses every day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Core {
    /// What she wants to be called.
    pub chosen_name: String,
    /// Her language's code.
    pub language: String,
    /// Whether she needs an interpreter.
    pub interpreter: bool,
    /// When she was born, as far as it is known. Her age shows; the date itself only with the identity.
    pub birth: Birth,
    /// What was typed, where it is kept in another form of writing.
    #[serde(default, skip_serializing_if = "Typed::is_empty")]
    pub typed: Typed,
}

/// Who she is on paper. Opened with a reason, each time an entry of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Given names.
    pub given: String,
    /// Surnames.
    pub surnames: String,
    /// Her mother's name.
    pub mother: String,
    /// Number of her identity document.
    pub document: String,
    /// Her phone.
    pub phone: String,
    /// Where she comes from: a municipality's code.
    pub origin: String,
    /// What was typed, where it is kept in another form of writing.
    #[serde(default, skip_serializing_if = "Typed::is_empty")]
    pub typed: Typed,
}

/// A new person.
#[derive(Clone, Debug, Default)]
pub struct New {
    /// Every day's part.
    pub core: Core,
    /// The paper's part; may be empty.
    pub identity: Identity,
    /// Code of the list `gender`.
    pub sex: String,
}

/// A person as opened.
#[derive(Clone, Debug)]
pub struct Person {
    /// Her id.
    pub id: Uuid,
    /// Her code.
    pub code: String,
    /// Code of the list `gender`.
    pub sex: String,
    /// Every day's part.
    pub core: Core,
    /// When she was first entered.
    pub created_at: Micros,
    /// Version of the row.
    pub version: i64,
}

pub(crate) const fn place(id: Uuid, field: &'static str, version: i64) -> Place<'static> {
    let compartment = if matches!(field.as_bytes(), b"identity") { "identity" } else { "core" };
    Place { subject: id, compartment, table: "person", row: id, field, version }
}

/// Adds a person. Her data key is made with her first value; deleting it later erases her.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn add(p: &Programme, work: &mut Work, caller: &Caller, new: &New) -> Outcome<Uuid> {
    add_as(p, work, caller, (Act::CASE_OPEN, Situation::default()), new).await
}

/// As [`add`], under another right. Only opening a case writes an identity; whoever receives somebody at night
/// leaves it to daylight, and the row has none.
pub(crate) async fn add_as(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (act, situation): (Act, Situation),
    new: &New,
) -> Outcome<Uuid> {
    let mut problems = Problems::default();
    change::check(p, &new.core, &mut problems);
    identity::check(p, &new.identity, &mut problems);
    problems.when(!p.pack.lists.has("gender", &new.sex), "sex", "problem-choose");
    problems.done()?;

    let new = &New { core: new.core.written(), identity: new.identity.written(), sex: new.sex.clone() };
    let id = work.chance().id();
    let grant = p.may_on(caller, act, id, &situation)?;
    let code = free_code(work).await?;
    let core = p.seal(work, caller, &grant, &place(id, "core", 1), &new.core).await?;
    let identity = if act == Act::CASE_OPEN {
        Some(p.seal(work, caller, &grant, &place(id, "identity", 1), &new.identity).await?)
    } else {
        None
    };
    let (now, hash) = (work.at(), detail(&core));
    work.sql(
        "INSERT INTO person (id, code, sex, core, identity, created_at, created_by, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1)",
    )
    .bind(id)
    .bind(code)
    .bind(&new.sex)
    .bind(core)
    .bind(identity)
    .bind(now)
    .bind(caller.account)
    .once()
    .await?;
    identity::index(p, work, id, &new.identity).await?;
    work.record("person.add", "person", id, hash).await?;
    known::remember(p, work, id, new);
    Ok(id)
}

async fn free_code(work: &mut Work) -> Outcome<String> {
    loop {
        let code = crate::codes::draw(work.chance(), 'P', 4);
        let taken = work.sql("SELECT 1 AS x FROM person WHERE code = $1").bind(&code).optional().await?;
        if taken.is_none() {
            return Ok(code);
        }
    }
}

/// The columns of a person beside those of her case, for lists. She is called `p`.
macro_rules! person_columns {
    () => {
        "p.id AS p_id, p.code AS p_code, p.sex AS p_sex, p.core AS p_core, p.created_at AS p_created_at, p.version AS p_version"
    };
}
pub(crate) use person_columns;

/// The person of a case, with her everyday part. The grant is for her case.
///
/// # Errors
/// When the grant does not open it or the value is damaged.
pub async fn of(p: &Programme, tx: &mut Tx, caller: &Caller, grant: &Grant, id: Uuid) -> Outcome<Person> {
    let text = concat!("SELECT ", person_columns!(), " FROM person p WHERE p.id = $1");
    let row = tx.sql(text).bind(id).optional().await?;
    let Some(row) = row else { return Err(ceiba_access::Refusal::Absent.into()) };
    read(p, tx, caller, grant, &row).await
}

/// A person from a row with [`person_columns`].
pub(crate) async fn read(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    row: &Row,
) -> Outcome<Person> {
    let (id, version) = (row.get("p_id")?, row.get("p_version")?);
    let sealed: Vec<u8> = row.get("p_core")?;
    Ok(Person {
        id,
        code: row.get("p_code")?,
        sex: row.get("p_sex")?,
        core: p.unseal(tx, caller, grant, &place(id, "core", version), &sealed).await?,
        created_at: row.get("p_created_at")?,
        version,
    })
}
