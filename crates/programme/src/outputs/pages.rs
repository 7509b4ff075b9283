//! The public page of a sheet: asked for by one person, let out by another, taken back in the end. What is kept is what was read when it
//! was let out.

use ceiba_access::{Act, Caller, Refusal};
use ceiba_store::{Micros, Row, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::results::frozen::{Frozen, Words};
use crate::sealed::detail;
use crate::{Outcome, Programme, ProgrammeError, releases};

/// The texts of a sheet in both languages, as they go to paper and page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Whose it is.
    pub owner: Words,
    /// The project.
    pub title: Words,
    /// Of when its figures are.
    pub dated: Words,
    /// What it is called, and what it is.
    pub facts: Vec<(Words, Words)>,
    /// Heading and text.
    pub overview: (Words, Words),
    /// Heading, and figures: how it is written, what it counts.
    pub numbers: (Words, Vec<(Words, Words)>),
    /// Headings and lists on the left.
    pub left: Vec<(Words, Vec<Words>)>,
    /// Headings and lists on the right.
    pub right: Vec<(Words, Vec<Words>)>,
    /// At the foot.
    pub foot: Words,
    /// `letter` or `a4`, and the two colours.
    pub look: (String, String, String),
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its id.
    pub id: Uuid,
    /// Code of the grant.
    pub grant: String,
    /// Code of the period.
    pub period: String,
    /// Version of the report.
    pub version: i64,
    /// `asked`, `published` or `retired`.
    pub state: String,
    /// When it came to this state.
    pub at: Micros,
    /// Who asked.
    pub asked_by: Uuid,
    /// Who let it out or took it back.
    pub decided_by: Option<Uuid>,
    /// What it says.
    pub content: Content,
}

/// A report as everybody may see it: [`super::public`], beside what stood on earlier sheets.
///
/// # Errors
/// The gate's refusal.
pub async fn offered(p: &Programme, tx: &mut Tx, caller: &Caller, report: &Frozen) -> Outcome<Frozen> {
    p.may(caller, Act::NUMBERS_READ)?;
    releases::beside(p, tx, &super::public(report)).await
}

