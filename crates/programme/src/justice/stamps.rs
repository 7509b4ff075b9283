//! Time stamps of evidence (RFC 3161): an authority says that it saw the fingerprint of a file at an instant.
//!
//! The request is a file that a person carries to an authority of her choice, and the answer comes back the same way. Nothing is sent
//! from here: that this house holds evidence, and when it came, is nobody's to learn from a wire.

use ceiba_access::{Act, Caller, Folder, Refusal};
use ceiba_exchange::stamp::{self, Fault, Stamp};
use ceiba_store::{Micros, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::evidence::{self, Item, Link};
use crate::cases::files;
use crate::entries::{self, Entry};
use crate::{Outcome, Problem, Problems, Programme, ProgrammeError};

/// What a link of the chain knows of a stamp: of a request its number only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamped {
    /// The number of the request, in hexadecimal digits.
    pub nonce: String,
    /// The authority's clock when it saw the fingerprint.
    pub at: Option<Micros>,
    /// Number of the stamp with the authority.
    pub serial: String,
    /// The authority's policy.
    pub policy: String,
    /// SHA-256 of the certificate it was signed with.
    pub signer: String,
    /// Whose certificate the line ends at.
    pub anchor: String,
    /// SHA-256 of that one: what is compared with what the authority publishes.
    pub anchor_sha256: String,
    /// Whether it was brought as trusted; else it only came with the stamp.
    pub trusted: bool,
}

/// A request for a stamp: the file to carry, and a link that says to whom. Nothing of the evidence is in it but its fingerprint.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] without an authority, or when there is no file to stamp.
pub async fn ask(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, item): (Uuid, Uuid),
    who: &str,
) -> Outcome<Vec<u8>> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_LEGAL, case).await?;
    let it: Entry<Item> = entries::get(p, work.tx(), caller, &grant, case, item).await?;
    let print = unhex::<32>(&it.body.sha256);
    let mut problems = Problems::default();
    problems.when(print.is_none(), "who", "problem-stamp-no-file");
    problems.when(who.trim().is_empty(), "who", "problem-stamp-who");
    problems.when(who.chars().count() > 300, "who", "problem-too-long");
    problems.done()?;
    let nonce: [u8; 8] = work.chance().bytes();
    let hex = nonce.iter().map(|b| format!("{b:02x}")).collect();
    let body = Link {
        who: who.trim().to_owned(),
        stamp: Some(Stamped { nonce: hex, ..Stamped::default() }),
        ..Link::default()
    };
    let today = p.day(work.at());
    evidence::link(p, work, caller, &grant, (case, item), ("asked", &today), &body).await?;
    Ok(stamp::request(&print.unwrap_or_default(), &nonce))
}

/// Takes the answer in: it must hold for this file and for a request of it that waits. What it says and its bytes are a link.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what does not hold.
pub async fn bring(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, item): (Uuid, Uuid),
    (response, trusted): (&[u8], &[u8]),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_LEGAL, case).await?;
    let it: Entry<Item> = entries::get(p, work.tx(), caller, &grant, case, item).await?;
    let mut problems = Problems::default();
    problems.when(response.is_empty(), "response", "problem-stamp-response");
    problems.done()?;
    let links: Vec<Entry<Link>> = entries::list(p, work.tx(), caller, &grant, (case, Folder::Legal)).await?;
    let of = |code: &str| {
        let hers = |l: &&Entry<Link>| l.head.other == Some(item) && l.head.code.as_deref() == Some(code);
        links.iter().filter(hers).filter_map(|l| l.body.stamp.as_ref()).collect::<Vec<_>>()
    };
    let answered = of("stamped");
    let waits = of("asked").into_iter().filter(|asked| !answered.iter().any(|a| a.nonce == asked.nonce));
    let print = unhex::<32>(&it.body.sha256).unwrap_or_default();
    let mut result = Err("problem-stamp-none");
    for asked in waits {
        let nonce = unhex::<8>(&asked.nonce).unwrap_or_default();
        result =
            stamp::verify(response, &print, &nonce, trusted).map_err(key).map(|s| (asked.nonce.clone(), s));
        // Only that it answers another request is no last word.
        if !matches!(result, Err("problem-stamp-request")) {
            break;
        }
    }
    let (nonce, held) = result.map_err(|key| {
        let field = if key == "problem-stamp-no-certificate" { "certificate" } else { "response" };
        ProgrammeError::Invalid(vec![Problem { field, key }])
    })?;
    let body = Link { who: held.signer.name.clone(), stamp: Some(told(nonce, held)), ..Link::default() };
    let today = p.day(work.at());
    let id = evidence::link(p, work, caller, &grant, (case, item), ("stamped", &today), &body).await?;
    let at = (&evidence::place(case, id), "application/timestamp-reply");
    files::seal(p, work, caller, &grant, at, response).await?;
    Ok(id)
}

fn told(nonce: String, held: Stamp) -> Stamped {
    Stamped {
        nonce,
        at: Some(held.at.as_microsecond()),
        serial: held.serial,
        policy: held.policy,
        signer: held.signer.sha256,
        anchor: held.anchor.name,
        anchor_sha256: held.anchor.sha256,
        trusted: held.trusted,
    }
}

/// The authority's answer as it came, for whoever wants to verify it without us.
///
/// # Errors
/// The gate's refusal; [`Refusal::Absent`] when this link has none.
pub async fn response(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (case, link): (Uuid, Uuid),
) -> Outcome<Vec<u8>> {
    let grant = p.may_case(tx, caller, Act::READ_LEGAL, case).await?;
    let _: Entry<Link> = entries::get(p, tx, caller, &grant, case, link).await?;
    let row = tx.sql("SELECT content FROM attachment WHERE entry = $1").bind(link).optional().await?;
    let Some(row) = row else { return Err(Refusal::Absent.into()) };
    let sealed: Vec<u8> = row.get("content")?;
    Ok(p.gate.open(tx, caller, &grant, &evidence::place(case, link), &sealed).await?.to_vec())
}

const fn key(fault: Fault) -> &'static str {
    match fault {
        Fault::NotResponse => "problem-stamp-response",
        Fault::Refused => "problem-stamp-refused",
        Fault::OtherFile => "problem-stamp-file",
        Fault::OtherRequest => "problem-stamp-request",
        Fault::NoCertificate => "problem-stamp-needs-certificate",
        Fault::NotCertificate => "problem-stamp-no-certificate",
        Fault::Signature => "problem-stamp-signature",
        Fault::Purpose => "problem-stamp-purpose",
        Fault::Expired => "problem-stamp-expired",
        Fault::Chain => "problem-stamp-chain",
        Fault::Unsupported => "problem-stamp-unsupported",
    }
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    let mut out = [0; N];
    for (n, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * n..2 * n + 2], 16).ok()?;
    }
    Some(out)
}
