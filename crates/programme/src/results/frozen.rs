//! A report as it was frozen: plain values, read by whoever makes a sheet, a file or a page of it. Every number in it passed the
//! gate; a hidden one is hidden for good. The bytes of [`Frozen::canonical`] are what is signed.

use serde::{Deserialize, Serialize};

/// The shape of this structure; a reader that knows another one refuses.
pub const SCHEMA: u32 = 1;

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Spanish.
    pub es: String,
    /// English.
    pub en: String,
}

impl Words {
    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.es.trim().is_empty() && self.en.trim().is_empty()
    }

    /// In a language: Spanish unless it is `en`.
    #[must_use]
    pub fn of(&self, language: &str) -> &str {
        if language == "en" { &self.en } else { &self.es }
    }
}

/// A report of one grant and one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The grant.
    pub grant: Grant,
    /// The period.
    pub period: Period,
    /// Groups below this many people are hidden; 5 or more.
    pub threshold: u64,
    /// How the gate decided: changes when the way of hiding changes.
    pub gate: u32,
    /// The ledger's position: facts entered before it are in, later ones are not.
    pub position: u64,
    /// Objectives, outcomes and outputs in the order of the framework.
    pub results: Vec<Level>,
    /// Figures in the order of the framework.
    pub figures: Vec<Figure>,
    /// Budget and spending by line.
    pub spending: Vec<Line>,
    /// 1, or more for a restatement.
    pub version: u32,
    /// What it replaces; none for the first version.
    pub restates: Option<Restates>,
    /// What the office wrote about the whole of it.
    pub notes: String,
}

impl Frozen {
    /// The bytes that are hashed and signed: JSON without spaces, fields in the order of this file. The same report always gives the
    /// same bytes.
    ///
    /// # Errors
    /// Never for values that this program made.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// What tells whether two looks at a report show the same: everything but the position of the ledger.
    ///
    /// # Errors
    /// Never for values that this program made.
    pub fn shown(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&Self { position: 0, ..self.clone() })
    }

    /// The figure of a code: `G6`, or `G6.median` where an indicator has several.
    #[must_use]
    pub fn figure(&self, code: &str) -> Option<&Figure> {
        self.figures.iter().find(|f| f.code == code)
    }
}

/// Whose money, for what, where and how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: Words,
    /// Who gives it.
    pub donor: String,
    /// ISO 4217.
    pub currency: String,
    /// In whole units of the currency.
    pub budget: i64,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Site codes.
    pub sites: Vec<String>,
    /// Municipality P-codes.
    pub municipalities: Vec<String>,
    /// What each site was on that day: `house`, `clinic`, `office`, in the order of `sites`. A report that was frozen before this was
    /// kept has none, and its bytes stay as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub site_kinds: Vec<String>,
}

/// A quarter of a grant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Period {
    /// `2026-Q1`.
    pub code: String,
    /// First day of it that lies in the grant.
    pub from: String,
    /// Last day of it that lies in the grant.
    pub to: String,
}

/// An objective, an outcome or an output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Its code.
    pub code: String,
    /// `objective`, `outcome` or `output`.
    pub kind: String,
    /// The code of the one above; empty for an objective.
    #[serde(default)]
    pub part_of: String,
    /// What it says.
    pub name: Words,
}

/// A number that passed the gate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// The number, in the unit of its figure, with one decimal at most; money with two.
    Shown(f64),
    /// The least that it can be: what an earlier report, or another figure, showed of a part of it, because the others are a small group.
    AtLeast(f64),
    /// A small group stands behind it, or would be given away by it.
    Hidden,
    /// There is nothing to measure: no case, no answer. Never the same as zero.
    #[default]
    Nothing,
}

impl Value {
    /// The number, unless hidden or absent.
    #[must_use]
    pub const fn shown(self) -> Option<f64> {
        match self {
            Self::Shown(n) => Some(n),
            Self::AtLeast(_) | Self::Hidden | Self::Nothing => None,
        }
    }

