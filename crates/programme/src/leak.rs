//! Something of a case came out: who opened the file in those days, and, after a second person decided, another code and other keys.
//!
//! Nothing here says what came out in words: a kind, where it appeared, and days. Scenario 17 of domain.md 9; why it is done as it
//! is: docs/adr/0021.

use ceiba_access::{Act, Caller, Grant, Situation};
use ceiba_store::{DAY, Fact, Micros, Row, Tx, Work};
use jiff::civil::Date;
use uuid::Uuid;

use crate::cases::tasks;
use crate::dates::past;
use crate::{Outcome, Problems, Programme, ProgrammeError, accounts, cases, dates, notices};

mod rotate;
mod strongboxes;
mod window;
pub use rotate::approve;
pub(crate) use strongboxes::seal_again;
pub use window::{By, Opened, SHOWN, by_function, opened};

/// Why a request is refused.
pub const REFUSALS: [&str; 3] = ["not_a_leak", "entered_twice", "other_case"];
/// The longest window that can be looked at, in days.
pub const WINDOW: i64 = 400;

/// A request as its row tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// Its id.
    pub id: Uuid,
    /// The case.
    pub case: Uuid,
    /// Its code, as it is now.
    pub code: String,
    /// Code of the list `leak_kinds`.
    pub kind: String,
    /// Code of the list `leak_places`.
    pub place: String,
    /// The civil day on which it was noticed.
    pub noticed_on: String,
    /// The civil days that are looked at, both included.
    pub window: (String, String),
    /// Who asked.
    pub asked_by: Uuid,
    /// When.
    pub asked_at: Micros,
    /// `asked`, `changed` or `refused`.
    pub state: String,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// When.
    pub decided_at: Option<Micros>,
    /// Why it was refused: one of [`REFUSALS`].
    pub why: Option<String>,
    /// What was done: links that were closed, values that got a new key, and values too damaged for it.
    pub done: Option<(i64, i64, i64)>,
    /// Strongboxes that still wait for somebody who has their key.
    pub waiting: i64,
}

impl Leak {
    fn read(row: &Row) -> Outcome<Self> {
        let done = row.get::<Option<i64>>("moved")?;
        Ok(Self {
            id: row.get("id")?,
            case: row.get("case_id")?,
            code: row.get("code")?,
            kind: row.get("kind")?,
            place: row.get("place")?,
            noticed_on: row.get("noticed_on")?,
            window: (row.get("from_day")?, row.get("to_day")?),
            asked_by: row.get("asked_by")?,
            asked_at: row.get("asked_at")?,
            state: row.get("state")?,
            decided_by: row.get("decided_by")?,
            decided_at: row.get("decided_at")?,
            why: row.get("why")?,
            done: match done {
                Some(moved) => Some((
                    row.get::<Option<i64>>("packets")?.unwrap_or(0),
                    moved,
                    row.get::<Option<i64>>("damaged")?.unwrap_or(0),
                )),
                None => None,
            },
            waiting: row.get("waiting")?,
        })
    }
}

/// What is said when something came out.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Code of the list `leak_kinds`.
    pub kind: &'a str,
    /// Code of the list `leak_places`.
    pub place: &'a str,
    /// The civil day on which it was noticed.
    pub noticed_on: &'a str,
    /// The civil days that are looked at, both included.
    pub window: (&'a str, &'a str),
}

/// Says that something came out. Her safety plan, telling her and asking that it be taken down become tasks at once; whoever decides
/// and whoever coordinates finds a notice without content.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when one is asked already.
pub async fn ask(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, new: New<'_>) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::LEAK_ASK, case).await?;
    let now = work.at();
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("leak_kinds", new.kind), "kind", "problem-choose");
    problems.when(!p.pack.lists.has("leak_places", new.place), "place", "problem-choose");
    past(p, now, (new.noticed_on, "noticed"), &mut problems);
    let from = past(p, now, (new.window.0, "from"), &mut problems);
    let to = past(p, now, (new.window.1, "to"), &mut problems);
    if let (Some(from), Some(to)) = (from, to) {
        let long = to.since(from).is_ok_and(|span| i64::from(span.get_days()) > WINDOW);
        problems.when(from > to || long, "to", "problem-leak-window");
    }
    problems.done()?;
    let open = work.sql("SELECT 1 AS x FROM leak WHERE case_id = $1 AND state = 'asked'").bind(case);
    if open.optional().await?.is_some() {
        return Err(ProgrammeError::State("state-leak-asked"));
    }
    let id = work.chance().id();
    work.sql(
        "INSERT INTO leak (id, case_id, kind, place, noticed_on, from_day, to_day, asked_by, asked_at, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'asked')",
    )
    .bind(id)
    .bind(case)
    .bind(new.kind)
    .bind(new.place)
    .bind(new.noticed_on)
    .bind(new.window.0)
    .bind(new.window.1)
    .bind(caller.account)
    .bind(now)
    .once()
    .await?;
    work.record("leak.ask", "case", case, [0; 32]).await?;
    let file = cases::lookup(work.tx(), case).await?;
    if file.state != "closed" {
        tasks::arise(p, work, caller, &grant, (case, file.responsible), tasks::On::Leak).await?;
    }
    for reader in readers(p, work, case).await? {
        if reader != caller.account {
            notices::tell(work, reader, notices::LEAK, id).await?;
        }
    }
    let mut fact = cases::fact(p, work, caller, &grant, case, "leak.noticed").await?;
    fact.code = Some(new.kind.to_owned());
    fact.outcome = Some(new.place.to_owned());
    work.fact(fact).await?;
    Ok(id)
}

