//! The community network: whoever notices first. A partner is a person with a sealed name and way to reach her, a kind, a kind of place,
//! a municipality and a language; what she was given, what she took part in, and that her alerts were answered (ADR 0027).

use ceiba_access::{Act, Caller, Grant, Place, Refusal, Situation};
use ceiba_store::{Fact, Row, Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::sealed::{detail, readable};
use crate::{Outcome, Problems, Programme, ProgrammeError, alerts, dates, erasure};

pub mod activities;
pub mod cards;
pub mod materials;
pub mod own;
pub mod reached;

/// Letters of a name.
const NAME: usize = 80;
/// Letters of how she is reached.
const REACH: usize = 120;

/// What is sealed of a partner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// Her name.
    pub name: String,
    /// How the team reaches her safely: a number and an hour, in her words.
    pub reach: String,
}

/// A partner, without what is sealed.
#[derive(Clone, Debug)]
pub struct Partner {
    /// Her id.
    pub id: Uuid,
    /// A code of `network_kinds`.
    pub kind: String,
    /// A code of `network_places`: a kind of place, never which one.
    pub place: String,
    /// A municipality's code.
    pub municipality: String,
    /// A code of `languages`.
    pub language: String,
    /// `active`, `left` or `forgotten`.
    pub state: String,
    /// Since when she is one.
    pub joined_on: String,
    /// Until when.
    pub left_on: Option<String>,
    /// Since when she is trained.
    pub trained_on: Option<String>,
    /// The same person among those who are trained.
    pub trainee: Option<Uuid>,
    /// Whether a card of hers is good.
    pub card: bool,
    /// Whether her page can be opened: it has an address, and fewer wrong numbers than [`own::TRIES`].
    pub page: bool,
    /// Its version.
    pub version: i64,
}

impl Partner {
    fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            kind: row.get("kind")?,
            place: row.get("place")?,
            municipality: row.get("municipality")?,
            language: row.get("language")?,
            state: row.get("state")?,
            joined_on: row.get("joined_on")?,
            left_on: row.get("left_on")?,
            trained_on: row.get("trained_on")?,
            trainee: row.get("trainee")?,
            card: row.get::<Option<Vec<u8>>>("card")?.is_some(),
            page: row.get::<Option<Vec<u8>>>("page")?.is_some() && row.get::<i64>("tries")? < own::TRIES,
            version: row.get("version")?,
        })
    }

    /// `trained` or `untrained`.
    #[must_use]
    pub const fn training(&self) -> &'static str {
        if self.trained_on.is_some() { "trained" } else { "untrained" }
    }

    /// Whether she is one now.
    #[must_use]
    pub fn active(&self) -> bool {
        self.state == "active"
    }
}

/// What is typed of a partner.
#[derive(Clone, Debug, Default)]
pub struct New {
    /// Name and way to reach her.
    pub who: Who,
    /// A code of `network_kinds`.
    pub kind: String,
    /// A code of `network_places`.
    pub place: String,
    /// A municipality's code.
    pub municipality: String,
    /// A code of `languages`.
    pub language: String,
    /// Since when she is trained; empty: she is not.
    pub trained_on: String,
}

/// How the caller stands to the network of a municipality.
fn there(p: &Programme, caller: &Caller, municipality: &str) -> Situation {
    Situation { same_site: alerts::municipality(p, caller) == Some(municipality), ..Situation::default() }
}

/// The gate, for what is of no partner in particular. Says of which municipality alone the caller may know; none: of each.
pub(crate) fn whole<'p>(p: &'p Programme, caller: &Caller, act: Act) -> Outcome<Option<&'p str>> {
    if p.gate.would(caller, act, &Situation::default()) {
        p.may(caller, act)?;
        return Ok(None);
    }
    let here = alerts::municipality(p, caller);
    p.may_on(caller, act, Uuid::nil(), &there(p, caller, here.unwrap_or_default()))?;
    Ok(here)
}

/// The municipalities of which the caller may write, for a form.
///
/// # Errors
/// When the gate refuses.
pub fn municipality<'p>(p: &'p Programme, caller: &Caller) -> Outcome<Option<&'p str>> {
    whole(p, caller, Act::NETWORK_WRITE)
}

fn body_place(id: Uuid, version: i64) -> Place<'static> {
    Place { subject: id, compartment: "network", table: "network_partner", row: id, field: "body", version }
}

/// A fact of the network, on the day it happens.
pub(crate) fn fact(p: &Programme, work: &Work, kind: &'static str, municipality: &str) -> Fact {
    alerts::fact(p, kind, work.at(), municipality)
}

/// A civil day that is not to come, or a problem of a field.
pub(crate) fn past_day(p: &Programme, work: &Work, text: &str, field: &'static str, problems: &mut Problems) {
    let day = text.parse::<Date>();
    problems.when(day.is_err(), field, "problem-date-impossible");
    let today = dates::day(work.at(), &p.pack.zone);
    problems.when(day.is_ok_and(|d| d > today), field, "problem-date-future");
}

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

/// A partner for the caller, with her grant for an act: elsewhere, and once she was forgotten, there is nobody.
///
/// # Errors
/// When the gate refuses; [`Refusal::Absent`].
pub async fn one(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    act: Act,
    id: Uuid,
) -> Outcome<(Partner, Grant)> {
    whole(p, caller, act)?;
    let row = tx
        .sql("SELECT * FROM network_partner WHERE id = $1 AND state <> 'forgotten'")
        .bind(id)
        .optional()
        .await?;
    let partner = row.as_ref().map(Partner::read).transpose()?.ok_or(Refusal::Absent)?;
    let situation = there(p, caller, &partner.municipality);
    if !p.gate.would(caller, act, &situation) {
        return Err(Refusal::Absent.into());
    }
    let grant = p.may_on(caller, act, id, &situation)?;
    Ok((partner, grant))
}

/// Who she is.
///
/// # Errors
/// When the grant does not open it or it is damaged.
pub async fn who(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    partner: &Partner,
) -> Outcome<Who> {
    let row = tx.sql("SELECT body FROM network_partner WHERE id = $1").bind(partner.id).one().await?;
    let body: Vec<u8> = row.get("body")?;
    p.unseal(tx, caller, grant, &body_place(partner.id, partner.version), &body).await
}

/// The partners of whom the caller may know, by municipality and name; those who left come last. A name that cannot be read is empty.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<(Partner, Who)>> {
    let only = whole(p, caller, Act::NETWORK_READ)?.map(str::to_owned);
    let rows = tx
        .sql(
            "SELECT * FROM network_partner WHERE state <> 'forgotten' AND ($1 IS NULL OR municipality = $1)
             ORDER BY state, municipality, id",
        )
        .bind(only)
        .all()
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let partner = Partner::read(row)?;
        let grant =
            p.may_on(caller, Act::NETWORK_READ, partner.id, &there(p, caller, &partner.municipality))?;
        let opened = p
            .unseal(
                tx,
                caller,
                &grant,
                &body_place(partner.id, partner.version),
                &row.get::<Vec<u8>>("body")?,
            )
            .await;
        let who = readable(opened)?;
        if who.is_none() {
            tx.set_aside();
        }
        all.push((partner, who.unwrap_or_default()));
    }
    all.sort_by(|(a, x): &(Partner, Who), (b, y)| {
        (&a.state, &a.municipality, x.name.to_lowercase()).cmp(&(
            &b.state,
            &b.municipality,
            y.name.to_lowercase(),
        ))
    });
    Ok(all)
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
