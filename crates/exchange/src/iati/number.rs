//! Numbers with two decimal places: money, shares and figures are never a float.

use std::fmt;

/// A number in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(pub i64);

impl Number {
    /// A whole number. What is beyond the largest is the largest.
    #[must_use]
    pub const fn whole(n: i64) -> Self {
        Self(n.saturating_mul(100))
    }

    /// A number as written in XML: digits, one point, nothing else. More than two decimal places are refused, not rounded.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (minus, digits) = text.trim().strip_prefix('-').map_or((false, text.trim()), |rest| (true, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let part = part.trim_end_matches('0');
        let only = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !only(whole) || !only(part) || part.len() > 2 {
            return None;
        }
        let hundredths = format!("{part:0<2}").parse::<i64>().ok()?;
        let all = whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(hundredths)?;
        Some(Self(if minus { -all } else { all }))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let sign = if self.0 < 0 { "-" } else { "" };
        match part {
            0 => write!(f, "{sign}{whole}"),
            part if part % 10 == 0 => write!(f, "{sign}{whole}.{}", part / 10),
            part => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn what_is_written_is_read_again() {
        for (text, n) in [("0", 0), ("60", 6000), ("12.5", 1250), ("-0.07", -7), ("750000", 75_000_000)] {
            assert_eq!(Number::parse(text), Some(Number(n)), "{text}");
            assert_eq!(Number(n).to_string(), text);
        }
        for wrong in ["", "-", "1,5", "1e3", "1.234", ".5", "٣", "99999999999999999999", "0x1", "1.-2"] {
            assert_eq!(Number::parse(wrong), None, "{wrong}");
        }
    }
}
