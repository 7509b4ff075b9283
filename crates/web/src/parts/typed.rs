//! Text that a person typed.

use maud::{Markup, html};

/// A word or a line somebody typed, with its own direction of writing.
#[must_use]
pub fn typed(text: &str) -> Markup {
    html! { bdi { (text) } }
}

/// A longer text somebody typed, with its line breaks.
#[must_use]
pub fn typed_block(text: &str) -> Markup {
    html! { p class="typed" { bdi { (text) } } }
}
