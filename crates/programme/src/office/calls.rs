//! A call to PGN or another institution: the number, when, who answered, what they said they would do, and whether they did.
//! About a case of somebody under age each step is a fact of hers, and the clocks of her route start and stop by it.

use ceiba_access::{Act, Caller};
use ceiba_store::{DAY, HOUR, MINUTE, Micros, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{FOLDER, begin, fact, file, person};
use crate::clinic::appointments::instant;
use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::{Outcome, Problem, Problems, Programme, ProgrammeError, dates};

/// What is sealed of a call. Whom was called, and how it stands, are in clear.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The number that was called.
    pub number: String,
    /// When it was tried first.
    pub tried_at: Micros,
    /// When somebody answered.
    #[serde(default)]
    pub answered_at: Option<Micros>,
    /// Who answered, as they said.
    #[serde(default)]
    pub answered_by: String,
    /// What they said they would do: a code of the list `office_said`.
    #[serde(default)]
    pub said: String,
    /// The number they gave it.
    #[serde(default)]
    pub reference: String,
}

impl Kind for Call {
    const KIND: &'static str = "office_call";
    const COMPARTMENT: Option<&'static str> = Some("office");
}

/// By when they said it: a code, and in how long the desk asks.
pub const BY: [(&str, Micros); 4] =
    [("hour", HOUR), ("today", 8 * HOUR), ("tomorrow", DAY), ("week", 7 * DAY)];
/// What became of what they said.
pub const KEPT: [&str; 2] = ["kept", "not_kept"];

/// About whom a call or a visit is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum About {
    /// Nobody in particular.
    #[default]
    Nobody,
    /// Somebody who came to the office.
    Person(Uuid),
    /// A case on whose team the caller is.
    Case(Uuid),
    /// What is none of these.
    Unknown,
}

impl About {
    /// Reads `p-<id>` or `c-<id>`; empty is nobody.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let id = |part: &str| part.parse::<Uuid>().ok();
        match text.split_at_checked(2) {
            None if text.is_empty() => Self::Nobody,
            Some(("p-", rest)) => id(rest).map_or(Self::Unknown, Self::Person),
            Some(("c-", rest)) => id(rest).map_or(Self::Unknown, Self::Case),
            _ => Self::Unknown,
        }
    }
}

/// What is typed. Without an answer the last three stay empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct New<'a> {
    /// Whom: a code of the list `office_call_to`.
    pub to: &'a str,
    /// The number.
    pub number: &'a str,
    /// About whom.
    pub about: About,
    /// The day, as ISO text.
    pub on_day: &'a str,
    /// The hour, `14:30`.
    pub time: &'a str,
    /// What they answered.
    pub answer: Option<Answer<'a>>,
}

/// An answer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answer<'a> {
    /// Who answered.
    pub by: &'a str,
    /// A code of the list `office_said`.
    pub said: &'a str,
    /// By when: see [`BY`]; empty: nothing was promised.
    pub until: &'a str,
    /// The number they gave it.
    pub reference: &'a str,
}

impl Answer<'_> {
    fn check(&self, p: &Programme, problems: &mut Problems) {
        problems.when(!p.pack.lists.has("office_said", self.said), "said", "problem-choose");
        problems.when(self.by.trim().is_empty(), "answered_by", "problem-office-answered-by");
        problems.when(self.by.chars().count() > 120, "answered_by", "problem-too-long");
        problems.when(self.reference.chars().count() > 60, "reference", "problem-too-long");
        let known = self.until.is_empty() || BY.iter().any(|(code, _)| *code == self.until);
        problems.when(!known, "until", "problem-choose");
    }

    fn due(&self, now: Micros) -> Option<Micros> {
        BY.iter().find(|(code, _)| *code == self.until).map(|(_, span)| now + span)
    }

    fn put(&self, call: &mut Call, now: Micros) {
        call.answered_at = Some(now);
        self.by.trim().clone_into(&mut call.answered_by);
        self.said.clone_into(&mut call.said);
        self.reference.trim().clone_into(&mut call.reference);
    }
}

/// The file that something about somebody belongs to: hers when there is one, else that of the office. Says the case too.
pub(super) async fn whose(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    about: About,
) -> Outcome<(Uuid, ceiba_access::Grant, Option<Uuid>)> {
    let unknown = || ProgrammeError::Invalid(vec![Problem { field: "about", key: "problem-choose" }]);
    match about {
        About::Nobody => {
            let (office, grant) = file(p, work.tx(), caller, Act::OFFICE_WRITE).await?;
            Ok((office, grant, None))
        }
        About::Person(id) => {
            let (who, grant) =
                person(p, work.tx(), caller, Act::OFFICE_WRITE, id).await.map_err(|_| unknown())?;
            Ok((id, grant, who.case))
        }
        About::Case(case) => {
            p.may_case(work.tx(), caller, Act::ROUTE_WRITE, case).await.map_err(|_| unknown())?;
            let (office, _) = file(p, work.tx(), caller, Act::OFFICE_WRITE).await?;
            let row = work
                .sql(
                    "SELECT id FROM office_person WHERE case_id = $1 AND office = $2 ORDER BY at, id LIMIT 1",
                )
                .bind(case)
                .bind(office)
                .optional()
                .await?;
            let (id, grant) = match row {
                Some(row) => {
                    let id: Uuid = row.get("id")?;
                    (id, person(p, work.tx(), caller, Act::OFFICE_WRITE, id).await?.1)
                }
                None => begin(p, work, caller, (None, Some(case))).await?,
            };
            Ok((id, grant, Some(case)))
        }
        About::Unknown => Err(unknown()),
    }
}

