//! Hearings: when, who goes with her, and what is still missing.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Micros, Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::reminders;
use crate::cases::tellings::{self, Telling};
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme, cases};

/// A hearing. Its code is of the list `hearing_kinds`, `other` the institution, `due_at` when it begins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hearing {
    /// Who goes with her.
    pub company: String,
    /// One of [`INTERPRETER`].
    pub interpreter: String,
    /// One of [`TRANSPORT`].
    pub transport: String,
    /// Whether somebody explained to her what will happen.
    pub prepared: bool,
    /// Code of the list `hearing_places`; empty while it is not known.
    pub place: String,
    /// What else must be known; no facts of what happened to her.
    pub remark: String,
    /// What came of it, in a sentence.
    pub outcome: String,
}

impl Kind for Hearing {
    const KIND: &'static str = "hearing";
    const COMPARTMENT: Option<&'static str> = Some("agenda");
}

/// Whether she needs somebody who speaks her language, and whether that person comes.
pub const INTERPRETER: [&str; 3] = ["not_needed", "asked", "confirmed"];
/// How she gets there.
pub const TRANSPORT: [&str; 3] = ["not_needed", "missing", "arranged"];
/// How a hearing ends.
pub const ENDS: [&str; 3] = ["held", "suspended", "cancelled"];

/// A hearing changes until it is over.
const SET: (&[&str], &str) = (&["set"], "state-hearing-over");

/// Kinds of hearings in which she tells it: one that was held counts as an interview.
pub const SPEAKS: [&str; 2] = ["statement", "advance_evidence"];

/// Where she is heard, as the list `telling_places` calls it.
fn room(place: &str) -> &str {
    match place {
        "private" => "private_room",
        "open" => "open_room",
        other => other,
    }
}

/// What is still missing before she goes: keys of `hearing-missing-…`.
#[must_use]
pub fn missing(h: &Hearing) -> Vec<&'static str> {
    [
        ("company", h.company.trim().is_empty()),
        ("interpreter", h.interpreter == "asked"),
        ("transport", h.transport == "missing"),
        ("prepared", !h.prepared),
    ]
    .into_iter()
    .filter_map(|(what, lacks)| lacks.then_some(what))
    .collect()
}

/// A hearing as somebody enters it.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// Code of the list `hearing_kinds`.
    pub kind: &'a str,
    /// Which institution holds it.
    pub institution: Option<Uuid>,
    /// The civil day.
    pub on_day: &'a str,
    /// The hour as it was typed.
    pub time: &'a str,
    /// The rest.
    pub hearing: Hearing,
}

fn check(p: &Programme, h: &Hearing, problems: &mut Problems) {
    problems.when(!INTERPRETER.contains(&h.interpreter.as_str()), "interpreter", "problem-choose");
    problems.when(!TRANSPORT.contains(&h.transport.as_str()), "transport", "problem-choose");
    let place = h.place.is_empty() || p.pack.lists.has("hearing_places", &h.place);
    problems.when(!place, "place", "problem-choose");
    let long = [&h.company, &h.remark, &h.outcome].iter().any(|t| t.chars().count() > 500);
    problems.when(long, "remark", "problem-too-long");
}

/// Sets a hearing. Whoever answers for her is reminded three days and one day before.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend.
pub async fn set(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    new: &New<'_>,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::HEARING_WRITE, case).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("hearing_kinds", new.kind), "kind", "problem-choose");
    check(p, &new.hearing, &mut problems);
    let at = when(p, work.at(), (new.on_day, new.time), &mut problems);
    problems.done()?;
    let plain = Plain {
        state: "set",
        code: Some(new.kind.to_owned()),
        other: new.institution,
        on_day: Some(new.on_day.to_owned()),
        due_at: at,
        ..Plain::default()
    };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &new.hearing).await?;
    if let Some(at) = at {
        reminders::plan(work, id, at).await?;
    }
    let mut fact = cases::fact(p, work, caller, &grant, case, "hearing.set").await?;
    fact.code = Some(new.kind.to_owned());
    work.fact(fact).await?;
    Ok(id)
}

