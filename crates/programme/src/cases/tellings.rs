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
    /// Code of the list `telling_places`; empty while it is not known.
    #[serde(default)]
    pub place: String,
    /// Who asked for it: code of the list `telling_askers`; empty while it is not known.
    #[serde(default)]
    pub asked_by: String,
    /// Who was with her.
    #[serde(default)]
    pub company: String,
    /// One of [`AVOIDABLE`]; empty while nobody looked.
    #[serde(default)]
    pub avoidable: String,
    /// Why it could not be avoided.
    #[serde(default)]
    pub why_not: String,
}

impl Kind for Telling {
    const KIND: &'static str = "telling";
}

/// Purposes of interviews; the code of the entry.
pub const PURPOSES: [&str; 6] = ["needs", "screening", "police", "prosecutor", "court", "health"];
/// Whether she could have been spared it.
pub const AVOIDABLE: [&str; 3] = ["yes", "no", "unknown"];

/// Records an interview that was held, or plans one. Planning when she has told it already needs the planner
/// to say that she saw the count: `aware`; so does noting what stands there already. The institution is of the directory, or none.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend, among others the warning that was not seen.
pub async fn add(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (purpose, on_day, institution, aware): (&str, &str, Option<Uuid>, bool),
    telling: &Telling,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::SERVICE_WRITE, case).await?;
    let day = on_day.parse::<jiff::civil::Date>();
    let today = crate::dates::day(work.at(), &p.pack.zone);
    let planned = day.as_ref().is_ok_and(|d| *d > today);
    let person = super::lookup(work.tx(), case).await?.person;
    let before = count(work.tx(), case).await? + crate::people::links::told(work.tx(), person).await?;
    let twin = noted(work.tx(), case, purpose, on_day).await?;
    let mut problems = Problems::default();
    problems.when(day.is_err(), "on_day", "problem-date-impossible");
    problems.when(!PURPOSES.contains(&purpose), "purpose", "problem-choose");
    problems.when(telling.who.trim().is_empty() && institution.is_none(), "who", "problem-who");
    check(p, telling, &mut problems);
    problems.when(planned && before > 0 && !aware, "aware", "problem-told-already");
    problems.when(!planned && twin && !aware, "aware", "problem-telling-twin");
    problems.done()?;
    let plain = Plain {
        state: if planned { "planned" } else { "held" },
        code: Some(purpose.to_owned()),
        other: institution,
        on_day: Some(on_day.to_owned()),
        ..Plain::default()
    };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, telling).await?;
    if !planned {
        counted(p, work, caller, &grant, case, (purpose, &telling.place)).await?;
    }
    Ok(id)
}

fn check(p: &Programme, t: &Telling, problems: &mut Problems) {
    let listed = |list: &str, code: &str| code.is_empty() || p.pack.lists.has(list, code);
    problems.when(!listed("telling_places", &t.place), "place", "problem-choose");
    problems.when(!listed("telling_askers", &t.asked_by), "asked_by", "problem-choose");
    let avoidable = t.avoidable.is_empty() || AVOIDABLE.contains(&t.avoidable.as_str());
    problems.when(!avoidable, "avoidable", "problem-choose");
    let silent = t.avoidable == "no" && t.why_not.trim().is_empty();
    problems.when(silent, "why_not", "problem-telling-why-not");
    for (field, text) in
        [("who", &t.who), ("record", &t.record), ("company", &t.company), ("why_not", &t.why_not)]
    {
        problems.when(text.chars().count() > 200, field, "problem-too-long");
    }
}

/// The fact of one that was held: what for, and in what kind of place.
async fn counted(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
    (purpose, place): (&str, &str),
) -> Outcome<()> {
    let mut fact = super::fact(p, work, caller, grant, case, "telling.held").await?;
    fact.code = Some(purpose.to_owned());
    fact.outcome = Some(if place.is_empty() { "unknown" } else { place }.to_owned());
    Ok(work.fact(fact).await?)
}

/// Counts one that was held elsewhere: a hearing in which she made her statement, or what whoever found her asked. The right to
/// note that covers it: nobody must note it twice. One that somebody has noted by hand is not counted again, unless it is the
/// advance evidence, by which others are spared.
pub(crate) async fn heard(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, grant): (Uuid, &Grant),
    (purpose, institution, on_day): (&str, Option<Uuid>, Option<String>),
    telling: &Telling,
) -> Outcome<()> {
    let day = on_day.as_deref().unwrap_or_default();
    if telling.place != "advance_evidence" && noted(work.tx(), case, purpose, day).await? {
        return Ok(());
    }
    let plain = Plain {
        state: "held",
        code: Some(purpose.to_owned()),
        other: institution,
        on_day,
        ..Plain::default()
    };
    entries::add(p, work, caller, grant, (case, Folder::Social), plain, telling).await?;
    counted(p, work, caller, grant, case, (purpose, &telling.place)).await
}

/// Whether an interview for this purpose stands on this day.
async fn noted(tx: &mut Tx, case: Uuid, purpose: &str, on_day: &str) -> Outcome<bool> {
    let row = tx
        .sql(
            "SELECT 1 AS x FROM entry
             WHERE file = $1 AND kind = 'telling' AND state = 'held' AND code = $2 AND on_day = $3 LIMIT 1",
        )
        .bind(case)
        .bind(purpose)
        .bind(on_day)
        .optional()
        .await?;
    Ok(row.is_some())
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
