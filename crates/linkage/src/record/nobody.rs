//! What is written where no name is known: «NN», «no tiene», «Niña 2». Taken for names these would make one person of all who were
//! received without one.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::normalise;

/// The mark of a word that says nothing alone: *niña*.
const OF_ANYBODY: u32 = 1 << 28;
/// The mark of a word that says so with another one: *no tiene*, *sin nombre*.
const HALF: u32 = 2 << 28;
/// The mark of a word that says so alone: *desconocida*, a number.
const WHOLE: u32 = 3 << 28;
/// Where these marks stand; words have smaller numbers.
pub(super) const NOBODY: u32 = 3 << 28;

fn marks() -> &'static HashMap<String, u32> {
    static MARKS: OnceLock<HashMap<String, u32>> = OnceLock::new();
    MARKS.get_or_init(|| {
        // A file that is no TOML leaves every word a name; a test sees to it that it is.
        let mut words: HashMap<String, Vec<String>> =
            toml::from_str(include_str!("../../words/nobody.toml")).unwrap_or_default();
        let marks = [("of_anybody", OF_ANYBODY), ("half", HALF), ("whole", WHOLE)];
        let list =
            |(list, mark)| words.remove(list).unwrap_or_default().into_iter().map(move |word| (word, mark));
        marks.into_iter().flat_map(list).collect()
    })
}

/// The mark of a word; 0 of a name's.
pub(super) fn mark(word: &str) -> u32 {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return WHOLE;
    }
    marks().get(word).copied().unwrap_or(0)
}

/// Whether words, by their marks, are no name together.
pub(super) fn are_nobodys(mut marked: impl Iterator<Item = u32>) -> bool {
    let mut halves = 0;
    let all = marked.all(|word| {
        halves += match word & NOBODY {
            WHOLE => 2,
            HALF => 1,
            _ => 0,
        };
        word & NOBODY != 0
    });
    all && halves >= 2
}

/// Whether a text stands where no name is known.
///
/// ```
/// use ceiba_linkage::is_no_name;
/// assert!(["N.N.", "no tiene", "Sin nombre", "Niña 2", "DESCONOCIDA"].into_iter().all(is_no_name));
/// assert!(!["Nina", "María 2", "Noj", "Sara N."].into_iter().any(is_no_name));
/// ```
#[must_use]
pub fn is_no_name(text: &str) -> bool {
    are_nobodys(normalise(text).iter().map(|word| mark(word)))
}

/// The words of a text that is a name.
pub(crate) fn name_words(text: &str) -> Vec<String> {
    if is_no_name(text) { Vec::new() } else { normalise(text) }
}

#[cfg(test)]
mod tests {
    use super::{is_no_name, marks};

    #[test]
    fn what_offices_write_for_no_name_is_none() {
        assert_eq!(marks().values().collect::<std::collections::BTreeSet<_>>().len(), 3, "the file is read");
        let nobodys = [
            "NN",
            "n.n.",
            "N/N",
            "XX",
            "xxx",
            "S/N",
            "1",
            "Persona 1",
            "Persona",
            "Person 3",
            "niña 2",
            "Menor # 4",
            "Niña desconocida",
            "sin nombre",
            "Sin Apellidos",
            "no tiene",
            "NO REFIERE",
            "no sabe",
            "se desconoce",
            "No identificada",
            "Ignorado",
            "Anónima",
            "victim 12",
            "unknown",
            "No name",
            "not known",
        ];
        for text in nobodys {
            assert!(is_no_name(text), "{text}");
        }
        let names = [
            "",
            "Nina",
            "Niña",
            "No",
            "Noj",
            "X",
            "María 2",
            "Dolores",
            "Segundo",
            "Reina Desconocida Cux",
            "Nieves",
            "de la",
            "Bebé",
            "N. Cux",
            "Man",
            "Consuelo",
        ];
        for text in names {
            assert!(!is_no_name(text), "{text}");
        }
    }
}
