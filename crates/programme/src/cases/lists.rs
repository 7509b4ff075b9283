//! Lists of cases: one's own, a site's, and what supervision looks at.

use ceiba_access::{Act, Caller, Situation, situation_columns, slots};
use ceiba_store::{Micros, Row, Tx};
use uuid::Uuid;

use super::Case;
use crate::people::{self, Person, person_columns};
use crate::sealed::readable;
use crate::{Outcome, Programme};

/// A case in a list.
pub struct Line {
    /// Its row.
    pub case: Case,
    /// Its person; none when her name cannot be read, because it is damaged or was erased.
    pub person: Option<Person>,
    /// When its next task is due.
    pub next_due: Option<Micros>,
}

/// What a line is read from; the caller is $1, the instant $2.
macro_rules! line_columns {
    () => {
        concat!(
            "SELECT c.*, ",
            situation_columns!(),
            ", ",
            person_columns!(),
            ", (SELECT MIN(e.due_at) FROM entry e WHERE e.file = c.id AND e.kind = 'task' AND e.state = 'open') AS next_due
             FROM case_file c JOIN person p ON p.id = c.person"
        )
    };
}

/// The cases a caller works on: those whose team she is on now. All of them, however many there are.
///
/// # Errors
/// When something breaks.
pub async fn mine(p: &Programme, tx: &mut Tx, caller: &Caller, closed: bool) -> Outcome<Vec<Line>> {
    p.may(caller, Act::CASE_LIST)?;
    let now = p.store.clock.now();
    let slots = tx.sql(
            "SELECT s.subject, s.generation, s.recipient, s.body FROM care_team t JOIN case_file c ON c.id = t.case_id
             JOIN key_slot s ON s.subject = c.person AND s.compartment = 'core'
             WHERE t.account = $1 AND t.until IS NULL AND (c.state = 'closed') = $2",
        )
        .bind(caller.account)
        .bind(closed)
        .all()
        .await?;
    slots::foresee(tx, "core", slots)?;
    let rows = tx
        .sql(concat!(
            line_columns!(),
            " WHERE c.id IN (SELECT m.case_id FROM care_team m WHERE m.account = $1 AND m.until IS NULL)
               AND (c.state = 'closed') = $3
             ORDER BY c.opened_at DESC, c.id"
        ))
        .bind(caller.account)
        .bind(now)
        .bind(closed)
        .all()
        .await?;
    Ok(lines(p, tx, caller, &rows).await?.into_iter().map(|(line, _)| line).collect())
}

/// How many cases of a site stand on one page.
pub const PAGE: usize = 100;

/// The other cases of a caller's site, for whoever reads those of the whole site: a page of them, and where
/// the next begins. Cases that the gate refuses take no place on a page, so none falls out of view.
///
/// # Errors
/// When something breaks.
pub async fn of_site(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    closed: bool,
    from: i64,
) -> Outcome<(Vec<Line>, Option<i64>)> {
    p.may(caller, Act::CASE_LIST)?;
    let site = Situation { same_site: true, bulk: true, closed, ..Situation::default() };
    if caller.site.is_none() || !p.gate.would(caller, Act::CASE_READ, &site) {
        return Ok((vec![], None));
    }
    let now = p.store.clock.now();
    let (mut page, mut from) = (Vec::new(), from.max(0));
    loop {
        let rows = tx
            .sql(concat!(
                line_columns!(),
                " WHERE c.site = $3 AND (c.state = 'closed') = $4
                   AND NOT EXISTS (SELECT 1 FROM care_team m WHERE m.case_id = c.id AND m.account = $1 AND m.until IS NULL)
                 ORDER BY c.opened_at DESC, c.id LIMIT $5 OFFSET $6"
            ))
            .bind(caller.account)
            .bind(now)
            .bind(caller.site.clone())
            .bind(closed)
            .bind(i64::try_from(PAGE).unwrap_or(i64::MAX))
            .bind(from)
            .all()
            .await?;
        let last = rows.len() < PAGE;
        for (line, place) in lines(p, tx, caller, &rows).await? {
            if page.len() == PAGE {
                return Ok((page, Some(from + place)));
            }
            page.push(line);
        }
        if last {
            return Ok((page, None));
        }
        from += i64::try_from(rows.len()).unwrap_or(0);
    }
}

/// The lines of rows that the gate lets through, each with its place among the rows.
async fn lines(p: &Programme, tx: &mut Tx, caller: &Caller, rows: &[Row]) -> Outcome<Vec<(Line, i64)>> {
    let mut lines = Vec::new();
    for (place, row) in (0..).zip(rows) {
        let situation = Situation { bulk: true, ..Situation::read(row, caller)? };
        let case = Case::read(row)?;
        let Ok(grant) = p.may_on(caller, Act::CASE_READ, case.id, &situation) else { continue };
        // A damaged name must not take the other cases out of view.
        let person = readable(people::read(p, tx, caller, &grant, row).await)?;
        lines.push((Line { case, person, next_due: row.get("next_due")? }, place));
    }
    Ok(lines)
}

/// Lines for given cases, in their order; those she may not open are left out.
///
/// # Errors
/// When something breaks.
pub async fn of(p: &Programme, tx: &mut Tx, caller: &Caller, ids: &[Uuid]) -> Outcome<Vec<Line>> {
    let now = p.store.clock.now();
    let mut found = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        // Places that are not needed ask for the nil id, which no case has.
        let ids = || some.iter().copied().chain(std::iter::repeat(Uuid::nil())).take(AT_ONCE);
        let slots = tx.sql(
            "SELECT s.subject, s.generation, s.recipient, s.body FROM case_file c
             JOIN key_slot s ON s.subject = c.person AND s.compartment = 'core'
             WHERE c.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        );
        let slots = ids().fold(slots, |query, id| query.bind(id)).all().await?;
        slots::foresee(tx, "core", slots)?;
        let query = tx
            .sql(concat!(
                line_columns!(),
                " WHERE c.id IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
            ))
            .bind(caller.account)
            .bind(now);
        let rows = ids().fold(query, |query, id| query.bind(id)).all().await?;
        let mut some_lines: Vec<_> =
            lines(p, tx, caller, &rows).await?.into_iter().map(|(line, _)| line).collect();
        some_lines.sort_by_key(|line| some.iter().position(|id| *id == line.case.id));
        found.append(&mut some_lines);
    }
    Ok(found)
}

/// So many cases are looked up in one statement.
const AT_ONCE: usize = 16;

/// How many open cases each account is responsible for, and how many of their tasks are past due: what a
/// supervisor talks about, never a ranking. A case from which she is blocked is not counted either.
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
             FROM case_file c WHERE c.state <> 'closed' AND c.site = $2
               AND NOT EXISTS (SELECT 1 FROM conflict_block b WHERE b.case_id = c.id AND b.account = $3)
             GROUP BY c.responsible ORDER BY c.responsible",
        )
        .bind(now)
        .bind(caller.site.clone())
        .bind(caller.account)
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
