//! How far a goal has come, from −2 to +2, in words. It is about the goal, never about her.

use maud::{Markup, html};

use super::choice::{Choice, radios};
use super::field::Field;
use crate::Words;

const LEVELS: [(i8, &str); 5] = [(-2, "−2"), (-1, "−1"), (0, "0"), (1, "+1"), (2, "+2")];

fn word(w: &Words, level: i8) -> String {
    match level {
        ..=-2 => w.t("parts-goal-much-less"),
        -1 => w.t("parts-goal-less"),
        0 => w.t("parts-goal-expected"),
        1 => w.t("parts-goal-more"),
        2.. => w.t("parts-goal-much-more"),
    }
}

/// Shows where the goal is. Without a level it says that nobody has rated it yet.
#[must_use]
pub fn goal_scale(w: &Words, level: Option<i8>) -> Markup {
    html! {
        div class="goal" {
            ol class="scale" aria-hidden="true" {
                @for (step, sign) in LEVELS { li aria-current=[(level == Some(step)).then_some("true")] { (sign) } }
            }
            p {
                @match level {
                    Some(level) => { (word(w, level)) }
                    None => { (w.t("parts-goal-unrated")) }
                }
            }
        }
    }
}

/// Asks for the level. `described` are her own words for each level, from −2 to +2; empty ones are left out.
#[must_use]
pub fn goal_field(w: &Words, f: &Field, described: &[String; 5]) -> Markup {
    let choices = LEVELS.iter().zip(described).map(|((level, sign), own)| {
        let choice = Choice::new(level.to_string(), format!("{} ({sign})", word(w, *level)));
        if own.is_empty() { choice } else { choice.hint(own) }
    });
    radios(w, f, &choices.collect::<Vec<_>>())
}

pub(super) const CSS: &str = r"
.goal { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .75rem; }
.scale { display: flex; flex-wrap: wrap; gap: 2px; list-style: none; font-size: .875rem; }
.scale li { min-inline-size: 2.25rem; padding-block: .25rem; text-align: center; border: 1px solid var(--line); border-radius: 4px; color: var(--ink2); }
.scale [aria-current] { color: var(--on-main); background: var(--main); border-color: var(--main); font-weight: 600; }
";
