//! Headers: `label::Español (es)` is the column `label` in the language `Español (es)`.

use std::collections::BTreeMap;

use super::workbook::Sheet;
use crate::limits;
use crate::problem::{Code, Place, Problem};

/// What a column holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Column {
    /// A column without language, by its canonical name.
    Plain(String),
    /// A text column with its language.
    Text(String, String),
}

/// Languages in order of first appearance.
#[derive(Debug)]
pub(super) struct Languages {
    default: Option<String>,
    seen: Vec<String>,
}

impl Languages {
    pub(super) fn new(default: &Option<String>) -> Self {
        Self { default: default.clone(), seen: Vec::new() }
    }

    /// The language of a text column that names none.
    fn unnamed(&self) -> String {
        self.default.clone().unwrap_or_else(|| "default".to_owned())
    }

    fn note(&mut self, language: &str) {
        if !self.seen.iter().any(|l| l == language) {
            self.seen.push(language.to_owned());
        }
    }

    /// All languages, and the default one (the first if the settings name none).
    pub(super) fn finish(mut self, problems: &mut Vec<Problem>) -> (Vec<String>, String) {
        let default =
            self.default.clone().or_else(|| self.seen.first().cloned()).unwrap_or_else(|| "default".into());
        self.note(&default);
        if self.seen.len() > limits::LANGUAGES {
            problems.push(Problem::limit("languages", limits::LANGUAGES, Place::new("survey", 1, "")));
        }
        (self.seen, default)
    }
}

/// Reads the header row. `texts` are the columns that may carry a language.
pub(super) fn headers(
    sheet: &Sheet,
    name: &str,
    texts: &[&str],
    languages: &mut Languages,
    problems: &mut Vec<Problem>,
) -> BTreeMap<u32, Column> {
    let mut columns: BTreeMap<u32, Column> = BTreeMap::new();
    for (index, header) in &sheet.headers {
        let (base, language) = match header.split_once("::") {
            Some((base, language)) => (base.trim(), Some(language.trim())),
            None => (header.as_str(), None),
        };
        let canonical = canonical(base, name);
        let column = match language {
            Some(language) if texts.contains(&canonical.as_str()) && !language.is_empty() => {
                Column::Text(canonical, language.to_owned())
            }
            None if texts.contains(&canonical.as_str()) => Column::Text(canonical, languages.unnamed()),
            Some(_) => Column::Plain(header.clone()),
            None => Column::Plain(canonical),
        };
        if columns.values().any(|other| *other == column) {
            problems.push(
                Problem::error(Code::DuplicateColumn, Place::new(name, 1, header)).with("column", header),
            );
            continue;
        }
        if let Column::Text(_, language) = &column {
            languages.note(language);
        }
        columns.insert(*index, column);
    }
    columns
}

/// Older spellings to the present one. Extra columns of choices keep their case.
fn canonical(base: &str, sheet: &str) -> String {
    let lower = base.trim().to_lowercase().replace(' ', "_");
    match lower.as_str() {
        "read_only" => "readonly".into(),
        "calculate" => "calculation".into(),
        "relevance" => "relevant".into(),
        "list" if sheet == "choices" => "list_name".into(),
        "value" if sheet == "choices" => "name".into(),
        "list_name" | "name" | "label" => lower,
        _ if sheet == "choices" => base.trim().to_owned(),
        _ => lower,
    }
}
