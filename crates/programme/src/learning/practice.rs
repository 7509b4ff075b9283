//! Practice: whether institutions act otherwise after their people were trained. Only facts are read; what leaves is an estimate with its
//! range, or the words that no difference can be seen, or that too few stand behind it.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller};
use ceiba_disclosure::{Cell, SafeEstimate, count, estimate};
use ceiba_store::Tx;
use jiff::civil::Date;

pub mod effect;

use crate::{Outcome, Programme, results};
use effect::{Month, Rules, TooFew, Unit};

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

    /// One row for each unit and month: how many cases, and the sum of what is measured in them. Days come as minutes.
    const fn sql(self) -> &'static str {
        match self {
            Self::Accepted => {
                "SELECT d.value AS unit, SUBSTR(f.day, 1, 7) AS month, CAST(SUM(f.amount) AS BIGINT) AS cases,
                   CAST(SUM(CASE WHEN f.outcome = 'accepted' THEN 100 * f.amount ELSE 0 END) AS BIGINT) AS total
                 FROM fact f JOIN fact_dim d ON d.fact = f.id AND d.dim = 'institution'
                 WHERE f.kind = 'referral.answered' AND f.outcome IN ('accepted', 'rejected') AND f.day BETWEEN $1 AND $2
                 GROUP BY d.value, SUBSTR(f.day, 1, 7)"
            }
            Self::Answered => {
                "SELECT d.value AS unit, SUBSTR(f.day, 1, 7) AS month, CAST(SUM(f.amount) AS BIGINT) AS cases,
                   CAST(SUM(f.minutes * f.amount) AS BIGINT) AS total
                 FROM fact f JOIN fact_dim d ON d.fact = f.id AND d.dim = 'institution'
                 WHERE f.kind = 'referral.answered' AND f.outcome IN ('accepted', 'rejected') AND f.minutes IS NOT NULL
                   AND f.day BETWEEN $1 AND $2
                 GROUP BY d.value, SUBSTR(f.day, 1, 7)"
            }
            Self::Measure => {
                "SELECT d.value AS unit, SUBSTR(f.day, 1, 7) AS month, CAST(SUM(f.amount) AS BIGINT) AS cases,
                   CAST(SUM(f.minutes * f.amount) AS BIGINT) AS total
                 FROM fact f JOIN fact_dim d ON d.fact = f.id AND d.dim = 'institution'
                 WHERE f.kind = 'measure.decided' AND f.minutes IS NOT NULL AND f.day BETWEEN $1 AND $2
                 GROUP BY d.value, SUBSTR(f.day, 1, 7)"
            }
            Self::Score => {
                "SELECT d.value AS unit, SUBSTR(f.day, 1, 7) AS month, CAST(SUM(f.amount) AS BIGINT) AS cases,
                   CAST(SUM(CASE WHEN f.outcome = 'met' THEN 100 * f.amount ELSE 0 END) AS BIGINT) AS total
                 FROM fact f JOIN fact_dim d ON d.fact = f.id AND d.dim = 'institution'
                 WHERE f.kind = 'justice.scored' AND f.outcome IN ('met', 'not_met') AND f.day BETWEEN $1 AND $2
                 GROUP BY d.value, SUBSTR(f.day, 1, 7)"
            }
        }
    }
}

/// What is said of one measure.
#[derive(Clone, Copy, Debug)]
pub enum Finding {
    /// Fewer units than it takes stand on one of the sides.
    TooFew(TooFew),
    /// An estimate with what stands behind it.
    Estimated {
        /// The difference with its range; hidden when few cases stand behind it.
        estimate: SafeEstimate,
        /// Trained units.
        trained: usize,
        /// Units they were compared with.
        compared: usize,
        /// Cases of both, to the nearest ten: they are survivors', and one more or less is nobody's business. Hidden when few.
        cases: Cell,
    },
}

/// Of how many months, and what was found for each measure.
pub struct Practice {
    /// How many months were read.
    pub months: usize,
    /// In the order of [`MEASURED`].
    pub findings: Vec<(Measured, Finding)>,
}

