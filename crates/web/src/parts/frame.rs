//! Label, hint, error and reason around a control, tied to it for screen readers.

use maud::{Markup, html};

use super::field::{Field, Special, Why};
use crate::Words;
use crate::look::{Icon, icon};

/// Around one control that carries the id of the field.
pub(super) fn single(w: &Words, f: &Field, control: Markup) -> Markup {
    html! {
        div class="field" data-wrong[f.error.is_some()] {
            label for=(f.dom_id()) { (f.label) }
            (notes(w, f))
            (control)
            (below(w, f))
        }
    }
}

/// Around several controls that make one answer.
pub(super) fn group(w: &Words, f: &Field, controls: Markup) -> Markup {
    html! {
        fieldset class="field" data-wrong[f.error.is_some()] aria-describedby=[described(f)] {
            legend { (f.label) }
            (notes(w, f))
            (controls)
            (below(w, f))
        }
    }
}

/// The ids for `aria-describedby`; none when there is nothing to read.
pub(super) fn described(f: &Field) -> Option<String> {
    let id = f.dom_id();
    let hinted = f.hint.is_some() || f.known.is_some() || f.must.is_some();
    match (hinted, f.error.is_some()) {
        (true, true) => Some(format!("{id}-hint {id}-wrong")),
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-wrong")),
        (false, false) => None,
    }
}

fn notes(w: &Words, f: &Field) -> Markup {
    let id = f.dom_id();
    html! {
        @if f.hint.is_some() || f.known.is_some() || f.must.is_some() {
            div class="quiet" id={ (id) "-hint" } {
                @if let Some(hint) = &f.hint { p { (hint) } }
                @if let Some(known) = &f.known { p { (known) } }
                @if let Some(must) = &f.must { p { (w.with("forms-must", &[("reason", must.into())])) } }
            }
        }
        @if let Some(error) = &f.error {
            p class="wrong" id={ (id) "-wrong" } {
                (icon(Icon::Care)) span class="hear" { (w.t("forms-wrong")) } " " (error)
            }
        }
    }
}

fn below(w: &Words, f: &Field) -> Markup {
    html! {
        @if let Some(chosen) = f.special { (special(w, f, chosen)) }
        @if let Some(why) = &f.why { (reasons(w, why)) }
    }
}

/// Boxes rather than circles: a circle could not be emptied again without a script.
fn special(w: &Words, f: &Field, chosen: Option<Special>) -> Markup {
    let both = [(Special::Declined, w.t("forms-declined")), (Special::NotAsked, w.t("forms-not-asked"))];
    html! {
        div class="special" role="group" aria-label=(w.with("forms-instead", &[("label", (&f.label).into())])) {
            @for (special, word) in both {
                label class="choice" {
                    input type="checkbox" name={ (f.name) "@answer" } value=(special.code()) checked[chosen == Some(special)];
                    span { (word) }
                }
            }
        }
    }
}

fn reasons(w: &Words, why: &Why) -> Markup {
    html! {
        details class="why" {
            summary { (w.t("forms-why")) }
            dl {
                dt class="hear" { (w.t("forms-why")) } dd { (why.why) }
                dt { (w.t("forms-who")) } dd { (why.who) }
                dt { (w.t("forms-if-not")) } dd { (why.if_not) }
            }
        }
    }
}

pub(super) const CSS: &str = r#"
.field > label:not(.choice), legend { display: block; padding: 0; font-weight: 600; margin-block-end: .25rem; }
.field > .quiet { margin-block-end: .25rem; }
.field[data-wrong] { padding-inline-start: .75rem; border-inline-start: 4px solid var(--harm); }
.wrong { color: var(--harm); font-weight: 600; margin-block-end: .25rem; }
input, select, textarea { font: inherit; color: inherit; accent-color: var(--main); }
input:not([type="radio"]):not([type="checkbox"]), select, textarea {
  display: block; inline-size: 100%; max-inline-size: 32rem; min-block-size: 2.75rem; padding: .5rem .75rem;
  background: var(--card); border: 1px solid var(--edge); border-radius: 8px;
}
textarea { max-inline-size: none; }
.short { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; }
.field .short input { inline-size: 8rem; max-inline-size: 100%; }
[aria-invalid="true"] { border: 2px solid var(--harm); }
.special { display: flex; flex-wrap: wrap; column-gap: 1.25rem; color: var(--ink2); }
.why summary { inline-size: fit-content; padding-block: .75rem; color: var(--main); font-size: .875rem; }
.why dl { padding: .25rem 0 .5rem .75rem; border-inline-start: 2px solid var(--line); font-size: .875rem; }
.why dt { font-weight: 600; margin-block-start: .25rem; }
"#;
