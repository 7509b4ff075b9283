//! Two columns on wide screens, one after the other on phones.

use maud::{Markup, html};

/// Two thirds for what is worked on, one third for what is looked up.
#[must_use]
pub fn columns(main: Markup, side: Markup) -> Markup {
    html! {
        div class="columns" {
            div class="stack" { (main) }
            div class="stack" { (side) }
        }
    }
}

pub(super) const CSS: &str = r"
.columns { display: grid; gap: 1.5rem; }
.columns > * { min-inline-size: 0; }
@media (min-width: 60rem) { .columns { grid-template-columns: 2fr 1fr; align-items: start; } }
";
