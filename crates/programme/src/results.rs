//! The programme's numbers: expressions over facts, and nothing but facts. What leaves passes `disclosure`.

use ceiba_access::{Act, Caller};
use ceiba_store::Tx;

use crate::{Outcome, Programme};

/// A span of civil days, both included, and perhaps one site.
#[derive(Clone, Debug)]
pub struct Span {
    /// First day, `2026-01-01`.
    pub from: String,
    /// Last day.
    pub to: String,
    /// A site's code; none for all.
    pub site: Option<String>,
}

/// A count with its codes, before it passes the disclosure gate. It never leaves this crate as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// The row's code.
    pub row: String,
    /// The column's code.
    pub column: String,
    /// How many people, or how many things where the fact is about no person.
    pub count: u64,
}

/// What can be counted. Each says which facts, what makes the row, what makes the column, and whether people
/// or things are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// People served, by service and new or continuing.
    ServedByService,
    /// People served, by month and site.
    ServedByMonth,
    /// People served, by sex and age band.
    ServedBySexAge,
    /// Referrals by how far they came.
    Cascade,
    /// Screenings by result.
    Screening,
    /// Plans agreed, by month.
    Plans,
    /// Goals by domain and whether met at the last rating.
    Goals,
    /// Alerts by month and urgency.
    Alerts,
    /// First answers on time and late, by urgency.
    Answers,
}

impl Measure {
    /// One query for each: written out, so that a reader sees the whole rule of a figure.
    const fn sql(self) -> &'static str {
        match self {
            Self::ServedByService => {
                "SELECT code AS r, outcome AS c, COUNT(DISTINCT subject) AS n FROM fact
                 WHERE kind = 'service.given' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code, outcome"
            }
            Self::ServedByMonth => {
                "SELECT SUBSTR(day, 1, 7) AS r, site AS c, COUNT(DISTINCT subject) AS n FROM fact
                 WHERE kind = 'service.given' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(day, 1, 7), site"
            }
            Self::ServedBySexAge => {
                "SELECT age_band AS r, sex AS c, COUNT(DISTINCT subject) AS n FROM fact
                 WHERE kind = 'service.given' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY age_band, sex"
            }
            Self::Cascade => {
                "SELECT COALESCE(outcome, 'sent') AS r, 'all' AS c, COUNT(*) AS n FROM fact
                 WHERE kind IN ('referral.sent', 'referral.answered') AND day BETWEEN $1 AND $2
                   AND ($3 IS NULL OR site = $3) GROUP BY COALESCE(outcome, 'sent')"
            }
            Self::Screening => {
                "SELECT COALESCE(outcome, 'none') AS r, 'all' AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'screening.kept' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY COALESCE(outcome, 'none')"
            }
            Self::Plans => {
                "SELECT SUBSTR(day, 1, 7) AS r, 'all' AS c, COUNT(DISTINCT subject) AS n FROM fact
                 WHERE kind = 'plan.agreed' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY SUBSTR(day, 1, 7)"
            }
            // A goal's last rating counts, not every rating on the way.
            Self::Goals => {
                "SELECT f.code AS r, f.outcome AS c, COUNT(DISTINCT f.subject) AS n FROM fact f
                 WHERE f.kind = 'goal.rated' AND f.day BETWEEN $1 AND $2 AND ($3 IS NULL OR f.site = $3)
                   AND f.at = (SELECT MAX(g.at) FROM fact g WHERE g.kind = 'goal.rated' AND g.subject = f.subject
                               AND g.code = f.code AND g.day BETWEEN $1 AND $2)
                 GROUP BY f.code, f.outcome"
            }
            Self::Alerts => {
                "SELECT SUBSTR(day, 1, 7) AS r, code AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'alert.received' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(day, 1, 7), code"
            }
            Self::Answers => {
                "SELECT code AS r, outcome AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'alert.answered' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code, outcome"
            }
        }
    }
}

/// Counts. The rows come sorted by code, so that the same facts always give the same answer.
///
/// # Errors
/// The gate's refusal, or when the database breaks.
pub async fn count(p: &Programme, tx: &mut Tx, caller: &Caller, measure: Measure, span: &Span) -> Outcome<Vec<Raw>> {
    p.may(caller, Act::NUMBERS_READ)?;
    let rows = tx
        .sql(measure.sql())
        .bind(&span.from)
        .bind(&span.to)
        .bind(span.site.clone())
        .all()
        .await?;
    let mut raw = rows
        .iter()
        .map(|r| {
            Ok(Raw {
                row: r.get::<Option<String>>("r")?.unwrap_or_default(),
                column: r.get::<Option<String>>("c")?.unwrap_or_default(),
                count: r.get::<i64>("n")?.unsigned_abs(),
            })
        })
        .collect::<Outcome<Vec<_>>>()?;
    raw.sort_by(|a, b| (&a.row, &a.column).cmp(&(&b.row, &b.column)));
    Ok(raw)
}

/// Minutes from one event to the next, one for each fact, sorted: for medians.
///
/// # Errors
/// As [`count`].
pub async fn minutes(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (kind, outcome): (&'static str, Option<&str>),
    span: &Span,
) -> Outcome<Vec<i64>> {
    p.may(caller, Act::NUMBERS_READ)?;
    let rows = tx
        .sql(
            "SELECT minutes FROM fact WHERE kind = $1 AND day BETWEEN $2 AND $3 AND ($4 IS NULL OR site = $4)
               AND ($5 IS NULL OR outcome = $5) AND minutes IS NOT NULL ORDER BY minutes",
        )
        .bind(kind)
        .bind(&span.from)
        .bind(&span.to)
        .bind(span.site.clone())
        .bind(outcome)
        .all()
        .await?;
    Ok(rows.iter().map(|r| r.get("minutes")).collect::<Result<_, _>>()?)
}

/// How many people were served at all: each once.
///
/// # Errors
/// As [`count`].
pub async fn people(p: &Programme, tx: &mut Tx, caller: &Caller, span: &Span) -> Outcome<u64> {
    p.may(caller, Act::NUMBERS_READ)?;
    let row = tx
        .sql(
            "SELECT COUNT(DISTINCT subject) AS n FROM fact WHERE kind = 'service.given' AND day BETWEEN $1 AND $2
               AND ($3 IS NULL OR site = $3)",
        )
        .bind(&span.from)
        .bind(&span.to)
        .bind(span.site.clone())
        .one()
        .await?;
    Ok(row.get::<i64>("n")?.unsigned_abs())
}
