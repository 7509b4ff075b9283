//! What stands behind a frozen figure, for whoever must be able to check it and must not be led to anybody: marks of this one list,
//! and how often. ADR 0025 says why these columns and no others.

use ceiba_access::{Act, Caller, Refusal};

use super::compute::{self, hex};
use super::counting::Chosen;
use super::frozen::{Figure, Frozen};
use super::quarter;
use crate::{Outcome, Programme, ProgrammeError};

/// A person behind a figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The row of the table in which she stands; `all` when it is not divided.
    pub row: String,
    /// Hers in this list. In another list, of the same report or another, it is another.
    pub mark: String,
    /// How many facts of hers: `1`, `2-4`, `5-9`, `10+`.
    pub facts: &'static str,
}

/// A figure with what is behind it.
pub struct Behind {
    /// The report.
    pub frozen: Frozen,
    /// The figure.
    pub figure: Figure,
    /// Whom it counts; none when a small group, or something else than people, stands behind it.
    pub marks: Vec<Mark>,
    /// Whether the facts are still those that were counted.
    pub same: bool,
}

/// Opens a figure of a frozen version, divided by one dimension of its tables or by none. Only rows that the table shows are
/// listed: a hidden one stays hidden.
///
/// # Errors
/// The gate's refusal; [`Refusal::Absent`] when there is no such figure.
pub async fn read(
    p: &Programme,
    caller: &Caller,
    which: (&str, &str),
    (number, code): (i64, &str),
    by: Option<&str>,
) -> Outcome<Behind> {
    let mut tx = p.store.db.read().await?;
    let quarter = quarter::read(p, &mut tx, caller, which).await?;
    p.may(caller, Act::NUMBERS_READ)?;
    let version = quarter.versions.into_iter().find(|v| v.state == "frozen" && v.number == number);
    let version = version.ok_or(Refusal::Absent)?;
    let frozen = version.frozen()?;
    let basis = version.basis()?;
    let brought = compute::brought(&mut tx, &basis).await?;
    drop(tx);
    let figure = frozen.figure(code).cloned().ok_or(Refusal::Absent)?;
    let (_, definition) = basis.number(code).ok_or(ProgrammeError::Unreadable("a framework"))?;
    let rule = &definition.rule;
    let kinds: std::collections::BTreeSet<String> = rule.kinds().map(str::to_owned).collect();
    let kinds: Vec<String> = kinds.into_iter().collect();
    // As it was counted: the hash covers what was read then.
    let dims = compute::reads_dims(&basis, &kinds)?;
    let facts = compute::read(&p.store.db, &basis, &brought, (&kinds, dims)).await?;
    let (period, to_date) = compute::spans(&basis)?;
    let same = compute::facts_hash(&Chosen::of(&facts, rule, to_date, false)) == figure.facts_hash;
    let table = by.and_then(|by| figure.tables.iter().find(|t| t.rows_by == by && t.columns_by.is_empty()));
    if by.is_some() && table.is_none() {
        return Err(Refusal::Absent.into());
    }
    let mut marks = Vec::new();
    let shows = |row: &str| match table {
        None => figure.value.shown().is_some(),
        Some(t) => {
            let at = t.rows.iter().position(|r| r == row);
            at.and_then(|n| t.cells.get(n)?.first()?.shown()).is_some()
        }
    };
    if rule.is_about_people() && figure.value.shown().is_some() {
        let list = format!("{}/{number}/{code}/{}", hex(&version.hash), by.unwrap_or_default());
        for ((row, person), many) in Chosen::of(&facts, rule, period, false).people(by) {
            let Some(pseudonym) = facts.people.get(person as usize).filter(|_| shows(&row)) else { continue };
            let mark = p.office_key().report_mark(&list, &pseudonym.to_be_bytes());
            marks.push(Mark { row, mark: hex(&mark[..4]), facts: band(many) });
        }
    }
    // By mark: the order of time would tell.
    marks.sort();
    Ok(Behind { frozen, figure, marks, same })
}

const fn band(many: u64) -> &'static str {
    match many {
        0 | 1 => "1",
        2..=4 => "2-4",
        5..=9 => "5-9",
        _ => "10+",
    }
}
