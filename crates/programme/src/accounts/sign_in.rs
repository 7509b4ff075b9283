//! Signing in: password, second step, and a brake on guessing that never locks anybody out for good.

use std::sync::Arc;

use ceiba_store::{DAY, MINUTE, Micros, Row, SECOND, Tx, Work};
use ceiba_vault::{PersonSecret, password};
use uuid::Uuid;

use super::{guessing, second};
use crate::{Outcome, Programme, ProgrammeError};

/// Wrong tries that cost nothing.
const FREE_TRIES: i64 = 5;
/// The longest wait.
const LONGEST: Micros = 15 * MINUTE;

/// Somebody who showed that she is who she says.
pub struct SignedIn {
    /// Her account.
    pub account: Uuid,
    /// Her key.
    pub secret: Arc<PersonSecret>,
}

/// What a try came to. The page says the same for a wrong name, a wrong password and a wrong code.
pub enum Try {
    /// Come in.
    In(SignedIn),
    /// Something did not match; this many tries before the first wait.
    Wrong {
        /// Tries left.
        left: i64,
    },
    /// Too many wrong tries: not before this instant.
    Wait {
        /// When to try again.
        until: Micros,
    },
}

/// How long to wait after a number of failures: 30 s, 1, 2, 4, 8 and then 15 minutes.
fn wait(failures: i64) -> Micros {
    let over = failures - FREE_TRIES;
    if over < 0 { 0 } else { LONGEST.min((30 * SECOND) << over.min(10)) }
}

/// Checks a name, a password and, where the account has one, a code. Slow on purpose: run it off the
/// threads that answer pages, two at a time. A name that does not exist is answered like one that does, try
/// after try, and as slowly.
///
/// # Errors
/// When something breaks. A wrong try is not an error.
pub async fn sign_in(p: &Programme, username: &str, typed: &str, code: &str) -> Outcome<Try> {
    let token = p.office.blind("username", &username.trim().to_lowercase());
    let mut tx = p.store.db.read().await?;
    if let Some(until) = must_wait(&mut tx, token, p.store.clock.now()).await? {
        return Ok(Try::Wait { until });
    }
    let row = tx.sql("SELECT * FROM account WHERE username_token = $1").bind(token).optional().await?;
    drop(tx);
    // Hashing takes a fifth of a second: nobody else's write waits for it.
    let shown = match &row {
        Some(row) => check(p, row, typed, code)?,
        None => {
            password::dummy_verify(typed, p.cost)?;
            None
        }
    };
    let mut work = p.store.work(Uuid::nil()).await?;
    let now = work.at();
    if let Some(until) = must_wait(work.tx(), token, now).await? {
        return Ok(Try::Wait { until });
    }
    let account = row.as_ref().map_or(Ok(Uuid::nil()), |r| r.get("id"))?;
    match shown {
        Some((who, step)) if used(&mut work, account, step).await? => {
            work.sql("DELETE FROM sign_in_try WHERE token = $1").bind(token).run().await?;
            work.record("sign-in", "account", account, [0; 32]).await?;
            work.commit().await?;
            Ok(Try::In(who))
        }
        _ => {
            let failures = failed(&mut work, token).await?;
            guessing::watch(&mut work, account, failures).await?;
            work.record("sign-in.wrong", "account", account, [0; 32]).await?;
            work.commit().await?;
            Ok(Try::Wrong { left: (FREE_TRIES - failures).max(0) })
        }
    }
}

/// Whether password, code and state of an account are right; with the key it opens and the code's step.
fn check(p: &Programme, row: &Row, typed: &str, code: &str) -> Outcome<Option<(SignedIn, Option<i64>)>> {
    let account: Uuid = row.get("id")?;
    if !password::verify(&row.get::<String>("password")?, typed)? || !row.get::<bool>("active")? {
        return Ok(None);
    }
    let step = match row.get::<Option<Vec<u8>>>("totp")? {
        None => None,
        Some(sealed) => {
            let last = row.get("totp_step")?;
            let step = second::check(p, account, &sealed, code, last, p.store.clock.now())?;
            let Some(step) = step else { return Ok(None) };
            Some(step)
        }
    };
    let secret = PersonSecret::open_with_password(&row.get::<Vec<u8>>("secret_key")?, typed)
        .map_err(|_| ProgrammeError::Unreadable("the account's key"))?;
    Ok(Some((SignedIn { account, secret: Arc::new(secret) }, step)))
}

/// Uses a code up. Of two who send the same one at once, the second is too late.
async fn used(work: &mut Work, account: Uuid, step: Option<i64>) -> Outcome<bool> {
    let Some(step) = step else { return Ok(true) };
    let text = "UPDATE account SET totp_step = $1 WHERE id = $2 AND totp_step < $1";
    Ok(work.sql(text).bind(step).bind(account).run().await? == 1)
}

async fn must_wait(tx: &mut Tx, token: [u8; 16], now: Micros) -> Outcome<Option<Micros>> {
    let row = tx.sql("SELECT wait_until FROM sign_in_try WHERE token = $1").bind(token).optional().await?;
    let until: Option<Micros> = row.map(|r| r.get("wait_until")).transpose()?;
    Ok(until.filter(|until| now < *until))
}

/// Counts a wrong try and tells how many there are now. A count that rested for a day is forgotten: guessing
/// made-up names does not fill the disk.
async fn failed(work: &mut Work, token: [u8; 16]) -> Outcome<i64> {
    let now = work.at();
    work.sql("DELETE FROM sign_in_try WHERE at < $1").bind(now - DAY).run().await?;
    let row = work
        .sql(
            "INSERT INTO sign_in_try (token, failures, wait_until, at) VALUES ($1, 1, 0, $2)
             ON CONFLICT (token) DO UPDATE SET failures = sign_in_try.failures + 1, at = excluded.at
             RETURNING failures",
        )
        .bind(token)
        .bind(now)
        .one()
        .await?;
    let failures = row.get("failures")?;
    let until = now + wait(failures);
    work.sql("UPDATE sign_in_try SET wait_until = $1 WHERE token = $2")
        .bind(until)
        .bind(token)
        .once()
        .await?;
    Ok(failures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_and_ends() {
        assert_eq!((wait(4), wait(5), wait(6)), (0, 30 * SECOND, MINUTE));
        assert!((0..100).all(|n| wait(n) <= wait(n + 1) && wait(n) <= LONGEST));
    }
}
