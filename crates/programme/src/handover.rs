//! Somebody leaves a post and somebody comes: what was open goes to the successor or to somebody else, and the account that leaves
//! is closed with nothing in its hands. Whoever says who gets a case is not who approves it; a conflict of interest is respected.

use ceiba_access::{Act, Caller, Refusal};
use ceiba_store::{Micros, Row, Tx, Work};
use uuid::Uuid;

use crate::{Outcome, Problems, Programme, accounts, notices};

pub mod close;
pub mod held;
pub mod keys;
pub mod moves;

/// A handover.
#[derive(Clone, Debug)]
pub struct Handover {
    /// Its id.
    pub id: Uuid,
    /// Who leaves.
    pub leaver: Uuid,
    /// Who comes.
    pub successor: Uuid,
    /// `begun`, `moving`, `closed`.
    pub state: String,
    /// Who began it.
    pub begun_by: Uuid,
    /// When.
    pub begun_at: Micros,
    /// Who moved something first, as the second person.
    pub approved_by: Option<Uuid>,
    /// When it was closed.
    pub closed_at: Option<Micros>,
    /// Its version.
    pub version: i64,
}

impl Handover {
    fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            leaver: row.get("leaver")?,
            successor: row.get("successor")?,
            state: row.get("state")?,
            begun_by: row.get("begun_by")?,
            begun_at: row.get("begun_at")?,
            approved_by: row.get("approved_by")?,
            closed_at: row.get("closed_at")?,
            version: row.get("version")?,
        })
    }

    /// Whether it goes on.
    #[must_use]
    pub fn open(&self) -> bool {
        self.state != "closed"
    }
}

/// Begins a handover. The successor has the same role; whose account is closed already can be handed over like any other.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn begin(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (leaver, successor): (Option<Uuid>, Option<Uuid>),
) -> Outcome<Uuid> {
    p.may(caller, Act::HANDOVER_BEGIN)?;
    let all = accounts::list(p, work.tx()).await?;
    let find = |id: Option<Uuid>| all.iter().find(|a| Some(a.id) == id && hands_over(p, &a.role));
    let (from, to) = (find(leaver), find(successor));
    let mut problems = Problems::default();
    problems.when(from.is_none() || leaver == Some(caller.account), "leaver", "problem-handover-leaver");
    problems.when(to.is_none_or(|a| !a.active) || successor == leaver, "successor", "problem-choose");
    let alike = from.zip(to).is_none_or(|(a, b)| a.role == b.role);
    problems.when(!alike, "successor", "problem-handover-role");
    let busy = work
        .sql("SELECT 1 AS x FROM handover WHERE state <> 'closed' AND (leaver = $1 OR leaver = $2 OR successor = $1)")
        .bind(leaver)
        .bind(successor)
        .optional()
        .await?;
    problems.when(busy.is_some(), "leaver", "problem-handover-open");
    problems.done()?;
    let (Some(from), Some(to)) = (from, to) else { return Err(Refusal::Absent.into()) };
    let (id, now) = (work.chance().id(), work.at());
    work.sql(
        "INSERT INTO handover (id, leaver, successor, state, begun_by, begun_at, version)
         VALUES ($1, $2, $3, 'begun', $4, $5, 1)",
    )
    .bind(id)
    .bind(from.id)
    .bind(to.id)
    .bind(caller.account)
    .bind(now)
    .once()
    .await?;
    work.record("post.begin", "account", from.id, [0; 32]).await?;
    for side in [from, to].into_iter().filter(|a| a.active) {
        notices::tell(work, side.id, notices::POST, id).await?;
    }
    Ok(id)
}

/// How many forms whoever leaves has begun and not sent: only she can finish them, and they end with her account.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn drafts(p: &Programme, tx: &mut Tx, caller: &Caller, handover: &Handover) -> Outcome<i64> {
    p.may(caller, Act::HANDOVER_BEGIN)?;
    let row =
        tx.sql("SELECT COUNT(*) AS n FROM draft WHERE account = $1").bind(handover.leaver).one().await?;
    Ok(row.get("n")?)
}

/// Whether somebody of a role has a post that can be handed over: whoever has an account for what is her own has none.
fn hands_over(p: &Programme, role: &str) -> bool {
    let own = ceiba_access::Relation::Own;
    p.gate.roles().role(role).is_some_and(|r| r.acts(own).is_empty() && !r.landing.is_empty())
}

/// Everybody whose post can be handed over, open accounts and closed ones.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn posts(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<accounts::Account>> {
    p.may(caller, Act::HANDOVER_BEGIN)?;
    let mut all = accounts::list(p, tx).await?;
    all.retain(|a| a.id != caller.account && hands_over(p, &a.role));
    all.sort_by(|a, b| a.name().cmp(b.name()));
    Ok(all)
}

/// The handovers, those that go on first, then the newest.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Handover>> {
    p.may(caller, Act::HANDOVER_BEGIN)?;
    let rows = tx
        .sql(
            "SELECT * FROM handover ORDER BY CASE WHEN state = 'closed' THEN 1 ELSE 0 END, begun_at DESC, id LIMIT 50",
        )
        .all()
        .await?;
    rows.iter().map(Handover::read).collect()
}

/// One of them.
///
/// # Errors
/// When the gate refuses; [`Refusal::Absent`] when there is none.
pub async fn read(p: &Programme, tx: &mut Tx, caller: &Caller, act: Act, id: Uuid) -> Outcome<Handover> {
    p.may(caller, act)?;
    let row = tx.sql("SELECT * FROM handover WHERE id = $1").bind(id).optional().await?;
    let it = row.as_ref().map(Handover::read).transpose()?;
    it.ok_or_else(|| Refusal::Absent.into())
}

/// The open handover in which the caller leaves or comes; none: nothing is being handed over.
///
/// # Errors
/// When the database breaks.
pub async fn mine(tx: &mut Tx, caller: &Caller) -> Outcome<Option<Handover>> {
    let row = tx
        .sql("SELECT * FROM handover WHERE state <> 'closed' AND (leaver = $1 OR successor = $1) ORDER BY begun_at, id")
        .bind(caller.account)
        .optional()
        .await?;
    row.as_ref().map(Handover::read).transpose()
}
