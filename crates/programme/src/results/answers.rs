//! Counts for pages: each answer passes the gate, beside all that left before (`releases`).

use std::collections::{BTreeMap, BTreeSet};

use ceiba_access::{Act, Caller};
use ceiba_disclosure::{Audience, Cell, Many, Question, SafeTable};
use ceiba_store::Tx;

use super::measure::Measure;
use super::span::{Span, is_over};
use super::typical::{self, threshold};
use crate::releases::{self, Asked, Exact};
use crate::{Outcome, Programme, ProgrammeError};

/// A count with its codes, before it passes the disclosure gate. It never leaves this file but for the gate.
struct Raw {
    row: String,
    column: String,
    count: u64,
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

/// Who completed courses, for whoever runs them and asked the gate for that: the same answers as on the dashboard, so that no other table of
/// the same people stands beside them.
pub(crate) async fn of_training(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    span: &Span,
) -> Outcome<(Cell, [SafeTable; 2])> {
    let measure = "people:training.completed".to_owned();
    let all = number_of(p, tx, caller, (measure, false), span).await?;
    let by_institution = released(p, tx, caller, Measure::TrainedByInstitution, span).await?;
    let by_sex = released(p, tx, caller, Measure::TrainedBySex, span).await?;
    Ok((all, [by_institution, by_sex]))
}

async fn released(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    measure: Measure,
    span: &Span,
) -> Outcome<SafeTable> {
    // The whole before its parts: once those are told, a small one among them would keep the whole hidden for ever.
    if let Some(kind) = measure.whole() {
        for span in measure.wholes(span) {
            number_of(p, tx, caller, (format!("people:{kind}"), false), &span).await?;
        }
    }
    let question = question(measure, span)?;
    let asked = asked(p, &question, span);
    let answer = releases::answer(p, tx, caller, &asked).await?;
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
pub(crate) fn asked<'a>(p: &Programme, question: &'a Question, span: &Span) -> Asked<'a> {
    let many = if span.is_whole_months() { Many::Compare } else { Many::Hide };
    Asked { question, audience: Audience::Office, complete: is_over(p, span), many }
}

/// Numbers before the gate.
pub(crate) enum Recount {
    /// Counts: they go to `guard`.
    Counts(Exact),
    /// Measures that are no counts: codes, how many facts stand behind, and the value when there is one.
    Measures(Vec<(Vec<String>, u64, Option<f64>)>),
}

/// Whether a measure is a count, by its code.
pub(crate) fn is_of_counts(measure: &str) -> bool {
    !typical::is_typical(measure)
}

/// Counts what a question asks, as often as it is asked: for a new answer, and for one that replaces an answer that was wrong. It goes to
/// `releases` and nowhere else.
pub(crate) async fn recount(p: &Programme, tx: &mut Tx, question: &Question) -> Outcome<Recount> {
    let span = Span::of(&question.region)?;
    if typical::is_typical(&question.measure) {
        return Ok(Recount::Measures(typical::measured(p, tx, &question.measure, &span).await?));
    }
    let counts = match (Measure::of(&question.measure), question.measure.split_once(':')) {
        (Some(measure), _) => exact(tx, measure, &span).await?,
        (None, Some(("people", kind))) => one(tx, PEOPLE, (kind, &span)).await?,
        (None, Some(("events", kind))) => one(tx, EVENTS, (kind, &span)).await?,
        _ => return Err(ProgrammeError::Unreadable("a release")),
    };
    Ok(Recount::Counts(counts))
}

/// The exact cells, each with whom it counts.
async fn exact(tx: &mut Tx, measure: Measure, span: &Span) -> Outcome<Exact> {
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

/// How many people were served at all: each once.
///
/// # Errors
/// As [`count`].
pub async fn people(p: &Programme, tx: &mut Tx, caller: &Caller, span: &Span) -> Outcome<Cell> {
    people_of(p, tx, caller, "service.given", span).await
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
    // A person may be at two sites, and is counted once in both together.
    one_number(p, tx, caller, (format!("people:{kind}"), false), span).await
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
    one_number(p, tx, caller, (format!("events:{kind}"), true), span).await
}

/// Statements of one number as `n`, from first day, last day, site and kind.
const PEOPLE: &str =
    "SELECT COUNT(*) AS n FROM (SELECT subject FROM fact_person WHERE kind = $4 AND day BETWEEN $1 AND $2
  AND ($3 IS NULL OR site = $3) AND subject IS NOT NULL GROUP BY subject HAVING SUM(amount) > 0) held";
const EVENTS: &str =
    "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS n FROM fact WHERE kind = $4 AND day BETWEEN $1 AND $2
  AND ($3 IS NULL OR site = $3)";

async fn one(tx: &mut Tx, text: &'static str, (kind, span): (&str, &Span)) -> Outcome<Exact> {
    let query = tx.sql(text).bind(&span.from).bind(&span.to).bind(span.site.clone());
    let row = query.bind(kind).one().await?;
    Ok(vec![(Vec::new(), None, row.get::<i64>("n")?.max(0).unsigned_abs())])
}

/// One number of a span.
async fn one_number(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (measure, adds_up): (String, bool),
    span: &Span,
) -> Outcome<Cell> {
    p.may(caller, Act::NUMBERS_READ)?;
    number_of(p, tx, caller, (measure, adds_up), span).await
}

async fn number_of(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (measure, adds_up): (String, bool),
    span: &Span,
) -> Outcome<Cell> {
    let question = Question { measure, by: Vec::new(), region: span.region()?, adds_up };
    let asked = asked(p, &question, span);
    let answer = releases::answer(p, tx, caller, &asked).await?;
    Ok(answer.lines().first().map_or(Cell::HIDDEN, |line| line.count))
}