/// The instant that was typed as day and hour, not in the future.
pub(super) fn when(p: &Programme, work: &Work, day: &str, time: &str, problems: &mut Problems) -> Micros {
    let day = day.parse::<Date>().ok();
    problems.when(day.is_none(), "on", "problem-date-impossible");
    let at = day.and_then(|day| instant(p, day, time));
    problems.when(day.is_some() && at.is_none(), "time", "problem-clinic-time");
    // A form is minutes old when it is sent.
    problems.when(at.is_some_and(|at| at > work.at() + MINUTE), "time", "problem-date-future");
    at.unwrap_or_else(|| work.at()).min(work.at())
}

/// Notes a call.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn add(p: &Programme, work: &mut Work, caller: &Caller, n: &New<'_>) -> Outcome<Uuid> {
    file(p, work.tx(), caller, Act::OFFICE_WRITE).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("office_call_to", n.to), "to", "problem-choose");
    let digits = n.number.chars().filter(char::is_ascii_digit).count();
    let plain = n.number.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c));
    problems.when(digits < 3 || !plain || n.number.len() > 24, "number", "problem-office-number");
    let at = when(p, work, n.on_day, n.time, &mut problems);
    if let Some(answer) = &n.answer {
        answer.check(p, &mut problems);
    }
    problems.when(n.about == About::Unknown, "about", "problem-choose");
    problems.done()?;
    let (id, grant, case) = whose(p, work, caller, n.about).await?;
    let mut body = Call { number: n.number.trim().to_owned(), tried_at: at, ..Call::default() };
    let due = match &n.answer {
        Some(answer) => {
            answer.put(&mut body, at);
            answer.due(at)
        }
        // Nobody answered: try again soon.
        None => Some(at + HOUR),
    };
    let plain = Plain {
        state: if n.answer.is_none() {
            "unanswered"
        } else if due.is_some() {
            "promised"
        } else {
            "done"
        },
        code: Some(n.to.to_owned()),
        other: case,
        on_day: Some(dates::day(at, &p.pack.zone).to_string()),
        due_at: due,
        owner: Some(caller.account),
        ..Plain::default()
    };
    let entry = entries::add(p, work, caller, &grant, (id, FOLDER), plain, &body).await?;
    let outcome = if n.answer.is_some() { "answered" } else { "unanswered" };
    tell(p, work, caller, case, ("office.call", n.to, outcome), (at, None)).await?;
    if let Some(answer) = &n.answer {
        tell(p, work, caller, case, ("office.answered", n.to, answer.said), (at, Some(0))).await?;
    }
    Ok(entry)
}

/// The fact of a step of a call, at the instant it happened.
async fn tell(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Option<Uuid>,
    (kind, to, outcome): (&'static str, &str, &str),
    (at, minutes): (Micros, Option<i64>),
) -> Outcome<()> {
    let mut fact = fact(p, work, caller, case, kind).await?;
    (fact.at, fact.day) = (at, p.day(at));
    (fact.code, fact.outcome) = (Some(to.to_owned()), Some(outcome.to_owned()));
    fact.minutes = minutes;
    Ok(work.fact(fact).await?)
}

/// A call of the caller's office, with her grant.
///
/// # Errors
/// [`ceiba_access::Refusal::Absent`] when there is none for her.
pub async fn read(
    p: &Programme,
    tx: &mut ceiba_store::Tx,
    caller: &Caller,
    act: Act,
    id: Uuid,
) -> Outcome<(Entry<Call>, ceiba_access::Grant)> {
    let (head, grant) = super::desk::one(p, tx, caller, act, id).await?;
    Ok((entries::get(p, tx, caller, &grant, head.file, id).await?, grant))
}

/// Somebody answered at last.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody noted it already; [`ProgrammeError::Invalid`] with what to mend.
pub async fn answer(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (id, seen): (Uuid, i64),
    a: &Answer<'_>,
) -> Outcome<()> {
    let (it, grant) = read(p, work.tx(), caller, Act::OFFICE_WRITE, id).await?;
    let mut problems = Problems::default();
    a.check(p, &mut problems);
    problems.done()?;
    if it.head.state != "unanswered" {
        return Err(ProgrammeError::Stale);
    }
    let (now, mut body) = (work.at(), it.body.clone());
    a.put(&mut body, now);
    let due = a.due(now);
    let state = if due.is_some() { "promised" } else { "done" };
    let plain = Plain { state, due_at: due, owner: Some(caller.account), ..Plain::from(&it.head) };
    entries::change(p, work, caller, &grant, &it.head, seen, plain, &body, state).await?;
    let minutes = Some((now - body.tried_at) / MINUTE);
    tell(p, work, caller, it.head.other, ("office.answered", to(&it.head), a.said), (now, minutes)).await
}

/// Whether they did what they said.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody noted it already.
pub async fn kept(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (id, seen): (Uuid, i64),
    how: &str,
) -> Outcome<()> {
    let (it, grant) = read(p, work.tx(), caller, Act::OFFICE_WRITE, id).await?;
    let Some(how) = KEPT.into_iter().find(|k| *k == how) else {
        return Err(ProgrammeError::Invalid(vec![Problem { field: "how", key: "problem-choose" }]));
    };
    if it.head.state != "promised" {
        return Err(ProgrammeError::Stale);
    }
    let plain = Plain { state: how, due_at: None, ..Plain::from(&it.head) };
    entries::change(p, work, caller, &grant, &it.head, seen, plain, &it.body, how).await?;
    let (now, since) = (work.at(), it.body.answered_at.unwrap_or(it.body.tried_at));
    let minutes = Some((now - since) / MINUTE);
    tell(p, work, caller, it.head.other, ("office.promise", to(&it.head), how), (now, minutes)).await
}

fn to(head: &Head) -> &str {
    head.code.as_deref().unwrap_or_default()
}
