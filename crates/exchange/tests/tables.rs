//! Acceptance tests X1 and X2 of the standards, and the workbook: what leaves as a table says what it is, and nothing in it runs.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use ceiba_exchange::csvw::{Column, Fault, Kind, Table, Value, beside, csv, harmless, metadata};
use ceiba_exchange::hxl;
use ceiba_exchange::iati::Number;
use ceiba_exchange::sheet::{self, Book, Sheet};
use jiff::civil::date;
use proptest::prelude::*;

const REACHED: &str = include_str!("vectors/hxl/reached_q3.csv");

fn text(t: &str) -> Value {
    if t.is_empty() { Value::Empty } else { Value::Text(t.to_owned()) }
}

/// Who was reached in a quarter, as we would hold it. None is a hidden number.
fn reached() -> Table {
    let words = [
        ("Departamento", ""),
        ("Código", ""),
        ("Municipio", ""),
        ("Código", ""),
        ("Inicio", "Primer día"),
        ("Fin", "Último día"),
        ("Organización", ""),
        ("Servicio", ""),
        ("Personas", "Cada persona una vez"),
        ("Mujeres y niñas", ""),
        ("Niñez", "Menores de 18 años"),
        ("Nota", "Por qué falta un número"),
    ];
    let rows = [
        (["Guatemala", "GT01", "Mixco", "GT0108"], "walkin_clinic", Some([34, 29, 21]), ""),
        (["Quetzaltenango", "GT09", "Coatepeque", "GT0920"], "shelter_longer", None, "menos de 11"),
        (["Guatemala", "GT01", "Guatemala", "GT0101"], "legal_advice", Some([18, 15, 12]), ""),
    ];
    let rows = rows.map(|(place, service, numbers, note)| {
        let numbers =
            (0..3).map(|n| numbers.map_or(Value::Empty, |all| Value::Number(Number::whole(all[n]))));
        let days = [Value::Day(date(2026, 7, 1)), Value::Day(date(2026, 9, 30))];
        let who = [text("ONG ejemplo"), text(service)];
        place.map(text).into_iter().chain(days).chain(who).chain(numbers).chain([text(note)]).collect()
    });
    Table {
        file: "reached_q3.csv".into(),
        title: "Personas atendidas".into(),
        about: "Menos de 11 no se muestra.".into(),
        language: "es".into(),
        publisher: "ONG ejemplo".into(),
        source: String::new(),
        columns: hxl::reached(words),
        rows: rows.to_vec(),
    }
}

#[test]
fn x1_who_was_reached_is_the_vector_byte_for_byte() {
    assert_eq!(String::from_utf8(csv(&reached()).unwrap()).unwrap(), REACHED);
}

#[test]
fn x2_the_description_has_the_columns_of_the_file() {
    let t = reached();
    let file = csv(&t).unwrap();
    let about: serde_json::Value = serde_json::from_slice(&metadata(&t).unwrap()).unwrap();
    assert_eq!(about["url"], "reached_q3.csv");
    assert_eq!(beside(&t.file), "reached_q3.csv-metadata.json");
    let columns = about["tableSchema"]["columns"].as_array().unwrap();
    let mut lines = csv::ReaderBuilder::new().has_headers(false).from_reader(file.as_slice());
    let rows: Vec<csv::StringRecord> = lines.records().map(Result::unwrap).collect();
    let heads = about["dialect"]["headerRowCount"].as_u64().unwrap();
    for (n, head) in rows.iter().take(usize::try_from(heads).unwrap()).enumerate() {
        let said: Vec<&str> = columns.iter().map(|c| c["titles"][n].as_str().unwrap()).collect();
        assert_eq!(head.iter().collect::<Vec<_>>(), said);
    }
    assert_eq!(columns[8]["datatype"], "nonNegativeInteger");
    // Without tags there is one line of headings, and its title is a text.
    let mut plain = reached();
    plain.columns.iter_mut().for_each(|c| c.tag.clear());
    let about: serde_json::Value = serde_json::from_slice(&metadata(&plain).unwrap()).unwrap();
    assert_eq!(about["dialect"]["headerRowCount"], 1);
    assert_eq!(about["tableSchema"]["columns"][0]["titles"], "Departamento");
}

