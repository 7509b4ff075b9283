//! Practice: whether institutions act otherwise after their people were trained. Only facts are read; what leaves is an estimate with its
//! range, or the words that no difference can be seen, or that too few stand behind it. It is kept like every other answer, and compared with those
//! of other spans: one case more must not be told by the difference of two findings.

use ceiba_access::{Act, Caller};
use ceiba_disclosure::{Question, SafeEstimate, estimate};
use ceiba_store::Tx;
use jiff::civil::Date;

mod cases;
pub mod effect;

pub(crate) use cases::{Cases, Used};

use crate::results::{self, Span};
use crate::{Outcome, Programme, releases};
use effect::{Rules, Unit};

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    /// Of the referrals that an institution answered, how many it took, in points of 100.
    Accepted,
    /// Days until it took or declined a referral.
    Answered,
    /// Days from asking for a protection measure to its decision.
    Measure,
    /// Of the points of the proceedings' list that were known, how many were met, in points of 100.
    Score,
}

/// All of them, in the order of the page.
pub const MEASURED: [Measured; 4] =
    [Measured::Accepted, Measured::Answered, Measured::Measure, Measured::Score];

impl Measured {
    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Answered => "answered",
            Self::Measure => "measure",
            Self::Score => "score",
        }
    }

    /// Whether less is better: days are.
    #[must_use]
    pub const fn less_is_better(self) -> bool {
        matches!(self, Self::Answered | Self::Measure)
    }

    /// The kind of fact that it reads.
    const fn kind(self) -> &'static str {
        match self {
            Self::Accepted | Self::Answered => "referral.answered",
            Self::Measure => "measure.decided",
            Self::Score => "justice.scored",
        }
    }

    /// What a case is worth; nothing for one that it does not count. Minutes come as days.
    fn of(self, outcome: Option<&str>, minutes: Option<i64>) -> Option<f64> {
        let share = |yes: &str, no: &str| match outcome {
            Some(said) if said == yes => Some(100.0),
            Some(said) if said == no => Some(0.0),
            _ => None,
        };
        #[expect(clippy::cast_precision_loss, reason = "minutes of a programme are far below 2^53")]
        let days = minutes.map(|m| m as f64 / 1440.0);
        match self {
            Self::Accepted => share("accepted", "rejected"),
            Self::Answered => share("accepted", "rejected").and(days),
            Self::Measure => days,
            Self::Score => share("met", "not_met"),
        }
    }
}

/// What is kept of a finding: the estimate with what stands behind it, and its range, of which more cases are a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Found,
    Range,
}

/// Its code in the log of what left.
pub(crate) fn code(measured: Measured, part: Part) -> String {
    let part = if part == Part::Found { "found" } else { "range" };
    format!("practice:{}:{part}", measured.code())
}

/// The measure of a code of the log.
pub(crate) fn of(text: &str) -> Option<(Measured, Part)> {
    let all = MEASURED.into_iter().flat_map(|m| [Part::Found, Part::Range].map(|part| (m, part)));
    all.into_iter().find(|(measured, part)| code(*measured, *part) == text)
}

/// What is said of one measure.
#[derive(Clone, Copy, Debug)]
pub enum Finding {
    /// Fewer than [`LEAST`] institutions stand on one of the sides.
    TooFew,
    /// Too few people, or it would tell of a few beside what left before.
    Hidden,
    /// An estimate with what stands behind it.
    Estimated {
        /// The difference with its range.
        estimate: SafeEstimate,
        /// Trained units.
        trained: u64,
        /// Units they were compared with.
        compared: u64,
        /// Cases of both, to the nearest ten: they are survivors', and one more or less is nobody's business.
        cases: u64,
    },
}

/// So many institutions of either side must stand behind a finding.
pub const LEAST: usize = Rules::SHOWN.units;

/// Of how many months, and what was found for each measure.
pub struct Practice {
    /// How many months were read.
    pub months: usize,
    /// In the order of [`MEASURED`].
    pub findings: Vec<(Measured, Finding)>,
}

/// Compares all of it over the months from the first to the last day.
///
/// A new answer is kept in a unit of work of its own: the caller must hold none.
///
/// # Errors
/// The gate's refusal, or when the database breaks.
pub async fn read(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (from, to): (Date, Date),
) -> Outcome<Practice> {
    p.may(caller, Act::TRAINING_READ)?;
    let span = Span { from: from.to_string(), to: to.to_string(), site: None };
    let months = usize::try_from(cases::index(from, to)).unwrap_or(0) + 1;
    let mut findings = Vec::with_capacity(MEASURED.len());
    for measured in MEASURED {
        findings.push((measured, found(p, tx, caller, (measured, &span)).await?));
    }
    Ok(Practice { months, findings })
}

async fn found(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (measured, span): (Measured, &Span),
) -> Outcome<Finding> {
    let mut values = Vec::new();
    for part in [Part::Range, Part::Found] {
        let question = Question {
            measure: code(measured, part),
            by: vec!["part".to_owned()],
            region: span.region()?,
            adds_up: false,
        };
        values.extend(releases::values(p, tx, caller, &results::asked(p, &question, span)).await?);
    }
    if values.is_empty() {
        return Ok(Finding::TooFew);
    }
    let value = |part: &str| values.iter().find(|(codes, _)| codes.concat() == part).and_then(|(_, v)| *v);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "they were kept as counts")]
    let many = |part: &str| value(part).map(|n| n.max(0.0) as u64);
    let of = || {
        Some(Finding::Estimated {
            estimate: SafeEstimate::again((value("value")?, value("lower")?, value("upper")?)),
            trained: many("trained")?,
            compared: many("compared")?,
            cases: many("cases")?,
        })
    };
    Ok(of().unwrap_or(Finding::Hidden))
}

/// The parts of a finding before the answers that left: each with how many people stand behind it. Nothing when institutions are too few.
pub(crate) async fn measured(
    tx: &mut Tx,
    (measured, part): (Measured, Part),
    span: &Span,
) -> Outcome<Vec<(Vec<String>, u64, Option<f64>)>> {
    let cases = Cases::read(tx, measured, (&span.from, &span.to)).await?;
    let units: Vec<Unit> = cases.units(measured, span, i64::MAX).into_iter().map(|(_, unit)| unit).collect();
    // Only the range is made by chance.
    let rules = Rules { draws: if part == Part::Range { Rules::SHOWN.draws } else { 0 }, ..Rules::SHOWN };
    let Ok(effect) = effect::effect(&units, rules) else { return Ok(Vec::new()) };
    let people = cases::people(&cases.behind((measured, part), span, i64::MAX));
    let ends = if part == Part::Range { (effect.lower, effect.upper) } else { (effect.value, effect.value) };
    let safe = estimate((effect.value, ends.0, ends.1), &[people], results::threshold()?);
    let known = |n: f64| safe.value().map(|_| n);
    #[expect(clippy::cast_precision_loss, reason = "institutions are far fewer than 2^53")]
    let all = match part {
        Part::Found => vec![
            ("cases", known((effect.cases / 10.0).round() * 10.0)),
            ("compared", known(effect.compared as f64)),
            ("trained", known(effect.trained as f64)),
            ("value", safe.value()),
        ],
        Part::Range => vec![("lower", safe.lower()), ("upper", safe.upper())],
    };
    Ok(all.into_iter().map(|(part, value)| (vec![part.to_owned()], people, value)).collect())
}
