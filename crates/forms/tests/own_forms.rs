//! The forms of packs/core: read without a warning, kind, complete in two languages, and able to reach
//! each of the four outcomes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod common;

use ceiba_forms::{Answer, Answers, Form, Kind, Level, check, evaluate, lint, outcome, read_xlsx, sign_text};
use common::{context, errors, form as bare, item};

fn own(name: &str) -> Form {
    let path = format!("{}/../../packs/core/forms/{name}.xlsx", env!("CARGO_MANIFEST_DIR"));
    let reading = read_xlsx(&std::fs::read(path).unwrap()).unwrap_or_else(|refused| panic!("{refused:#?}"));
    assert_eq!(reading.warnings, []);
    reading.form
}

fn answers(pairs: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::new();
    for (path, value) in pairs {
        answers.give(*path, *value);
    }
    answers
}

fn level(form: &Form, pairs: &[(&str, &str)]) -> (Level, Vec<String>) {
    let answers = answers(pairs);
    let evaluation = evaluate(form, &answers, &context());
    assert_eq!(errors(&evaluation), Vec::<String>::new(), "{pairs:?}");
    let outcome = outcome(form, &evaluation).unwrap();
    (outcome.level, outcome.signs)
}

#[test]
fn both_forms_pass_the_lint_in_two_languages() {
    for name in ["conversation-guide", "observation-community"] {
        let form = own(name);
        assert_eq!(form.languages, ["Español (es)", "English (en)"]);
        assert_eq!(form.default_language, "Español (es)");
        let problems: Vec<String> = lint(&form).iter().map(ToString::to_string).collect();
        assert_eq!(problems, Vec::<String>::new(), "{name}");
        assert!(form.item("result_note").unwrap().label["Español (es)"].contains("validada"));
        // Everything may be skipped.
        assert!(evaluate(&form, &Answers::new(), &context()).accepted());
        // An ODK client gets it too.
        assert!(ceiba_forms::write_xform(&form).contains("<bind nodeset=\"/data/outcome\""));
    }
}

#[test]
fn the_guide_reaches_each_outcome() {
    let form = own("conversation-guide");
    let questions = |items: &[ceiba_forms::Item]| -> usize {
        items.iter().flat_map(|i| &i.children).filter(|i| i.kind.is_question()).count()
    };
    assert_eq!(questions(&form.items), 28);
    let adult = ("before/age_group", "adult");
    let child = ("before/age_group", "child");
    let kept = ("purpose/money", "other");
    assert_eq!(level(&form, &[]), (Level::NoSignToday, vec![]));
    assert_eq!(level(&form, &[("safety/danger_now", "yes")]).0, Level::ActNow);
    assert_eq!(level(&form, &[("wishes/wants_help_today", "yes")]).0, Level::ActNow);
    let (reached, signs) = level(&form, &[adult, ("act/arranged_by", "known"), ("means/debt", "yes"), kept]);
    assert_eq!(reached, Level::TalkWithTeam);
    assert_eq!(signs, ["act/arranged_by", "means/debt", "purpose/money"]);
    assert_eq!(
        sign_text(&form, &signs[1]).unwrap()["English (en)"],
        "A debt is charged against what she does"
    );
    // A child needs no means; an adult does.
    assert_eq!(level(&form, &[child, ("act/arranged_by", "family"), kept]).0, Level::TalkWithTeam);
    assert_eq!(level(&form, &[adult, ("act/arranged_by", "family"), kept]).0, Level::GiveInformation);
    let (reached, signs) = level(&form, &[child, ("purpose/activity", "study sex")]);
    assert_eq!((reached, signs), (Level::TalkWithTeam, vec!["purpose/activity".to_owned()]));
    assert_eq!(level(&form, &[adult, ("purpose/activity", "sex")]).0, Level::NoSignToday);
    assert_eq!(level(&form, &[("act/offer_differs", "yes")]).0, Level::GiveInformation);
    assert_eq!(
        level(&form, &[("before/agrees", "no"), ("means/debt", "yes")]),
        (Level::GiveInformation, vec![])
    );
}

#[test]
fn what_is_not_known_is_told_apart() {
    let form = own("conversation-guide");
    let mut answers = answers(&[("means/threats", "yes")]);
    answers.set("means/debt", Answer::Declined);
    answers.set("purpose/money", Answer::NotAsked);
    let evaluation = evaluate(&form, &answers, &context());
    let outcome = outcome(&form, &evaluation).unwrap();
    assert_eq!(outcome.declined, ["means/debt"]);
    assert_eq!(outcome.not_asked, ["purpose/money"]);
    assert_eq!(outcome.signs, ["means/threats"]);
    assert_eq!(serde_json::to_value(outcome.level).unwrap(), "give_information");
    assert_eq!(ceiba_forms::outcome(&bare(vec![item("a", Kind::Text)]), &evaluation), None);
}

#[test]
fn the_sheet_reaches_each_outcome_and_asks_nothing_of_a_child() {
    let form = own("observation-community");
    for group in ["teacher", "health", "community"] {
        let ticks = &form.item(group).unwrap().children;
        assert!(
            (9..=12).contains(&ticks.len()) && ticks.iter().all(|t| t.kind == Kind::Acknowledge),
            "{group}"
        );
    }
    let teacher = ("reporter", "teacher");
    assert_eq!(level(&form, &[teacher]).0, Level::NoSignToday);
    assert_eq!(level(&form, &[teacher, ("teacher/t_tired", "OK")]).0, Level::GiveInformation);
    assert_eq!(level(&form, &[teacher, ("teacher/t_union", "OK")]).0, Level::TalkWithTeam);
    let two = [teacher, ("teacher/t_tired", "OK"), ("teacher/t_gifts", "OK")];
    assert_eq!(
        level(&form, &two),
        (Level::TalkWithTeam, vec!["teacher/t_tired".into(), "teacher/t_gifts".into()])
    );
    assert_eq!(level(&form, &[("now/now_locked", "OK")]).0, Level::ActNow);
    // Ticks of another kind of reporter do not count.
    assert_eq!(level(&form, &[teacher, ("health/h_pregnant", "OK")]).0, Level::NoSignToday);
}

#[test]
fn the_lint_finds_what_hurts() {
    let mut story = item("relato", Kind::Text);
    story.label = common::es("¿Qué pasó?");
    let mut forced = item("edad", Kind::Integer);
    forced.required = Some("true()".into());
    forced.sensitive = true;
    forced.label = common::es("Edad de la víctima");
    let mut long = item("n", Kind::Note);
    long.label = common::es(&"palabra ".repeat(21));
    let mut form = bare(vec![story, forced, long, item("x", Kind::Text)]);
    form.languages.push("English (en)".into());
    for item in &mut form.items {
        item.label.insert("English (en)".into(), "Text".into());
    }
    form.items[3].label.remove("English (en)");
    for choice in &mut form.lists.get_mut("yn").unwrap().choices {
        choice.label.insert("English (en)".into(), choice.name.clone());
    }
    assert_eq!(check(&form), []);
    let mut keys: Vec<&str> = lint(&form).iter().map(|p| p.code.key()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(
        keys,
        [
            "banned-word",
            "forced-narrative",
            "long-sentence",
            "missing-translation",
            "required-without-why",
            "sensitive-without-text"
        ]
    );
}
