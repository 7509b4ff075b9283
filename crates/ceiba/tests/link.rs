//! `ceiba link`, as somebody uses it who has two registers and a file with faults in it.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

use std::path::Path;
use std::process::{Command, Output};

const HEADING: &str = "record_id,entity_id,given_names,surname1,surname2,nickname,sex,birth_date,age_years,\
    municipality_code,nationality,id_number,phone,mother_name,institution,recorded_at";

/// Invented people: the first two are one person, the third is her sister.
const PEOPLE: [&str; 4] = [
    "a1,1,María Elena,Cux,Ixcoy,,F,2010-03-07,,0920,GTM,2345 67890 0101,55551234,Juana Ixcoy,PGN,2026-01-02T08:00:00Z",
    "a2,1,MARI ELENA,KUX,ISHCOY,,F,2010-03-07,15,0920,GTM,2345678900101,5555-1234,Juana Ixcoy Tum,SVET,2026-02-03T08:00:00Z",
    "a3,2,Rosa,Cux,Ixcoy,,F,2003-09-20,,0920,GTM,,55551234,Juana Ixcoy,PGN,2026-01-02T08:00:00Z",
    "a4,3,Byron,López,García,,M,1999,,0101,HND,,,,PNC,2026-03-04T08:00:00Z",
];

fn ceiba(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ceiba")).current_dir(folder).arg("link").args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn write(folder: &Path, name: &str, rows: &[&str]) {
    let rows: String = rows.iter().map(|row| format!("{row}\n")).collect();
    std::fs::write(folder.join(name), format!("{HEADING}\n{rows}")).unwrap();
}

fn read(folder: &Path, name: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_path(folder.join(name)).unwrap().records().map(|r| r.expect("a row")).collect()
}

#[test]
fn a_person_is_found_with_reasons_and_her_sister_is_not() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "people.csv", &PEOPLE);
    let args = ["people.csv", "--pairs", "p.csv", "--clusters", "c.csv", "--model", "m.toml"];
    let out = ceiba(folder.path(), &args);
    assert!(out.status.success(), "{}", text(&out.stderr));
    let pairs = read(folder.path(), "p.csv");
    assert_eq!((&pairs[0][0], &pairs[0][1]), ("a1", "a2"));
    assert!(pairs[0][2].parse::<f64>().unwrap() > 0.95 && pairs[0][3].parse::<f64>().unwrap() > 4.0);
    assert!(pairs[0][4].contains("el mismo documento"), "{}", &pairs[0][4]);
    assert!(pairs.iter().skip(1).all(|pair| pair[2].parse::<f64>().unwrap() < 0.95), "{pairs:?}");
    let groups: Vec<String> = read(folder.path(), "c.csv").iter().map(|row| row[1].to_owned()).collect();
    assert_eq!(groups, ["1", "1", "2", "3"]);
    let again =
        ceiba(folder.path(), &["people.csv", "--pairs", "q.csv", "--model", "m.toml", "--language", "en"]);
    assert!(again.status.success(), "a saved model is used: {}", text(&again.stderr));
    let english = read(folder.path(), "q.csv");
    assert!(english[0][4].contains("the same document"));
    assert_eq!(&english[0][3], &pairs[0][3], "the same model, the same weight");
}

#[test]
fn two_registers_are_linked_across_and_bad_rows_are_named() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "one.csv",
        &[PEOPLE[0], PEOPLE[2], "a9,too,few", PEOPLE[0], &PEOPLE[3].replacen("a4", "", 1)],
    );
    write(folder.path(), "two.csv", &[PEOPLE[1], PEOPLE[3]]);
    let out = ceiba(folder.path(), &["one.csv", "--against", "two.csv", "--pairs", "p.csv", "--least", "0"]);
    assert!(out.status.success(), "{}", text(&out.stderr));
    let told = text(&out.stderr);
    for (line, why) in [(4, "3 columns instead of 16"), (5, "its id was there before"), (6, "it has no id")] {
        assert!(told.contains(&format!("one.csv, line {line}, left out: {why}")), "{told}");
    }
    let pairs = read(folder.path(), "p.csv");
    assert!(pairs.iter().all(|pair| ["a1", "a3"].contains(&&pair[0]) && ["a2", "a4"].contains(&&pair[1])));
    assert_eq!((&pairs[0][0], &pairs[0][1]), ("a1", "a2"));
}

#[test]
fn what_is_right_is_counted_and_mistakes_are_answered_in_words() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "people.csv", &PEOPLE);
    let out = ceiba(folder.path(), &["evaluate", "people.csv", "--truth"]);
    let told = text(&out.stdout);
    assert!(
        told.contains("true pairs        1") && told.contains("precision 1.0000  recall 1.0000"),
        "{told}"
    );
    assert!(told.contains("pairs compared    6"), "{told}");
    std::fs::write(folder.path().join("map.toml"), "record_id = \"entity_id\"\n").unwrap();
    let out = ceiba(folder.path(), &["people.csv", "--map", "map.toml"]);
    assert!(
        text(&out.stderr).contains("line 3, left out: its id was there before"),
        "another column is the id"
    );
    std::fs::write(folder.path().join("map.toml"), "surname3 = \"x\"\n").unwrap();
    for (args, why) in [
        (&["people.csv", "--map", "map.toml"][..], "there is no field «surname3»"),
        (&["nobody.csv"][..], "nobody.csv"),
        (&["people.csv", "--language", "fr"][..], "es or en"),
        (&["evaluate", "people.csv", "--truth", "nothing"][..], "there is no column «nothing»"),
    ] {
        let out = ceiba(folder.path(), args);
        assert!(!out.status.success() && text(&out.stderr).contains(why), "{args:?} {}", text(&out.stderr));
    }
}
