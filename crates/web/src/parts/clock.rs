//! Time and progress in words.

use jiff::civil::{Date, DateTime};
use maud::{Markup, html};

use crate::Words;

/// «vence mañana», for a day.
#[must_use]
pub fn clock_due(w: &Words, due: Date, today: Date) -> Markup {
    html! { time datetime=(due) { (w.due(due, today)) } }
}

/// «vence en 2 h», for an hour.
#[must_use]
pub fn clock_due_at(w: &Words, due: DateTime, now: DateTime) -> Markup {
    html! { time datetime=(due) { (w.due_at(due, now)) } }
}

/// «hace 2 h».
#[must_use]
pub fn clock_ago(w: &Words, at: DateTime, now: DateTime) -> Markup {
    html! { time datetime=(at) { (w.ago(at, now)) } }
}

/// «3 de 5»: where one is in a form. No bar, no percent.
#[must_use]
pub fn progress_words(w: &Words, step: usize, of: usize) -> Markup {
    html! { p class="quiet" { (w.with("parts-progress", &[("n", step.into()), ("of", of.into())])) } }
}
