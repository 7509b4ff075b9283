//! What one person asks and another lets go: numbers for somebody outside, and a correction of an answer that was wrong.

use ceiba_access::{Act, Caller, Refusal, Situation};
use ceiba_disclosure::{Audience, Many};
use ceiba_store::Work;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::answer::{Kept, keep, made};
use super::{Asked, REASONS, REFUSALS, WRONGS, one};
use crate::results::{Measure, Span};
use crate::{Outcome, Problems, Programme, ProgrammeError, results};

/// What is asked for somebody outside.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// What is counted.
    pub measure: Measure,
    /// Of whom: days that are over.
    pub span: &'a Span,
    /// For whom.
    pub audience: Audience,
    /// Who gets it, in a few words: an institution, never a person.
    pub recipient: &'a str,
    /// Why: one of [`REASONS`].
    pub reason: &'a str,
}

/// Asks that a table leave. It is computed now, so that whoever decides sees what would leave, and counts as released for every
/// later question until it is refused.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when the same was asked before.
pub async fn ask(p: &Programme, work: &mut Work, caller: &Caller, new: &New<'_>) -> Outcome<Uuid> {
    p.may(caller, Act::RELEASE_ASK)?;
    let mut problems = Problems::default();
    let recipient = new.recipient.trim();
    problems.when(recipient.is_empty(), "recipient", "problem-release-recipient");
    problems.when(recipient.chars().count() > 120, "recipient", "problem-too-long");
    problems.when(!REASONS.contains(&new.reason), "reason", "problem-reason");
    problems.when(new.audience == Audience::Office, "audience", "problem-choose");
    problems.when(!results::is_over(p, new.span), "months", "problem-release-months");
    problems.done()?;
    let question = results::question(new.measure, new.span)?;
    let asked = Asked { question: &question, audience: new.audience, complete: true, many: Many::Compare };
    let same = work
        .sql("SELECT 1 AS x FROM released WHERE fingerprint = $1 AND audience = $2")
        .bind(question.fingerprint())
        .bind(new.audience.code())
        .optional()
        .await?;
    if same.is_some() {
        return Err(ProgrammeError::State("state-release-asked"));
    }
    let made = made(p, work.tx(), &asked, false).await?;
    let kept = Kept { for_whom: Some((recipient, new.reason)), ..Kept::default() };
    let id = keep(work, caller, &asked, &made, &kept).await?;
    work.record("release.ask", "release", id, made.hash()).await?;
    Ok(id)
}

/// Asks that an answer which was wrong be given again from the facts as they are now. Both stay in the log, and every later question is
/// compared with both. Until somebody else lets it go, the old one is what pages show.
///
/// # Errors
/// The gate's refusal, also when there is none; [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when a newer
/// version is there or waits, or when nothing would change.
pub async fn restate(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    id: Uuid,
    (why, note): (&str, &str),
) -> Outcome<Uuid> {
    p.may(caller, Act::RELEASE_ASK)?;
    let old = one(work.tx(), id).await?.ok_or(Refusal::Absent)?;
    if !["kept", "released"].contains(&old.state.as_str()) || old.part_of.is_some() {
        return Err(Refusal::Absent.into());
    }
    let note = note.trim();
    let mut problems = Problems::default();
    problems.when(!WRONGS.contains(&why), "reason", "problem-reason");
    problems.when(note.is_empty(), "note", "problem-release-note");
    problems.when(note.chars().count() > 300, "note", "problem-too-long");
    problems.done()?;
    let newer = work
        .sql("SELECT 1 AS x FROM released WHERE fingerprint = $1 AND audience = $2 AND version > $3 AND state <> 'refused'")
        .bind(old.question.fingerprint())
        .bind(&old.audience)
        .bind(old.version)
        .optional()
        .await?;
    if newer.is_some() {
        return Err(ProgrammeError::State("state-release-restated"));
    }
    let audience = Audience::of(&old.audience).ok_or_else(super::damaged)?;
    let asked = Asked { question: &old.question, audience, complete: true, many: Many::Compare };
    let made = made(p, work.tx(), &asked, true).await?;
    if made.body == old.body {
        return Err(ProgrammeError::State("state-release-unchanged"));
    }
    let recipient = old.recipient.as_deref().unwrap_or_default();
    let kept = Kept { for_whom: Some((recipient, why)), note: Some(note), restates: Some(id), part_of: None };
    let new = keep(work, caller, &asked, &made, &kept).await?;
    work.record("release.restate", "release", new, made.hash()).await?;
    Ok(new)
}

/// Lets a table go, or not. Whoever asked does not decide.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] when it is refused without a reason; [`ProgrammeError::Taken`] when somebody
/// else decided meanwhile.
pub async fn decide(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    id: Uuid,
    refusal: Option<&str>,
) -> Outcome<()> {
    let release = one(work.tx(), id).await?;
    let by_self = release.as_ref().is_some_and(|r| r.asked_by == caller.account);
    p.may_on(caller, Act::RELEASE_REVIEW, id, &Situation { by_self, ..Situation::default() })?;
    let release = release.ok_or(Refusal::Absent)?;
    if let (Some(by), Some(at)) = (release.reviewed_by, release.reviewed_at) {
        return Err(ProgrammeError::Taken { by, at });
    }
    // What stands on a public sheet is decided with the sheet.
    if release.state != "asked" || release.part_of.is_some() {
        return Err(Refusal::Absent.into());
    }
    let mut problems = Problems::default();
    problems.when(refusal.is_some_and(|why| !REFUSALS.contains(&why)), "why", "problem-reason");
    problems.done()?;
    let (state, action) =
        if refusal.is_some() { ("refused", "release.refuse") } else { ("released", "release.let") };
    let at = work.at();
    work.sql(
        "UPDATE released SET state = $1, reviewed_by = $2, reviewed_at = $3, refusal = $4 WHERE id = $5 AND state = 'asked'",
    )
    .bind(state)
    .bind(caller.account)
    .bind(at)
    .bind(refusal.map(str::to_owned))
    .bind(id)
    .once()
    .await?;
    Ok(work.record(action, "release", id, Sha256::digest(release.body.as_bytes()).into()).await?)
}
