//! When somebody was born, from a date as far as it is known or from an age.

/// What a date of birth was made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Nothing is known.
    #[default]
    Unknown,
    /// An age at a day.
    Age,
    /// A year, or the first of January, by which a year is written down.
    Year,
    /// Year and month.
    Month,
    /// A day.
    Day,
}

/// A date of birth. Months count from 1, zero when unknown; `first` and `last` bound it in days of a calendar
/// of 372 days a year, which is exact enough for differences in years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Born {
    pub(crate) first: i32,
    pub(crate) last: i32,
    pub(crate) year: i16,
    pub(crate) month: u8,
    pub(crate) day: u8,
    pub(crate) kind: Kind,
}

/// Days in a year of our calendar of months of 31 days.
pub(crate) const YEAR: i32 = 372;

impl Born {
    /// Reads a date and, when there is none, an age at the day of `recorded`.
    pub(crate) fn read(date: &str, age: &str, recorded: &str) -> Self {
        Self::date(date).or_else(|| Self::age(age, recorded)).unwrap_or_default()
    }

    /// From parts, of which month and day may be 0. `None` for what is no date.
    pub(crate) fn parts(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1850..=2150).contains(&year) {
            return None;
        }
        let (month, day) = if (1..=12).contains(&month) { (month, day) } else { (0, 0) };
        let day = if (1..=31).contains(&day) { day } else { 0 };
        let kind = match (month, day) {
            (0, _) | (1, 1) => Kind::Year,
            (_, 0) => Kind::Month,
            _ => Kind::Day,
        };
        let start = year * YEAR;
        let (first, last) = match kind {
            Kind::Day => (number(year, month, day), number(year, month, day)),
            Kind::Month => (number(year, month, 1), number(year, month, 31)),
            _ => (start, start + YEAR - 1),
        };
        let (month, day) = if kind == Kind::Year { (0, 0) } else { (month, day) };
        Some(Self { first, last, year: i16::try_from(year).ok()?, month, day, kind })
    }

    fn date(text: &str) -> Option<Self> {
        let (year, month, day) = split(text)?;
        Self::parts(year, month, day)
    }

    fn age(age: &str, recorded: &str) -> Option<Self> {
        let years: i32 = age.trim().parse().ok().filter(|years| (0..=120).contains(years))?;
        let (year, month, day) = split(recorded)?;
        Self::aged(years, number(year, month.clamp(1, 12), day.clamp(1, 31)))
    }

    /// Of somebody who was so many completed years old at a day of our calendar.
    pub(crate) fn aged(years: i32, at: i32) -> Option<Self> {
        let last = at - years * YEAR;
        let (first, year) = (last - YEAR + 1, last / YEAR);
        Some(Self { first, last, year: i16::try_from(year).ok()?, kind: Kind::Age, ..Self::default() })
    }
}

/// The day of our calendar.
pub(crate) fn number(year: i32, month: u8, day: u8) -> i32 {
    year * YEAR + (i32::from(month) - 1) * 31 + i32::from(day) - 1
}

/// Year, month and day; what is not there is 0.
fn split(text: &str) -> Option<(i32, u8, u8)> {
    let text = text.trim();
    let part = |from: usize, to: usize| text.get(from..to).and_then(|p| p.parse::<u8>().ok());
    let year = text.get(..4)?.parse().ok()?;
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some((year, part(4, 6)?, part(6, 8)?));
    }
    Some((year, part(5, 7).unwrap_or(0), part(8, 10).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::{Born, Kind};

    #[test]
    fn dates_are_read_as_far_as_they_go() {
        let read = |date| Born::read(date, "", "");
        assert_eq!((read("2010-03-07").kind, read("2010-03-07").day), (Kind::Day, 7));
        assert_eq!(read("20100307"), read("2010-03-07"));
        assert_eq!(read("2010-01-01").kind, Kind::Year, "a year, written as a day");
        assert_eq!(read("2010-13-01").kind, Kind::Year);
        assert_eq!(read("2010-03").kind, Kind::Month);
        for nothing in ["", "x", "12", "ñandú", "9999-01-01", "0000", "-100-01-01"] {
            assert_eq!(read(nothing), Born::default(), "{nothing}");
        }
        let aged = Born::read("", "15", "2026-07-01T10:00:00Z");
        assert_eq!((aged.kind, aged.year), (Kind::Age, 2011));
        assert!(aged.first < Born::read("2010-12-01", "", "").first, "she may have turned 15 in 2025");
        assert_eq!(Born::read("", "15", ""), Born::default(), "an age without a day says nothing");
        assert_eq!(Born::read("", "300", "2026-01-01"), Born::default());
    }
}
