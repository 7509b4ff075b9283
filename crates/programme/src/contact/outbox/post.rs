//! The postman: takes what is due, asks the door again, hands it to what carries it, and writes down what came of it. While he
//! waits for a server nobody waits for him: he holds no unit of work.

use std::sync::Arc;

use ceiba_store::{MINUTE, Micros, Tx};
use uuid::Uuid;

use super::{CLAIM, Carrier, LONGEST, Letter, Message, Text, Undelivered, Wire};
use crate::contact::door::{self, Attempt, Passed, Why};
use crate::contact::rules::Channel;
use crate::contact::{staff, wake};
use crate::{Outcome, Programme};

/// Sends what is due. A wire on which one message does not leave rests until the next turn. Returns how many left.
///
/// # Errors
/// When the database cannot be reached.
pub async fn work_off(p: &Programme) -> Outcome<usize> {
    let Some(carrier) = p.carrier.clone() else { return Ok(0) };
    let mut sent = 0;
    for wire in Wire::ALL.into_iter().filter(|w| carrier.carries(*w)) {
        while let Some(message) = claim(p, wire).await? {
            match deliver(p, &carrier, &message).await {
                Ok(Some(Undelivered::Later)) => break,
                Ok(None) => sent += 1,
                Ok(Some(Undelivered::Refused)) => {}
                Err(e) => {
                    tracing::error!(message = %message.id, error = %e, "a message stays and comes again");
                    break;
                }
            }
        }
    }
    Ok(sent)
}

async fn claim(p: &Programme, wire: Wire) -> Outcome<Option<Message>> {
    let now = p.store.clock.now();
    // Without anything due the one writer is left alone.
    let mut tx = p.store.db.read().await?;
    let waits = tx
        .sql(
            "SELECT id FROM message WHERE state = 'queued' AND wire = $1 AND due_at <= $2
             AND (claimed_until IS NULL OR claimed_until < $2) LIMIT 1",
        )
        .bind(wire.code())
        .bind(now)
        .optional()
        .await?;
    drop(tx);
    if waits.is_none() {
        return Ok(None);
    }
    let mut tx = p.store.db.write().await?;
    let row = tx
        .sql(
            "UPDATE message SET claimed_until = $1, tries = tries + 1
             WHERE id = (SELECT id FROM message WHERE state = 'queued' AND wire = $2 AND due_at <= $3
                         AND (claimed_until IS NULL OR claimed_until < $3) ORDER BY due_at, id LIMIT 1)
             RETURNING *",
        )
        .bind(now + CLAIM)
        .bind(wire.code())
        .bind(now)
        .optional()
        .await?;
    tx.commit().await?;
    row.as_ref().map(Message::read).transpose()
}

