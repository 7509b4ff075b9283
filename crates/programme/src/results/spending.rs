//! Budget and spending by line beside the figures: a sheet for each quarter, brought by whoever writes the report. A sheet that is
//! brought again replaces the one before from then on; a frozen report keeps the one that it had.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller};
use ceiba_store::{Tx, Work};

use super::basis::Basis;
use super::frozen::Line;
use super::quarter;
use super::sheet::{self, Fault};
use crate::sealed::detail;
use crate::{Outcome, Programme, ProgrammeError};

/// A row of a sheet, in cents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file.
    pub number: u32,
    /// The line's code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Of the whole grant.
    pub budget: i64,
    /// In the quarter.
    pub spent: i64,
}

const HEADINGS: &[(&str, &[&str])] = &[
    ("line", &["línea", "linea", "código", "codigo", "code"]),
    ("name", &["nombre", "concepto", "rubro"]),
    ("budget", &["presupuesto"]),
    ("spent", &["gastado", "gasto", "ejecutado"]),
];

/// Looks at a sheet: its rows, or everything that must be mended in it. Nothing is written.
///
/// # Errors
/// The gate's refusal; [`ceiba_access::Refusal::Absent`] for a grant that there is not.
pub fn look(
    p: &Programme,
    caller: &Caller,
    grant: &str,
    bytes: &[u8],
) -> Outcome<Result<Vec<Row>, Vec<Fault>>> {
    p.may(caller, Act::RESULTS_WRITE)?;
    let grant = quarter::grant(p, grant)?;
    let rows = match sheet::read(bytes, HEADINGS, &["line", "name", "budget", "spent"], |_| false) {
        Ok(rows) => rows,
        Err(faults) => return Ok(Err(faults)),
    };
    let (mut faults, mut good) = (Vec::new(), Vec::<Row>::new());
    for (number, cells) in rows {
        let of = |name: &str| cells.get(name).map(String::as_str).unwrap_or_default();
        let mut fault = |bad: bool, column: &str, key| {
            if bad {
                faults.push(Fault::new(number, column, key));
            }
        };
        let code = of("line");
        let (budget, spent) = (cents(of("budget"), &grant.currency), cents(of("spent"), &grant.currency));
        fault(code.is_empty() || code.chars().count() > 40, "line", "problem-sheet-code");
        fault(good.iter().any(|r| r.code == code), "line", "problem-sheet-twice");
        fault(of("name").is_empty() || of("name").chars().count() > 120, "name", "problem-sheet-name");
        fault(budget.is_none(), "budget", "problem-sheet-amount");
        fault(spent.is_none(), "spent", "problem-sheet-amount");
        good.push(Row {
            number,
            code: code.to_owned(),
            name: of("name").to_owned(),
            budget: budget.unwrap_or_default(),
            spent: spent.unwrap_or_default(),
        });
    }
    Ok(if faults.is_empty() { Ok(good) } else { Err(faults) })
}

/// An amount as people type it, as cents; nothing spent is written as 0.
fn cents(text: &str, currency: &str) -> Option<i64> {
    let zero = ["0", "0.0", "0.00", "-"].contains(&text);
    // A spreadsheet writes 1250.1 as 1250.1000000000001 now and then.
    let number = text.parse::<f64>().ok().filter(|n| n.is_finite() && *n > 0.0 && text.len() > 12);
    let tidy = number.map(|n| format!("{n:.2}"));
    if zero { Some(0) } else { crate::care::amounts::read(tidy.as_deref().unwrap_or(text), "$", currency) }
}

/// Rows as a sheet again: what is carried from the look to the yes.
#[must_use]
pub fn written(rows: &[Row]) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    let amount = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
    let mut write = |cells: [&str; 4]| out.write_record(cells).is_ok();
    let mut whole = write(["line", "name", "budget", "spent"]);
    for r in rows {
        whole &= write([&r.code, &r.name, &amount(r.budget), &amount(r.spent)]);
    }
    // Writing to memory cannot fail; a sheet that is not whole would be refused for its headings.
    let bytes = if whole { out.into_inner().unwrap_or_default() } else { Vec::new() };
    String::from_utf8(bytes).unwrap_or_default()
}

/// Keeps a sheet for a quarter, all of it or nothing. The caller commits.
///
/// # Errors
/// As [`look`]; [`ProgrammeError::Stale`] when a row cannot be taken, or the quarter is not open.
pub async fn bring(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (grant, period): (&str, &str),
    bytes: &[u8],
) -> Outcome<usize> {
    let Ok(rows) = look(p, caller, grant, bytes)? else { return Err(ProgrammeError::Stale) };
    let report = super::versions::report(work.tx(), grant, period).await?;
    if report.is_none_or(|r| r.state != "open") {
        return Err(ProgrammeError::State("state-report-not-open"));
    }
    let (id, at, position, hash) = (work.chance().id(), work.at(), work.position(), detail(bytes));
    work.sql(
        "INSERT INTO spending_sheet (id, grant_code, period, entered, at, account, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(grant)
    .bind(period)
    .bind(position)
    .bind(at)
    .bind(caller.account)
    .bind(hash.to_vec())
    .once()
    .await?;
    for (place, r) in (0..).zip(&rows) {
        work.sql(
            "INSERT INTO spending (sheet, line, name, budget, spent, place) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id)
        .bind(&r.code)
        .bind(&r.name)
        .bind(r.budget)
        .bind(r.spent)
        .bind(i64::from(place))
        .once()
        .await?;
    }
    work.record("spending.bring", "spending", id, hash).await?;
    Ok(rows.len())
}

/// Lines as of a position: of each quarter up to this one, the last sheet that was brought.
pub(super) async fn lines(tx: &mut Tx, basis: &Basis) -> Outcome<Vec<Line>> {
    let rows = tx
        .sql(
            "SELECT s.period, l.line, l.name, l.budget, l.spent FROM spending_sheet s JOIN spending l ON l.sheet = s.id
             WHERE s.grant_code = $1 AND s.period <= $2 AND s.entered < $3
               AND s.entered = (SELECT MAX(x.entered) FROM spending_sheet x
                                WHERE x.grant_code = $1 AND x.period = s.period AND x.entered < $3)
             ORDER BY s.period, l.place",
        )
        .bind(&basis.framework.code)
        .bind(&basis.period.code)
        .bind(basis.position)
        .all()
        .await?;
    let mut lines: Vec<Line> = Vec::new();
    let mut place: BTreeMap<String, usize> = BTreeMap::new();
    for r in &rows {
        let code: String = r.get("line")?;
        let at = *place.entry(code.clone()).or_insert(lines.len());
        if at == lines.len() {
            lines.push(Line { code, name: String::new(), budget: 0, spent: 0, to_date: 0 });
        }
        let Some(line) = lines.get_mut(at) else { continue };
        let spent: i64 = r.get("spent")?;
        // The last sheet says what a line is called and how much it has.
        line.name = r.get("name")?;
        line.budget = r.get("budget")?;
        line.to_date += spent;
        if r.get::<String>("period")? == basis.period.code {
            line.spent = spent;
        }
    }
    Ok(lines)
}
