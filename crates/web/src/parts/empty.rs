//! Nothing here yet, and what that means.

use maud::{Markup, html};

/// A sentence, and what to do next (a [`button_link`](super::button_link), or nothing).
#[must_use]
pub fn empty_state(sentence: &str, next: Markup) -> Markup {
    html! { div class="empty stack" { p { (sentence) } @if !next.0.is_empty() { div { (next) } } } }
}

pub(super) const CSS: &str = r"
.empty { padding: 1.5rem 1rem; border: 1px dashed var(--edge); border-radius: 8px; }
";
