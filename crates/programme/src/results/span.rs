//! A span of days that a page asks for.

use std::collections::BTreeSet;

use ceiba_disclosure::Region;
use jiff::civil::Date;

use crate::{Outcome, Programme, ProgrammeError};

/// A span of civil days, both included, and perhaps one site.
#[derive(Clone, Debug)]
pub struct Span {
    /// First day, `2026-01-01`.
    pub from: String,
    /// Last day.
    pub to: String,
    /// A site's code; none for all.
    pub site: Option<String>,
}

impl Span {
    /// As days and filters.
    pub(crate) fn region(&self) -> Outcome<Region> {
        let (from, to) = (days(&self.from)?, days(&self.to)?);
        let site = self.site.iter().map(|site| ("site".to_owned(), BTreeSet::from([site.clone()])));
        Ok(Region { days: (from, to + 1), filters: site.collect() })
    }

    /// The last whole quarters of the year before the end of a month, so many of them: the same question for three months long.
    #[must_use]
    pub fn quarters(last: Date, many: i32, site: Option<String>) -> Self {
        let next = last.saturating_add(jiff::Span::new().days(1)).first_of_month();
        let end = next.saturating_sub(jiff::Span::new().months(i32::from((next.month() - 1) % 3)));
        let from = end.saturating_sub(jiff::Span::new().months(3 * many));
        Self { from: from.to_string(), to: end.yesterday().unwrap_or(end).to_string(), site }
    }

    /// The span of a region.
    pub(super) fn of(region: &Region) -> Outcome<Self> {
        let site = region.filters.get("site").and_then(|sites| sites.first().cloned());
        Ok(Self { from: day_of(region.days.0)?, to: day_of(region.days.1 - 1)?, site })
    }

    /// The months of a span of whole months.
    pub(super) fn months(&self) -> Vec<Self> {
        let days = self.from.parse::<Date>().ok().zip(self.to.parse::<Date>().ok());
        let Some((first, last)) = days.filter(|_| self.is_whole_months()) else { return Vec::new() };
        let month =
            |n: i32| first.checked_add(jiff::Span::new().months(n)).ok().filter(|month| *month <= last);
        let of = |month: Date| Self {
            from: month.to_string(),
            to: month.last_of_month().to_string(),
            site: self.site.clone(),
        };
        (0..).map_while(month).map(of).collect()
    }

    /// Whether it begins and ends with a month.
    pub(super) fn is_whole_months(&self) -> bool {
        let day = |text: &str| text.parse::<Date>().ok();
        day(&self.from).is_some_and(|d| d.day() == 1) && day(&self.to).is_some_and(|d| d == d.last_of_month())
    }
}

/// Days after the end of a month until it is counted: what is written down late is in by then.
const CLOSING: i64 = 5;

/// The last day of the last month that is counted. Whole months only: what changes from one day to the next would tell of whoever came
/// that day.
#[must_use]
pub fn last_day(p: &Programme) -> Date {
    let today = crate::dates::day(p.store.clock.now(), &p.pack.zone);
    let closed = today.saturating_sub(jiff::Span::new().days(CLOSING));
    closed.first_of_month().yesterday().unwrap_or(closed)
}

/// From when on the month in which a day lies is counted, when it is over.
pub(super) fn counted_from(p: &Programme, last: Date) -> ceiba_store::Micros {
    let closed = last.last_of_month().saturating_add(jiff::Span::new().days(CLOSING + 1));
    crate::dates::start(closed, &p.pack.zone)
}

/// Whether the days of a span are over, so that what it counts changes by late entries only.
#[must_use]
pub fn is_over(p: &Programme, span: &Span) -> bool {
    span.to < p.day(p.store.clock.now())
}

/// The first and last day of a quarter of the year, `2026-Q3`.
pub(super) fn quarter(code: &str) -> Option<(Date, Date)> {
    let (year, n) = code.split_once("-Q")?;
    let month = 3 * n.parse::<i8>().ok().filter(|n| (1..=4).contains(n))? - 2;
    let first = Date::new(year.parse().ok()?, month, 1).ok()?;
    Some((first, first.checked_add(jiff::Span::new().months(3)).ok()?.yesterday().ok()?))
}

/// Days since the first of 1970.
pub(super) fn days(day: &str) -> Outcome<i64> {
    let unreadable = ProgrammeError::Unreadable("a day");
    let (Ok(day), Ok(first)) = (day.parse::<Date>(), Date::new(1970, 1, 1)) else { return Err(unreadable) };
    day.since(first).map(|span| i64::from(span.get_days())).map_err(|_| unreadable)
}

/// From a first to a last day: the first, and the first after the last.
pub(crate) fn days_between(from: &str, to: &str) -> Outcome<(i64, i64)> {
    Ok((days(from)?, days(to)? + 1))
}

/// The day that is so many days after the first of 1970.
pub(super) fn day_of(days: i64) -> Outcome<String> {
    let first = Date::new(1970, 1, 1).ok();
    let span = jiff::Span::new().try_days(days).ok();
    let day = first.zip(span).and_then(|(first, span)| first.checked_add(span).ok());
    Ok(day.ok_or(ProgrammeError::Unreadable("a day"))?.to_string())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Span, quarter};

    #[test]
    fn only_whole_quarters_are_asked_for_and_the_same_for_three_months() {
        for (last, from, to) in [
            (date(2026, 9, 30), "2026-01-01", "2026-09-30"),
            (date(2026, 10, 31), "2026-01-01", "2026-09-30"),
            (date(2026, 11, 30), "2026-01-01", "2026-09-30"),
            (date(2026, 12, 31), "2026-04-01", "2026-12-31"),
            (date(2028, 2, 29), "2027-04-01", "2027-12-31"),
        ] {
            let span = Span::quarters(last, 3, None);
            assert_eq!((span.from.as_str(), span.to.as_str()), (from, to), "{last}");
            assert!(span.is_whole_months());
        }
    }

    #[test]
    fn a_quarter_has_its_first_and_last_day() {
        assert_eq!(quarter("2026-Q1"), Some((date(2026, 1, 1), date(2026, 3, 31))));
        assert_eq!(quarter("2026-Q4"), Some((date(2026, 10, 1), date(2026, 12, 31))));
        for wrong in ["", "2026", "2026-Q0", "2026-Q5", "2026-Q-127", "x-Q1", "2026-Q1x", "-Q1"] {
            assert_eq!(quarter(wrong), None, "{wrong}");
        }
    }
}
