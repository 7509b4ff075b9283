//! Answers, their ways in and out, and the checks of each type.

mod common;

use std::collections::BTreeMap;

use ceiba_forms::{Answer, Answers, BadPair, Item, Kind, Submission, evaluate, initial_answers};
use common::{calc, context, errors, es, form, item};

fn pairs(list: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
    list.iter().map(|(k, v)| ((*k).to_owned(), v.iter().map(|v| (*v).to_owned()).collect())).collect()
}

#[test]
fn pairs_there_and_back() {
    let answers = Answers::from_pairs(&pairs(&[
        ("g/t", &["a\r\nb"]),
        ("g/m", &["", "x", "y"]),
        ("r[]", &["3"]),
        ("r[2]/t", &["z"]),
        ("d", &["kept out"]),
        ("d@answer", &["declined"]),
        ("n@answer", &["not_asked"]),
        ("e@answer", &[""]),
        ("blank", &[" "]),
    ]))
    .unwrap();
    assert_eq!(answers.get("g/t"), Some(&Answer::Given("a\nb".into())));
    assert_eq!(answers.get("g/m"), Some(&Answer::Given("x y".into())));
    assert_eq!(answers.get("d"), Some(&Answer::Declined));
    assert_eq!(answers.get("n"), Some(&Answer::NotAsked));
    assert_eq!(answers.get("blank"), None);
    assert_eq!(answers.copies("r"), Some(3));
    assert_eq!(Answers::from_pairs(&answers.to_pairs()).unwrap(), answers);
    let json = serde_json::to_string(&answers).unwrap();
    assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), answers);
    for bad in ["../x", "a//b", "r[0]/t", "r[501]/t", "r[x]", "a b", "", "@answer", "__proto__."] {
        let result = Answers::from_pairs(&pairs(&[(bad, &["1"])]));
        assert!(matches!(result, Err(BadPair::Key(_))), "{bad}");
    }
    assert!(matches!(Answers::from_pairs(&pairs(&[("r[]", &["9999"])])), Err(BadPair::Value(_))));
    assert!(matches!(
        Answers::from_pairs(&pairs(&[("a", &[&"x".repeat(70_000)])])),
        Err(BadPair::TooLong(_))
    ));
}

#[test]
fn a_non_answer_satisfies_required_and_is_empty_elsewhere() {
    let asked = Item {
        required: Some("true()".into()),
        constraint: Some(". > 5".into()),
        ..item("q", Kind::Integer)
    };
    let follow = Item { relevant: Some("${q} != ''".into()), ..item("f", Kind::Text) };
    let form = form(vec![asked, follow, calc("c", "if(${q} = '', 'empty', 'full')")]);
    let blank = evaluate(&form, &Answers::new(), &context());
    assert_eq!(errors(&blank), ["/data/q: required"]);
    for answer in [Answer::Declined, Answer::NotAsked] {
        let mut answers = Answers::new();
        answers.set("q", answer.clone());
        let evaluation = evaluate(&form, &answers, &context());
        assert!(evaluation.accepted());
        assert_eq!(evaluation.node("c").unwrap().value, "empty");
        assert!(!evaluation.node("f").unwrap().relevant);
        assert_eq!(evaluation.node("q").unwrap().answer, Some(answer.clone()));
        assert_eq!(evaluation.answers().get("q"), Some(&answer));
    }
}

