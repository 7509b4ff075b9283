//! What makes a proceeding centred on her, as a country's pack says it: each point with its text, its rule and its source.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::care::Said;
use crate::clinic::Status;
use crate::packs::{Lists, PackError, below, text};

/// How a point is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// One interview of police, prosecutor or court at most.
    SingleInterview,
    /// Each of those in a Gesell room or as advance evidence.
    HeardApart,
    /// Somebody was with her each time.
    Company,
    /// An interpreter came each time she needed one.
    Interpreter,
    /// Each measure was granted within so many hours.
    MeasuresWithin,
    /// Reparation was asked for in this proceeding.
    ReparationAsked,
    /// Her lawyer says it.
    Asked,
}

/// A point.
#[derive(Clone, Debug, Deserialize)]
pub struct Item {
    /// Its code.
    pub code: String,
    /// How it is answered.
    pub rule: Rule,
    /// Hours, of [`Rule::MeasuresWithin`].
    #[serde(default)]
    pub within: i64,
    /// Kinds of proceedings to which it applies; none: all.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Where it comes from.
    pub source: String,
    /// Whether anybody with a licence has compared it with its source.
    pub status: Status,
    /// Who.
    #[serde(default)]
    pub verified_by: String,
    /// When, as ISO text.
    #[serde(default)]
    pub verified_on: String,
    /// What is asked.
    pub name: Said,
    /// Why it matters to her.
    pub why: Said,
}

/// The points, in the order of the page.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Checklist {
    /// They.
    #[serde(rename = "item", default)]
    pub items: Vec<Item>,
}

impl Checklist {
    /// Reads a country's list; a country without one has no points.
    ///
    /// # Errors
    /// Names the file and what is wrong with it.
    pub(crate) fn read(country: &str, lists: &Lists) -> Result<Self, PackError> {
        let path = format!("{country}/proceedings_score.toml");
        if !below(country).contains(&path) {
            return Ok(Self::default());
        }
        Self::parse(&text(&path)?, lists).map_err(|e| PackError(path, e))
    }

    fn parse(text: &str, lists: &Lists) -> Result<Self, String> {
        let it: Self = toml::from_str(text).map_err(|e| e.to_string())?;
        let mut seen = BTreeSet::new();
        for i in &it.items {
            if !seen.insert(&i.code) || i.code.is_empty() || i.code.contains('@') {
                return Err(format!("{} stands there twice, or is no code", i.code));
            }
            if i.status == Status::Verified && (i.verified_by.is_empty() || i.verified_on.is_empty()) {
                return Err(format!("{}: «verified» needs a name and a day", i.code));
            }
            if (i.rule == Rule::MeasuresWithin) != (i.within > 0) {
                return Err(format!("{}: hours belong to measures, and measures need them", i.code));
            }
            if let Some(kind) = i.kinds.iter().find(|k| !lists.has("proceeding_kinds", k)) {
                return Err(format!("{}: no proceeding is called {kind}", i.code));
            }
            if [&i.name, &i.why].iter().any(|t| t.of("es").is_empty() || t.of("en").is_empty()) {
                return Err(format!("{} does not explain itself", i.code));
            }
        }
        Ok(it)
    }
}

#[cfg(test)]
mod tests {
    use super::Checklist;
    use crate::packs::Pack;

    #[test]
    fn a_point_says_its_rule_its_source_and_who_verified_it() {
        let pack = Pack::read("guatemala", "demo").map_err(|e| e.to_string());
        let lists = pack.as_ref().map(|p| &p.lists);
        assert_eq!(pack.as_ref().map(|p| p.score.items.len()), Ok(10));
        let item = |lines: &str| {
            format!(
                "[[item]]\ncode = \"a\"\nsource = \"b\"\n{lines}\n[item.name]\nes = \"c\"\nen = \"c\"\n[item.why]\nes = \"d\"\nen = \"d\"\n"
            )
        };
        let sound = |lines: &str| lists.as_ref().is_ok_and(|l| Checklist::parse(&item(lines), l).is_ok());
        assert!(sound("rule = \"asked\"\nstatus = \"unverified\""));
        assert!(!sound("rule = \"asked\"\nstatus = \"verified\""), "nobody stands for it");
        assert!(!sound("rule = \"guessed\"\nstatus = \"unverified\""));
        assert!(!sound("rule = \"measures_within\"\nstatus = \"unverified\""), "within what?");
        assert!(!sound("rule = \"asked\"\nkinds = [\"duel\"]\nstatus = \"unverified\""));
    }
}
