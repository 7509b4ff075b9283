//! Two people wrote the same field. Nothing is lost: both are shown, and somebody chooses.

use jiff::civil::DateTime;
use maud::{Markup, html};

use super::typed::{typed, typed_block};
use crate::Words;

/// One of the two.
#[derive(Clone, Debug)]
pub struct Version {
    /// What it says.
    pub text: String,
    /// Who wrote it.
    pub who: String,
    /// When.
    pub at: DateTime,
}

/// The card; stands in a form. Posts `name` as `theirs` or `mine`; nothing is chosen beforehand.
#[must_use]
pub fn conflict_card(
    w: &Words,
    name: &str,
    label: &str,
    theirs: &Version,
    mine: &Version,
    now: DateTime,
) -> Markup {
    let both = [("theirs", w.t("parts-version-saved"), theirs), ("mine", w.t("parts-version-yours"), mine)];
    html! {
        fieldset class="card" {
            legend { (w.with("parts-two-versions", &[("label", label.into())])) }
            p class="quiet" { (w.t("parts-two-versions-hint")) }
            div class="versions" {
                @for (value, word, version) in &both {
                    div {
                        label class="choice" { input type="radio" name=(name) value=(value) autocomplete="off"; span { (word) } }
                        (typed_block(&version.text))
                        p class="quiet" { (typed(&version.who)) " · " time datetime=(version.at) { (w.ago(version.at, now)) } }
                    }
                }
            }
        }
    }
}

pub(super) const CSS: &str = r"
fieldset.card > legend { float: inline-start; inline-size: 100%; }
.versions, .card > legend + p { clear: both; }
.versions { display: grid; gap: .75rem; margin-block-start: .5rem; }
.versions > div { min-inline-size: 0; padding: .25rem .75rem .75rem; border: 1px solid var(--edge); border-radius: 8px; }
.versions .choice { font-weight: 600; }
@media (min-width: 40rem) { .versions { grid-template-columns: 1fr 1fr; } }
";
