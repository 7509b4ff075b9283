//! What everybody who meets her must know first.

use jiff::civil::Date;
use maud::{Markup, html};

use super::typed::typed;
use crate::Words;
use crate::look::{Icon, icon};

/// The banner on top of a case.
#[derive(Clone, Debug)]
pub struct Safety {
    /// Somebody is in danger now: brick instead of ochre.
    pub danger: bool,
    /// At most three are shown: what not to do, who must not come near, what to do now.
    pub lines: Vec<String>,
    /// When it was last reviewed; none while the default precautions hold.
    pub reviewed: Option<Date>,
    /// Address of the safety plan.
    pub plan: String,
    /// Already read today: folded to one line.
    pub folded: bool,
    /// Above a form: the same words with less around them.
    pub brief: bool,
}

/// The banner. With danger it is never folded.
#[must_use]
pub fn banner_safety(w: &Words, safety: &Safety) -> Markup {
    let title = if safety.danger { w.t("parts-danger-now") } else { w.t("parts-safety") };
    let body = html! {
        ul { @for line in safety.lines.iter().take(3) { li { (typed(line)) } } }
        p { (reviewed(w, safety.reviewed)) }
        a href=(safety.plan) { (w.t("parts-safety-plan")) }
    };
    let folded = safety.folded && !safety.danger;
    html! {
        section class="safety" data-mood=(if safety.danger { "harm" } else { "care" }) data-folded[folded] aria-label=(w.t("parts-safety")) {
            @if safety.brief && safety.danger {
                p { (icon(Icon::Care)) " " strong { (title) } @for line in safety.lines.iter().take(3) { " · " (typed(line)) } }
                a href=(safety.plan) { (w.t("parts-safety-plan")) }
            } @else if folded {
                details { summary { (icon(Icon::Care)) " " strong { (title) } } (body) }
            } @else {
                h2 { (icon(Icon::Care)) " " (title) }
                (body)
            }
        }
    }
}

fn reviewed(w: &Words, date: Option<Date>) -> String {
    match date {
        Some(date) => w.with("parts-reviewed", &[("day", w.day_year(date).into())]),
        None => w.t("parts-safety-default"),
    }
}

pub(super) const CSS: &str = r"
.safety { padding: .75rem 1rem; border: 2px solid; border-radius: 8px; }
.safety h2 { font-size: 1.125rem; }
.safety ul { padding-inline-start: 1.25rem; margin-block: .25rem; }
.safety a { color: inherit; display: inline-block; padding-block: .625rem; font-weight: 600; }
.safety summary { padding-block: .625rem; }
.safety[data-folded] { padding-block: 0; }
.safety > p { font-size: .875rem; }
";
