//! Another password: one's own, with the key that it locks; or a first one again, from whoever manages accounts.

use ceiba_store::{Chance, Work};
use ceiba_vault::{PersonSecret, password};
use uuid::Uuid;

use super::sessions::{self, Keys};
use super::sign_in::SignedIn;
use crate::sealed::detail;
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// The fewest characters of a password (security.md 2: eight with a second step, more without; four words are more).
const SHORTEST: usize = 12;

/// A password and the key it locks, ready to be written. Made before the unit of work: hashing takes a fifth of a
/// second, and nobody else's write waits for it.
pub struct Fresh {
    hash: String,
    locked: Vec<u8>,
    public: [u8; 32],
}

/// Locks a key under a new password.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when it is too short.
pub fn lock(p: &Programme, secret: &PersonSecret, new: &str) -> Outcome<Fresh> {
    let mut problems = Problems::default();
    problems.when(new.chars().count() < SHORTEST, "password", "problem-password-short");
    problems.done()?;
    let public = secret.public().to_bytes();
    // Chance of its own: everybody else draws ids meanwhile.
    Chance::seeded(p.store.chance.bytes()).with(|rng| {
        let (hash, locked) =
            (password::hash(rng, new, p.cost)?, secret.seal_under_password(rng, new, p.cost)?);
        Ok(Fresh { hash, locked, public })
    })
}

/// Changes one's own password. The key stays the same one; every other session of hers ends.
///
/// # Errors
/// When something breaks.
pub async fn change(work: &mut Work, keys: &Keys, who: &SignedIn, fresh: &Fresh, here: Uuid) -> Outcome<()> {
    write(work, who.account, fresh).await?;
    for other in sessions::of(work.tx(), who.account).await?.into_iter().filter(|s| s.id != here) {
        sessions::end(work, keys, other.id).await?;
    }
    Ok(work.record("account.password", "account", who.account, [0; 32]).await?)
}

/// Gives somebody who forgot hers a first password again. Her key cannot be opened without the old one, so she gets
/// a new one: what strongboxes she had, a colleague of the team or two directors give her again. The second step is
/// off until she sets it up anew. All her sessions end.
///
/// # Errors
/// [`ceiba_access::Refusal::Absent`] without such an account.
pub async fn reset(work: &mut Work, keys: &Keys, account: Uuid, fresh: &Fresh) -> Outcome<()> {
    for session in sessions::of(work.tx(), account).await? {
        sessions::end(work, keys, session.id).await?;
    }
    ceiba_access::slots::take_back_all(work, account).await?;
    write(work, account, fresh).await?;
    work.sql("UPDATE account SET public_key = $1, totp = NULL, totp_step = 0 WHERE id = $2")
        .bind(fresh.public)
        .bind(account)
        .once()
        .await?;
    // The public key is part of the log, as when the account was made.
    Ok(work.record("account.reset", "account", account, detail(&fresh.public)).await?)
}

async fn write(work: &mut Work, account: Uuid, fresh: &Fresh) -> Outcome<()> {
    // Whoever changes her password thinks that somebody may be where she is: the address of her calendar needs none.
    super::feed::end(work, account).await?;
    let touched = work
        .sql("UPDATE account SET password = $1, secret_key = $2, version = version + 1 WHERE id = $3")
        .bind(fresh.hash.clone())
        .bind(fresh.locked.clone())
        .bind(account)
        .run()
        .await?;
    if touched == 1 { Ok(()) } else { Err(ProgrammeError::from(ceiba_access::Refusal::Absent)) }
}
