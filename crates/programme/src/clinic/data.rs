//! The clinic as data: desks, urgencies, appointments, and the country's health clock.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::packs::{PackError, text};

/// Words in both languages.
macro_rules! said {
    ($type:ty, $es:ident, $en:ident) => {
        impl $type {
            /// Its name in a language (`es` or `en`).
            #[must_use]
            pub fn name(&self, language: &str) -> &str {
                if language == "en" { &self.$en } else { &self.$es }
            }
        }
    };
}

/// A desk somebody comes to.
#[derive(Clone, Debug, Deserialize)]
pub struct Desk {
    /// Its code.
    pub id: String,
    es: String,
    en: String,
    /// The folder of a case in which its notes are kept.
    pub folder: String,
    /// Whether a short remark may stand in a visit without a case.
    pub remark: bool,
}

/// How urgent a visit is; the first in the pack is called first.
#[derive(Clone, Debug, Deserialize)]
pub struct Urgency {
    /// Its code.
    pub id: String,
    es: String,
    en: String,
    hint_es: String,
    hint_en: String,
    /// The health clock comes first.
    #[serde(default)]
    pub clock: bool,
}

/// A type of appointment.
#[derive(Clone, Debug, Deserialize)]
pub struct Type {
    /// Its code.
    pub id: String,
    /// The desk it is at.
    pub desk: String,
    es: String,
    en: String,
    /// Ages for which it must not be forgotten: `child`, `adolescent`, `adult`.
    #[serde(default)]
    pub mandatory_for: Vec<String>,
}

/// Whether a named professional has checked a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// She has, and the row says who and when.
    Verified,
    /// The rule is known, its clause or hours are not.
    Known,
    /// General knowledge.
    Unverified,
}

/// A row of the health clock.
#[derive(Clone, Debug, Deserialize)]
pub struct Row {
    /// Its code.
    pub id: String,
    /// Hours after the act from which it helps.
    #[serde(default)]
    pub from_hours: i64,
    /// Hours after the act within which it helps; none: no last hour.
    pub to_hours: Option<i64>,
    /// The desk that does it.
    pub who: String,
    es: String,
    en: String,
    say_es: String,
    say_en: String,
    late_es: String,
    late_en: String,
    /// Where it comes from.
    pub basis: String,
    /// Whether anybody has checked it.
    pub status: Status,
    /// Who.
    #[serde(default)]
    pub verified_by: String,
    /// When, as ISO text.
    #[serde(default)]
    pub verified_on: String,
}

/// A step of mandatory reporting.
#[derive(Clone, Debug, Deserialize)]
pub struct Step {
    /// Its code.
    pub id: String,
    /// For whom: `under_18`, `adult`.
    pub ages: Vec<String>,
    /// Kinds of institutions to call.
    pub whom: Vec<String>,
    es: String,
    en: String,
    /// Where it comes from.
    pub basis: String,
    /// Whether anybody has checked it.
    pub status: Status,
    /// Who.
    #[serde(default)]
    pub verified_by: String,
    /// When, as ISO text.
    #[serde(default)]
    pub verified_on: String,
}

said!(Desk, es, en);
said!(Urgency, es, en);
said!(Type, es, en);
said!(Row, es, en);
said!(Step, es, en);

impl Urgency {
    /// What it means, in a language.
    #[must_use]
    pub fn hint(&self, language: &str) -> &str {
        if language == "en" { &self.hint_en } else { &self.hint_es }
    }
}

impl Row {
    /// What to say to her.
    #[must_use]
    pub fn say(&self, language: &str) -> &str {
        if language == "en" { &self.say_en } else { &self.say_es }
    }

    /// What is still worth doing when the window is over.
    #[must_use]
    pub fn late(&self, language: &str) -> &str {
        if language == "en" { &self.late_en } else { &self.late_es }
    }
}

