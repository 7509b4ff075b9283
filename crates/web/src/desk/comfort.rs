//! Comfort for whoever works at a desk: «Guardando…», single keys, a warning before the lock, a blank page when nobody
//! looks. Everything works without it.

use std::sync::LazyLock;

use ceiba_programme::accounts::sessions;
use ceiba_store::{MINUTE, SECOND};
use maud::{Markup, PreEscaped, html};

use crate::App;
use crate::look::{script, source_hash};
use crate::me::Me;

static SCRIPT: LazyLock<String> = LazyLock::new(|| script(include_str!("comfort.js")));
static HASH: LazyLock<String> = LazyLock::new(|| source_hash(&SCRIPT));

/// The script as it stands in `<script>`.
#[must_use]
pub fn source() -> &'static str {
    &SCRIPT
}

/// Its source expression for the content security policy.
#[must_use]
pub fn hash() -> &'static str {
    &HASH
}

/// What the script shows and says, and the script. `data-left` is how long the session stays open by itself.
pub(super) fn tail(app: &App, me: &Me) -> Markup {
    let w = me.words(app);
    let idle = app.programme.store.clock.now() - me.session.seen_at;
    // Being here is noted once a minute at most: within it the earlier note counts.
    let left = if idle < MINUTE { sessions::IDLE - idle } else { sessions::IDLE };
    html! {
        div id="desk" role="status" data-left=(left / SECOND) data-whole=(sessions::IDLE / SECOND) data-keys[me.keys]
            data-saving=(w.t("desk-saving")) data-soon=(w.t("desk-soon")) data-locked=(w.t("desk-locked")) {
            div class="notice idle" hidden {
                p {}
                button class="button" type="button" { (w.t("desk-stay")) }
            }
        }
        script { (PreEscaped(source())) }
    }
}

pub(crate) const CSS: &str = r#"
.idle { position: fixed; inset-inline: 1rem; inset-block-end: calc(var(--bar) + 1rem); z-index: 4; margin-inline: auto; max-inline-size: 32rem; }
[data-away] body { visibility: hidden; }
[data-away="locked"] .idle { visibility: visible; }
@media print { .idle { display: none; } }
"#;