/// The instant of a day and an hour; a problem beside the field when it cannot be, or has passed.
fn when(p: &Programme, now: Micros, (on_day, time): (&str, &str), problems: &mut Problems) -> Option<Micros> {
    let day = on_day.parse::<Date>();
    problems.when(day.is_err(), "on", "problem-date-impossible");
    let at = day.ok().and_then(|d| crate::clinic::appointments::instant(p, d, time));
    problems.when(at.is_none(), "time", "problem-clinic-time");
    problems.when(at.is_some_and(|at| at < now), "on", "problem-clinic-past");
    at
}

/// Changes what is arranged for a hearing that has not been yet.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody changed it meanwhile; [`ProgrammeError::Invalid`] with what to mend.
pub async fn arrange(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    hearing: &Hearing,
) -> Outcome<()> {
    let (grant, entry) =
        entries::open::<Hearing>(p, work, (caller, Act::HEARING_WRITE), (case, id, seen), SET).await?;
    let mut problems = Problems::default();
    check(p, hearing, &mut problems);
    problems.done()?;
    let plain = Plain { state: "set", ..Plain::from(&entry.head) };
    let body = Hearing { outcome: entry.body.outcome.clone(), ..hearing.clone() };
    entries::change(p, work, caller, &grant, &entry.head, seen, plain, &body, "arranged").await
}

/// Says what became of a hearing.
///
/// # Errors
/// As [`arrange`]; a hearing that is still to come was not held.
pub async fn end(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    (how, outcome): (&str, &str),
) -> Outcome<()> {
    let (grant, entry) =
        entries::open::<Hearing>(p, work, (caller, Act::HEARING_WRITE), (case, id, seen), SET).await?;
    let state = ENDS.iter().find(|e| **e == how).copied();
    let mut problems = Problems::default();
    problems.when(state.is_none(), "how", "problem-choose");
    let early = state == Some("held") && entry.head.due_at > Some(work.at());
    problems.when(early, "how", "problem-hearing-early");
    problems.when(outcome.chars().count() > 500, "outcome", "problem-too-long");
    problems.done()?;
    let Some(state) = state else { return Ok(()) };
    let plain = Plain { state, ..Plain::from(&entry.head) };
    // What she needed and had; a hearing in which somebody went with her, or spoke her language.
    let mut dims =
        vec![("need", if entry.body.company.trim().is_empty() { "alone" } else { "accompanied" }.to_owned())];
    dims.extend(match entry.body.interpreter.as_str() {
        "asked" => Some(("need", "interpreter_missing".to_owned())),
        "confirmed" => Some(("need", "interpreter_came".to_owned())),
        _ => None,
    });
    dims.push(("court", super::institution(work.tx(), entry.head.other).await?));
    let body = Hearing { outcome: outcome.trim().to_owned(), ..entry.body };
    entries::change(p, work, caller, &grant, &entry.head, seen, plain, &body, state).await?;
    let kind = entry.head.code.as_deref().unwrap_or_default();
    if state == "held" && SPEAKS.contains(&kind) {
        let place = if kind == "advance_evidence" { kind } else { room(&body.place) };
        let telling = Telling { place: place.into(), company: body.company.clone(), ..Telling::default() };
        let what = ("court", entry.head.other, entry.head.on_day.clone());
        tellings::heard(p, work, caller, (case, &grant), what, &telling).await?;
    }
    let mut fact = cases::fact(p, work, caller, &grant, case, "hearing.ended").await?;
    fact.dims = dims;
    fact.code.clone_from(&entry.head.code);
    fact.outcome = Some(state.to_owned());
    work.fact(fact).await?;
    Ok(())
}

/// The hearings of a case, newest first.
///
/// # Errors
/// When something breaks or the grant does not open them.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Hearing>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Social)).await
}

/// One hearing.
///
/// # Errors
/// [`ceiba_access::Refusal::Absent`] when there is none.
pub async fn one(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    (case, id): (Uuid, Uuid),
) -> Outcome<Entry<Hearing>> {
    entries::get(p, tx, caller, grant, case, id).await
}
