//! When somebody was born, from a date as far as it is known or from an age.

/// What a date of birth was made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Nothing is known.
    #[default]
    Unknown = 0,
    /// An age at a day.
    Age,
    /// A year, or the first of January, by which a year is written down.
    Year,
    /// Year and month.
    Month,
    /// A day.
    Day,
}

/// A date of birth. Months count from 1, zero when unknown. Of an age they are those of the last day on which she may
/// have been born.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Born {
    pub(crate) year: i16,
    pub(crate) month: u8,
    pub(crate) day: u8,
    pub(crate) kind: Kind,
}

/// Days in a year of our calendar of months of 31 days, which is exact enough for differences in years.
pub(crate) const YEAR: i32 = 372;
/// The year before the first that is kept, and how many are.
const BEFORE: i32 = 1699;
const YEARS: i32 = 511;

impl Born {
    /// The days of our calendar between which it was; nought when unknown.
    pub(crate) fn span(&self) -> (i32, i32) {
        let (year, month) = (i32::from(self.year), self.month);
        let day = number(year, month, self.day);
        match self.kind {
            Kind::Unknown => (0, 0),
            Kind::Age => (day - YEAR + 1, day),
            Kind::Year => (year * YEAR, year * YEAR + YEAR - 1),
            Kind::Month => (number(year, month, 1), number(year, month, 31)),
            Kind::Day => (day, day),
        }
    }

    /// As the low 21 bits of a number, nought when unknown: nine of the year, four of the month, five of the day, three of
    /// the kind.
    pub(crate) fn packed(&self) -> u32 {
        if self.kind == Kind::Unknown {
            return 0;
        }
        let year = (i32::from(self.year) - BEFORE).clamp(1, YEARS) as u32;
        year << 12 | u32::from(self.month) << 8 | u32::from(self.day) << 3 | self.kind as u32
    }

    /// What [`packed`](Self::packed) has made a number.
    pub(crate) const fn unpacked(packed: u32) -> Self {
        let kind = match packed & 7 {
            1 => Kind::Age,
            2 => Kind::Year,
            3 => Kind::Month,
            4 => Kind::Day,
            _ => return Self { year: 0, month: 0, day: 0, kind: Kind::Unknown },
        };
        let year = (packed >> 12 & 511) as i16 + BEFORE as i16;
        Self { year, month: (packed >> 8 & 15) as u8, day: (packed >> 3 & 31) as u8, kind }
    }

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
        let (month, day) = if kind == Kind::Year { (0, 0) } else { (month, day) };
        Some(Self { year: i16::try_from(year).ok()?, month, day, kind })
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
        let (year, day) = (last.div_euclid(YEAR), last.rem_euclid(YEAR));
        let year =
            i16::try_from(year).ok().filter(|year| (1..=YEARS).contains(&(i32::from(*year) - BEFORE)))?;
        Some(Self { year, month: (day / 31 + 1) as u8, day: (day % 31 + 1) as u8, kind: Kind::Age })
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
        assert!(aged.span().0 < Born::read("2010-12-01", "", "").span().0, "she may have turned 15 in 2025");
        assert_eq!(aged.span().1, super::number(2011, 7, 1));
        assert_eq!(Born::read("", "15", ""), Born::default(), "an age without a day says nothing");
        assert_eq!(Born::read("", "300", "2026-01-01"), Born::default());
        assert_eq!(Born::read("", "15", "9999-01-01"), Born::default(), "a clock that runs wrong");
    }

    #[test]
    fn packed_births_are_the_same() {
        for (date, age) in
            [("", ""), ("1850", ""), ("2150-12-31", ""), ("2010-03", ""), ("", "0"), ("", "120")]
        {
            let born = Born::read(date, age, "2026-12-31");
            assert_eq!(Born::unpacked(born.packed()), born, "{date} {age}");
            assert!(born.packed() < 1 << 21);
        }
    }
}
