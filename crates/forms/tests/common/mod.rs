//! Shared by the tests: the vectors, a fixed moment, and forms written as rows.
#![expect(dead_code, reason = "each test file uses a part")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

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

/// A workbook of the given sheets, each a table of texts; the first row is the header.
pub fn workbook(sheets: &[(&str, Vec<Vec<String>>)]) -> Vec<u8> {
    let parts = sheets.iter().map(|(name, rows)| (*name, sheet(rows)));
    package(&parts.collect::<Vec<_>>())
}

fn sheet(rows: &[Vec<String>]) -> String {
    let mut data = String::new();
    for (r, row) in rows.iter().enumerate() {
        data.push_str(&format!("<row r=\"{}\">", r + 1));
        for (c, cell) in row.iter().enumerate() {
            let column = char::from(b'A' + u8::try_from(c).unwrap());
            let cell = cell.replace('&', "&amp;").replace('<', "&lt;");
            data.push_str(&format!("<c r=\"{column}{}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>", r + 1));
        }
        data.push_str("</row>");
    }
    data
}

/// A workbook from the raw rows of its sheets.
pub fn package(sheets: &[(&str, String)]) -> Vec<u8> {
    use std::io::Write;
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let mut list = String::new();
    let mut relations = String::new();
    for (i, (name, data)) in sheets.iter().enumerate() {
        let i = i + 1;
        list.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{i}\" r:id=\"r{i}\"/>"));
        relations.push_str(&format!(
            "<Relationship Id=\"r{i}\" Type=\"{REL}/worksheet\" Target=\"worksheets/s{i}.xml\"/>"
        ));
        put(
            &format!("xl/worksheets/s{i}.xml"),
            &format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{data}</sheetData></worksheet>"),
        );
    }
    put(
        "xl/workbook.xml",
        &format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{REL}\"><sheets>{list}</sheets></workbook>"),
    );
    put(
        "xl/_rels/workbook.xml.rels",
        &format!("<Relationships xmlns=\"{PACKAGE}\">{relations}</Relationships>"),
    );
    put(
        "_rels/.rels",
        &format!(
            "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r\" Type=\"{REL}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    put(
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
    );
    zip.finish().unwrap().into_inner()
}

/// Cells of a row separated by `|`.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let lines = text.trim().lines();
    lines.map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// A workbook with survey, choices and settings, from rows with `|`.
pub fn book(survey: &str, choices: &str) -> Vec<u8> {
    workbook(&[
        ("survey", rows(survey)),
        ("choices", rows(&format!("list_name|name|label|zone\n{choices}"))),
        ("settings", rows("form_id|version|default_language\nt|1|Español (es)")),
    ])
}
