//! Lists of cases: one's own, a site's, and what supervision looks at.

use ceiba_access::{Act, Caller, Situation};
use ceiba_store::{Micros, Tx};
use uuid::Uuid;

use super::Case;
use crate::people::{self, Person};
use crate::{Outcome, Programme};

/// A case in a list.
pub struct Line {
    /// Its row.
    pub case: Case,
    /// Its person.
    pub person: Person,
    /// When its next task is due.
    pub next_due: Option<Micros>,
}

/// The cases a caller works on: those whose team she is on, or of her site for those who supervise. Every
/// one is asked of the gate before it is counted or shown.
///
/// # Errors
/// When something breaks.
pub async fn mine(p: &Programme, tx: &mut Tx, caller: &Caller, state: &str) -> Outcome<Vec<Line>> {
    p.may(caller, Act::CASE_LIST)?;
    let rows = tx
        .sql(
            "SELECT c.*, (SELECT MIN(e.due_at) FROM entry e WHERE e.file = c.id AND e.kind = 'task' AND e.state = 'open') AS next_due
             FROM case_file c
             WHERE (c.site = $1 OR EXISTS (SELECT 1 FROM care_team t WHERE t.case_id = c.id AND t.account = $2 AND t.until IS NULL))
               AND ((c.state = 'closed') = ($3 = 'closed'))
             ORDER BY c.opened_at DESC, c.id LIMIT 500",
        )
        .bind(caller.site.clone())
        .bind(caller.account)
        .bind(state)
        .all()
        .await?;
    let mut lines = Vec::new();
    for row in &rows {
        let case = Case::read(row)?;
        let situation = Situation::of(tx, caller, case.id, p.store.clock.now()).await?.unwrap_or_default();
        let Ok(grant) = p.may_on(caller, Act::CASE_READ, case.id, &Situation { bulk: true, ..situation })
        else {
            continue;
        };
        let person = people::of(p, tx, caller, &grant, case.person).await?;
        lines.push(Line { case, person, next_due: row.get("next_due")? });
    }
    Ok(lines)
}

/// Lines for given cases, in their order; those she may not open are left out.
///
/// # Errors
/// When something breaks.
pub async fn of(p: &Programme, tx: &mut Tx, caller: &Caller, ids: &[Uuid]) -> Outcome<Vec<Line>> {
    let mut lines = Vec::new();
    for id in ids {
        let Ok(grant) = p.may_case(tx, caller, Act::CASE_READ, *id).await else { continue };
        let case = super::lookup(tx, *id).await?;
        let person = people::of(p, tx, caller, &grant, case.person).await?;
        lines.push(Line { case, person, next_due: None });
    }
    Ok(lines)
}

/// How many open cases each account is responsible for, and how many of their tasks are past due: what a
/// supervisor talks about, never a ranking.
///
/// # Errors
/// When something breaks.
pub async fn load(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<(Uuid, i64, i64)>> {
    let site = Situation { same_site: true, ..Situation::default() };
    p.may_on(caller, Act::SUPERVISE, Uuid::nil(), &site)?;
    let now = p.store.clock.now();
    let rows = tx
        .sql(
            "SELECT c.responsible, COUNT(*) AS cases,
               CAST(SUM((SELECT COUNT(*) FROM entry e WHERE e.file = c.id AND e.kind = 'task' AND e.state = 'open' AND e.due_at < $1)) AS BIGINT) AS late
             FROM case_file c WHERE c.state <> 'closed' AND c.site = $2 GROUP BY c.responsible ORDER BY c.responsible",
        )
        .bind(now)
        .bind(caller.site.clone())
        .all()
        .await?;
    rows.iter().map(|r| Ok((r.get("responsible")?, r.get("cases")?, r.get("late")?))).collect()
}

/// Cases of the caller's site that wait for approval of their closing.
///
/// # Errors
/// When something breaks.
pub async fn closing(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Line>> {
    let rows = tx
        .sql("SELECT id FROM case_file WHERE state = 'closing' AND site = $1 ORDER BY opened_at")
        .bind(caller.site.clone())
        .all()
        .await?;
    let ids = rows.iter().map(|r| r.get("id")).collect::<Result<Vec<Uuid>, _>>()?;
    of(p, tx, caller, &ids).await
}
