//! The route as data: reading calendars, rows and who answers for them, and checking them against a few days that a lawyer can check.

use std::collections::BTreeMap;

use ceiba_store::Micros;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::calendar::{Calendar, Written};
use super::clock::{self, Run, Unit};
use super::golden::{Golden, GoldenFile};
use crate::packs::{PackError, text};

mod about;
mod row;
mod state;
pub use about::{About, Free};
use row::said;
pub use row::{Row, Status, Term, Timing};
pub use state::State;
use state::{Step, half_signed, reached, signature};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Holder {
    id: String,
    es: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    history: Vec<Step>,
    holder: Vec<Holder>,
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarFile {
    calendar: Vec<Written>,
}

/// One set of rows with its state: a country's, or the programme's own.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its file, by which it is known from one version to the next.
    pub id: String,
    /// How far it has come in the pack itself.
    pub state: State,
    /// Its rows.
    pub rows: Vec<Row>,
    /// SHA-256 of the whole of it: rows, golden cases and calendars.
    pub hash: [u8; 32],
    lines: Vec<(String, [u8; 32])>,
    pub(super) golden: Vec<Golden>,
}

impl Sheet {
    /// What is read one by one before it is signed, each with its hash: rows and, with those of a country, its calendars.
    pub fn lines(&self) -> impl Iterator<Item = (&str, &[u8; 32])> {
        self.lines.iter().map(|(id, hash)| (id.as_str(), hash))
    }
}

/// Calendars, rows and who answers for them.
#[derive(Clone, Debug)]
pub struct Route {
    /// The country's rows, then the programme's own.
    pub sheets: Vec<Sheet>,
    holders: Vec<Holder>,
    calendars: BTreeMap<String, (Written, Calendar)>,
}

impl Route {
    /// Reads `core/route` and the country's, and runs their golden cases.
    pub(crate) fn read(country: &str) -> Result<Self, PackError> {
        let path = |file: &str| format!("{country}/route/{file}");
        let calendars = text(&path("calendars.toml"))?;
        let mut files = Vec::new();
        for (rows, golden) in [
            (path("route.toml"), path("golden.toml")),
            ("core/route/programme.toml".to_owned(), "core/route/golden.toml".to_owned()),
        ] {
            files.push((text(&rows)?, text(&golden)?, rows));
        }
        Self::parse((&path("calendars.toml"), &calendars), &files)
    }

    /// Reads calendars, and of each set its rows, golden cases and path.
    ///
    /// # Errors
    /// Names the file and what is wrong with it: an unknown calendar or duty-holder, a term without a golden case, a golden case
    /// that does not come out, a state that nobody signed for.
    pub fn parse(
        (path, calendars): (&str, &str),
        files: &[(String, String, String)],
    ) -> Result<Self, PackError> {
        let wrong = |what: String| PackError(path.to_owned(), what);
        let written: CalendarFile = toml::from_str(calendars).map_err(|e| wrong(e.to_string()))?;
        let mut route = Self { sheets: vec![], holders: vec![], calendars: BTreeMap::new() };
        for w in written.calendar {
            half_signed(&w.id, &w.verified_by, &w.verified_on).map_err(wrong)?;
            let calendar = Calendar::read(&w).map_err(wrong)?;
            route.calendars.insert(w.id.clone(), (w, calendar));
        }
        let mut with_calendars: Vec<(String, [u8; 32])> =
            route.calendars.iter().map(|(id, (w, _))| (format!("{CALENDAR}{id}"), hash(w))).collect();
        for (rows, cases, path) in files {
            let wrong = |what: String| PackError(path.clone(), what);
            let file: File = toml::from_str(rows).map_err(|e| wrong(e.to_string()))?;
            let golden: GoldenFile = toml::from_str(cases).map_err(|e| wrong(e.to_string()))?;
            let state = reached(&file.history).map_err(wrong)?;
            route.holders.extend(file.holder);
            for row in &file.row {
                route.check(row, state).map_err(|what| wrong(format!("{}: {what}", row.id)))?;
                if route.row(&row.id).is_some() || file.row.iter().filter(|r| r.id == row.id).count() > 1 {
                    return Err(wrong(format!("{} comes twice", row.id)));
                }
                let checked = golden.golden.iter().any(|g| g.row == row.id);
                if !row.terms.is_empty() && !checked {
                    return Err(wrong(format!("{} has a term and no golden case", row.id)));
                }
            }
            let mut whole = Sha256::new();
            for text in [calendars, rows.as_str(), cases.as_str()] {
                whole.update(text.len().to_be_bytes());
                whole.update(text);
            }
            // Calendars are read once, with the first sheet.
            let mut lines = std::mem::take(&mut with_calendars);
            lines.extend(file.row.iter().map(|r| (r.id.clone(), hash(r))));
            route.sheets.push(Sheet {
                id: path.clone(),
                state,
                rows: file.row,
                hash: whole.finalize().into(),
                lines,
                golden: golden.golden,
            });
            for g in &route.sheets[route.sheets.len() - 1].golden {
                route.comes_out(g).map_err(wrong)?;
            }
        }
        Ok(route)
    }