/// What the door says at the moment of sending.
enum Now {
    Go(Box<Letter>),
    Later(Micros),
    Blocked(&'static str),
}

/// None: it left.
async fn deliver(p: &Programme, carrier: &Arc<dyn Carrier>, m: &Message) -> Outcome<Option<Undelivered>> {
    let now = p.store.clock.now();
    let mut tx = p.store.db.read().await?;
    let said = if now > m.until { Now::Blocked("ended") } else { ask(p, &mut tx, m, now).await? };
    drop(tx);
    let letter = match said {
        Now::Go(letter) => letter,
        Now::Later(at) if at <= m.until => {
            put_off(p, m, at).await?;
            return Ok(Some(Undelivered::Refused));
        }
        Now::Later(_) => {
            end(p, m, "blocked", Some(Why::Hours.code())).await?;
            return Ok(Some(Undelivered::Refused));
        }
        Now::Blocked(why) => {
            // A term that ended after tries is a failure of ours, and no word of hers.
            let state = if why == "ended" && m.tries > 1 { "failed" } else { "blocked" };
            end(p, m, state, Some(why)).await?;
            return Ok(Some(Undelivered::Refused));
        }
    };
    match carrier.carry(&letter).await {
        Ok(()) => {
            end(p, m, "sent", None).await?;
            Ok(None)
        }
        Err(Undelivered::Later) => {
            let pause = MINUTE.saturating_mul(1 << (m.tries - 1).clamp(0, 12)).min(LONGEST);
            tracing::warn!(message = %m.id, wire = m.wire.code(), tries = m.tries, "a message did not leave and comes again");
            put_off(p, m, now + pause).await?;
            Ok(Some(Undelivered::Later))
        }
        Err(Undelivered::Refused) => {
            tracing::warn!(message = %m.id, wire = m.wire.code(), "a server refused a message");
            end(p, m, "failed", Some("refused")).await?;
            Ok(Some(Undelivered::Refused))
        }
    }
}

async fn ask(p: &Programme, tx: &mut Tx, m: &Message, now: Micros) -> Outcome<Now> {
    let letter = |passed: Passed, language: String, code: Option<String>| {
        let (id, wire, text) = (m.id, m.wire, m.text);
        Now::Go(Box::new(Letter { id, wire, text, language, code, at: now, passed }))
    };
    if let Some(account) = m.account {
        let Some(own) = staff::active(p, tx, account, m.wire).await? else {
            return Ok(Now::Blocked("ended"));
        };
        let confirming = m.text == Text::Code;
        // Another code was asked for meanwhile, or the channel is another one.
        if confirming && own.id != m.about {
            return Ok(Now::Blocked("ended"));
        }
        if !confirming && !wake::waits(tx, account).await? {
            return Ok(Now::Blocked("seen"));
        }
        return Ok(match door::staff(&own, confirming, now, &p.pack.zone) {
            Ok(passed) => letter(passed, own.language, confirming.then_some(own.code)),
            Err(Some(ends)) => Now::Later(ends),
            Err(None) => Now::Blocked("ended"),
        });
    }
    let Some(case) = m.case else { return Ok(Now::Blocked("ended")) };
    if !stands(tx, m.about).await? {
        return Ok(Now::Blocked("ended"));
    }
    let wanted = Attempt { channel: Channel::Sms, at: now, leaving: true };
    Ok(match door::decide(&door::held(p, tx, case).await?, &wanted, &p.pack.zone) {
        Ok(passed) => letter(passed, "es".to_owned(), None),
        Err(blocked) => match blocked.instead.first() {
            Some(o) if blocked.why == Why::Hours && o.channel == Channel::Sms => Now::Later(o.at),
            _ => Now::Blocked(blocked.why.code()),
        },
    })
}

/// Whether what a message to her is about still is to come.
async fn stands(tx: &mut Tx, about: Uuid) -> Outcome<bool> {
    let row = tx
        .sql(
            "SELECT 1 AS x FROM entry e JOIN case_file c ON c.id = e.file
             WHERE e.id = $1 AND e.kind = 'hearing' AND e.state = 'set' AND c.state <> 'closed'",
        )
        .bind(about)
        .optional()
        .await?;
    Ok(row.is_some())
}

async fn put_off(p: &Programme, m: &Message, at: Micros) -> Outcome<()> {
    let mut tx = p.store.db.write().await?;
    tx.sql("UPDATE message SET due_at = $1, claimed_until = NULL WHERE id = $2 AND state = 'queued'")
        .bind(at)
        .bind(m.id)
        .run()
        .await?;
    Ok(tx.commit().await?)
}

/// Writes down what came of it. A message that was stopped while it left has left all the same.
async fn end(p: &Programme, m: &Message, state: &'static str, why: Option<&str>) -> Outcome<()> {
    let mut work = p.store.work(Uuid::nil()).await?;
    let now = work.at();
    work.sql("UPDATE message SET state = $1, why = $2, ended_at = $3, claimed_until = NULL WHERE id = $4")
        .bind(state)
        .bind(why)
        .bind(now)
        .bind(m.id)
        .once()
        .await?;
    let (kind, id) = m.case.map_or(("account", m.account.unwrap_or_default()), |c| ("case", c));
    match state {
        "sent" => work.record("message.sent", kind, id, [0; 32]).await?,
        "failed" => work.record("message.failed", kind, id, [0; 32]).await?,
        _ => work.record("message.blocked", kind, id, [0; 32]).await?,
    }
    Ok(work.commit().await?)
}
