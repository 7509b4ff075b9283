//! «Have we met?»: how likely, why, and what would settle it, in words; and the files that wait for a decision.

use ceiba_linkage::{About, Because, Language};
use ceiba_programme::people::known::{Met, Why};
use maud::{Markup, html};

use crate::parts::{Notice, notice};
use crate::{Lang, Words};

mod pair;
mod queue;
pub use pair::{decide, show};
pub use queue::list;

/// The linkage crate's language for ours.
const fn language(lang: Lang) -> Language {
    match lang {
        Lang::Es => Language::Spanish,
        Lang::En => Language::English,
    }
}

/// A probability in words and as so many of a hundred. It is never said to be certain: whoever decides has seen her.
fn likely(w: &Words, probability: f64) -> String {
    let key = match probability {
        p if p >= 0.95 => "met-likely-very",
        p if p >= 0.7 => "met-likely",
        p if p >= 0.4 => "met-likely-even",
        _ => "met-likely-little",
    };
    #[expect(clippy::cast_possible_truncation, reason = "between 1 and 99")]
    let hundred = (probability * 100.0).round().clamp(1.0, 99.0) as i64;
    w.with(key, &[("n", hundred.into())])
}

/// How likely it is, for this reader: whoever may not read her papers gets no number, since it would move with every guess.
pub fn how_likely(w: &Words, why: &Why) -> String {
    match why {
        Why::All { probability, .. } => likely(w, *probability),
        Why::Open { .. } => w.t("met-may-be"),
    }
}

/// What her papers say to whoever may not read them: that they agree, or not, in all.
pub fn papers(w: &Words, agree: Option<bool>) -> Option<String> {
    agree.map(|agree| w.t(if agree { "met-papers-agree" } else { "met-papers-differ" }))
}

/// What would settle it: the two most telling facts that are not known of both.
pub fn settle(w: &Words, about: &[About]) -> Option<String> {
    let facts: Vec<String> = about.iter().take(2).map(|a| w.t(&format!("met-settle-{}", a.code()))).collect();
    let facts = match &facts[..] {
        [] => return None,
        [one] => one.clone(),
        [one, other, ..] => w.with("met-settle-two", &[("one", one.into()), ("other", other.into())]),
    };
    Some(w.with("met-settle", &[("what", facts.into())]))
}

/// Who may be the same person, as far as this reader may know.
pub fn met_before(w: &Words, lang: Lang, met: &[Met]) -> Markup {
    if met.is_empty() {
        return html! {};
    }
    notice(
        w,
        Notice::Warning,
        html! {
            p { (w.t("met-text")) }
            ul { @for m in met {
                @match m {
                    Met::Mine { code, why, .. } => { li { a href={ "/casos/" (code) } { (code) } ": " (told(w, lang, why)) } }
                    Met::Elsewhere => { li { (w.t("met-elsewhere")) } }
                }
            } }
        },
    )
}

/// How likely, what speaks for it and what against: what says little is left to the page where both stand side by side.
fn told(w: &Words, lang: Lang, why: &Why) -> Markup {
    let (because, after) = match why {
        Why::All { because, settle: about, .. } => (because, settle(w, about)),
        Why::Open { because, papers: agree } => (because, papers(w, *agree)),
    };
    let said = |key: &str, speaks: &dyn Fn(f64) -> bool| {
        let mut found: Vec<&Because> = because.iter().filter(|b| b.tells() && speaks(b.weight)).collect();
        found.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then(a.about.cmp(&b.about)));
        let words: Vec<String> = found.iter().map(|b| b.words(language(lang))).collect();
        (!words.is_empty()).then(|| w.with(key, &[("what", words.join("; ").into())]))
    };
    html! {
        (how_likely(w, why))
        @for part in [said("met-for", &|n| n >= SPEAKS), said("met-against", &|n| n <= -SPEAKS), after] {
            @if let Some(part) = part { " " (part) }
        }
    }
}

/// From how many doublings of the odds on a piece of evidence speaks for something.
const SPEAKS: f64 = 0.5;
