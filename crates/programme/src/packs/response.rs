//! The immediate response team as data: what it is told and who else is called when several people are found at once.

use serde::Deserialize;

use super::{PackError, below, text};
use crate::clinic::Status;

/// Words in both languages.
#[derive(Clone, Debug, Deserialize)]
pub struct Said {
    es: String,
    en: String,
}

impl Said {
    /// In a language (`es` or `en`).
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        if language == "en" { &self.en } else { &self.es }
    }
}

/// The team.
#[derive(Clone, Debug, Deserialize)]
pub struct Team {
    /// What it is called.
    #[serde(flatten)]
    pub said: Said,
    /// Where the lines come from.
    pub basis: String,
    /// Whether anybody has compared them with the official form.
    pub status: Status,
    /// Who.
    #[serde(default)]
    pub verified_by: String,
    /// When, as ISO text.
    #[serde(default)]
    pub verified_on: String,
}

/// What stands on a line of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fill {
    /// The day and the hour.
    When,
    /// The kind of place and the municipality.
    Place,
    /// Who found them.
    Who,
    /// How many, by sex and age.
    People,
    /// What is urgent, and for how many.
    Needs,
    /// The language.
    Languages,
    /// Whether there is an interpreter.
    Interpreter,
    /// Where they sleep.
    Tonight,
    /// Nothing: it is written on paper and kept there only.
    Hand,
}

/// A line of the sheet.
#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    /// Its code.
    pub id: String,
    /// What it is called.
    #[serde(flatten)]
    pub said: Said,
    /// What stands on it.
    pub fill: Fill,
}

/// Who is called.
#[derive(Clone, Debug, Deserialize)]
pub struct Call {
    /// Who.
    #[serde(flatten)]
    pub said: Said,
    /// The kind of institution whose phones stand there; none: they are written by hand.
    #[serde(default)]
    pub kind: String,
}

/// The sheet with which the team is called.
#[derive(Clone, Debug, Deserialize)]
pub struct Response {
    /// The team.
    pub team: Team,
    /// The lines, in their order.
    #[serde(rename = "line")]
    pub lines: Vec<Line>,
    /// Who is called, in their order.
    #[serde(rename = "call")]
    pub calls: Vec<Call>,
}

impl Response {
    /// A country's sheet; none when it has no such team.
    ///
    /// # Errors
    /// When the file is not as it must be, or says «verified» without a name and a day.
    pub(super) fn read(country: &str) -> Result<Option<Self>, PackError> {
        let path = format!("{country}/response.toml");
        if !below(country).contains(&path) {
            return Ok(None);
        }
        Self::parse(&text(&path)?).map(Some).map_err(|e| PackError(path, e))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let it: Self = toml::from_str(text).map_err(|e| e.to_string())?;
        let signed = !it.team.verified_by.is_empty() && !it.team.verified_on.is_empty();
        if it.team.status == Status::Verified && !signed {
            return Err("«verified» needs a name and a day".to_owned());
        }
        Ok(it)
    }
}

#[cfg(test)]
mod tests {
    use super::Response;

    const TEAM: &str = "[team]\nes = \"a\"\nen = \"b\"\nbasis = \"c\"\n";
    const REST: &str =
        "[[line]]\nid = \"x\"\nes = \"a\"\nen = \"b\"\nfill = \"hand\"\n[[call]]\nes = \"a\"\nen = \"b\"\n";

    #[test]
    fn nobody_is_verified_without_a_name() {
        let with = |status: &str| Response::parse(&format!("{TEAM}{status}\n{REST}"));
        assert!(with("status = \"unverified\"").is_ok());
        assert!(with("status = \"verified\"").is_err());
        assert!(
            with("status = \"verified\"\nverified_by = \"Lic. Inventada\"\nverified_on = \"2026-11-02\"")
                .is_ok()
        );
    }

    #[test]
    fn the_sheet_of_the_country_is_read() {
        assert!(Response::read("guatemala").is_ok_and(|r| r.is_some_and(|r| !r.lines.is_empty())));
        assert!(Response::read("nowhere").is_ok_and(|r| r.is_none()));
    }
}
