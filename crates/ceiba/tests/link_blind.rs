//! `ceiba link encode`, `compare`, `ask` and `answer`, as two organisations use them that may not share names.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;
use std::process::{Command, Output};

const HEADING: &str =
    "record_id,given_names,surname1,surname2,sex,birth_date,municipality_code,mother_name,phone";

/// Invented people: the first of each side are one person, the second of ours is her sister.
const OURS: [&str; 3] = [
    "a1,María Elena,Cux,Ixcoy,F,2010-03-07,0920,Juana Ixcoy,55551234",
    "a2,Rosa,Cux,Ixcoy,F,2003-09-20,0920,Juana Ixcoy,55551234",
    "a3,Byron,López,García,M,1999-02-03,0101,,",
];
const THEIRS: [&str; 2] =
    ["b7,MARIA HELENA,KUX,ISHCOY,F,2010-03-07,0920,Juana Ixcoy,", "b8,Wendy,Flores,Paz,F,2008-11-30,1601,,"];

fn ceiba(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ceiba")).current_dir(folder).arg("link").args(args).output().unwrap()
}

fn does(folder: &Path, args: &[&str]) -> String {
    let out = ceiba(folder, args);
    assert!(out.status.success(), "{args:?}: {}", text(&out.stderr));
    text(&out.stdout)
}

/// Refused with 2 and a line that says why, and nothing written.
fn refuses(folder: &Path, args: &[&str], why: &str) {
    let out = ceiba(folder, args);
    let told = text(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{args:?}: {told}");
    assert!(told.contains(why), "{args:?}: {told}");
    assert!(!folder.join("never").exists(), "{args:?}");
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn write(folder: &Path, name: &str, heading: &str, rows: &[&str]) {
    let rows: String = rows.iter().map(|row| format!("{row}\n")).collect();
    std::fs::write(folder.join(name), format!("{heading}\n{rows}")).unwrap();
}

fn read(folder: &Path, name: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_path(folder.join(name)).unwrap().records().map(Result::unwrap).collect()
}

const SECRET: [&str; 4] = ["--secret-file", "secret", "--exchange", "refuge and clinic, 1"];

fn with<'a>(args: &[&'a str]) -> Vec<&'a str> {
    [args, &SECRET].concat()
}

fn two_sides() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("secret"), "an invented secret, 0123456789 abcdefghij\n").unwrap();
    write(at, "ours.csv", HEADING, &OURS);
    write(at, "theirs.csv", HEADING, &THEIRS);
    does(at, &with(&["encode", "ours.csv", "--out", "ours.bin"]));
    does(at, &with(&["encode", "theirs.csv", "--out", "theirs.bin"]));
    folder
}

#[test]
fn two_organisations_find_whom_both_know_and_unmask_what_both_agree_to() {
    let folder = two_sides();
    let at = folder.path();
    let (ours, theirs) = (read(at, "ours.bin.marks.csv"), read(at, "theirs.bin.marks.csv"));
    let mark = |marks: &[csv::StringRecord], id: &str| {
        marks.iter().find(|row| &row[1] == id).map(|row| row[0].to_owned()).unwrap()
    };
    does(at, &["compare", "ours.bin", "theirs.bin", "--pairs", "p.csv"]);
    let pairs = read(at, "p.csv");
    assert_eq!(pairs.len(), 1, "her sister is not she: {pairs:?}");
    let (a1, b7) = (mark(&ours, "a1"), mark(&theirs, "b7"));
    assert_eq!((&pairs[0][0], &pairs[0][1]), (a1.as_str(), b7.as_str()));
    does(
        at,
        &with(&["compare", "ours.bin", "theirs.bin", "--threshold", "0.2", "--best", "--pairs", "q.csv"]),
    );
    assert!(read(at, "q.csv").iter().any(|row| row[0] == a1));

    let (a3, b8) = (mark(&ours, "a3"), mark(&theirs, "b8"));
    let yes =
        [format!("{a1},{b7},She asked us to"), format!("{a3},{b8},Only we want this"), format!("{a1},{b8},")];
    write(at, "yes.csv", "ours,theirs,why", &yes.each_ref().map(String::as_str));
    let told = does(at, &with(&["ask", "yes.csv", "--marks", "ours.bin.marks.csv", "--out", "ours.ask"]));
    assert!(told.contains("2 pairs agreed to, 1 left out"), "{told}");
    write(at, "si.csv", "ours,theirs,why", &[&format!("{b7},{a1},=Her mother looks for her")]);
    does(at, &with(&["ask", "si.csv", "--marks", "theirs.bin.marks.csv", "--out", "theirs.ask"]));
    let answer = ["answer", "ours.ask", "theirs.ask", "--marks", "ours.bin.marks.csv", "--out", "answer.csv"];
    does(at, &with(&answer));
    let answers = read(at, "answer.csv");
    assert_eq!(answers.len(), 1);
    assert_eq!(
        (&answers[0][2], &answers[0][3], &answers[0][4]),
        ("a1", "She asked us to", "'=Her mother looks for her")
    );

    let changed = std::fs::read_to_string(at.join("theirs.ask")).unwrap().replace("mother", "father");
    std::fs::write(at.join("theirs.ask"), changed).unwrap();
    let answer = ["answer", "ours.ask", "theirs.ask", "--marks", "ours.bin.marks.csv", "--out", "never"];
    refuses(at, &with(&answer), "not made with this secret");
    for file in ["ours.bin", "theirs.bin", "ours.ask"] {
        let bytes = std::fs::read(at.join(file)).unwrap();
        for word in ["Elena", "Cux", "Ixcoy", "2010-", "5555123"] {
            assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{file}: {word}");
        }
    }
}

