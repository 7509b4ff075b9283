//! Forms from workbook to use: a draft that somebody brought, published by somebody else, retired in the end.
//! Answers keep the version they were given to.

use ceiba_access::{Act, Caller};
use ceiba_forms::{Form, Problem};
use ceiba_store::{Micros, Tx, Work};
use uuid::Uuid;

use crate::care::scales;
use crate::sealed::detail;
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// The largest workbook, in bytes.
pub const LARGEST: usize = 2 << 20;

/// A version of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The form's id.
    pub form: String,
    /// Its version.
    pub version: String,
    /// What people call it.
    pub title: String,
    /// `draft`, `published` or `retired`.
    pub state: String,
    /// When it came to this state.
    pub at: Micros,
    /// Who brought it; none for the programme's own.
    pub added_by: Option<Uuid>,
    /// Who published or retired it.
    pub decided_by: Option<Uuid>,
}

/// What became of a workbook.
#[derive(Debug)]
pub enum Brought {
    /// It is a draft now: its form and version, and what the reader changed or left out.
    Draft(String, String, Vec<Problem>),
    /// It cannot be used; every problem with its cell. Nothing was written.
    Refused(Vec<Problem>),
}

/// Reads a workbook and keeps it as a draft.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] when it is too large or this version is known already.
pub async fn bring(p: &Programme, work: &mut Work, caller: &Caller, workbook: &[u8]) -> Outcome<Brought> {
    p.may(caller, Act::FORM_PUBLISH)?;
    let mut problems = Problems::default();
    problems.when(workbook.len() > LARGEST, "file", "problem-file-large");
    problems.when(workbook.is_empty(), "file", "problem-form-file");
    problems.done()?;
    let reading = match ceiba_forms::read_xlsx(workbook) {
        Ok(reading) => reading,
        Err(refused) => return Ok(Brought::Refused(refused.0)),
    };
    let form = reading.form;
    let known = get(work.tx(), &form.id, &form.version).await?.is_some();
    let mut problems = Problems::default();
    problems.when(form.version.is_empty() || form.id.is_empty(), "file", "problem-form-version-missing");
    problems.when(known, "file", "problem-form-version-known");
    let scale = form.id.starts_with(scales::PREFIX);
    problems.when(scale && scales::read(&form).is_none(), "file", "problem-form-scale");
    problems.done()?;
    let definition = serde_json::to_string(&form).map_err(|_| ProgrammeError::Unreadable("form"))?;
    let hash = detail(definition.as_bytes());
    let now = work.at();
    work.sql(
        "INSERT INTO form_version (form, version, state, hash, definition, at, added_by)
         VALUES ($1, $2, 'draft', $3, $4, $5, $6)",
    )
    .bind(&form.id)
    .bind(&form.version)
    .bind(hash.iter().map(|b| format!("{b:02x}")).collect::<String>())
    .bind(definition)
    .bind(now)
    .bind(caller.account)
    .once()
    .await?;
    work.record("form.draft", "form", Uuid::nil(), hash).await?;
    Ok(Brought::Draft(form.id, form.version, reading.warnings))
}

/// Publishes a draft. The version before it is retired; whoever brought a draft does not publish it.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] when it is her own; [`ProgrammeError::Stale`] when it is no
/// draft any more.
pub async fn publish(p: &Programme, work: &mut Work, caller: &Caller, at: (&str, &str)) -> Outcome<()> {
    p.may(caller, Act::FORM_PUBLISH)?;
    let Some(draft) = get(work.tx(), at.0, at.1).await? else {
        return Err(ceiba_access::Refusal::Absent.into());
    };
    if draft.state != "draft" {
        return Err(ProgrammeError::Stale);
    }
    if draft.added_by == Some(caller.account) {
        return Err(ProgrammeError::State("state-form-other-publishes"));
    }
    work.sql("UPDATE form_version SET state = 'retired' WHERE form = $1 AND state = 'published'")
        .bind(at.0)
        .run()
        .await?;
    decide(work, caller, at, "published").await?;
    Ok(work.record("form.publish", "form", Uuid::nil(), [0; 32]).await?)
}

/// Retires a version: no new answers, those that were given keep it.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Stale`] when it is retired already.
pub async fn retire(p: &Programme, work: &mut Work, caller: &Caller, at: (&str, &str)) -> Outcome<()> {
    p.may(caller, Act::FORM_PUBLISH)?;
    let Some(version) = get(work.tx(), at.0, at.1).await? else {
        return Err(ceiba_access::Refusal::Absent.into());
    };
    if version.state == "retired" {
        return Err(ProgrammeError::Stale);
    }
    decide(work, caller, at, "retired").await?;
    Ok(work.record("form.retire", "form", Uuid::nil(), [0; 32]).await?)
}

async fn decide(work: &mut Work, caller: &Caller, at: (&str, &str), state: &'static str) -> Outcome<()> {
    let now = work.at();
    Ok(work
        .sql("UPDATE form_version SET state = $1, at = $2, decided_by = $3 WHERE form = $4 AND version = $5")
        .bind(state)
        .bind(now)
        .bind(caller.account)
        .bind(at.0)
        .bind(at.1)
        .once()
        .await?)
}

/// All versions, by form, the newest first.
///
/// # Errors
/// The gate's refusal.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Version>> {
    p.may(caller, Act::FORM_PUBLISH)?;
    let rows = tx
        .sql("SELECT form, version, definition, state, at, added_by, decided_by FROM form_version ORDER BY form, at DESC, version")
        .all()
        .await?;
    rows.iter().map(read).collect()
}

/// One version, if there is one.
///
/// # Errors
/// When the database breaks.
pub async fn get(tx: &mut Tx, form: &str, version: &str) -> Outcome<Option<Version>> {
    let row = tx
        .sql("SELECT form, version, definition, state, at, added_by, decided_by FROM form_version WHERE form = $1 AND version = $2")
        .bind(form)
        .bind(version)
        .optional()
        .await?;
    row.as_ref().map(read).transpose()
}

/// What a version asks, for a look before it is published.
///
/// # Errors
/// The gate's refusal; [`ceiba_access::Refusal::Absent`] when there is none.
pub async fn preview(p: &Programme, tx: &mut Tx, caller: &Caller, at: (&str, &str)) -> Outcome<Form> {
    p.may(caller, Act::FORM_PUBLISH)?;
    crate::cases::screening::form_version(tx, at.0, at.1).await
}

/// The one part of a definition that a list needs.
#[derive(serde::Deserialize)]
struct Titled {
    #[serde(default)]
    title: String,
}

fn read(row: &ceiba_store::Row) -> Outcome<Version> {
    Ok(Version {
        form: row.get("form")?,
        version: row.get("version")?,
        title: serde_json::from_str(&row.get::<String>("definition")?)
            .map_or_else(|_| String::new(), |t: Titled| t.title),
        state: row.get("state")?,
        at: row.get("at")?,
        added_by: row.get("added_by")?,
        decided_by: row.get("decided_by")?,
    })
}
