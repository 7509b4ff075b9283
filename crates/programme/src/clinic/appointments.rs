//! Appointments of a case: planned, came, did not come, cancelled; and those that must not be forgotten at her age.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Micros, Row, Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Arrival, Type, of, receive};
use crate::cases::{self, Case, tasks};
use crate::dates::Birth;
use crate::entries::{self, Entry, Kind, Plain};
use crate::people::{self, Person};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// An appointment. Type, day, hour and with whom stand in clear.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// A remark.
    pub remark: String,
}

impl Kind for Appointment {
    const KIND: &'static str = "appointment";
    const COMPARTMENT: Option<&'static str> = Some("visit");
}

/// What becomes of an appointment.
pub const OUTCOMES: [&str; 3] = ["came", "no_show", "cancelled"];

/// What is planned.
#[derive(Clone, Copy, Debug, Default)]
pub struct Planned<'a> {
    /// A type's code.
    pub kind: &'a str,
    /// The civil day, as ISO text.
    pub on_day: &'a str,
    /// The hour, `14:30`.
    pub time: &'a str,
    /// With whom.
    pub with: Option<Uuid>,
    /// A remark; may be empty.
    pub remark: &'a str,
}

/// An appointment with her name and code, for lists.
pub struct Booked {
    /// The appointment.
    pub entry: Entry<Appointment>,
    /// The case.
    pub case: Case,
    /// Who she is.
    pub person: Person,
}

/// Plans an appointment.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; the gate's refusal for a case that is not of her clinic.
pub async fn plan(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    a: &Planned<'_>,
) -> Outcome<Uuid> {
    of(p, caller, Act::CLINIC_RECEIVE)?;
    let grant = p.may_case(work.tx(), caller, Act::CLINIC_RECEIVE, case).await?;
    let mut problems = Problems::default();
    problems.when(p.pack.clinic.appointment(a.kind).is_none(), "kind", "problem-choose");
    problems.when(a.remark.chars().count() > 500, "remark", "problem-too-long");
    let day = a.on_day.parse::<Date>();
    let today = crate::dates::day(work.at(), &p.pack.zone);
    problems.when(day.is_err(), "on", "problem-date-impossible");
    problems.when(day.as_ref().is_ok_and(|d| *d < today), "on", "problem-clinic-past");
    let at = day.ok().and_then(|d| instant(p, d, a.time));
    problems.when(at.is_none(), "time", "problem-clinic-time");
    if let Some(with) = a.with {
        let row = work
            .sql("SELECT 1 AS x FROM account WHERE id = $1 AND site = $2 AND active = TRUE")
            .bind(with)
            .bind(caller.site.clone())
            .optional()
            .await?;
        problems.when(row.is_none(), "with", "problem-choose");
    }
    problems.done()?;
    let plain = Plain {
        state: "planned",
        code: Some(a.kind.to_owned()),
        on_day: Some(a.on_day.to_owned()),
        due_at: at,
        owner: a.with,
        ..Plain::default()
    };
    let body = Appointment { remark: a.remark.to_owned() };
    entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await
}

/// The instant of an hour on a day in the programme's zone.
pub(crate) fn instant(p: &Programme, day: Date, time: &str) -> Option<Micros> {
    let (hour, minute) = time.trim().split_once([':', '.', 'h'])?;
    let part = |s: &str| s.trim().parse::<i8>().ok();
    let time = jiff::civil::Time::new(part(hour)?, part(minute)?, 0, 0).ok()?;
    let at = day.to_datetime(time).to_zoned_datetime(p.pack.zone.clone()).ok()?;
    Some(at.timestamp().as_microsecond())
}

