//! How proceedings stand over time: shares with their ranges, by point, by institution, by half-year. Only facts are read, and
//! only what the disclosure gate released leaves: nothing of fewer than five people, and nothing from which they follow.

use std::collections::{BTreeMap, BTreeSet};

use ceiba_access::{Act, Caller};
use ceiba_disclosure::{Counts, Margins, SafeInterval, SafeTable, interval, release};
use ceiba_store::Tx;

use super::score::{STANDINGS, Standing};
use crate::results::{self, Span};
use crate::{Outcome, Programme, ProgrammeError};

/// The code of a point, an institution or a half-year (`2026-1`), and the share of those met among those known.
pub type Line = (String, SafeInterval);

/// What is shown.
pub struct Numbers {
    /// People by point and how it stands, in the order of [`STANDINGS`].
    pub points: SafeTable,
    /// Each point.
    pub shares: Vec<Line>,
    /// The chosen point by institution.
    pub institutions: Vec<Line>,
    /// The chosen point by half-year.
    pub periods: Vec<Line>,
}

/// An answer to a point.
struct Said {
    item: String,
    institution: String,
    period: String,
    subject: Vec<u8>,
    outcome: String,
}

/// The numbers of a span; those by institution and half-year are of one point. Of one person, institution and half-year the last
/// answer counts.
///
/// # Errors
/// The gate's refusal, or when the database breaks.
pub async fn read(p: &Programme, tx: &mut Tx, caller: &Caller, item: &str, span: &Span) -> Outcome<Numbers> {
    p.may(caller, Act::NUMBERS_READ)?;
    let each = said(tx, span).await?;
    let said = last(&each, |_| String::new());
    let points = table(said.iter().copied(), &STANDINGS, Margins::Rows, |s| s.item.clone())?;
    let known = [Standing::Met, Standing::NotMet];
    // Totals are taken as known: they stand in the table of all points.
    let by = |said: &[&Said], row: &dyn Fn(&Said) -> String| -> Outcome<Vec<Line>> {
        let one = said.iter().copied().filter(|s| s.item == item);
        Ok(shares(&table(one, &known, Margins::Both, row)?))
    };
    let institutions = by(&said, &|s| s.institution.clone())?;
    let periods = by(&last(&each, |s| s.period.clone()), &|s| s.period.clone())?;
    Ok(Numbers { shares: shares(&points), points, institutions, periods })
}

async fn said(tx: &mut Tx, span: &Span) -> Outcome<Vec<Said>> {
    let rows = tx
        .sql(
            "SELECT day, code, outcome, subject FROM fact WHERE kind = 'justice.scored' AND day BETWEEN $1 AND $2
               AND ($3 IS NULL OR site = $3) ORDER BY at, id",
        )
        .bind(&span.from)
        .bind(&span.to)
        .bind(span.site.clone())
        .all()
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let code: String = row.get("code")?;
        let Some((item, institution)) = code.split_once('@') else { continue };
        all.push(Said {
            item: item.to_owned(),
            institution: institution.to_owned(),
            period: half(&row.get::<String>("day")?),
            subject: row.get::<Option<Vec<u8>>>("subject")?.unwrap_or_default(),
            outcome: row.get::<Option<String>>("outcome")?.unwrap_or_default(),
        });
    }
    Ok(all)
}

/// Of each point, institution and person the last answer, in each `part`.
fn last(each: &[Said], part: impl Fn(&Said) -> String) -> Vec<&Said> {
    let mut last = BTreeMap::new();
    for s in each {
        last.insert((&s.item, &s.institution, &s.subject, part(s)), s);
    }
    last.into_values().collect()
}

/// `2026-1` for the months to June of 2026, `2026-2` for the others.
fn half(day: &str) -> String {
    let month = day.get(5..7).and_then(|m| m.parse::<u8>().ok()).unwrap_or(1);
    format!("{}-{}", day.get(..4).unwrap_or_default(), if month <= 6 { 1 } else { 2 })
}

/// People by row and how it stands: each once a cell.
fn table<'a>(
    said: impl IntoIterator<Item = &'a Said>,
    columns: &[Standing],
    margins: Margins,
    row: impl Fn(&Said) -> String,
) -> Outcome<SafeTable> {
    let mut people: BTreeMap<(String, String), BTreeSet<&[u8]>> = BTreeMap::new();
    for s in said {
        people.entry((row(s), s.outcome.clone())).or_default().insert(&s.subject);
    }
    let rows: BTreeSet<&String> = people.keys().map(|(row, _)| row).collect();
    let of = |row: &str, s: &Standing| {
        let held = people.get(&(row.to_owned(), s.code().to_owned()));
        held.map_or(0, |of| u64::try_from(of.len()).unwrap_or(u64::MAX))
    };
    let cells = rows.iter().map(|row| columns.iter().map(|s| of(row, s)).collect()).collect();
    let counts = Counts::new(rows.iter().map(|r| r.as_str()), columns.iter().map(|s| s.code()), cells)
        .map_err(|_| ProgrammeError::Unreadable("a table of counts"))?;
    Ok(release(&counts, margins, results::threshold()?))
}

/// Of each row the share of its first column in its first two.
fn shares(table: &SafeTable) -> Vec<Line> {
    table
        .rows()
        .iter()
        .enumerate()
        .filter_map(|(n, row)| Some((row.clone(), interval(table.cell(n, 0)?, table.cell(n, 1)?))))
        .collect()
}
