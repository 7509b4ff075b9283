//! A list of who came, corrected: the mark changes and keeps its former version, and the facts are taken back one by one.
//!
//! A fact is never changed. Another of minus one stands beside it, the same in every column, so that each sum is what it
//! would be without either; then the right one is added (ADR 0014).

use ceiba_access::{Act, Caller};
use ceiba_store::{Fact, Tx, Work};
use uuid::Uuid;

use super::groups::{self, Attendance, Enrolled, MARKS};
use crate::cases::services::{self, Service};
use crate::entries::{self, Head, Kind, Plain};
use crate::{Outcome, Problem, Problems, Programme, ProgrammeError, cases, people};

/// What was noted of somebody on a day.
pub struct Noted {
    /// Whose it is.
    pub of: Enrolled,
    /// The mark: a code of [`MARKS`].
    pub mark: String,
    /// Its version.
    pub version: i64,
}

/// The list of a day, by chosen name, whoever has a place now. Each one is asked of the gate.
///
/// # Errors
/// When the gate refuses, something breaks or a value is damaged.
pub async fn noted(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (code, on_day): (&str, &str),
) -> Outcome<Vec<Noted>> {
    groups::of(p, caller, code)?;
    let mut all = Vec::new();
    for head in heads(tx, code, on_day).await? {
        let Ok(grant) = p.may_case(tx, caller, Act::GROUP_RUN, head.file).await else { continue };
        let case = cases::lookup(tx, head.file).await?;
        let person = people::of(p, tx, caller, &grant, case.person).await?;
        all.push(Noted { of: Enrolled { case, person }, mark: head.state, version: head.version });
    }
    all.sort_by_cached_key(|n| n.of.person.core.chosen_name.to_lowercase());
    Ok(all)
}

async fn heads(tx: &mut Tx, code: &str, on_day: &str) -> Outcome<Vec<Head>> {
    let rows = tx
        .sql("SELECT * FROM entry WHERE kind = 'attendance' AND code = $1 AND on_day = $2 ORDER BY created_at, id")
        .bind(code)
        .bind(on_day)
        .all()
        .await?;
    rows.iter().map(Head::read).collect()
}

/// Corrects the list of a day: who, the version that the page showed, and the right mark. What is as it was stays
/// untouched. All or none; the caller commits.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend, among others when nothing differs; [`ProgrammeError::Stale`] when somebody
/// corrected one of them meanwhile; the gate's refusal.
pub async fn correct(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (code, on_day): (&str, &str),
    marks: &[(Uuid, i64, String)],
) -> Outcome<()> {
    let service = groups::of(p, caller, code)?;
    let mut problems = Problems::default();
    problems.when(marks.iter().any(|(.., m)| !MARKS.contains(&m.as_str())), "marks", "problem-care-mark");
    problems.done()?;
    let known = heads(work.tx(), code, on_day).await?;
    let mut corrected = 0;
    for (case, seen, mark) in marks {
        let case = *case;
        let Some(head) = known.iter().find(|h| h.file == case) else {
            return Err(problem("problem-care-not-enrolled"));
        };
        let state = MARKS.into_iter().find(|m| m == mark).unwrap_or_default();
        if head.version != *seen {
            return Err(ProgrammeError::Stale);
        }
        if head.state == state {
            continue;
        }
        corrected += 1;
        let grant = p.may_case(work.tx(), caller, Act::GROUP_RUN, case).await?;
        let mut fact = cases::fact(p, work, caller, &grant, case, "attendance.noted").await?;
        take_back(work, &fact, (code, on_day, Some(&head.state))).await?;
        let mut other = None;
        if head.state == "came" {
            let it = |h: &Head| Some(h.id) == head.other;
            entries::follow(work, caller, (case, Service::KIND), it, "taken_back", "taken_back").await?;
            take_back(work, &Fact { kind: "service.given", ..fact.clone() }, (&service.kind, on_day, None))
                .await?;
        }
        if state == "came" {
            let given = Service { amount: 1, provider: service.provider.clone(), ..Default::default() };
            let what = (service.kind.as_str(), on_day);
            other = Some(services::give_as(p, work, caller, &grant, case, what, &given).await?);
        }
        let plain = Plain { state, other, ..Plain::from(head) };
        entries::change(p, work, caller, &grant, head, *seen, plain, &Attendance {}, "corrected").await?;
        fact.code = Some(code.to_owned());
        fact.outcome = Some(state.to_owned());
        on_day.clone_into(&mut fact.day);
        work.fact(fact).await?;
    }
    if corrected == 0 {
        return Err(problem("problem-care-same"));
    }
    Ok(work.record("group.correct", "account", caller.account, [0; 32]).await?)
}

/// Takes back the newest fact of this kind, subject, code and day: its double, with the amount the other way round.
async fn take_back(
    work: &mut Work,
    like: &Fact,
    (code, day, outcome): (&str, &str, Option<&str>),
) -> Outcome<()> {
    let row = work
        .sql(
            "SELECT outcome, site, municipality, sex, age_band, minutes, amount FROM fact
             WHERE kind = $1 AND subject = $2 AND code = $3 AND day = $4 AND ($5 IS NULL OR outcome = $5) AND amount = 1
             ORDER BY at DESC LIMIT 1",
        )
        .bind(like.kind)
        .bind(like.subject.map(|s| s.to_vec()))
        .bind(code)
        .bind(day)
        .bind(outcome.map(str::to_owned))
        .one()
        .await?;
    let fact = Fact {
        kind: like.kind,
        at: like.at,
        day: day.to_owned(),
        code: Some(code.to_owned()),
        outcome: row.get("outcome")?,
        site: row.get("site")?,
        municipality: row.get("municipality")?,
        sex: row.get("sex")?,
        age_band: row.get("age_band")?,
        subject: like.subject,
        minutes: row.get("minutes")?,
        amount: -row.get::<i64>("amount")?,
        // Services and marks of a group have no further dimensions.
        dims: Vec::new(),
    };
    Ok(work.fact(fact).await?)
}

fn problem(key: &'static str) -> ProgrammeError {
    ProgrammeError::Invalid(vec![Problem { field: "marks", key }])
}
