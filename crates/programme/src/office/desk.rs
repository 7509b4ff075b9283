//! What waits at the desk of an office, the most pressing first, and who came last.

use ceiba_access::{Act, Caller, Grant};
use ceiba_store::Tx;
use uuid::Uuid;

use super::calls::Call;
use super::meetings::Agreement;
use super::people::Reception;
use super::{Person, file, here, person, there};
use crate::entries::{self, Entry, Head};
use crate::{Outcome, Programme, ProgrammeError};

/// So many stand on the page.
const SHOWN: i64 = 60;

/// Something that waits.
#[derive(Clone, Debug)]
pub enum Due {
    /// Somebody was sent to an institution: what became of her?
    Sent(Entry<Reception>),
    /// Nobody answered, or somebody said what they would do.
    Call(Entry<Call>),
    /// A planned visit; nothing of it is opened.
    Visit(Head),
    /// Something that the commission agreed.
    Agreed(Entry<Agreement>),
}

impl Due {
    /// What stands in clear of it.
    #[must_use]
    pub const fn head(&self) -> &Head {
        match self {
            Self::Sent(e) => &e.head,
            Self::Call(e) => &e.head,
            Self::Visit(head) => head,
            Self::Agreed(e) => &e.head,
        }
    }
}

/// What waits in the caller's office, whoever of it noted it. Opens what it shows, and counts what is damaged.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn due(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Due>> {
    let (office, _) = file(p, tx, caller, Act::OFFICE_READ).await?;
    let rows = tx
        .sql(
            "SELECT e.* FROM entry e LEFT JOIN office_person o ON o.id = e.file LEFT JOIN alert a ON a.id = o.alert
             WHERE e.kind IN ('reception', 'office_call', 'office_visit', 'agreement')
               AND e.state IN ('waiting', 'unanswered', 'promised', 'planned', 'open')
               AND (e.file = $1 OR o.office = $1)
               AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.subject = e.file)
               AND NOT EXISTS (SELECT 1 FROM conflict_block b
                               WHERE b.account = $2 AND (b.case_id = o.case_id OR b.case_id = a.case_id))
             ORDER BY e.due_at, e.id LIMIT $3",
        )
        .bind(office)
        .bind(caller.account)
        .bind(SHOWN)
        .all()
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let head = Head::read(row)?;
        let grant = p.may_on(caller, Act::OFFICE_READ, head.file, &here(caller))?;
        all.extend(match head.kind.as_str() {
            "reception" => entries::read(p, tx, caller, &grant, row).await?.map(Due::Sent),
            "office_call" => entries::read(p, tx, caller, &grant, row).await?.map(Due::Call),
            "agreement" => entries::read(p, tx, caller, &grant, row).await?.map(Due::Agreed),
            _ => Some(Due::Visit(head)),
        });
    }
    Ok(all)
}

/// Who came last, newest first.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn came(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    limit: i64,
) -> Outcome<Vec<(Person, Entry<Reception>)>> {
    let (office, _) = file(p, tx, caller, Act::OFFICE_READ).await?;
    let rows = tx
        .sql(
            "SELECT o.id AS person_id, o.at AS came_at, o.alert AS its_alert, o.case_id AS its_case, o.version AS its_version, e.*
             FROM office_person o JOIN entry e ON e.file = o.id AND e.kind = 'reception' LEFT JOIN alert a ON a.id = o.alert
             WHERE o.office = $1 AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.subject = o.id)
               AND NOT EXISTS (SELECT 1 FROM conflict_block b
                               WHERE b.account = $2 AND (b.case_id = o.case_id OR b.case_id = a.case_id))
             ORDER BY o.at DESC, o.id LIMIT $3",
        )
        .bind(office)
        .bind(caller.account)
        .bind(limit)
        .all()
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let person = Person {
            id: row.get("person_id")?,
            at: row.get("came_at")?,
            alert: row.get("its_alert")?,
            case: row.get("its_case")?,
            version: row.get("its_version")?,
        };
        let grant = p.may_on(caller, Act::OFFICE_READ, person.id, &here(caller))?;
        if let Some(said) = entries::read(p, tx, caller, &grant, row).await? {
            all.push((person, said));
        }
    }
    Ok(all)
}

/// A record of the caller's office by its id, unopened, with her grant on the file it belongs to.
///
/// # Errors
/// [`ceiba_access::Refusal::Absent`] when there is none for her.
pub(crate) async fn one(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    act: Act,
    id: Uuid,
) -> Outcome<(Head, Grant)> {
    there(p, caller, act)?;
    let (office, grant) = file(p, tx, caller, act).await?;
    let row = tx.sql("SELECT * FROM entry WHERE id = $1").bind(id).optional().await?;
    let head = row.as_ref().map(Head::read).transpose()?;
    let Some(head) = head else { return Err(ProgrammeError::from(ceiba_access::Refusal::Absent)) };
    if head.file == office {
        return Ok((head, grant));
    }
    let (_, grant) = person(p, tx, caller, act, head.file).await?;
    Ok((head, grant))
}
