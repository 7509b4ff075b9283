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
    assert!(
        told.contains("one.csv: 3 rows left out") && text(&out.stdout).contains("3 rows left out."),
        "{told}"
    );
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
        let told = text(&out.stderr);
        assert!(out.status.code() == Some(2) && told.contains(why), "{args:?} {told}");
    }
}

#[test]
fn the_probability_of_a_pair_is_its_own_and_the_threshold_says_which_it_meant() {
    let folder = tempfile::tempdir().unwrap();
    // Somebody of whom little is known, who may be the first two.
    let rows = [&PEOPLE[..], &["a5,4,Elena,Cux,,,F,2010,,0920,GTM,,,,PGN,2026-01-02"]].concat();
    write(folder.path(), "people.csv", &rows);
    let out = ceiba(folder.path(), &["people.csv", "--pairs", "p.csv", "--least", "0", "--threshold", "0.5"]);
    assert!(out.status.success(), "{}", text(&out.stderr));
    let pairs = read(folder.path(), "p.csv");
    let own: Vec<f64> = pairs.iter().map(|pair| pair[2].parse().unwrap()).collect();
    assert!(own.len() > 1 && own[1] < 0.4, "{own:?}");
    for (pair, own) in pairs.iter().zip(&own) {
        // Log odds in bits.
        let odds = pair[3].parse::<f64>().unwrap().exp2();
        assert!((odds / (1.0 + odds) - own).abs() < 0.002, "{pair:?}");
    }
    // What is linked is right to a half in all, as far as the model can tell.
    let mut sum = 0.0;
    let linked = (1u32..).zip(&own).take_while(|(n, own)| {
        sum += **own;
        sum / f64::from(*n) >= 0.5
    });
    let (_, least) = linked.last().unwrap();
    let said = text(&out.stdout);
    let told = said.split("has a probability of ").nth(1).unwrap().split(' ').next().unwrap();
    assert!((told.parse::<f64>().unwrap() - least).abs() < 0.001, "{said} {own:?}");
}

#[test]
fn what_is_unread_is_told_by_column_and_a_day_in_front_is_read_when_the_map_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<String> = PEOPLE
        .iter()
        .map(|row| {
            row.replace("2010-03-07,", "7/3/2010,")
                .replace("2003-09-20,", "20/09/2003,")
                .replace(",15,", ",15 años,")
        })
        .map(|row| row.replace("5555-1234", "no tiene"))
        .collect();
    write(folder.path(), "people.csv", &borrowed(&rows));
    let out = ceiba(folder.path(), &["people.csv", "--pairs", "p.csv"]);
    let told = text(&out.stderr);
    for line in [
        "people.csv, birth_date: 3 of 4 unread, e.g. line 2, line 3, line 4; where the day comes first",
        "people.csv, age_years: 1 of 1 unread, e.g. line 3",
        "people.csv, phone: 1 of 3 unread, e.g. line 3",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    assert!(!told.contains("recorded_at:") && !told.contains("surname"), "{told}");
    std::fs::write(folder.path().join("map.toml"), "date_order = \"day-first\"\n").unwrap();
    let out = ceiba(folder.path(), &["people.csv", "--pairs", "p.csv", "--map", "map.toml"]);
    assert!(!text(&out.stderr).contains("unread, e.g. line 2"), "{}", text(&out.stderr));
    let pairs = read(folder.path(), "p.csv");
    assert!(pairs[0][4].contains("la misma fecha de nacimiento"), "{}", &pairs[0][4]);
    std::fs::write(folder.path().join("map.toml"), "date_order = \"guess\"\n").unwrap();
    let out = ceiba(folder.path(), &["people.csv", "--map", "map.toml"]);
    assert!(text(&out.stderr).contains("year-first or day-first"), "{}", text(&out.stderr));
}

