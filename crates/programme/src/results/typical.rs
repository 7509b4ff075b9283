//! Medians and shares for pages: of enough people, to two digits, kept like counts, and none that beside another tells of a few
//! (`together`).

use std::collections::{BTreeMap, BTreeSet};

use ceiba_access::{Act, Caller};
use ceiba_disclosure::{Estimate, Question, Threshold, median_days};
use ceiba_store::Tx;

use super::answers::asked;
use super::span::Span;
use crate::learning::practice;
use crate::route::bottlenecks::{self, By};
use crate::{Outcome, Programme, ProgrammeError, releases};

pub(crate) fn threshold() -> Outcome<Threshold> {
    Threshold::new(5).map_err(|_| ProgrammeError::Unreadable("the threshold of small groups"))
}

/// Whether a measure of the log is one of these.
pub(super) fn is_typical(measure: &str) -> bool {
    measure.starts_with("median:")
        || ["occupancy", "marks"].contains(&measure)
        || By::of(measure).is_some()
        || practice::of(measure).is_some()
}

/// Values by their codes, with how many facts stand behind each.
type Measured = Vec<(Vec<String>, u64, Option<f64>)>;

/// Computes one of them. It has passed the threshold of small groups and nothing else.
pub(super) async fn measured(p: &Programme, tx: &mut Tx, measure: &str, span: &Span) -> Outcome<Measured> {
    if let Some(by) = By::of(measure) {
        return bottlenecks::measured(p, tx, by, span).await;
    }
    if let Some(what) = practice::of(measure) {
        return practice::measured(tx, what, span).await;
    }
    match measure.strip_prefix("median:").and_then(|rest| rest.split_once(':')) {
        Some((kind, outcome)) => median_of(tx, (kind, outcome), span).await,
        None if measure == "occupancy" => occupied(tx, span).await,
        None if measure == "marks" => marked(tx, span).await,
        None => Err(ProgrammeError::Unreadable("a release")),
    }
}

/// Measures by their codes, as they left. The caller must hold no unit of work.
pub(crate) async fn values(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (measure, by): (String, &[&str]),
    span: &Span,
) -> Outcome<Vec<(Vec<String>, Option<f64>)>> {
    p.may(caller, Act::NUMBERS_READ)?;
    let by = by.iter().map(|name| (*name).to_owned()).collect();
    let question = Question { measure, by, region: span.region()?, adds_up: false };
    releases::values(p, tx, caller, &asked(p, &question, span)).await
}

/// The median of the minutes that a fact holds, in hours; nothing for a small group.
///
/// # Errors
/// As [`super::count`].
pub async fn median_hours(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (kind, outcome): (&'static str, Option<&str>),
    span: &Span,
) -> Outcome<Option<f64>> {
    let measure = format!("median:{kind}:{}", outcome.unwrap_or_default());
    let all = values(p, tx, caller, (measure, &[]), span).await?;
    Ok(all.into_iter().next().and_then(|(_, hours)| hours))
}

async fn median_of(tx: &mut Tx, (kind, outcome): (&str, &str), span: &Span) -> Outcome<Measured> {
    let rows = tx
        .sql(
            "SELECT subject, day, minutes, CAST(SUM(amount) AS BIGINT) AS many FROM fact_person
             WHERE kind = $1 AND day BETWEEN $2 AND $3 AND ($4 IS NULL OR site = $4)
               AND ($5 IS NULL OR outcome = $5) AND minutes IS NOT NULL
             GROUP BY subject, day, minutes HAVING SUM(amount) > 0 ORDER BY minutes, day, subject",
        )
        .bind(kind)
        .bind(&span.from)
        .bind(&span.to)
        .bind(span.site.clone())
        .bind((!outcome.is_empty()).then(|| outcome.to_owned()))
        .all()
        .await?;
    // Whoever has no pseudonym is one each time.
    let mut minutes = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let subject: Option<Vec<u8>> = row.get("subject")?;
        let long = u32::try_from(row.get::<i64>("minutes")?.max(0)).unwrap_or(u32::MAX);
        for n in 0..row.get::<i64>("many")? {
            let who = subject.clone().map_or((None, (at, n)), |who| (Some(who), (0, 0)));
            minutes.push((who, long));
        }
    }
    let hours = median_days(&minutes, threshold()?).median().shown().map(|m| m / 60.0);
    Ok(vec![(Vec::new(), minutes.len() as u64, Estimate::again(hours).coarse().shown())])
}

