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
    let months = from.until((Unit::Month, end)).map_or(0, |span| i64::from(span.get_months()));
    // Not asked of the days: from the 29th of February to the 28th are eleven months and a rest.
    let year = i128::from(total.0) * 12 / i128::from(months.max(12));
    let year = i64::try_from(year).unwrap_or(0);
    let step = if total.0 / 100 >= STEP * i64::try_from(starts.len()).unwrap_or(40) { STEP * 100 } else { 1 };
    let year = year / step * step;
    let mut left = total.0;
    let mut out = Vec::new();
    for (n, start) in starts.iter().enumerate() {
        let next = starts.get(n + 1);
        let value = if next.is_some() { year } else { left };
        left -= value;
        let last = next.and_then(|next| next.yesterday().ok()).unwrap_or(to);
        out.push(Budget { from: *start, to: last, value: Number(value) });
    }
    out
}
