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
    pub(super) fn region(&self) -> Outcome<Region> {
        let (from, to) = (days(&self.from)?, days(&self.to)?);
        let site = self.site.iter().map(|site| ("site".to_owned(), BTreeSet::from([site.clone()])));
        Ok(Region { days: (from, to + 1), filters: site.collect() })
    }

    /// The span of a region.
    pub(super) fn of(region: &Region) -> Outcome<Self> {
        let site = region.filters.get("site").and_then(|sites| sites.first().cloned());
        Ok(Self { from: day_of(region.days.0)?, to: day_of(region.days.1 - 1)?, site })
    }

    /// Whether it begins and ends with a month.
    pub(super) fn is_whole_months(&self) -> bool {
        let day = |text: &str| text.parse::<Date>().ok();
        day(&self.from).is_some_and(|d| d.day() == 1) && day(&self.to).is_some_and(|d| d == d.last_of_month())
    }
}

/// Whether the days of a span are over, so that what it counts changes by late entries only.
#[must_use]
pub fn is_over(p: &Programme, span: &Span) -> bool {
    span.to < p.day(p.store.clock.now())
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
