//! What is changed of a partner: written, her training, that she leaves, that she is forgotten.

use ceiba_access::{Act, Caller};
use ceiba_store::{Fact, Work};
use uuid::Uuid;

use super::{New, Partner, Who, body_place, fact, one, past_day, there, whole};
use crate::sealed::detail;
use crate::{Outcome, Problems, Programme, ProgrammeError, erasure};

/// Letters of a name.
const NAME: usize = 80;
/// Letters of how she is reached.
const REACH: usize = 120;

fn check(p: &Programme, work: &Work, caller: &Caller, n: &New, problems: &mut Problems) {
    let lists = &p.pack.lists;
    problems.when(n.who.name.trim().is_empty(), "name", "problem-network-name");
    problems.when(n.who.name.chars().count() > NAME, "name", "problem-too-long");
    problems.when(n.who.reach.chars().count() > REACH, "reach", "problem-too-long");
    problems.when(!lists.has("network_kinds", &n.kind), "kind", "problem-choose");
    problems.when(!lists.has("network_places", &n.place), "place", "problem-choose");
    problems.when(!lists.has("languages", &n.language), "language", "problem-choose");
    let known = lists.has("municipalities", &n.municipality);
    problems.when(!known, "municipality", "problem-municipality");
    let hers = p.gate.would(caller, Act::NETWORK_WRITE, &there(p, caller, &n.municipality));
    problems.when(known && !hers, "municipality", "problem-network-elsewhere");
    if !n.trained_on.is_empty() {
        past_day(p, work, &n.trained_on, "trained", problems);
    }
}

/// Adds a partner.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn add(p: &Programme, work: &mut Work, caller: &Caller, n: &New) -> Outcome<Uuid> {
    whole(p, caller, Act::NETWORK_WRITE)?;
    let mut problems = Problems::default();
    check(p, work, caller, n, &mut problems);
    problems.done()?;
    let id = work.chance().id();
    let grant = p.may_on(caller, Act::NETWORK_WRITE, id, &there(p, caller, &n.municipality))?;
    let sealed = p.seal(work, caller, &grant, &body_place(id, 1), &trimmed(&n.who)).await?;
    let (hash, today) = (detail(&sealed), p.day(work.at()));
    work.sql(
        "INSERT INTO network_partner (id, kind, place, municipality, language, state, joined_on, trained_on, tries, body, version)
         VALUES ($1, $2, $3, $4, $5, 'active', $6, $7, 0, $8, 1)",
    )
    .bind(id)
    .bind(&n.kind)
    .bind(&n.place)
    .bind(&n.municipality)
    .bind(&n.language)
    .bind(today)
    .bind((!n.trained_on.is_empty()).then(|| n.trained_on.clone()))
    .bind(sealed)
    .once()
    .await?;
    work.record("network.add", "partner", id, hash).await?;
    let joined = Fact {
        code: Some(n.kind.clone()),
        subject: Some(p.office.pseudonym(id.as_bytes())),
        dims: vec![("language", n.language.clone())],
        ..fact(p, work, "network.joined", &n.municipality)
    };
    work.fact(joined).await?;
    Ok(id)
}

fn trimmed(who: &Who) -> Who {
    Who { name: who.name.trim().to_owned(), reach: who.reach.trim().to_owned() }
}

/// Changes what is known of a partner. In another municipality or of another kind she is another partner: those stay.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::Stale`].
pub async fn change(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (id, seen): (Uuid, i64),
    n: &New,
) -> Outcome<()> {
    let (partner, grant) = one(p, work.tx(), caller, Act::NETWORK_WRITE, id).await?;
    let n = New {
        kind: partner.kind.clone(),
        municipality: partner.municipality.clone(),
        who: trimmed(&n.who),
        ..n.clone()
    };
    let mut problems = Problems::default();
    check(p, work, caller, &n, &mut problems);
    problems.done()?;
    let sealed = p.seal(work, caller, &grant, &body_place(id, seen + 1), &n.who).await?;
    let hash = detail(&sealed);
    let touched = work
        .sql(
            "UPDATE network_partner SET place = $1, language = $2, trained_on = $3, body = $4, version = $5
             WHERE id = $6 AND version = $7 AND state <> 'forgotten'",
        )
        .bind(&n.place)
        .bind(&n.language)
        .bind((!n.trained_on.is_empty()).then(|| n.trained_on.clone()))
        .bind(sealed)
        .bind(seen + 1)
        .bind(id)
        .bind(seen)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::Stale);
    }
    Ok(work.record("network.change", "partner", id, hash).await?)
}

