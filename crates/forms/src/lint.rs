//! Is the form kind to the person who answers? Rules for trauma-informed forms that can be checked.

use crate::form::{Form, Item, Kind, Text, walk};
use crate::problem::{Code, Place, Problem};

mod narrative;
mod words;

/// Longest sentence, in words.
const SENTENCE_WORDS: usize = 20;

/// Checks the rules; an empty list means that all hold.
///
/// - every text is there in every language;
/// - `required` only with a written reason (`why`);
/// - sensitive questions say why, who will see the answer and what happens without one;
/// - no text question asks for the story;
/// - no banned words (texts within «quotes» are legal terms and exempt), no long sentences (a warning).
pub fn lint(form: &Form) -> Vec<Problem> {
    let mut problems = Vec::new();
    walk(form, |item, _| {
        let place = |column: &str| Place::new("survey", item.row, column);
        if item.required.is_some() {
            for language in form.languages.iter().filter(|l| !item.why.contains_key(*l)) {
                let problem = Problem::error(Code::RequiredWithoutWhy, place("why"));
                problems.push(problem.with("name", &item.name).with("language", language));
            }
        }
        if item.sensitive {
            for (column, text) in [("why", &item.why), ("who_sees", &item.who_sees), ("if_not", &item.if_not)]
            {
                for language in form.languages.iter().filter(|l| !text.contains_key(*l)) {
                    let problem = Problem::error(Code::SensitiveWithoutText, place(column));
                    let problem = problem.with("name", &item.name).with("column", column);
                    problems.push(problem.with("language", language));
                }
            }
        }
        if item.kind == Kind::Text
            && let Some(words) = narrative::asks_for_story(item)
        {
            let problem = Problem::error(Code::ForcedNarrative, place("label"));
            problems.push(problem.with("name", &item.name).with("words", words));
        }
        for (column, text) in texts(item) {
            let must = column == "label" && (item.kind.is_question() || item.kind == Kind::Note);
            check_text(form, text, must, &place(column), &mut problems);
        }
    });
    for list in form.lists.values() {
        for choice in &list.choices {
            check_text(form, &choice.label, true, &Place::new("choices", 0, "label"), &mut problems);
        }
    }
    problems
}

fn texts(item: &Item) -> [(&'static str, &Text); 8] {
    [
        ("label", &item.label),
        ("hint", &item.hint),
        ("constraint_message", &item.constraint_message),
        ("required_message", &item.required_message),
        ("why", &item.why),
        ("who_sees", &item.who_sees),
        ("if_not", &item.if_not),
        ("sign_label", &item.sign_label),
    ]
}

fn check_text(form: &Form, text: &Text, must: bool, place: &Place, problems: &mut Vec<Problem>) {
    if must || !text.is_empty() {
        for language in form.languages.iter().filter(|l| !text.contains_key(*l)) {
            let problem = Problem::error(Code::MissingTranslation, place.clone());
            problems.push(problem.with("language", language));
        }
    }
    for (language, text) in text {
        for (word, instead) in words::banned(text, language) {
            let problem = Problem::error(Code::BannedWord, place.clone()).with("word", word);
            problems.push(problem.with("language", language).with("instead", instead));
        }
        let longest = text.split(['.', '?', '!', ':', ';', '\n']).map(|s| s.split_whitespace().count()).max();
        if let Some(words) = longest.filter(|words| *words > SENTENCE_WORDS) {
            let problem = Problem::warning(Code::LongSentence, place.clone()).with("words", words);
            problems.push(problem.with("language", language));
        }
    }
}
