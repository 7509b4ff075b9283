//! A group on a day: who has a place, by chosen name, and who came. Nothing else of anybody's file opens here.

use ceiba_access::{Act, Caller, Folder, Situation};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::catalogue::Offered;
use crate::cases::{self, Case, services};
use crate::entries::{self, Kind, Plain};
use crate::people::{self, Person};
use crate::{Outcome, Problem, Problems, Programme, ProgrammeError};

/// That somebody came, did not, or said that she could not. The state and the day say it all.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Attendance {}

impl Kind for Attendance {
    const KIND: &'static str = "attendance";
}

/// What can be noted of somebody.
pub const MARKS: [&str; 3] = ["came", "absent", "excused"];

/// Somebody with a place.
pub struct Enrolled {
    /// Her case.
    pub case: Case,
    /// Who she is, by her chosen name.
    pub person: Person,
}

/// A group of the caller's site.
///
/// # Errors
/// The gate's refusal when she holds none there; [`ceiba_access::Refusal::Absent`] when there is no such group at her
/// site.
pub fn of<'p>(p: &'p Programme, caller: &Caller, code: &str) -> Outcome<&'p Offered> {
    let here = Situation { same_site: caller.site.is_some(), ..Situation::default() };
    p.may_on(caller, Act::GROUP_RUN, Uuid::nil(), &here)?;
    let hers = |s: &&Offered| s.code == code && s.group && caller.site.as_ref() == Some(&s.site);
    p.pack.care.services.iter().find(hers).ok_or_else(|| ceiba_access::Refusal::Absent.into())
}

/// Who has a place in a group, by chosen name. Each one is asked of the gate.
///
/// # Errors
/// When the gate refuses, something breaks or a value is damaged.
pub async fn enrolled(p: &Programme, tx: &mut Tx, caller: &Caller, code: &str) -> Outcome<Vec<Enrolled>> {
    of(p, caller, code)?;
    let rows = tx
        .sql(
            "SELECT e.file FROM entry e JOIN case_file c ON c.id = e.file
             WHERE e.kind = 'enrolment' AND e.state = 'in' AND e.code = $1 AND c.state <> 'closed' ORDER BY e.created_at, e.id",
        )
        .bind(code)
        .all()
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let id: Uuid = row.get("file")?;
        let Ok(grant) = p.may_case(tx, caller, Act::GROUP_RUN, id).await else { continue };
        let case = cases::lookup(tx, id).await?;
        let person = people::of(p, tx, caller, &grant, case.person).await?;
        all.push(Enrolled { case, person });
    }
    all.sort_by_cached_key(|e| e.person.core.chosen_name.to_lowercase());
    Ok(all)
}

/// The last days on which a group met, newest first, with how many came of how many.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn days(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    code: &str,
) -> Outcome<Vec<(String, i64, i64)>> {
    of(p, caller, code)?;
    let rows = tx
        .sql(
            "SELECT on_day, COUNT(CASE WHEN state = 'came' THEN 1 END) AS came, COUNT(*) AS n FROM entry
             WHERE kind = 'attendance' AND code = $1 GROUP BY on_day ORDER BY on_day DESC LIMIT 10",
        )
        .bind(code)
        .all()
        .await?;
    rows.iter().map(|r| Ok((r.get("on_day")?, r.get("came")?, r.get("n")?))).collect()
}

/// Notes who came on a day: a mark and its fact for each, and for each who came one service. All or none; the caller
/// commits.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend, among others when the day was noted already.
pub async fn hold(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (code, on_day): (&str, &str),
    marks: &[(Uuid, String)],
) -> Outcome<()> {
    let service = of(p, caller, code)?;
    let mut problems = Problems::default();
    super::day(p, work, on_day, &mut problems);
    problems.when(marks.is_empty(), "marks", "problem-care-nobody");
    problems.when(marks.iter().any(|(_, m)| !MARKS.contains(&m.as_str())), "marks", "problem-care-mark");
    problems.done()?;
    let here: Vec<Uuid> = enrolled(p, work.tx(), caller, code).await?.iter().map(|e| e.case.id).collect();
    for (case, mark) in marks {
        if !here.contains(case) {
            return Err(problem("problem-care-not-enrolled"));
        }
        let grant = p.may_case(work.tx(), caller, Act::GROUP_RUN, *case).await?;
        let state = MARKS.into_iter().find(|m| m == mark).unwrap_or_default();
        let mut given = None;
        if state == "came" {
            let one =
                services::Service { amount: 1, provider: service.provider.clone(), ..Default::default() };
            let what = (service.kind.as_str(), on_day);
            given = Some(services::give_as(p, work, caller, &grant, *case, what, &one).await?);
        }
        // The mark points to the service that follows from it, so that a correction finds it.
        let plain = Plain {
            state,
            code: Some(code.to_owned()),
            on_day: Some(on_day.to_owned()),
            other: given,
            ..Plain::default()
        };
        let folder = (*case, Folder::Social);
        match entries::add(p, work, caller, &grant, folder, plain, &Attendance {}).await {
            Err(ProgrammeError::Store(e)) if e.is_taken() => return Err(problem("problem-care-held")),
            other => other?,
        };
        let mut fact = cases::fact(p, work, caller, &grant, *case, "attendance.noted").await?;
        fact.code = Some(code.to_owned());
        fact.outcome = Some(state.to_owned());
        on_day.clone_into(&mut fact.day);
        work.fact(fact).await?;
    }
    Ok(work.record("group.hold", "account", caller.account, [0; 32]).await?)
}

fn problem(key: &'static str) -> ProgrammeError {
    ProgrammeError::Invalid(vec![Problem { field: "marks", key }])
}
