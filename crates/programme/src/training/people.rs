//! Whoever is trained: one person over all courses. Her name has a key of her own, so that she can be forgotten alone.

use ceiba_access::{Act, Caller, Place, Situation};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

use super::{AUDIENCES, Trainee, counting, is_institution, known, may};
use crate::sealed::{detail, readable};
use crate::{Outcome, Problems, Programme, ProgrammeError, codes, erasure};

/// What is sealed of a trainee.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Her name, as she writes it.
    pub name: String,
}

/// What is typed of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct New {
    /// Her name.
    pub name: String,
    /// One of [`AUDIENCES`].
    pub audience: String,
    /// An institution's code; empty only for partners of the community.
    pub institution: String,
    /// A code of the list `training_posts`; may be empty.
    pub post: String,
    /// A code of the list `network_kinds`; needed for partners of the community without an institution.
    pub partner_type: String,
    /// A department's code; empty: that of the municipality.
    pub department: String,
    /// A municipality's code; may be empty.
    pub municipality: String,
    /// A code of the list `languages`; may be empty.
    pub language: String,
    /// A code of the list `gender`; empty when she did not say.
    pub sex: String,
}

/// Her place in the vault.
pub(crate) const fn place(id: Uuid, version: i64) -> Place<'static> {
    Place { subject: id, compartment: "trainee", table: "trainee", row: id, field: "body", version }
}

/// The subject of her facts: the same for one person over all courses, and nobody's without the office key.
#[must_use]
pub fn subject(p: &Programme, id: Uuid) -> [u8; 16] {
    p.office.pseudonym(id.as_bytes())
}

/// What must hold of her, new or changed. `asked`: whoever types was asked which kind of partner she is; on paper and behind the code
/// of a session nobody is, and then it stays unknown rather than guessed.
async fn check(p: &Programme, tx: &mut Tx, n: &New, asked: bool) -> Outcome<Problems> {
    let lists = &p.pack.lists;
    let (name, in_list) = (n.name.trim(), |list: &str, code: &str| code.is_empty() || lists.has(list, code));
    let mut problems = Problems::default();
    problems.when(!name.chars().any(char::is_alphabetic), "name", "problem-training-name");
    problems.when(name.chars().count() > 120, "name", "problem-too-long");
    problems.when(!AUDIENCES.contains(&n.audience.as_str()), "audience", "problem-choose");
    let community = n.audience == "community";
    let without = n.institution.is_empty();
    let unknown = !without && !is_institution(p, tx, &n.institution).await?;
    problems.when(unknown || without && !community, "institution", "problem-training-institution");
    problems.when(!in_list("training_posts", &n.post), "post", "problem-choose");
    let partner = lists.has("network_kinds", &n.partner_type);
    let bad = !n.partner_type.is_empty() && !partner || asked && community && without && !partner;
    problems.when(bad, "partner_type", "problem-training-partner");
    problems.when(!in_list("departments", &n.department), "department", "problem-choose");
    problems.when(!in_list("municipalities", &n.municipality), "municipality", "problem-municipality");
    problems.when(!in_list("languages", &n.language), "language", "problem-choose");
    problems.when(!in_list("gender", &n.sex), "sex", "problem-choose");
    Ok(problems)
}

/// Adds somebody to the register. Whether she is there already is for [`known::alike`] and whoever types to say, before.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn add(p: &Programme, work: &mut Work, caller: &Caller, n: &New) -> Outcome<Uuid> {
    may(p, caller, Act::TRAINING_WRITE)?;
    check(p, work.tx(), n, true).await?.done()?;
    arrived(p, work, caller, n).await
}

/// As [`add`], of somebody who is only known by what she wrote on paper or behind a code.
pub(crate) async fn arrived(p: &Programme, work: &mut Work, caller: &Caller, n: &New) -> Outcome<Uuid> {
    may(p, caller, Act::TRAINING_WRITE)?;
    check(p, work.tx(), n, false).await?.done()?;
    let id = work.chance().id();
    let grant = p.may_on(caller, Act::TRAINING_WRITE, id, &Situation::default())?;
    let code = free_code(work).await?;
    let named = written(n);
    let body = p.seal(work, caller, &grant, &place(id, 1), &named).await?;
    let (now, hash) = (work.at(), detail(&body));
    let text = "INSERT INTO trainee (id, code, audience, institution, post, partner_type, department, municipality, language, sex,
           body, created_at, created_by, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)";
    work.sql(text)
        .bind(id)
        .bind(code)
        .bind(&n.audience)
        .bind(some(&n.institution))
        .bind(some(&n.post))
        .bind(some(&n.partner_type))
        .bind(department(n))
        .bind(some(&n.municipality))
        .bind(some(&n.language))
        .bind(some(&n.sex))
        .bind(body)
        .bind(now)
        .bind(caller.account)
        .once()
        .await?;
    work.record("trainee.add", "trainee", id, hash).await?;
    known::remember(p, work, id, &named.name);
    Ok(id)
}

