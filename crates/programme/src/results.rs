//! The programme's numbers: expressions over facts, and nothing but facts. What leaves passes `disclosure`.
//!
//! Whatever counts people reads `fact_person`, in which the pseudonyms of one person are one (`people/links/same.rs`).

pub mod basis;
pub mod behind;
pub mod brought;
mod check;
pub mod compute;
mod counting;
pub mod framework;
pub mod frozen;
pub mod gate;
mod kinds;
pub mod quarter;
mod reading;
pub mod rule;
pub mod sheet;
pub mod spending;
pub mod versions;

use std::collections::{BTreeMap, BTreeSet};

use ceiba_access::{Act, Caller};
use ceiba_disclosure::{
    Audience, Cell, Many, Question, Region, SafeMedian, SafeTable, Threshold, median_days,
};
use ceiba_store::Tx;
use jiff::civil::Date;

use crate::releases::{self, Asked, Exact};
use crate::{Outcome, Programme, ProgrammeError};

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

/// A count with its codes, before it passes the disclosure gate. It never leaves this file but for the gate.
struct Raw {
    row: String,
    column: String,
    count: u64,
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
    /// Nights that residents slept in a house, by month and house.
    BedNights,
    /// Requests for which there was no place, by age band, alone or with children.
    Refused,
    /// Requests for which there was no place, by reason.
    RefusedWhy,
    /// How people left a house, by destination.
    Left,
    /// Incidents by kind.
    Incidents,
    /// Reports about the conduct of staff by kind, without anybody.
    Conduct,
    /// Visits to a clinic by month and desk.
    ClinicVisits,
    /// What was offered after recent violence, and what she said to it.
    ClinicOffers,
    /// People with a place, by service and what became of it.
    Seats,
    /// Marks of who came, by service.
    Attendance,
    /// People by domain and whether they are better, the same or worse than the first time, at the last assessment.
    Outcomes,
    /// Reviews of plans by month, on time or late.
    Reviews,
    /// People who got economic support, each once whoever paid, by kind.
    Supported,
    /// Money handed over less what came back, in whole units of the currency, by line. A line with fewer than five hand-overs is hidden.
    Money,
    /// Hours of staff, by service.
    Effort,
    /// Interviews that were held, by what for and in what kind of place.
    Tellings,
    /// Requests for another interview, by what for: asked, and avoided.
    TellingRequests,
    /// Who came to a municipal office, by what about.
    OfficeReceived,
    /// Calls of a municipal office, by whom and whether somebody answered.
    OfficeCalls,
    /// What institutions said they would do, by whom and whether they did.
    OfficePromises,
    /// Visits of a municipal office, by kind and result.
    OfficeVisits,
    /// Community activities, by month and kind.
    OfficeActivities,
    /// People whom community activities reached, by age band and sex. Whoever came twice is counted twice: nobody asks for names.
    OfficeReached,
    /// Agreements of the commission that ended, by how.
    OfficeAgreements,
    /// Case conferences by month: held, and called off.
    Conferences,
    /// What case conferences decided, by kind: kept, kept late, dropped.
    ConferenceTasks,
    /// Alerts by department of the place they tell of.
    AlertsByDepartment,
    /// People served, by department.
    ServedByDepartment,
    /// People served, by service and month.
    ServicesByMonth,
    /// People who completed a course, by institution and audience.
    TrainedByInstitution,
    /// People who completed a course, by sex and audience.
    TrainedBySex,
    /// Course sessions that were held, by month.
    Sessions,
}

