//! What has a term in all files of somebody: hearings, reports that a court waits for, protection measures that end unless they are
//! looked at again. Which, of whom and until when; no file is opened for it.

use ceiba_access::{Act, Caller, Situation, situation_columns};
use ceiba_store::{Micros, Tx};
use uuid::Uuid;

use crate::entries::Head;
use crate::{Outcome, Programme};

/// What can have a term, in the order in which pages show it.
pub const KINDS: [&str; 3] = ["hearing", "court_report", "measure"];

/// Something with a term.
#[derive(Clone, Debug)]
pub struct Deadline {
    /// The code of the case.
    pub case: String,
    /// One of [`KINDS`].
    pub kind: String,
    /// Which of its kind, where there are several: a code of `hearing_kinds` or `measure_kinds`.
    pub what: Option<String>,
    /// Until when. A hearing that is over and of which nobody noted how it ended is past its term.
    pub due_at: Micros,
    /// Who answers for it: the author of a report, else whoever is responsible for the case.
    pub owner: Uuid,
}

/// What has a term before an instant in the files that the caller may open, the first one first; also what is past it.
///
/// # Errors
/// When something breaks.
pub async fn until(p: &Programme, tx: &mut Tx, caller: &Caller, before: Micros) -> Outcome<Vec<Deadline>> {
    let rows = tx
        .sql(concat!(
            "SELECT ",
            situation_columns!(),
            ", c.code AS its_code, c.responsible AS its_owner, e.* FROM entry e JOIN case_file c ON c.id = e.file
             WHERE e.due_at < $3 AND c.state <> 'closed' AND e.folder = 'social'
               AND ((e.kind = 'hearing' AND e.state = 'set') OR (e.kind = 'measure' AND e.state = 'granted')
                 OR (e.kind = 'court_report' AND e.state IN ('draft', 'signed')))
             ORDER BY e.due_at, e.id"
        ))
        .bind(caller.account)
        .bind(p.store.clock.now())
        .bind(before)
        .all()
        .await?;
    let mut found = Vec::new();
    for row in &rows {
        // Whoever may not open a file does not learn of it here either.
        if !p.gate.would(caller, Act::CASE_READ, &Situation::read(row, caller)?) {
            continue;
        }
        let head = Head::read(row)?;
        let Some(due_at) = head.due_at else { continue };
        let responsible: Uuid = row.get("its_owner")?;
        let owner = if head.kind == "court_report" { head.author } else { responsible };
        found.push(Deadline {
            case: row.get("its_code")?,
            kind: head.kind,
            what: head.code,
            due_at,
            owner: head.owner.unwrap_or(owner),
        });
    }
    Ok(found)
}
