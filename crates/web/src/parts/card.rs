//! A card: one subject with its heading.

use maud::{Markup, html};

/// A section with a heading of the second level.
#[must_use]
pub fn card(title: &str, body: Markup) -> Markup {
    html! {
        section class="card" {
            h2 { (title) }
            div class="stack" { (body) }
        }
    }
}

pub(super) const CSS: &str = r"
.card { padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.card > h2 { margin-block-end: .75rem; }
.card + figure { margin-block-start: 1.5rem; }
";
