//! «Tell it once»: how often she had to tell her story, to whom, and what may be used instead.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme};

/// One interview, held or planned.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Telling {
    /// Who interviewed: an institution or a function.
    pub who: String,
    /// Where the official record of it is; the statement itself is never kept here.
    pub record: String,
}

impl Kind for Telling {
    const KIND: &'static str = "telling";
}

/// Purposes of interviews; the code of the entry.
pub const PURPOSES: [&str; 6] = ["needs", "screening", "police", "prosecutor", "court", "health"];

/// Records an interview that was held, or plans one. Planning when she has told it already needs the planner
/// to say that she saw the count: `aware`.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend, among others the warning that was not seen.
pub async fn add(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (purpose, on_day, aware): (&str, &str, bool),
    telling: &Telling,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::SERVICE_WRITE, case).await?;
    let day = on_day.parse::<jiff::civil::Date>();
    let today = crate::dates::day(work.at(), &p.pack.zone);
    let planned = day.as_ref().is_ok_and(|d| *d > today);
    let before = count(work.tx(), case).await?;
    let mut problems = Problems::default();
    problems.when(day.is_err(), "on_day", "problem-date-impossible");
    problems.when(!PURPOSES.contains(&purpose), "purpose", "problem-choose");
    problems.when(telling.who.trim().is_empty(), "who", "problem-who");
    problems.when(planned && before > 0 && !aware, "aware", "problem-told-already");
    problems.done()?;
    let plain = Plain {
        state: if planned { "planned" } else { "held" },
        code: Some(purpose.to_owned()),
        on_day: Some(on_day.to_owned()),
        ..Plain::default()
    };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, telling).await?;
    if !planned {
        let mut fact = super::fact(p, work, caller, &grant, case, "telling.held").await?;
        fact.code = Some(purpose.to_owned());
        work.fact(fact).await?;
    }
    Ok(id)
}

/// How often she has told it.
///
/// # Errors
/// When the database breaks.
pub async fn count(tx: &mut Tx, case: Uuid) -> Outcome<i64> {
    if let Some(rows) = entries::kept(tx, case, Telling::KIND) {
        let held = rows.iter().filter(|row| row.get::<String>("state").is_ok_and(|s| s == "held"));
        return Ok(i64::try_from(held.count()).unwrap_or(i64::MAX));
    }
    let row = tx
        .sql("SELECT COUNT(*) AS n FROM entry WHERE file = $1 AND kind = 'telling' AND state = 'held'")
        .bind(case)
        .one()
        .await?;
    Ok(row.get("n")?)
}

/// The interviews of a case, newest first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Telling>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Social)).await
}
