//! Text questions that ask her to tell the facts.

use super::words::plain;
use crate::form::Item;

/// Phrases, lower case and without accents.
const PHRASES: &[&str] = &[
    "que paso",
    "que le paso",
    "que te paso",
    "que ocurrio",
    "que sucedio",
    "que le hicieron",
    "cuente lo",
    "cuenteme",
    "cuente su historia",
    "narre",
    "narracion",
    "relato de",
    "relate",
    "describa los hechos",
    "describa lo que",
    "what happened",
    "what was done to",
    "tell your story",
    "tell us what",
    "describe the events",
    "describe what",
];

/// Words of a field name that say the same.
const NAMES: &[&str] = &["narrative", "narracion", "relato", "hechos", "que_paso", "what_happened", "story"];

/// The phrase found, in name, label or hint.
pub(super) fn asks_for_story(item: &Item) -> Option<&'static str> {
    let name = item.name.to_lowercase();
    let texts = item.label.values().chain(item.hint.values());
    let texts: Vec<String> = texts.map(|text| plain(text)).collect();
    NAMES
        .iter()
        .find(|word| name.contains(**word))
        .or_else(|| PHRASES.iter().find(|p| texts.iter().any(|text| text.contains(&format!(" {p} ")))))
        .copied()
}
