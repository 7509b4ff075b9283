//! Economic support: asked for by one person, approved by another, handed over against a receipt, looked after later.
//!
//! She is counted once for a delivery, however many donors share it: people are counted by the fact of the delivery, money by facts that
//! name lines (`money.rs`). Both carry her pseudonym: a sum that is one girl's is hidden.

use ceiba_access::{Act, Caller, Folder, Grant, Situation, situation_columns};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::amounts;
use super::money::{self, Move, Of};
use super::returns::Back;
use crate::cases::files::{self, Attached};
use crate::cases::{self, Case};
use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::{Outcome, Problem, Problems, Programme, ProgrammeError};

/// A piece of the amount and the line it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// A line's code.
    pub line: String,
    /// How much, in cents.
    pub cents: i64,
}

/// Support, from the request to what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Support {
    /// How much, in cents of the pack's currency.
    pub cents: i64,
    /// What it is for.
    pub purpose: String,
    /// Whose money it is, once approved.
    pub parts: Vec<Part>,
    /// Why it was refused.
    pub refused: String,
    /// The number of the receipt she signed.
    pub receipt: String,
    /// The photo of the receipt: a file of the case.
    pub photo: Option<Uuid>,
    /// What came back of it, in its order.
    #[serde(default)]
    pub back: Vec<Back>,
}

impl Kind for Support {
    const KIND: &'static str = "support";
}

/// A look, later, at what the support became.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What was seen, in a sentence.
    pub remark: String,
}

impl Kind for Check {
    const KIND: &'static str = "support_check";
}

/// Asks for support. The caller commits.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn ask(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (kind, amount, purpose): (&str, &str, &str),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::SUPPORT_ASK, case).await?;
    let offer = &p.pack.care;
    let cents = amounts::read(amount, &offer.symbol, &offer.currency);
    let mut problems = Problems::default();
    problems.when(!offer.support.iter().any(|k| k == kind), "kind", "problem-choose");
    problems.when(cents.is_none(), "amount", "problem-care-amount");
    problems.when(purpose.trim().is_empty(), "purpose", "problem-care-purpose");
    problems.when(purpose.chars().count() > 1000, "purpose", "problem-too-long");
    problems.done()?;
    let plain = Plain { state: "asked", code: Some(kind.to_owned()), ..Plain::default() };
    let body = Support {
        cents: cents.unwrap_or_default(),
        purpose: purpose.trim().to_owned(),
        ..Support::default()
    };
    entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await
}

/// What a second person decides.
#[derive(Clone, Debug)]
pub enum Decision {
    /// Yes, from these lines; together they are the whole amount.
    Approve(Vec<Part>),
    /// No, and why.
    Refuse(String),
}

/// Decides about a request. Whoever asked does not decide: the gate's fixed rule `four-eyes`.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend, among others when a line has not enough left;
/// [`ProgrammeError::Stale`] when somebody was faster.
pub async fn decide(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    decision: &Decision,
) -> Outcome<()> {
    let grant = may_decide(p, work, caller, case, id).await?;
    let entry = at_state(p, work, caller, &grant, (case, id, seen), &["asked"]).await?;
    match decision {
        Decision::Refuse(why) => {
            let mut problems = Problems::default();
            problems.when(why.trim().is_empty(), "why", "problem-care-refuse-why");
            problems.when(why.chars().count() > 500, "why", "problem-too-long");
            problems.done()?;
            let body = Support { refused: why.trim().to_owned(), ..entry.body.clone() };
            to(p, work, caller, &grant, &entry, "refused", &body).await
        }
        Decision::Approve(parts) => {
            let mut problems = Problems::default();
            let known = parts.iter().all(|a| p.pack.care.lines.iter().any(|l| l.code == a.line));
            problems.when(!known || parts.iter().any(|a| a.cents < 1), "parts", "problem-care-amount");
            let sum = parts.iter().try_fold(0i64, |sum, a| sum.checked_add(a.cents));
            problems.when(sum != Some(entry.body.cents), "parts", "problem-care-parts");
            problems.done()?;
            let site = Some(cases::lookup(work.tx(), case).await?.site);
            let of = Of { entry: id, site, subject: None };
            for a in parts {
                money::add(p, work, caller, (&a.line, Move::Committed, a.cents), Some(&of)).await?;
            }
            let body = Support { parts: parts.clone(), ..entry.body.clone() };
            to(p, work, caller, &grant, &entry, "approved", &body).await
        }
    }
}

/// The grant of a second person; whoever asked gets none.
async fn may_decide(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, id: Uuid) -> Outcome<Grant> {
    let now = work.at();
    let row = work
        .sql("SELECT author FROM entry WHERE id = $1 AND file = $2 AND kind = 'support'")
        .bind(id)
        .bind(case)
        .optional()
        .await?;
    let author: Option<Uuid> = row.map(|r| r.get("author")).transpose()?;
    let by_self = author == Some(caller.account);
    let situation = Situation::of(work.tx(), caller, case, now).await?.unwrap_or_default();
    p.may_on(caller, Act::SUPPORT_APPROVE, case, &Situation { by_self, ..situation })
}

