//! Going through a long list.

use maud::{Markup, html};

use crate::Words;

/// Links to the page before and after; nothing when all fits on one. `href` makes the address of a page,
/// counted from 1.
#[must_use]
pub fn pages_nav(w: &Words, page: usize, of: usize, href: impl Fn(usize) -> String) -> Markup {
    html! {
        @if of > 1 {
            nav class="pages" aria-label=(w.t("parts-pages")) {
                @if page > 1 { a class="button" rel="prev" href=(href(page - 1)) { "← " (w.t("parts-page-before")) } }
                span { (w.with("parts-page-of", &[("n", page.into()), ("of", of.into())])) }
                @if page < of { a class="button" rel="next" href=(href(page + 1)) { (w.t("parts-page-after")) " →" } }
            }
        }
    }
}

pub(super) const CSS: &str = r"
.pages { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; }
@media (max-width: 30rem) { .pages span { order: -1; flex: 1 1 100%; } }
";
