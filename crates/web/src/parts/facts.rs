//! Facts: a name and its value, line by line.

use maud::{Markup, html};

/// A description list. Values a person typed are given as [`typed`](super::typed).
#[must_use]
pub fn facts_list(facts: &[(&str, Markup)]) -> Markup {
    html! {
        dl class="facts" {
            @for (name, value) in facts { div { dt { (name) } dd { (value) } } }
        }
    }
}

pub(super) const CSS: &str = r"
.facts > div { padding-block: .375rem; border-block-end: 1px solid var(--line); }
.facts dt { color: var(--ink2); font-size: .875rem; }
@media (min-width: 40rem) {
  .facts > div { display: grid; grid-template-columns: minmax(8rem, 1fr) 2fr; gap: 1rem; }
  .facts dt { padding-block-start: .125rem; }
}
";
