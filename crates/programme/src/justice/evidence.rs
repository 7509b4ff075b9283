//! Evidence: kept exactly as it came, with the chain of who had it, when and why. The program looks into none of it: a file is
//! bytes with a fingerprint, and goes out under a name of ours. A statement is no evidence to be kept here, nor a recording of
//! an interview.

use std::collections::BTreeSet;

use ceiba_access::{Act, Caller, Folder, Grant, Place};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::stamps::Stamped;
use super::{fact, past};
use crate::cases::files::{self, LARGEST};
use crate::entries::{self, Entry, Kind, Plain};
use crate::sealed::detail;
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// Something that is kept. Its code is of the list `evidence_kinds`, `on_day` when it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it is, in a few words.
    pub title: String,
    /// From whom and where it came.
    pub source: String,
    /// Number of the seal or bag; empty: it is a file only.
    pub seal: String,
    /// The name the file came with: data only, never a path. Empty: there is no file.
    pub name: String,
    /// Bytes of the file.
    pub size: usize,
    /// SHA-256 of the file as it came, in hexadecimal digits; empty: there is no file.
    pub sha256: String,
}

impl Kind for Item {
    const KIND: &'static str = "evidence";
    const COMPARTMENT: Option<&'static str> = Some("evidence");
}

/// One link of its chain: added, never changed. Its code is of [`STEPS`], `other` the item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Who has it from now on, or to whom it was shown.
    pub who: String,
    /// Why.
    pub why: String,
    /// The seal after it, when there is another.
    pub seal: String,
    /// Of a comparison: whether both were the same, byte for byte.
    pub same: Option<bool>,
    /// Of a time stamp: its request, or what it says.
    #[serde(default)]
    pub stamp: Option<Stamped>,
}

impl Kind for Link {
    const KIND: &'static str = "custody";
    const COMPARTMENT: Option<&'static str> = Some("evidence");
}

/// What happens to evidence. The first is written by itself, so are `copied`, `compared` and those of time stamps.
pub const STEPS: [&str; 9] =
    ["received", "stored", "shown", "copied", "compared", "handed", "returned", "asked", "stamped"];
/// What somebody notes.
pub const NOTED: [&str; 4] = ["stored", "shown", "handed", "returned"];

/// What is brought.
#[derive(Clone, Copy, Debug, Default)]
pub struct Brought<'a> {
    /// A code of `evidence_kinds`.
    pub kind: &'a str,
    /// What it is.
    pub title: &'a str,
    /// From whom and where.
    pub source: &'a str,
    /// Its seal.
    pub seal: &'a str,
    /// The civil day it came, as ISO text.
    pub on_day: &'a str,
    /// Name and bytes of a file.
    pub file: Option<(&'a str, &'a [u8])>,
}

pub(crate) const fn place(case: Uuid, id: Uuid) -> Place<'static> {
    Place {
        subject: case,
        compartment: "evidence",
        table: "attachment",
        row: id,
        field: "content",
        version: 1,
    }
}

/// Whether an entry of this kind is evidence: its file has a lock of its own.
pub(crate) fn is_item(kind: &str) -> bool {
    kind == Item::KIND
}

/// The fingerprint of a file.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// Takes evidence in. Its first link says from whom it came.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend.
pub async fn receive(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    b: &Brought<'_>,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_LEGAL, case).await?;
    let bytes = b.file.map_or(&[][..], |(_, bytes)| bytes);
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("evidence_kinds", b.kind), "kind", "problem-choose");
    problems.when(b.title.trim().is_empty(), "title", "problem-file-title");
    problems.when(b.source.trim().is_empty(), "source", "problem-evidence-source");
    problems.when(b.file.is_none() && b.seal.trim().is_empty(), "seal", "problem-evidence-seal");
    problems.when(b.file.is_some() && bytes.is_empty(), "file", "problem-file-empty");
    problems.when(bytes.len() > LARGEST, "file", "problem-file-large");
    past(p, work.at(), (b.on_day, "on"), &mut problems);
    let long = [b.title, b.source, b.seal].iter().any(|t| t.chars().count() > 300);
    problems.when(long, "source", "problem-too-long");
    problems.done()?;
    let name: String = b.file.map_or("", |f| f.0).chars().filter(|c| !c.is_control()).take(120).collect();
    let item = Item {
        title: b.title.trim().to_owned(),
        source: b.source.trim().to_owned(),
        seal: b.seal.trim().to_owned(),
        name,
        size: bytes.len(),
        sha256: b.file.map(|(_, bytes)| fingerprint(bytes)).unwrap_or_default(),
    };
    let plain = Plain {
        state: "kept",
        code: Some(b.kind.to_owned()),
        on_day: Some(b.on_day.to_owned()),
        ..Plain::default()
    };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Legal), plain, &item).await?;
    if b.file.is_some() {
        let at = (&place(case, id), "application/octet-stream");
        files::seal(p, work, caller, &grant, at, bytes).await?;
    }
    let first = Link { who: item.source.clone(), seal: item.seal.clone(), ..Link::default() };
    link(p, work, caller, &grant, (case, id), ("received", b.on_day), &first).await?;
    let mut fact = fact(p, work, caller, case, "evidence.received").await?;
    fact.code = Some(b.kind.to_owned());
    work.fact(fact).await?;
    Ok(id)
}

