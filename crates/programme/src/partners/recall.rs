//! The letter that asks an institution to forget: drafted when she takes her consent back.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::packets::Packet;
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Programme, ProgrammeError, dates};

/// What the letter is about. Its words are the page's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recall {
    /// On which days what was sent had been opened there.
    pub opened: Vec<String>,
    /// What those packets are called there.
    pub references: Vec<String>,
}

impl Kind for Recall {
    const KIND: &'static str = "recall";
}

/// Drafts one letter for what this institution has opened. The state is `drafted` until somebody notes that it went.
pub(super) async fn draft(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    read: &[Packet],
) -> Outcome<()> {
    let Some(first) = read.first() else { return Ok(()) };
    let mut opened: Vec<String> =
        read.iter().filter_map(|k| k.opened_at).map(|at| dates::day(at, &p.pack.zone).to_string()).collect();
    opened.sort();
    opened.dedup();
    let references = read.iter().map(Packet::reference).collect();
    let plain = Plain { state: "drafted", other: Some(first.institution), ..Plain::default() };
    entries::add(p, work, caller, grant, (first.case, Folder::Social), plain, &Recall { opened, references })
        .await?;
    Ok(())
}

/// The letters of a case, newest first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Recall>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Social)).await
}

/// Notes that a letter was handed over.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] when it went before.
pub async fn sent(p: &Programme, work: &mut Work, caller: &Caller, (case, id): (Uuid, Uuid)) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::CONSENT_WRITE, case).await?;
    let letter: Entry<Recall> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if letter.head.state != "drafted" {
        return Err(ProgrammeError::State("state-recall-sent"));
    }
    let plain = Plain { state: "delivered", ..Plain::from(&letter.head) };
    entries::change(
        p,
        work,
        caller,
        &grant,
        &letter.head,
        letter.head.version,
        plain,
        &letter.body,
        "delivered",
    )
    .await
}
