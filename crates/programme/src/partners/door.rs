//! The institution's door: a link, a spoken code, five tries.

use ceiba_access::{AccessError, Halves};
use ceiba_store::{Micros, Tx};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::packets::{self, Packet, Sheet};
use super::{answers, partner};
use crate::{Outcome, Programme, ProgrammeError, codes, notices};

/// Wrong codes until a packet closes.
pub const TRIES: i64 = 5;
/// How long an opened packet stays open in one browser.
pub const STAY: Micros = 30 * ceiba_store::MINUTE;

/// What came of a try.
#[derive(Debug)]
pub enum Tried {
    /// Both halves fit.
    Open(Box<Opened>),
    /// The code is wrong; so many tries are left.
    Wrong(i64),
    /// There is nothing behind this link, or not any more: the same answer for both.
    Closed,
}

/// An opened packet.
#[derive(Debug)]
pub struct Opened {
    /// Its row.
    pub packet: Packet,
    /// What the institution reads.
    pub sheet: Sheet,
    /// The spoken code in its one form.
    pub code: String,
}

/// Whether there is something behind a link, before the code is asked for.
///
/// # Errors
/// When the database breaks.
pub async fn knock(p: &Programme, tx: &mut Tx, link: &str) -> Outcome<Option<Packet>> {
    let row = tx
        .sql("SELECT * FROM packet WHERE handle = $1 AND state = 'open'")
        .bind(packets::handle(p, link).to_vec())
        .optional()
        .await?;
    let packet = row.as_ref().map(Packet::read).transpose()?;
    Ok(packet.filter(|k| k.until > p.store.clock.now()))
}

/// Tries a code. A try is counted and lasting before it is looked at, so that many at once are not more than five; the
/// last wrong one closes the packet and tells the sender. The first right one moves the referral to `received`.
///
/// # Errors
/// When something breaks.
pub async fn open(p: &Programme, link: &str, typed: &str) -> Outcome<Tried> {
    let Some((packet, tries)) = count(p, link).await? else { return Ok(Tried::Closed) };
    let code = codes::read(typed, 'R', 8).unwrap_or_default();
    match look(p, &packet, (link, &code)).await {
        // Somebody else's last wrong try closed it between the two.
        Ok(None) => Ok(Tried::Closed),
        Ok(Some(sheet)) => {
            let mut work = p.store.work(Uuid::nil()).await?;
            let text = "UPDATE packet SET tries = 0 WHERE id = $1 AND state = 'open'";
            if work.sql(text).bind(packet.id).run().await? != 1 {
                return Ok(Tried::Closed);
            }
            work.record("packet.open", "case", packet.case, [0; 32]).await?;
            if packet.opened_at.is_none() {
                answers::first_opened(p, &mut work, &packet).await?;
            }
            work.commit().await?;
            Ok(Tried::Open(Box::new(Opened { packet, sheet, code })))
        }
        Err(ProgrammeError::Access(AccessError::Vault(ceiba_vault::VaultError::WrongPassphrase))) => {
            if tries >= TRIES { guessed(p, &packet).await } else { Ok(Tried::Wrong(TRIES - tries)) }
        }
        Err(e) => Err(e),
    }
}

/// What a browser keeps so that the code is not asked for again in this sitting: the code, until when, and a proof under
/// the office key that both halves fitted this packet.
#[must_use]
pub fn sitting(p: &Programme, opened: &Opened) -> String {
    let until = p.store.clock.now() + STAY;
    format!("{}.{until}.{}", opened.code, proof(p, &opened.packet, &opened.code, until))
}

/// Opens it again for a browser that shows its [`sitting`]; nothing when that is over or for another packet.
///
/// # Errors
/// When something breaks.
pub async fn again(p: &Programme, link: &str, sitting: &str) -> Outcome<Option<Opened>> {
    let mut parts = sitting.split('.');
    let (Some(code), Some(until), Some(shown)) = (parts.next(), parts.next(), parts.next()) else {
        return Ok(None);
    };
    let mut tx = p.store.db.read().await?;
    let Some(packet) = knock(p, &mut tx, link).await? else { return Ok(None) };
    drop(tx);
    let until: Micros = until.parse().unwrap_or_default();
    let own = proof(p, &packet, code, until);
    if until < p.store.clock.now() || !bool::from(own.as_bytes().ct_eq(shown.as_bytes())) {
        return Ok(None);
    }
    let sheet = look(p, &packet, (link, code)).await?;
    Ok(sheet.map(|sheet| Opened { packet, sheet, code: code.to_owned() }))
}

fn proof(p: &Programme, packet: &Packet, code: &str, until: Micros) -> String {
    let hash = p.office.token_hash(format!("packet {} {code} {until}", packet.id).as_bytes());
    hash.iter().map(|b| format!("{b:02x}")).collect()
}

async fn count(p: &Programme, link: &str) -> Outcome<Option<(Packet, i64)>> {
    let mut work = p.store.work(Uuid::nil()).await?;
    let Some(packet) = knock(p, work.tx(), link).await? else { return Ok(None) };
    let counted = work
        .sql("UPDATE packet SET tries = tries + 1 WHERE id = $1 AND state = 'open' AND tries < $2")
        .bind(packet.id)
        .bind(TRIES)
        .run()
        .await?;
    if counted != 1 {
        drop(work);
        guessed(p, &packet).await?;
        return Ok(None);
    }
    work.record("packet.try", "case", packet.case, [0; 32]).await?;
    let tries = packet.tries + 1;
    work.commit().await?;
    Ok(Some((packet, tries)))
}

/// What the packet holds; nothing when it was closed meanwhile.
async fn look(p: &Programme, packet: &Packet, (link, code): (&str, &str)) -> Outcome<Option<Sheet>> {
    let mut tx = p.store.db.read().await?;
    let row = tx.sql("SELECT key_lock, body FROM packet WHERE id = $1").bind(packet.id).one().await?;
    let (lock, body): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get("key_lock")?, row.get("body")?);
    drop(tx);
    let (Some(lock), Some(body)) = (lock, body) else { return Ok(None) };
    let plain = p.gate.take_handed(&packet.place(), Halves { link, code }, (&lock, &body))?;
    serde_json::from_slice(&plain)
        .map(Some)
        .map_err(|_| ProgrammeError::Unreadable("a sheet of another form"))
}

/// The last wrong code: nothing is left to guess, and whoever sent it is told.
async fn guessed(p: &Programme, packet: &Packet) -> Outcome<Tried> {
    let mut work = p.store.work(Uuid::nil()).await?;
    if packets::close(&mut work, "id", packet.id, "guessed").await?.is_empty() {
        return Ok(Tried::Closed);
    }
    let sender = packets::sender(&mut work, packet).await?;
    notices::tell(&mut work, sender, notices::PACKET_GUESSED, packet.id).await?;
    work.commit().await?;
    Ok(Tried::Closed)
}

/// The caller behind the door, with the grant to answer for this packet.
pub(super) fn grant(p: &Programme, packet: &Packet) -> Outcome<(ceiba_access::Caller, ceiba_access::Grant)> {
    let caller = partner();
    let own = ceiba_access::Situation { own: true, ..Default::default() };
    let grant = p.may_on(&caller, ceiba_access::Act::PACKET_ANSWER, packet.case, &own)?;
    Ok((caller, grant))
}