pub(super) async fn link(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    (case, item): (Uuid, Uuid),
    (step, on_day): (&str, &str),
    body: &Link,
) -> Outcome<Uuid> {
    let plain = Plain {
        state: "noted",
        code: Some(step.to_owned()),
        other: Some(item),
        on_day: Some(on_day.to_owned()),
        ..Plain::default()
    };
    entries::add(p, work, caller, grant, (case, Folder::Legal), plain, body).await
}

/// Notes what happened to it.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend.
pub async fn note(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, item): (Uuid, Uuid),
    (step, on_day): (&str, &str),
    body: &Link,
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_LEGAL, case).await?;
    let _: Entry<Item> = entries::get(p, work.tx(), caller, &grant, case, item).await?;
    let mut problems = Problems::default();
    problems.when(!NOTED.contains(&step), "step", "problem-choose");
    problems.when(body.who.trim().is_empty(), "who", "problem-evidence-who");
    problems.when(body.why.trim().is_empty(), "why", "problem-evidence-why");
    past(p, work.at(), (on_day, "on"), &mut problems);
    let long = [&body.who, &body.why, &body.seal].iter().any(|t| t.chars().count() > 300);
    problems.when(long, "why", "problem-too-long");
    problems.done()?;
    let body = Link { same: None, stamp: None, ..body.clone() };
    link(p, work, caller, &grant, (case, item), (step, on_day), &body).await?;
    Ok(())
}

/// A copy for somebody: the bytes as they came, and the link that says who got them and why.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] without who and why; [`ProgrammeError::Unreadable`] when they are not those
/// that came.
pub async fn copy(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, item): (Uuid, Uuid),
    body: &Link,
) -> Outcome<Vec<u8>> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_LEGAL, case).await?;
    let mut problems = Problems::default();
    problems.when(body.who.trim().is_empty(), "who", "problem-evidence-who");
    problems.when(body.why.trim().is_empty(), "why", "problem-evidence-why");
    problems.done()?;
    let it: Entry<Item> = entries::get(p, work.tx(), caller, &grant, case, item).await?;
    let row = work.sql("SELECT content FROM attachment WHERE entry = $1").bind(item).optional().await?;
    let Some(row) = row else { return Err(ceiba_access::Refusal::Absent.into()) };
    let sealed: Vec<u8> = row.get("content")?;
    let plain = p.gate.open(work.tx(), caller, &grant, &place(case, item), &sealed).await?;
    if fingerprint(&plain) != it.body.sha256 {
        return Err(ProgrammeError::Unreadable("evidence"));
    }
    let today = p.day(work.at());
    link(p, work, caller, &grant, (case, item), ("copied", &today), body).await?;
    Ok(plain.to_vec())
}

/// Whether a file that somebody brings is the one that is kept, byte for byte. That it was compared is a link of the chain.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] when there is nothing to compare.
pub async fn compare(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, item): (Uuid, Uuid),
    (who, bytes): (&str, &[u8]),
) -> Outcome<bool> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_LEGAL, case).await?;
    let it: Entry<Item> = entries::get(p, work.tx(), caller, &grant, case, item).await?;
    let mut problems = Problems::default();
    problems.when(bytes.is_empty() || it.body.sha256.is_empty(), "file", "problem-file-empty");
    problems.when(who.trim().is_empty(), "who", "problem-evidence-who");
    problems.done()?;
    let same = fingerprint(bytes) == it.body.sha256;
    let today = p.day(work.at());
    let body = Link { who: who.trim().to_owned(), same: Some(same), ..Link::default() };
    link(p, work, caller, &grant, (case, item), ("compared", &today), &body).await?;
    Ok(same)
}

/// What is kept of a case, newest first, each with its chain, oldest first.
///
/// # Errors
/// The gate's refusal, or a damaged value.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    case: Uuid,
) -> Outcome<Vec<(Entry<Item>, Vec<Entry<Link>>)>> {
    let grant = p.may_case(tx, caller, Act::READ_LEGAL, case).await?;
    let items: Vec<Entry<Item>> = entries::list(p, tx, caller, &grant, (case, Folder::Legal)).await?;
    let mut links: Vec<Entry<Link>> = entries::list(p, tx, caller, &grant, (case, Folder::Legal)).await?;
    links.sort_by_key(|l| (l.head.created_at, l.head.id));
    Ok(items
        .into_iter()
        .map(|item| {
            let hers = links.iter().filter(|l| l.head.other == Some(item.head.id)).cloned().collect();
            (item, hers)
        })
        .collect())
}

/// How many links of a case's chains the ledger knows of that are not there any more, or not as they were written. Somebody with the
/// database in her hands can take a row; that it was written she cannot take back.
///
/// # Errors
/// The gate's refusal, or when the database breaks.
pub async fn gaps(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<usize> {
    p.may_case(tx, caller, Act::READ_LEGAL, case).await?;
    let rows = tx.sql("SELECT body FROM entry WHERE file = $1 AND kind = 'custody'").bind(case).all().await?;
    let there = rows
        .iter()
        .map(|r| Ok(detail(&r.get::<Vec<u8>>("body")?)))
        .collect::<Outcome<BTreeSet<[u8; 32]>>>()?;
    let rows = tx
        .sql("SELECT detail FROM ledger_entry WHERE action = 'custody.add' AND resource = $1")
        .bind(case)
        .all()
        .await?;
    let written = rows.iter().map(|r| Ok(r.bytes::<32>("detail")?)).collect::<Outcome<Vec<_>>>()?;
    Ok(written.iter().filter(|w| !there.contains(*w)).count())
}