impl Measure {
    /// One query for each: written out, so that a reader sees the whole rule of a figure.
    const fn sql(self) -> &'static str {
        match self {
            // What was taken back is one and minus one: whoever is left with nothing is not counted.
            Self::ServedByService => {
                "SELECT r, c, COUNT(*) AS n FROM (SELECT code AS r, outcome AS c FROM fact_person
                 WHERE kind = 'service.given' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY code, outcome, subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            Self::ServedByMonth => {
                "SELECT r, c, COUNT(*) AS n FROM (SELECT SUBSTR(day, 1, 7) AS r, site AS c FROM fact_person
                 WHERE kind = 'service.given' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(day, 1, 7), site, subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            Self::ServedBySexAge => {
                "SELECT r, c, COUNT(*) AS n FROM (SELECT age_band AS r, sex AS c FROM fact_person
                 WHERE kind = 'service.given' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY age_band, sex, subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            Self::Cascade => {
                "SELECT COALESCE(outcome, 'requested') AS r, 'all' AS c, COUNT(*) AS n FROM fact
                 WHERE kind IN ('referral.sent', 'referral.answered') AND day BETWEEN $1 AND $2
                   AND ($3 IS NULL OR site = $3) GROUP BY COALESCE(outcome, 'requested')"
            }
            Self::Screening => {
                "SELECT COALESCE(outcome, 'none') AS r, 'all' AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'screening.kept' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY COALESCE(outcome, 'none')"
            }
            Self::Plans => {
                "SELECT SUBSTR(day, 1, 7) AS r, 'all' AS c, COUNT(DISTINCT subject) AS n FROM fact_person
                 WHERE kind = 'plan.agreed' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY SUBSTR(day, 1, 7)"
            }
            // A goal's last rating counts, not every rating on the way.
            Self::Goals => {
                "SELECT f.code AS r, f.outcome AS c, COUNT(DISTINCT COALESCE(s.as_subject, f.subject)) AS n FROM fact f LEFT JOIN subject_same s ON s.subject = f.subject
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
            // A night that was counted and corrected is one and minus one. With fewer than five people behind it the number given
            // to the gate is theirs, which it hides: thirty nights of a month are one girl.
            Self::BedNights => {
                "SELECT SUBSTR(day, 1, 7) AS r, site AS c,
                   CASE WHEN COUNT(DISTINCT subject) < 5 THEN COUNT(DISTINCT subject) ELSE CAST(SUM(amount) AS BIGINT) END AS n FROM fact_person
                 WHERE kind = 'shelter.night' AND code = 'resident' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(day, 1, 7), site"
            }
            Self::Refused => {
                "SELECT age_band AS r, outcome AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'shelter.refused' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY age_band, outcome"
            }
            Self::RefusedWhy => {
                "SELECT code AS r, 'all' AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'shelter.refused' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code"
            }
            Self::Left => {
                "SELECT COALESCE(code, 'unknown') AS r, outcome AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'shelter.left' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY COALESCE(code, 'unknown'), outcome"
            }
            Self::Incidents => {
                "SELECT code AS r, 'all' AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'shelter.incident' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code"
            }
            Self::Conduct => {
                "SELECT code AS r, 'all' AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'conduct.received' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code"
            }
            Self::Seats => {
                "SELECT code AS r, outcome AS c, COUNT(DISTINCT subject) AS n FROM fact_person
                 WHERE kind = 'seat.given' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code, outcome"
            }
            Self::Attendance => {
                "SELECT code AS r, outcome AS c, CAST(SUM(amount) AS BIGINT) AS n FROM fact
                 WHERE kind = 'attendance.noted' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY code, outcome HAVING SUM(amount) > 0"
            }
            Self::Outcomes => {
                "SELECT f.code AS r, f.outcome AS c, COUNT(DISTINCT COALESCE(s.as_subject, f.subject)) AS n FROM fact f LEFT JOIN subject_same s ON s.subject = f.subject
                 WHERE f.kind = 'outcome.scored' AND f.outcome <> 'first' AND f.day BETWEEN $1 AND $2
                   AND ($3 IS NULL OR f.site = $3)
                   AND f.at = (SELECT MAX(g.at) FROM fact g WHERE g.kind = 'outcome.scored' AND g.subject = f.subject
                               AND g.code = f.code AND g.day BETWEEN $1 AND $2)
                 GROUP BY f.code, f.outcome"
            }
            Self::Reviews => {
                "SELECT SUBSTR(day, 1, 7) AS r, outcome AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'plan.reviewed' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(day, 1, 7), outcome"
            }
            Self::Supported => {
                "SELECT code AS r, 'all' AS c, COUNT(DISTINCT subject) AS n FROM fact_person
                 WHERE kind = 'support.delivered' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code"
            }
            // With fewer than five hand-overs the number given to the gate is theirs, which it hides: never a sum.
            Self::Money => {
                "SELECT r, c, CASE WHEN hands < 5 THEN hands WHEN net < 0 THEN 0 ELSE net / 100 END AS n
                 FROM (SELECT code AS r, 'all' AS c, CAST(SUM(CASE WHEN kind = 'money.paid' THEN 1 ELSE 0 END) AS BIGINT) AS hands,
                         CAST(SUM(CASE WHEN kind = 'money.paid' THEN amount ELSE -amount END) AS BIGINT) AS net
                       FROM fact WHERE kind IN ('money.paid', 'money.returned') AND day BETWEEN $1 AND $2
                         AND ($3 IS NULL OR site = $3) GROUP BY code) m"
            }
            Self::Effort => {
                "SELECT code AS r, 'all' AS c, CAST(SUM(minutes) AS BIGINT) / 60 AS n FROM fact
                 WHERE kind = 'effort.noted' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code"
            }
            // Fewer than five people behind a cell: the number given to the gate is theirs, which it hides. Nine times may be one girl.
            Self::Tellings => {
                "SELECT code AS r, COALESCE(outcome, 'unknown') AS c,
                   CASE WHEN COUNT(DISTINCT subject) < 5 THEN COUNT(DISTINCT subject) ELSE COUNT(*) END AS n FROM fact_person
                 WHERE kind = 'telling.held' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY code, COALESCE(outcome, 'unknown')"
            }
            Self::TellingRequests => {
                "SELECT code AS r, kind AS c,
                   CASE WHEN COUNT(DISTINCT subject) < 5 THEN COUNT(DISTINCT subject) ELSE COUNT(*) END AS n FROM fact_person
                 WHERE kind IN ('telling.requested', 'telling.avoided') AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY code, kind"
            }
            Self::OfficeReceived => {
                "SELECT code AS r, 'all' AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'office.received' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code"
            }
            Self::OfficeCalls => {
                "SELECT code AS r, outcome AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'office.call' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code, outcome"
            }
            Self::OfficePromises => {
                "SELECT code AS r, outcome AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'office.promise' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code, outcome"
            }
            Self::OfficeVisits => {
                "SELECT code AS r, outcome AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'office.visit' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code, outcome"
            }
            Self::OfficeActivities => {
                "SELECT SUBSTR(day, 1, 7) AS r, code AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'office.activity' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(day, 1, 7), code"
            }
            Self::OfficeReached => {
                "SELECT age_band AS r, sex AS c, CAST(SUM(amount) AS BIGINT) AS n FROM fact
                 WHERE kind = 'office.reached' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY age_band, sex"
            }
            Self::OfficeAgreements => {
                "SELECT outcome AS r, 'all' AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'office.agreement' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY outcome"
            }
            Self::Conferences => {
                "SELECT SUBSTR(day, 1, 7) AS r, outcome AS c,
                   CASE WHEN COUNT(DISTINCT subject) < 5 THEN COUNT(DISTINCT subject) ELSE COUNT(*) END AS n FROM fact_person
                 WHERE kind = 'conference.ended' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(day, 1, 7), outcome"
            }
            // A task opened again takes back what was counted.
            Self::ConferenceTasks => {
                "SELECT code AS r, outcome AS c,
                   CASE WHEN COUNT(DISTINCT subject) < 5 THEN COUNT(DISTINCT subject) ELSE CAST(SUM(amount) AS BIGINT) END AS n FROM fact_person
                 WHERE kind = 'conference.followed' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY code, outcome HAVING SUM(amount) > 0"
            }
            Self::Answers => {
                "SELECT code AS r, outcome AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'alert.answered' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code, outcome"
            }
            Self::ClinicVisits => {
                "SELECT SUBSTR(day, 1, 7) AS r, code AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'clinic.visit' AND outcome = 'done' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(day, 1, 7), code"
            }
            Self::ClinicOffers => {
                "SELECT code AS r, outcome AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'clinic.offer' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code, outcome"
            }
            Self::AlertsByDepartment => {
                "SELECT SUBSTR(COALESCE(municipality, ''), 1, 4) AS r, 'all' AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'alert.received' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(COALESCE(municipality, ''), 1, 4)"
            }
            Self::ServedByDepartment => {
                "SELECT r, c, COUNT(*) AS n FROM (SELECT SUBSTR(COALESCE(municipality, ''), 1, 4) AS r, 'all' AS c FROM fact_person
                 WHERE kind = 'service.given' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(COALESCE(municipality, ''), 1, 4), subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            Self::ServicesByMonth => {
                "SELECT r, c, COUNT(*) AS n FROM (SELECT code AS r, SUBSTR(day, 1, 7) AS c FROM fact_person
                 WHERE kind = 'service.given' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY code, SUBSTR(day, 1, 7), subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            Self::TrainedByInstitution => {
                "SELECT r, c, COUNT(*) AS n FROM (SELECT COALESCE(d.value, 'unknown') AS r, f.outcome AS c FROM fact f
                 LEFT JOIN fact_dim d ON d.fact = f.id AND d.dim = 'institution'
                 WHERE f.kind = 'training.completed' AND f.day BETWEEN $1 AND $2 AND ($3 IS NULL OR f.site = $3)
                 GROUP BY COALESCE(d.value, 'unknown'), f.outcome, f.subject HAVING SUM(f.amount) > 0) held GROUP BY r, c"
            }
            Self::TrainedBySex => {
                "SELECT r, c, COUNT(*) AS n FROM (SELECT COALESCE(sex, 'unknown') AS r, outcome AS c FROM fact
                 WHERE kind = 'training.completed' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY COALESCE(sex, 'unknown'), outcome, subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            Self::Sessions => {
                "SELECT SUBSTR(day, 1, 7) AS r, 'all' AS c, CAST(SUM(amount) AS BIGINT) AS n FROM fact
                 WHERE kind = 'training.session' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(day, 1, 7) HAVING SUM(amount) > 0"
            }
        }
    }
}

/// Counts, and lets the table through the disclosure gate: groups of one to four are hidden, and whatever would give one away
/// beside an earlier answer. The same question gets the answer that is kept. Rows and columns are sorted by code.
///
/// A new answer is kept in a unit of work of its own: the caller must hold none, or the two wait for each other.
///
/// # Errors
/// The gate's refusal, or when the database breaks.
pub async fn count(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    measure: Measure,
    span: &Span,
) -> Outcome<SafeTable> {
    p.may(caller, Act::NUMBERS_READ)?;
    released(p, tx, caller, measure, span).await
}

/// The same for the report of one's own office, whose caller asked the gate for it and names its site in the span.
pub(crate) async fn of_office(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    measure: Measure,
    span: &Span,
) -> Outcome<SafeTable> {
    released(p, tx, caller, measure, span).await
}

async fn released(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    measure: Measure,
    span: &Span,
) -> Outcome<SafeTable> {
    let question = question(measure, span)?;
    let asked = asked(p, &question, span);
    let answer = releases::answer(p, tx, caller, &asked, async |tx| exact(tx, measure, span).await).await?;
    answer.table(threshold()?).ok_or(ProgrammeError::Unreadable("a table of counts"))
}

/// What a measure asks of a span.
pub(crate) fn question(measure: Measure, span: &Span) -> Outcome<Question> {
    Ok(Question {
        measure: measure.code(),
        by: vec!["row".to_owned(), "column".to_owned()],
        region: span.region()?,
        adds_up: measure.adds_up(),
    })
}

/// Pages ask for whole months of a fixed list; whoever asks for other days is looking for something.
fn asked<'a>(p: &Programme, question: &'a Question, span: &Span) -> Asked<'a> {
    let many = if span.is_whole_months() { Many::Compare } else { Many::Hide };
    Asked { question, audience: Audience::Office, complete: is_over(p, span), many }
}

/// Whether the days of a span are over, so that what it counts changes by late entries only.
#[must_use]
pub fn is_over(p: &Programme, span: &Span) -> bool {
    span.to < p.day(p.store.clock.now())
}

/// The exact cells, each with whom it counts. They go to the gate and nowhere else.
pub(crate) async fn exact(tx: &mut Tx, measure: Measure, span: &Span) -> Outcome<Exact> {
    let rows = tx.sql(measure.sql()).bind(&span.from).bind(&span.to).bind(span.site.clone()).all().await?;
    let raw = rows
        .iter()
        .map(|r| {
            Ok(Raw {
                row: r.get::<Option<String>>("r")?.unwrap_or_default(),
                column: r.get::<Option<String>>("c")?.unwrap_or_default(),
                count: r.get::<i64>("n")?.unsigned_abs(),
            })
        })
        .collect::<Outcome<Vec<_>>>()?;
    let rows: BTreeSet<&str> = raw.iter().map(|r| r.row.as_str()).collect();
    let columns: BTreeSet<&str> = raw.iter().map(|r| r.column.as_str()).collect();
    let found: BTreeMap<(&str, &str), u64> =
        raw.iter().map(|r| ((r.row.as_str(), r.column.as_str()), r.count)).collect();
    let mut exact = Exact::new();
    for row in rows {
        for column in &columns {
            let people = found.get(&(row, *column)).copied().unwrap_or(0);
            exact.push((
                vec![row.to_owned(), (*column).to_owned()],
                measure.part(span, row, column)?,
                people,
            ));
        }
    }
    Ok(exact)
}

impl Span {
    /// As days and filters.
    fn region(&self) -> Outcome<Region> {
        let (from, to) = (days(&self.from)?, days(&self.to)?);
        let site = self.site.iter().map(|site| ("site".to_owned(), BTreeSet::from([site.clone()])));
        Ok(Region { days: (from, to + 1), filters: site.collect() })
    }

    /// Whether it begins and ends with a month.
    fn is_whole_months(&self) -> bool {
        let day = |text: &str| text.parse::<Date>().ok();
        day(&self.from).is_some_and(|d| d.day() == 1) && day(&self.to).is_some_and(|d| d == d.last_of_month())
    }
}

/// Days since the first of 1970.
fn days(day: &str) -> Outcome<i64> {
    let unreadable = ProgrammeError::Unreadable("a day");
    let (Ok(day), Ok(first)) = (day.parse::<Date>(), Date::new(1970, 1, 1)) else { return Err(unreadable) };
    day.since(first).map(|span| i64::from(span.get_days())).map_err(|_| unreadable)
}

impl Measure {
    /// Its code in the log of what left.
    #[must_use]
    pub fn code(self) -> String {
        format!("{self:?}")
    }

    /// Whether it counts things, so that numbers of parts add up. A person may be in two parts, and be counted once in the whole.
    const fn adds_up(self) -> bool {
        matches!(
            self,
            Self::Cascade
                | Self::Screening
                | Self::Alerts
                | Self::Answers
                | Self::Refused
                | Self::RefusedWhy
                | Self::Left
                | Self::Incidents
                | Self::Conduct
                | Self::ClinicVisits
                | Self::ClinicOffers
                | Self::Reviews
                | Self::OfficeReceived
                | Self::OfficeCalls
                | Self::OfficePromises
                | Self::OfficeVisits
                | Self::OfficeActivities
                | Self::OfficeReached
                | Self::OfficeAgreements
                | Self::AlertsByDepartment
                | Self::Sessions
        )
    }

    /// Whom a cell counts, when its row is a month or its column a site: the same whatever span was asked for.
    fn part(self, span: &Span, row: &str, column: &str) -> Outcome<Option<Region>> {
        let months = matches!(
            self,
            Self::ServedByMonth
                | Self::Plans
                | Self::Alerts
                | Self::BedNights
                | Self::Reviews
                | Self::ClinicVisits
                | Self::OfficeActivities
                | Self::Conferences
                | Self::Sessions
        );
        let month = match self {
            Self::ServicesByMonth => column,
            _ if months => row,
            _ => return Ok(None),
        };
        let Ok(month) = format!("{month}-01").parse::<Date>() else { return Ok(None) };
        let mut region = span.region()?;
        region.days.0 = region.days.0.max(days(&month.to_string())?);
        region.days.1 = region.days.1.min(days(&month.last_of_month().to_string())? + 1);
        if matches!(self, Self::ServedByMonth | Self::BedNights) {
            region.filters.insert("site".to_owned(), BTreeSet::from([column.to_owned()]));
        }
        Ok(Some(region))
    }
}

pub(crate) fn threshold() -> Outcome<Threshold> {
    Threshold::new(5).map_err(|_| ProgrammeError::Unreadable("the threshold of small groups"))
}

/// The median of the minutes that a fact holds, and how many stand behind it; nothing for a small group.
///
/// # Errors
/// As [`count`].
pub async fn median_hours(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (kind, outcome): (&'static str, Option<&str>),
    span: &Span,
) -> Outcome<Option<f64>> {
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
    // The gate's median is of days; minutes pass it as such, and come back as hours.
    let minutes = rows
        .iter()
        .enumerate()
        .map(|(n, r)| Ok((n, u32::try_from(r.get::<i64>("minutes")?.max(0)).unwrap_or(u32::MAX))))
        .collect::<Outcome<Vec<_>>>()?;
    Ok(median_days(&minutes, threshold()?).median().shown().map(|m| m / 60.0))
}

/// How many people were served at all: each once.
///
/// # Errors
/// As [`count`].
pub async fn people(p: &Programme, tx: &mut Tx, caller: &Caller, span: &Span) -> Outcome<Cell> {
    people_of(p, tx, caller, "service.given", span).await
}

/// Of all places of the houses in a span of nights, the share in which somebody slept, from 0 to 1; nothing when fewer
/// people than the threshold stand behind it.
///
/// # Errors
/// As [`count`].
pub async fn occupancy(p: &Programme, tx: &mut Tx, caller: &Caller, span: &Span) -> Outcome<Option<f64>> {
    p.may(caller, Act::NUMBERS_READ)?;
    let row = tx
        .sql(
            "SELECT CAST(COALESCE(SUM(CASE WHEN kind = 'shelter.night' AND code = 'resident' THEN amount ELSE 0 END), 0) AS BIGINT) AS slept,
                    CAST(COALESCE(SUM(CASE WHEN kind = 'shelter.places' THEN amount ELSE 0 END), 0) AS BIGINT) AS places
             FROM fact WHERE kind IN ('shelter.night', 'shelter.places') AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)",
        )
        .bind(&span.from)
        .bind(&span.to)
        .bind(span.site.clone())
        .one()
        .await?;
    let (slept, places) = (row.get::<i64>("slept")?, row.get::<i64>("places")?);
    if places <= 0 || people_of(p, tx, caller, "shelter.night", span).await?.shown().is_none() {
        return Ok(None);
    }
    // Both are far below what a double counts exactly.
    #[expect(clippy::cast_precision_loss, reason = "nights of a programme are fewer than 2^53")]
    let share = slept as f64 / places as f64;
    Ok(Some(share))
}

/// How many people a kind of fact is about: each once.
///
/// # Errors
/// As [`count`].
pub async fn people_of(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    kind: &'static str,
    span: &Span,
) -> Outcome<Cell> {
    p.may(caller, Act::NUMBERS_READ)?;
    let question = Question {
        measure: format!("people:{kind}"),
        by: Vec::new(),
        region: span.region()?,
        adds_up: false,
    };
    let asked = asked(p, &question, span);
    let answer =
        releases::answer(p, tx, caller, &asked, async |tx| people_exactly(tx, kind, span).await).await?;
    Ok(answer.lines().first().map_or(Cell::HIDDEN, |line| line.count))
}

async fn people_exactly(tx: &mut Tx, kind: &'static str, span: &Span) -> Outcome<Exact> {
    let row = tx
        .sql(
            "SELECT COUNT(*) AS n FROM (SELECT subject FROM fact_person WHERE kind = $4 AND day BETWEEN $1 AND $2
               AND ($3 IS NULL OR site = $3) AND subject IS NOT NULL GROUP BY subject HAVING SUM(amount) > 0) held",
        )
        .bind(&span.from)
        .bind(&span.to)
        .bind(span.site.clone())
        .bind(kind)
        .one()
        .await?;
    Ok(vec![(Vec::new(), None, row.get::<i64>("n")?.unsigned_abs())])
}

/// Marks before and after a course by institution: the medians of those whose marks are known, in points of 100.
///
/// # Errors
/// As [`count`].
pub async fn marks(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    span: &Span,
) -> Outcome<Vec<(String, SafeMedian, SafeMedian)>> {
    p.may(caller, Act::NUMBERS_READ)?;
    let rows = tx
        .sql(
            "SELECT COALESCE(d.value, 'unknown') AS institution, f.outcome, f.subject, f.amount FROM fact f
             LEFT JOIN fact_dim d ON d.fact = f.id AND d.dim = 'institution'
             WHERE f.kind = 'training.test' AND f.outcome IN ('pre', 'post') AND f.day BETWEEN $1 AND $2
             ORDER BY institution, f.outcome, f.at, f.id",
        )
        .bind(&span.from)
        .bind(&span.to)
        .all()
        .await?;
    // A mark that was taken back is its negative: the last one that stands is hers.
    let mut marks: BTreeMap<(String, String), BTreeMap<Vec<u8>, u32>> = BTreeMap::new();
    for r in &rows {
        let Some(subject) = r.get::<Option<Vec<u8>>>("subject")? else { continue };
        let of = marks.entry((r.get("institution")?, r.get("outcome")?)).or_default();
        match u32::try_from(r.get::<i64>("amount")?) {
            Ok(mark) => of.insert(subject, mark),
            Err(_) => of.remove(&subject),
        };
    }
    let institutions: BTreeSet<String> = marks.keys().map(|(i, _)| i.clone()).collect();
    let mut out = Vec::new();
    for institution in institutions {
        let of = |when: &str| {
            let all = marks.get(&(institution.clone(), when.to_owned()));
            all.into_iter().flatten().map(|(s, m)| (s.clone(), *m)).collect::<Vec<_>>()
        };
        let (before, after) = (median_days(&of("pre"), threshold()?), median_days(&of("post"), threshold()?));
        out.push((institution, before, after));
    }
    Ok(out)
}

/// How many facts of a kind there are, less those that were taken back: events, not people.
///
/// # Errors
/// As [`count`].
pub async fn events(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    kind: &'static str,
    span: &Span,
) -> Outcome<Cell> {
    p.may(caller, Act::NUMBERS_READ)?;
    let question =
        Question { measure: format!("events:{kind}"), by: Vec::new(), region: span.region()?, adds_up: true };
    let asked = asked(p, &question, span);
    let answer =
        releases::answer(p, tx, caller, &asked, async |tx| events_exactly(tx, kind, span).await).await?;
    Ok(answer.lines().first().map_or(Cell::HIDDEN, |line| line.count))
}

async fn events_exactly(tx: &mut Tx, kind: &'static str, span: &Span) -> Outcome<Exact> {
    let row = tx
        .sql(
            "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS n FROM fact WHERE kind = $4 AND day BETWEEN $1 AND $2
               AND ($3 IS NULL OR site = $3)",
        )
        .bind(&span.from)
        .bind(&span.to)
        .bind(span.site.clone())
        .bind(kind)
        .one()
        .await?;
    Ok(vec![(Vec::new(), None, row.get::<i64>("n")?.max(0).unsigned_abs())])
}
