//! Days, ages and parts of dates, as people know them: exact, about, unknown, refused.

use ceiba_store::{HOUR, Micros};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::{Problems, Programme};

/// The civil day of an instant in a zone. An instant no calendar holds becomes the first day of 1970.
#[must_use]
pub fn day(at: Micros, zone: &TimeZone) -> Date {
    Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned_datetime(zone.clone()).date()
}

/// A civil day that has come; a problem beside the field else.
pub(crate) fn past(
    p: &Programme,
    now: Micros,
    (text, field): (&str, &'static str),
    problems: &mut Problems,
) -> Option<Date> {
    let parsed = text.parse::<Date>();
    problems.when(parsed.is_err(), field, "problem-date-impossible");
    let ahead = parsed.as_ref().is_ok_and(|d| *d > day(now, &p.pack.zone));
    problems.when(ahead, field, "problem-date-future");
    parsed.ok()
}

/// The local time of an instant in a zone.
#[must_use]
pub fn local(at: Micros, zone: &TimeZone) -> jiff::civil::DateTime {
    let instant = Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    instant.to_zoned_datetime(zone.clone()).datetime()
}

/// The first instant of a civil day in a zone.
#[must_use]
pub fn start(day: Date, zone: &TimeZone) -> Micros {
    day.to_zoned_datetime(zone.clone()).map_or(0, |z| z.timestamp().as_microsecond())
}

/// An instant that people are awake for: what falls between five in the afternoon and seven moves to the next noon.
#[must_use]
pub fn daylight(at: Micros, zone: &TimeZone) -> Micros {
    let stamp = Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    let local = stamp.to_zoned_datetime(zone.clone());
    match local.hour() {
        7..17 => at,
        0..7 => start(local.date(), zone) + 12 * HOUR,
        _ => start(local.date().tomorrow().unwrap_or(local.date()), zone) + 12 * HOUR,
    }
}

/// Reads a day from the three fields of a form. `Ok(None)` when all are empty.
///
/// # Errors
/// The key of the sentence that says what to do.
pub fn read(day: &str, month: &str, year: &str) -> Result<Option<Date>, &'static str> {
    let part = |s: &str| s.trim().parse::<i16>().ok();
    if [day, month, year].iter().all(|s| s.trim().is_empty()) {
        return Ok(None);
    }
    let (Some(d), Some(m), Some(y)) = (part(day), part(month), part(year)) else {
        return Err("problem-date-numbers");
    };
    if !(1900..=2100).contains(&y) {
        return Err("problem-date-year");
    }
    let narrow = |n: i16| i8::try_from(n).unwrap_or(0);
    Date::new(y, narrow(m), narrow(d)).map(Some).map_err(|_| "problem-date-impossible")
}

/// When she was born, as far as it is known. A date of birth is a fact; an age is true on a day only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "known")]
pub enum Birth {
    /// The day is known.
    Day {
        /// The day.
        day: Date,
    },
    /// Only the month is known.
    Month {
        /// The year.
        year: i16,
        /// The month, from 1.
        month: i8,
    },
    /// Only the year is known.
    Year {
        /// The year.
        year: i16,
    },
    /// She looked or said about this age on a day.
    About {
        /// Years.
        years: u8,
        /// On which day that was so.
        on: Date,
    },
    /// A date and an age that do not agree. Both are kept until somebody finds out; meanwhile the stricter rules hold.
    Disputed {
        /// What the date says.
        date: Box<Self>,
        /// What was said or seen.
        age: Box<Self>,
    },
    /// She prefers not to say.
    Refused,
    /// Nobody knows.
    #[default]
    Unknown,
}

