//! The engine of clocks: what happened in, until when out. No I/O, no clock of its own, nothing kept: the same facts give the
//! same terms after a restart, on another engine and in ten years.
//!
//! A span is half-open: a term that ends on the fourteenth is over at the first instant of the fifteenth.

use ceiba_store::{HOUR, Micros};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;

/// In what a term is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Hours; they run day and night.
    Hours,
    /// Days of the calendar on the wall.
    CalendarDays,
    /// Days on which the calendar works.
    BusinessDays,
    /// Months: the same day of a later month, or its last one.
    Months,
    /// The first working hour of the nth working day.
    Opening,
}

/// How much time there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// How many.
    pub amount: i32,
    /// Of what.
    pub unit: Unit,
}

/// What a fact does to a clock. Of one instant the order is this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Move {
    /// It runs from now on.
    Start,
    /// It stands still.
    Pause,
    /// It goes on.
    Restart,
    /// What it waited for was done.
    Stop,
    /// It does not matter any more.
    End,
}

impl Move {
    /// Those that a person may note, in the order of the form.
    pub const NOTED: [Self; 4] = [Self::Start, Self::Stop, Self::Pause, Self::Restart];

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Pause => "pause",
            Self::Restart => "restart",
            Self::Stop => "stop",
            Self::End => "end",
        }
    }

    /// The move that a person may note with this code.
    #[must_use]
    pub fn find(code: &str) -> Option<Self> {
        Self::NOTED.into_iter().find(|m| m.code() == code)
    }
}

/// Something that moved a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// When.
    pub at: Micros,
    /// What it does.
    pub what: Move,
    /// The instant that was set, such as a hearing's, where terms run before it.
    pub set: Option<Micros>,
}

/// A span in which a clock stood still; without an end it still does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// Its first instant.
    pub from: Micros,
    /// The first instant after it.
    pub to: Option<Micros>,
}

/// One run of a clock, from what started it to what ended it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Since when.
    pub since: Micros,
    /// The instant that was set, where terms run before it.
    pub set: Option<Micros>,
    /// When it stood still, in order.
    pub pauses: Vec<Pause>,
    /// When it ended, and whether because it was done.
    pub ended: Option<(Micros, bool)>,
}

impl Run {
    fn new(since: Micros, set: Option<Micros>) -> Self {
        Self { since, set, pauses: vec![], ended: None }
    }

    /// Whether it stands still.
    #[must_use]
    pub fn paused(&self) -> bool {
        self.pauses.last().is_some_and(|p| p.to.is_none())
    }
}

/// The runs that events make, the oldest first. A clock that `repeats` begins anew with each answer.
#[must_use]
pub fn runs(events: &[Event], repeats: bool) -> Vec<Run> {
    let mut events = events.to_vec();
    events.sort();
    events.dedup();
    let (mut done, mut now) = (Vec::new(), None::<Run>);
    for e in events {
        now = match (now, e.what) {
            (None, Move::Start) => Some(Run::new(e.at, e.set)),
            (None, _) => None,
            (Some(run), Move::Start) => Some(Run { set: e.set.or(run.set), ..run }),
            (Some(mut run), Move::Pause) => {
                if !run.paused() {
                    run.pauses.push(Pause { from: e.at, to: None });
                }
                Some(run)
            }
            (Some(mut run), Move::Restart) => {
                if let Some(pause) = run.pauses.last_mut().filter(|p| p.to.is_none()) {
                    pause.to = Some(e.at);
                }
                Some(run)
            }
            (Some(mut run), Move::Stop | Move::End) => {
                run.ended = Some((e.at, e.what == Move::Stop));
                let next = (repeats && e.what == Move::Stop).then(|| Run::new(e.at, None));
                done.push(run);
                next
            }
        };
    }
    done.extend(now);
    done
}

/// Until when a term runs; none while it stands still, or when no calendar holds the day.
#[must_use]
pub fn due(length: Length, calendar: &Calendar, since: Micros, pauses: &[Pause]) -> Option<Micros> {
    let works = |day: Date| calendar.works(day);
    match length.unit {
        Unit::Hours => after_hours(i64::from(length.amount) * HOUR, since, pauses),
        Unit::CalendarDays => end_of(nth(length.amount, calendar, since, pauses, |_| true)?, calendar),
        Unit::BusinessDays => end_of(nth(length.amount, calendar, since, pauses, works)?, calendar),
        Unit::Months => {
            let first = calendar.day(since);
            let last = first.checked_add(length.amount.months()).ok()?;
            end_of(nth(days(first, last)?, calendar, since, pauses, |_| true)?, calendar)
        }
        Unit::Opening => Some(calendar.opening(nth(length.amount, calendar, since, pauses, works)?)),
    }
}

/// Until when something must be done before what was set; never before it was set.
#[must_use]
pub fn due_before(length: Length, calendar: &Calendar, since: Micros, set: Micros) -> Option<Micros> {
    let day = calendar.day(set);
    let back = |n: i32, counts: &dyn Fn(Date) -> bool| {
        let mut day = day;
        let mut left = n;
        while left > 0 {
            day = day.yesterday().ok()?;
            left -= i32::from(counts(day));
        }
        end_of(day, calendar)
    };
    let due = match length.unit {
        Unit::Hours => Some(set - i64::from(length.amount) * HOUR),
        Unit::CalendarDays => back(length.amount, &|_| true),
        Unit::BusinessDays | Unit::Opening => back(length.amount, &|d| calendar.works(d)),
        Unit::Months => end_of(day.checked_sub(Span::new().months(length.amount)).ok()?, calendar),
    };
    // With no day at all the act itself is the end.
    due.map(|due| due.min(set).max(since))
}

fn days(from: Date, to: Date) -> Option<i32> {
    from.until(to).ok().map(|span| span.get_days())
}

fn end_of(day: Date, calendar: &Calendar) -> Option<Micros> {
    Some(calendar.start(day.tomorrow().ok()?))
}

fn after_hours(length: Micros, since: Micros, pauses: &[Pause]) -> Option<Micros> {
    let (mut at, mut left) = (since, length);
    for pause in pauses {
        let ran = pause.from.max(at) - at;
        if ran >= left {
            break;
        }
        left -= ran;
        at = pause.to?.max(pause.from).max(at);
    }
    Some(at + left)
}

/// The nth day after that of the beginning which counts and on which the clock did not stand still, not even for a moment.
fn nth(
    n: i32,
    calendar: &Calendar,
    since: Micros,
    pauses: &[Pause],
    counts: impl Fn(Date) -> bool,
) -> Option<Date> {
    let mut day = calendar.day(since);
    let mut left = n;
    while left > 0 {
        day = day.tomorrow().ok()?;
        let (from, to) = (calendar.start(day), calendar.start(day.tomorrow().ok()?));
        let still = |p: &&Pause| p.from < to && p.to.is_none_or(|end| end > from && end > p.from);
        match pauses.iter().find(still) {
            Some(pause) if pause.to.is_none() => return None,
            Some(_) => {}
            None => left -= i32::from(counts(day)),
        }
    }
    Some(day)
}
