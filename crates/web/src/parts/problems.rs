//! What is wrong with what was typed: said once on top, and again at each field.

use maud::{Markup, html};

use super::field::dom_id;
use crate::Words;

/// The problems of one post, in the order of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<(String, String)>);

impl Problems {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one: the name of the field and what to do, as a sentence.
    pub fn add(&mut self, field: impl Into<String>, text: impl Into<String>) {
        self.0.push((field.into(), text.into()));
    }

    /// The first of a field, for [`Field::error`](super::Field::error).
    #[must_use]
    pub fn of(&self, field: &str) -> Option<String> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, text)| text.clone())
    }

    /// Whether all is well.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The list with links to the fields. It takes the focus when the page opens, without a script. Empty when
/// all is well, so it can stand in every form.
#[must_use]
pub fn error_summary(w: &Words, problems: &Problems) -> Markup {
    html! {
        @if !problems.is_empty() {
            section class="notice" data-mood="harm" tabindex="-1" autofocus aria-labelledby="problems" {
                h2 id="problems" { (w.t("problems-title")) }
                p { (w.t("problems-kept")) }
                ul class="problems" {
                    @for (field, text) in &problems.0 { li { a href={ "#" (dom_id(field)) } { (text) } } }
                }
            }
        }
    }
}
