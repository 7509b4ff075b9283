//! Money that comes back: what was only promised, whole; of what was handed over a part or all of it, with the reason
//! and a receipt. Nothing is taken out of the ledger: a movement is added for each line (`money.rs`).

use ceiba_access::{Act, Caller};
use ceiba_store::Work;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::money::{self, Move, Of};
use super::support::{Part, Support, at_state, to};
use crate::{Outcome, Problems, Programme, cases};

/// What came back at one time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Back {
    /// To which lines, and how much.
    pub parts: Vec<Part>,
    /// Why.
    pub why: String,
    /// The number of the receipt that whoever took it signed.
    pub receipt: String,
}

impl Support {
    /// What can still come back, by line: what was handed over less what has come back.
    #[must_use]
    pub fn still_out(&self) -> Vec<Part> {
        let back = |line: &str| -> i64 {
            self.back.iter().flat_map(|b| &b.parts).filter(|a| a.line == line).map(|a| a.cents).sum()
        };
        let mut out: Vec<Part> = Vec::new();
        for a in &self.parts {
            match out.iter_mut().find(|o| o.line == a.line) {
                Some(o) => o.cents += a.cents,
                None => out.push(a.clone()),
            }
        }
        for a in &mut out {
            a.cents -= back(&a.line);
        }
        out.retain(|a| a.cents > 0);
        out
    }
}

/// A promise ends before anything was handed over: all of it goes back to its lines.
///
/// # Errors
/// [`crate::ProgrammeError::State`] when nothing is promised; [`crate::ProgrammeError::Stale`] when somebody was faster.
pub async fn release(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::SUPPORT_PAY, case).await?;
    let entry = at_state(p, work, caller, &grant, (case, id, seen), &["approved"]).await?;
    let mut fact = cases::fact(p, work, caller, &grant, case, "support.returned").await?;
    let of = Of { entry: id, site: fact.site.clone(), subject: fact.subject };
    for a in &entry.body.parts {
        money::add(p, work, caller, (&a.line, Move::Released, a.cents), Some(&of)).await?;
    }
    fact.code.clone_from(&entry.head.code);
    fact.outcome = Some("approved".to_owned());
    work.fact(fact).await?;
    to(p, work, caller, &grant, &entry, "returned", &entry.body).await
}

/// Money that was handed over comes back, in part or whole. The support is «returned» when nothing of it is out any more;
/// until then it stays «delivered».
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend, among others when more would come back than is out;
/// [`crate::ProgrammeError::State`] when nothing was handed over; [`crate::ProgrammeError::Stale`] when somebody was faster.
pub async fn give_back(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    back: &Back,
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::SUPPORT_PAY, case).await?;
    let entry = at_state(p, work, caller, &grant, (case, id, seen), &["delivered"]).await?;
    let out = entry.body.still_out();
    let fits = |a: &Part| out.iter().any(|o| o.line == a.line && (1..=o.cents).contains(&a.cents));
    let twice =
        back.parts.iter().enumerate().any(|(n, a)| back.parts.iter().skip(n + 1).any(|b| b.line == a.line));
    let mut problems = Problems::default();
    problems.when(back.parts.is_empty(), "parts", "problem-care-amount");
    problems.when(twice || !back.parts.iter().all(fits), "parts", "problem-care-back-more");
    problems.when(back.why.trim().is_empty(), "why", "problem-care-back-why");
    problems.when(back.why.chars().count() > 500, "why", "problem-too-long");
    problems.when(back.receipt.trim().is_empty(), "receipt", "problem-care-back-receipt");
    problems.when(back.receipt.chars().count() > 60, "receipt", "problem-too-long");
    problems.done()?;
    let mut fact = cases::fact(p, work, caller, &grant, case, "support.returned").await?;
    let of = Of { entry: id, site: fact.site.clone(), subject: fact.subject };
    for a in &back.parts {
        money::add(p, work, caller, (&a.line, Move::Returned, a.cents), Some(&of)).await?;
    }
    let mut body = entry.body.clone();
    body.back.push(Back {
        parts: back.parts.clone(),
        why: back.why.trim().to_owned(),
        receipt: back.receipt.trim().to_owned(),
    });
    let all = body.still_out().is_empty();
    fact.code.clone_from(&entry.head.code);
    fact.outcome = Some(if all { "delivered" } else { "part" }.to_owned());
    work.fact(fact).await?;
    to(p, work, caller, &grant, &entry, if all { "returned" } else { "delivered" }, &body).await
}
