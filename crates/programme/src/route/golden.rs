//! Golden cases: a few days and what must follow, checked on paper by a lawyer and run by the program at every start, when a version
//! is signed and when it is put in force.

use ceiba_store::Micros;
use jiff::civil::DateTime;
use serde::Deserialize;

use super::clock::{self, Event, Move};
use super::pack::{Route, Sheet};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
    #[serde(rename = "move")]
    what: Move,
    at: DateTime,
    day: Option<DateTime>,
}

/// A few days a lawyer checked on paper, and what must follow.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Golden {
    pub(super) row: String,
    say: String,
    steps: Vec<Moved>,
    due: Vec<DateTime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GoldenFile {
    pub(super) golden: Vec<Golden>,
}

/// A golden case and what came of it.
#[derive(Clone, Debug)]
pub struct Examined<'a> {
    /// The row's code.
    pub row: &'a str,
    /// What it shows, in a sentence.
    pub say: &'a str,
    /// What happens, when, and for what day that is set.
    pub steps: Vec<(Move, DateTime, Option<DateTime>)>,
    /// Until when each term must run.
    pub due: &'a [DateTime],
    /// What came instead; none: it comes out.
    pub wrong: Option<String>,
}

impl Route {
    /// Runs a golden case.
    pub(super) fn comes_out(&self, g: &Golden) -> Result<(), String> {
        let row =
            self.row(&g.row).ok_or_else(|| format!("a golden case names {}, which there is not", g.row))?;
        let calendar = self.calendar_of(row).ok_or("a row without a calendar")?;
        let instant = |at: DateTime| {
            at.to_zoned_datetime(calendar.zone().clone())
                .map(|z| z.timestamp().as_microsecond())
                .map_err(|e| e.to_string())
        };
        let mut events = Vec::new();
        for step in &g.steps {
            let set = step.day.map(instant).transpose()?;
            events.push(Event { at: instant(step.at)?, what: step.what, set });
        }
        let runs = clock::runs(&events, row.repeats());
        let run = runs.last().ok_or_else(|| format!("«{}» of {} starts nothing", g.say, g.row))?;
        let found = self.dues(row, run);
        let expected = g.due.iter().map(|at| instant(*at).map(Some)).collect::<Result<Vec<_>, _>>()?;
        if found == expected {
            return Ok(());
        }
        let show = |at: &Option<Micros>| {
            at.and_then(|at| jiff::Timestamp::from_microsecond(at).ok())
                .map_or_else(|| "-".to_owned(), |t| calendar.zone().to_datetime(t).to_string())
        };
        let list = |all: &[Option<Micros>]| all.iter().map(show).collect::<Vec<_>>().join(", ");
        Err(format!("«{}» of {} gives {}, not {}", g.say, g.row, list(&found), list(&expected)))
    }

    /// The golden cases of a sheet, run now.
    #[must_use]
    pub fn examined<'a>(&self, sheet: &'a Sheet) -> Vec<Examined<'a>> {
        sheet
            .golden
            .iter()
            .map(|g| Examined {
                row: &g.row,
                say: &g.say,
                steps: g.steps.iter().map(|s| (s.what, s.at, s.day)).collect(),
                due: &g.due,
                wrong: self.comes_out(g).err(),
            })
            .collect()
    }

    /// Moves what a golden case of a row expects, as a mistake in a pack would: for tests that it is noticed.
    #[cfg(feature = "testkit")]
    pub fn spoil(&mut self, row: &str) {
        let all = self.sheets.iter_mut().flat_map(|s| &mut s.golden).filter(|g| g.row == row);
        for due in all.flat_map(|g| &mut g.due) {
            *due = due.tomorrow().unwrap_or(*due);
        }
    }
}
