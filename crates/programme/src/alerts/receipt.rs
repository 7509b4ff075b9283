//! The way back for a reporter: a code, a neutral state, questions and answers.

use ceiba_access::{Act, Caller, Grant, Place, Situation};
use ceiba_store::{Micros, Tx, Work};
use uuid::Uuid;

use super::{Alert, fact, repeat};
use crate::sealed::detail;
use crate::{Outcome, Problems, Programme};

/// What the reporter sees. Never what was decided about anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It arrived.
    Received,
    /// The team has it.
    InHands,
    /// The team finished with it.
    Closed,
}

/// A message between the team and the reporter.
#[derive(Clone, Debug)]
pub struct Message {
    /// `team` or `reporter`.
    pub author: String,
    /// When.
    pub at: Micros,
    /// What.
    pub text: String,
}

impl Alert {
    /// The neutral state.
    #[must_use]
    pub fn seen(&self) -> Seen {
        match self.state.as_str() {
            "received" => Seen::Received,
            "taken" | "screening" | "converted" => Seen::InHands,
            _ => Seen::Closed,
        }
    }
}

/// The alert of a receipt code, with a grant to see its neutral state and messages. `None` when the code is
/// wrong: the page says the same for a code that never existed.
///
/// # Errors
/// When something breaks.
pub async fn find(p: &Programme, tx: &mut Tx, typed: &str) -> Outcome<Option<(Alert, Caller, Grant)>> {
    let Some(code) = crate::codes::read(typed, 'A', 10) else { return Ok(None) };
    let hash = p.office.token_hash(code.as_bytes());
    let row = tx.sql("SELECT * FROM alert WHERE receipt = $1").bind(hash).optional().await?;
    let Some(row) = row else { return Ok(None) };
    let alert = Alert::read(&row)?;
    let caller = super::public();
    let own = Situation { own: true, ..Situation::default() };
    let grant = p.may_on(&caller, Act::ALERT_OWN, alert.id, &own)?;
    Ok(Some((alert, caller, grant)))
}

/// The messages of an alert, oldest first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn messages(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    alert: Uuid,
) -> Outcome<Vec<Message>> {
    let rows =
        tx.sql("SELECT * FROM alert_message WHERE alert = $1 ORDER BY at, id").bind(alert).all().await?;
    let mut messages = Vec::with_capacity(rows.len());
    for row in rows {
        let text =
            p.unseal(tx, caller, grant, &place(alert, row.get("id")?), &row.get::<Vec<u8>>("body")?).await?;
        messages.push(Message { author: row.get("author")?, at: row.get("at")?, text });
    }
    Ok(messages)
}

/// Whether the reporter's form with this number and text was kept already.
///
/// # Errors
/// When the database breaks.
pub async fn said(p: &Programme, tx: &mut Tx, alert: &Alert, once: Uuid, text: &str) -> Outcome<bool> {
    let id = message_id(p, alert, once, text);
    Ok(tx.sql("SELECT id FROM alert_message WHERE id = $1").bind(id).optional().await?.is_some())
}

fn message_id(p: &Programme, alert: &Alert, once: Uuid, text: &str) -> Uuid {
    repeat::chance(p, once, &(alert.id, text.trim())).id()
}

/// Adds a message. The team's first one is the human answer whose time counts. `once` is the number of a form
/// without an account.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] when it is empty or too long.
pub async fn say(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    alert: &Alert,
    (author, text): (&'static str, &str),
    once: Option<Uuid>,
) -> Outcome<()> {
    let mut problems = Problems::default();
    problems.when(text.trim().is_empty(), "text", "problem-message-empty");
    problems.when(text.chars().count() > 2000, "text", "problem-too-long");
    problems.done()?;
    let id = once.map_or_else(|| work.chance().id(), |once| message_id(p, alert, once, text));
    let sealed = p.seal(work, caller, grant, &place(alert.id, id), &text.trim()).await?;
    let (now, hash) = (work.at(), detail(&sealed));
    work.sql("INSERT INTO alert_message (id, alert, author, at, body) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(alert.id)
        .bind(author)
        .bind(now)
        .bind(sealed)
        .once()
        .await?;
    work.record("alert.message", "alert", alert.id, hash).await?;
    if author == "team" {
        answered(p, work, alert).await?;
    }
    Ok(())
}

/// Notes the first human answer and how long it took.
pub(super) async fn answered(p: &Programme, work: &mut Work, alert: &Alert) -> Outcome<()> {
    if alert.answered_at.is_some() {
        return Ok(());
    }
    let now = work.at();
    work.sql("UPDATE alert SET answered_at = $1 WHERE id = $2").bind(now).bind(alert.id).once().await?;
    let minutes = Some((now - alert.created_at) / ceiba_store::MINUTE);
    let on_time = if now <= alert.due_at { "on_time" } else { "late" };
    let mut fact = fact(p, "alert.answered", now, &alert.municipality);
    fact.code = Some(alert.urgency.clone());
    fact.outcome = Some(on_time.to_owned());
    fact.minutes = minutes;
    Ok(work.fact(fact).await?)
}

fn place(alert: Uuid, row: Uuid) -> Place<'static> {
    Place { subject: alert, compartment: "core", table: "alert_message", row, field: "body", version: 1 }
}