#[test]
fn a_table_that_does_not_hold_together_stays() {
    let refused = |change: &dyn Fn(&mut Table)| {
        let mut t = reached();
        change(&mut t);
        assert_eq!(csv(&t).unwrap_err(), metadata(&t).unwrap_err());
        csv(&t).unwrap_err()
    };
    assert_eq!(refused(&|t| t.columns[1].name = "department".into()), Fault::Name("department".into()));
    assert_eq!(refused(&|t| t.columns[1].name = "De pa".into()), Fault::Name("De pa".into()));
    assert_eq!(refused(&|t| t.columns[0].tag = "adm1".into()), Fault::Tag("adm1".into()));
    assert_eq!(refused(&|t| t.rows[1].truncate(3)), Fault::Row(2));
    assert_eq!(refused(&|t| t.rows[0][8] = text("34")), Fault::Field(1, 9));
    assert_eq!(refused(&|t| t.rows[0][8] = Value::Number(Number(-100))), Fault::Field(1, 9));
}

#[test]
fn no_text_is_a_formula() {
    for evil in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r\n=cmd"] {
        assert!(harmless(evil).starts_with('\''), "{evil}");
    }
    for fine in ["ONG ejemplo", "−1 (así)", "#tag", "a=b", ""] {
        assert_eq!(harmless(fine), fine);
    }
}

#[test]
fn a_workbook_holds_numbers_as_numbers_and_no_formula() {
    let row = vec![
        sheet::Value::Text("=HYPERLINK(\"https://example.org\")".into()),
        sheet::Value::Number(400.0, 0),
        sheet::Value::Percent(62.5),
        sheet::Value::Hidden("Oculto: menos de 5".into()),
        sheet::Value::Empty,
    ];
    let columns = ["Qué", "Cuánto", "Parte", "Oculto", "Nota"].map(|t| (t.to_owned(), 20)).to_vec();
    let one = Sheet { name: "Cifras: [2026]".into(), above: vec!["Cifras".into()], columns, rows: vec![row] };
    let book = Book { title: "Informe".into(), sheets: vec![one] };
    let bytes = sheet::write(&book).unwrap();
    assert_eq!(bytes, sheet::write(&book).unwrap(), "the same bytes each time");
    let mut read: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    assert_eq!(read.sheet_names(), ["Cifras 2026"]);
    let cells = read.worksheet_range("Cifras 2026").unwrap();
    let last: Vec<Data> = cells.rows().next_back().unwrap().to_vec();
    assert_eq!(last[0], Data::String("=HYPERLINK(\"https://example.org\")".into()));
    assert_eq!((last[1].clone(), last[2].clone()), (Data::Float(400.0), Data::Float(0.625)));
    assert_eq!(last[3], Data::String("Oculto: menos de 5".into()));
    assert!(read.worksheet_formula("Cifras 2026").unwrap().is_empty(), "no formula anywhere");
}

#[test]
fn a_number_that_is_none_is_refused() {
    let rows = vec![vec![sheet::Value::Number(f64::NAN, 0)]];
    let one = Sheet { name: "a".into(), rows, ..Sheet::default() };
    assert!(sheet::write(&Book { title: String::new(), sheets: vec![one] }).is_err());
}

proptest! {
    #[test]
    fn whatever_was_typed_comes_back(all in proptest::collection::vec(".{0,40}", 1..6)) {
        let column = |n: usize| Column { name: format!("c{n}"), title: format!("C{n}"), tag: String::new(), kind: Kind::Text, about: String::new() };
        let rows = vec![all.iter().map(|t| Value::Text(t.clone())).collect()];
        let t = Table { columns: (0..all.len()).map(column).collect(), rows, ..Table::default() };
        let out = csv(&t).unwrap();
        let mut read = csv::Reader::from_reader(out.as_slice());
        let said: Vec<String> = all.iter().map(|t| harmless(t)).collect();
        // A file cannot tell one empty field from none.
        if all.len() > 1 || !said[0].is_empty() {
            let row = read.records().next().unwrap().unwrap();
            prop_assert_eq!(row.iter().map(str::to_owned).collect::<Vec<_>>(), said);
        }
    }
}
