//! Lines, texts and numbers.

use maud::{Markup, html};

use super::field::Field;
use super::frame::{described, single};
use crate::Words;

/// What a line holds: decides the keyboard of a phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    #[default]
    Text,
    /// An address of electronic mail.
    Email,
    /// A telephone number.
    Phone,
    /// A secret; may be pasted and filled by a password manager.
    Password,
    /// Digits that are a code and not a number.
    Code,
    /// Something to look for.
    Search,
}

impl Kind {
    const fn attributes(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Text => ("text", None),
            Self::Email => ("email", None),
            Self::Phone => ("tel", None),
            Self::Password => ("password", None),
            Self::Code => ("text", Some("numeric")),
            Self::Search => ("search", None),
        }
    }
}

/// One line.
#[must_use]
pub fn text_field(w: &Words, f: &Field, kind: Kind) -> Markup {
    let (type_, mode) = kind.attributes();
    single(w, f, line(f, type_, mode))
}

/// Several lines.
#[must_use]
pub fn text_area(w: &Words, f: &Field) -> Markup {
    let control = html! {
        textarea id=(f.dom_id()) name=(f.name) rows=(f.rows.unwrap_or(5)) autocomplete=(f.autocomplete.unwrap_or("off"))
            spellcheck=(f.spelled) aria-invalid=[wrong(f)] aria-describedby=[described(f)] {
            // The parser drops one line break after the tag, so a text that begins with one keeps it.
            "\n" (f.value)
        }
    };
    single(w, f, control)
}

/// A number, typed: no little arrows, which change values unseen when a page is scrolled.
#[must_use]
pub fn number_field(w: &Words, f: &Field) -> Markup {
    let control = html! {
        div class="short" { (line(f, "text", Some("decimal"))) @if let Some(unit) = &f.unit { span { (unit) } } }
    };
    single(w, f, control)
}

fn line(f: &Field, type_: &str, mode: Option<&str>) -> Markup {
    html! {
        input id=(f.dom_id()) name=(f.name) type=(type_) inputmode=[mode] value=(f.value)
            autocomplete=(f.autocomplete.unwrap_or("off")) spellcheck=(f.spelled)
            aria-invalid=[wrong(f)] aria-describedby=[described(f)];
    }
}

pub(super) fn wrong(f: &Field) -> Option<&'static str> {
    f.error.is_some().then_some("true")
}
