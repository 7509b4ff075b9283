//! Where people come from, for numbers: a department, and nothing else of the record that is sealed.

use ceiba_store::{Fact, Work};
use uuid::Uuid;

use crate::{Outcome, Programme, cases};

/// The kind of fact. Its code is a department, its day that on which her case was opened: whoever counts those that came in a
/// month counts their origins in the same.
const FACT: &str = "person.origin";

/// How much of a municipality's code is its department.
const DEPARTMENT: usize = 4;

/// Tells the facts where she comes from. What was told before and is no longer so is taken back; the record itself stays closed.
pub(crate) async fn tell(p: &Programme, work: &mut Work, case: Uuid, municipality: &str) -> Outcome<()> {
    let file = cases::lookup(work.tx(), case).await?;
    let subject = p.office.pseudonym(file.person.as_bytes());
    let rows = work
        .sql("SELECT code, site, day, at FROM fact WHERE kind = $1 AND subject = $2 GROUP BY code, site, day, at HAVING SUM(amount) > 0")
        .bind(FACT)
        .bind(subject.to_vec())
        .all()
        .await?;
    let department: String = municipality.chars().take(DEPARTMENT).collect();
    let mut told = false;
    for row in &rows {
        let code: String = row.get("code")?;
        if code == department {
            told = true;
            continue;
        }
        let back = Fact {
            kind: FACT,
            at: row.get("at")?,
            day: row.get("day")?,
            code: Some(code),
            site: row.get("site")?,
            subject: Some(subject),
            amount: -1,
            ..Fact::default()
        };
        work.fact(back).await?;
    }
    if told || department.is_empty() {
        return Ok(());
    }
    let fact = Fact {
        kind: FACT,
        at: file.opened_at,
        day: p.day(file.opened_at),
        code: Some(department),
        site: Some(file.site),
        subject: Some(subject),
        amount: 1,
        ..Fact::default()
    };
    Ok(work.fact(fact).await?)
}
