//! The rule of a figure: which facts, how they are counted, by what they are divided. It is data; this file says what may stand in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::kinds::{self, Amount, COLUMNS, DIMS};

/// How facts become a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    /// Each person once.
    People,
    /// Amounts, added up: what was taken back is minus one.
    Events,
    /// Minutes, added up.
    Minutes,
    /// The middle one of all minutes.
    Median,
    /// The mean of all amounts.
    Mean,
    /// The middle one of how many facts each person has.
    MedianEach,
    /// Of the whole, the part, in percent.
    Share,
}

/// Whether a share is of people or of what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// Each person once.
    #[default]
    People,
    /// Amounts.
    Events,
}

/// Values that a column or dimension may have; one that ends in `*` stands for all that begin so.
pub type Values = BTreeMap<String, Vec<String>>;

/// The part of a share: what it says not is that of the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Kinds of facts; none: those of the whole.
    #[serde(default)]
    pub kind: Vec<String>,
    /// Only these values.
    #[serde(default, rename = "where")]
    pub only: Values,
    /// None of these values.
    #[serde(default)]
    pub not: Values,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// How.
    pub count: Count,
    /// Kinds of facts.
    pub kind: Vec<String>,
    /// Only these values.
    #[serde(default, rename = "where")]
    pub only: Values,
    /// None of these values.
    #[serde(default)]
    pub not: Values,
    /// Of a share: which are the part.
    #[serde(default)]
    pub part: Option<Part>,
    /// Of a share: people or what happened.
    #[serde(default)]
    pub of: Of,
    /// A person counts once for each value of these: once per course.
    #[serde(default)]
    pub per: Vec<String>,
    /// Of each person and code, only the last fact: how it stands now, not every rating on the way.
    #[serde(default)]
    pub last: bool,
    /// Only people whose first such fact in the grant lies in the period.
    #[serde(default)]
    pub new: bool,
    /// Divided by these: `sex`, or two crossed as `sex*age_band`.
    #[serde(default)]
    pub by: Vec<String>,
}

impl Rule {
    /// Every kind that it reads.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kind.iter().chain(self.part.iter().flat_map(|p| &p.kind)).map(String::as_str)
    }

    /// Every column and dimension that it names.
    fn fields(&self) -> impl Iterator<Item = &str> {
        let part = self.part.iter().flat_map(|p| p.only.keys().chain(p.not.keys()));
        let names = self.only.keys().chain(self.not.keys()).chain(part).chain(&self.per).map(String::as_str);
        names.chain(self.by.iter().flat_map(|b| b.split('*')))
    }

    /// Whether it needs more than the columns of facts.
    pub(super) fn needs_dims(&self) -> bool {
        self.fields().any(|f| !COLUMNS.contains(&f))
    }

    /// Whether people stand behind it: a rule over documents and hours hides nothing.
    pub(super) fn is_about_people(&self) -> bool {
        self.kinds().any(|k| kinds::kind(k).is_none_or(|k| k.people))
    }

    /// Whether it counts money of budget lines.
    pub(super) fn reads_lines(&self) -> bool {
        self.kinds().any(|k| kinds::LINED.contains(&k))
    }

    /// As a grant counts it: of money only what its own budget lines paid.
    #[must_use]
    pub(super) fn of_lines(mut self, lines: &[String]) -> Self {
        if self.reads_lines() {
            let codes = self.only.entry("code".to_owned()).or_insert_with(|| lines.to_vec());
            codes.retain(|code| lines.contains(code));
        }
        self
    }

    /// What is wrong with it, as the field and what to do.
    pub(super) fn fault(&self) -> Option<(&'static str, String)> {
        if self.kind.is_empty() {
            return Some(("kind", "name at least one kind of fact".to_owned()));
        }
        if let Some(k) = self.kinds().find(|k| kinds::kind(k).is_none()) {
            return Some((
                "kind",
                format!("there is no kind of fact «{k}»; see crates/programme/src/results/kinds.rs"),
            ));
        }
        if let Some(f) = self.fields().find(|f| !COLUMNS.contains(f) && !DIMS.contains(f)) {
            return Some((
                "where, not, per, by",
                format!("facts have no «{f}»; use a column or a dimension of kinds.rs"),
            ));
        }
        if self.by.iter().any(|b| b.split('*').count() > 2) {
            return Some(("by", "cross two dimensions at most".to_owned()));
        }
        let crossed = || self.by.iter().filter(|b| b.contains('*')).flat_map(|b| b.split('*'));
        if let Some(twice) = crossed().find(|c| crossed().filter(|x| x == c).count() > 1) {
            return Some((
                "by",
                format!("«{twice}» stands in two crossings: its totals would be published twice"),
            ));
        }
        if self.only.values().chain(self.not.values()).any(Vec::is_empty) {
            return Some(("where, not", "give at least one value, or leave the line out".to_owned()));
        }
        if (self.count == Count::Share) != self.part.is_some() {
            return Some(("part", "a share needs a part, and nothing else has one".to_owned()));
        }
        let amounts = |want: Amount| self.kinds().any(|k| kinds::kind(k).is_some_and(|k| k.amount == want));
        if amounts(Amount::Score) && self.count == Count::Events {
            return Some(("count", "scores are not added up: count people, or take the mean".to_owned()));
        }
        if !self.per.is_empty() && !matches!(self.count, Count::People | Count::Share) {
            return Some(("per", "only people are counted once per something".to_owned()));
        }
        None
    }
}
