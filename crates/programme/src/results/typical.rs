//! Medians and shares for pages: of enough people, or none. They are not part of the attack on what left before.

use std::collections::{BTreeMap, BTreeSet};

use ceiba_access::{Act, Caller};
use ceiba_disclosure::{SafeMedian, Threshold, median_days};
use ceiba_store::Tx;

use super::answers::people_of;
use super::span::Span;
use crate::{Outcome, Programme, ProgrammeError};

pub(crate) fn threshold() -> Outcome<Threshold> {
    Threshold::new(5).map_err(|_| ProgrammeError::Unreadable("the threshold of small groups"))
}

/// The median of the minutes that a fact holds, and how many stand behind it; nothing for a small group.
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

/// Of all places of the houses in a span of nights, the share in which somebody slept, from 0 to 1; nothing when fewer
/// people than the threshold stand behind it.
///
/// # Errors
/// As [`super::count`].
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

/// Marks before and after a course by institution: the medians of those whose marks are known, in points of 100.
///
/// # Errors
/// As [`super::count`].
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
