//! Buttons, and links that look like them. At most one primary on a page.

use maud::{Markup, html};

use crate::Words;
use crate::look::{Icon, icon};

/// How much a button asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// The one thing to do here.
    Primary,
    /// Also possible.
    #[default]
    Quiet,
    /// Cannot be undone, or is a danger to somebody. Only through [`submit_danger`] for submits.
    Danger,
}

impl Tone {
    const fn code(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
        }
    }
}

/// Sends the form: the primary button.
#[must_use]
pub fn submit(label: &str) -> Markup {
    html! { button class="button" data-tone="primary" { (label) } }
}

/// Sends the form with `name=value`, so that one form can be saved, paused or left in several ways.
#[must_use]
pub fn button(label: &str, tone: Tone, name: &str, value: &str) -> Markup {
    html! { button class="button" data-tone=(tone.code()) name=(name) value=(value) { (label) } }
}

/// Sends what cannot be undone. The consequence stands above the button and is part of its name.
#[must_use]
pub fn submit_danger(label: &str, consequence: &str, name: &str, value: &str) -> Markup {
    html! {
        button class="button" data-tone="danger" name=(name) value=(value) {
            (icon(Icon::Care)) span { (label) small { (consequence) } }
        }
    }
}

/// Goes to another page.
#[must_use]
pub fn button_link(label: &str, href: &str, tone: Tone) -> Markup {
    html! { a class="button" data-tone=(tone.code()) href=(href) { (label) } }
}

/// A button that is off, and says why and who can help.
#[must_use]
pub fn button_off(w: &Words, label: &str, reason: &str) -> Markup {
    html! {
        button class="button" type="button" aria-disabled="true" {
            (icon(Icon::Lock))
            span { (label) " " span class="hear" { (w.t("parts-off")) } small { (reason) } }
        }
    }
}

/// A row of buttons at the end of a form, within reach of the thumb.
#[must_use]
pub fn actions(buttons: &[Markup]) -> Markup {
    html! { div class="actions" { @for button in buttons { (button) } } }
}

pub(super) const CSS: &str = r#"
.button {
  display: inline-flex; align-items: center; justify-content: center; gap: .5rem;
  min-block-size: 2.75rem; min-inline-size: 2.75rem; padding: .375rem 1rem;
  font: inherit; font-weight: 600; text-align: start; text-decoration: none; cursor: pointer;
  color: var(--main); background: var(--card); border: 1px solid var(--edge); border-radius: 8px;
}
.button[data-tone="primary"] { color: var(--on-main); background: var(--main); border-color: var(--main); }
.button[data-tone="danger"] { color: var(--harm); border-color: var(--harm); }
.button[aria-disabled] { color: var(--ink2); border-style: dashed; cursor: not-allowed; }
.button small { display: block; font-weight: 400; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; padding-block-start: .5rem; }
@media (max-width: 30rem) { .actions .button { flex: 1 1 100%; } .links .button { flex: 1 1 9rem; } .few .button { flex: 0 0 auto; } .few p { flex: 1 1 100%; } }
"#;
