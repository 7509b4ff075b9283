//! Sessions: rows that can be revoked, and the keys of those who are signed in, in memory only.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use ceiba_access::Caller;
use ceiba_store::{DAY, HOUR, MINUTE, Micros, Tx, Work};
use ceiba_vault::PersonSecret;
use uuid::Uuid;

use super::sign_in::SignedIn;
use crate::{Outcome, Programme};

/// Without an act for this long, a session locks: the password opens it again, what was typed is kept.
pub const IDLE: Micros = 15 * MINUTE;
/// A session ends after this long in any case.
pub const LONGEST: Micros = 12 * HOUR;

/// Private keys of signed-in people by session. Never written anywhere; gone with the process.
#[derive(Default)]
pub struct Keys(RwLock<HashMap<Uuid, Arc<PersonSecret>>>);

impl Keys {
    fn put(&self, session: Uuid, secret: Arc<PersonSecret>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(session, secret);
    }

    fn get(&self, session: Uuid) -> Option<Arc<PersonSecret>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&session).cloned()
    }

    /// Forgets the key of a session that was locked or ended.
    pub fn forget(&self, session: Uuid) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(&session);
    }
}

/// A live session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its id.
    pub id: Uuid,
    /// Who.
    pub caller: Caller,
    /// How colleagues know her.
    pub name: String,
    /// The token every form of it carries.
    pub csrf: String,
    /// Her language.
    pub language: String,
    /// It waits for the password.
    pub locked: bool,
    /// When it was last noted as used.
    pub seen_at: Micros,
    /// How many notices she has not seen.
    pub notices: i64,
}

/// Starts a session and returns its token, which only the browser keeps.
///
/// # Errors
/// When something breaks.
pub async fn start(p: &Programme, keys: &Keys, who: SignedIn, device: &str) -> Outcome<String> {
    let mut work = p.store.work(who.account).await?;
    let token: [u8; 32] = work.chance().bytes();
    let csrf: [u8; 16] = work.chance().bytes();
    let (id, now) = (work.chance().id(), work.at());
    work.sql(
        "INSERT INTO session (id, token, account, csrf, created_at, seen_at, expires_at, locked, device)
         VALUES ($1, $2, $3, $4, $5, $5, $6, FALSE, $7)",
    )
    .bind(id)
    .bind(p.office.token_hash(&token))
    .bind(who.account)
    .bind(csrf)
    .bind(now)
    .bind(now + LONGEST)
    .bind(device.chars().take(80).collect::<String>())
    .once()
    .await?;
    work.record("session.start", "account", who.account, [0; 32]).await?;
    work.commit().await?;
    keys.put(id, who.secret);
    Ok(hex(&token))
}

/// The session of a token, if it lives. One that was idle too long comes back locked; so does one whose key
/// is no longer in memory because the program was started again.
///
/// # Errors
/// When something breaks.
pub async fn find(p: &Programme, keys: &Keys, tx: &mut Tx, token: &str) -> Outcome<Option<Session>> {
    let Some(token) = unhex(token) else { return Ok(None) };
    let now = p.store.clock.now();
    let row = tx
        .sql(
            "SELECT s.id, s.csrf, s.seen_at, s.locked, a.id AS account, a.role, a.site, a.active, a.person, a.language, a.who,
               (SELECT COUNT(*) FROM notice n WHERE n.account = a.id AND n.seen_at IS NULL) AS notices
             FROM session s JOIN account a ON a.id = s.account
             WHERE s.token = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND a.active",
        )
        .bind(p.office.token_hash(&token))
        .bind(now)
        .optional()
        .await?;
    let Some(row) = row else { return Ok(None) };
    let id: Uuid = row.get("id")?;
    let secret = keys.get(id);
    let seen_at: Micros = row.get("seen_at")?;
    let idle = now - seen_at > IDLE;
    let locked = row.get("locked")? || idle || secret.is_none();
    Ok(Some(Session {
        id,
        name: p.staff.open(p, row.get("account")?, row.get("who")?)?.name,
        caller: super::caller(p, &row, secret)?,
        csrf: hex(&row.bytes::<16>("csrf")?),
        language: row.get("language")?,
        locked,
        seen_at,
        notices: row.get("notices")?,
    }))
}

