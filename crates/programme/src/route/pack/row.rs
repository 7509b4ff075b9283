//! A row of the route: who must do what within which term, on whose word, and which facts move its clock.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::clock::{Length, Move, Unit};
use super::state::signature;

/// What a row rests on. None of them is a signature: see [`Row::signed`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The clause, or an official account of it, was read.
    Verified,
    /// The document exists; its clause was not read.
    KnownDocument,
    /// General knowledge.
    Unverified,
}

/// How a row is timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// Terms after the trigger.
    Within,
    /// The same, again after each answer.
    Every,
    /// Terms before what was set, or before the act itself.
    Before,
    /// Without delay.
    AtOnce,
    /// At every such act.
    EachAct,
    /// As long as it is so.
    Always,
    /// There is a term, and it is not known.
    Unknown,
}

impl Timing {
    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Within => "within",
            Self::Every => "every",
            Self::Before => "before",
            Self::AtOnce => "at-once",
            Self::EachAct => "each-act",
            Self::Always => "always",
            Self::Unknown => "unknown",
        }
    }
}

/// One term of a row.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// How many.
    pub amount: i32,
    /// Of what.
    pub unit: Unit,
    #[serde(default)]
    pub(super) es: String,
    #[serde(default)]
    pub(super) en: String,
}

/// A fact of the programme that moves a clock by itself.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// Its kind.
    pub fact: String,
    /// Its code; empty: any.
    #[serde(default)]
    pub code: String,
    /// Its outcome; empty: any.
    #[serde(default)]
    pub outcome: String,
}

/// A row.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its code.
    pub id: String,
    when_es: String,
    when_en: String,
    /// Whose it is.
    pub who: Vec<String>,
    do_es: String,
    do_en: String,
    /// How it is timed.
    pub clock: Timing,
    /// Its terms.
    #[serde(default)]
    pub terms: Vec<Term>,
    /// In which calendar its days are counted.
    #[serde(default = "continuous")]
    pub calendar: String,
    /// For whom: `child`, `adult`, `foreign`, `any`.
    pub population: Vec<String>,
    /// Where it comes from.
    pub basis: String,
    status: Status,
    #[serde(default)]
    pub(super) verified_by: String,
    #[serde(default)]
    pub(super) verified_on: String,
    /// Whether even what is said of it is doubtful.
    #[serde(default)]
    pub low_confidence: bool,
    #[serde(default)]
    note_es: String,
    #[serde(default)]
    note_en: String,
    #[serde(default)]
    start: Vec<Trigger>,
    #[serde(default)]
    stop: Vec<Trigger>,
    #[serde(default)]
    end: Vec<Trigger>,
    #[serde(default)]
    pause: Vec<Trigger>,
    #[serde(default)]
    restart: Vec<Trigger>,
}

fn continuous() -> String {
    "continuous".to_owned()
}

/// What stands in a language.
pub(super) fn said<'a>(language: &str, es: &'a str, en: &'a str) -> &'a str {
    if language == "en" { en } else { es }
}

impl Term {
    /// Which of several it is; empty when there is one.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        said(language, &self.es, &self.en)
    }

    pub(super) const fn length(&self) -> Length {
        Length { amount: self.amount, unit: self.unit }
    }
}

impl Row {
    /// What starts it.
    #[must_use]
    pub fn when(&self, language: &str) -> &str {
        said(language, &self.when_es, &self.when_en)
    }

    /// What is to be done.
    #[must_use]
    pub fn task(&self, language: &str) -> &str {
        said(language, &self.do_es, &self.do_en)
    }

    /// What else to know; often nothing.
    #[must_use]
    pub fn note(&self, language: &str) -> &str {
        said(language, &self.note_es, &self.note_en)
    }

    /// Who signed it and when. Without both a row is shown as unverified everywhere, whatever it rests on.
    #[must_use]
    pub fn signed(&self) -> Option<(&str, Date)> {
        signature(&self.verified_by, &self.verified_on)
    }

    /// What it rests on.
    #[must_use]
    pub const fn rests_on(&self) -> Status {
        self.status
    }

    /// Whether it begins anew with each answer.
    #[must_use]
    pub fn repeats(&self) -> bool {
        self.clock == Timing::Every
    }

    /// Whether a day that is set belongs to its start, such as a hearing's.
    #[must_use]
    pub fn is_before(&self) -> bool {
        self.clock == Timing::Before
    }

    /// What a fact does to it.
    pub(in crate::route) fn moved_by(
        &self,
        kind: &str,
        code: &str,
        outcome: &str,
    ) -> impl Iterator<Item = Move> {
        let fits = |t: &Trigger| {
            t.fact == kind
                && (t.code.is_empty() || t.code == code)
                && (t.outcome.is_empty() || t.outcome == outcome)
        };
        let all = [
            (Move::Start, &self.start),
            (Move::Pause, &self.pause),
            (Move::Restart, &self.restart),
            (Move::Stop, &self.stop),
            (Move::End, &self.end),
        ];
        all.into_iter()
            .filter(move |(_, list)| list.iter().any(fits))
            .map(|(what, _)| what)
            .collect::<Vec<_>>()
            .into_iter()
    }
}
