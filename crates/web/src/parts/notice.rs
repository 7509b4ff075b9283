//! What just happened, or what to know before going on.

use maud::{Markup, html};

use super::tag::Mood;
use crate::Words;
use crate::look::{Icon, icon};

/// What kind of news it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It is saved. Takes the focus, so that a screen reader says it after the page has changed.
    Done,
    /// Good to know.
    Info,
    /// To be looked at before going on.
    Warning,
}

/// A band with a word for its kind. `body` is one sentence, or what happened, what it means, what to do.
#[must_use]
pub fn notice(w: &Words, kind: Notice, body: Markup) -> Markup {
    let (mood, drawing, word) = match kind {
        Notice::Done => (Mood::Ok, Icon::Tick, w.t("parts-saved")),
        Notice::Info => (Mood::Plain, Icon::Info, w.t("parts-info")),
        Notice::Warning => (Mood::Care, Icon::Care, w.t("parts-warning")),
    };
    let done = kind == Notice::Done;
    html! {
        div class="notice" data-mood=(mood.code()) role=[done.then_some("status")] tabindex=[done.then_some("-1")] autofocus[done] {
            p { (icon(drawing)) " " strong { (word) } }
            (body)
        }
    }
}

pub(super) const CSS: &str = r"
.notice { padding: .75rem 1rem; border: 1px solid var(--edge); border-inline-start-width: 6px; border-radius: 8px; background: var(--card); }
.notice a { color: inherit; }
.notice h2 { font-size: 1.125rem; }
.problems { list-style: none; }
.problems a { display: inline-block; padding-block: .625rem; font-weight: 600; }
.notice .problems a, .notice p a { padding-block: .625rem; }
";
