//! Money as people type it and as it is kept: whole cents, never a fraction.

/// The largest amount that is taken, in cents: a typing error of three zeros is not money.
pub const LARGEST: i64 = 1_000_000_000;

/// Reads «Q 1,250.50», «1250.5» or «1250» as cents. A comma parts thousands, a point the cents; whatever could be read in
/// two ways («12,50», «1.250,00») is refused, and so is nothing, less than a cent and more than [`LARGEST`].
#[must_use]
pub fn read(text: &str, symbol: &str, currency: &str) -> Option<i64> {
    read_up_to(text, (symbol, currency), LARGEST)
}

/// As [`read`], with another largest amount.
#[must_use]
pub fn read_up_to(text: &str, (symbol, currency): (&str, &str), most: i64) -> Option<i64> {
    let text = text.trim();
    let text = match text.strip_prefix(currency).or_else(|| text.strip_prefix(symbol)) {
        Some(rest) => rest.strip_prefix('.').unwrap_or(rest).trim_start(),
        None => text,
    };
    let (whole, rest) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let others: Vec<&str> = groups.collect();
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let parted = others.is_empty() || first.len() <= 3;
    if !digits(first) || !parted || !others.iter().all(|g| g.len() == 3 && digits(g)) {
        return None;
    }
    let cents = match rest {
        None => 0,
        Some(rest) if digits(rest) && rest.len() <= 2 => {
            rest.parse::<i64>().ok()? * if rest.len() == 1 { 10 } else { 1 }
        }
        Some(_) => return None,
    };
    let units: i64 = std::iter::once(first).chain(others).collect::<String>().parse().ok()?;
    let all = units.checked_mul(100)?.checked_add(cents)?;
    (1..=most).contains(&all).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::{LARGEST, read};

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (text, cents) in [
            ("Q 1,250.50", 125_050),
            ("Q1,250.50", 125_050),
            ("Q. 1,250.50", 125_050),
            ("GTQ 20", 2_000),
            ("1250.5", 125_050),
            (" 1250 ", 125_000),
            ("0.05", 5),
            ("1,234,567.89", 123_456_789),
            ("10000000", LARGEST),
        ] {
            assert_eq!(read(text, "Q", "GTQ"), Some(cents), "{text}");
        }
    }

    #[test]
    fn what_could_be_two_amounts_is_none() {
        for text in [
            "",
            "Q",
            "0",
            "0.00",
            "-5",
            "12,50",
            "1.250,00",
            "1,25,000",
            "1250,000",
            "1.234",
            "1.",
            ".5",
            "1e3",
            "veinte",
            "20 quetzales",
            "$20",
            "１２",
            "10000000.01",
            "99999999999999999999",
        ] {
            assert_eq!(read(text, "Q", "GTQ"), None, "{text}");
        }
    }
}
