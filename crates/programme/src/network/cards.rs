//! What a partner carries: a card whose address gives alerts, and a page of her own behind another address and a number that is only told.
//! Of all three only hashes are kept, so each is shown once.

use ceiba_access::{Act, Caller};
use ceiba_store::{Tx, Work};
use uuid::Uuid;

use super::{Partner, one};
use crate::{Outcome, Programme, ProgrammeError};

/// Letters of an address: 128 bits, so that the code on a card stays coarse enough for an old camera.
const LENGTH: usize = 32;

/// What was made, on the page that shows it and nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// What stands in the address of the card.
    pub card: String,
    /// What stands in the address of her page.
    pub page: String,
    /// The number she says there: six digits.
    pub number: String,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// What is kept of a secret: a hash of its own kind, so that a card never opens a page.
fn hash(p: &Programme, what: &str, secret: &[u8]) -> Vec<u8> {
    p.office.token_hash(&[what.as_bytes(), b" ", secret].concat()).to_vec()
}

/// What is kept of her number.
pub(super) fn number_hash(p: &Programme, partner: Uuid, digits: &str) -> Vec<u8> {
    hash(p, "network number", format!("{partner} {digits}").as_bytes())
}

/// The mark of her alerts: her id under the office key.
pub(super) fn mark(p: &Programme, partner: Uuid) -> Vec<u8> {
    hash(p, "network alert", partner.as_bytes())
}

/// A new card, page and number; what she had before ends.
///
/// # Errors
/// [`ProgrammeError::State`] when she is no partner any more.
pub async fn make(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<Made> {
    let (partner, _) = one(p, work.tx(), caller, Act::NETWORK_WRITE, id).await?;
    if !partner.active() {
        return Err(ProgrammeError::State("state-network-left"));
    }
    let card = hex(&work.chance().bytes::<16>());
    let page = hex(&work.chance().bytes::<16>());
    let number = format!("{:06}", work.chance().below(1_000_000));
    work.sql("UPDATE network_partner SET card = $1, page = $2, pin = $3, tries = 0 WHERE id = $4")
        .bind(hash(p, "network card", card.as_bytes()))
        .bind(hash(p, "network page", page.as_bytes()))
        .bind(number_hash(p, id, &number))
        .bind(id)
        .once()
        .await?;
    work.record("network.card", "partner", id, [0; 32]).await?;
    Ok(Made { card, page, number })
}

/// A lost or feared card: from now on neither it nor her page is anybody's.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn withdraw(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<()> {
    one(p, work.tx(), caller, Act::NETWORK_WRITE, id).await?;
    work.sql("UPDATE network_partner SET card = NULL, page = NULL, pin = NULL, tries = 0 WHERE id = $1")
        .bind(id)
        .once()
        .await?;
    Ok(work.record("network.withdraw", "partner", id, [0; 32]).await?)
}

/// Of which kind of partner a card is, if it is good. What is no card, or no longer, is nobody's: the page is the same.
///
/// # Errors
/// When the database breaks.
pub async fn kind(p: &Programme, tx: &mut Tx, token: &str) -> Outcome<Option<String>> {
    Ok(by(p, tx, token).await?.map(|partner| partner.kind))
}

/// Whether an alert with this card comes from somebody trained, and its mark.
pub(crate) async fn stands_for(
    p: &Programme,
    tx: &mut Tx,
    token: &str,
) -> Outcome<Option<(&'static str, Vec<u8>)>> {
    Ok(by(p, tx, token).await?.map(|partner| (partner.training(), mark(p, partner.id))))
}

async fn by(p: &Programme, tx: &mut Tx, token: &str) -> Outcome<Option<Partner>> {
    if token.len() != LENGTH {
        return Ok(None);
    }
    let row = tx
        .sql("SELECT * FROM network_partner WHERE card = $1 AND state = 'active'")
        .bind(hash(p, "network card", token.as_bytes()))
        .optional()
        .await?;
    row.as_ref().map(Partner::read).transpose()
}

/// Whose page an address is; none when it is nobody's.
pub(super) async fn by_page(p: &Programme, tx: &mut Tx, token: &str) -> Outcome<Option<(Partner, Vec<u8>)>> {
    if token.len() != LENGTH {
        return Ok(None);
    }
    let row = tx
        .sql("SELECT * FROM network_partner WHERE page = $1 AND state = 'active'")
        .bind(hash(p, "network page", token.as_bytes()))
        .optional()
        .await?;
    row.map(|r| Ok((Partner::read(&r)?, r.get::<Option<Vec<u8>>>("pin")?.unwrap_or_default()))).transpose()
}
