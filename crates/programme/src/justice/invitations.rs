//! An invitation that an institution sent as a calendar file: looked at first, then set as hearings, a series one by one. What the file
//! calls things stays outside: of it only days and hours are taken.

use std::collections::BTreeSet;

use ceiba_access::{Act, Caller};
use ceiba_exchange::ical::{self, Fault, Meeting, Why};
use ceiba_store::{MINUTE, Micros, Tx, Work};
use uuid::Uuid;

use super::hearings::{self, Hearing};
use crate::{Outcome, Problems, Programme, dates};

/// The largest file or text, in bytes: it is carried from the look to the yes.
pub const LARGEST: usize = 100 << 10;

/// What becomes of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It would be set.
    New,
    /// There is a hearing of hers at this instant.
    Known,
    /// It is over.
    Past,
    /// The institution calls it off.
    Cancelled,
}

/// A time of an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// What the institution calls it.
    pub summary: String,
    /// Where, in its words.
    pub place: String,
    /// When.
    pub at: Micros,
    /// What becomes of it.
    pub fate: Fate,
}

/// What an invitation says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Its times, in order.
    pub times: Vec<Proposed>,
    /// What is not read, and why.
    pub left: Vec<(String, Why)>,
}

/// Looks at an invitation. Nothing is written.
///
/// # Errors
/// The gate's refusal; of a file that is none its fault is inside.
pub async fn look(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    case: Uuid,
    file: &[u8],
) -> Outcome<Result<Look, Fault>> {
    p.may_case(tx, caller, Act::HEARING_WRITE, case).await?;
    if file.len() > LARGEST {
        return Ok(Err(Fault::TooMany));
    }
    let (meetings, left) = match ical::read(file, &p.pack.zone) {
        Ok(read) => read,
        Err(fault) => return Ok(Err(fault)),
    };
    let rows = tx
        .sql("SELECT due_at FROM entry WHERE file = $1 AND kind = 'hearing' AND state = 'set' AND due_at IS NOT NULL")
        .bind(case)
        .all()
        .await?;
    let mut known = rows.iter().map(|r| Ok(r.get("due_at")?)).collect::<Outcome<BTreeSet<Micros>>>()?;
    let now = p.store.clock.now();
    let times = meetings
        .into_iter()
        .map(|Meeting { summary, place, starts, cancelled }| {
            // Hearings are set to the minute.
            let at = starts.as_microsecond() / MINUTE * MINUTE;
            let fate = match (cancelled, at < now, known.insert(at)) {
                (true, ..) => Fate::Cancelled,
                (_, true, _) => Fate::Past,
                (.., false) => Fate::Known,
                _ => Fate::New,
            };
            Proposed { summary, place, at, fate }
        })
        .collect();
    Ok(Ok(Look { times, left }))
}

/// What is taken over.
#[derive(Clone, Copy, Debug)]
pub struct Taken<'a> {
    /// Which of the times that are new.
    pub at: &'a [Micros],
    /// Code of the list `hearing_kinds`.
    pub kind: &'a str,
    /// Which institution holds them.
    pub institution: Option<Uuid>,
    /// What else must be known.
    pub remark: &'a str,
}

/// Sets the chosen times as hearings; what is to be arranged for each is said there.
///
/// # Errors
/// As [`hearings::set`]; [`crate::ProgrammeError::Invalid`] when none of them is a time of the invitation that is still new.
pub async fn take(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (file, taken): (&[u8], &Taken<'_>),
) -> Outcome<usize> {
    let looked = look(p, work.tx(), caller, case, file).await?.unwrap_or_default();
    let fits = |t: &&Proposed| t.fate == Fate::New && taken.at.contains(&t.at);
    let chosen: Vec<&Proposed> = looked.times.iter().filter(fits).collect();
    let mut problems = Problems::default();
    problems.when(chosen.is_empty(), "at", "problem-invitation-times");
    problems.when(!p.pack.lists.has("hearing_kinds", taken.kind), "kind", "problem-choose");
    problems.done()?;
    for time in &chosen {
        let on_day = p.day(time.at);
        let local = dates::local(time.at, &p.pack.zone);
        let hour = format!("{:02}:{:02}", local.hour(), local.minute());
        let hearing = Hearing {
            interpreter: "not_needed".into(),
            transport: "missing".into(),
            remark: taken.remark.to_owned(),
            ..Hearing::default()
        };
        let new = hearings::New {
            kind: taken.kind,
            institution: taken.institution,
            on_day: &on_day,
            time: &hour,
            hearing,
        };
        hearings::set(p, work, caller, case, &new).await?;
    }
    Ok(chosen.len())
}
