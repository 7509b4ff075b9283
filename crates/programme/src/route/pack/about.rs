//! A calendar as a page shows it.

use jiff::civil::Date;

use super::row::Status;

/// When a calendar does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Free<'a> {
    /// On a day, `MM-DD` or `YYYY-MM-DD`.
    On(&'a str),
    /// So many days from Easter Sunday.
    Easter(i32),
    /// From one day to another, both included.
    Between(&'a str, &'a str),
}

/// A calendar on a page: its names, the days off by name, and who signed it.
pub struct About<'a> {
    /// Its code.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Holidays and recesses by name.
    pub free: Vec<&'a str>,
    /// The same with their days.
    pub dated: Vec<(Free<'a>, &'a str)>,
    /// Days of every week that do not count, as the pack calls them.
    pub weekend: &'a [String],
    /// At which hour its day begins.
    pub opens: i8,
    /// What it rests on.
    pub rests_on: Status,
    /// Who signed it and when.
    pub signed: Option<(&'a str, Date)>,
}
