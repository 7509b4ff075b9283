//! How a colleague is woken outside the program: a channel of her own, confirmed by a code, with quiet hours.

use ceiba_access::Caller;
use ceiba_store::{HOUR, MINUTE, Micros, Row, Tx, Work};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::door;
use super::hours::{self, Hours};
use super::outbox::{self, Term, Text, Wire};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// How long a code holds.
pub const CODE: Micros = 30 * MINUTE;
/// So many wrong codes end the channel; so many codes are sent in an hour.
const TRIES: i64 = 5;

#[derive(Serialize, Deserialize)]
struct Body {
    address: String,
    code: String,
    quiet_from: u16,
    quiet_to: u16,
}

/// A channel of somebody's own.
#[derive(Clone, Debug)]
pub struct Own {
    /// Its id: another one when the address is another one.
    pub id: Uuid,
    /// Whose.
    pub account: Uuid,
    /// What carries it.
    pub wire: Wire,
    /// Address or number.
    pub address: String,
    /// Whether she confirmed it.
    pub confirmed: bool,
    /// First minute of her quiet hours.
    pub quiet_from: u16,
    /// The minute at which they end; the same minute: she has none.
    pub quiet_to: u16,
    /// In which language she reads.
    pub language: String,
    pub(super) code: String,
    until: Option<Micros>,
}

impl Own {
    fn read(p: &Programme, row: &Row) -> Outcome<Self> {
        let id: Uuid = row.get("id")?;
        let plain = p.office.open_small("channel", id.as_bytes(), &row.get::<Vec<u8>>("body")?)?;
        let body: Body = serde_json::from_slice(&plain).map_err(|_| ProgrammeError::Unreadable("channel"))?;
        Ok(Self {
            id,
            account: row.get("account")?,
            wire: Wire::find(&row.get::<String>("wire")?).ok_or(ProgrammeError::Unreadable("a wire"))?,
            address: body.address,
            confirmed: row.get::<String>("state")? == "confirmed",
            quiet_from: body.quiet_from,
            quiet_to: body.quiet_to,
            language: row.get("language")?,
            code: body.code,
            until: row.get("until")?,
        })
    }

    /// When her quiet hours end, if it is one of them.
    #[must_use]
    pub fn quiet_until(&self, at: Micros, zone: &TimeZone) -> Option<Micros> {
        if self.quiet_from == self.quiet_to {
            return None;
        }
        let awake = Hours { days: [true; 7], from: self.quiet_to, to: self.quiet_from, until: None };
        awake.next(at, zone).filter(|ends| *ends > at)
    }
}

/// The channels of an account.
///
/// # Errors
/// When the database breaks or a value is damaged.
pub async fn of(p: &Programme, tx: &mut Tx, account: Uuid) -> Outcome<Vec<Own>> {
    let rows = tx
        .sql(
            "SELECT c.*, a.language FROM account_channel c JOIN account a ON a.id = c.account
             WHERE c.account = $1 AND a.active = TRUE ORDER BY c.wire",
        )
        .bind(account)
        .all()
        .await?;
    rows.iter().map(|row| Own::read(p, row)).collect()
}

pub(super) async fn active(p: &Programme, tx: &mut Tx, account: Uuid, wire: Wire) -> Outcome<Option<Own>> {
    Ok(of(p, tx, account).await?.into_iter().find(|o| o.wire == wire))
}

/// What somebody enters.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Address or number.
    pub address: &'a str,
    /// Quiet hours as typed; both empty: none.
    pub quiet: (&'a str, &'a str),
}

fn check(wire: Wire, new: &New<'_>, problems: &mut Problems) -> Body {
    let address = new.address.trim().to_owned();
    let (good, key) = match wire {
        Wire::Email => (is_email(&address), "problem-channel-email"),
        Wire::Sms => {
            let digits = address.chars().filter(char::is_ascii_digit).count();
            ((8..=15).contains(&digits), "problem-contact-number")
        }
    };
    problems.when(!good, "address", key);
    let none = new.quiet.0.trim().is_empty() && new.quiet.1.trim().is_empty();
    let quiet = [new.quiet.0, new.quiet.1].map(hours::read);
    problems.when(!none && quiet[0].is_none(), "quiet_from", "problem-clinic-time");
    problems.when(!none && quiet[1].is_none(), "quiet_to", "problem-clinic-time");
    let [quiet_from, quiet_to] = quiet.map(Option::unwrap_or_default);
    Body { address, code: String::new(), quiet_from, quiet_to }
}

/// An address that no header can be smuggled into, and that a mail server has a chance with.
fn is_email(address: &str) -> bool {
    let plain = |c: char| c.is_ascii_graphic() && !"<>()[],;:\\\"".contains(c);
    let parts = address.split_once('@').filter(|(name, domain)| {
        !name.is_empty() && domain.contains('.') && !domain.contains('@') && !domain.starts_with('.')
    });
    parts.is_some() && address.len() <= 254 && address.chars().all(plain)
}

