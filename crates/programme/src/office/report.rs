//! A month of an office on one page, without anybody. What it did in public stands as it was; what is about people who came passes
//! the disclosure gate like every other number.

use ceiba_access::{Act, Caller};
use ceiba_disclosure::SafeTable;
use ceiba_store::Tx;
use jiff::civil::Date;

use super::activities::{self, Activity};
use super::meetings::{self, Agreement, Meeting};
use super::of;
use crate::entries::Entry;
use crate::results::{self, Measure, Span};
use crate::{Outcome, Programme};

/// A month.
pub struct Month {
    /// Its first and last day.
    pub days: (Date, Date),
    /// Who came, by what about.
    pub received: SafeTable,
    /// Calls, by whom and whether somebody answered.
    pub calls: SafeTable,
    /// Visits, by kind and result.
    pub visits: SafeTable,
    /// Agreements that were due in it, the first day first.
    pub agreements: Vec<Entry<Agreement>>,
    /// Activities, the first day first.
    pub activities: Vec<Entry<Activity>>,
    /// Meetings, the first day first.
    pub meetings: Vec<Entry<Meeting>>,
}

/// Reads a month of the caller's office.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn month(p: &Programme, tx: &mut Tx, caller: &Caller, first: Date) -> Outcome<Month> {
    let site = of(p, caller, Act::OFFICE_READ)?;
    let days = (first.first_of_month(), first.last_of_month());
    let span = Span { from: days.0.to_string(), to: days.1.to_string(), site: Some(site.code.clone()) };
    let within = |day: Option<&String>| {
        day.is_some_and(|d| (span.from.as_str()..=span.to.as_str()).contains(&d.as_str()))
    };
    let mut activities = activities::list(p, tx, caller).await?;
    activities.retain(|a| within(a.head.on_day.as_ref()));
    activities.sort_by(|a, b| a.head.on_day.cmp(&b.head.on_day));
    let mut meetings = meetings::list(p, tx, caller).await?;
    meetings.retain(|m| within(m.head.on_day.as_ref()));
    meetings.reverse();
    let mut agreements = meetings::agreed(p, tx, caller).await?;
    agreements.retain(|a| within(a.head.on_day.as_ref()));
    agreements.sort_by(|a, b| a.head.on_day.cmp(&b.head.on_day));
    Ok(Month {
        received: results::of_office(p, tx, caller, Measure::OfficeReceived, &span).await?,
        calls: results::of_office(p, tx, caller, Measure::OfficeCalls, &span).await?,
        visits: results::of_office(p, tx, caller, Measure::OfficeVisits, &span).await?,
        agreements,
        days,
        activities,
        meetings,
    })
}