    fn check(&self, row: &Row, state: State) -> Result<(), String> {
        half_signed("it", &row.verified_by, &row.verified_on)?;
        if matches!(state, State::Signed | State::Published) && row.signed().is_none() {
            return Err(format!("a pack that is {} has a row that nobody signed", state.code()));
        }
        if let Some(who) = row.who.iter().find(|w| !self.holders.iter().any(|h| h.id == **w)) {
            return Err(format!("there is no duty-holder {who}"));
        }
        if row.who.is_empty() || row.population.is_empty() {
            return Err("it says not whose it is, or for whom".to_owned());
        }
        if let Some(p) = row.population.iter().find(|p| !POPULATIONS.contains(&p.as_str())) {
            return Err(format!("there is no population {p}"));
        }
        if !self.calendars.contains_key(&row.calendar) {
            return Err(format!("there is no calendar {}", row.calendar));
        }
        let fits = match row.clock {
            Timing::Within | Timing::Every => !row.terms.is_empty(),
            Timing::Before => row.terms.iter().all(|t| t.unit != Unit::Opening),
            Timing::AtOnce | Timing::EachAct | Timing::Always | Timing::Unknown => row.terms.is_empty(),
        };
        let far = |t: &Term| !(0..=5000).contains(&t.amount);
        let nameless = row.terms.len() > 1 && row.terms.iter().any(|t| t.es.is_empty() || t.en.is_empty());
        if !fits || row.terms.iter().any(far) || nameless || (row.repeats() && row.terms.len() > 1) {
            return Err("its terms do not fit its clock".to_owned());
        }
        Ok(())
    }

    /// A row, of whatever sheet.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows().find(|r| r.id == id)
    }

    /// Every row.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.sheets.iter().flat_map(|s| &s.rows)
    }

    /// The rows that may start a clock: those of a sheet that is not retired.
    pub fn in_use(&self) -> impl Iterator<Item = &Row> {
        self.sheets.iter().filter(|s| s.state != State::Retired).flat_map(|s| &s.rows)
    }

    /// The codes of whoever has a duty, in their order.
    pub fn holders(&self) -> impl Iterator<Item = &str> {
        self.holders.iter().map(|h| h.id.as_str())
    }

    /// The name of a duty-holder.
    #[must_use]
    pub fn holder<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        self.holders.iter().find(|h| h.id == id).map_or(id, |h| said(language, &h.es, &h.en))
    }

    /// The calendar of a row.
    #[must_use]
    pub fn calendar_of(&self, row: &Row) -> Option<&Calendar> {
        self.calendars.get(&row.calendar).map(|(_, calendar)| calendar)
    }

    /// The calendars, in words.
    #[must_use]
    pub fn calendars(&self, language: &str) -> Vec<About<'_>> {
        self.calendars
            .values()
            .map(|(w, _)| {
                let holidays = w.holiday.iter().map(|h| said(language, &h.es, &h.en));
                let recess = w.recess.iter().map(|r| said(language, &r.es, &r.en));
                About {
                    id: &w.id,
                    name: said(language, &w.es, &w.en),
                    free: holidays.chain(recess).collect(),
                    dated: w.dated(language),
                    weekend: w.weekend(),
                    opens: w.opens(),
                    rests_on: w.status,
                    signed: signature(&w.verified_by, &w.verified_on),
                }
            })
            .collect()
    }

    /// Until when each term of a row runs in a run; none where it has no last instant, or stands still.
    #[must_use]
    pub fn dues(&self, row: &Row, run: &Run) -> Vec<Option<Micros>> {
        let Some(calendar) = self.calendar_of(row) else { return vec![] };
        row.terms
            .iter()
            .map(|t| match (row.is_before(), run.set) {
                (true, Some(set)) => clock::due_before(t.length(), calendar, run.since, set),
                (true, None) => None,
                (false, _) => clock::due(t.length(), calendar, run.since, &run.pauses),
            })
            .collect()
    }
}

/// How the code of a calendar begins among what is read.
pub const CALENDAR: &str = "cal-";

/// A hash of everything that a row or a calendar says, signatures in the pack included.
fn hash(of: &impl Serialize) -> [u8; 32] {
    // A value of plain fields always becomes JSON; if not, it is nobody's reading.
    serde_json::to_vec(of).map_or([0; 32], |text| Sha256::digest(text).into())
}

/// For whom a row may be.
pub const POPULATIONS: [&str; 4] = ["any", "child", "adult", "foreign"];
