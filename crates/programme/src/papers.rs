//! Papers in the organisation's own Word templates: brought by one person, published by another, retired in the end. What a
//! template may hold is data (`packs/core/papers.toml`); what comes into it is gathered by whoever makes the paper.

use ceiba_access::{Act, Caller, Refusal};
use ceiba_exchange::word::{self, Problem, Shown, Template, Values};
use ceiba_store::{Micros, Row, Tx, Work};
use uuid::Uuid;

use crate::sealed::detail;
use crate::{Outcome, Problems, Programme, ProgrammeError};

mod kinds;
pub(crate) use kinds::read;
pub use kinds::{LANGUAGES, Mark, Paper};

/// A version of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its id.
    pub id: Uuid,
    /// Kind of paper.
    pub kind: String,
    /// Language.
    pub language: String,
    /// Its number, from 1 for each kind and language.
    pub version: i64,
    /// `draft`, `published` or `retired`.
    pub state: String,
    /// When it came to this state.
    pub at: Micros,
    /// When it was brought, and by whom.
    pub added_at: Micros,
    /// Who brought it.
    pub added_by: Uuid,
    /// Who published or retired it.
    pub decided_by: Option<Uuid>,
}

/// What became of a file.
#[derive(Debug)]
pub enum Brought {
    /// It is a draft now.
    Draft(Uuid),
    /// It cannot be used; every problem. Nothing was written.
    Refused(Vec<Problem>),
}

/// The kind of paper of an id.
#[must_use]
pub fn paper<'a>(p: &'a Programme, kind: &str) -> Option<&'a Paper> {
    p.pack.papers.iter().find(|x| x.id == kind)
}