impl Birth {
    /// Reads a birth from the three fields of a form: a day, only a month with its year, or only a year.
    /// `Ok(None)` when all are empty.
    ///
    /// # Errors
    /// The key of the sentence that says what to do.
    pub fn read(day: &str, month: &str, year: &str, today: Date) -> Result<Option<Self>, &'static str> {
        let (no_day, no_month) = (day.trim().is_empty(), month.trim().is_empty());
        let first = |text: &'_ str, empty: bool| if empty { "1".to_owned() } else { text.to_owned() };
        if year.trim().is_empty() && no_day && no_month {
            return Ok(None);
        }
        if no_month && !no_day {
            return Err("problem-date-numbers");
        }
        let Some(born) = read(&first(day, no_day), &first(month, no_month), year)? else { return Ok(None) };
        if born > today {
            return Err("problem-date-future");
        }
        Ok(Some(match (no_month, no_day) {
            (true, _) => Self::Year { year: born.year() },
            (_, true) => Self::Month { year: born.year(), month: born.month() },
            _ => Self::Day { day: born },
        }))
    }

    /// A date and an age in full years together: disputed when they do not agree on a day.
    #[must_use]
    pub fn with_age(self, years: u8, on: Date) -> Self {
        match self.age_on(on) {
            Some((least, most)) if !(least..=most).contains(&i16::from(years)) => {
                Self::Disputed { date: Box::new(self), age: Box::new(Self::About { years, on }) }
            }
            _ => self,
        }
    }

    /// The code of how it is known: `day`, `month`, `year`, `about`, `disputed`, `refused`, `unknown`.
    #[must_use]
    pub const fn known(&self) -> &'static str {
        match self {
            Self::Day { .. } => "day",
            Self::Month { .. } => "month",
            Self::Year { .. } => "year",
            Self::About { .. } => "about",
            Self::Disputed { .. } => "disputed",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }

    /// Her age in full years on a day: at least and at most. An estimate is two years wide on either side.
    #[must_use]
    pub fn age_on(&self, day: Date) -> Option<(i16, i16)> {
        match self {
            Self::Day { day: born } => {
                let years = day.year() - born.year();
                let before = (day.month(), day.day()) < (born.month(), born.day());
                let years = (years - i16::from(before)).max(0);
                Some((years, years))
            }
            Self::Month { year, month } => {
                let years = day.year() - year;
                let most = years - i16::from(day.month() < *month);
                let least = years - i16::from(day.month() <= *month);
                Some((least.max(0), most.max(0)))
            }
            Self::Year { year } => Some(((day.year() - year - 1).max(0), (day.year() - year).max(0))),
            Self::About { years, on } => {
                let now = i16::from(*years) + (day.year() - on.year());
                Some(((now - 2).max(0), now + 2))
            }
            Self::Disputed { date, age } => match (date.age_on(day), age.age_on(day)) {
                (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
                (one, other) => one.or(other),
            },
            Self::Refused | Self::Unknown => None,
        }
    }

    /// Whether she is to be treated as a minor: when in doubt, yes (presumption of minority).
    #[must_use]
    pub fn presumed_minor(&self, day: Date) -> bool {
        self.age_on(day).is_none_or(|(least, _)| least < 18)
    }

    /// The age band of facts and lists: `0-11`, `12-14`, `15-17`, `18-24`, `25+` or `unknown`.
    #[must_use]
    pub fn band(&self, day: Date) -> &'static str {
        let age = match self {
            // What the date says: the age may have been a guess.
            Self::Disputed { date, .. } => date.age_on(day),
            _ => self.age_on(day),
        };
        match age.map(|(least, most)| i16::midpoint(least, most)) {
            None => "unknown",
            Some(..12) => "0-11",
            Some(12..15) => "12-14",
            Some(15..18) => "15-17",
            Some(18..25) => "18-24",
            Some(_) => "25+",
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn impossible_and_half_typed_dates_say_what_to_do() {
        assert_eq!(read("31", "2", "2024"), Err("problem-date-impossible"));
        assert_eq!(read("0", "0", "0"), Err("problem-date-year"));
        assert_eq!(read("1", "", "2024"), Err("problem-date-numbers"));
        assert_eq!(read("1", "1", "5784"), Err("problem-date-year"));
        assert_eq!(read(" ", "", ""), Ok(None));
        assert_eq!(read("29", "2", "2024"), Ok(Some(date(2024, 2, 29))));
    }

    #[test]
    fn an_age_turns_on_the_birthday() {
        let born = Birth::Day { day: date(2009, 5, 12) };
        assert_eq!(born.age_on(date(2026, 5, 11)), Some((16, 16)));
        assert_eq!(born.age_on(date(2027, 5, 12)), Some((18, 18)));
        assert!(born.presumed_minor(date(2027, 5, 11)) && !born.presumed_minor(date(2027, 5, 12)));
    }

    #[test]
    fn a_month_or_a_year_is_read_as_no_more_than_it_is() {
        let today = date(2026, 5, 11);
        let read = |d, m, y| Birth::read(d, m, y, today);
        assert_eq!(read("", "", "2010"), Ok(Some(Birth::Year { year: 2010 })));
        assert_eq!(read("", "5", "2010"), Ok(Some(Birth::Month { year: 2010, month: 5 })));
        assert_eq!(read("3", "", "2010"), Err("problem-date-numbers"));
        assert_eq!(read("31", "2", "2010"), Err("problem-date-impossible"));
        assert_eq!(read("", "6", "2026"), Err("problem-date-future"));
        assert_eq!(read("", "", ""), Ok(None));
        assert_eq!(Birth::Year { year: 2008 }.age_on(today), Some((17, 18)));
        assert!(Birth::Year { year: 2008 }.presumed_minor(today), "in doubt a minor");
        assert_eq!(Birth::Month { year: 2008, month: 5 }.age_on(today), Some((17, 18)));
        assert_eq!(Birth::Month { year: 2008, month: 4 }.age_on(today), Some((18, 18)));
        assert_eq!(Birth::Month { year: 2008, month: 6 }.age_on(today), Some((17, 17)));
    }

    #[test]
    fn doubt_is_minority() {
        let about = Birth::About { years: 19, on: date(2026, 1, 1) };
        assert!(about.presumed_minor(date(2026, 1, 1)));
        assert!(Birth::Unknown.presumed_minor(date(2026, 1, 1)));
        assert!(!Birth::About { years: 21, on: date(2026, 1, 1) }.presumed_minor(date(2026, 1, 1)));
    }

    #[test]
    fn a_date_and_an_age_that_do_not_agree_are_both_kept_and_the_stricter_rules_hold() {
        let today = date(2026, 5, 11);
        let seventeen = Birth::Day { day: date(2009, 5, 11) };
        let eighteen = Birth::Day { day: date(2008, 5, 11) };
        assert_eq!(seventeen.clone().with_age(17, today), seventeen);
        for (date, said) in [(seventeen, 18), (eighteen, 17)] {
            let both = date.clone().with_age(said, today);
            assert_eq!(both.known(), "disputed");
            assert!(both.presumed_minor(today), "{date:?} and {said}");
        }
        // Of a year alone the age is one of two.
        assert_eq!(Birth::Year { year: 2009 }.with_age(16, today).known(), "year");
    }

    #[test]
    fn bands_have_no_gap() {
        for years in 0..=110 {
            let band = Birth::About { years, on: date(2026, 1, 1) }.band(date(2026, 1, 1));
            assert!(["0-11", "12-14", "15-17", "18-24", "25+"].contains(&band));
        }
        assert_eq!(Birth::Refused.band(date(2026, 1, 1)), "unknown");
    }
}
