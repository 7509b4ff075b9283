//! Back at school, and whether she is still there; and that there is a therapy plan, without a word of it.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cases;
use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::{Outcome, Problems, Programme};

/// A school that took her back. Its state stands in clear: `attending`, `stopped`, `finished`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schooling {
    /// The school.
    pub school: String,
    /// A code of the pack's `grades`.
    pub grade: String,
    /// The day of the last look, as ISO text.
    pub reviewed: String,
}

impl Kind for Schooling {
    const KIND: &'static str = "schooling";
}

/// What a look may find.
pub const STATES: [&str; 3] = ["attending", "stopped", "finished"];

/// She goes to school again, since a day.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn enter(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (school, grade, on_day): (&str, &str, &str),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::SERVICE_WRITE, case).await?;
    let mut problems = Problems::default();
    problems.when(school.trim().is_empty(), "school", "problem-care-school");
    problems.when(school.chars().count() > 200, "school", "problem-too-long");
    problems.when(!p.pack.care.grades.iter().any(|g| g == grade), "grade", "problem-choose");
    super::day(p, work, on_day, &mut problems);
    problems.done()?;
    let plain = Plain {
        state: "attending",
        code: Some(grade.to_owned()),
        on_day: Some(on_day.to_owned()),
        ..Plain::default()
    };
    let body =
        Schooling { school: school.trim().to_owned(), grade: grade.to_owned(), reviewed: String::new() };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await?;
    let mut fact = cases::fact(p, work, caller, &grant, case, "school.entered").await?;
    fact.code = Some(grade.to_owned());
    on_day.clone_into(&mut fact.day);
    work.fact(fact).await?;
    Ok(id)
}

/// A look today: is she still there?
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend; [`crate::ProgrammeError::Stale`] when somebody was faster.
pub async fn review(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    state: &str,
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::SERVICE_WRITE, case).await?;
    let entry: Entry<Schooling> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    let found = STATES.into_iter().find(|s| *s == state);
    let mut problems = Problems::default();
    problems.when(found.is_none(), "state", "problem-choose");
    problems.done()?;
    let state = found.unwrap_or_default();
    let plain = Plain { state, ..Plain::from(&entry.head) };
    let body = Schooling { reviewed: p.day(work.at()), ..entry.body.clone() };
    entries::change(p, work, caller, &grant, &entry.head, seen, plain, &body, "schooling").await?;
    let mut fact = cases::fact(p, work, caller, &grant, case, "school.reviewed").await?;
    fact.code = Some(entry.body.grade);
    fact.outcome = Some(state.to_owned());
    Ok(work.fact(fact).await?)
}

/// The schools of a case, newest first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Schooling>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Social)).await
}

/// That a therapy plan exists and was looked at on a day. It holds nothing: what it says stays with the therapist.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct TherapyPlan {}

impl Kind for TherapyPlan {
    const KIND: &'static str = "therapy_plan";
}

/// The therapist notes that there is a plan, reviewed today. It takes the right to the psychological folder, although
/// nothing is written there.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn therapy_plan(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid) -> Outcome<Uuid> {
    p.may_case(work.tx(), caller, Act::WRITE_PSYCHOLOGICAL, case).await?;
    let grant = p.may_case(work.tx(), caller, Act::SERVICE_WRITE, case).await?;
    let day = p.day(work.at());
    let plain = Plain { state: "reviewed", on_day: Some(day), ..Plain::default() };
    entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &TherapyPlan {}).await
}

/// When the therapy plan was last reviewed; none when there is no plan.
///
/// # Errors
/// When the database breaks.
pub async fn therapy_reviewed(tx: &mut Tx, case: Uuid) -> Outcome<Option<Head>> {
    let row = tx
        .sql("SELECT * FROM entry WHERE file = $1 AND kind = 'therapy_plan' ORDER BY created_at DESC, id LIMIT 1")
        .bind(case)
        .optional()
        .await?;
    row.as_ref().map(Head::read).transpose()
}