/// Sets a channel of her own. A new address gets a code; only quiet hours change without one.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when this wire is not set up here, or for
/// an account of a survivor, who is reached by the rules of her case; [`ProgrammeError::TooMany`].
pub async fn set(p: &Programme, work: &mut Work, caller: &Caller, wire: Wire, new: &New<'_>) -> Outcome<()> {
    if caller.person.is_some() {
        return Err(ProgrammeError::State("state-channel-hers"));
    }
    if !p.carries(wire) {
        return Err(ProgrammeError::State("state-channel-off"));
    }
    let mut problems = Problems::default();
    let mut body = check(wire, new, &mut problems);
    problems.done()?;
    if let Some(now) = active(p, work.tx(), caller.account, wire).await?
        && now.address == body.address
        && now.confirmed
    {
        body.code = now.code;
        let sealed = seal(p, work, now.id, &body)?;
        work.sql("UPDATE account_channel SET body = $1 WHERE id = $2")
            .bind(sealed)
            .bind(now.id)
            .once()
            .await?;
        return Ok(work.record("channel.quiet", "account", caller.account, [0; 32]).await?);
    }
    let since = work.at() - HOUR;
    let row = work
        .sql("SELECT COUNT(*) AS n FROM message WHERE account = $1 AND kind = 'code' AND created_at > $2")
        .bind(caller.account)
        .bind(since)
        .one()
        .await?;
    if row.get::<i64>("n")? >= TRIES {
        return Err(ProgrammeError::TooMany);
    }
    remove(work, caller, wire).await?;
    let (id, now) = (work.chance().id(), work.at());
    body.code = format!("{:06}", u32::from_be_bytes(work.chance().bytes::<4>()) % 1_000_000);
    let sealed = seal(p, work, id, &body)?;
    work.sql(
        "INSERT INTO account_channel (id, account, wire, state, body, tries, until, created_at)
         VALUES ($1, $2, $3, 'pending', $4, 0, $5, $6)",
    )
    .bind(id)
    .bind(caller.account)
    .bind(wire.code())
    .bind(sealed)
    .bind(now + CODE)
    .bind(now)
    .once()
    .await?;
    work.record("channel.set", "account", caller.account, [0; 32]).await?;
    let Some(own) = active(p, work.tx(), caller.account, wire).await? else { return Ok(()) };
    if let Ok(passed) = door::staff(&own, true, now, &p.pack.zone) {
        outbox::queue(work, &passed, (wire, Text::Code), (None, id), Term { due: now, until: now + CODE })
            .await?;
    }
    Ok(())
}

fn seal(p: &Programme, work: &Work, id: Uuid, body: &Body) -> Outcome<Vec<u8>> {
    let plain =
        zeroize::Zeroizing::new(serde_json::to_vec(body).map_err(|_| ProgrammeError::Unreadable("channel"))?);
    Ok(work.chance().with(|rng| p.office.seal_small(rng, "channel", id.as_bytes(), &plain))?)
}

/// What came of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// It was the one.
    Yes,
    /// It was not. The try is counted: the caller commits.
    No,
    /// It was too late, or too many were wrong: the channel is gone and can be set again. The caller commits.
    Over,
}

/// Confirms a channel by the code that was sent there.
///
/// # Errors
/// [`ProgrammeError::State`] when nothing waits for a code.
pub async fn confirm(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    wire: Wire,
    code: &str,
) -> Outcome<Confirmed> {
    let own = active(p, work.tx(), caller.account, wire).await?.filter(|o| !o.confirmed);
    let Some(own) = own else { return Err(ProgrammeError::State("state-channel-none")) };
    let row = work
        .sql("UPDATE account_channel SET tries = tries + 1 WHERE id = $1 RETURNING tries")
        .bind(own.id)
        .one()
        .await?;
    let typed: String = code.chars().filter(char::is_ascii_digit).collect();
    let right = bool::from(typed.as_bytes().ct_eq(own.code.as_bytes()));
    let late = own.until.is_none_or(|until| work.at() > until);
    if late || (!right && row.get::<i64>("tries")? >= TRIES) {
        remove(work, caller, wire).await?;
        return Ok(Confirmed::Over);
    }
    if !right {
        work.record("channel.wrong", "account", caller.account, [0; 32]).await?;
        return Ok(Confirmed::No);
    }
    work.sql("UPDATE account_channel SET state = 'confirmed', until = NULL WHERE id = $1")
        .bind(own.id)
        .once()
        .await?;
    work.record("channel.confirm", "account", caller.account, [0; 32]).await?;
    Ok(Confirmed::Yes)
}

/// Takes a channel away, if there is one.
///
/// # Errors
/// When the database breaks.
pub async fn remove(work: &mut Work, caller: &Caller, wire: Wire) -> Outcome<()> {
    work.sql("DELETE FROM account_channel WHERE account = $1 AND wire = $2")
        .bind(caller.account)
        .bind(wire.code())
        .run()
        .await?;
    Ok(work.record("channel.remove", "account", caller.account, [0; 32]).await?)
}
