//! How the pages speak: words that hurt are banned, and what survivors read is short (ux.md 6.7).

use ceiba_web::Lang;
use regex::RegexBuilder;

use crate::support::texts;

/// Never on a page, by language. Each is a whole word.
const BANNED: [(Lang, &str); 16] = [
    (Lang::Es, "víctimas?"),
    (Lang::Es, "rescatad[ao]s?|rescate"),
    (Lang::Es, "prostitut[ao]s?"),
    (Lang::Es, "menor(es)?"),
    (Lang::Es, "fugas?|fugad[ao]s?|evasión|evadid[ao]s?"),
    (Lang::Es, "mentiras?|mintió"),
    (Lang::Es, "confesó|confesión"),
    (Lang::Es, "casos? perdidos?"),
    (Lang::Es, "rehabilitar|rehabilitación"),
    (Lang::Es, "no cooper(a|ó)"),
    (Lang::En, "victims?"),
    (Lang::En, "rescued?|rescues"),
    (Lang::En, "prostitutes?"),
    (Lang::En, "run-?aways?"),
    (Lang::En, "non-?compliant"),
    (Lang::En, "alleged story|confessed"),
];

/// Quoted legal terms: the key, the word, and where the law says it.
const LEGAL: [(&str, &str, &str); 0] = [];

/// The most words of a sentence that survivors read.
const LONGEST: usize = 20;

#[test]
fn no_word_hurts() {
    for (lang, word) in BANNED {
        let pattern = RegexBuilder::new(&format!(r"\b({word})\b")).case_insensitive(true).build().unwrap();
        for message in texts::messages(lang.code()) {
            let legal =
                |found: &str| LEGAL.iter().any(|(key, term, _)| *key == message.key && *term == found);
            if let Some(found) = pattern.find(&message.raw) {
                assert!(legal(found.as_str()), "{} says «{}»", message.key, found.as_str());
            }
        }
    }
}

#[test]
fn the_lint_finds_what_it_looks_for() {
    let hurts = |text: &str| {
        BANNED.iter().any(|(_, word)| {
            RegexBuilder::new(&format!(r"\b({word})\b"))
                .case_insensitive(true)
                .build()
                .unwrap()
                .is_match(text)
        })
    };
    assert!(hurts("La Víctima llegó") && hurts("two menores") && hurts("a runaway"));
    assert!(!hurts("por menorizar"));
}

#[test]
fn nobody_is_shouted_at() {
    for lang in Lang::ALL {
        for message in texts::messages(lang.code()) {
            assert!(!message.raw.contains(['!', '¡']), "{} has an exclamation mark", message.key);
        }
    }
}

#[test]
fn what_survivors_read_is_short_and_commands_nothing() {
    let mut read = 0;
    for lang in Lang::ALL {
        for message in texts::messages(lang.code()).iter().filter(|message| message.survivor) {
            read += 1;
            for sentence in message.sentences() {
                let words = sentence.split_whitespace().collect::<Vec<_>>();
                assert!(words.len() <= LONGEST, "{}: {} words: {sentence}", message.key, words.len());
                let commands =
                    |word: &&str| ["debe", "deben", "must"].contains(&word.to_lowercase().as_str());
                assert!(!words.iter().any(commands), "{}: say what she may, not must", message.key);
            }
        }
    }
    assert!(read > 0, "no text is marked for survivors");
}
