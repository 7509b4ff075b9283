//! What a merge shows in a file: the way to the other one, for whoever may take it, and how often she was asked in all.

use ceiba_access::{Act, Caller};
use ceiba_store::Tx;
use uuid::Uuid;

use super::same::group;
use super::{Standing, standing};
use crate::{Outcome, Programme};

/// Another file of the same person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The link between the two; none when a third file joins them.
    pub link: Option<Uuid>,
    /// The code of its case.
    pub code: String,
}

/// Whether there is one more that the reader may not open.
pub type Elsewhere = bool;

/// The other files of a person, as far as the reader may open them, and whether there is another.
///
/// # Errors
/// When the database breaks.
pub async fn linked(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    person: Uuid,
) -> Outcome<(Vec<Linked>, Elsewhere)> {
    let (mut all, mut elsewhere) = (Vec::new(), false);
    for other in group(tx, &[person]).await? {
        if other == person {
            continue;
        }
        match standing(p, tx, caller, Act::CASE_READ, other).await? {
            Standing::Open { code, .. } => {
                let row = tx
                    .sql("SELECT id FROM person_link WHERE state = 'one' AND one = $1 AND other = $2")
                    .bind(person.min(other))
                    .bind(person.max(other))
                    .optional()
                    .await?;
                let link = row.map(|row| row.get("id")).transpose()?;
                all.push(Linked { link, code });
            }
            Standing::Hidden => elsewhere = true,
            Standing::Nothing => {}
        }
    }
    all.sort_by(|a, b| a.code.cmp(&b.code));
    Ok((all, elsewhere))
}

/// Whether another file of a person waits to be looked at: for whoever has just received her, who is told that and nothing of it.
/// With a conflict of interest on it there is none.
///
/// # Errors
/// When the database breaks.
pub async fn perhaps(p: &Programme, tx: &mut Tx, caller: &Caller, person: Uuid) -> Outcome<bool> {
    let rows = tx
        .sql("SELECT one, other FROM person_link WHERE state = 'proposed' AND (one = $1 OR other = $1)")
        .bind(person)
        .all()
        .await?;
    for row in &rows {
        let (one, other): (Uuid, Uuid) = (row.get("one")?, row.get("other")?);
        let other = if one == person { other } else { one };
        if standing(p, tx, caller, Act::CASE_READ, other).await? != Standing::Nothing {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How often the person of a case told it in her other files that were linked: a number, of nobody's file in particular.
///
/// # Errors
/// When the database breaks.
pub async fn told(tx: &mut Tx, person: Uuid) -> Outcome<i64> {
    let mut sum = 0;
    for other in group(tx, &[person]).await? {
        if other == person {
            continue;
        }
        let row = tx
            .sql(
                "SELECT COUNT(*) AS n FROM entry e JOIN case_file c ON c.id = e.file
                 WHERE c.person = $1 AND e.kind = 'telling' AND e.state = 'held'",
            )
            .bind(other)
            .one()
            .await?;
        sum += row.get::<i64>("n")?;
    }
    Ok(sum)
}
