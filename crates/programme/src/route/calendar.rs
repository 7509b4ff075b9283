//! Days on which a term runs: weekends, holidays of a day or counted from Easter, a court's recess. No I/O.

use ceiba_store::{HOUR, Micros};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::pack::{Free, Status};
use crate::dates;

/// A day without work.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Holiday {
    /// `MM-DD` every year, or `YYYY-MM-DD` once.
    #[serde(default)]
    pub(super) on: String,
    /// Days from Easter Sunday.
    pub(super) easter: Option<i32>,
    pub(super) es: String,
    pub(super) en: String,
}

/// A span of days of every year without work, both included; it may pass the end of the year.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recess {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) es: String,
    pub(super) en: String,
}

/// How a calendar stands in a pack.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub(super) id: String,
    pub(super) es: String,
    pub(super) en: String,
    zone: String,
    weekend: Vec<String>,
    opens: i8,
    #[serde(default)]
    pub(super) holiday: Vec<Holiday>,
    #[serde(default)]
    pub(super) recess: Vec<Recess>,
    pub(super) status: Status,
    #[serde(default)]
    pub(super) verified_by: String,
    #[serde(default)]
    pub(super) verified_on: String,
}

impl Written {
    /// Days off with their names.
    pub(super) fn dated<'a>(&'a self, language: &str) -> Vec<(Free<'a>, &'a str)> {
        let said = |es: &'a str, en: &'a str| if language == "en" { en } else { es };
        let days = self
            .holiday
            .iter()
            .map(|h| (h.easter.map_or(Free::On(h.on.as_str()), Free::Easter), said(&h.es, &h.en)));
        days.chain(self.recess.iter().map(|r| (Free::Between(&r.from, &r.to), said(&r.es, &r.en)))).collect()
    }

    pub(super) fn weekend(&self) -> &[String] {
        &self.weekend
    }

    pub(super) const fn opens(&self) -> i8 {
        self.opens
    }
}

/// When a holiday is.
#[derive(Clone, Copy, Debug)]
enum On {
    Yearly(i8, i8),
    Easter(i32),
    Once(Date),
}

/// A calendar in which terms are counted.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
    weekend: Vec<Weekday>,
    holidays: Vec<On>,
    recess: Vec<((i8, i8), (i8, i8))>,
    opens: i8,
}

impl Calendar {
    /// Reads what a pack wrote.
    pub(super) fn read(w: &Written) -> Result<Self, String> {
        let zone = TimeZone::get(&w.zone).map_err(|e| e.to_string())?;
        let weekend = w.weekend.iter().map(|d| weekday(d)).collect::<Result<Vec<_>, _>>()?;
        let holidays = w.holiday.iter().map(holiday).collect::<Result<Vec<_>, _>>()?;
        let recess = w
            .recess
            .iter()
            .map(|r| Ok((month_day(&r.from)?, month_day(&r.to)?)))
            .collect::<Result<Vec<_>, String>>()?;
        if !(0..=22).contains(&w.opens) {
            return Err(format!("calendar {} opens at no hour of a day", w.id));
        }
        let calendar = Self { zone, weekend, holidays, recess, opens: w.opens };
        // Counting must come to an end: a calendar in which nobody ever works is a mistake.
        for year in 2025..2040 {
            let days = Date::new(year, 1, 1).map_err(|e| e.to_string())?.series(1.day()).take(365);
            if days.filter(|d| calendar.works(*d)).count() < 100 {
                return Err(format!("calendar {} has hardly a working day in {year}", w.id));
            }
        }
        Ok(calendar)
    }

    /// Its time zone.
    #[must_use]
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The civil day of an instant.
    #[must_use]
    pub fn day(&self, at: Micros) -> Date {
        dates::day(at, &self.zone)
    }

    /// The first instant of a day.
    #[must_use]
    pub fn start(&self, day: Date) -> Micros {
        dates::start(day, &self.zone)
    }

    /// The end of the first working hour of a day.
    #[must_use]
    pub(super) fn opening(&self, day: Date) -> Micros {
        let local = day.at(self.opens, 0, 0, 0).to_zoned_datetime(self.zone.clone());
        local.map_or_else(|_| self.start(day), |z| z.timestamp().as_microsecond()) + HOUR
    }

    /// Whether a day counts as a working day.
    #[must_use]
    pub fn works(&self, day: Date) -> bool {
        let key = (day.month(), day.day());
        let free = |on: &On| match *on {
            On::Yearly(month, of_month) => key == (month, of_month),
            On::Once(date) => date == day,
            On::Easter(days) => easter(day.year()).and_then(|e| e.checked_add(days.days()).ok()) == Some(day),
        };
        let recess = |&(from, to): &((i8, i8), (i8, i8))| {
            if from <= to { from <= key && key <= to } else { from <= key || key <= to }
        };
        !self.weekend.contains(&day.weekday())
            && !self.holidays.iter().any(free)
            && !self.recess.iter().any(recess)
    }
}

/// Easter Sunday of a year of the Gregorian calendar: the full moon of the church is found by the golden number, the
/// century's corrections and the weekday after it.
#[must_use]
pub fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (golden, century, of_century) = (y % 19, y / 100, y % 100);
    let moon = (19 * golden + century - century / 4 - (8 * century + 13) / 25 + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let days = moon + sunday - 7 * late + 114;
    Date::new(year, i8::try_from(days / 31).ok()?, i8::try_from(days % 31 + 1).ok()?).ok()
}

fn weekday(name: &str) -> Result<Weekday, String> {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let all = [
        ("monday", Monday),
        ("tuesday", Tuesday),
        ("wednesday", Wednesday),
        ("thursday", Thursday),
        ("friday", Friday),
        ("saturday", Saturday),
        ("sunday", Sunday),
    ];
    all.iter()
        .find(|(n, _)| *n == name)
        .map(|(_, d)| *d)
        .ok_or_else(|| format!("{name} is no day of the week"))
}

fn month_day(text: &str) -> Result<(i8, i8), String> {
    let wrong = || format!("{text} is no MM-DD");
    // 2024 has every day that a year may have.
    let day: Date = format!("2024-{text}").parse().map_err(|_| wrong())?;
    Ok((day.month(), day.day()))
}

fn holiday(h: &Holiday) -> Result<On, String> {
    match (h.easter, h.on.as_str()) {
        (Some(days), "") if (-100..=100).contains(&days) => Ok(On::Easter(days)),
        (None, on) if on.len() == 10 => on.parse().map(On::Once).map_err(|_| format!("{on} is no day")),
        (None, on) => month_day(on).map(|(month, day)| On::Yearly(month, day)),
        _ => Err(format!("{} is on a day and counted from Easter", h.en)),
    }
}
