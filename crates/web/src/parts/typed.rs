//! Text that a person typed.

use maud::{Markup, html};

/// The most marks over and under one letter that are shown. No language of ours needs more; a pile of them is painted
/// over the lines around it.
const MARKS: usize = 4;

/// A word or a line somebody typed, with its own direction of writing.
#[must_use]
pub fn typed(text: &str) -> Markup {
    html! { bdi { (calm(text)) } }
}

/// A longer text somebody typed, with its line breaks.
#[must_use]
pub fn typed_block(text: &str) -> Markup {
    html! { p class="typed" { bdi { (calm(text)) } } }
}

/// The text without marks that pile up. It is kept as it was typed; only here they fall away.
fn calm(text: &str) -> String {
    let mut pile = 0;
    let keep = |c: &char| {
        let mark = matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}');
        pile = if mark { pile + 1 } else { 0 };
        pile <= MARKS
    };
    text.chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pile_of_marks_is_cut_and_every_other_text_is_left_alone() {
        let pile = format!("A{}na", "\u{301}".repeat(50));
        assert_eq!(calm(&pile), format!("A{}na", "\u{301}".repeat(MARKS)));
        for text in ["José", "Jose\u{301}", "Q\u{2019}eqchi\u{a78c}", "مَرْيَم", "Nguyễn", "👩‍👩‍👧"]
        {
            assert_eq!(calm(text), text);
        }
    }
}
