//! IATI 2.03: what a project is, what it costs and what it reached, as an activity of the International Aid Transparency Initiative.
//!
//! Source: IATI Standard 2.03, activity standard. Out goes what [`Activity`] has, and only when [`check`] finds nothing: it has no field
//! for a person, a street or a telephone. A [`Place`] is a department or a municipality and cannot be finer.

use jiff::civil::Date;

mod budget;
mod check;
mod number;
mod read;
mod write;

pub use budget::split;
pub use check::{Problem, Why, check};
pub use number::Number;
pub use read::{Fault, LARGEST, MOST, Read, read};
pub use write::write;

/// A text in its languages. The first of a pair is none for the activity's own language.
pub type Texts = Vec<(Option<String>, String)>;

/// A project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// ISO 639-1 of texts that name no other.
    pub language: String,
    /// ISO 4217 of amounts that name no other.
    pub currency: String,
    /// When it was changed last, as `xsd:dateTime`.
    pub updated: String,
    /// Its id in the whole world: that of the organisation, and the project's own.
    pub identifier: String,
    /// Who publishes it.
    pub reporter: Organisation,
    /// What it is called.
    pub title: Texts,
    /// What it is: kind (1 general, 2 objectives, 3 whom it is for) and text.
    pub descriptions: Vec<(u8, Texts)>,
    /// Who takes part: role (1 pays, 2 answers for it, 3 passes on, 4 does it) and organisation.
    pub participants: Vec<(u8, Organisation)>,
    /// 1 planned, 2 under way, 3 finalised, 4 closed, 5 cancelled, 6 suspended.
    pub status: Option<u8>,
    /// Kind (1 and 2 planned and real beginning, 3 and 4 planned and real end) and day.
    pub dates: Vec<(u8, Date)>,
    /// Whom to ask: an organisation, never a person.
    pub contact: Texts,
    /// How wide: 4 national, 5 and 6 one and several places below it.
    pub scope: Option<u8>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Where.
    pub places: Vec<Place>,
    /// Purpose code of the OECD's DAC, five digits, and its share. They add to 100.
    pub sectors: Vec<(String, Number)>,
    /// Targets of the sustainable development goals, with words.
    pub goals: Vec<(String, Texts)>,
    /// Policy marker and how much it matters (0, 1, 2).
    pub markers: Vec<(String, u8)>,
    /// How it is paid for.
    pub finance: Finance,
    /// Planned spending. None longer than a year: [`split`].
    pub budgets: Vec<Budget>,
    /// Money that was promised or moved.
    pub transactions: Vec<Transaction>,
    /// What it reached.
    pub results: Vec<Outcome>,
}

/// An organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    /// Its id in the whole world.
    pub reference: String,
    /// 10 government, 21 international NGO, 22 national NGO, 24 partner country based NGO, …
    pub kind: String,
    /// What it is called.
    pub name: Texts,
}

/// A department or a municipality.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Its P-code: country and two digits, or four.
    pub pcode: String,
    /// Its name.
    pub name: String,
    /// Latitude and longitude of a point inside it that stands for all of it, as written in the public list.
    pub point: Option<(String, String)>,
}

/// How a project is paid for, in codes of the OECD's DAC.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finance {
    /// Collaboration type.
    pub collaboration: String,
    /// Flow type.
    pub flow: String,
    /// Finance type.
    pub finance: String,
    /// Aid type, vocabulary 1.
    pub aid: String,
    /// Tied status.
    pub tied: String,
}

/// Planned spending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// In the activity's currency.
    pub value: Number,
}

/// Money that was promised or moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// 1 received, 2 promised to others, 3 passed on, 4 spent, 11 promised to us.
    pub kind: String,
    /// The day, which is that of the value too.
    pub day: Date,
    /// In the activity's currency.
    pub value: Number,
    /// From whom.
    pub provider: Option<Organisation>,
}

/// A result with its indicators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// 1 output, 2 outcome, 3 impact.
    pub kind: u8,
    /// Whether figures of it may be added to others.
    pub adds: Option<bool>,
    /// What it is.
    pub title: Texts,
    /// How it is measured.
    pub indicators: Vec<Indicator>,
}

/// An indicator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indicator {
    /// 1 a number of units, 2 a percentage.
    pub measure: u8,
    /// Whether more is better.
    pub ascending: Option<bool>,
    /// Whether figures of it may be added to others.
    pub adds: Option<bool>,
    /// Whether it counts something that is no person, as houses or sessions. Only then a small number may leave. Not written; one that was
    /// read counts people as long as nobody says otherwise.
    pub things: bool,
    /// What is counted.
    pub title: Texts,
    /// Vocabulary and code of a standard that has it.
    pub reference: Option<(String, String)>,
    /// Day and value before the beginning.
    pub baseline: Option<(Date, Number)>,
    /// What was reached, by period.
    pub periods: Vec<Period>,
}

/// What was to be reached in a period, and what was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// What was to be reached.
    pub target: Option<Number>,
    /// What was reached; none when it is hidden or not known.
    pub actual: Option<Actual>,
}

/// A figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actual {
    /// The figure.
    pub value: Number,
    /// P-codes of [`Activity::places`].
    pub places: Vec<String>,
    /// What it is divided by: name and value.
    pub dimensions: Vec<(String, String)>,
    /// Words about it.
    pub comment: Texts,
}
