//! The results framework as data: what indicators mean, and what each grant promised. Read and checked at every start.

use serde::{Deserialize, Serialize};

use super::frozen::{Grant, Level, Words};
use super::rule::Rule;
use crate::care::money::Line;
use crate::packs::{PackError, Site, below, text};

/// An indicator: one definition, one number or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Its code, `G6`.
    pub code: String,
    /// Version of its definition: another number for another meaning.
    pub version: u32,
    /// Its name.
    pub name: Words,
    /// What is counted and what is not.
    pub definition: Words,
    /// Where the facts come from.
    pub source: Words,
    /// Where the definition comes from.
    #[serde(default)]
    pub reference: String,
    /// Its numbers.
    pub figure: Vec<Number>,
}

/// One number of an indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// What tells it from the others: `median`. Empty when there is one.
    #[serde(default)]
    pub id: String,
    /// Its name; empty: that of the indicator.
    #[serde(default)]
    pub name: Words,
    /// What it counts and what not; empty: what the indicator says.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub definition: Words,
    /// `people`, `events`, `things`, `minutes`, `hours`, `days`, `money`, `percent`, `mean`, `median`.
    pub unit: String,
    /// Whether more is better.
    #[serde(default = "yes")]
    pub ascending: bool,
    /// Whether the people it counts are those that the programme reached, each in one such figure at most: what may stand in a list that
    /// others add up.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reached: bool,
    /// Its rule.
    pub rule: Rule,
}

const fn yes() -> bool {
    true
}

/// The units that there are.
pub const UNITS: [&str; 10] =
    ["people", "events", "things", "minutes", "hours", "days", "money", "percent", "mean", "median"];

/// What a grant promised of a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    /// The figure's code, `G6.median`.
    pub figure: String,
    /// The result it belongs to.
    pub result: String,
    /// Before the grant.
    #[serde(default)]
    pub baseline: Option<f64>,
    /// What was promised.
    #[serde(default)]
    pub target: Option<f64>,
    /// `grant` for the whole of it, `period` when it must be met in each period.
    #[serde(default = "of_grant")]
    pub target_of: String,
}

fn of_grant() -> String {
    "grant".to_owned()
}

/// A grant with its framework.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Its code: letters, digits, hyphens.
    pub code: String,
    /// What it is called.
    pub name: Words,
    /// Who gives it.
    pub donor: String,
    /// ISO 4217.
    pub currency: String,
    /// In whole units.
    pub budget: i64,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Site codes.
    pub sites: Vec<String>,
    /// Municipality codes.
    pub municipalities: Vec<String>,
    /// The budget lines of economic support that it pays: money from others is not its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<String>,
    /// What each site is, in the order of `sites`; the programme's own list says it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub site_kinds: Vec<String>,
    /// Groups below this many people are hidden from this donor.
    #[serde(default = "five")]
    pub threshold: u64,
    /// Objectives, outcomes, outputs.
    pub result: Vec<Level>,
    /// What was promised.
    pub promise: Vec<Promise>,
}

const fn five() -> u64 {
    5
}

impl Framework {
    /// The grant itself.
    #[must_use]
    pub fn grant(&self) -> Grant {
        Grant {
            code: self.code.clone(),
            name: self.name.clone(),
            donor: self.donor.clone(),
            currency: self.currency.clone(),
            budget: self.budget,
            from: self.from.clone(),
            to: self.to.clone(),
            sites: self.sites.clone(),
            municipalities: self.municipalities.clone(),
            site_kinds: self.site_kinds.clone(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndicatorFile {
    indicator: Vec<Indicator>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GrantFile {
    #[serde(default)]
    grant: Vec<Framework>,
    #[serde(default)]
    label: Vec<Label>,
}

/// What a code is called that earlier records of the programme brought and that stands in no list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The column or dimension: `code`, `partner_type`.
    pub by: String,
    /// The code.
    pub code: String,
    /// Its name.
    pub name: Words,
}

/// Indicators and grants of a programme.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// Every indicator there is.
    pub indicators: Vec<Indicator>,
    /// The programme's grants.
    pub grants: Vec<Framework>,
    /// Names of codes that stand in no list.
    pub labels: Vec<Label>,
}

impl Results {
    /// Reads `core/results/*.toml` and the programme's own `results.toml`, if it has one.
    pub(crate) fn read(programme: &str) -> Result<Self, PackError> {
        let path = format!("{programme}/results.toml");
        let mut files = Vec::new();
        for name in below("core/results") {
            files.push((text(&name)?, name));
        }
        let grants = if below(&path).is_empty() { String::new() } else { text(&path)? };
        Self::parse(&files, (&grants, &path))
    }

    /// Reads definitions and grants, each with the path of its file.
    ///
    /// # Errors
    /// Names the file, the indicator, the field and what to do.
    pub fn parse(definitions: &[(String, String)], (grants, path): (&str, &str)) -> Result<Self, PackError> {
        let mut all = Self::default();
        for (text, path) in definitions {
            let wrong = |what: String| PackError(path.clone(), what);
            let file: IndicatorFile = toml::from_str(text).map_err(|e| wrong(e.to_string()))?;
            for i in file.indicator {
                if all.indicators.iter().any(|known| known.code == i.code) {
                    return Err(wrong(format!(
                        "{}: code: it comes twice; give one of them another code",
                        i.code
                    )));
                }
                if let Some((field, what)) = super::check::indicator(&i) {
                    return Err(wrong(format!("{}: {field}: {what}", i.code)));
                }
                all.indicators.push(i);
            }
        }
        let wrong = |what: String| PackError(path.to_owned(), what);
        let file: GrantFile = toml::from_str(grants).map_err(|e| wrong(e.to_string()))?;
        for g in file.grant {
            if let Some((field, what)) = super::check::grant(&all, &g) {
                return Err(wrong(format!("{}: {field}: {what}", g.code)));
            }
            all.grants.push(g);
        }
        all.labels = file.label;
        Ok(all)
    }

    /// Notes what the sites of each grant are, so that a report that is frozen says so for ever.
    pub(crate) fn with_sites(mut self, sites: &[Site]) -> Self {
        for grant in &mut self.grants {
            let kind = |code: &String| sites.iter().find(|s| s.code == *code).map_or("", |s| s.kind.as_str());
            grant.site_kinds = grant.sites.iter().map(|code| kind(code).to_owned()).collect();
        }
        self
    }

    /// Checks that the budget lines of each grant are those of the programme's budget.
    pub(crate) fn with_lines(self, lines: &[Line], path: &str) -> Result<Self, PackError> {
        for grant in &self.grants {
            if let Some(code) = grant.lines.iter().find(|code| !lines.iter().any(|l| l.code == **code)) {
                let what = format!("{}: lines: there is no line «{code}» in budget.toml", grant.code);
                return Err(PackError(path.to_owned(), what));
            }
        }
        Ok(self)
    }

    /// A figure by its code, with its indicator.
    #[must_use]
    pub fn figure(&self, code: &str) -> Option<(&Indicator, &Number)> {
        // A code may hold points itself (PS.5.1-28): the whole is tried first.
        let find = |code: &str, id: &str| {
            let i = self.indicators.iter().find(|i| i.code == code)?;
            i.figure.iter().find(|f| f.id == id).map(|f| (i, f))
        };
        find(code, "").or_else(|| code.rsplit_once('.').and_then(|(code, id)| find(code, id)))
    }

    /// A grant.
    #[must_use]
    pub fn grant(&self, code: &str) -> Option<&Framework> {
        self.grants.iter().find(|g| g.code == code)
    }
}
