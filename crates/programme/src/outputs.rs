//! What leaves to donors and to everybody: made from a frozen report and the programme's own words, never from counting again.

use std::collections::BTreeSet;

use ceiba_access::{Caller, Refusal};
use ceiba_store::{Micros, Tx};

use crate::results::frozen::{Figure, Frozen, Value};
use crate::results::quarter;
use crate::{Outcome, Programme};

pub mod activity;
mod pack;
pub mod pages;
mod reached;

pub(crate) use pack::read;
pub use pack::{Iati, Number, Offer, Organisation, ResultLine, Sheet};
pub use reached::{Part, Reached, reached};

/// The least number of people that anything public shows.
pub const PUBLIC: u64 = 10;

/// Whether a figure counts people, or what happens to them: a small number of interviews is a small number of girls.
#[must_use]
pub fn counts_people(figure: &Figure) -> bool {
    matches!(figure.unit.as_str(), "people" | "events")
}

/// The report as everybody may see it: no number behind which, or between which and another figure, one to below [`PUBLIC`] people stand, as the
/// report itself says it of each ([`Figure::public`]), no number below that, and no table of parts. A share, a median or a sum is shown
/// only when the report's own threshold was that of the public already. What was hidden stays hidden.
#[must_use]
pub fn public(report: &Frozen) -> Frozen {
    let mut out = report.clone();
    let known = out.threshold >= PUBLIC;
    out.threshold = out.threshold.max(PUBLIC);
    let floor = out.threshold;
    // «At least» what another figure shows: not where that may not be seen.
    let secret: Vec<Value> =
        report.figures.iter().filter(|f| counts_people(f)).flat_map(not_for_all).collect();
    for figure in &mut out.figures {
        figure.tables.clear();
        let things = figure.unit == "things";
        if !counts_people(figure) && !things && !known {
            (figure.value, figure.to_date, figure.brought) = (Value::Hidden, Value::Hidden, Value::Hidden);
        }
        if things {
            continue;
        }
        // Ten events are no ten people; of what was shown before nobody says here who stands behind it.
        let people = figure.unit == "people";
        let may = |value: Value, enough: bool| match value {
            Value::Shown(_) if !enough => Value::Hidden,
            Value::AtLeast(n) if !people || secret.contains(&Value::Shown(n)) => Value::Hidden,
            other => other,
        };
        figure.value = may(figure.value, figure.public.value);
        figure.brought = may(figure.brought, figure.public.to_date);
        figure.to_date = may(figure.to_date, figure.public.to_date);
        if !counts_people(figure) {
            continue;
        }
        figure.value = above(figure.value, floor);
        figure.to_date = above(figure.to_date, floor);
        figure.brought = above(figure.brought, floor);
        // What came before the period, or by the programme's own records, is a number of people too.
        let differ = |a: Value, b: Value| a.least().zip(b.least()).is_some_and(|(a, b)| small(a - b, floor));
        if differ(figure.to_date, figure.value) {
            figure.value = Value::Hidden;
        }
        if differ(figure.to_date, figure.brought) {
            figure.brought = Value::Hidden;
        }
    }
    out
}

/// The numbers of a figure that a donor sees and not everybody.
fn not_for_all(figure: &Figure) -> impl Iterator<Item = Value> {
    [(figure.value, figure.public.value), (figure.to_date, figure.public.to_date)]
        .into_iter()
        .filter(|(value, open)| !open && value.shown().is_some())
        .map(|(value, _)| value)
}

fn above(value: Value, floor: u64) -> Value {
    if value.least().is_some_and(|n| small(n, floor)) { Value::Hidden } else { value }
}

#[expect(clippy::cast_precision_loss, reason = "a threshold is a small number")]
fn small(n: f64, floor: u64) -> bool {
    n > 0.0 && n < floor as f64
}

/// How many sites of a kind the grant paid for when the report was frozen. One that does not say what they were is asked of the
/// programme as it is.
#[must_use]
pub fn sites(p: &Programme, report: &Frozen, kind: &str) -> usize {
    if !report.grant.site_kinds.is_empty() {
        return report.grant.site_kinds.iter().filter(|k| *k == kind).count();
    }
    let paid: BTreeSet<&str> = report.grant.sites.iter().map(String::as_str).collect();
    p.pack.sites.iter().filter(|s| s.kind == kind && paid.contains(s.code.as_str())).count()
}

/// The report of a grant and a period in the version in force, and when it was frozen.
///
/// # Errors
/// The gate's refusal; [`Refusal::Absent`] when there is no such quarter, or nothing of it is frozen.
pub async fn report(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    which: (&str, &str),
) -> Outcome<(Frozen, Micros)> {
    let quarter = quarter::read(p, tx, caller, which).await?;
    let version = quarter.frozen().ok_or(Refusal::Absent)?;
    Ok((version.frozen()?, version.decided_at.unwrap_or(version.asked_at)))
}

/// The last report of each grant that has one, for the dashboard.
///
/// # Errors
/// The gate's refusal.
pub async fn latest(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Frozen>> {
    let mut all = series(p, tx, caller, 1).await?;
    Ok(all.iter_mut().filter_map(Vec::pop).collect())
}

/// The last reports of each grant that has one, so many at most, the earliest first: each as it was frozen.
///
/// # Errors
/// The gate's refusal.
pub async fn series(p: &Programme, tx: &mut Tx, caller: &Caller, many: usize) -> Outcome<Vec<Vec<Frozen>>> {
    let mut out = Vec::new();
    for (grant, reports) in quarter::grants(p, tx, caller).await? {
        let mut frozen = Vec::new();
        for one in reports.iter().rev() {
            let quarter = quarter::read(p, tx, caller, (&grant.code, &one.period)).await?;
            if let Some(version) = quarter.frozen() {
                frozen.push(version.frozen()?);
            }
            if frozen.len() == many {
                break;
            }
        }
        if !frozen.is_empty() {
            frozen.reverse();
            out.push(frozen);
        }
    }
    Ok(out)
}