/// Asks that the sheet of a report may be seen by everybody: `public` is what [`offered`] gave, and `content` is made of it. Its counts
/// are in the log from now on. What was asked for before and not decided gives way.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Stale`] when other sheets say more by now.
pub async fn ask(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    public: &Frozen,
    content: &Content,
) -> Outcome<Uuid> {
    p.may(caller, Act::RESULTS_WRITE)?;
    let text = serde_json::to_string(content).map_err(|_| ProgrammeError::Unreadable("a sheet"))?;
    let (id, now, hash) = (work.chance().id(), work.at(), detail(text.as_bytes()));
    let waits = work
        .sql("SELECT id FROM sheet_page WHERE grant_code = $1 AND state = 'asked'")
        .bind(&public.grant.code)
        .all()
        .await?;
    for row in &waits {
        releases::withdraw(work, caller, row.get("id")?).await?;
    }
    if releases::beside(p, work.tx(), &super::public(public)).await?.figures != public.figures {
        return Err(ProgrammeError::Stale);
    }
    work.sql("UPDATE sheet_page SET state = 'retired', at = $1 WHERE grant_code = $2 AND state = 'asked'")
        .bind(now)
        .bind(&public.grant.code)
        .run()
        .await?;
    work.sql(
        "INSERT INTO sheet_page (id, grant_code, period, version, state, hash, content, at, asked_by)
         VALUES ($1, $2, $3, $4, 'asked', $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(&public.grant.code)
    .bind(&public.period.code)
    .bind(i64::from(public.version))
    .bind(hash.to_vec())
    .bind(text)
    .bind(now)
    .bind(caller.account)
    .once()
    .await?;
    work.record("sheet.ask", "sheet", id, hash).await?;
    let shown: Vec<&str> = p.pack.outputs.figures_of(&public.grant.code).collect();
    releases::stand(work, caller, (id, &shown), public).await?;
    Ok(id)
}

/// Lets a page out; the one before it of the same grant is taken back. Whoever asked does not decide.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] when she asked herself; [`ProgrammeError::Stale`] when it is decided already.
pub async fn publish(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<()> {
    p.may(caller, Act::RESULTS_APPROVE)?;
    let page = one(work.tx(), id).await?.ok_or(Refusal::Absent)?;
    if page.state != "asked" {
        return Err(ProgrammeError::Stale);
    }
    if page.asked_by == caller.account {
        return Err(ProgrammeError::State("state-sheet-other-publishes"));
    }
    let now = work.at();
    work.sql(
        "UPDATE sheet_page SET state = 'retired', at = $1 WHERE grant_code = $2 AND state = 'published'",
    )
    .bind(now)
    .bind(&page.grant)
    .run()
    .await?;
    decide(work, caller, id, "published").await?;
    releases::let_go(work, caller, id).await?;
    Ok(work.record("sheet.publish", "sheet", id, [0; 32]).await?)
}

/// Takes a page back, or refuses what was asked. One person is enough to take something back.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Stale`] when it is taken back already.
pub async fn retire(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<()> {
    p.may(caller, Act::RESULTS_APPROVE)?;
    if one(work.tx(), id).await?.ok_or(Refusal::Absent)?.state == "retired" {
        return Err(ProgrammeError::Stale);
    }
    decide(work, caller, id, "retired").await?;
    releases::withdraw(work, caller, id).await?;
    Ok(work.record("sheet.retire", "sheet", id, [0; 32]).await?)
}

async fn decide(work: &mut Work, caller: &Caller, id: Uuid, state: &'static str) -> Outcome<()> {
    let now = work.at();
    Ok(work
        .sql("UPDATE sheet_page SET state = $1, at = $2, decided_by = $3 WHERE id = $4")
        .bind(state)
        .bind(now)
        .bind(caller.account)
        .bind(id)
        .once()
        .await?)
}

/// The pages of a grant that are asked for or out.
///
/// # Errors
/// The gate's refusal.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller, grant: &str) -> Outcome<Vec<Page>> {
    p.may(caller, Act::NUMBERS_READ)?;
    let rows = tx
        .sql("SELECT * FROM sheet_page WHERE grant_code = $1 AND state <> 'retired' ORDER BY at DESC, id")
        .bind(grant)
        .all()
        .await?;
    rows.iter().map(page).collect()
}

/// The page of a grant that everybody may see.
///
/// # Errors
/// [`Refusal::Absent`] when there is none.
pub async fn public(tx: &mut Tx, grant: &str) -> Outcome<Page> {
    let row = tx
        .sql("SELECT * FROM sheet_page WHERE grant_code = $1 AND state = 'published'")
        .bind(grant)
        .optional()
        .await?;
    page(&row.ok_or(Refusal::Absent)?)
}

/// Notes that a file of a report was made: which, and its hash.
///
/// # Errors
/// When the engine refuses.
pub async fn made(p: &Programme, work: &mut Work, caller: &Caller, bytes: &[u8]) -> Outcome<()> {
    p.may(caller, Act::NUMBERS_READ)?;
    Ok(work.record("results.file", "report", Uuid::nil(), detail(bytes)).await?)
}

async fn one(tx: &mut Tx, id: Uuid) -> Outcome<Option<Page>> {
    let row = tx.sql("SELECT * FROM sheet_page WHERE id = $1").bind(id).optional().await?;
    row.as_ref().map(page).transpose()
}

fn page(row: &Row) -> Outcome<Page> {
    let content = serde_json::from_str(&row.get::<String>("content")?);
    Ok(Page {
        id: row.get("id")?,
        grant: row.get("grant_code")?,
        period: row.get("period")?,
        version: row.get("version")?,
        state: row.get("state")?,
        at: row.get("at")?,
        asked_by: row.get("asked_by")?,
        decided_by: row.get("decided_by")?,
        content: content.map_err(|_| ProgrammeError::Unreadable("a sheet"))?,
    })
}