/// Whose session a token was, if it came to its end by itself, less than a day ago, with the token of its forms: what
/// somebody sends then is kept for her. One that was ended on purpose keeps nothing.
///
/// # Errors
/// When something breaks.
pub async fn over(p: &Programme, tx: &mut Tx, token: &str) -> Outcome<Option<(Uuid, String)>> {
    let Some(token) = unhex(token) else { return Ok(None) };
    let now = p.store.clock.now();
    let row = tx
        .sql(
            "SELECT s.account, s.csrf FROM session s JOIN account a ON a.id = s.account
             WHERE s.token = $1 AND s.ended_at IS NULL AND s.expires_at <= $2 AND s.expires_at > $3 AND a.active",
        )
        .bind(p.office.token_hash(&token))
        .bind(now)
        .bind(now - DAY)
        .optional()
        .await?;
    row.map(|row| Ok((row.get("account")?, hex(&row.bytes::<16>("csrf")?)))).transpose()
}

/// Notes that the session is in use. Written at most once a minute, to spare the disk; not a ledger matter.
///
/// # Errors
/// When something breaks.
pub async fn seen(p: &Programme, session: &Session) -> Outcome<()> {
    let now = p.store.clock.now();
    // Most pages must not wait for the one writer only to say that somebody is still there.
    if now - session.seen_at < MINUTE {
        return Ok(());
    }
    let mut tx = p.store.db.write().await?;
    tx.sql("UPDATE session SET seen_at = $1 WHERE id = $2 AND seen_at < $3")
        .bind(now)
        .bind(session.id)
        .bind(now - MINUTE)
        .run()
        .await?;
    Ok(tx.commit().await?)
}

/// Locks a session: its key leaves memory, its row stays.
///
/// # Errors
/// When something breaks.
pub async fn lock(work: &mut Work, keys: &Keys, session: Uuid) -> Outcome<()> {
    work.sql("UPDATE session SET locked = TRUE WHERE id = $1").bind(session).run().await?;
    work.record("session.lock", "session", session, [0; 32]).await?;
    keys.forget(session);
    Ok(())
}

/// Opens a locked session again, after the password.
///
/// # Errors
/// When something breaks.
pub async fn unlock(work: &mut Work, keys: &Keys, session: Uuid, who: SignedIn) -> Outcome<()> {
    let now = work.at();
    work.sql(
        "UPDATE session SET locked = FALSE, seen_at = $1 WHERE id = $2 AND account = $3 AND ended_at IS NULL",
    )
    .bind(now)
    .bind(session)
    .bind(who.account)
    .once()
    .await?;
    work.record("session.unlock", "session", session, [0; 32]).await?;
    keys.put(session, who.secret);
    Ok(())
}

/// A live session as its owner sees it.
#[derive(Clone, Debug)]
pub struct Live {
    /// Its id.
    pub id: Uuid,
    /// The browser and machine, as far as they say.
    pub device: String,
    /// Since when.
    pub created_at: Micros,
    /// When it was last used, to the minute.
    pub seen_at: Micros,
}

/// The live sessions of an account, the last used one first.
///
/// # Errors
/// When something breaks.
pub async fn of(tx: &mut Tx, account: Uuid) -> Outcome<Vec<Live>> {
    let rows = tx
        .sql(
            "SELECT id, device, created_at, seen_at FROM session WHERE account = $1 AND ended_at IS NULL
             ORDER BY seen_at DESC, id",
        )
        .bind(account)
        .all()
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Live {
                id: row.get("id")?,
                device: row.get("device")?,
                created_at: row.get("created_at")?,
                seen_at: row.get("seen_at")?,
            })
        })
        .collect()
}

/// Ends a session for good.
///
/// # Errors
/// When something breaks.
pub async fn end(work: &mut Work, keys: &Keys, session: Uuid) -> Outcome<()> {
    let now = work.at();
    work.sql("UPDATE session SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL")
        .bind(now)
        .bind(session)
        .run()
        .await?;
    work.record("session.end", "session", session, [0; 32]).await?;
    keys.forget(session);
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    (0..32).map(|i| u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()).collect()
}
