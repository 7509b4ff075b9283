//! A house as data: its rooms and beds, whom it receives, and the rules of who may sleep near whom.

use serde::Deserialize;

/// A room with its beds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// What people call it.
    pub code: String,
    /// Its beds, as people say them.
    pub beds: Vec<String>,
    /// Cots, for the babies of who sleeps here.
    #[serde(default)]
    pub cots: Vec<String>,
    /// Without a step, and wide enough for a wheelchair.
    #[serde(default)]
    pub step_free: bool,
}

/// Whom a house receives, and where they sleep.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct House {
    /// A code of the list `gender`, written for whoever arrives at night.
    pub receives: String,
    /// The youngest and the oldest, in full years.
    pub ages: [i16; 2],
    /// How many residents its authorisation allows, whatever the beds.
    pub capacity: usize,
    /// Whether somebody may bring her children.
    pub companions: bool,
    /// Languages that are spoken there by day.
    pub languages: Vec<String>,
    /// Its rooms.
    pub rooms: Vec<Room>,
    /// Its own hours of visit; none: those of `packs/core/shelter.toml`.
    #[serde(default)]
    pub visiting: Vec<Visiting>,
}

impl House {
    /// Its beds for residents, in the order of the pack.
    pub fn beds(&self) -> impl Iterator<Item = &str> {
        self.rooms.iter().flat_map(|r| r.beds.iter().map(String::as_str))
    }

    /// The room of a bed or cot.
    #[must_use]
    pub fn room(&self, bed: &str) -> Option<&Room> {
        self.rooms.iter().find(|r| r.beds.iter().chain(&r.cots).any(|b| b == bed))
    }
}

/// What a rule of safety compares. The comparison is code; how much, where and who may pass it is data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// More residents than the house is authorised for.
    Capacity,
    /// Her sex is not the one the house receives.
    Sex,
    /// Her age is outside the house's.
    Age,
    /// She brings children, and the house has no place for them.
    Companions,
    /// Nobody in the house speaks her language.
    Language,
    /// She needs a room without a step.
    StepFree,
    /// Somebody who must be kept apart from her sleeps there.
    Apart,
    /// Somebody much older or younger sleeps there.
    AgeGap,
    /// A sibling of hers sleeps elsewhere in the house, in a room with a free bed.
    Siblings,
}

/// Where a rule looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// In the same room.
    Room,
    /// In the same house.
    House,
}

/// What happens when a rule is not met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// She is not placed there, unless somebody who may passes the rule with a reason.
    Stop,
    /// It is said, and she may be placed.
    Warn,
}

/// A rule of `packs/core/shelter.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SafetyRule {
    /// Its code; its sentences are `rule-<code>` and `rule-<code>-do` in the translations.
    pub code: String,
    /// What it compares.
    pub check: Check,
    /// Where it looks.
    pub scope: Scope,
    /// What happens.
    pub effect: Effect,
    /// The act of whoever may place somebody all the same; empty: nobody.
    #[serde(default)]
    pub pass: String,
    /// For [`Check::Apart`]: the reasons (codes of the list `apart_reasons`) it looks at.
    #[serde(default)]
    pub reasons: Vec<String>,
    /// For [`Check::AgeGap`]: more than so many years.
    #[serde(default)]
    pub years: i16,
}

/// Days and hours at which visitors come in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visiting {
    /// On which days of the week.
    pub days: Vec<Weekday>,
    /// From which full local hour on, 0 to 23.
    pub from: i8,
    /// Until which full local hour, 1 to 24.
    pub until: i8,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Weekday {
    /// Its code, as the pack and the translations have it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mon => "mon",
            Self::Tue => "tue",
            Self::Wed => "wed",
            Self::Thu => "thu",
            Self::Fri => "fri",
            Self::Sat => "sat",
            Self::Sun => "sun",
        }
    }
}

impl From<jiff::civil::Weekday> for Weekday {
    fn from(day: jiff::civil::Weekday) -> Self {
        use jiff::civil::Weekday as Day;
        match day {
            Day::Monday => Self::Mon,
            Day::Tuesday => Self::Tue,
            Day::Wednesday => Self::Wed,
            Day::Thursday => Self::Thu,
            Day::Friday => Self::Fri,
            Day::Saturday => Self::Sat,
            Day::Sunday => Self::Sun,
        }
    }
}

/// A first step when somebody is not where she should be.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissingStep {
    /// Its code; its sentence is `missing-<code>` in the translations.
    pub code: String,
    /// By when, in minutes after the search began.
    pub minutes: i64,
    /// How far its term is known: `verified`, `known` or `unverified`. What no lawyer signed is said to be so.
    pub status: String,
    /// Where it comes from.
    pub basis: String,
    /// The kind of institutions that get a letter for it; empty: none does.
    #[serde(default)]
    pub letter: String,
}

/// Work in a house as data.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShelterRules {
    /// The local hour at which those who sleep in the house are counted.
    pub census_hour: i8,
    /// How many hours somebody may not have been seen before the page says so.
    pub unseen_hours: i64,
    /// How many hours somebody may be on her way from one house to another before the pages say that she should be there.
    pub on_way_hours: i64,
    /// How many days after a drill the next one is due.
    pub drill_days: i64,
    /// Hours of visit of the houses that have none of their own.
    pub visiting: Vec<Visiting>,
    /// How many days before she comes of age the plan asks what then.
    pub of_age_days: i64,
    /// Medicines of these kinds (codes of the list `medicine_kinds`) need a second signature.
    pub two_signatures: Vec<String>,
    /// Words that stand on every prescription and name no substance, in small letters without accents.
    pub ordinary_words: Vec<String>,
    /// First steps when somebody is missing, in their order.
    pub missing: Vec<MissingStep>,
    /// Rules of placement, in the order in which they are told.
    pub rule: Vec<SafetyRule>,
}
