//! Dates of birth, as exact as people know them.

use std::fmt;

/// When somebody was born. Years are of the Gregorian calendar; months and days count from 1. `Debug` does
/// not show it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Birth {
    /// Year, month and day.
    Exact(i32, u8, u8),
    /// Year and month.
    Month(i32, u8),
    /// The year only.
    Year(i32),
    /// An age, told or guessed, and the year when it was.
    Age {
        /// Completed years.
        years: u16,
        /// The year when she was that old.
        at_year: i32,
    },
    /// Nothing is known.
    #[default]
    Unknown,
}

/// How two dates of birth go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// The same day.
    Same,
    /// They can be of one person; the nearer they are known, the more it says (0 to 2).
    Compatible(u8),
    /// Nothing can be said.
    Open,
    /// They are hardly of one person.
    Differs,
}

impl Birth {
    /// Compares two dates. Slips are expected: day and month swapped, one part wrong, an age off by two.
    pub(crate) fn agreement(self, other: Self) -> Agreement {
        use Agreement::{Compatible, Differs, Open, Same};
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Open,
            (Self::Exact(..), Self::Exact(..)) if self == other => Same,
            (Self::Exact(y, m, d), Self::Exact(year, month, day)) => {
                let slips = u8::from(y != year) + u8::from(m != month) + u8::from(d != day);
                let swapped = y == year && m == day && d == month;
                match slips {
                    _ if swapped => Compatible(2),
                    1 if y.abs_diff(year) <= 10 => Compatible(1),
                    2 if y.abs_diff(year) <= 1 => Open,
                    _ => Differs,
                }
            }
            (Self::Exact(y, m, _) | Self::Month(y, m), Self::Month(year, month))
            | (Self::Month(y, m), Self::Exact(year, month, _)) => match y.abs_diff(year) {
                0 if m == month => Compatible(2),
                0 | 1 => Open,
                _ => Differs,
            },
            _ => self.by_year(other),
        }
    }

    /// Compares the spans of years, wider when an age was told.
    fn by_year(self, other: Self) -> Agreement {
        let ((a, b), (c, d)) = (self.years(), other.years());
        let told = matches!(self, Self::Age { .. }) || matches!(other, Self::Age { .. });
        let gap = if a > d { a.abs_diff(d) } else { c.saturating_sub(b).max(0).unsigned_abs() };
        match (gap, told) {
            (0, false) => Agreement::Compatible(1),
            (0, true) => Agreement::Compatible(0),
            (1, _) | (2, true) => Agreement::Open,
            _ => Agreement::Differs,
        }
    }

    /// The first and last year in which she can have been born. Not for [`Birth::Unknown`], which is any.
    pub(crate) fn years(self) -> (i32, i32) {
        match self {
            Self::Exact(year, ..) | Self::Month(year, _) | Self::Year(year) => (year, year),
            Self::Age { years, at_year } => {
                let latest = at_year.saturating_sub(i32::from(years));
                (latest.saturating_sub(1), latest)
            }
            Self::Unknown => (i32::MIN, i32::MAX),
        }
    }
}

impl fmt::Debug for Birth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Exact(..) => "Exact(..)",
            Self::Month(..) => "Month(..)",
            Self::Year(_) => "Year(..)",
            Self::Age { .. } => "Age(..)",
            Self::Unknown => "Unknown",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Agreement::{Compatible, Differs, Open, Same};
    use super::Birth::{Age, Exact, Month, Unknown, Year};

    #[test]
    fn dates_as_people_tell_them() {
        let age = |years| Age { years, at_year: 2026 };
        for (one, other, expected) in [
            (Exact(2010, 3, 7), Exact(2010, 3, 7), Same),
            (Exact(2010, 3, 7), Exact(2010, 7, 3), Compatible(2)),
            (Exact(2010, 3, 7), Exact(2011, 3, 7), Compatible(1)),
            (Exact(2010, 3, 7), Exact(2010, 9, 1), Open),
            (Exact(2010, 3, 7), Exact(2013, 9, 1), Differs),
            (Exact(2010, 3, 7), Month(2010, 3), Compatible(2)),
            (Month(2010, 4), Month(2010, 3), Open),
            (Exact(2010, 3, 7), Year(2010), Compatible(1)),
            (Exact(2010, 3, 7), Year(2013), Differs),
            (age(16), Year(2009), Compatible(0)),
            (age(16), Exact(2012, 1, 1), Open),
            (age(16), age(30), Differs),
            (Unknown, Year(2010), Open),
            (Age { years: u16::MAX, at_year: i32::MIN }, Year(i32::MAX), Differs),
        ] {
            assert_eq!(one.agreement(other), expected, "{one:?} {other:?}");
            assert_eq!(other.agreement(one), expected, "the other way round");
        }
    }
}
