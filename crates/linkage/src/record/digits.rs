//! Numbers of documents and phones: digits, four bits each, with a mark in front.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// Set for numbers that hold letters: only whether they are the same can be said.
const OPAQUE: u64 = 1 << 63;

/// A document's number; 0 for what is written where there is none: fewer than four digits (*no tiene*, *S/N*), or one digit
/// over and over. Two who have no document must not be one person by it. Digits alone keep their order; a number with
/// letters, or with more than 15 digits, is hashed.
pub(crate) fn document(text: &str) -> u64 {
    let signs = text.chars().filter(|c| c.is_alphanumeric());
    let digits = || signs.clone().filter(char::is_ascii_digit);
    if digits().take(4).count() < 4 || digits().all(|digit| Some(digit) == digits().next()) {
        return 0;
    }
    if signs.clone().all(|c| c.is_ascii_digit()) && signs.clone().take(16).count() <= 15 {
        return pack(signs);
    }
    let signs: String = signs.take(40).flat_map(char::to_lowercase).collect();
    BuildHasherDefault::<DefaultHasher>::default().hash_one(signs) | OPAQUE
}

/// Whether a text is the number of a document, and not what is written where there is none.
#[must_use]
pub fn is_document(text: &str) -> bool {
    document(text) != 0
}

/// Whether a text is a phone: seven digits at least, and not one over and over.
#[must_use]
pub fn is_phone(text: &str) -> bool {
    phone(text) != 0
}

/// The last eight digits of a phone, four bits each, the first four set when there are only seven; 0 when there are fewer,
/// and for one digit over and over, which is nobody's.
pub(crate) fn phone(text: &str) -> u32 {
    let digits = || text.bytes().filter(u8::is_ascii_digit);
    let shifted = digits().fold(0, |packed: u32, digit| packed << 4 | u32::from(digit - b'0'));
    // A digit over and over is itself times eight ones.
    let over_and_over = |length: u32| shifted == (shifted & 15) * (0x1111_1111 >> (4 * (8 - length)));
    match digits().take(8).count() {
        7 if !over_and_over(7) => shifted | SEVEN,
        8 if !over_and_over(8) => shifted,
        _ => 0,
    }
}

/// Set for phones of seven digits.
const SEVEN: u32 = 0xf << 28;

/// Whether two phones differ as [`near`] says.
pub(crate) fn near_phones(one: u32, other: u32) -> bool {
    let long = |phone: u32| match phone & SEVEN {
        SEVEN => u64::from(phone ^ SEVEN) | 1 << 28,
        _ => u64::from(phone) | 1 << 32,
    };
    near(long(one), long(other))
}

fn pack(digits: impl Iterator<Item = char>) -> u64 {
    digits.fold(1, |packed, c| packed << 4 | u64::from(c.to_digit(10).unwrap_or(0)))
}

fn unpack(packed: u64) -> ([u8; 16], usize) {
    let length = packed.checked_ilog2().map_or(0, |bits| bits as usize / 4);
    let mut digits = [0; 16];
    for (at, digit) in digits.iter_mut().take(length).enumerate() {
        *digit = (packed >> (4 * (length - 1 - at)) & 15) as u8;
    }
    (digits, length)
}

/// Whether two numbers differ by one digit more, less, other, or by two neighbours exchanged.
pub(crate) fn near(one: u64, other: u64) -> bool {
    if (one | other) & OPAQUE != 0 {
        return false;
    }
    let ((a, n), (b, m)) = (unpack(one), unpack(other));
    let (a, b) = (&a[..n], &b[..m]);
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    match n.abs_diff(m) {
        0 => {
            let other = n.saturating_sub(head + tail);
            other <= 1 || (other == 2 && a[head] == b[head + 1] && a[head + 1] == b[head])
        }
        1 => head + tail >= n.min(m),
        _ => false,
    }
}

/// How a country's documents carry a check digit: the weighted sum of the first digits, modulo a number, is
/// the digit that follows them. The rule is a pack's.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct CheckDigit {
    /// How many digits such a number has.
    pub length: usize,
    /// The weights of the digits before the check digit.
    pub weights: Vec<u32>,
    /// The modulus.
    pub modulus: u32,
}

impl CheckDigit {
    /// Whether a number is of this kind and its digit is wrong.
    pub(crate) fn fails(&self, number: u64) -> bool {
        let (digits, length) = unpack(number);
        if number & OPAQUE != 0 || length != self.length || self.weights.len() >= length || self.modulus == 0
        {
            return false;
        }
        let sum: u32 = digits.iter().zip(&self.weights).map(|(d, w)| u32::from(*d) * w).sum();
        sum % self.modulus != u32::from(digits[self.weights.len()])
    }
}

#[cfg(test)]
mod tests {
    use super::{CheckDigit, document, near, near_phones, phone};

    #[test]
    fn numbers_are_compared_by_their_digits() {
        let d = document;
        assert_eq!(d("2345 67890 0101"), d("2345678900101"));
        assert_ne!(d("0123"), d("123456"));
        assert_eq!((d(""), d("12"), phone("123")), (0, 0, 0));
        assert_eq!(phone("+502 5555-1234"), phone("55551234"));
        for nobodys in ["0000-0000", "99999999", "9999999", "+502 5555 5555", "0", "no tiene"] {
            assert_eq!(phone(nobodys), 0, "{nobodys}");
        }
        for nobodys in
            ["NO TIENE", "S/N", "pendiente", "sin DPI", "0000 00000 0000", "1111", "A000000", "no. 1"]
        {
            assert_eq!(d(nobodys), 0, "{nobodys}");
        }
        for (one, other, expected) in [
            ("55551234", "55551235", true),
            ("55551234", "5551234", true),
            ("5551234", "5551243", true),
            ("0000001", "00000001", true),
            ("55551234", "12345555", false),
        ] {
            assert_eq!(near_phones(phone(one), phone(other)), expected, "{one} {other}");
        }
        for (one, other, expected) in [
            ("123456", "123956", true),
            ("123456", "132456", true),
            ("123456", "12346", true),
            ("123456", "1234567", true),
            ("123456", "123456", true),
            ("123456", "654321", false),
            ("123456", "129956", false),
            ("123456", "1234", false),
            ("A123456", "A123457", false),
        ] {
            assert_eq!(near(d(one), d(other)), expected, "{one} {other}");
            assert_eq!(near(d(other), d(one)), expected, "{other} {one}");
        }
        assert_eq!(d("a-123456"), d("A123456"));
    }

    #[test]
    fn a_wrong_check_digit_is_seen() {
        let check = CheckDigit { length: 5, weights: vec![2, 3], modulus: 11 };
        assert!(!check.fails(document("11500")));
        assert!(check.fails(document("11600")));
        assert!(!check.fails(document("116")), "of another kind");
    }
}
