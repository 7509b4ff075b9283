//! What only paper shows.

use maud::{Markup, html};

/// A line that is printed and not shown: to whom the sheet is released, when and by whom.
#[must_use]
pub fn printed_line(text: &str) -> Markup {
    html! { p class="print-only" { bdi { (text) } } }
}
