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

/// The largest amount of a line, in cents: a budget of a thousand millions.
const LARGEST: i64 = 100_000_000_000;

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
    /// In the quarter; below nought when more came back than was spent.
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
    let sheet = match sheet::read(bytes, HEADINGS, &["line", "name", "budget", "spent"], |_| false) {
        Ok(sheet) => sheet,
        Err(faults) => return Ok(Err(faults)),
    };
    let (mut faults, mut good) = (Vec::new(), Vec::<Row>::new());
    let amounts = sheet.rows.iter().flat_map(|(_, cells)| [cells.get("budget"), cells.get("spent")]);
    let mark = Mark::of_all(amounts.flatten().map(String::as_str));
    for (number, cells) in &sheet.rows {
        let of = |name: &str| cells.get(name).map(String::as_str).unwrap_or_default();
        let mut fault = |bad: bool, column: &str, key| {
            if bad {
                faults.push(sheet.fault(*number, column, key));
            }
        };
        let code = of("line");
        let mut money = |column: &'static str| {
            let read = cents(of(column), &grant.currency, mark);
            fault(read == Err(Unread::TwoWays), column, "problem-sheet-amount-two-ways");
            fault(read == Err(Unread::None), column, "problem-sheet-amount");
            read.unwrap_or_default()
        };
        let (budget, spent) = (money("budget"), money("spent"));
        fault(budget < 0, "budget", "problem-sheet-budget");
        fault(code.is_empty() || code.chars().count() > 40, "line", "problem-sheet-code");
        fault(good.iter().any(|r| r.code == code), "line", "problem-sheet-twice");
        fault(of("name").is_empty() || of("name").chars().count() > 120, "name", "problem-sheet-name");
        good.push(Row { number: *number, code: code.to_owned(), name: of("name").to_owned(), budget, spent });
    }
    Ok(if faults.is_empty() { Ok(good) } else { Err(faults) })
}

/// What parts units and cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Point,
    Comma,
}

impl Mark {
    /// The mark that one amount can only have; none when it has no mark, or could be read in both ways: «1.250», «1,250».
    fn of(text: &str) -> Option<Self> {
        let last = text.rfind(['.', ','])?;
        let (is, other) = if text[last..].starts_with('.') {
            (Self::Point, Self::Comma)
        } else {
            (Self::Comma, Self::Point)
        };
        let (sign, after) = (&text[last..=last], text.len() - last - 1);
        if text.contains(if sign == "." { ',' } else { '.' }) {
            return Some(is);
        }
        match text.matches(sign).count() {
            1 if after == 3 => None,
            1 => Some(is),
            _ => Some(other),
        }
    }

    /// The mark of a whole sheet, when its amounts agree.
    fn of_all<'t>(amounts: impl Iterator<Item = &'t str>) -> Option<Self> {
        let mut all: Vec<Self> = amounts.filter_map(|text| Self::of(sign(text).1)).collect();
        all.dedup();
        if let [only] = all.as_slice() { Some(*only) } else { None }
    }
}

/// Why an amount is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unread {
    /// It is no amount.
    None,
    /// It can be read in two ways, and nothing in the sheet says which.
    TwoWays,
}

/// An amount as people type it, as cents; nothing spent is written as 0. A comma parts the cents where the amount can be read in no
/// other way, or where the rest of the sheet says so.
fn cents(text: &str, currency: &str, sheet: Option<Mark>) -> Result<i64, Unread> {
    let (back, rest) = sign(text);
    without_sign(rest, currency, sheet).map(|cents| if back { -cents } else { cents })
}

/// Whether an amount came back, and the amount: with a sign before it, or in brackets as accounts have it. A dash alone is nothing spent.
fn sign(text: &str) -> (bool, &str) {
    let in_brackets = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let back = in_brackets.or_else(|| text.strip_prefix(['-', '−'])).map(str::trim);
    back.filter(|rest| !rest.is_empty()).map_or((false, text), |rest| (true, rest))
}

fn without_sign(text: &str, currency: &str, sheet: Option<Mark>) -> Result<i64, Unread> {
    let read = |text: &str| crate::care::amounts::read_up_to(text, ("$", currency), LARGEST);
    if ["0", "0.0", "0.00", "0,0", "0,00", "-"].contains(&text) {
        return Ok(0);
    }
    // A spreadsheet writes 1250.1 as 1250.1000000000001 now and then.
    let number = text.parse::<f64>().ok().filter(|n| n.is_finite() && *n > 0.0 && text.len() > 12);
    let tidy = number.map(|n| format!("{n:.2}"));
    let text = tidy.as_deref().unwrap_or(text);
    let marked = text.contains(['.', ',']);
    let text = match Mark::of(text).or(sheet.filter(|_| marked)) {
        None if marked && read(&text.replace('.', ",")).is_some() => return Err(Unread::TwoWays),
        Some(Mark::Comma) => text
            .chars()
            .map(|c| {
                if c == ',' {
                    '.'
                } else if c == '.' {
                    ','
                } else {
                    c
                }
            })
            .collect(),
        _ => text.to_owned(),
    };
    read(&text).ok_or(Unread::None)
}

/// What is odd in a sheet although each row of it is right: said before it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doubts {
    /// The budget of all lines together, and that of the grant, in cents: the lines have more.
    pub over: Option<(i64, i64)>,
    /// Lines of the earlier sheet that this one has not: code, name, budget in cents.
    pub dropped: Vec<(String, String, i64)>,
}

impl Doubts {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Looks at the rows of a sheet beside the grant and the sheet before: that of this quarter, else of the last one that has any.
///
/// # Errors
/// The gate's refusal; [`ceiba_access::Refusal::Absent`] for a grant that there is not.
pub async fn doubts(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (grant, period): (&str, &str),
    rows: &[Row],
) -> Outcome<Doubts> {
    p.may(caller, Act::RESULTS_WRITE)?;
    let has = quarter::grant(p, grant)?.budget.saturating_mul(100);
    let all = rows.iter().map(|r| r.budget).sum::<i64>();
    let before = tx
        .sql(
            "SELECT l.line, l.name, l.budget FROM spending l WHERE l.sheet =
               (SELECT s.id FROM spending_sheet s WHERE s.grant_code = $1 AND s.period <= $2
                ORDER BY s.period DESC, s.entered DESC LIMIT 1)
             ORDER BY l.place",
        )
        .bind(grant)
        .bind(period)
        .all()
        .await?;
    let mut dropped = Vec::new();
    for line in &before {
        let code: String = line.get("line")?;
        if !rows.iter().any(|r| r.code == code) {
            dropped.push((code, line.get("name")?, line.get("budget")?));
        }
    }
    Ok(Doubts { over: (all > has).then_some((all, has)), dropped })
}

/// Rows as a sheet again: what is carried from the look to the yes.
#[must_use]
pub fn written(rows: &[Row]) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    let amount = |cents: i64| {
        let (sign, cents) = (if cents < 0 { "-" } else { "" }, cents.unsigned_abs());
        format!("{sign}{}.{:02}", cents / 100, cents % 100)
    };
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
