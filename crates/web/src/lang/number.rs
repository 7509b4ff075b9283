//! Numbers: a comma between thousands and a point before decimals, in Guatemala as in English.

use super::{Lang, Words};

impl Words {
    /// A count: `12,480`.
    #[must_use]
    pub fn number(&self, n: i64) -> String {
        let sign = if n < 0 { "−" } else { "" };
        format!("{sign}{}", grouped(&n.unsigned_abs().to_string()))
    }

    /// A number with that many decimals: `1,204.5`.
    #[must_use]
    pub fn decimal(&self, n: f64, digits: usize) -> String {
        decimal(n, digits)
    }

    /// A share of one as percent: `0.125` is `12.5 %` in Spanish, `12.5%` in English.
    #[must_use]
    pub fn percent(&self, share: f64, digits: usize) -> String {
        let gap = if self.lang() == Lang::Es { "\u{a0}" } else { "" };
        format!("{}{gap}%", decimal(share * 100.0, digits))
    }
}

pub(super) fn decimal(n: f64, digits: usize) -> String {
    if !n.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{:.*}", digits.min(6), n.abs());
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(w, r)| (w, r));
    let zero = !text.bytes().any(|b| (b'1'..=b'9').contains(&b));
    let sign = if n < 0.0 && !zero { "−" } else { "" };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{rest}", grouped(whole))
}

fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::Lang::{En, Es};

    #[test]
    fn numbers_are_grouped_and_signed() {
        let w = Es.words();
        assert_eq!(w.number(0), "0");
        assert_eq!(w.number(750_000), "750,000");
        assert_eq!(w.number(i64::MIN), "−9,223,372,036,854,775,808");
        assert_eq!(w.decimal(-1204.55, 1), "−1,204.5");
        assert_eq!(w.decimal(-0.001, 1), "0.0");
        assert_eq!(w.decimal(f64::NAN, 1), "–");
        assert_eq!(w.percent(0.125, 1), "12.5\u{a0}%");
        assert_eq!(En.words().percent(1.0, 0), "100%");
    }
}
