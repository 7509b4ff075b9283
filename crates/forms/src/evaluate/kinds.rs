//! Whether a value is of its type.

use super::ErrorKind;
use crate::expr::dates;
use crate::expr::value::number_of;
use crate::form::{Kind, Meta};
use crate::limits;

/// The error of a value that is not blank, if it is not of its type.
pub(super) fn check(kind: &Kind, value: &str) -> Option<ErrorKind> {
    if value.len() > limits::ANSWER_BYTES {
        return Some(ErrorKind::Type { expected: "at most 64 KiB" });
    }
    let expected = match kind {
        Kind::Integer if value.parse::<i64>().is_err() => "a whole number",
        Kind::Decimal if !is_number(value) => "a number",
        Kind::Date if dates::date(value).is_none() => "a date like 2026-11-23",
        Kind::Time if dates::time(value).is_none() => "a time like 09:30",
        Kind::DateTime if dates::datetime(value).is_none() => "a moment like 2026-11-23T09:30",
        Kind::Range { start, end, step } if !in_range(value, *start, *end, *step) => "a number of the range",
        Kind::Acknowledge if value != "OK" => "OK",
        // A name and no way: attachments are looked up by it.
        Kind::Attachment { .. }
            if value.len() > 255 || value.starts_with('.') || value.contains(['/', '\\', '\0']) =>
        {
            "the name of a file"
        }
        Kind::Meta { fact: Meta::Start | Meta::End } if dates::datetime(value).is_none() => {
            "a moment like 2026-11-23T09:30"
        }
        Kind::Meta { fact: Meta::Today } if dates::date(value).is_none() => "a date like 2026-11-23",
        _ => return None,
    };
    Some(ErrorKind::Type { expected })
}

fn is_number(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'))
        && value.parse::<f64>().is_ok_and(f64::is_finite)
}

fn in_range(value: &str, start: f64, end: f64, step: f64) -> bool {
    let steps = (number_of(value) - start) / step;
    is_number(value)
        && (start..=end).contains(&number_of(value))
        // 0.1 has no exact binary form, so a step is met within a millionth.
        && (steps - steps.round()).abs() < 1e-6
}
