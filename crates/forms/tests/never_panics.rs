//! Random sources, forms, answers and bytes: everything ends and nothing panics.

mod common;

use ceiba_forms::{Answer, Answers, Item, Kind, Submission, check, evaluate, lint, outcome, write_xform};
use common::{calc, context, form, item};
use proptest::prelude::*;

/// Pieces that make sources which often parse.
fn source() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "${a}",
        "${b}",
        "${r}",
        "${c}",
        "${x}",
        ".",
        "..",
        "/data/a",
        "*",
        "1",
        "0",
        "-1",
        "2.5",
        "'x'",
        "''",
        "(",
        ")",
        ",",
        "+",
        "-",
        " div ",
        " mod ",
        "=",
        "!=",
        "<",
        ">=",
        " and ",
        " or ",
        "|",
        "/",
        "[",
        "]",
        "not(",
        "if(",
        "count(",
        "sum(",
        "concat(",
        "selected(",
        "substr(",
        "round(",
        "regex(",
        "join(',',",
        "position(",
        "indexed-repeat(",
        "date(",
        "format-date(",
        "today()",
        "jr:choice-name(",
        "instance('yn')/root/item",
        "name",
        "once(",
        "random()",
        "translate(",
        "current()/..",
        "pow(",
        "9999999999999999999",
        "'2026-11-23'",
        "'%Y%q'",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn everything(sources: &[String], answers: &Answers) {
    let at = |i: usize| Some(sources[i].clone());
    let inner = Item { constraint: at(0), required: at(1), ..item("x", Kind::Integer) };
    let repeat =
        Item { children: vec![inner, calc("c", &sources[2])], relevant: at(3), ..item("r", Kind::Repeat) };
    let select =
        Item { choice_filter: at(4), sign: at(5), ..item("b", Kind::SelectMultiple { list: "yn".into() }) };
    let text = Item { default: at(6), relevant: at(7), ..item("a", Kind::Text) };
    let mut form = form(vec![text, select, repeat, calc("outcome", &sources[1])]);
    form.instance_name = at(2);
    check(&form);
    lint(&form);
    write_xform(&form);
    ceiba_forms::initial_answers(&form, &context());
    let evaluation = evaluate(&form, answers, &context());
    outcome(&form, &evaluation);
    evaluation.answers();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn random_sources(sources in prop::collection::vec(source(), 8), values in prop::collection::vec("[a-z0-9 .:T-]{0,12}", 5)) {
        let mut answers = Answers::new();
        for (path, value) in ["a", "b", "r[1]/x", "r[3]/x", "r[2]/c"].iter().zip(&values) {
            answers.give(*path, value.clone());
        }
        answers.set("r[2]/x", Answer::Declined);
        everything(&sources, &answers);
    }

    #[test]
    fn any_text_is_a_source(source in "\\PC{0,200}") {
        everything(&vec![source; 8], &Answers::new());
    }

    #[test]
    fn random_submissions(body in "(<[abrx]( [a-z]='[^<&']{0,3}')?>|</[abrx]>|&[a-z#0-9]{0,4};|[a-z0-9 ]{1,5}|<!\\[CDATA\\[x\\]\\]>|<[abrx]/>){0,30}") {
        let repeat = Item { children: vec![item("x", Kind::Integer)], ..item("r", Kind::Repeat) };
        let form = form(vec![item("a", Kind::Text), item("b", Kind::Date), repeat]);
        if let Ok(submission) = Submission::parse(format!("<data id='t'>{body}</data>").as_bytes()) {
            evaluate(&form, &submission.answers(&form), &context());
        }
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Submission::parse(&bytes);
        let _ = ceiba_forms::read_xlsx(&bytes);
    }

    #[test]
    fn broken_workbooks(at in 0usize..8000, with in any::<u8>()) {
        let mut bytes = common::vector("screening_min.xlsx");
        let at = at % bytes.len();
        bytes[at] ^= with;
        let _ = ceiba_forms::read_xlsx(&bytes);
    }

    #[test]
    fn random_pairs(pairs in prop::collection::btree_map("[a-z\\[\\]/@0-9]{0,12}(@answer|\\[\\])?", prop::collection::vec("[a-z0-9]{0,6}", 0..3), 0..8)) {
        if let Ok(answers) = Answers::from_pairs(&pairs) {
            prop_assert_eq!(Answers::from_pairs(&answers.to_pairs()).unwrap(), answers);
        }
    }
}
