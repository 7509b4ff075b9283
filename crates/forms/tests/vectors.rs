//! A1 and A2 of the standards: same XForm as the reference, same verdict on eight submissions.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod common;

use ceiba_forms::{Submission, evaluate, read_xlsx, write_xform};
use common::{context, errors, vector};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element with attributes sorted and blanks normalised.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Node>,
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn start(event: &BytesStart<'_>) -> Node {
    let mut attributes: Vec<_> = event
        .attributes()
        .map(|a| a.unwrap())
        .map(|a| (a.key.as_ref().to_owned(), squeeze(&a.normalized_value(Default::default()).unwrap())))
        .collect();
    attributes.sort();
    Node { name: event.name().as_ref().to_owned(), attributes, text: String::new(), children: Vec::new() }
}

fn parse(xml: &str) -> Node {
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<Node> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(event) => open.push(start(&event)),
            Event::Empty(event) => open.last_mut().unwrap().children.push(start(&event)),
            Event::Text(text) => {
                if let Some(node) = open.last_mut() {
                    node.text = squeeze(&format!("{} {}", node.text, text.xml10_content()));
                }
            }
            Event::End(_) => {
                let mut done = open.pop().unwrap();
                // Where order carries no meaning.
                if ["itext", "translation", "model"].contains(&done.name.as_str()) {
                    done.children.sort();
                }
                match open.last_mut() {
                    Some(parent) => parent.children.push(done),
                    None => return done,
                }
            }
            Event::Eof => panic!("not closed"),
            _ => {}
        }
    }
}

#[test]
fn a1_the_xform_equals_the_reference() {
    let reading = read_xlsx(&vector("screening_min.xlsx")).unwrap();
    assert_eq!(reading.warnings, []);
    assert_eq!(reading.form.lists["methodsofcontrol"].choices[1].name, "DebtBondage");
    let ours = parse(&write_xform(&reading.form));
    let theirs = parse(std::str::from_utf8(&vector("screening_min.xml")).unwrap());
    for (a, b) in ours.children[0].children[1].children.iter().zip(&theirs.children[0].children[1].children) {
        assert_eq!(a, b);
    }
    assert_eq!(ours, theirs);
}

#[test]
fn a2_the_submissions_are_judged_as_expected() {
    let form = read_xlsx(&vector("screening_min.xlsx")).unwrap().form;
    let expected: serde_json::Value = serde_json::from_slice(&vector("expected.json")).unwrap();
    let cases = expected["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 8);
    for case in cases {
        let file = case["file"].as_str().unwrap();
        let submission = Submission::parse(&vector(file)).unwrap();
        assert_eq!(
            (submission.form_id.as_str(), submission.version.as_str()),
            ("screening_min", "2026112301")
        );
        assert!(submission.instance_id.is_some());
        let answers = submission.answers(&form);
        let evaluation = evaluate(&form, &answers, &context());
        let wanted: Vec<String> =
            case["errors"].as_array().unwrap().iter().map(|e| e.as_str().unwrap().to_owned()).collect();
        assert_eq!(errors(&evaluation), wanted, "{file}");
        assert_eq!(evaluation.accepted(), case["accept"].as_bool().unwrap(), "{file}");
    }
}

#[test]
fn a_form_survives_storage_as_json() {
    let form = read_xlsx(&vector("screening_min.xlsx")).unwrap().form;
    let json = serde_json::to_string(&form).unwrap();
    let back: ceiba_forms::Form = serde_json::from_str(&json).unwrap();
    assert_eq!(form, back);
    assert_eq!(ceiba_forms::check(&back), []);
    let submission = Submission::parse(&vector("submission_ok_minor_urgent.xml")).unwrap();
    let answers = submission.answers(&back);
    let evaluation = evaluate(&back, &answers, &context());
    assert_eq!(evaluation.instance_name, "AB-0001 urgent");
    assert_eq!(evaluation.answers().copies("service"), Some(2));
    let note = evaluation.node("g_ind/n_level").unwrap();
    assert_eq!(evaluation.say(note, &note.item.label, "English (en)"), "Level: urgent");
    let adm2 = evaluation.node("g_person/adm2").unwrap();
    let names: Vec<&str> = adm2.choices().iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["GT0108", "GT0101"]);
}
