//! The ledger of movements: what donors granted, what was promised, what was handed over. Whole cents, only added.
//!
//! A line's balance is the sum of its movements and stands nowhere else. Every movement is made in a unit of work, and
//! two of those never overlap (each begins by taking the ledger's edge), so what is checked here still holds at the commit.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller};
use ceiba_store::{Fact, Tx, Work};
use serde::Deserialize;
use uuid::Uuid;

use super::amounts;
use crate::{Outcome, Problem, Problems, Programme, ProgrammeError};

/// A budget line, as the pack names it.
#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    /// Its code.
    pub code: String,
    /// Whose money it is.
    pub donor: String,
}

/// What a movement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// A donor's money comes.
    Granted,
    /// It is promised to somebody.
    Committed,
    /// The promise ends: it is handed over, or will not be.
    Released,
    /// It is handed over.
    Paid,
    /// It comes back.
    Returned,
}

impl Move {
    const fn code(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Committed => "committed",
            Self::Released => "released",
            Self::Paid => "paid",
            Self::Returned => "returned",
        }
    }

    const fn fact(self) -> &'static str {
        match self {
            Self::Granted => "money.granted",
            Self::Committed => "money.committed",
            Self::Released => "money.released",
            Self::Paid => "money.paid",
            Self::Returned => "money.returned",
        }
    }
}

/// How a line stands, in cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// All that donors put on it.
    pub granted: i64,
    /// Promised and not handed over yet.
    pub committed: i64,
    /// Handed over and not come back.
    pub paid: i64,
}

impl Balance {
    /// What can still be promised.
    #[must_use]
    pub const fn left(&self) -> i64 {
        self.granted - self.committed - self.paid
    }
}

/// The balance of every line that has a movement, by code.
pub(super) async fn balances(tx: &mut Tx) -> Outcome<BTreeMap<String, Balance>> {
    let rows = tx
        .sql("SELECT line, kind, CAST(SUM(cents) AS BIGINT) AS cents FROM money GROUP BY line, kind")
        .all()
        .await?;
    let mut lines: BTreeMap<String, Balance> = BTreeMap::new();
    for row in rows {
        let balance = lines.entry(row.get("line")?).or_default();
        let cents: i64 = row.get("cents")?;
        match row.get::<String>("kind")?.as_str() {
            "granted" => balance.granted += cents,
            "committed" => balance.committed += cents,
            "released" => balance.committed -= cents,
            "paid" => balance.paid += cents,
            "returned" => balance.paid -= cents,
            _ => return Err(ProgrammeError::Unreadable("a movement of money")),
        }
    }
    Ok(lines)
}

/// What is left on a line.
pub(super) async fn left(tx: &mut Tx, line: &str) -> Outcome<i64> {
    Ok(balances(tx).await?.get(line).map_or(0, Balance::left))
}

/// Which support a movement is of.
pub(super) struct Of {
    pub entry: Uuid,
    /// Where her case is.
    pub site: Option<String>,
    /// Whom it is for, as facts call her: a sum of many payments may be of one girl, and a report must know. Only what is handed over or
    /// comes back says so.
    pub subject: Option<[u8; 16]>,
}

/// Adds a movement and its fact, which names a line.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when more would be promised than is left.
pub(super) async fn add(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (line, what, cents): (&str, Move, i64),
    of: Option<&Of>,
) -> Outcome<()> {
    if what == Move::Committed && left(work.tx(), line).await? < cents {
        return Err(ProgrammeError::Invalid(vec![Problem {
            field: "parts",
            key: "problem-care-line-empty",
        }]));
    }
    let (id, at) = (work.chance().id(), work.at());
    work.sql(
        "INSERT INTO money (id, at, line, kind, cents, entry, account) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(at)
    .bind(line)
    .bind(what.code())
    .bind(cents)
    .bind(of.map(|of| of.entry))
    .bind(caller.account)
    .once()
    .await?;
    let fact = Fact {
        kind: what.fact(),
        at,
        day: p.day(at),
        code: Some(line.to_owned()),
        site: of.and_then(|of| of.site.clone()),
        subject: of.filter(|_| matches!(what, Move::Paid | Move::Returned)).and_then(|of| of.subject),
        amount: cents,
        ..Fact::default()
    };
    Ok(work.fact(fact).await?)
}

/// Puts a donor's money on a line, as it was typed. The caller commits.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn grant(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (line, amount): (&str, &str),
) -> Outcome<()> {
    p.may(caller, Act::BUDGET_WRITE)?;
    let offer = &p.pack.care;
    let cents = amounts::read(amount, &offer.symbol, &offer.currency);
    let mut problems = Problems::default();
    problems.when(!offer.lines.iter().any(|l| l.code == line), "line", "problem-choose");
    problems.when(cents.is_none(), "amount", "problem-care-amount");
    problems.done()?;
    add(p, work, caller, (line, Move::Granted, cents.unwrap_or_default()), None).await?;
    Ok(work.record("budget.grant", "budget", caller.account, [0; 32]).await?)
}

/// Every line of the pack with its balance, in the order of the pack. No names.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn lines<'p>(p: &'p Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<(&'p Line, Balance)>> {
    p.may(caller, Act::BUDGET_READ)?;
    let known = balances(tx).await?;
    Ok(p.pack.care.lines.iter().map(|l| (l, known.get(&l.code).copied().unwrap_or_default())).collect())
}

/// What is left on each line, for whoever decides about support.
///
/// # Errors
/// When the database breaks.
pub(crate) async fn what_is_left(p: &Programme, tx: &mut Tx) -> Outcome<Vec<(String, i64)>> {
    let known = balances(tx).await?;
    let of = |l: &Line| known.get(&l.code).map_or(0, Balance::left);
    Ok(p.pack.care.lines.iter().map(|l| (l.code.clone(), of(l))).collect())
}