/// Who is told: whoever may decide, or could have said it, and has no conflict of interest with the case.
async fn readers(p: &Programme, work: &mut Work, case: Uuid) -> Outcome<Vec<Uuid>> {
    let mut all = Vec::new();
    for caller in accounts::callers(p, work.tx()).await? {
        let situation = standing(work, &caller, case, false).await?;
        let now = work.at();
        let known = Situation::of(work.tx(), &caller, case, now).await?.unwrap_or_default();
        if p.gate.would(&caller, Act::LEAK_DECIDE, &situation) || p.gate.would(&caller, Act::LEAK_ASK, &known)
        {
            all.push(caller.account);
        }
    }
    Ok(all)
}

/// How somebody stands to a decision: only what forbids it counts, and which person's values it moves.
async fn standing(work: &mut Work, caller: &Caller, case: Uuid, by_self: bool) -> Outcome<Situation> {
    let now = work.at();
    let known = Situation::of(work.tx(), caller, case, now).await?.unwrap_or_default();
    Ok(Situation { by_self, blocked: known.blocked, person: known.person, ..Situation::default() })
}

/// Refuses a request, with a coded reason. Whoever asked does not decide.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] without a reason; [`ProgrammeError::Taken`] when somebody else decided meanwhile.
pub async fn refuse(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid, why: &str) -> Outcome<()> {
    let (leak, _) = deciding(p, work, caller, id).await?;
    let mut problems = Problems::default();
    problems.when(!REFUSALS.contains(&why), "why", "problem-reason");
    problems.done()?;
    let now = work.at();
    work.sql("UPDATE leak SET state = 'refused', decided_by = $1, decided_at = $2, why = $3 WHERE id = $4 AND state = 'asked'")
        .bind(caller.account)
        .bind(now)
        .bind(why)
        .bind(id)
        .once()
        .await?;
    work.record("leak.refuse", "case", leak.case, [0; 32]).await?;
    decided(p, work, &leak, why).await
}

/// The request, when this caller may decide on it now, and her grant for it.
async fn deciding(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<(Leak, Grant)> {
    let leak = one(work.tx(), id).await?;
    let (case, by_self) =
        leak.as_ref().map_or((Uuid::max(), false), |l| (l.case, l.asked_by == caller.account));
    let situation = standing(work, caller, case, by_self).await?;
    let grant = p.may_on(caller, Act::LEAK_DECIDE, case, &situation)?;
    let Some(leak) = leak else { return Err(ceiba_access::Refusal::Absent.into()) };
    match (leak.decided_by, leak.decided_at) {
        (Some(by), Some(at)) => Err(ProgrammeError::Taken { by, at }),
        _ => Ok((leak, grant)),
    }
}

/// The fact of a decision: of no person, because whoever decides opens nothing of hers.
async fn decided(p: &Programme, work: &mut Work, leak: &Leak, outcome: &str) -> Outcome<()> {
    let (at, case) = (work.at(), cases::lookup(work.tx(), leak.case).await?);
    let fact = Fact {
        kind: "leak.decided",
        at,
        day: p.day(at),
        site: Some(case.site),
        municipality: Some(case.municipality),
        code: Some(leak.kind.clone()),
        outcome: Some(outcome.to_owned()),
        minutes: Some((at - leak.asked_at) / ceiba_store::MINUTE),
        amount: 1,
        ..Fact::default()
    };
    Ok(work.fact(fact).await?)
}

/// What a request is read from.
macro_rules! leak_columns {
    () => {
        "SELECT l.*, c.code, (SELECT COUNT(*) FROM key_due d WHERE d.subject = l.case_id) AS waiting
         FROM leak l JOIN case_file c ON c.id = l.case_id"
    };
}

async fn one(tx: &mut Tx, id: Uuid) -> Outcome<Option<Leak>> {
    let row = tx.sql(concat!(leak_columns!(), " WHERE l.id = $1")).bind(id).optional().await?;
    row.as_ref().map(Leak::read).transpose()
}

/// The requests of a case, newest first. The caller decided that the case may be read.
///
/// # Errors
/// The gate's refusal.
pub async fn of_case(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<Vec<Leak>> {
    p.may_case(tx, caller, Act::LEAK_ASK, case).await?;
    let rows = tx
        .sql(concat!(leak_columns!(), " WHERE l.case_id = $1 ORDER BY l.asked_at DESC, l.id"))
        .bind(case)
        .all()
        .await?;
    rows.iter().map(Leak::read).collect()
}

/// All requests for whoever decides, those that wait first: codes only. Cases with which she has a conflict of interest are not among
/// them.
///
/// # Errors
/// The gate's refusal.
pub async fn all(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Leak>> {
    p.may(caller, Act::LEAK_DECIDE)?;
    let rows = tx
        .sql(concat!(
            leak_columns!(),
            " WHERE NOT EXISTS (SELECT 1 FROM conflict_block b WHERE b.case_id = l.case_id AND b.account = $1)
             ORDER BY CASE WHEN l.state = 'asked' THEN 0 ELSE 1 END, l.asked_at DESC, l.id LIMIT 100"
        ))
        .bind(caller.account)
        .all()
        .await?;
    rows.iter().map(Leak::read).collect()
}

/// The instants of a window of civil days: from the beginning of the first to the end of the last.
fn span(p: &Programme, (from, to): (&str, &str)) -> Outcome<(Micros, Micros)> {
    let start = |day: &str| day.parse::<Date>().map(|d| dates::start(d, &p.pack.zone));
    match (start(from), start(to)) {
        (Ok(from), Ok(to)) => Ok((from, to + DAY)),
        _ => Err(ProgrammeError::Unreadable("the days of a leak")),
    }
}