/// Hands over what was approved, against a receipt that she signed. The caller commits.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when it was not approved;
/// [`ProgrammeError::Stale`] when somebody was faster.
pub async fn deliver(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    (receipt, photo): (&str, Option<(&Attached, &[u8])>),
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::SUPPORT_PAY, case).await?;
    let entry = at_state(p, work, caller, &grant, (case, id, seen), &["approved"]).await?;
    let mut problems = Problems::default();
    problems.when(receipt.trim().is_empty(), "receipt", "problem-care-receipt");
    problems.when(receipt.chars().count() > 60, "receipt", "problem-too-long");
    problems.done()?;
    let photo = match photo {
        Some((attached, bytes)) => {
            Some(files::attach_as(p, work, caller, &grant, case, attached, bytes).await?)
        }
        None => None,
    };
    let mut fact = cases::fact(p, work, caller, &grant, case, "support.delivered").await?;
    let of = Of { entry: id, site: fact.site.clone(), subject: fact.subject };
    for a in &entry.body.parts {
        for what in [Move::Released, Move::Paid] {
            money::add(p, work, caller, (&a.line, what, a.cents), Some(&of)).await?;
        }
    }
    fact.code.clone_from(&entry.head.code);
    work.fact(fact).await?;
    let body = Support { receipt: receipt.trim().to_owned(), photo, ..entry.body.clone() };
    to(p, work, caller, &grant, &entry, "delivered", &body).await
}

/// Notes what was seen later: whether it serves her.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when nothing was handed over.
pub async fn check(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id): (Uuid, Uuid),
    (on_day, remark): (&str, &str),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::SUPPORT_PAY, case).await?;
    let support: Entry<Support> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if !["delivered", "returned"].contains(&support.head.state.as_str()) {
        return Err(ProgrammeError::State("state-care-not-delivered"));
    }
    let mut problems = Problems::default();
    problems.when(remark.trim().is_empty(), "remark", "problem-care-remark");
    problems.when(remark.chars().count() > 1000, "remark", "problem-too-long");
    super::day(p, work, on_day, &mut problems);
    problems.done()?;
    let plain = Plain {
        state: "seen",
        code: support.head.code.clone(),
        other: Some(id),
        on_day: Some(on_day.to_owned()),
        ..Plain::default()
    };
    let body = Check { remark: remark.trim().to_owned() };
    entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await
}

/// The entry, when it is at the version that somebody saw and in one of these states.
pub(super) async fn at_state(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    (case, id, seen): (Uuid, Uuid, i64),
    states: &[&str],
) -> Outcome<Entry<Support>> {
    let entry: Entry<Support> = entries::get(p, work.tx(), caller, grant, case, id).await?;
    if entry.head.version != seen {
        return Err(ProgrammeError::Stale);
    }
    if !states.contains(&entry.head.state.as_str()) {
        return Err(ProgrammeError::State("state-care-order"));
    }
    Ok(entry)
}

pub(super) async fn to(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    entry: &Entry<Support>,
    state: &'static str,
    body: &Support,
) -> Outcome<()> {
    let plain = Plain { state, ..Plain::from(&entry.head) };
    entries::change(p, work, caller, grant, &entry.head, entry.head.version, plain, body, state).await
}

/// The support of a case with what was seen of it later, newest first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<(Vec<Entry<Support>>, Vec<Entry<Check>>)> {
    let folder = (case, Folder::Social);
    Ok((
        entries::list(p, tx, caller, grant, folder).await?,
        entries::list(p, tx, caller, grant, folder).await?,
    ))
}

/// What is left on each line, for whoever may decide about support of this case.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn left(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<Vec<(String, i64)>> {
    p.may_case(tx, caller, Act::SUPPORT_APPROVE, case).await?;
    money::what_is_left(p, tx).await
}

/// The requests that wait for somebody at the caller's site, the oldest first, with their case. Hers own and those of
/// cases she is blocked from are left out.
///
/// # Errors
/// When something breaks.
pub async fn waiting(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<(Case, Head)>> {
    let rows = tx
        .sql(concat!(
            "SELECT e.*, ",
            situation_columns!(),
            " FROM entry e JOIN case_file c ON c.id = e.file WHERE e.kind = 'support' AND e.state = 'asked' AND c.site = $3
             ORDER BY e.created_at, e.id"
        ))
        .bind(caller.account)
        .bind(p.store.clock.now())
        .bind(caller.site.clone())
        .all()
        .await?;
    let mut waiting = Vec::new();
    for row in rows {
        let head = Head::read(&row)?;
        let by_self = head.author == caller.account;
        let situation = Situation { by_self, ..Situation::read(&row, caller)? };
        if p.may_on(caller, Act::SUPPORT_APPROVE, head.file, &situation).is_ok() {
            waiting.push((cases::lookup(tx, head.file).await?, head));
        }
    }
    Ok(waiting)
}

/// Reads the parts of an approval as they were typed: a line and an amount; empty amounts are no part.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when an amount is none.
pub fn parts<'a>(p: &Programme, typed: impl Iterator<Item = (&'a str, &'a str)>) -> Outcome<Vec<Part>> {
    let offer = &p.pack.care;
    typed
        .filter(|(_, amount)| !amount.trim().is_empty())
        .map(|(line, amount)| {
            amounts::read(amount, &offer.symbol, &offer.currency)
                .map(|cents| Part { line: line.to_owned(), cents })
                .ok_or_else(|| {
                    ProgrammeError::Invalid(vec![Problem { field: "parts", key: "problem-care-amount" }])
                })
        })
        .collect()
}