/// The health clock of a country.
#[derive(Clone, Debug, Deserialize)]
pub struct Clock {
    /// What can be offered.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
    /// Steps of mandatory reporting.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

impl Clock {
    /// Reads a clock. A row that says it was verified and does not say by whom and when is refused: nobody would know
    /// whom to ask.
    ///
    /// # Errors
    /// Names the row and what is wrong with it.
    pub fn read(path: &str, text: &str) -> Result<Self, PackError> {
        let wrong = |what: String| PackError(path.to_owned(), what);
        let clock: Self = toml::from_str(text).map_err(|e| wrong(e.to_string()))?;
        let checked = clock.rows.iter().map(|r| (&r.id, r.status, &r.verified_by, &r.verified_on));
        let steps = clock.steps.iter().map(|s| (&s.id, s.status, &s.verified_by, &s.verified_on));
        for (id, status, by, on) in checked.chain(steps) {
            let signed = !by.trim().is_empty() && on.parse::<jiff::civil::Date>().is_ok();
            if status == Status::Verified && !signed {
                return Err(wrong(format!("{id} says verified, and not by whom and on which day")));
            }
        }
        if let Some(r) = clock.rows.iter().find(|r| r.to_hours.is_some_and(|to| to <= r.from_hours)) {
            return Err(wrong(format!("{} ends before it begins", r.id)));
        }
        Ok(clock)
    }
}

#[derive(Deserialize)]
struct File {
    desk: Vec<Desk>,
    urgency: Vec<Urgency>,
    appointment: Vec<Type>,
    relation_words: BTreeMap<String, Vec<String>>,
    forget_days: i64,
}

/// Everything a clinic needs as data.
#[derive(Clone, Debug)]
pub struct Clinic {
    /// Desks.
    pub desks: Vec<Desk>,
    /// Urgencies, the most pressing first.
    pub urgencies: Vec<Urgency>,
    /// Types of appointment.
    pub types: Vec<Type>,
    /// How people call a relation, by its code; without accents.
    pub relation_words: BTreeMap<String, Vec<String>>,
    /// How many days what was said in a visit is kept when no case takes it up.
    pub forget_days: i64,
    /// The country's health clock.
    pub clock: Clock,
}

impl Clinic {
    /// Reads `core/clinic.toml` and the country's clock.
    pub(crate) fn read(country: &str) -> Result<Self, PackError> {
        let file: File = crate::packs::parse("core/clinic.toml")?;
        let path = format!("{country}/clinic/health_clock.toml");
        let clock = Clock::read(&path, &text(&path)?)?;
        let has = |desk: &str| file.desk.iter().any(|d| d.id == desk);
        let lost = file.appointment.iter().map(|t| &t.desk).chain(clock.rows.iter().map(|r| &r.who));
        if let Some(desk) = lost.into_iter().find(|d| !has(d)) {
            return Err(PackError(path, format!("there is no desk {desk}")));
        }
        if !(1..=366).contains(&file.forget_days) {
            return Err(PackError("core/clinic.toml".into(), "forget_days is no term".into()));
        }
        Ok(Self {
            desks: file.desk,
            urgencies: file.urgency,
            types: file.appointment,
            relation_words: file.relation_words,
            forget_days: file.forget_days,
            clock,
        })
    }

    /// A desk.
    #[must_use]
    pub fn desk(&self, id: &str) -> Option<&Desk> {
        self.desks.iter().find(|d| d.id == id)
    }

    /// An urgency.
    #[must_use]
    pub fn urgency(&self, id: &str) -> Option<&Urgency> {
        self.urgencies.iter().find(|u| u.id == id)
    }

    /// A type of appointment.
    #[must_use]
    pub fn appointment(&self, id: &str) -> Option<&Type> {
        self.types.iter().find(|t| t.id == id)
    }

    /// The place of an urgency in the order of the queue; one that the pack does not know any more comes last.
    pub(crate) fn rank(&self, id: &str) -> usize {
        self.urgencies.iter().position(|u| u.id == id).unwrap_or(usize::MAX)
    }
}
