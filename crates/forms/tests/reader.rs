//! What the reader accepts, refuses (and where), and takes out.

#![expect(clippy::panic, reason = "a test may stop")]

mod common;

use ceiba_forms::{Code, Kind, Refused, limits, read_xlsx};
use common::{book, package, rows, workbook};

fn refused(survey: &str, choices: &str) -> Vec<(Code, String)> {
    let Err(Refused(problems)) = read_xlsx(&book(survey, choices)) else { panic!("accepted: {survey}") };
    problems.iter().map(|p| (p.code, p.place.to_string())).collect()
}

#[test]
fn each_mistake_names_its_cell() {
    let head = "type|name|label|relevant|calculation|choice_filter|constraint|required";
    for (row, code, place) in [
        ("tex|a|A", Code::UnknownType, "sheet survey, row 2, column type"),
        ("|a|A", Code::MissingValue, "sheet survey, row 2, column type"),
        ("text||A", Code::MissingValue, "sheet survey, row 2, column name"),
        ("text|2a|A", Code::BadName, "sheet survey, row 2, column name"),
        ("text|a|A\ntext|a|A", Code::DuplicateName, "sheet survey, row 3, column name"),
        ("select_one zz|a|A", Code::UnknownList, "sheet survey, row 2, column type"),
        (
            "range|a|A|||||\nnote|b|${zz}",
            Code::UnknownField,
            "sheet survey, row 3, column label::Español (es)",
        ),
        ("begin_group|g|G\ntext|a|A", Code::UnclosedGroup, "sheet survey, row 2, column type"),
        ("text|a|A\nend_group", Code::UnexpectedEnd, "sheet survey, row 3, column type"),
        ("begin group|g|G\ntext|a|A\nend repeat", Code::UnexpectedEnd, "sheet survey, row 4, column type"),
        ("text|a|A|${zz} = 1", Code::UnknownField, "sheet survey, row 2, column relevant"),
        ("text|a|A|b = 1", Code::UnknownField, "sheet survey, row 2, column relevant"),
        ("text|a|A|1 +", Code::Expression, "sheet survey, row 2, column relevant"),
        (
            "text|a|A|pulldata('x','y','z','1') = 1",
            Code::UnknownFunction,
            "sheet survey, row 2, column relevant",
        ),
        ("text|a|A|not()", Code::Arguments, "sheet survey, row 2, column relevant"),
        ("text|a|A||||regex(., '(?=x)')", Code::BadRegex, "sheet survey, row 2, column constraint"),
        (
            "select_one l|a|A|||zona = 1",
            Code::UnknownChoiceColumn,
            "sheet survey, row 2, column choice_filter",
        ),
        ("calculate|a|", Code::MissingCalculation, "sheet survey, row 2, column calculation"),
        ("text|a|A|${b} = 1\ntext|b|B|${a} = 1", Code::Cycle, "sheet survey, row 2"),
        ("calculate|a|||${a} + 1", Code::Cycle, "sheet survey, row 2"),
        ("begin_group|g|G|${x} = 1\ntext|x|X\nend_group", Code::Cycle, "sheet survey, row 2"),
        ("text|meta|A", Code::BadName, "sheet survey, row 2, column name"),
    ] {
        let found = refused(&format!("{head}\n{row}"), "l|x|X|1");
        assert!(found.contains(&(code, place.to_owned())), "{row}: {found:?}");
    }
    let found = refused("type|name|label|repeat_count\nbegin_repeat|r|R|3\ntext|a|A\nend_repeat", "");
    assert_eq!(found[0].0, Code::UnsupportedColumn);
    let found = refused("type|name|label\nselect_multiple l|a|A", "l|x|X\nl|x|Y");
    assert_eq!(found, [(Code::DuplicateName, "sheet choices, row 3, column name".into())]);
}

#[test]
fn every_code_has_a_sentence_with_its_arguments() {
    let Err(Refused(problems)) = read_xlsx(&book("type|name|label|relevant\ntext|a|A|foo(1)", "")) else {
        panic!()
    };
    assert_eq!(problems[0].message(), "The function foo() is not supported here. Choose another way.");
    for code in Code::ALL {
        assert_eq!(serde_json::to_value(code).unwrap(), code.key());
        assert!(code.english().ends_with(['.', '}']));
    }
}

