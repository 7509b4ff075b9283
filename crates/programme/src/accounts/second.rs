//! The second step: codes of an authenticator app (RFC 6238), each good once.

use ceiba_store::{Micros, SECOND, Tx, Work};
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

use crate::{Outcome, Problems, Programme, ProgrammeError};

/// Seconds a code is good for.
const STEP: u64 = 30;

fn totp(secret: &[u8]) -> Outcome<Totp> {
    let secret =
        <[u8; 20]>::try_from(secret).map_err(|_| ProgrammeError::Unreadable("the second step's secret"))?;
    Builder::new()
        .with_secret(Secret::from(secret))
        .with_skew(1)
        .with_step_duration(STEP)
        .build()
        .map_err(|_| ProgrammeError::Unreadable("the second step's secret"))
}

/// A secret that was drawn and not confirmed yet.
pub struct Offered {
    /// In base 32, for an app into which it is typed.
    pub base32: String,
    /// Sealed for this account, to come back with the first code.
    pub sealed: Vec<u8>,
}

/// Draws a secret for an account. It counts once a code of it came back: an app that did not take it locks nobody out.
///
/// # Errors
/// When something breaks.
pub fn offer(p: &Programme, account: Uuid) -> Outcome<Offered> {
    let secret: [u8; 20] = p.store.chance.bytes();
    let sealed =
        p.store.chance.with(|rng| p.office.seal_small(rng, "second", account.as_bytes(), &secret))?;
    Ok(Offered { base32: Secret::from(secret).to_base32(), sealed })
}

/// Shows an offered secret again, after a code that was wrong.
///
/// # Errors
/// When it was not offered to this account.
pub fn offered(p: &Programme, account: Uuid, sealed: &[u8]) -> Outcome<Offered> {
    let secret = p.office.open_small("second", account.as_bytes(), sealed)?;
    let secret = <[u8; 20]>::try_from(secret.as_slice())
        .map_err(|_| ProgrammeError::Unreadable("the second step's secret"))?;
    Ok(Offered { base32: Secret::from(secret).to_base32(), sealed: sealed.to_vec() })
}

/// Takes an offered secret into use when the code is of it.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when the code is not; [`ProgrammeError::Unreadable`] or a fault of the vault when the
/// secret was not offered to this account.
pub async fn confirm(
    p: &Programme,
    work: &mut Work,
    account: Uuid,
    sealed: &[u8],
    code: &str,
) -> Outcome<()> {
    let step = check(p, account, sealed, code, 0, work.at())?;
    let mut problems = Problems::default();
    problems.when(step.is_none(), "code", "problem-second-code");
    problems.done()?;
    take(work, account, Some(sealed.to_vec()), step.unwrap_or(0)).await
}

/// Gives an account a secret without asking for a code, and returns it in base 32: for the first administrator.
///
/// # Errors
/// When something breaks.
pub async fn give(p: &Programme, work: &mut Work, account: Uuid) -> Outcome<String> {
    let offered = offer(p, account)?;
    take(work, account, Some(offered.sealed), 0).await?;
    Ok(offered.base32)
}

/// Signs in without a second step from now on.
///
/// # Errors
/// When something breaks.
pub async fn stop(work: &mut Work, account: Uuid) -> Outcome<()> {
    take(work, account, None, 0).await
}

/// Whether an account signs in with a second step.
///
/// # Errors
/// When something breaks.
pub async fn is_on(tx: &mut Tx, account: Uuid) -> Outcome<bool> {
    let row = tx.sql("SELECT totp FROM account WHERE id = $1").bind(account).one().await?;
    Ok(row.get::<Option<Vec<u8>>>("totp")?.is_some())
}

async fn take(work: &mut Work, account: Uuid, sealed: Option<Vec<u8>>, step: i64) -> Outcome<()> {
    let action = if sealed.is_some() { "account.second" } else { "account.second-off" };
    work.sql("UPDATE account SET totp = $1, totp_step = $2, version = version + 1 WHERE id = $3")
        .bind(sealed)
        .bind(step)
        .bind(account)
        .once()
        .await?;
    Ok(work.record(action, "account", account, [0; 32]).await?)
}

/// Checks a code. Returns the step it was for, which must be later than the last one used: a code that was
/// read over a shoulder is no longer good.
pub(super) fn check(
    p: &Programme,
    account: Uuid,
    sealed: &[u8],
    code: &str,
    last: i64,
    now: Micros,
) -> Outcome<Option<i64>> {
    let secret = p.office.open_small("second", account.as_bytes(), sealed)?;
    let seconds = u64::try_from(now / SECOND).unwrap_or(0);
    let typed: String = code.chars().filter(char::is_ascii_digit).collect();
    let step = totp(&secret)?.check(&typed, seconds).and_then(|s| i64::try_from(s).ok());
    Ok(step.filter(|s| *s > last))
}

/// The code of an instant, for tests and the demo.
///
/// # Errors
/// When the secret is not base 32.
pub fn code_at(base32: &str, now: Micros) -> Outcome<String> {
    let secret = Secret::try_from_base32(base32).map_err(|_| ProgrammeError::Unreadable("base 32"))?;
    let totp = Builder::new()
        .with_secret(secret)
        .with_step_duration(STEP)
        .build()
        .map_err(|_| ProgrammeError::Unreadable("the second step's secret"))?;
    Ok(totp.generate(u64::try_from(now / SECOND).unwrap_or(0)).to_string())
}
