//! Leaving at once, on pages that a survivor or a caller from outside may have open.
//!
//! One of two small scripts; the other is the desk's comfort. Without it the button is a link to `/salir-rapido`, where the server
//! ends the session and redirects to the neutral page. A link, not a form: `form-action 'self'` would stop
//! the redirect to another site.

use std::sync::LazyLock;

use maud::{Markup, PreEscaped, html};

use crate::Words;
use crate::look::{Icon, icon, script as script_of, source_hash};

/// Where leaving is told to the server: `POST` by the beacon, `GET` without JavaScript. Ends the session.
pub const PATH: &str = "/salir-rapido";

static SCRIPT: LazyLock<String> = LazyLock::new(|| script_of(include_str!("exit/exit.js")));
static HASH: LazyLock<String> = LazyLock::new(|| source_hash(&SCRIPT));

/// The script as it stands in `<script>`.
#[must_use]
pub fn script() -> &'static str {
    &SCRIPT
}

/// Its source expression for the content security policy: `'sha256-…'`.
#[must_use]
pub fn script_hash() -> &'static str {
    &HASH
}

/// The button, always in the same corner.
pub(crate) fn bar(w: &Words, to: &str) -> Markup {
    // Another scheme than https must never get into `location.replace`.
    let to = if to.starts_with("https://") { to } else { PATH };
    html! {
        aside class="exit" id="exit" aria-label=(w.t("exit-button")) data-to=(to) data-press-1=(w.t("exit-press-twice")) data-press-2=(w.t("exit-press-once")) {
            a class="button" data-tone="primary" href=(PATH) rel="noreferrer nofollow" {
                (icon(Icon::Leave)) " " (w.t("exit-button"))
            }
            span class="hear" id="exit-say" role="status" {}
        }
    }
}

/// What leaving does not do. Stands under the button, but scrolls away: the button must stay small.
pub(crate) fn note(w: &Words) -> Markup {
    html! { p class="exit-note quiet" { (w.t("exit-honest")) } }
}

pub(crate) fn tail() -> Markup {
    html! { script { (PreEscaped(script())) } }
}

pub(crate) const CSS: &str = r"
.exit { position: sticky; inset-block-start: 0; z-index: 2; display: flex; justify-content: flex-end; padding: .25rem 1rem; background: var(--card); border-block-end: 1px solid var(--line); }
.exit-note { padding: .5rem 1rem; max-inline-size: none; }
";

#[cfg(test)]
mod tests {
    use crate::Lang;

    #[test]
    fn only_a_secure_address_is_left_for() {
        let w = Lang::Es.words();
        let bar = |to| super::bar(&w, to).into_string();
        assert!(bar("https://example.org/tiempo").contains(r#"data-to="https://example.org/tiempo""#));
        assert!(bar("javascript:alert(1)").contains(r#"data-to="/salir-rapido""#));
    }

    #[test]
    fn the_script_cannot_end_its_element() {
        assert!(!super::script().contains("</"));
    }
}