#[test]
fn a_register_of_an_older_excel_is_read_and_an_open_quotation_mark_is_told_by_its_lines() {
    let folder = tempfile::tempdir().unwrap();
    let latin: Vec<u8> = format!("{HEADING}\n{}\n{}\n", PEOPLE[0].replace("Ixcoy", "Nuñez"), PEOPLE[1])
        .replace(',', ";")
        .chars()
        .map(|c| u8::try_from(c).unwrap())
        .collect();
    std::fs::write(folder.path().join("old.csv"), latin).unwrap();
    let refused = ceiba(folder.path(), &["old.csv", "--encoding", "windows-1252"]);
    assert!(text(&refused.stderr).contains("--delimiter \";\""), "{}", text(&refused.stderr));
    let out = ceiba(folder.path(), &["old.csv", "--encoding", "windows-1252", "--delimiter", ";"]);
    assert!(text(&out.stdout).contains("2 records"), "{} {}", text(&out.stdout), text(&out.stderr));
    let rows: Vec<String> = std::iter::once("x0,1,\"María".to_owned())
        .chain((0..1001).map(|n| format!("x{n},too few")))
        .chain(std::iter::once("\"".to_owned()))
        .chain((0..1001).map(|n| format!("y{n},too few")))
        .chain(PEOPLE.map(str::to_owned))
        .collect();
    write(folder.path(), "bad.csv", &borrowed(&rows));
    let out = ceiba(folder.path(), &["bad.csv"]);
    let told = text(&out.stderr);
    assert!(
        told.contains("bad.csv, lines 2–1004, left out: 3 columns instead of 16; a quotation mark"),
        "{}",
        &told[..300]
    );
    assert!(
        told.contains("more rows are left out") && told.contains("bad.csv: 1002 rows left out (2004 lines)"),
        "{told}"
    );
    assert!(text(&out.stdout).contains("4 records"));
}

#[test]
fn whoever_nobody_names_in_truth_is_not_counted_as_one_person() {
    let folder = tempfile::tempdir().unwrap();
    let rows =
        [PEOPLE[0], PEOPLE[1], &PEOPLE[2].replacen(",2,", ",,", 1), &PEOPLE[3].replacen(",3,", ",,", 1)];
    write(folder.path(), "people.csv", &rows);
    let out = ceiba(folder.path(), &["evaluate", "people.csv"]);
    let told = text(&out.stdout);
    assert!(told.contains("true pairs        1") && told.contains("rows left out     2"), "{told}");
    assert!(text(&out.stderr).contains("line 4, left out: nobody says who it is in truth"));
}

#[test]
fn a_threshold_that_is_none_is_refused_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "people.csv", &PEOPLE);
    for args in [
        &["people.csv", "--threshold", "95"][..],
        &["people.csv", "--threshold", "nan"],
        &["people.csv", "--least", "-1"],
        &["evaluate", "people.csv", "--threshold", "1.5"],
        &["compare", "a", "b", "--threshold", "7", "--pairs", "p.csv"],
        &["people.csv", "--country", "nowhere"],
    ] {
        let out = ceiba(folder.path(), args);
        assert_eq!(out.status.code(), Some(2), "{args:?} {}", text(&out.stderr));
    }
}

#[test]
fn a_large_register_says_what_its_passes_brought() {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<String> = (0..8_100)
        .map(|n| {
            format!(
                "r{n},{n},Ana{},Cux{},,,F,20{:02}-03-07,,0920,GTM,,,,PGN,2026-01-02",
                n % 90,
                n % 500,
                n % 20
            )
        })
        .collect();
    write(folder.path(), "people.csv", &borrowed(&rows));
    let out = ceiba(folder.path(), &["people.csv"]);
    let told = text(&out.stdout);
    let passes = told.lines().filter(|line| line.contains("records in the largest block")).count();
    assert!(passes > 3, "{told} {}", text(&out.stderr));
}

/// Rows as [`write`] takes them.
fn borrowed(rows: &[String]) -> Vec<&str> {
    rows.iter().map(String::as_str).collect()
}
