//! Sections of a file as links to pages of their own, also those the reader may not open.

use maud::{Markup, html};

use crate::Words;
use crate::look::{Icon, icon};

/// A section.
#[derive(Clone, Debug)]
pub enum Tab {
    /// May be opened.
    Open {
        /// Its name.
        label: String,
        /// Its address.
        href: String,
    },
    /// The section this page shows.
    Current {
        /// Its name.
        label: String,
    },
    /// May not be opened; it says whom to ask.
    Locked {
        /// Its name.
        label: String,
        /// Who holds it.
        owner: String,
    },
}

/// The list of sections, folded to one line on phones: above a form it would take the whole window.
#[must_use]
pub fn tabs_folded(w: &Words, label: &str, tabs: &[Tab]) -> Markup {
    let current = tabs.iter().find_map(|tab| match tab {
        Tab::Current { label } => Some(label),
        _ => None,
    });
    html! {
        details class="sections" {
            summary { (label) @if let Some(current) = current { ": " strong { (current) } } }
            (tabs_as_links(w, label, tabs))
        }
    }
}

/// The list of sections. `label` names it: «Secciones del expediente».
#[must_use]
pub fn tabs_as_links(w: &Words, label: &str, tabs: &[Tab]) -> Markup {
    html! {
        nav class="tabs" aria-label=(label) {
            ul {
                @for tab in tabs {
                    li {
                        @match tab {
                            Tab::Open { label, href } => { a href=(href) { (label) } }
                            Tab::Current { label } => { a href="#main" aria-current="page" { (label) } }
                            Tab::Locked { label, owner } => {
                                span { (icon(Icon::Lock)) " " (label) small { "· " (w.with("parts-ask", &[("owner", owner.into())])) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub(super) const CSS: &str = r"
.tabs ul { display: flex; flex-wrap: wrap; list-style: none; border-block-end: 1px solid var(--line); }
.tabs a, .tabs span { display: inline-flex; flex-wrap: wrap; align-items: center; gap: .25rem; min-block-size: 2.75rem; padding: .25rem .75rem; }
.tabs span { color: var(--ink2); }
.sections > summary { padding-block: .625rem; border-block-end: 1px solid var(--line); }
.sections[open] > summary { border: 0; }
@media (min-width: 40rem) { @supports selector(::details-content) {
  .sections > summary { display: none; }
  .sections::details-content { content-visibility: visible; }
} }
.tabs [aria-current] { font-weight: 600; color: var(--ink); text-decoration: none; box-shadow: inset 0 -3px var(--main); }
";
