//! How pages look: one small style sheet of our own, inlined in each page and allowed by its hash.
//!
//! Each component keeps its block of CSS beside its function; here they are put together once. Variants are
//! `data-…` attributes, never composed class names, so that a test can find what is unused.

mod desk;
mod digest;
mod frame;
mod icon;
mod minify;
mod paper;
mod tokens;

use std::sync::LazyLock;

pub use digest::source_hash;
pub use icon::{Icon, icon};
pub use minify::script;

/// A style sheet of its own, made small.
pub(crate) fn minified(source: &str) -> String {
    minify::css(source)
}

use crate::{exit, page, parts};

static SHEET: LazyLock<String> = LazyLock::new(|| minify::css(&sources().concat()));
static HASH: LazyLock<String> = LazyLock::new(|| source_hash(&SHEET));

/// The whole style sheet, as it stands in `<style>`.
#[must_use]
pub fn css() -> &'static str {
    &SHEET
}

/// Its source expression for the content security policy: `'sha256-…'`.
#[must_use]
pub fn css_hash() -> &'static str {
    &HASH
}

/// In cascade order: tokens first, paper last, since printing overrules all.
fn sources() -> Vec<&'static str> {
    let mut all = vec![tokens::CSS, frame::CSS, icon::CSS, page::CSS, exit::CSS];
    all.extend(parts::CSS);
    all.extend([desk::CSS, crate::desk::comfort::CSS, ceiba_paper::CSS, crate::board::CSS, paper::CSS]);
    all
}