/// Reads a template and keeps it, cleaned, as a draft.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] without a kind or a language that there is.
pub async fn bring(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (kind, language): (&str, &str),
    bytes: &[u8],
) -> Outcome<Brought> {
    p.may(caller, Act::TEMPLATE_BRING)?;
    let paper = paper(p, kind);
    let mut problems = Problems::default();
    problems.when(paper.is_none(), "kind", "problem-choose");
    problems.when(!LANGUAGES.contains(&language), "language", "problem-choose");
    problems.when(bytes.is_empty(), "file", "problem-template-file");
    problems.done()?;
    let Some(paper) = paper else { return Err(Refusal::Absent.into()) };
    let template = match Template::read(bytes, &paper.rules()) {
        Ok(template) => template,
        Err(list) => return Ok(Brought::Refused(list)),
    };
    let body = template.clean().map_err(unwritten)?;
    let hash = detail(&body);
    let (id, now) = (work.chance().id(), work.at());
    let last = work
        .sql("SELECT MAX(version) AS last FROM template WHERE kind = $1 AND language = $2")
        .bind(kind)
        .bind(language)
        .one()
        .await?
        .get::<Option<i64>>("last")?;
    work.sql(
        "INSERT INTO template (id, kind, language, version, state, hash, body, at, added_at, added_by)
         VALUES ($1, $2, $3, $4, 'draft', $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(kind)
    .bind(language)
    .bind(last.unwrap_or(0) + 1)
    .bind(hash.to_vec())
    .bind(body)
    .bind(now)
    .bind(now)
    .bind(caller.account)
    .once()
    .await?;
    work.record("template.bring", "template", id, hash).await?;
    Ok(Brought::Draft(id))
}

/// Publishes a draft. The one before it, of the same kind and language, is retired; whoever brought a draft does not publish it.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] when it is her own; [`ProgrammeError::Stale`] when it is no draft any more.
pub async fn publish(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<()> {
    p.may(caller, Act::TEMPLATE_PUBLISH)?;
    let draft = get(work.tx(), id).await?.ok_or(Refusal::Absent)?;
    if draft.state != "draft" {
        return Err(ProgrammeError::Stale);
    }
    if draft.added_by == caller.account {
        return Err(ProgrammeError::State("state-template-other-publishes"));
    }
    let now = work.at();
    work.sql(
        "UPDATE template SET state = 'retired', at = $1, decided_by = $2
         WHERE kind = $3 AND language = $4 AND state = 'published'",
    )
    .bind(now)
    .bind(caller.account)
    .bind(&draft.kind)
    .bind(&draft.language)
    .run()
    .await?;
    decide(work, caller, id, "published").await?;
    Ok(work.record("template.publish", "template", id, [0; 32]).await?)
}

/// Retires a version: no new paper is made of it.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Stale`] when it is retired already.
pub async fn retire(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<()> {
    p.may(caller, Act::TEMPLATE_PUBLISH)?;
    if get(work.tx(), id).await?.ok_or(Refusal::Absent)?.state == "retired" {
        return Err(ProgrammeError::Stale);
    }
    decide(work, caller, id, "retired").await?;
    Ok(work.record("template.retire", "template", id, [0; 32]).await?)
}

async fn decide(work: &mut Work, caller: &Caller, id: Uuid, state: &'static str) -> Outcome<()> {
    let now = work.at();
    Ok(work
        .sql("UPDATE template SET state = $1, at = $2, decided_by = $3 WHERE id = $4")
        .bind(state)
        .bind(now)
        .bind(caller.account)
        .bind(id)
        .once()
        .await?)
}

/// All versions: by kind and language, the newest first.
///
/// # Errors
/// The gate's refusal.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Version>> {
    p.may(caller, Act::TEMPLATE_BRING)?;
    let rows = tx
        .sql(
            "SELECT id, kind, language, version, state, at, added_at, added_by, decided_by FROM template
             ORDER BY kind, language DESC, version DESC",
        )
        .all()
        .await?;
    rows.iter().map(version).collect()
}

/// A version with what it holds, for a look at it.
///
/// # Errors
/// The gate's refusal; [`Refusal::Absent`] when there is none.
pub async fn one(p: &Programme, tx: &mut Tx, caller: &Caller, id: Uuid) -> Outcome<(Version, Template)> {
    p.may(caller, Act::TEMPLATE_BRING)?;
    let row = tx.sql("SELECT * FROM template WHERE id = $1").bind(id).optional().await?;
    let row = row.ok_or(Refusal::Absent)?;
    Ok((version(&row)?, template(p, &row)?))
}

/// Languages in which a kind has a published template.
///
/// # Errors
/// When the database breaks.
pub async fn offered(tx: &mut Tx, kind: &str) -> Outcome<Vec<String>> {
    let rows = tx
        .sql("SELECT language FROM template WHERE kind = $1 AND state = 'published' ORDER BY language DESC")
        .bind(kind)
        .all()
        .await?;
    Ok(rows.iter().map(|r| r.get("language")).collect::<ceiba_store::Result<_>>()?)
}

/// A paper of a kind, filled. What may be in `values` was decided by whoever gathered them; that the file was made is noted with its
/// hash, as `action` of the case.
///
/// # Errors
/// [`Refusal::Absent`] when no template of this language is published.
pub async fn make(
    p: &Programme,
    work: &mut Work,
    (kind, language): (&str, &str),
    (action, case): (&'static str, Uuid),
    values: &Values,
) -> Outcome<Vec<u8>> {
    let bytes = filled(p, work.tx(), (kind, language), values).await?;
    made(work, (action, case), &bytes).await?;
    Ok(bytes)
}

/// The published template of a kind and language with these values, for whoever notes himself that it was made.
///
/// # Errors
/// [`Refusal::Absent`] when no template of this language is published.
pub async fn filled(
    p: &Programme,
    tx: &mut Tx,
    (kind, language): (&str, &str),
    values: &Values,
) -> Outcome<Vec<u8>> {
    let row = tx
        .sql("SELECT * FROM template WHERE kind = $1 AND language = $2 AND state = 'published'")
        .bind(kind)
        .bind(language)
        .optional()
        .await?;
    template(p, &row.ok_or(Refusal::Absent)?)?.fill(values).map_err(unwritten)
}

/// A paper of a kind in the words of the template to begin with, filled: what a PDF of it shows, and the lines of its foot.
///
/// # Errors
/// [`Refusal::Absent`] when there is no such kind or language.
pub fn plain(
    p: &Programme,
    (kind, language): (&str, &str),
    values: &Values,
) -> Outcome<(Vec<Shown>, Vec<String>)> {
    let paper = paper(p, kind).filter(|_| LANGUAGES.contains(&language)).ok_or(Refusal::Absent)?;
    let unreadable = || ProgrammeError::Unreadable("a template");
    let bytes = paper.starter(language).map_err(unwritten)?;
    let template = Template::read(&bytes, &paper.rules()).map_err(|_| unreadable())?;
    word::shown(&template.fill(values).map_err(unwritten)?).map_err(|_| unreadable())
}

/// Notes that a file was made, with its hash.
///
/// # Errors
/// When the engine refuses.
pub async fn made(work: &mut Work, (action, case): (&'static str, Uuid), bytes: &[u8]) -> Outcome<()> {
    Ok(work.record(action, "case", case, detail(bytes)).await?)
}

async fn get(tx: &mut Tx, id: Uuid) -> Outcome<Option<Version>> {
    let row = tx.sql("SELECT * FROM template WHERE id = $1").bind(id).optional().await?;
    row.as_ref().map(version).transpose()
}

/// What was kept is checked again: a database is not a place to trust.
fn template(p: &Programme, row: &Row) -> Outcome<Template> {
    let unreadable = ProgrammeError::Unreadable("a template");
    let Some(paper) = paper(p, &row.get::<String>("kind")?) else { return Err(unreadable) };
    Template::read(&row.get::<Vec<u8>>("body")?, &paper.rules()).map_err(|_| unreadable)
}

fn unwritten(_: ceiba_exchange::word::Why) -> ProgrammeError {
    ProgrammeError::State("state-template-long")
}

fn version(row: &Row) -> Outcome<Version> {
    Ok(Version {
        id: row.get("id")?,
        kind: row.get("kind")?,
        language: row.get("language")?,
        version: row.get("version")?,
        state: row.get("state")?,
        at: row.get("at")?,
        added_at: row.get("added_at")?,
        added_by: row.get("added_by")?,
        decided_by: row.get("decided_by")?,
    })
}
