//! The words of an explanation, in both languages. They stand in `words/*.toml` of this crate, so that whoever
//! speaks the language can correct them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

use super::{About, Because};

/// A language in which reasons are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Spanish.
    #[default]
    Spanish,
    /// English.
    English,
}

/// By section (a fact, or `said`) and level.
type Words = BTreeMap<String, BTreeMap<String, String>>;

fn words(language: Language) -> &'static Words {
    static WORDS: OnceLock<[Words; 2]> = OnceLock::new();
    // A file that is no TOML leaves the codes of levels standing; a test sees to it that both are.
    let read = |text: &str| toml::from_str(text).unwrap_or_default();
    let all = WORDS.get_or_init(|| {
        [read(include_str!("../../words/es.toml")), read(include_str!("../../words/en.toml"))]
    });
    &all[language as usize]
}

impl Because {
    /// It in words, without its weight: «misma madre».
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        let words = words(language);
        let word = |section: &str, level: &str| {
            let word = words.get(section).and_then(|section| section.get(level));
            word.cloned().unwrap_or_else(|| level.to_owned())
        };
        let said = |agrees: &str, contradicts: &str| {
            word("said", if self.weight >= 0.0 { agrees } else { contradicts })
        };
        let told = match self.about {
            About::Base => String::new(),
            About::Together => said("together", "apart"),
            About::Third => said("third_confirms", "third_contradicts"),
            _ => {
                let sections = self.about.sections();
                let known = sections.iter().zip(&self.levels).filter(|(_, level)| **level != "unknown");
                known.map(|(section, level)| word(section, level)).collect::<Vec<_>>().join(", ")
            }
        };
        if self.rare && !told.is_empty() { format!("{told} {}", word("said", "rare")) } else { told }
    }
}

impl About {
    /// The sections that have the words of its levels.
    const fn sections(self) -> &'static [&'static str] {
        match self {
            Self::Given => &["given"],
            Self::Family => &["surnames", "mother"],
            Self::Birth => &["birth"],
            Self::Place => &["place"],
            Self::Phone => &["phone"],
            Self::Sex => &["sex"],
            Self::Nation => &["nation"],
            Self::Nickname => &["nickname"],
            Self::Other => &["other", "other", "other"],
            Self::Document => &["document"],
            Self::Together | Self::Third | Self::Base => &[],
        }
    }
}

/// All that tells something in one line, what speaks loudest first: «misma madre +3.1; otro municipio -0.8».
#[must_use]
pub fn line(reasons: &[Because], language: Language) -> String {
    let mut told: Vec<&Because> = reasons.iter().filter(|because| because.tells()).collect();
    told.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.about.cmp(&b.about)));
    let mut line = String::with_capacity(160);
    for because in told {
        let separator = if line.is_empty() { "" } else { "; " };
        let _ = write!(line, "{separator}{} {:+.1}", because.words(language), because.weight);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{Language, words};
    use crate::levels::NAMES;

    #[test]
    fn every_level_has_words_in_both_languages() {
        for language in [Language::Spanish, Language::English] {
            for (name, levels) in NAMES {
                let section = if name.starts_with("other") { "other" } else { name };
                let section = &words(language)[section];
                for level in levels.iter().skip(1) {
                    assert!(section.contains_key(*level), "{language:?} {name} {level}");
                }
                assert_eq!(section.len(), levels.len() - 1, "{language:?} {name}: a word without a level");
            }
            for said in ["rare", "together", "apart", "third_confirms", "third_contradicts"] {
                assert!(words(language)["said"].contains_key(said), "{language:?} {said}");
            }
        }
    }
}
