//! `docs/hostile-inputs.md` is true: all forty are on it, and the tests that it names exist.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The tests that a line names: `file::test`, or `…::test` of the same file.
fn named(line: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for code in line.split('`').skip(1).step_by(2) {
        let Some((file, test)) = code.split_once("::") else { continue };
        let file = if file == "…" {
            all.last().map_or_else(String::new, |(f, _)| f.clone())
        } else {
            file.to_owned()
        };
        all.push((file, test.to_owned()));
    }
    all
}

/// Whether a file has a test of this name: a function marked as one, or one in a browser.
fn has(text: &str, test: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let function = format!("fn {test}(");
    lines.iter().enumerate().any(|(n, line)| {
        let mut marks = lines[..n].iter().rev().take_while(|l| l.starts_with("#["));
        (line.contains(&function) && marks.any(|l| l.contains("test]")))
            || line.starts_with(&format!("test('{test}'"))
    })
}

#[test]
fn every_hostile_input_is_listed_and_its_test_exists() {
    let text = std::fs::read_to_string(root().join("docs/hostile-inputs.md")).unwrap();
    let mut seen = BTreeSet::new();
    for line in text.lines().filter(|l| l.starts_with("| ")) {
        let Some(Ok(number)) = line.split('|').nth(1).map(|n| n.trim().parse::<u8>()) else { continue };
        assert!(seen.insert(number), "{number} comes twice");
        let tests = named(line);
        // Without a channel yet: it says so, and whether an issue brings it.
        assert!(
            tests.is_empty() == line.contains("no channel yet"),
            "{number}: a test or a reason, not both"
        );
        for (file, test) in tests {
            let path = root().join(&file);
            let source =
                std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{number}: no file {file}"));
            assert!(has(&source, &test), "{number}: {file} has no test {test}");
        }
    }
    assert_eq!(seen, (1..=40).collect(), "some of the forty are missing");
}

#[test]
fn a_name_that_is_no_test_is_noticed() {
    let source =
        "#[tokio::test]\nasync fn a_test() {}\n\nfn a_helper() {}\ntest('in a browser', async () => {});";
    assert!(has(source, "a_test") && has(source, "in a browser"));
    assert!(!has(source, "a_helper") && !has(source, "a_tes") && !has(source, "in a"));
}
