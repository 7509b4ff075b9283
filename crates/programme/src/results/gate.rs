//! The one place where numbers of a report become numbers that may leave: [`pass`] gets a figure with what earlier reports showed of it. Everything else in `results` holds exact numbers and shows none.

use std::collections::BTreeSet;

use ceiba_disclosure::{Threshold, count, median_days, share};

use super::counting::{Divided, Exact};
use super::frozen::{Figure, Public, Table, Value};
use crate::Outcome;

mod measures;
mod tables;

/// Changes when the same numbers would leave in another way.
pub const VERSION: u32 = 3;

/// A figure before the gate.
pub(super) struct Counted {
    /// Whether people stand behind it: documents and hours hide nothing.
    pub people: bool,
    /// Whether it counts people once each, so that two reports can be subtracted.
    pub unique: bool,
    pub scale: Scale,
    pub value: Exact,
    pub to_date: Exact,
    pub brought: Exact,
    pub tables: Vec<Divided>,
}

/// By how much a number is divided to be in its unit, and with how many decimals it is said: what is written must come out the same when it
/// is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub by: f64,
    /// Of which fraction it is a multiple: 10 for tenths, 100 for cents.
    pub steps: f64,
}

impl Scale {
    /// As it is, with one decimal.
    pub const ONE: Self = Self { by: 1.0, steps: 10.0 };

    fn shown(self, n: f64) -> Value {
        // No minus before a zero.
        Value::Shown((n / self.by * self.steps).round() / self.steps + 0.0)
    }
}

/// What was shown before of the same figure.
#[derive(Clone, Default)]
pub(super) struct Shown<'a> {
    /// In the versions of the same period, the newest first: whoever kept one of them can still read it.
    pub versions: Vec<&'a Figure>,
    /// In the reports of the periods before and after it.
    pub others: Vec<&'a Figure>,
}

/// A figure after the gate.
#[derive(Debug)]
pub(super) struct Passed {
    pub value: Value,
    pub to_date: Value,
    pub brought: Value,
    pub tables: Vec<Table>,
    /// Of what people stand behind `beside` says it.
    pub public: Public,
}

/// Lets a figure through: groups of one to k-1 people are hidden, and so much else that none can be computed from what is shown
/// of it here or was shown before. What figures tell beside one another is told by [`super::beside`].
pub(super) fn pass(c: &Counted, shown: &Shown<'_>, k: Threshold) -> Outcome<Passed> {
    let single = |exact: &Exact| if c.people { guarded(exact, c.scale, k) } else { open(exact, c.scale) };
    let apart = |value: Value, earlier: Value| {
        let (Some(now), Some(then)) = (value.shown(), earlier.least()) else { return value };
        if c.unique && c.people && k.hides(whole((now - then).abs())) {
            return if now >= then { Value::AtLeast(then) } else { Value::Hidden };
        }
        value
    };
    let beside = |now: Value, of: fn(&Figure) -> Value, all: &[&Figure]| {
        all.iter().fold(now, |value, f| apart(value, of(f)))
    };
    let value = match beside(single(&c.value), |f| f.value, &shown.versions) {
        // What is counted in a period is no number that only grows.
        Value::AtLeast(_) => Value::Hidden,
        other => other,
    };
    let to_date = beside(single(&c.to_date), |f| f.to_date, &shown.others);
    let to_date = beside(to_date, |f| f.to_date, &shown.versions);
    let to_date = if c.people { since(c, shown, to_date, k) } else { to_date };
    let brought = match (&c.brought, &c.to_date) {
        // The rest would be a small group, known by subtraction.
        (Exact::Number { value: b, .. }, Exact::Number { value: all, .. })
            if c.people && k.hides(all.abs_diff(*b)) =>
        {
            Value::Hidden
        }
        (Exact::Number { .. }, _) => single(&c.brought),
        _ => Value::Nothing,
    };
    let tables = tables::tables(c, shown, value, k)?;
    let public = if c.people { Public::default() } else { Public::ALL };
    Ok(Passed { value, to_date, brought, tables, public })
}