fn written(n: &New) -> Named {
    let words: Vec<&str> = n.name.split_whitespace().collect();
    Named { name: words.join(" ").nfc().collect() }
}

fn some(code: &str) -> Option<String> {
    (!code.is_empty()).then(|| code.to_owned())
}

/// Her department: as said, or that of her municipality, whose code begins with it.
fn department(n: &New) -> Option<String> {
    some(&n.department).or_else(|| n.municipality.get(..4).map(str::to_owned))
}

async fn free_code(work: &mut Work) -> Outcome<String> {
    loop {
        let code = codes::draw(work.chance(), 'T', 5);
        let taken = work.sql("SELECT 1 AS x FROM trainee WHERE code = $1").bind(&code).optional().await?;
        if taken.is_none() {
            return Ok(code);
        }
    }
}

/// Changes what is known of her. What was counted keeps institution and post of its day; everything else of it follows.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::Stale`] when somebody changed her meanwhile.
pub async fn change(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (id, seen): (Uuid, i64),
    n: &New,
) -> Outcome<()> {
    get(p, work.tx(), caller, id).await?;
    let grant = p.may_on(caller, Act::TRAINING_WRITE, id, &Situation::default())?;
    check(p, work.tx(), n, true).await?.done()?;
    let named = written(n);
    let body = p.seal(work, caller, &grant, &place(id, seen + 1), &named).await?;
    let hash = detail(&body);
    let touched = work
        .sql(
            "UPDATE trainee SET audience = $1, institution = $2, post = $3, partner_type = $4, department = $5, municipality = $6,
               language = $7, sex = $8, body = $9, version = $10 + 1
             WHERE id = $11 AND version = $10 AND merged_into IS NULL AND erased_at IS NULL",
        )
        .bind(&n.audience)
        .bind(some(&n.institution))
        .bind(some(&n.post))
        .bind(some(&n.partner_type))
        .bind(department(n))
        .bind(some(&n.municipality))
        .bind(some(&n.language))
        .bind(some(&n.sex))
        .bind(body)
        .bind(seen)
        .bind(id)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::Stale);
    }
    work.record("trainee.change", "trainee", id, hash).await?;
    known::remember(p, work, id, &named.name);
    counting::settle_of(p, work, [id, id]).await
}

/// Somebody with her name.
///
/// # Errors
/// When the gate refuses; [`ceiba_access::Refusal::Absent`] when there is nobody.
pub async fn get(p: &Programme, tx: &mut Tx, caller: &Caller, id: Uuid) -> Outcome<Trainee> {
    may(p, caller, Act::TRAINEE_READ)?;
    shown(p, tx, caller, id).await
}

/// Somebody, with her name for whoever may read it. One whose name cannot be opened is without.
///
/// # Errors
/// When the gate refuses; [`ceiba_access::Refusal::Absent`] when there is nobody.
pub async fn shown(p: &Programme, tx: &mut Tx, caller: &Caller, id: Uuid) -> Outcome<Trainee> {
    may(p, caller, Act::TRAINING_READ)?;
    let row = tx.sql("SELECT * FROM trainee WHERE id = $1").bind(id).optional().await?;
    let Some(row) = row else { return Err(ceiba_access::Refusal::Absent.into()) };
    opened(p, tx, caller, &row).await
}

/// As [`shown`], from a row of `trainee`.
pub(crate) async fn opened(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    row: &ceiba_store::Row,
) -> Outcome<Trainee> {
    let mut t = Trainee::read(row)?;
    let asked = p.may_on(caller, Act::TRAINEE_READ, t.id, &Situation::default());
    let (Ok(grant), None) = (asked, t.erased_at) else { return Ok(t) };
    let sealed: Vec<u8> = row.get("body")?;
    let named: Option<Named> =
        readable(p.unseal(tx, caller, &grant, &place(t.id, t.version), &sealed).await)?;
    match named {
        Some(named) => t.name = named.name,
        None => tx.set_aside(),
    }
    Ok(t)
}

