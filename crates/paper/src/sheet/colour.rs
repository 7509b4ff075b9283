//! The programme's colours, and whether they can be read. Source: WCAG 2.2, «relative luminance» and «contrast ratio».

use super::SheetError;

/// The least contrast of text, in hundredths.
pub const READABLE: u32 = 450;

/// A colour: red, green, blue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    pub(crate) const WHITE: Self = Self(255, 255, 255);
    pub(crate) const INK: Self = Self(28, 32, 34);

    /// A colour written as `#1f5b4e`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits =
            text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let part = |at: usize| digits.get(at..at + 2).and_then(|d| u8::from_str_radix(d, 16).ok());
        Some(Self(part(0)?, part(2)?, part(4)?))
    }

    fn luminance(self) -> f64 {
        let part = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126f64.mul_add(part(self.0), 0.7152f64.mul_add(part(self.1), 0.0722 * part(self.2)))
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// The contrast of two colours, in hundredths: 100 for the same, 2100 for black and white. Rounded down.
#[must_use]
pub fn contrast(a: Colour, b: Colour) -> u32 {
    let (a, b) = (a.luminance(), b.luminance());
    let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 21")]
    let hundredths = (ratio * 100.0 + 1e-6) as u32;
    hundredths
}

/// What a programme chooses: one colour for headings, figures and the band, and a ground for the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colours {
    /// Headings and figures; white text stands on it.
    pub main: Colour,
    /// The ground of the figures; main and text stand on it.
    pub soft: Colour,
}

impl Default for Colours {
    fn default() -> Self {
        Self { main: Colour(31, 91, 78), soft: Colour(236, 243, 240) }
    }
}

impl Colours {
    /// Whether everything that stands on something can be read.
    ///
    /// # Errors
    /// [`SheetError::Unreadable`] with the least contrast.
    pub fn check(self) -> Result<(), SheetError> {
        let pairs = [(self.main, Colour::WHITE), (self.main, self.soft), (Colour::INK, self.soft)];
        let least = pairs.map(|(a, b)| contrast(a, b)).into_iter().min().unwrap_or(0);
        if least < READABLE { Err(SheetError::Unreadable(least)) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, Colours, contrast};

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert_eq!(contrast(Colour(0, 0, 0), Colour::WHITE), 2100);
        assert_eq!(contrast(Colour::WHITE, Colour::WHITE), 100);
        // #767676 is the lightest grey that passes on white.
        assert_eq!(contrast(Colour(0x76, 0x76, 0x76), Colour::WHITE), 454);
        assert!(contrast(Colour(0x77, 0x77, 0x77), Colour::WHITE) < 450);
    }

    #[test]
    fn colours_are_read_as_written() {
        assert_eq!(Colour::parse("#1f5B4e"), Some(Colour(31, 91, 78)));
        for wrong in ["1f5b4e", "#1f5b4", "#1f5b4g", "#", "#é1234", "red"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Colours::default().check(), Ok(()));
        let pale = Colours { main: Colour(200, 220, 210), ..Colours::default() };
        assert!(pale.check().is_err());
    }
}
