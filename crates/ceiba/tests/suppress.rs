//! `ceiba suppress`, as somebody uses it who has a table for a report, and then one with faults in it.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;
use std::process::{Command, Output};

fn ceiba(folder: &Path, lang: &str, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ceiba"))
        .current_dir(folder)
        .env("LANG", lang)
        .arg("suppress")
        .args(args)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn manifest(folder: &Path) -> serde_json::Value {
    serde_json::from_str(&std::fs::read_to_string(folder.join("safe.csv.json")).unwrap()).unwrap()
}

const TABLE: &str = "site,service,count\nK1,legal,3\nK1,health,40\nK2,legal,30\nK2,health,50\nK1,*,43\nK2,*,80\n*,legal,33\n*,health,90\n*,total,123\n";
const ARGS: [&str; 6] = ["--table", "t.csv", "--threshold", "10", "--out", "safe.csv"];

#[test]
fn a_table_with_totals_comes_out_with_what_must_be_hidden_and_a_manifest() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("t.csv"), TABLE).unwrap();
    let out = ceiba(folder.path(), "es_GT.UTF-8", &ARGS);
    assert!(out.status.success(), "{}", text(&out.stderr));
    assert!(text(&out.stdout).contains("ocultos por ser pocos"), "{}", text(&out.stdout));
    let safe = std::fs::read_to_string(folder.path().join("safe.csv")).unwrap();
    let lines: Vec<&str> = safe.lines().collect();
    assert_eq!(lines.len(), 10);
    assert_eq!((lines[0], lines[1]), ("site,service,count", "K1,legal,c"));
    assert!(lines[9].starts_with("*,total,"), "as it was written: {}", lines[9]);
    let m = manifest(folder.path());
    assert_eq!(m["threshold"], 10);
    assert_eq!(m["hidden"], 4);
    assert_eq!(m["attack"]["recovered"], 0);
    assert_eq!(m["sha256_out"].as_str().unwrap().len(), 64);
    // Nothing is written over unless somebody says so; the same input gives the same bytes.
    let again = ceiba(folder.path(), "es_GT.UTF-8", &ARGS);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("ya existe"), "{}", text(&again.stderr));
    let again = ceiba(folder.path(), "es_GT.UTF-8", &[&ARGS[..], &["--overwrite"]].concat());
    assert!(again.status.success());
    assert_eq!(std::fs::read_to_string(folder.path().join("safe.csv")).unwrap(), safe);
}

/// Whoever has table and manifest tries what is hidden: nothing in either may say which guess is right.
#[test]
fn two_inputs_with_the_same_safe_table_have_the_same_manifest() {
    let folder = tempfile::tempdir().unwrap();
    let made = |few: [u64; 2]| {
        let table = format!(
            "site,service,count\nK1,legal,{}\nK1,health,{}\nK2,legal,30\nK2,health,50\n",
            few[0], few[1]
        );
        std::fs::write(folder.path().join("t.csv"), table).unwrap();
        let out = ceiba(folder.path(), "es_GT", &[&ARGS[..], &["--overwrite"]].concat());
        assert!(out.status.success(), "{}", text(&out.stderr));
        (std::fs::read_to_string(folder.path().join("safe.csv")).unwrap(), manifest(folder.path()))
    };
    let first = made([3, 40]);
    assert_eq!(first.0.matches(",c\n").count(), 4);
    for other in [[4, 40], [3, 41], [3, 4], [9, 9]] {
        assert_eq!(made(other), first, "{other:?}");
    }
}

