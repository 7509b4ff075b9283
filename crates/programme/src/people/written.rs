//! Names as they are written: one form for what looks the same, what was typed kept beside it, and letters of other
//! alphabets that only look like ours.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use super::{Core, Identity};

/// What was typed in a field, where that is not what is kept.
pub type Typed = BTreeMap<String, String>;

/// A text in the one composed form (NFC); what was typed is noted when it was another.
fn composed(field: &str, text: &mut String, typed: &mut Typed) {
    let one: String = text.nfc().collect();
    if one == *text {
        return;
    }
    typed.insert(field.to_owned(), std::mem::replace(text, one));
}

impl Core {
    /// As it is kept.
    pub(super) fn written(&self) -> Self {
        let mut core = Self { typed: Typed::new(), ..self.clone() };
        composed("chosen_name", &mut core.chosen_name, &mut core.typed);
        core
    }
}

impl Identity {
    /// As it is kept.
    pub(super) fn written(&self) -> Self {
        let mut all = Self { typed: Typed::new(), ..self.clone() };
        composed("given", &mut all.given, &mut all.typed);
        composed("surnames", &mut all.surnames, &mut all.typed);
        composed("mother", &mut all.mother, &mut all.typed);
        all
    }
}

/// The Latin letter that a letter of another alphabet looks like.
const fn latin(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' => 'a',
        'е' | 'ε' => 'e',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'с' => 'c',
        'у' | 'υ' => 'y',
        'х' | 'χ' => 'x',
        'і' | 'ι' => 'i',
        'ј' => 'j',
        'ѕ' => 's',
        'һ' => 'h',
        'ԁ' => 'd',
        'ԛ' => 'q',
        'ԝ' => 'w',
        'ν' => 'v',
        'κ' | 'к' => 'k',
        'т' | 'τ' => 't',
        'м' => 'm',
        'в' | 'β' => 'b',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' => 'I',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'С' => 'C',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'У' | 'Υ' => 'Y',
        'Х' | 'Χ' => 'X',
        'Ζ' => 'Z',
        _ => return None,
    })
}

/// A word that holds Latin letters and such as only look like them, or nothing but the latter.
fn pretends(word: &str) -> bool {
    let alike = word.chars().any(|c| latin(c).is_some());
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let ours = letters().any(|c| c.is_ascii());
    alike && (ours || letters().all(|c| latin(c).is_some()))
}

/// Whether a text holds words whose letters are not all what they look like.
#[must_use]
pub fn is_mixed(text: &str) -> bool {
    text.split_whitespace().any(pretends)
}

/// A text for comparing: letters that only look like ours are taken for ours. Words of another alphabet stay.
#[must_use]
pub fn as_seen(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        if pretends(word) { word.chars().map(|c| latin(c).unwrap_or(c)).collect() } else { word.to_owned() }
    });
    words.collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_is_kept_as_the_same_and_what_was_typed_stays() {
        let apart = Core { chosen_name: "Jose\u{301}".into(), ..Core::default() }.written();
        assert_eq!(
            (apart.chosen_name.as_str(), apart.typed["chosen_name"].as_str()),
            ("José", "Jose\u{301}")
        );
        let whole = Core { chosen_name: "José".into(), ..Core::default() };
        assert_eq!(whole.written(), whole, "nothing is noted when nothing changed");
    }

    #[test]
    fn letters_that_only_look_like_ours_are_taken_for_ours() {
        // Cyrillic А and а between Latin letters; nothing but look-alikes; a word that is what it looks like.
        assert_eq!(as_seen("Аnа Мaría"), "Ana María");
        assert_eq!(as_seen("Сара"), "Capa");
        assert_eq!(as_seen("Людмила"), "Людмила");
        assert_eq!(as_seen("مريم"), "مريم");
        assert!(is_mixed("Luz Аna") && !is_mixed("Luz Ana") && !is_mixed("Людмила") && !is_mixed("K'in"));
    }
}