/// Whoever has a code as typed from a badge, without her name; whoever she was found to be.
pub(crate) async fn by_code(tx: &mut Tx, typed: &str) -> Outcome<Option<Trainee>> {
    let Some(code) = codes::read(typed, 'T', 5) else { return Ok(None) };
    let row = tx
        .sql(
            "SELECT w.* FROM trainee t JOIN trainee w ON w.id = COALESCE(t.merged_into, t.id)
             WHERE t.code = $1 AND w.erased_at IS NULL",
        )
        .bind(code)
        .optional()
        .await?;
    row.as_ref().map(Trainee::read).transpose()
}

/// Somebody by her code, with her name.
///
/// # Errors
/// When the gate refuses; [`ceiba_access::Refusal::Absent`] when there is nobody.
pub async fn find(p: &Programme, tx: &mut Tx, caller: &Caller, typed: &str) -> Outcome<Trainee> {
    may(p, caller, Act::TRAINEE_READ)?;
    let code = codes::read(typed, 'T', 5).unwrap_or_default();
    let row = tx.sql("SELECT * FROM trainee WHERE code = $1").bind(code).optional().await?;
    let Some(row) = row else { return Err(ceiba_access::Refusal::Absent.into()) };
    opened(p, tx, caller, &row).await
}

/// How many stand on a page of the register.
pub const PAGE: i64 = 50;

/// The register, the newest first: whoever was not merged into another and not erased.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller, page: i64) -> Outcome<Vec<Trainee>> {
    may(p, caller, Act::TRAINEE_READ)?;
    let rows = tx
        .sql(
            "SELECT * FROM trainee WHERE merged_into IS NULL AND erased_at IS NULL
             ORDER BY created_at DESC, code LIMIT $1 OFFSET $2",
        )
        .bind(PAGE)
        .bind(page.max(0) * PAGE)
        .all()
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        all.push(opened(p, tx, caller, row).await?);
    }
    Ok(all)
}

/// Forgets somebody on her word: her key goes, and that of every row she was merged from and of every photo of a sheet she stands on. What
/// was counted stays, and names nobody. After the commit the caller calls [`ceiba_store::Db::forget`].
///
/// # Errors
/// [`ProgrammeError::Invalid`] when nobody said that she wants it.
pub async fn forget(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid, sure: bool) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    get(p, work.tx(), caller, id).await?;
    let mut problems = Problems::default();
    problems.when(!sure, "sure", "problem-training-forget");
    problems.done()?;
    let rows = work.sql("SELECT id FROM trainee WHERE id = $1 OR merged_into = $1").bind(id).all().await?;
    let (now, by) = (work.at(), caller.account);
    for row in rows {
        let one: Uuid = row.get("id")?;
        erasure::destroy(work, one, (by, by), "her_word").await?;
        work.sql(
            "UPDATE trainee SET erased_at = $1, post = NULL, partner_type = NULL, municipality = NULL, language = NULL, sex = NULL,
               version = version + 1 WHERE id = $2",
        )
        .bind(now)
        .bind(one)
        .once()
        .await?;
        let sheets =
            work.sql("SELECT sheet FROM training_sheet_row WHERE trainee = $1").bind(one).all().await?;
        for sheet in sheets {
            let sheet: Uuid = sheet.get("sheet")?;
            ceiba_access::slots::destroy(work, sheet).await?;
            work.sql("DELETE FROM training_photo WHERE sheet = $1").bind(sheet).run().await?;
        }
        crate::learning::certificates::forget(work, one).await?;
        known::leave(p, work, one);
    }
    Ok(work.record("trainee.forget", "trainee", id, [0; 32]).await?)
}

/// How many people are in the register.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn count(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<i64> {
    may(p, caller, Act::TRAINEE_READ)?;
    let row = tx
        .sql("SELECT COUNT(*) AS n FROM trainee WHERE merged_into IS NULL AND erased_at IS NULL")
        .one()
        .await?;
    Ok(row.get("n")?)
}