/// What became of an appointment. When she came she is in the queue, linked to her case, and the answer is her visit; when
/// she did not, whoever is responsible gets a task.
///
/// # Errors
/// [`ProgrammeError::Stale`] when it was changed meanwhile; [`ProgrammeError::Invalid`] with what to mend.
pub async fn set(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    state: &str,
) -> Outcome<Option<Uuid>> {
    of(p, caller, Act::CLINIC_RECEIVE)?;
    let grant = p.may_case(work.tx(), caller, Act::CLINIC_RECEIVE, case).await?;
    let mut problems = Problems::default();
    let state = OUTCOMES.iter().find(|s| **s == state);
    problems.when(state.is_none(), "state", "problem-choose");
    problems.done()?;
    let state = state.copied().unwrap_or("cancelled");
    let entry: Entry<Appointment> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if entry.head.state != "planned" {
        return Err(ProgrammeError::Stale);
    }
    let plain = Plain { state, ..Plain::from(&entry.head) };
    entries::change(p, work, caller, &grant, &entry.head, seen, plain, &entry.body, state).await?;
    let mut fact = cases::fact(p, work, caller, &grant, case, "clinic.appointment").await?;
    fact.code.clone_from(&entry.head.code);
    fact.outcome = Some(state.to_owned());
    work.fact(fact).await?;
    let file = cases::lookup(work.tx(), case).await?;
    match state {
        "no_show" => {
            tasks::arise(p, work, caller, &grant, (case, file.responsible), tasks::On::NoShow).await?;
            Ok(None)
        }
        "came" => {
            let person = people::of(p, work.tx(), caller, &grant, file.person).await?;
            let desk = entry.head.code.as_deref().and_then(|c| p.pack.clinic.appointment(c)).map(|t| &t.desk);
            let urgency = p.pack.clinic.urgencies.last().map(|u| u.id.as_str());
            let arrival = Arrival {
                chosen_name: &person.core.chosen_name,
                desk: desk.map_or("", String::as_str),
                urgency: urgency.unwrap_or_default(),
                case: Some(case),
                ..Arrival::default()
            };
            Ok(Some(receive(p, work, caller, &arrival).await?.0))
        }
        _ => Ok(None),
    }
}

/// The planned appointments of the caller's clinic from one day to another, both included, by hour.
///
/// # Errors
/// The gate's refusal, or when something breaks.
pub async fn between(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (from, to): (&str, &str),
) -> Outcome<Vec<Booked>> {
    let site = of(p, caller, Act::CLINIC_READ)?;
    let rows = tx
        .sql(
            "SELECT e.*, c.site AS case_site FROM entry e JOIN case_file c ON c.id = e.file
             WHERE e.kind = 'appointment' AND e.state = 'planned' AND e.on_day BETWEEN $1 AND $2
             ORDER BY e.due_at, e.id",
        )
        .bind(from)
        .bind(to)
        .all()
        .await?;
    let mut booked = Vec::with_capacity(rows.len());
    for row in &rows {
        let from: String = row.get("case_site")?;
        if from != site.code && !site.serves.contains(&from) {
            continue;
        }
        booked.extend(one(p, tx, caller, row).await?);
    }
    Ok(booked)
}

async fn one(p: &Programme, tx: &mut Tx, caller: &Caller, row: &Row) -> Outcome<Option<Booked>> {
    let id: Uuid = row.get("file")?;
    let Ok(grant) = p.may_case(tx, caller, Act::CLINIC_READ, id).await else { return Ok(None) };
    let Some(entry) = entries::read(p, tx, caller, &grant, row).await? else { return Ok(None) };
    let case = cases::lookup(tx, id).await?;
    let person = people::of(p, tx, caller, &grant, case.person).await?;
    Ok(Some(Booked { entry, case, person }))
}

/// The appointments of a case, newest first.
///
/// # Errors
/// When the grant does not open them or something breaks.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Appointment>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Social)).await
}

/// The age that decides which appointments must not be forgotten: the least she may be, so that in doubt she is an
/// adolescent and not an adult.
#[must_use]
pub fn age(birth: &Birth, today: Date) -> &'static str {
    match birth.age_on(today) {
        Some((..12, _)) => "child",
        Some((12..18, _)) | None => "adolescent",
        Some(_) => "adult",
    }
}

/// The mandatory appointments that she has neither had nor planned.
///
/// # Errors
/// When something breaks.
pub async fn missing<'p>(p: &'p Programme, tx: &mut Tx, case: Uuid, birth: &Birth) -> Outcome<Vec<&'p Type>> {
    let rows = tx
        .sql(
            "SELECT DISTINCT code FROM entry WHERE file = $1 AND kind = 'appointment' AND state IN ('planned', 'came')",
        )
        .bind(case)
        .all()
        .await?;
    let had = rows.iter().map(|r| r.get("code")).collect::<Result<Vec<String>, _>>()?;
    let age = age(birth, crate::dates::day(p.store.clock.now(), &p.pack.zone));
    let due = |t: &&Type| t.mandatory_for.iter().any(|a| a == age) && !had.contains(&t.id);
    Ok(p.pack.clinic.types.iter().filter(due).collect())
}
