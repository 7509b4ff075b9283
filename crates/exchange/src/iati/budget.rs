//! A budget by years: the standard asks that no budget is longer than one.

use jiff::civil::Date;
use jiff::{Span, Unit};

use super::{Budget, Number};

/// The step to which a year's share is rounded down, in units of the currency.
const STEP: i64 = 1000;

/// Splits a sum over a span into years from its first day on. Each whole year has its share by months, rounded down to a thousand; the
/// rest stands in the last one, so that the sum stays what it is. A sum below a thousand for each year is split to the hundredth.
#[must_use]
pub fn split(total: Number, from: Date, to: Date) -> Vec<Budget> {
    let Ok(end) = to.checked_add(Span::new().days(1)) else { return Vec::new() };
    let mut starts = Vec::new();
    let mut at = from;
    // Forty years are more than any grant has.
    while at < end && starts.len() < 40 {
        starts.push(at);
        let Ok(next) = from.checked_add(Span::new().years(i16::try_from(starts.len()).unwrap_or(40))) else {
            break;
        };
        at = next;
    }
    let months = |a: Date, b: Date| a.until((Unit::Month, b)).map_or(0, |span| i64::from(span.get_months()));
    let all = months(from, end).max(1);
    let step = if total.0 / 100 >= STEP * i64::try_from(starts.len()).unwrap_or(40) { STEP * 100 } else { 1 };
    let mut left = total.0;
    let mut out = Vec::new();
    for (n, start) in starts.iter().enumerate() {
        let next = starts.get(n + 1).copied();
        let value = match next {
            Some(next) => {
                let share = i128::from(total.0) * i128::from(months(*start, next)) / i128::from(all);
                i64::try_from(share).unwrap_or(0) / step * step
            }
            None => left,
        };
        left -= value;
        let last = next.and_then(|next| next.yesterday().ok()).unwrap_or(to);
        out.push(Budget { from: *start, to: last, value: Number(value) });
    }
    out
}
