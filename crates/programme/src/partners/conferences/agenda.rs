//! What a conference speaks of: points that touch one kind of data each, and few words.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::cases::consent;
use crate::packs::{self, Lists, PackError};

/// So many characters are few words: a task, not a story.
pub const WORDS: usize = 140;

/// The kind of data that each point touches: `packs/core/conference.toml`.
pub struct Agenda(BTreeMap<String, String>);

#[derive(Deserialize)]
struct AgendaFile {
    points: BTreeMap<String, String>,
}

impl Agenda {
    /// Reads it, and compares it with its list.
    ///
    /// # Errors
    /// Names the point that has no name, or touches no kind of data.
    pub(crate) fn read(lists: &Lists) -> Result<Self, PackError> {
        let points = packs::parse::<AgendaFile>("core/conference.toml")?.points;
        let named = lists.codes("conference_points");
        let whole = named.len() == points.len()
            && named.iter().all(|c| points.get(&c.code).is_some_and(|d| consent::DATA.contains(&d.as_str())));
        if !whole {
            return Err(PackError(
                "core".to_owned(),
                "points of a conference and their list differ".to_owned(),
            ));
        }
        Ok(Self(points))
    }

    /// The kind of data that a point touches; empty when there is no such point.
    #[must_use]
    pub fn data(&self, point: &str) -> &str {
        self.0.get(point).map_or("", String::as_str)
    }
}

/// Whether a text is a few words: one line of at most [`WORDS`] characters, in which no second sentence begins.
#[must_use]
pub fn few(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= WORDS && !text.contains(['\n', '\r']) && !goes_on(text)
}

/// Words that end with a point and no sentence.
const SHORTENED: [&str; 12] =
    ["dr", "dra", "sr", "sra", "lic", "licda", "ing", "no", "núm", "av", "col", "km"];

/// Whether a sentence ends and three words or more follow: that is how a story begins.
fn goes_on(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let ends = |word: &str| {
        let stem = word.trim_end_matches(['.', '!', '?', ';']);
        let shortened = word.ends_with('.') && SHORTENED.contains(&stem.to_lowercase().as_str());
        stem.len() < word.len() && !shortened
    };
    words.iter().enumerate().any(|(n, word)| ends(word) && words.len() - n > 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_words_are_no_story() {
        for few_words in [
            "",
            "Cita con la Dra. Inventada a las 10.30, fuera del horario de clases",
            "Pedir que la medida dure más.",
            "Acompañarla. Avisar antes.",
        ] {
            assert!(few(few_words), "{few_words}");
        }
        let long = "x".repeat(WORDS + 1);
        for story in [
            "La llevaron de noche al bar. Después la dejaron en la casa del tío",
            "Ella dijo que no; que la tía la obligó",
            "Una línea\notra",
            long.as_str(),
        ] {
            assert!(!few(story), "{story}");
        }
    }
}
