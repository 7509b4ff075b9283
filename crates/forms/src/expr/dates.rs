//! Dates, times and their count in days, which is how `XForms` compares and adds them.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};

/// 1970-01-01.
const EPOCH: Date = jiff::civil::date(1970, 1, 1);
const DAY_SECONDS: f64 = 86_400.0;

/// Days since 1970-01-01 of `2026-11-23` or `2026-11-23T09:30[:00][offset]`; none for other texts.
/// An offset is dropped: a form compares what the clock on the wall said, as one programme works in one
/// zone, and a day (`today()`) has no offset to compare with.
pub(crate) fn to_days(text: &str) -> Option<f64> {
    // Cheap test first: this is asked for every text that is compared with a number.
    if text.len() > 40 || text.as_bytes().get(4) != Some(&b'-') {
        return None;
    }
    if let Some(date) = date(text) {
        return Some((date.duration_since(EPOCH).as_hours() / 24) as f64);
    }
    let civil = datetime(text)?;
    Some(civil.duration_since(EPOCH.at(0, 0, 0, 0)).as_millis_f64() / 1_000.0 / DAY_SECONDS)
}

/// `2026-11-23` from days since 1970-01-01; the fraction is dropped.
pub(crate) fn from_days(days: f64) -> Option<String> {
    datetime_from_days(days.floor()).map(|moment| moment.date().to_string())
}

/// The civil moment after so many days since 1970-01-01.
pub(crate) fn datetime_from_days(days: f64) -> Option<DateTime> {
    if !days.is_finite() || days.abs() > 3_700_000.0 {
        return None;
    }
    let millis = (days * DAY_SECONDS * 1_000.0).round() as i64;
    EPOCH.at(0, 0, 0, 0).checked_add(SignedDuration::from_millis(millis)).ok()
}

/// Exactly `YYYY-MM-DD`, and a day that exists.
pub(crate) fn date(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

/// A civil moment; an offset is accepted and dropped.
pub(crate) fn datetime(text: &str) -> Option<DateTime> {
    if !text.contains('T') || text.len() > 40 {
        return None;
    }
    text.trim_end_matches('Z').parse().ok()
}

/// A time of day; an offset is accepted and dropped.
pub(crate) fn time(text: &str) -> Option<Time> {
    if text.contains('T') || text.len() > 24 {
        return None;
    }
    let end = text.find(['+', '-', 'Z']).unwrap_or(text.len());
    text.get(..end).and_then(|plain| plain.parse().ok())
}

/// Fills `%Y %y %m %n %b %d %e %a %H %h %M %S %3`, of the `XForms` function `format-date`.
pub(crate) fn format(moment: DateTime, pattern: &str, spanish: bool) -> String {
    let mut out = String::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let part = match chars.next() {
            Some('Y') => format!("{:04}", moment.year()),
            Some('y') => format!("{:02}", moment.year().rem_euclid(100)),
            Some('m') => format!("{:02}", moment.month()),
            Some('n') => moment.month().to_string(),
            Some('b') => name(MONTHS, moment.month() - 1, spanish),
            Some('d') => format!("{:02}", moment.day()),
            Some('e') => moment.day().to_string(),
            Some('a') => name(WEEKDAYS, moment.weekday().to_monday_zero_offset(), spanish),
            Some('H') => format!("{:02}", moment.hour()),
            Some('h') => moment.hour().to_string(),
            Some('M') => format!("{:02}", moment.minute()),
            Some('S') => format!("{:02}", moment.second()),
            Some('3') => format!("{:03}", moment.millisecond()),
            Some('%') => "%".into(),
            Some(other) => format!("%{other}"),
            None => "%".into(),
        };
        out.push_str(&part);
    }
    out
}

const MONTHS: (&str, &str) =
    ("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "ene feb mar abr may jun jul ago sep oct nov dic");
const WEEKDAYS: (&str, &str) = ("Mon Tue Wed Thu Fri Sat Sun", "lun mar mié jue vie sáb dom");

fn name(names: (&str, &str), index: i8, spanish: bool) -> String {
    let names = if spanish { names.1 } else { names.0 };
    names.split(' ').nth(usize::try_from(index).unwrap_or(0)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_back() {
        assert_eq!(to_days("1970-01-02"), Some(1.0));
        assert_eq!(to_days("1970-01-02T12:00:00Z"), Some(1.5));
        assert_eq!(to_days("2026-02-31"), None);
        assert_eq!(to_days("2026-11-23").and_then(from_days).as_deref(), Some("2026-11-23"));
        assert_eq!(from_days(f64::INFINITY), None);
        assert!(time("09:30:00.000-06:00").is_some() && time("25:00").is_none());
        let noon = datetime("2026-11-23T12:05");
        assert_eq!(
            noon.map(|m| format(m, "%a %e %b %Y %H:%M", true)).as_deref(),
            Some("lun 23 nov 2026 12:05")
        );
    }
}
