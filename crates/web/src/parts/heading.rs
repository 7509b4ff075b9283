//! The head of a page.

use maud::{Markup, html};

/// The one `h1` of a page. It may hold a chosen name, which the title of the window may not. `below` is a
/// line of second ink: code, age, phase; empty for none.
#[must_use]
pub fn heading(title: Markup, below: Markup) -> Markup {
    html! {
        div class="heading" {
            h1 { (title) }
            @if !below.0.is_empty() { p { (below) } }
        }
    }
}

pub(super) const CSS: &str = r"
.heading p { margin-block-start: .25rem; color: var(--ink2); }
";