#[test]
fn links_are_taken_out_with_a_warning() {
    let survey =
        "type|name|label|hint\ntext|a|Mire ![x](https://evil.example/p.png) aquí|javascript:alert(1)";
    let reading = read_xlsx(&book(survey, "")).unwrap();
    let codes: Vec<Code> = reading.warnings.iter().map(|w| w.code).collect();
    assert_eq!(codes, [Code::LinkRemoved, Code::LinkRemoved]);
    assert_eq!(reading.form.items[0].label["Español (es)"], "Mire x aquí");
    assert!(reading.form.items[0].hint.is_empty());
}

#[test]
fn all_types_and_old_spellings_are_read() {
    let survey = "type|name|label|parameters|read only|sensitive|why::Español (es)|sign\n\
        text|t|T||yes|yes|Para saber|. = 'x'\nint|i|I\ndecimal|d|D\ndate|f|F\ntime|h|H\ndateTime|m|M\n\
        select one l|s|S\nselect_multiple l|u|U\nnote|n|N\nacknowledge|k|K\nphoto|p|P\nfile|q|Q\n\
        range|r|R|start=1 end=5 step=0.5\nbegin repeat|rr|RR\nbegin group|g|G\ntext|z|Z\nend group\nend repeat\n\
        start|start|\ndeviceid|dev|";
    let form = read_xlsx(&book(survey, "l|x |X|1")).unwrap().form;
    assert!(form.items[0].readonly && form.items[0].sensitive);
    assert_eq!(form.items[0].sign.as_deref(), Some(". = 'x'"));
    assert_eq!(form.items[0].why["Español (es)"], "Para saber");
    assert_eq!(form.item("r").unwrap().kind, Kind::Range { start: 1.0, end: 5.0, step: 0.5 });
    assert_eq!(form.item("rr[2]/g/z").unwrap().kind, Kind::Text);
    assert_eq!(form.lists["l"].choices[0].name, "x");
    assert!(
        ceiba_forms::write_xform(&form)
            .contains("<range ref=\"/data/r\" start=\"1\" end=\"5\" step=\"0.5\">")
    );
}

fn limit_of(bytes: &[u8]) -> String {
    let Err(Refused(problems)) = read_xlsx(bytes) else { panic!("accepted") };
    assert_eq!(problems[0].code, Code::Limit, "{problems:?}");
    problems[0].args[0].1.clone()
}

#[test]
fn limits_are_named() {
    assert_eq!(limit_of(&vec![0; limits::FILE_BYTES + 1]), "file bytes");
    let many: String = (0..10_000).map(|i| format!("\ntext|f{i}|F")).collect();
    assert_eq!(limit_of(&book(&format!("type|name|label{many}"), "")), "fields");
    let some: String = (0..=limits::FIELDS).map(|i| format!("\ntext|f{i}|F")).collect();
    assert_eq!(limit_of(&book(&format!("type|name|label{some}"), "")), "fields");
    let long = "x".repeat(limits::LABEL_BYTES + 1);
    assert_eq!(limit_of(&book(&format!("type|name|label\ntext|a|{long}"), "")), "bytes of a text");
    let huge = "x".repeat(1 << 20);
    assert_eq!(limit_of(&book(&format!("type|name|label\ntext|a|{huge}"), "")), "bytes of a cell");
    let nested: String = (0..40).map(|i| format!("\nbegin_group|g{i}|G")).collect();
    assert_eq!(limit_of(&book(&format!("type|name|label{nested}"), "")), "groups in one another");
    // 500 languages do not even fit the columns; 24 do and are still too many.
    let heads: Vec<String> = (0..24).map(|i| format!("label::L{i} (l{i})")).collect();
    let survey = format!("type|name|{}\ntext|a|A", heads.join("|"));
    assert_eq!(limit_of(&book(&survey, "")), "languages");
}

#[test]
fn bombs_are_refused_before_they_are_read() {
    // A zip that unpacks to 80 MB.
    let spaces = " ".repeat(80 << 20);
    assert_eq!(limit_of(&package(&[("survey", spaces)])), "unzipped bytes");
    // One cell in the far corner would make a rectangle of 17 thousand million cells.
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
    assert_eq!(limit_of(&package(&[("survey", far.into())])), "rows of a sheet");
    for rubbish in [&b""[..], b"PK\x03\x04", b"<html>", &[0xff; 300]] {
        let Err(Refused(problems)) = read_xlsx(rubbish) else { panic!() };
        assert_eq!(problems[0].code, Code::NotAWorkbook);
    }
    let Err(Refused(problems)) = read_xlsx(&workbook(&[("other", rows("a|b"))])) else { panic!() };
    assert_eq!(problems[0].code, Code::MissingSheet);
}
