//! Days and hours at which somebody may be reached, as the clock on her wall says them.

use ceiba_store::Micros;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// Minutes of a day.
pub const DAY_MINUTES: u16 = 24 * 60;

/// A span of hours on some days of the week. One that ends before it begins goes on after midnight and belongs to the day
/// on which it began; one that ends when it begins is the whole day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// Monday first.
    pub days: [bool; 7],
    /// First minute of the day, below [`DAY_MINUTES`].
    pub from: u16,
    /// The minute at which it is over, below [`DAY_MINUTES`].
    pub to: u16,
    /// The last day on which it holds.
    pub until: Option<Date>,
}

impl Hours {
    /// Whether an instant falls into it.
    #[must_use]
    pub fn hold(&self, at: Micros, zone: &TimeZone) -> bool {
        let local = local(at, zone);
        let (today, minute) = (local.date(), minute(local.time()));
        if self.until.is_some_and(|last| today > last) {
            return false;
        }
        let begun_today = self.on(today)
            && match self.from.cmp(&self.to) {
                std::cmp::Ordering::Less => (self.from..self.to).contains(&minute),
                std::cmp::Ordering::Equal => true,
                std::cmp::Ordering::Greater => minute >= self.from,
            };
        let since_yesterday =
            self.from > self.to && minute < self.to && today.yesterday().is_ok_and(|y| self.on(y));
        begun_today || since_yesterday
    }

    /// The first instant from this one on that falls into it: this one, or the next beginning. None when no more comes.
    #[must_use]
    pub fn next(&self, at: Micros, zone: &TimeZone) -> Option<Micros> {
        if self.hold(at, zone) {
            return Some(at);
        }
        let mut day = local(at, zone).date();
        // Every day of the week once, and this one again: a span that is over comes back in seven days.
        for _ in 0..8 {
            let begins = self.on(day).then(|| self.start(day, zone)).flatten();
            if let Some(begins) = begins.filter(|b| *b > at && self.hold(*b, zone)) {
                return Some(begins);
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// Whether any day is left.
    #[must_use]
    pub fn over(&self, at: Micros, zone: &TimeZone) -> bool {
        self.next(at, zone).is_none()
    }

    fn on(&self, day: Date) -> bool {
        usize::try_from(day.weekday().to_monday_zero_offset()).is_ok_and(|n| self.days[n])
    }

    fn start(&self, day: Date, zone: &TimeZone) -> Option<Micros> {
        // The whole day begins with it, whichever hour names it.
        let minute = if self.from == self.to { 0 } else { self.from };
        let part = |n: u16| i8::try_from(n).ok();
        let time = Time::new(part(minute / 60)?, part(minute % 60)?, 0, 0).ok()?;
        Some(day.to_datetime(time).to_zoned_datetime(zone.clone()).ok()?.timestamp().as_microsecond())
    }
}

fn local(at: Micros, zone: &TimeZone) -> jiff::ZonedDateTime {
    Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned_datetime(zone.clone())
}

fn minute(time: Time) -> u16 {
    u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).unwrap_or(0)
}

/// An hour as people type it, `14:30`, `14.30` or `14h30`, as a minute of the day.
#[must_use]
pub fn read(typed: &str) -> Option<u16> {
    let (hour, rest) = typed.trim().split_once([':', '.', 'h'])?;
    let part = |s: &str| s.trim().parse::<u16>().ok();
    let (hour, minutes) = (part(hour)?, part(rest)?);
    (hour < 24 && minutes < 60).then_some(hour * 60 + minutes)
}

/// A minute of the day, as `14:30`.
#[must_use]
pub fn written(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
