//! First acts to do, some of them done. No percentages, no bars.

use maud::{Markup, html};

use super::tag::{Mood, tag};
use crate::Words;

/// One act.
#[derive(Clone, Debug)]
pub struct Step {
    /// What to do, as a verb: «Acordar el contacto seguro».
    pub label: String,
    /// Where it is done; none when it is done elsewhere than in the program.
    pub href: Option<String>,
    /// Whether it is done.
    pub done: bool,
}

/// The list, in the order in which it helps to do it.
#[must_use]
pub fn checklist(w: &Words, steps: &[Step]) -> Markup {
    html! {
        ol class="checklist" {
            @for step in steps {
                li {
                    @match &step.href {
                        Some(href) => { a href=(href) { (step.label) } }
                        None => { span { (step.label) } }
                    }
                    @if step.done { (tag(Mood::Ok, &w.t("parts-done"))) } @else { (tag(Mood::Plain, &w.t("parts-to-do"))) }
                }
            }
        }
    }
}

pub(super) const CSS: &str = r"
.checklist { list-style: none; }
.checklist li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .25rem .75rem; padding-block: .375rem; border-block-end: 1px solid var(--line); max-inline-size: none; }
.checklist a { display: inline-flex; align-items: center; min-block-size: 2.75rem; }
";