/// A number to date beside that of the period and those to date of other reports. Somebody who has two of the three knows what the few
/// people of the period added: thirty nights, their share, to which side of the middle they stand.
fn since(c: &Counted, shown: &Shown<'_>, to_date: Value, k: Threshold) -> Value {
    if c.unique {
        // Whoever was there before and is not in the period.
        return match (to_date.shown(), guarded(&c.value, c.scale, k).shown()) {
            (Some(all), Some(now)) if k.hides(whole((all - now).abs())) => Value::AtLeast(now),
            _ => to_date,
        };
    }
    let (now, all) = (behind(&c.value), behind(&c.to_date));
    if !k.hides(now) || now == all {
        return to_date;
    }
    let before = shown.others.iter().filter_map(|f| f.to_date.least());
    match (&c.to_date, to_date.shown()) {
        // A sum grows, but for what is taken back.
        (Exact::Number { .. }, Some(sum)) => {
            before.filter(|then| *then <= sum).reduce(f64::max).map_or(Value::Hidden, Value::AtLeast)
        }
        (_, Some(_)) => Value::Hidden,
        _ => to_date,
    }
}

/// How many people stand behind a number.
fn behind(exact: &Exact) -> u64 {
    match exact {
        Exact::Nothing => 0,
        Exact::Number { people, .. } | Exact::Mean { people, .. } => *people,
        Exact::Share { whole, people, .. } => people.unwrap_or(*whole),
        Exact::Median(list) => list.iter().map(|(who, _)| who).collect::<BTreeSet<_>>().len() as u64,
    }
}

/// A number that people stand behind.
fn guarded(exact: &Exact, scale: Scale, k: Threshold) -> Value {
    let enough = |people: u64| count(people, k).shown().is_some();
    match exact {
        Exact::Number { people, .. } | Exact::Mean { people, .. } if !enough(*people) => Value::Hidden,
        Exact::Share { people: Some(people), .. } if !enough(*people) => Value::Hidden,
        // Eleven of twelve say how the twelfth was; so do two of twelve. Behind a few of what happened no more people stand.
        Exact::Share { part, whole, people: Some(_) }
            if [*part, *whole, whole.saturating_sub(*part)].into_iter().any(|n| k.hides(n)) =>
        {
            Value::Hidden
        }
        Exact::Share { part, whole, people: None } => {
            match share(*part, *whole, k).map(|s| s.percent().shown()) {
                Ok(Some(percent)) => Scale::ONE.shown(percent),
                _ => Value::Hidden,
            }
        }
        Exact::Median(list) => {
            median_days(list, k).median().shown().map_or(Value::Hidden, |m| scale.shown(m))
        }
        other => open(other, scale),
    }
}

/// A number that hides nobody.
fn open(exact: &Exact, scale: Scale) -> Value {
    match exact {
        Exact::Nothing => Value::Nothing,
        Exact::Number { value, .. } => scale.shown(real(*value)),
        Exact::Share { whole: 0, .. } | Exact::Mean { many: 0, .. } => Value::Nothing,
        Exact::Share { part, whole, .. } => Scale::ONE.shown(100.0 * natural(*part) / natural(*whole)),
        Exact::Mean { sum, many, .. } => scale.shown(real(*sum) / natural(*many)),
        Exact::Median(list) => {
            let mut all: Vec<u32> = list.iter().map(|(_, n)| *n).collect();
            all.sort_unstable();
            let middle = |n: usize| all.get(n).copied().map_or(0.0, f64::from);
            let half = all.len() / 2;
            let median = if all.len() % 2 == 1 {
                middle(half)
            } else {
                f64::midpoint(middle(half.saturating_sub(1)), middle(half))
            };
            if all.is_empty() { Value::Nothing } else { scale.shown(median) }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a programme are fewer than 2^53")]
const fn real(n: i64) -> f64 {
    n as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts of a programme are fewer than 2^53")]
const fn natural(n: u64) -> f64 {
    n as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was made from a count")]
fn whole(n: f64) -> u64 {
    n.max(0.0).round() as u64
}

#[cfg(test)]
mod tests;
