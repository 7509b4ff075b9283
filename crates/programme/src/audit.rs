//! Reading and verifying the ledger: who did what, when, on which record. Never what it said.

use ceiba_access::{Act, Caller};
use ceiba_ledger::{Fault, Frontier, Report, SignedHead, Stored};
use ceiba_store::{Micros, Tx, ledger};
use uuid::Uuid;

use crate::{Outcome, Programme, ProgrammeError};

/// The name of the log in its signed heads.
pub const ORIGIN: &str = "ceiba-ledger";

/// Which entries are asked for. What is none does not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this account.
    pub actor: Option<Uuid>,
    /// Of this family: the beginning of the action, such as `identity.`.
    pub family: Option<String>,
    /// About this case, if she may know of it.
    pub resource: Option<Uuid>,
    /// Before this number.
    pub before: Option<i64>,
}

/// An entry as the audit page shows it.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: Micros,
    /// Who.
    pub actor: Uuid,
    /// What, as its code.
    pub action: String,
    /// The account it is about, if it is about one.
    pub account: Option<Uuid>,
    /// The code of the case it is about, if it is about one that she may know of.
    pub code: Option<String>,
}

/// Families of actions that the page offers.
pub const FAMILIES: [&str; 12] = [
    "case.read",
    "identity",
    "emergency",
    "erase",
    "hold",
    "account",
    "session",
    "sign-in",
    "form",
    "post",
    "refused",
    "tampered",
];

/// The newest entries, newest first. A case with which she has a conflict of interest stays without its code.
///
/// # Errors
/// The gate's refusal.
pub async fn lines(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    f: &Filter,
    limit: i64,
) -> Outcome<Vec<Line>> {
    p.may(caller, Act::AUDIT_READ)?;
    let family = f.family.as_ref().filter(|x| FAMILIES.contains(&x.as_str())).map(|x| format!("{x}%"));
    let rows = tx
        .sql(
            "SELECT l.seq, l.at, l.actor, l.action, l.kind, l.resource, c.code FROM ledger_entry l
             LEFT JOIN case_file c ON c.id = l.resource AND NOT EXISTS
               (SELECT 1 FROM conflict_block b WHERE b.case_id = c.id AND b.account = $1)
             WHERE ($2 IS NULL OR l.actor = $2) AND ($3 IS NULL OR l.action LIKE $3)
               AND ($4 IS NULL OR c.id = $4) AND ($5 IS NULL OR l.seq < $5)
             ORDER BY l.seq DESC LIMIT $6",
        )
        .bind(caller.account)
        .bind(f.actor)
        .bind(family)
        .bind(f.resource)
        .bind(f.before)
        .bind(limit)
        .all()
        .await?;
    rows.iter()
        .map(|r| {
            let account = r.get::<String>("kind")? == "account";
            let resource: Uuid = r.get("resource")?;
            Ok(Line {
                seq: r.get("seq")?,
                at: r.get("at")?,
                actor: r.get("actor")?,
                action: r.get("action")?,
                account: (account && !resource.is_nil()).then_some(resource),
                code: r.get("code")?,
            })
        })
        .collect()
}

/// Reads the whole ledger and verifies it against the office key, its own right edge and heads from outside.
///
/// # Errors
/// When the database breaks; what is wrong with the log is the answer, not an error.
pub async fn verify(p: &Programme, witnessed: &[SignedHead]) -> Outcome<Result<Report, Fault>> {
    let mut tx = p.store.db.read().await?;
    let mut rows: Vec<Stored> = Vec::new();
    loop {
        let from = rows.last().map_or(0, |r| i64::try_from(r.entry.seq).map_or(i64::MAX, |n| n + 1));
        let page = ledger::page(&mut tx, from, 5000).await?;
        if page.is_empty() {
            break;
        }
        rows.extend(page);
    }
    // The right edge that the next entry would build on is itself a witness: it is sealed by no key, but a
    // log cut off behind it no longer fits it.
    let own = head_in(p, &mut tx).await?;
    drop(tx);
    let tag = p.store.tag().clone();
    Ok(ceiba_ledger::verify(
        rows.into_iter().map(Ok::<_, std::convert::Infallible>),
        Some(&*tag),
        Some(&own),
        witnessed,
    ))
}

/// The signed head, to be printed and kept outside.
///
/// # Errors
/// When the database breaks or the right edge is damaged.
pub async fn head(p: &Programme) -> Outcome<SignedHead> {
    let mut tx = p.store.db.read().await?;
    head_in(p, &mut tx).await
}

/// In the transaction in which the entries were read, so that both are of one moment.
async fn head_in(p: &Programme, tx: &mut Tx) -> Outcome<SignedHead> {
    let row = tx.sql("SELECT frontier FROM ledger_head WHERE id = 1").one().await?;
    let frontier = Frontier::from_bytes(&row.get::<Vec<u8>>("frontier")?)
        .map_err(|_| ProgrammeError::Unreadable("the ledger's edge"))?;
    let now = p.store.clock.now();
    SignedHead::sign(ORIGIN, frontier.size(), frontier.root(), now, &p.office_key().signing_key())
        .map_err(|_| ProgrammeError::Unreadable("the ledger's head"))
}
