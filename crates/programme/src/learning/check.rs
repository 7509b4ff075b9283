//! What a stranger learns of a certificate: that it holds, of which course, when and by whom it was issued. A name is compared with
//! the one that she types, and never told.

use ceiba_exchange::badge::{self, Credential, Refused, Revoked, RevokedList};
use ceiba_store::Tx;
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::certificates::{Certificate, name_mark};
use crate::{Outcome, Programme, codes};

/// Wrong names a day, until nobody may try any more on that day.
pub const TRIES: i64 = 5;

/// What came of comparing a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// It is her name.
    Same,
    /// It is not; so many tries are left today.
    Other(i64),
    /// Too many wrong names today.
    Enough,
    /// Whoever it was given to asked to be forgotten: nothing is left to compare with.
    Forgotten,
}

/// The certificate with a code as typed. A code with one wrong character is none.
///
/// # Errors
/// When the database breaks.
pub async fn find(tx: &mut Tx, code: &str) -> Outcome<Option<Certificate>> {
    let Some(code) = codes::read(code, 'K', 8) else { return Ok(None) };
    let row = tx.sql("SELECT * FROM certificate WHERE code = $1").bind(code).optional().await?;
    row.as_ref().map(Certificate::read).transpose()
}

/// Compares a name with the holder's. A try is counted and lasting before it is looked at.
///
/// # Errors
/// When the database breaks.
pub async fn compare(p: &Programme, certificate: Uuid, typed: &str) -> Outcome<Compared> {
    let mut work = p.store.work(Uuid::nil()).await?;
    let today = p.day(work.at());
    let row = work
        .sql("SELECT name_mark, tries, tries_day FROM certificate WHERE id = $1")
        .bind(certificate)
        .one()
        .await?;
    let Some(mark) = row.get::<Option<Vec<u8>>>("name_mark")? else { return Ok(Compared::Forgotten) };
    let tries = if row.get::<String>("tries_day")? == today { row.get::<i64>("tries")? } else { 0 };
    if tries >= TRIES {
        return Ok(Compared::Enough);
    }
    let same = bool::from(name_mark(p, certificate, typed).as_slice().ct_eq(&mark));
    let now_tried = if same { tries } else { tries + 1 };
    work.sql("UPDATE certificate SET tries = $1, tries_day = $2 WHERE id = $3")
        .bind(now_tried)
        .bind(today)
        .bind(certificate)
        .once()
        .await?;
    work.record("certificate.check", "certificate", certificate, [0; 32]).await?;
    work.commit().await?;
    Ok(if same {
        Compared::Same
    } else if now_tried >= TRIES {
        Compared::Enough
    } else {
        Compared::Other(TRIES - now_tried)
    })
}

/// Checks the text of a badge: its signature, and whether its certificate still holds. Nothing when it holds no more or is not of here.
///
/// # Errors
/// When the database breaks.
pub async fn badge(
    p: &Programme,
    tx: &mut Tx,
    token: &str,
) -> Outcome<Result<(Credential, Option<Certificate>), Refused>> {
    let now = p.store.clock.now() / ceiba_store::SECOND;
    let credential = match badge::verify(token, &p.office.badge_key().verifying_key(), now) {
        Ok(credential) => credential,
        Err(why) => return Ok(Err(why)),
    };
    let id = credential.id.strip_prefix("urn:uuid:").and_then(|id| id.parse::<Uuid>().ok());
    let row = tx.sql("SELECT * FROM certificate WHERE id = $1").bind(id).optional().await?;
    Ok(Ok((credential, row.as_ref().map(Certificate::read).transpose()?)))
}

/// What was revoked, for programs that ask. `address` as for issuing.
///
/// # Errors
/// When the database breaks.
pub async fn revoked(p: &Programme, tx: &mut Tx, address: &str) -> Outcome<RevokedList> {
    let rows = tx.sql("SELECT id FROM certificate WHERE state = 'revoked' ORDER BY id").all().await?;
    let one = |r: &ceiba_store::Row| {
        Ok(Revoked { id: format!("urn:uuid:{}", r.get::<Uuid>("id")?), revoked: true })
    };
    Ok(RevokedList {
        id: format!("{address}/constancia/revocadas.json"),
        issuer: badge::name_of(&p.office.badge_key().verifying_key()),
        revoked_credential: rows.iter().map(one).collect::<Outcome<_>>()?,
    })
}
