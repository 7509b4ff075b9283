//! How pages look: one small style sheet of our own, inlined in each page and allowed by its hash.
//!
//! Each component keeps its block of CSS beside its function; here they are put together once. Variants are
//! `data-…` attributes, never composed class names, so that a test can find what is unused.

mod courses;
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

use crate::{Place, exit, page, parts};

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

/// What only the pages of one place need stands in a second sheet there, so that all others stay light.
static PLACES: LazyLock<[(Place, String, String); 2]> = LazyLock::new(|| {
    [(Place::Training, courses::CSS), (Place::Data, crate::board::CSS)].map(|(place, source)| {
        let sheet = minify::css(source);
        let hash = source_hash(&sheet);
        (place, sheet, hash)
    })
});

/// The second sheet of a place, where it has one.
pub(crate) fn css_of(place: Place) -> Option<&'static str> {
    PLACES.iter().find(|(of, _, _)| *of == place).map(|(_, sheet, _)| sheet.as_str())
}

/// The sheets of places with their source expressions.
pub fn places() -> impl Iterator<Item = (&'static str, &'static str)> {
    PLACES.iter().map(|(_, sheet, hash)| (sheet.as_str(), hash.as_str()))
}

/// In cascade order: tokens first, paper last, since printing overrules all.
fn sources() -> Vec<&'static str> {
    let mut all = vec![tokens::CSS, frame::CSS, icon::CSS, page::CSS, exit::CSS];
    all.extend(parts::CSS);
    all.extend([desk::CSS, crate::desk::comfort::CSS, ceiba_paper::CSS, paper::CSS]);
    all
}
