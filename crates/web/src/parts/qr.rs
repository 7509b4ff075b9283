//! A code for a camera, drawn as one path.

use std::fmt::Write as _;

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// Modules of white around it, as the standard asks (ISO/IEC 18004).
const QUIET: i32 = 4;

/// A picture that a phone's camera reads as `text`, with what it is in words. What is too long for one is left out:
/// the text itself always stands beside it.
#[must_use]
pub fn qr(label: &str, text: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return html! {} };
    let size = code.size();
    let mut path = String::new();
    for (x, y) in
        (0..size).flat_map(|y| (0..size).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y))
    {
        // Writing to a String cannot fail.
        let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
    }
    let side = size + 2 * QUIET;
    html! {
        svg class="qr" role="img" aria-label=(label) viewBox={ "0 0 " (side) " " (side) } {
            path class="ground" d={ "M0 0h" (side) "v" (side) "h-" (side) "z" } {}
            path class="ink" d=(path) {}
        }
    }
}

/// The same as modules, row by row, for a paper; nothing when the text is too long for one.
#[must_use]
pub fn modules(text: &str) -> Vec<Vec<bool>> {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return Vec::new() };
    let size = code.size();
    (0..size).map(|y| (0..size).map(|x| code.get_module(x, y)).collect()).collect()
}

// A camera wants dark on light whatever the theme.
pub(super) const CSS: &str = r"
.qr { display: block; inline-size: min(100%, 14rem); margin-block: .5rem; }
.qr .ground { fill: #fff; }
.qr .ink { fill: #000; }
.steps { padding-inline-start: 1.5rem; }
";

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_has_its_three_corners_and_its_words() {
        let drawn = super::qr("Código", "otpauth://totp/Cuaderno?secret=AB").into_string();
        assert!(drawn.contains("aria-label=\"Código\""));
        assert!(drawn.contains("M4 4h1v1h-1z"), "the finder pattern begins after the quiet zone");
    }
}
