//! Rules of repetition: by days and by weeks, which is how courts and offices set a series. Others are refused, not guessed.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::read::Why;

/// A rule, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    weekly: bool,
    interval: i32,
    count: Option<usize>,
    /// `UNTIL` as it stands: a day, or an instant.
    pub(super) until: Option<String>,
    days: Vec<Weekday>,
    week_begins: Weekday,
}

fn weekday(text: &str) -> Option<Weekday> {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let all = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let days = [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday];
    all.iter().position(|d| *d == text).map(|n| days[n])
}

impl Rule {
    /// Reads the value of `RRULE`.
    pub(super) fn read(text: &str) -> Result<Self, Why> {
        let mut rule = Self {
            weekly: false,
            interval: 1,
            count: None,
            until: None,
            days: vec![],
            week_begins: Weekday::Monday,
        };
        let mut frequency = false;
        for part in text.split(';') {
            let (name, value) = part.split_once('=').ok_or(Why::Rule)?;
            match (name.to_ascii_uppercase().as_str(), value.to_ascii_uppercase().as_str()) {
                ("FREQ", "WEEKLY") => (rule.weekly, frequency) = (true, true),
                ("FREQ", "DAILY") => frequency = true,
                ("INTERVAL", n) => {
                    rule.interval = n.parse().ok().filter(|n| (1..=520).contains(n)).ok_or(Why::Rule)?;
                }
                ("COUNT", n) => rule.count = Some(n.parse().ok().filter(|n| *n > 0).ok_or(Why::Rule)?),
                ("UNTIL", until) => rule.until = Some(until.to_owned()),
                ("BYDAY", days) => {
                    rule.days = days.split(',').map(weekday).collect::<Option<_>>().ok_or(Why::Rule)?;
                }
                ("WKST", day) => rule.week_begins = weekday(day).ok_or(Why::Rule)?,
                _ => return Err(Why::Rule),
            }
        }
        if !frequency || (rule.count.is_some() && rule.until.is_some()) {
            return Err(Why::Rule);
        }
        if rule.count.is_none() && rule.until.is_none() {
            return Err(Why::Endless);
        }
        Ok(rule)
    }

    /// The days of the series from its first one on, which always counts. `goes_on` says whether a day is not after the end; no
    /// more than `most` come.
    pub(super) fn days(&self, first: Date, goes_on: impl Fn(Date) -> bool, most: usize) -> Vec<Date> {
        let wanted = |day: Date| {
            day == first
                || self.days.contains(&day.weekday())
                || self.days.is_empty() && (!self.weekly || day.weekday() == first.weekday())
        };
        let most = self.count.unwrap_or(most).min(most);
        let since = i32::from(self.week_begins.until(first.weekday()));
        let week = first.checked_sub(since.days()).unwrap_or(first);
        let mut found = Vec::new();
        let mut day = first;
        while found.len() < most && goes_on(day) {
            let apart = day.since(week).map_or(0, |s| s.get_days());
            let turn = if self.weekly { apart / 7 } else { day.since(first).map_or(0, |s| s.get_days()) };
            if turn % self.interval == 0 && wanted(day) {
                found.push(day);
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        found
    }
}
