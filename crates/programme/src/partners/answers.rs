//! What comes back from an institution, and what the team answers to its one question.

use ceiba_access::{Act, Caller, Grant, Place};
use ceiba_store::{Micros, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::packets::{self, Packet};
use super::{door, steps};
use crate::alerts::chance_of;
use crate::cases::referrals::{self, Referral};
use crate::entries::{self, Head, Kind as _};
use crate::sealed::detail;
use crate::{Outcome, Problems, Programme, ProgrammeError, notices};

/// What an institution can do, as its page offers it: states of [`steps`], and its one question.
pub const SAYS: [&str; 7] =
    ["accepted", "rejected", "question", "in-progress", "on-hold", "completed", "failed"];
/// What needs words: why not, what is asked, what was given.
const WORDY: [&str; 5] = ["rejected", "question", "on-hold", "completed", "failed"];

/// What was said with a step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The words; may be empty with an acceptance.
    pub words: String,
    /// On which day the service was given; empty when it was not said.
    pub on_day: String,
}

/// One word of the exchange.
#[derive(Clone, Debug)]
pub struct Word {
    /// `institution` or `team`.
    pub author: String,
    /// One of [`SAYS`], or `answer`.
    pub kind: String,
    /// When.
    pub at: Micros,
    /// What.
    pub said: Said,
}

/// What the institution can say next.
#[must_use]
pub fn offered(state: &str, words: &[Word]) -> Vec<&'static str> {
    let asked = words.iter().any(|w| w.kind == "question");
    let can = |say: &&str| if *say == "question" { !asked } else { steps::reach(state, say).is_some() };
    if steps::is_open(state) { SAYS.into_iter().filter(can).collect() } else { Vec::new() }
}

/// The institution says something. `once` is the number of its form: sent twice, it is kept once. What ends the referral
/// closes the packet. Gives whether it was new.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when the step cannot follow.
pub async fn say(
    p: &Programme,
    work: &mut Work,
    packet: &Packet,
    (kind, said): (&str, &Said),
    once: Uuid,
) -> Outcome<bool> {
    let (caller, grant) = door::grant(p, packet)?;
    let id = chance_of(p, once, &(packet.id, kind, &said.words)).id();
    if work.sql("SELECT id FROM packet_word WHERE id = $1").bind(id).optional().await?.is_some() {
        return Ok(false);
    }
    let mut problems = Problems::default();
    problems.when(!SAYS.contains(&kind), "do", "problem-choose");
    let words = said.words.trim();
    problems.when(WORDY.contains(&kind) && words.is_empty(), "words", "problem-packet-words");
    check(p, work, said, &mut problems);
    problems.done()?;

    let head = entries::head(work.tx(), packet.case, packet.referral).await?;
    let before = words_of(p, work.tx(), &caller, &grant, packet).await?;
    let kind = offered(&head.state, &before).into_iter().find(|k| *k == kind);
    let kind = kind.ok_or(ProgrammeError::State("state-packet-order"))?;
    keep(p, work, (&caller, &grant), packet, (id, "institution", kind), said).await?;
    for step in steps::reach(&head.state, kind).unwrap_or_default() {
        moved(p, work, &caller, packet, &head, step).await?;
    }
    if !steps::is_open(kind) && kind != "question" {
        packets::close(work, "id", packet.id, "ended").await?;
    }
    let sender = packets::sender(work, packet).await?;
    notices::tell(work, sender, notices::PACKET, id).await?;
    Ok(true)
}

fn check(p: &Programme, work: &Work, said: &Said, problems: &mut Problems) {
    problems.when(said.words.chars().count() > 2000, "words", "problem-too-long");
    if !said.on_day.is_empty() {
        crate::care::day(p, work, &said.on_day, problems);
    }
}

