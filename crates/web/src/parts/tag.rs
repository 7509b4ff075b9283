//! A state in a word: never colour alone.

use maud::{Markup, html};

use crate::look::{Icon, icon};

/// What a state means for the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// A fact, neither good nor bad. Also what is late or empty.
    #[default]
    Plain,
    /// Allowed, done, safe.
    Ok,
    /// To be looked at.
    Care,
    /// Not allowed, off.
    No,
    /// Present danger to a person, or irreversible. Nothing else.
    Harm,
}

impl Mood {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Ok => "ok",
            Self::Care => "care",
            Self::No => "no",
            Self::Harm => "harm",
        }
    }

    pub(super) const fn icon(self) -> Option<Icon> {
        match self {
            Self::Plain => None,
            Self::Ok => Some(Icon::Tick),
            Self::No => Some(Icon::Stroke),
            Self::Care | Self::Harm => Some(Icon::Care),
        }
    }
}

/// A chip: «Escuela: sí», «enviada», «borrador».
#[must_use]
pub fn tag(mood: Mood, words: &str) -> Markup {
    html! {
        span class="tag" data-mood=(mood.code()) {
            @if let Some(drawing) = mood.icon() { (icon(drawing)) } (words)
        }
    }
}

pub(super) const CSS: &str = r#"
.tag { display: inline-flex; align-items: center; vertical-align: middle; min-block-size: 1.75rem; gap: .25rem; padding: .0625rem .5rem; font-size: .875rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card); color: var(--ink); }
td > .tag:only-child { white-space: nowrap; }
[data-mood="ok"] { color: var(--ok); background: var(--ok-bg); border-color: currentColor; }
[data-mood="care"] { color: var(--care); background: var(--care-bg); border-color: currentColor; }
[data-mood="harm"] { color: var(--harm); background: var(--harm-bg); border-color: currentColor; }
[data-mood="no"] { color: var(--ink2); border-style: dashed; border-color: var(--edge); }
"#;
