//! What happened, newest first, month by month. Nothing is overwritten: corrections stand under the original.

use jiff::civil::DateTime;
use maud::{Markup, html};

use super::tag::{Mood, tag};
use super::typed::{typed, typed_block};
use crate::Words;

/// One entry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When it happened, in the time of the place.
    pub at: DateTime,
    /// Its kind as a word: «Nota», «Visita», «Audiencia».
    pub kind: String,
    /// Who wrote it.
    pub author: String,
    /// What it says; a text as [`typed_block`].
    pub body: Markup,
    /// What was corrected since, oldest first.
    pub corrections: Vec<Correction>,
}

/// A correction of an entry.
#[derive(Clone, Debug)]
pub struct Correction {
    /// When it was corrected.
    pub at: DateTime,
    /// By whom.
    pub author: String,
    /// What it says now.
    pub text: String,
}

/// The entries, newest first as given; `earlier` is what came before she arrived, folded and closed.
/// Months are headings of the third level.
#[must_use]
pub fn timeline(w: &Words, now: DateTime, entries: &[Entry], earlier: &[Entry]) -> Markup {
    html! {
        div class="timeline" {
            (months(w, now, entries))
            @if !earlier.is_empty() {
                details {
                    summary { (w.with("parts-earlier", &[("n", earlier.len().into())])) }
                    p class="quiet" { (w.t("parts-earlier-warning")) }
                    (months(w, now, earlier))
                }
            }
        }
    }
}

fn months(w: &Words, now: DateTime, entries: &[Entry]) -> Markup {
    html! {
        @for month in entries.chunk_by(|a, b| a.at.date().first_of_month() == b.at.date().first_of_month()) {
            @if let Some(first) = month.first() { h3 { (w.month(first.at.date())) } }
            ol { @for entry in month { li class="entry" { (one(w, now, entry)) } } }
        }
    }
}

fn one(w: &Words, now: DateTime, entry: &Entry) -> Markup {
    html! {
        p class="quiet" {
            (tag(Mood::Plain, &entry.kind)) " "
            time datetime=(entry.at) { (w.near_moment(entry.at, now)) } " · " (typed(&entry.author))
        }
        (entry.body)
        @for correction in &entry.corrections {
            div class="correction" {
                p class="quiet" {
                    (w.t("parts-corrected-by")) " " (typed(&correction.author)) ", "
                    time datetime=(correction.at) { (w.near_moment(correction.at, now)) }
                }
                (typed_block(&correction.text))
            }
        }
    }
}

pub(super) const CSS: &str = r"
.timeline ol { list-style: none; }
.timeline h3 { margin-block: 1.25rem .5rem; }
.timeline h3:first-child { margin-block-start: 0; }
.entry { padding-block: .75rem; border-block-start: 1px solid var(--line); }
.correction { margin-block-start: .5rem; padding-inline-start: .75rem; border-inline-start: 3px solid var(--edge); }
.timeline summary { padding-block: .75rem; color: var(--main); }
";