#[test]
fn each_type_is_checked() {
    let range = Kind::Range { start: 0.0, end: 1.0, step: 0.1 };
    let yn = || "yn".to_owned();
    for (kind, good, bad) in [
        (Kind::Integer, "-12", "1.5"),
        (Kind::Integer, "15", "quince"),
        (Kind::Decimal, "1.5", "inf"),
        (Kind::Date, "2028-02-29", "2026-02-31"),
        (Kind::Date, "2026-11-23", "0000-00-00"),
        (Kind::Time, "09:30", "25:61"),
        (Kind::DateTime, "2026-11-23T09:30", "2026-11-23"),
        (Kind::DateTime, "2026-11-23T09:00:00.000-06:00", "ayer"),
        (Kind::SelectOne { list: yn() }, "yes", "maybe"),
        (Kind::SelectOne { list: yn() }, "no", "yes no"),
        (Kind::SelectMultiple { list: yn() }, "yes no", "yes yes"),
        (range, "0.3", "0.35"),
        (Kind::Acknowledge, "OK", "yes"),
        (Kind::Attachment { media: ceiba_forms::Attachment::Image }, "a.jpg", "../../etc/passwd"),
    ] {
        let form = form(vec![item("q", kind.clone())]);
        for (value, fine) in [(good, true), (bad, false)] {
            let mut answers = Answers::new();
            answers.give("q", value);
            assert_eq!(evaluate(&form, &answers, &context()).accepted(), fine, "{kind:?} {value}");
        }
    }
}

#[test]
fn tampering_is_seen() {
    let fixed = Item { readonly: true, default: Some("7".into()), ..item("fixed", Kind::Integer) };
    let hidden = Item { relevant: Some("false()".into()), ..item("hidden", Kind::Text) };
    let form = form(vec![
        fixed,
        item("n", Kind::Note),
        hidden,
        Item { children: vec![item("x", Kind::Text)], ..item("g", Kind::Group) },
    ]);
    let first = initial_answers(&form, &context());
    assert_eq!(first.get("fixed"), Some(&Answer::Given("7".into())));
    assert!(evaluate(&form, &first, &context()).accepted());
    let mut answers = Answers::new();
    for (path, value) in
        [("fixed", "8"), ("n", "x"), ("hidden", "x"), ("g", "x"), ("other", "x"), ("g/x[1]", "x")]
    {
        answers.give(path, value);
    }
    let evaluation = evaluate(&form, &answers, &context());
    assert_eq!(
        errors(&evaluation),
        [
            "/data/fixed: read only",
            "/data/n: read only",
            "/data/g: unknown field",
            "/data/g/x[1]: unknown field",
            "/data/other: unknown field"
        ]
    );
    assert_eq!(evaluation.answers().get("hidden"), None);
}

#[test]
fn submissions_are_bounded() {
    for bad in [
        "",
        "<data/>",
        "<data id='t'>",
        "<!DOCTYPE d [<!ENTITY a 'x'>]><data id='t'>&a;</data>",
        "<data id='t'>&a;</data>",
        &format!("<data id='t'>{}", "<a>".repeat(100_000)),
    ] {
        assert!(Submission::parse(bad.as_bytes()).is_err(), "{}", &bad[..bad.len().min(40)]);
    }
    let xml = "<data id='t'><q answer='declined'/><t>a &amp; <![CDATA[<b>]]>&#241;</t><r><x>1</x></r><r/><u><v>1</v></u></data>";
    let repeat = Item { children: vec![item("x", Kind::Text)], ..item("r", Kind::Repeat) };
    let form = form(vec![item("q", Kind::Text), item("t", Kind::Text), repeat]);
    let answers = Submission::parse(xml.as_bytes()).unwrap().answers(&form);
    assert_eq!(answers.get("q"), Some(&Answer::Declined));
    assert_eq!(answers.get("t"), Some(&Answer::Given("a & <b>ñ".into())));
    assert_eq!(answers.copies("r"), Some(2));
    assert_eq!(errors(&evaluate(&form, &answers, &context())), ["/data/u/v: unknown field"]);
}

#[test]
fn labels_speak_with_answers() {
    let note = Item { label: es("Edad: ${age}."), ..item("n", Kind::Note) };
    let form = form(vec![item("age", Kind::Integer), note]);
    let mut answers = Answers::new();
    answers.give("age", "15");
    let evaluation = evaluate(&form, &answers, &context());
    let node = evaluation.node("n").unwrap();
    assert_eq!(evaluation.say(node, &node.item.label, "Español (es)"), "Edad: 15.");
    assert_eq!(form.language("es"), "Español (es)");
}