/// Says that she is somebody who was trained: called by the room of training once a code that both have joins them. An earlier day of
/// training stays.
///
/// # Errors
/// [`Refusal::Absent`] when there is no such partner for the caller.
pub async fn set_trainee(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (id, trainee): (Uuid, Uuid),
    completed_on: Option<&str>,
) -> Outcome<()> {
    one(p, work.tx(), caller, Act::NETWORK_WRITE, id).await?;
    work.sql("UPDATE network_partner SET trainee = $1, trained_on = COALESCE(trained_on, $2) WHERE id = $3")
        .bind(trainee)
        .bind(completed_on.map(str::to_owned))
        .bind(id)
        .once()
        .await?;
    Ok(work.record("network.trainee", "partner", id, [0; 32]).await?)
}

/// She is one no longer: card and page end. Her name stays until she wants it forgotten.
///
/// # Errors
/// [`ProgrammeError::State`] when she left already.
pub async fn leave(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<()> {
    let (partner, _) = one(p, work.tx(), caller, Act::NETWORK_WRITE, id).await?;
    end(p, work, &partner).await?;
    let today = p.day(work.at());
    let touched = work
        .sql("UPDATE network_partner SET state = 'left', left_on = $1 WHERE id = $2 AND state = 'active'")
        .bind(today)
        .bind(id)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::State("state-network-left"));
    }
    Ok(work.record("network.leave", "partner", id, [0; 32]).await?)
}

/// Nothing that she has opens anything, nobody expects her anywhere, and the fact that she left when she had not.
async fn end(p: &Programme, work: &mut Work, partner: &Partner) -> Outcome<()> {
    work.sql("UPDATE network_partner SET card = NULL, page = NULL, pin = NULL WHERE id = $1")
        .bind(partner.id)
        .once()
        .await?;
    work.sql(
        "DELETE FROM network_going WHERE partner = $1 AND activity IN
           (SELECT id FROM network_activity WHERE state = 'planned')",
    )
    .bind(partner.id)
    .run()
    .await?;
    if !partner.active() {
        return Ok(());
    }
    let left = Fact {
        code: Some(partner.kind.clone()),
        subject: Some(p.office.pseudonym(partner.id.as_bytes())),
        dims: vec![("language", partner.language.clone())],
        ..fact(p, work, "network.left", &partner.municipality)
    };
    Ok(work.fact(left).await?)
}

/// Forgets her on her word: her key is destroyed. `sure`: whoever asks has said that she wants it. After the commit the caller
/// calls [`ceiba_store::Db::forget`].
///
/// # Errors
/// [`ProgrammeError::Invalid`] when nobody said so.
pub async fn forget(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid, sure: bool) -> Outcome<()> {
    let (partner, _) = one(p, work.tx(), caller, Act::NETWORK_WRITE, id).await?;
    let mut problems = Problems::default();
    problems.when(!sure, "sure", "problem-network-forget");
    problems.done()?;
    end(p, work, &partner).await?;
    if !erasure::destroy(work, id, (caller.account, caller.account), "her_word").await? {
        return Err(ProgrammeError::Stale);
    }
    let today = p.day(work.at());
    work.sql(
        "UPDATE network_partner SET state = 'forgotten', left_on = COALESCE(left_on, $1), trainee = NULL WHERE id = $2",
    )
    .bind(today)
    .bind(id)
    .once()
    .await?;
    work.sql("DELETE FROM lesson_done WHERE who = $1").bind(id).run().await?;
    Ok(work.record("network.forget", "partner", id, [0; 32]).await?)
}