/// Of all places of the houses in a span of nights, the share in which somebody slept, from 0 to 1; nothing when fewer
/// people than the threshold stand behind it. Whoever knows the places has the nights from it: they are told like nights.
///
/// # Errors
/// As [`super::count`].
pub async fn occupancy(p: &Programme, tx: &mut Tx, caller: &Caller, span: &Span) -> Outcome<Option<f64>> {
    let all = values(p, tx, caller, ("occupancy".to_owned(), &[]), span).await?;
    Ok(all.into_iter().next().and_then(|(_, share)| share))
}

async fn occupied(tx: &mut Tx, span: &Span) -> Outcome<Measured> {
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
    // Both are far below what a double counts exactly.
    #[expect(clippy::cast_precision_loss, reason = "nights of a programme are fewer than 2^53")]
    let share = (places > 0).then(|| slept as f64 / places as f64);
    let nights = u64::try_from(slept).unwrap_or(0);
    Ok(vec![(Vec::new(), nights, Estimate::again(share).coarse().shown())])
}

/// Marks before and after a course by institution: the medians of those whose marks are known, in points of 100.
///
/// # Errors
/// As [`super::count`].
pub async fn marks(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    span: &Span,
) -> Outcome<Vec<(String, Estimate, Estimate)>> {
    // Courses are of the whole programme, whatever site is asked for.
    let span = Span { site: None, ..span.clone() };
    let all = values(p, tx, caller, ("marks".to_owned(), &["institution", "outcome"]), &span).await?;
    let mut out: BTreeMap<String, (Estimate, Estimate)> = BTreeMap::new();
    for (codes, value) in all {
        let [institution, when] = codes.as_slice() else { continue };
        let pair = out.entry(institution.clone()).or_insert((Estimate::HIDDEN, Estimate::HIDDEN));
        *(if when == "pre" { &mut pair.0 } else { &mut pair.1 }) = Estimate::again(value);
    }
    Ok(out.into_iter().map(|(institution, (before, after))| (institution, before, after)).collect())
}

async fn marked(tx: &mut Tx, span: &Span) -> Outcome<Measured> {
    let rows = tx
        .sql(
            "SELECT COALESCE(d.value, 'unknown') AS institution, f.outcome, f.subject, f.amount FROM fact f
             LEFT JOIN fact_dim d ON d.fact = f.id AND d.dim = 'institution'
             WHERE f.kind = 'training.test' AND f.outcome IN ('pre', 'post') AND f.day BETWEEN $1 AND $2
               AND f.backs IS NULL AND NOT EXISTS (SELECT 1 FROM fact b WHERE b.backs = f.id)
             ORDER BY institution, f.outcome, f.at, f.id",
        )
        .bind(&span.from)
        .bind(&span.to)
        .all()
        .await?;
    // Of the marks that stand the last one is hers.
    let mut marks: BTreeMap<(String, String), BTreeMap<Vec<u8>, u32>> = BTreeMap::new();
    for r in &rows {
        let Some(subject) = r.get::<Option<Vec<u8>>>("subject")? else { continue };
        let of = marks.entry((r.get("institution")?, r.get("outcome")?)).or_default();
        let mark = u32::try_from(r.get::<i64>("amount")?);
        of.insert(subject, mark.map_err(|_| ProgrammeError::Unreadable("a mark"))?);
    }
    let institutions: BTreeSet<String> = marks.keys().map(|(i, _)| i.clone()).collect();
    let mut out = Vec::new();
    for institution in institutions {
        for when in ["post", "pre"] {
            let all = marks.get(&(institution.clone(), when.to_owned()));
            let all: Vec<(Vec<u8>, u32)> = all.into_iter().flatten().map(|(s, m)| (s.clone(), *m)).collect();
            let median = median_days(&all, threshold()?).median().coarse().shown();
            out.push((vec![institution.clone(), when.to_owned()], all.len() as u64, median));
        }
    }
    Ok(out)
}