/// Compares all of it over the months from the first to the last day.
///
/// # Errors
/// The gate's refusal, or when the database breaks.
pub async fn read(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (from, to): (Date, Date),
    rules: Rules,
) -> Outcome<Practice> {
    p.may(caller, Act::TRAINING_READ)?;
    let starts = starts(tx, to).await?;
    let months = usize::try_from(index(from, to)).unwrap_or(0) + 1;
    let mut findings = Vec::with_capacity(MEASURED.len());
    for measured in MEASURED {
        let units = units(tx, measured, (from, to), months, &starts).await?;
        findings.push((measured, found(&units, rules)?));
    }
    Ok(Practice { months, findings })
}

fn found(units: &[Unit], rules: Rules) -> Outcome<Finding> {
    let effect = match effect::effect(units, rules) {
        Ok(effect) => effect,
        Err(few) => return Ok(Finding::TooFew(few)),
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a sum of counts of rows")]
    let cases = effect.cases as u64;
    let (k, value) = (results::threshold()?, (effect.value, effect.lower, effect.upper));
    Ok(Finding::Estimated {
        estimate: estimate(value, &[cases], k),
        trained: effect.trained,
        compared: effect.compared,
        cases: if cases < k.k() { count(cases, k) } else { count((cases + 5) / 10 * 10, k) },
    })
}

/// Months from one day's month to another's.
fn index(from: Date, to: Date) -> i64 {
    (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month()) - i64::from(from.month())
}

fn month(text: &str) -> Option<Date> {
    format!("{}-01", text.get(..7)?).parse().ok()
}

/// By unit, the first day on which one of its people completed a course.
async fn starts(tx: &mut Tx, to: Date) -> Outcome<BTreeMap<String, Date>> {
    let rows = tx
        .sql(
            "SELECT unit, MIN(day) AS day FROM (
               SELECT d.value AS unit, f.day AS day FROM fact f JOIN fact_dim d ON d.fact = f.id AND d.dim = 'institution'
               WHERE f.kind = 'training.completed' AND f.day <= $1
               GROUP BY d.value, f.day, f.subject HAVING SUM(f.amount) > 0) held GROUP BY unit",
        )
        .bind(to.to_string())
        .all()
        .await?;
    let mut all = BTreeMap::new();
    for row in &rows {
        if let Ok(day) = row.get::<String>("day")?.parse() {
            all.insert(row.get("unit")?, day);
        }
    }
    Ok(all)
}

async fn units(
    tx: &mut Tx,
    measure: Measured,
    (from, to): (Date, Date),
    months: usize,
    starts: &BTreeMap<String, Date>,
) -> Outcome<Vec<Unit>> {
    let rows = tx.sql(measure.sql()).bind(from.to_string()).bind(to.to_string()).all().await?;
    let mut all: BTreeMap<String, Vec<Month>> = BTreeMap::new();
    for row in &rows {
        let Some(day) = month(&row.get::<String>("month")?) else { continue };
        let Ok(at) = usize::try_from(index(from, day)) else { continue };
        let held = all.entry(row.get("unit")?).or_insert_with(|| vec![Month::default(); months]);
        let (cases, total) = (row.get::<i64>("cases")?, row.get::<i64>("total")?);
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts and minutes of a programme are far below 2^53"
        )]
        let (cases, total) = (cases.max(0) as f64, total as f64);
        let total = if measure.less_is_better() { total / 1440.0 } else { total };
        if let Some(month) = held.get_mut(at) {
            *month = Month { sum: total, cases };
        }
    }
    Ok(all
        .into_iter()
        .filter_map(|(code, months)| {
            let trained = match starts.get(&code).map(|day| index(from, *day)) {
                None => None,
                // Trained before the first month: there is no before.
                Some(before) if before < 0 => return None,
                Some(at) => usize::try_from(at).ok(),
            };
            Some(Unit { trained, months })
        })
        .collect())
}
