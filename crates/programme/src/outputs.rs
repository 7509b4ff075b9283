//! What leaves to donors and to everybody: made from a frozen report and the programme's own words, never from counting again.

use std::collections::BTreeSet;

use crate::results::frozen::{Figure, Frozen, Value};

pub mod activity;
mod pack;
pub mod pages;

pub(crate) use pack::read;
pub use pack::{Iati, Number, Offer, Organisation, ResultLine, Sheet};

/// The least number of people that anything public shows.
pub const PUBLIC: u64 = 10;

/// Whether a figure counts people.
#[must_use]
pub fn counts_people(figure: &Figure) -> bool {
    figure.unit == "people"
}

/// The report as everybody may see it: no number of people from one to below [`PUBLIC`], none from which one could be computed, and no
/// table of parts. What was hidden stays hidden.
#[must_use]
pub fn public(report: &Frozen) -> Frozen {
    let mut out = report.clone();
    out.threshold = out.threshold.max(PUBLIC);
    let floor = out.threshold;
    for figure in &mut out.figures {
        figure.tables.clear();
        if !counts_people(figure) {
            continue;
        }
        figure.value = above(figure.value, floor);
        figure.to_date = above(figure.to_date, floor);
        figure.brought = above(figure.brought, floor);
        // What came before the period, or by the programme's own records, is a number of people too.
        let differ = |a: Value, b: Value| a.shown().zip(b.shown()).is_some_and(|(a, b)| small(a - b, floor));
        if differ(figure.to_date, figure.value) {
            figure.value = Value::Hidden;
        }
        if differ(figure.to_date, figure.brought) {
            figure.brought = Value::Hidden;
        }
    }
    out
}

fn above(value: Value, floor: u64) -> Value {
    match value {
        Value::Shown(n) if small(n, floor) => Value::Hidden,
        other => other,
    }
}

#[expect(clippy::cast_precision_loss, reason = "a threshold is a small number")]
fn small(n: f64, floor: u64) -> bool {
    n > 0.0 && n < floor as f64
}

/// How many sites of a kind the grant pays for.
#[must_use]
pub fn sites(p: &crate::Programme, report: &Frozen, kind: &str) -> usize {
    let paid: BTreeSet<&str> = report.grant.sites.iter().map(String::as_str).collect();
    p.pack.sites.iter().filter(|s| s.kind == kind && paid.contains(s.code.as_str())).count()
}

/// The report of a grant and a period in its last version, and when it was frozen.
///
/// # Errors
/// The gate's refusal; [`ceiba_access::Refusal::Absent`] when there is none.
pub async fn report(
    p: &crate::Programme,
    tx: &mut ceiba_store::Tx,
    caller: &ceiba_access::Caller,
    (grant, period): (&str, &str),
) -> crate::Outcome<(Frozen, ceiba_store::Micros)> {
    p.may(caller, ceiba_access::Act::NUMBERS_READ)?;
    let _ = (tx, grant, period);
    Err(ceiba_access::Refusal::Absent.into())
}
