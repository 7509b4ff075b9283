//! What she is owed: asked for, ordered, paid. Amounts are whole cents of the programme's currency; what is still owed is
//! computed, and stands nowhere.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{fact, open, past, within};
use crate::care::amounts;
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme};

/// One kind of reparation in a proceeding. Its code is of the list `reparation_kinds`, `other` the proceeding, `on_day` when it was
/// asked for; its state `asked`, `ordered`, `refused` or `paid`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reparation {
    /// What was asked for, in cents; 0: it is not money.
    pub asked: i64,
    /// What was ordered, in cents; 0: it is not money, or nothing was ordered yet.
    pub ordered: i64,
    /// On which day it was decided.
    pub decided_on: String,
    /// What was handed over to her.
    pub payments: Vec<Payment>,
}

/// Something handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// On which day.
    pub on_day: String,
    /// How much, in cents; 0 when it is not money.
    pub cents: i64,
    /// Where the receipt is.
    pub receipt: String,
}

impl Kind for Reparation {
    const KIND: &'static str = "reparation";
}

impl Reparation {
    /// What was paid so far, in cents.
    #[must_use]
    pub fn paid(&self) -> i64 {
        self.payments.iter().map(|p| p.cents).fold(0, i64::saturating_add)
    }

    /// What is still owed, in cents.
    #[must_use]
    pub fn owed(&self) -> i64 {
        self.ordered.saturating_sub(self.paid()).max(0)
    }
}

/// What a court decides.
pub const DECISIONS: [&str; 2] = ["ordered", "refused"];

/// Cents of what was typed; nothing typed is no money.
fn cents(p: &Programme, (text, field): (&str, &'static str), problems: &mut Problems) -> i64 {
    if text.trim().is_empty() {
        return 0;
    }
    let read = amounts::read(text, &p.pack.care.symbol, &p.pack.care.currency);
    problems.when(read.is_none(), field, "problem-reparation-amount");
    read.unwrap_or(0)
}

/// Notes that reparation was asked for.
///
/// # Errors
/// The gate's refusal; [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn ask(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, proceeding): (Uuid, Uuid),
    (kind, amount, on_day): (&str, &str, &str),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_LEGAL, case).await?;
    within(work.tx(), case, proceeding).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("reparation_kinds", kind), "kind", "problem-choose");
    let asked = cents(p, (amount, "amount"), &mut problems);
    past(p, work.at(), (on_day, "asked"), &mut problems);
    problems.done()?;
    let plain = Plain {
        state: "asked",
        code: Some(kind.to_owned()),
        other: Some(proceeding),
        on_day: Some(on_day.to_owned()),
        ..Plain::default()
    };
    let body = Reparation { asked, ..Reparation::default() };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Legal), plain, &body).await?;
    told(p, work, caller, case, ("reparation.asked", Some(kind.to_owned()), "asked", asked)).await?;
    Ok(id)
}

/// Notes what was decided.
///
/// # Errors
/// The gate's refusal; [`crate::ProgrammeError::Stale`], [`crate::ProgrammeError::State`] when it was decided before;
/// [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn decide(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    (how, amount, on_day): (&str, &str, &str),
) -> Outcome<()> {
    let (grant, entry) = changing(p, work, caller, (case, id, seen), "asked").await?;
    let state = DECISIONS.iter().find(|s| **s == how).copied();
    let mut problems = Problems::default();
    problems.when(state.is_none(), "how", "problem-choose");
    let ordered = if state == Some("ordered") { cents(p, (amount, "amount"), &mut problems) } else { 0 };
    let on = past(p, work.at(), (on_day, "decided"), &mut problems);
    let asked = entry.head.on_day.as_deref().and_then(|t| t.parse::<Date>().ok());
    let before = on.zip(asked).is_some_and(|(on, asked)| on < asked);
    problems.when(before, "decided", "problem-measure-before");
    problems.done()?;
    let Some(state) = state else { return Ok(()) };
    let plain = Plain { state, ..Plain::from(&entry.head) };
    let body = Reparation { ordered, decided_on: on_day.to_owned(), ..entry.body.clone() };
    entries::change(p, work, caller, &grant, &entry.head, seen, plain, &body, state).await?;
    told(p, work, caller, case, ("reparation.decided", entry.head.code.clone(), state, ordered)).await
}

/// Notes that something was handed over to her. Once nothing is owed any more it is `paid`.
///
/// # Errors
/// As [`decide`]; more than is owed is refused.
pub async fn pay(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    (amount, on_day, receipt): (&str, &str, &str),
) -> Outcome<()> {
    let (grant, entry) = changing(p, work, caller, (case, id, seen), "ordered").await?;
    let mut problems = Problems::default();
    let paid = cents(p, (amount, "amount"), &mut problems);
    let money = entry.body.ordered > 0;
    problems.when(money && amount.trim().is_empty(), "amount", "problem-reparation-amount");
    problems.when(paid > entry.body.owed(), "amount", "problem-reparation-more");
    let on = past(p, work.at(), (on_day, "paid"), &mut problems);
    let decided = entry.body.decided_on.parse::<Date>().ok();
    let before = on.zip(decided).is_some_and(|(on, decided)| on < decided);
    problems.when(before, "paid", "problem-reparation-before");
    problems.when(receipt.chars().count() > 120, "receipt", "problem-too-long");
    problems.done()?;
    let mut body = entry.body.clone();
    body.payments.push(Payment {
        on_day: on_day.to_owned(),
        cents: paid,
        receipt: receipt.trim().to_owned(),
    });
    let state = if body.owed() == 0 { "paid" } else { "ordered" };
    let plain = Plain { state, ..Plain::from(&entry.head) };
    entries::change(p, work, caller, &grant, &entry.head, seen, plain, &body, state).await?;
    told(p, work, caller, case, ("reparation.paid", entry.head.code.clone(), state, paid)).await
}

/// The fact, with its amount in cents.
async fn told(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (kind, code, outcome, cents): (&'static str, Option<String>, &str, i64),
) -> Outcome<()> {
    let mut fact = fact(p, work, caller, case, kind).await?;
    fact.code = code;
    fact.outcome = Some(outcome.to_owned());
    fact.amount = cents;
    Ok(work.fact(fact).await?)
}

async fn changing(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (Uuid, Uuid, i64),
    state: &str,
) -> Outcome<(Grant, Entry<Reparation>)> {
    open(p, work, (caller, Act::WRITE_LEGAL), which, (&[state], "state-reparation-order")).await
}

/// The reparations of a case, newest first. The grant is that of the legal folder.
///
/// # Errors
/// When something breaks, or she who asks has no key to the strongbox.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Reparation>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Legal)).await
}