/// Somebody who has the totals from elsewhere subtracts: one hidden number in a row is none.
#[test]
fn totals_count_as_known_also_where_they_are_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let table = "site,service,count\nK1,legal,3\nK1,health,40\nK2,legal,30\nK2,health,50\n";
    std::fs::write(folder.path().join("t.csv"), table).unwrap();
    let hidden = |more: &[&str]| {
        let out = ceiba(folder.path(), "es_GT", &[&ARGS[..], &["--overwrite"], more].concat());
        assert!(out.status.success(), "{}", text(&out.stderr));
        let safe = std::fs::read_to_string(folder.path().join("safe.csv")).unwrap();
        assert_eq!(safe.lines().count(), 5, "no total is written");
        (safe.lines().filter(|l| l.ends_with(",c")).count(), text(&out.stdout))
    };
    assert_eq!(hidden(&[]).0, 4, "of a row or a column with one hidden number the total would give it away");
    assert_eq!(manifest(folder.path())["protects_totals"], true);
    let (alone, said) = hidden(&["--no-totals"]);
    assert_eq!(alone, 1);
    assert!(said.contains("quien sepa los totales"), "{said}");
    assert_eq!(manifest(folder.path())["protects_totals"], false);
}

#[test]
fn most_of_a_table_goes_a_level_up_and_totals_can_be_added() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "municipality;count\nM1;3\nM2;9\nM3;8\nM4;4\nM5;30\n";
    std::fs::write(folder.path().join("t.csv"), format!("\u{feff}{rows}")).unwrap();
    std::fs::write(folder.path().join("h.csv"), "child,parent\nM1,D1\nM2,D1\nM3,D2\nM4,D2\nM5,D3\n").unwrap();
    let out = ceiba(folder.path(), "en_US", &[&ARGS[..], &["--hierarchy", "h.csv", "--totals"]].concat());
    assert!(out.status.success(), "{}", text(&out.stderr));
    assert!(text(&out.stdout).contains("a level up"), "{}", text(&out.stdout));
    let safe = std::fs::read_to_string(folder.path().join("safe.csv")).unwrap();
    assert_eq!(safe, "municipality;count\n*;54\nD1;12\nD2;12\nD3;30\n");
    assert_eq!(manifest(folder.path())["generalised"][0]["dimension"], "municipality");
}

#[test]
fn bad_input_is_named_in_one_line_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    for (table, es, en) in [
        ("site,count\nK1,tres\n", "línea 2: «tres»", "line 2: «tres»"),
        ("site,count\nK1,-3\n", "línea 2", "line 2"),
        ("site,count\nK1,3\nK1,4\n", "línea 3: la misma fila", "line 3: the same row"),
        ("site,count\nK1,3,4\n", "línea 2: se esperan 2", "line 2: 2 columns"),
        ("site,count\nK1,3\n*,4\n", "línea 3: el total es 4", "line 3: the total is 4"),
        ("site,number\nK1,3\n", "línea 1", "line 1"),
        ("site,count\n,3\n", "línea 2: la columna «site»", "line 2: the column «site»"),
        ("site,count\n", "no hay ninguna fila", "there is no row"),
        ("", "línea 1", "line 1"),
    ] {
        std::fs::write(folder.path().join("t.csv"), table).unwrap();
        for (lang, says) in [("es_GT", es), ("en_GB", en), ("C", es)] {
            let out = ceiba(folder.path(), lang, &ARGS);
            let said = text(&out.stderr);
            assert_eq!(out.status.code(), Some(2), "{table:?}");
            assert!(said.contains(says) && said.lines().count() == 1, "{table:?}: {said}");
        }
        assert!(!folder.path().join("safe.csv").exists());
    }
    std::fs::write(folder.path().join("t.csv"), [b"site,count\nK\xff,3\n" as &[u8]].concat()).unwrap();
    assert_eq!(ceiba(folder.path(), "C", &ARGS).status.code(), Some(2));
    std::fs::write(folder.path().join("t.csv"), TABLE).unwrap();
    for threshold in ["3", "diez", "-1", ""] {
        let low = ["--table", "t.csv", &format!("--threshold={threshold}"), "--out", "safe.csv"];
        let out = ceiba(folder.path(), "C", &low);
        assert_eq!(out.status.code(), Some(2), "the threshold only goes up");
        let said = text(&out.stderr);
        assert!(said.contains("se espera un número entero, 5 o más") && said.lines().count() == 1, "{said}");
    }
}
