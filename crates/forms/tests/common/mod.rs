//! Shared by the tests: the vectors, a fixed moment, and forms written as rows.
#![allow(dead_code, reason = "each test file uses a part")]

use ceiba_forms::{Answers, Context, Evaluation, Form, Item, Kind, List, Text, evaluate};

/// Bytes of a vector.
pub fn vector(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// 2026-11-23 10:00 in Guatemala.
pub fn context() -> Context {
    Context::new("2026-11-23T10:00:00-06:00[America/Guatemala]".parse().unwrap(), "Español (es)")
}

/// A form with one language.
pub fn form(items: Vec<Item>) -> Form {
    Form {
        id: "t".into(),
        version: "1".into(),
        title: "T".into(),
        default_language: "Español (es)".into(),
        languages: vec!["Español (es)".into()],
        items,
        lists: [("yn".to_owned(), yes_no())].into(),
        instance_name: None,
    }
}

fn yes_no() -> List {
    let choice = |name: &str| ceiba_forms::Choice { name: name.into(), label: es(name), extra: [].into() };
    List { choices: vec![choice("yes"), choice("no")] }
}

/// A text in the one language.
pub fn es(text: &str) -> Text {
    [("Español (es)".to_owned(), text.to_owned())].into()
}

/// An item with a label.
pub fn item(name: &str, kind: Kind) -> Item {
    Item { label: es(name), ..Item::new(name, kind) }
}

/// A calculate.
pub fn calc(name: &str, source: &str) -> Item {
    Item { calculation: Some(source.into()), ..item(name, Kind::Calculate) }
}

/// Evaluates one expression with nothing else in the form.
pub fn value(source: &str) -> String {
    let form = form(vec![calc("c", source)]);
    let evaluation = evaluate(&form, &Answers::new(), &context());
    assert_eq!(errors(&evaluation), Vec::<String>::new(), "{source}");
    evaluation.node("c").unwrap().value.clone()
}

/// Errors in their textual form.
pub fn errors(evaluation: &Evaluation<'_>) -> Vec<String> {
    evaluation.errors.iter().map(ToString::to_string).collect()
}
