//! The second step: codes of an authenticator app (RFC 6238), each good once.

use ceiba_store::{Micros, SECOND, Work};
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

use crate::{Outcome, Programme, ProgrammeError};

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

/// Gives an account a new secret and returns it in base 32, to be shown once.
///
/// # Errors
/// When something breaks.
pub async fn give(p: &Programme, work: &mut Work, account: Uuid) -> Outcome<String> {
    let secret: [u8; 20] = work.chance().bytes();
    let sealed = work.chance().with(|rng| p.office.seal_small(rng, "second", account.as_bytes(), &secret))?;
    work.sql("UPDATE account SET totp = $1, totp_step = 0, version = version + 1 WHERE id = $2")
        .bind(sealed)
        .bind(account)
        .once()
        .await?;
    work.record("account.second", "account", account, [0; 32]).await?;
    Ok(Secret::from(secret).to_base32())
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
