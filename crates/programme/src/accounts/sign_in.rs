//! Signing in: password, second step, and a brake on guessing that never locks anybody out for good.

use std::sync::Arc;

use ceiba_store::{MINUTE, Micros, SECOND};
use ceiba_vault::{PersonSecret, password};
use uuid::Uuid;

use super::second;
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
/// threads that answer pages, two at a time.
///
/// # Errors
/// When something breaks. A wrong try is not an error.
pub async fn sign_in(p: &Programme, username: &str, typed: &str, code: &str) -> Outcome<Try> {
    let token = p.office.blind("username", &username.trim().to_lowercase());
    let mut work = p.store.work(Uuid::nil()).await?;
    let row = work.sql("SELECT * FROM account WHERE username_token = $1").bind(token).optional().await?;
    let Some(row) = row else {
        // As slow as for a real account: the time must not tell whether the name exists.
        password::dummy_verify(typed, p.cost)?;
        return Ok(Try::Wrong { left: FREE_TRIES - 1 });
    };
    let (account, failures): (Uuid, i64) = (row.get("id")?, row.get("failures")?);
    let until: Micros = row.get("wait_until")?;
    if work.at() < until {
        return Ok(Try::Wait { until });
    }
    let right = password::verify(&row.get::<String>("password")?, typed)?;
    let step = match row.get::<Option<Vec<u8>>>("totp")? {
        None => Some(row.get("totp_step")?),
        Some(sealed) => second::check(p, account, &sealed, code, row.get("totp_step")?, work.at())?,
    };
    let (true, Some(step), true) = (right, step, row.get::<bool>("active")?) else {
        let until = work.at() + wait(failures + 1);
        work.sql("UPDATE account SET failures = $1, wait_until = $2 WHERE id = $3")
            .bind(failures + 1)
            .bind(until)
            .bind(account)
            .once()
            .await?;
        work.record("sign-in.wrong", "account", account, [0; 32]).await?;
        work.commit().await?;
        return Ok(Try::Wrong { left: (FREE_TRIES - failures - 1).max(0) });
    };
    let secret = PersonSecret::open_with_password(&row.get::<Vec<u8>>("secret_key")?, typed)
        .map_err(|_| ProgrammeError::Unreadable("the account's key"))?;
    work.sql("UPDATE account SET failures = 0, wait_until = 0, totp_step = $1 WHERE id = $2")
        .bind(step)
        .bind(account)
        .once()
        .await?;
    work.record("sign-in", "account", account, [0; 32]).await?;
    work.commit().await?;
    Ok(Try::In(SignedIn { account, secret: Arc::new(secret) }))
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