/// The team answers the institution's question. It can be read as long as the packet opens.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] when nothing was asked or the packet does not open any more.
pub async fn reply(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, packet): (Uuid, Uuid),
    words: &str,
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::SERVICE_WRITE, case).await?;
    let mut problems = Problems::default();
    problems.when(words.trim().is_empty(), "words", "problem-message-empty");
    problems.when(words.chars().count() > 2000, "words", "problem-too-long");
    problems.done()?;
    let packets = packets::of_case(work.tx(), case).await?;
    let packet = packets.iter().find(|k| k.id == packet && k.state == "open");
    let packet = packet.ok_or(ProgrammeError::State("state-packet-closed"))?;
    let before = words_of(p, work.tx(), caller, &grant, packet).await?;
    if !before.iter().any(|w| w.kind == "question") || before.iter().any(|w| w.kind == "answer") {
        return Err(ProgrammeError::State("state-packet-order"));
    }
    let id = work.chance().id();
    let said = Said { words: words.trim().to_owned(), on_day: String::new() };
    keep(p, work, (caller, &grant), packet, (id, "team", "answer"), &said).await
}

/// The first time both halves fitted: the institution has it.
pub(super) async fn first_opened(p: &Programme, work: &mut Work, packet: &Packet) -> Outcome<()> {
    let (caller, _) = door::grant(p, packet)?;
    let now = work.at();
    work.sql("UPDATE packet SET opened_at = $1 WHERE id = $2").bind(now).bind(packet.id).once().await?;
    let head = entries::head(work.tx(), packet.case, packet.referral).await?;
    if let Some(step) = steps::follow(&head.state, "received") {
        moved(p, work, &caller, packet, &head, step).await?;
    }
    Ok(())
}

async fn keep(
    p: &Programme,
    work: &mut Work,
    (caller, grant): (&Caller, &Grant),
    packet: &Packet,
    (id, author, kind): (Uuid, &'static str, &'static str),
    said: &Said,
) -> Outcome<()> {
    let said = Said { words: said.words.trim().to_owned(), on_day: said.on_day.clone() };
    let sealed = p.seal(work, caller, grant, &place(packet.case, id), &said).await?;
    let (now, hash) = (work.at(), detail(&sealed));
    work.sql("INSERT INTO packet_word (id, packet, author, kind, at, body) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(packet.id)
        .bind(author)
        .bind(kind)
        .bind(now)
        .bind(sealed)
        .once()
        .await?;
    Ok(work.record("packet.word", "case", packet.case, hash).await?)
}

/// The referral goes to a state: a version of its own, opened by nobody, and a fact.
async fn moved(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    packet: &Packet,
    head: &Head,
    step: &'static str,
) -> Outcome<()> {
    entries::follow(work, caller, (packet.case, Referral::KIND), |h| h.id == packet.referral, step, step)
        .await?;
    let fact = referrals::told(p, work, packet.case, head, step).await?;
    Ok(work.fact(fact).await?)
}

/// What was said about a packet, oldest first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn words_of(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    packet: &Packet,
) -> Outcome<Vec<Word>> {
    let rows =
        tx.sql("SELECT * FROM packet_word WHERE packet = $1 ORDER BY at, id").bind(packet.id).all().await?;
    let mut words = Vec::with_capacity(rows.len());
    for row in &rows {
        let at = place(packet.case, row.get("id")?);
        let said = p.unseal(tx, caller, grant, &at, &row.get::<Vec<u8>>("body")?).await?;
        words.push(Word { author: row.get("author")?, kind: row.get("kind")?, at: row.get("at")?, said });
    }
    Ok(words)
}

/// As [`words_of`], for whoever opened the packet; with the state of the referral.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn seen_outside(p: &Programme, tx: &mut Tx, packet: &Packet) -> Outcome<(String, Vec<Word>)> {
    let (caller, grant) = door::grant(p, packet)?;
    let head = entries::head(tx, packet.case, packet.referral).await?;
    Ok((head.state, words_of(p, tx, &caller, &grant, packet).await?))
}

pub(crate) const fn place(case: Uuid, row: Uuid) -> Place<'static> {
    Place { subject: case, compartment: "packet", table: "packet_word", row, field: "body", version: 1 }
}
