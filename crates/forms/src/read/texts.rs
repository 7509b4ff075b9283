//! Texts that a person will read: bounded, and without links, pictures or tags.
//!
//! ODK clients render a part of Markdown and HTML in labels. A label that can fetch a picture tells an
//! outside server that somebody is reading this form now, and where (security.md section 7, row 13).

use std::sync::LazyLock;

use regex::Regex;

use crate::form::Text;
use crate::limits;
use crate::problem::{Code, Place, Problem};

/// Patterns to take out, each with what stays. Invalid patterns would drop out; a test counts them.
static RULES: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    [
        // Markdown pictures and links: the words stay.
        (r"!?\[([^\[\]]*)\]\s*\([^()]*\)", "$1"),
        // Tags.
        (r"</?[A-Za-z!][^<>]*>", ""),
        // Anything that a client may turn into a link by itself.
        (r"(?i)\b(?:https?|ftp|file)://\S*", ""),
        (r"(?i)\b(?:javascript|vbscript)\s*:\s*\S*", ""),
        (r"(?i)\b(?:data:[a-z]+/|blob:)\S*", ""),
        (r"(?i)\bwww\.\S+", ""),
    ]
    .into_iter()
    .filter_map(|(pattern, keep)| Regex::new(pattern).ok().map(|regex| (regex, keep)))
    .collect()
});

/// The text without links, and whether something was taken out.
pub(super) fn clean(text: &str) -> (String, bool) {
    let mut clean = text.to_owned();
    // Taking one out can make another; a text that still changes after four rounds is not a label.
    for _ in 0..4 {
        let before = clean.clone();
        for (regex, keep) in RULES.iter() {
            clean = regex.replace_all(&clean, *keep).into_owned();
        }
        if clean == before {
            return (clean.trim().to_owned(), before != text);
        }
    }
    (String::new(), true)
}

/// Puts a text of one cell into a text of many languages.
pub(super) fn put(into: &mut Text, language: &str, raw: &str, place: &Place, problems: &mut Vec<Problem>) {
    if raw.len() > limits::LABEL_BYTES {
        problems.push(Problem::limit("bytes of a text", limits::LABEL_BYTES, place.clone()));
        return;
    }
    let (text, changed) = clean(raw);
    if changed {
        problems.push(Problem::warning(Code::LinkRemoved, place.clone()));
    }
    if !text.is_empty() {
        into.insert(language.to_owned(), text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_go_and_words_stay() {
        assert_eq!(RULES.len(), 6);
        for (raw, expected) in [
            ("See [our page](https://evil.example/x) now", "See our page now"),
            ("![](http://evil.example/p.png) Edad", "Edad"),
            ("<img src=x onerror=alert(1)>Edad", "Edad"),
            ("<<b>script>alert(1)", "alert(1)"),
            ("Ir a javascript:alert(1)", "Ir a"),
            ("Visite www.example.org hoy", "Visite hoy"),
        ] {
            let (text, changed) = clean(raw);
            assert_eq!(text.split_whitespace().collect::<Vec<_>>().join(" "), expected);
            assert!(changed);
        }
        let (text, changed) = clean("Edad < 18 y > 12: nota. Data: año ${age}");
        assert_eq!((text.as_str(), changed), ("Edad < 18 y > 12: nota. Data: año ${age}", false));
    }
}