    /// The number, or the least that it can be.
    #[must_use]
    pub const fn least(self) -> Option<f64> {
        match self {
            Self::Shown(n) | Self::AtLeast(n) => Some(n),
            Self::Hidden | Self::Nothing => None,
        }
    }
}

/// One number of an indicator, with all that is needed to read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// `G1`, or `G6.median` where an indicator has several numbers.
    pub code: String,
    /// The indicator: `G6`.
    pub indicator: String,
    /// Version of its definition.
    pub version: u32,
    /// The result it belongs to.
    pub result: String,
    /// Its name.
    pub name: Words,
    /// What is counted and what is not.
    pub definition: Words,
    /// Where the facts come from.
    pub source: Words,
    /// `people`, `events`, `things`, `minutes`, `hours`, `days`, `money`, `percent`, `mean`.
    pub unit: String,
    /// In the period.
    pub value: Value,
    /// From the first day of the grant to the last of the period: each person once.
    pub to_date: Value,
    /// How much of `to_date` stands on earlier records that were brought.
    pub brought: Value,
    /// Before the grant.
    pub baseline: Option<f64>,
    /// What was promised for the whole grant.
    pub target: Option<f64>,
    /// `period` when the target is to be met in each period, else `grant`.
    pub target_of: String,
    /// Whether more is better; false for days, minutes, incidents.
    pub ascending: bool,
    /// The period's value, divided.
    pub tables: Vec<Table>,
    /// Why it is far from its target, in words of the office; empty when nobody had to say.
    pub deviation: String,
    /// The rule as it stood in the pack, TOML.
    pub rule: String,
    /// SHA-256 of the facts behind it, hexadecimal.
    pub facts_hash: String,
    /// Whether so many people stand behind its numbers that everybody may see them, also beside the other figures. A report that was frozen
    /// before this was kept does not say it.
    #[serde(default, skip_serializing_if = "Public::is_none")]
    pub public: Public,
}

/// Which numbers of a figure everybody may see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Public {
    /// That of the period.
    pub value: bool,
    /// That to date, and how much of it was brought.
    pub to_date: bool,
}

impl Public {
    /// Both.
    pub const ALL: Self = Self { value: true, to_date: true };

    const fn is_none(&self) -> bool {
        !self.value && !self.to_date
    }
}

impl Figure {
    /// The kinds of facts that it counts, as its rule names them; none when the rule cannot be read.
    #[must_use]
    pub fn kinds(&self) -> Vec<String> {
        let rule: Option<super::rule::Rule> = toml::from_str(&self.rule).ok();
        rule.iter().flat_map(|r| r.kinds().map(str::to_owned)).collect()
    }

    /// Whether its number grows through the grant: a count or a sum, no share, median or mean.
    #[must_use]
    pub fn unit_adds_up(&self) -> bool {
        ["people", "events", "things", "minutes", "money"].contains(&self.unit.as_str())
    }
}

/// A figure divided by one dimension, or by two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// What makes a row: `sex`, `age_band`, `site`, `municipality`, `code`, `outcome` or a dimension of facts.
    pub rows_by: String,
    /// What makes a column; empty when there is one.
    pub columns_by: String,
    /// Row codes, sorted. `unknown` stands for facts that do not say.
    pub rows: Vec<String>,
    /// Column codes, sorted; `all` when there is one.
    pub columns: Vec<String>,
    /// Row by row.
    pub cells: Vec<Vec<Value>>,
}

/// A budget line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Budget of the whole grant, in cents of its currency.
    pub budget: i64,
    /// Spent in the period, in cents.
    pub spent: i64,
    /// Spent from the first day of the grant to the last of the period, in cents.
    pub to_date: i64,
}

/// What a restatement replaces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restates {
    /// Version.
    pub version: u32,
    /// SHA-256 of its canonical bytes, hexadecimal.
    pub hash: String,
    /// Why, in words of the office.
    pub reason: String,
}