#[test]
fn what_is_cut_foreign_or_changed_is_refused() {
    let folder = two_sides();
    let at = folder.path();
    let compare = |theirs: &'static str| ["compare", "ours.bin", theirs, "--pairs", "never"];
    let bytes = std::fs::read(at.join("theirs.bin")).unwrap();
    std::fs::write(at.join("cut.bin"), &bytes[..bytes.len() - 9]).unwrap();
    let mut changed = bytes;
    changed[100] ^= 4;
    std::fs::write(at.join("changed.bin"), changed).unwrap();
    let other = ["encode", "theirs.csv", "--out", "other.bin", "--secret-file", "secret", "--exchange", "2"];
    does(at, &other);
    refuses(at, &compare("cut.bin"), "cut off or was changed");
    refuses(at, &compare("changed.bin"), "cut off or was changed");
    refuses(at, &compare("other.bin"), "not of one exchange");
    refuses(at, &compare("ours.csv"), "no file of a blind exchange");
    refuses(at, &compare("ours.bin"), "one and the same file");
    refuses(at, &compare("nothing.bin"), "nothing.bin");
    refuses(at, &[&compare("theirs.bin")[..], &["--threshold", "7"]].concat(), "0 to 1 is expected");
    refuses(
        at,
        &[&compare("theirs.bin")[..], &["--secret-file", "ours.csv", "--exchange", "x"]].concat(),
        "this secret",
    );
    std::fs::write(at.join("weak"), "1234").unwrap();
    let weak = ["encode", "ours.csv", "--secret-file", "weak", "--exchange", "x", "--out", "never"];
    refuses(at, &weak, "too short or repeats itself");
    refuses(at, &with(&["encode", "nobody.csv", "--out", "never"]), "nobody.csv");
    refuses(
        at,
        &with(&["ask", "ours.csv", "--marks", "ours.bin.marks.csv", "--out", "never"]),
        "no column «ours»",
    );
    refuses(
        at,
        &with(&["ask", "ours.csv", "--marks", "ours.csv", "--out", "never"]),
        "mark and record_id are expected",
    );
}

#[test]
fn phones_plates_and_handles_meet_and_bad_rows_are_named() {
    let folder = two_sides();
    let at = folder.path();
    let heading = "record_id,kind,value";
    write(
        at,
        "c.csv",
        heading,
        &["r1,phone,5555-1234", "r2,plate,P-123 BCD", "r3,email,x", ",phone,55551111", "r4,phone,12"],
    );
    write(at, "d.csv", heading, &["s1,phone,55551235", "s2,plate,p123bcd", "s3,handle,@don.beto"]);
    let out = ceiba(at, &with(&["encode", "c.csv", "--contacts", "--out", "c.bin"]));
    assert!(out.status.success());
    let told = text(&out.stderr);
    for (line, why) in [(4, "its kind is not"), (5, "it has no id"), (6, "there is too little of it")] {
        assert!(told.contains(&format!("c.csv, line {line}, left out: {why}")), "{told}");
    }
    does(at, &with(&["encode", "d.csv", "--contacts", "--out", "d.bin"]));
    does(at, &["compare", "c.bin", "d.bin", "--pairs", "p.csv"]);
    let alike: Vec<String> = read(at, "p.csv").iter().map(|row| row[2].to_owned()).collect();
    assert_eq!(alike, ["same", "near"]);
    refuses(at, &["compare", "c.bin", "ours.bin", "--pairs", "never"], "not of one exchange");
}

/// The marks are the only key to a file that may have been handed over.
#[test]
fn encoding_again_does_not_destroy_the_key_to_what_was_handed_over() {
    let folder = two_sides();
    let at = folder.path();
    let (marks, file) = (at.join("ours.bin.marks.csv"), at.join("ours.bin"));
    let before = [std::fs::read(&marks).unwrap(), std::fs::read(&file).unwrap()];
    refuses(at, &with(&["encode", "ours.csv", "--out", "ours.bin"]), "--replace");
    assert_eq!([std::fs::read(&marks).unwrap(), std::fs::read(&file).unwrap()], before);
    does(at, &with(&["encode", "ours.csv", "--out", "ours.bin", "--replace"]));
    assert_ne!(std::fs::read(&marks).unwrap(), before[0]);
    does(at, &with(&["encode", "ours.csv", "--out", "ours.csv.bin"]));
    assert!(at.join("ours.csv.bin.marks.csv").exists(), "each file has its own");
}

/// One row that cannot be read does not end it, and a file of a spreadsheet in Spanish is read.
#[test]
fn lists_for_consent_are_read_as_spreadsheets_write_them() {
    let folder = two_sides();
    let at = folder.path();
    let mark = read(at, "ours.bin.marks.csv")[0][0].to_owned();
    let other = read(at, "theirs.bin.marks.csv")[0][0].to_owned();
    let mut list = format!("ours;theirs;why\n{mark};{other};Lo pidi").into_bytes();
    list.extend_from_slice(b"\xf3 ella\nx;y\n");
    std::fs::write(at.join("yes.csv"), list).unwrap();
    let ask = ["ask", "yes.csv", "--marks", "ours.bin.marks.csv", "--out", "ours.ask"];
    refuses(at, &with(&ask), "--delimiter");
    let told = does(at, &with(&[&ask[..], &["--delimiter", ";", "--encoding", "windows-1252"]].concat()));
    assert!(told.contains("1 pairs agreed to, 1 left out"), "{told}");
    let list = std::fs::read_to_string(at.join("ours.ask")).unwrap();
    assert!(list.contains("Lo pidió ella"), "{list}");
}
