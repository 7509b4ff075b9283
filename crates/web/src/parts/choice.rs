//! Choosing one, several, or one of many.

use maud::{Markup, html};

use super::field::Field;
use super::frame::{described, group, single};
use super::text::wrong;
use crate::Words;

/// Something to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    value: String,
    label: String,
    hint: Option<String>,
    off: bool,
}

impl Choice {
    /// Its value in the post.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// A choice with its value in the post.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, off: false }
    }

    /// A line that explains it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// It cannot be chosen now, and why.
    #[must_use]
    pub fn off(mut self, reason: impl Into<String>) -> Self {
        self.off = true;
        self.hint(reason)
    }
}

/// One of a few: all of them visible. The value of the field is the one chosen.
#[must_use]
pub fn radios(w: &Words, f: &Field, choices: &[Choice]) -> Markup {
    group(w, f, rows(f, "radio", choices, |value| f.value == value))
}

/// Any number of them. All post under the name of the field.
#[must_use]
pub fn checks(w: &Words, f: &Field, choices: &[Choice], chosen: &[&str]) -> Markup {
    group(w, f, rows(f, "checkbox", choices, |value| chosen.contains(&value)))
}

/// One of many, as the list of the system. Its first line is empty: nothing is chosen for her.
#[must_use]
pub fn select(w: &Words, f: &Field, choices: &[Choice]) -> Markup {
    let control = html! {
        select id=(f.dom_id()) name=(f.name) autocomplete="off" aria-invalid=[wrong(f)] aria-describedby=[described(f)] {
            option value="" { (w.t("forms-choose")) }
            @for choice in choices {
                option value=(choice.value) selected[choice.value == f.value] { (choice.label) }
            }
        }
    };
    single(w, f, control)
}

fn rows(f: &Field, type_: &str, choices: &[Choice], is_chosen: impl Fn(&str) -> bool) -> Markup {
    html! {
        @for (i, choice) in choices.iter().enumerate() {
            label class="choice" {
                // The summary of errors links to the first.
                input id=[(i == 0).then(|| f.dom_id())] type=(type_) name=(f.name) value=(choice.value)
                    autocomplete="off" checked[is_chosen(&choice.value) && !choice.off] disabled[choice.off];
                span { (choice.label) @if let Some(hint) = &choice.hint { small class="quiet" { (hint) } } }
            }
        }
    }
}

pub(super) const CSS: &str = r"
.choice { display: flex; align-items: center; gap: .625rem; min-block-size: 2.75rem; cursor: pointer; }
.choice input { flex: none; inline-size: 1.375rem; block-size: 1.375rem; margin: 0; }
.choice small { display: block; }
.special .choice input { inline-size: 1.125rem; block-size: 1.125rem; }
.choice > span { padding-block: .25rem; }
";
