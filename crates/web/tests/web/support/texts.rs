//! Reads the files of texts and the source, for the tests of words.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

/// A message as it stands in its file.
pub struct Message {
    pub file: String,
    pub key: String,
    /// The pattern, with its placeables.
    pub raw: String,
    /// Whether survivors read it: its file or its group begins with a comment `survivor`.
    pub survivor: bool,
}

impl Message {
    /// The names of its variables, sorted.
    pub fn variables(&self) -> Vec<String> {
        static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\$(\w+)").unwrap());
        let mut names: Vec<_> = NAME.captures_iter(&self.raw).map(|found| found[1].to_owned()).collect();
        names.sort();
        names.dedup();
        names
    }

    /// What is read, one sentence an item; a variable counts as a word, a variant as a sentence.
    pub fn sentences(&self) -> Vec<String> {
        let text = replace(r"\{ *\$\w+ *\}", &self.raw, "x");
        let text = replace(r"\{ *\$\w+ *->|\*?\[\w+\]|\}", &text, ". ");
        text.split(['.', '?', ':', ';']).map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect()
    }
}

/// All messages of a language.
pub fn messages(lang: &str) -> Vec<Message> {
    let folder = root().join("../../packs/core/locales").join(lang);
    let start = Regex::new(r"^([a-z][a-z0-9_-]*) =(.*)$").unwrap();
    let mut all: Vec<Message> = Vec::new();
    for path in files(&folder, "ftl") {
        let file = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (mut whole, mut group) = (false, false);
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            if let Some(comment) = line.strip_prefix("### ") {
                whole |= comment.trim() == "survivor";
            } else if let Some(comment) = line.strip_prefix("##") {
                group = comment.trim() == "survivor";
            } else if let Some(found) = start.captures(line) {
                let (key, raw) = (found[1].to_owned(), found[2].trim().to_owned());
                all.push(Message { file: file.clone(), key, raw, survivor: whole || group });
            } else if line.starts_with(' ') {
                let message = all.last_mut().unwrap();
                message.raw = format!("{} {}", message.raw, line.trim());
            }
        }
    }
    all
}

/// The code of this crate, as one text.
pub fn source() -> String {
    code(&root().join("src"))
}

/// The code under a folder, as one text. Comments may name what does not exist.
pub fn code(folder: &Path) -> String {
    let texts = files(folder, "rs").into_iter().map(|path| std::fs::read_to_string(path).unwrap());
    let code = |text: String| {
        text.lines().filter(|line| !line.trim().starts_with("//")).collect::<Vec<_>>().join("\n")
    };
    texts.map(code).collect()
}

/// The first group of each match.
pub fn find(pattern: &str, text: &str) -> Vec<String> {
    Regex::new(pattern).unwrap().captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// The first two groups of each match.
pub fn pairs(pattern: &str, text: &str) -> Vec<(String, String)> {
    Regex::new(pattern).unwrap().captures_iter(text).map(|m| (m[1].to_owned(), m[2].to_owned())).collect()
}

fn replace(pattern: &str, text: &str, by: &str) -> String {
    Regex::new(pattern).unwrap().replace_all(text, by).into_owned()
}

/// The files with this ending, also in folders below, in order.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
