//! The survey sheet: each row to an item, not yet in a tree.

use super::columns::{Column, Languages, headers};
use super::kinds::{self, RowKind};
use super::texts;
use super::workbook::Sheet;
use crate::form::{Item, Kind};
use crate::limits;
use crate::problem::{Code, Place, Problem};

const TEXTS: &[&str] = &[
    "label",
    "hint",
    "constraint_message",
    "required_message",
    "why",
    "who_sees",
    "if_not",
    "sign_label",
    // Read only to say that it is not used.
    "guidance_hint",
];

/// Reads all rows in order.
pub(super) fn read(
    sheet: Option<&Sheet>,
    languages: &mut Languages,
    problems: &mut Vec<Problem>,
) -> Vec<(RowKind, Item)> {
    let Some(sheet) = sheet else { return Vec::new() };
    let columns = headers(sheet, "survey", TEXTS, languages, problems);
    for required in ["type", "name"] {
        if !columns.values().any(|c| *c == Column::Plain(required.into())) {
            let place = Place::new("survey", 1, "");
            problems.push(Problem::error(Code::MissingColumn, place).with("column", required));
            return Vec::new();
        }
    }
    let mut rows = Vec::new();
    for (number, cells) in &sheet.rows {
        let cell = |wanted: &str| {
            columns
                .iter()
                .find(|(_, c)| matches!(c, Column::Plain(name) if name == wanted))
                .and_then(|(index, _)| cells.get(index))
                .map(String::as_str)
        };
        let Some(kind) = cell("type") else {
            let place = Place::new("survey", *number, "type");
            problems.push(Problem::error(Code::MissingValue, place).with("what", "type"));
            continue;
        };
        let kind = match kinds::parse(kind, cell("parameters")) {
            Ok(kind) => kind,
            Err(parameters) => {
                let (code, column, arg) = match parameters {
                    true => (Code::BadParameters, "parameters", "value"),
                    false => (Code::UnknownType, "type", "type"),
                };
                let value = cell(column).unwrap_or_default();
                problems.push(Problem::error(code, Place::new("survey", *number, column)).with(arg, value));
                continue;
            }
        };
        let plain = match &kind {
            RowKind::Leaf(kind) | RowKind::Begin(kind) | RowKind::End(kind) => kind.clone(),
        };
        let mut item = Item::new("", plain);
        item.row = *number;
        for (index, column) in &columns {
            if let Some(value) = cells.get(index) {
                fill(&mut item, column, value, problems);
            }
        }
        rows.push((kind, item));
        // Without this a hostile sheet would cost memory for every row before the count is checked.
        if rows.len() > limits::FIELDS * 2 {
            problems.push(Problem::limit("fields", limits::FIELDS, Place::new("survey", *number, "")));
            break;
        }
    }
    rows
}

fn fill(item: &mut Item, column: &Column, value: &str, problems: &mut Vec<Problem>) {
    match column {
        Column::Text(name, language) => {
            let place = Place::new("survey", item.row, &format!("{name}::{language}"));
            let into = match name.as_str() {
                "label" => &mut item.label,
                "hint" => &mut item.hint,
                "constraint_message" => &mut item.constraint_message,
                "required_message" => &mut item.required_message,
                "why" => &mut item.why,
                "who_sees" => &mut item.who_sees,
                "if_not" => &mut item.if_not,
                "sign_label" => &mut item.sign_label,
                _ => {
                    problems.push(Problem::warning(Code::IgnoredColumn, place).with("column", name));
                    return;
                }
            };
            texts::put(into, language, value, &place, problems);
        }
        Column::Plain(name) => plain(item, name, value, problems),
    }
}

fn plain(item: &mut Item, name: &str, value: &str, problems: &mut Vec<Problem>) {
    let place = Place::new("survey", item.row, name);
    let formula = || Some(straight_quotes(value));
    match name {
        "type" | "parameters" => {}
        "name" => item.name = value.to_owned(),
        "relevant" => item.relevant = formula(),
        "constraint" => item.constraint = formula(),
        "calculation" => item.calculation = formula(),
        "choice_filter" => item.choice_filter = formula(),
        "sign" => item.sign = formula(),
        "default" => item.default = formula(),
        "appearance" => item.appearance = Some(value.to_owned()),
        "required" => {
            item.required = match flag(value) {
                Some(true) => Some("true()".into()),
                Some(false) => None,
                None => formula(),
            }
        }
        "readonly" | "sensitive" => match flag(value) {
            Some(on) if name == "readonly" => item.readonly = on,
            Some(on) => item.sensitive = on,
            None => problems.push(Problem::error(Code::BadFlag, place).with("value", value)),
        },
        // Leaving it out would change how many copies there are, so it is refused, not ignored.
        "repeat_count" | "trigger" | "save_to" => {
            problems.push(Problem::error(Code::UnsupportedColumn, place).with("column", name));
        }
        _ if matches!(item.kind, Kind::Group) && name == "intent" => {}
        _ => problems.push(Problem::warning(Code::IgnoredColumn, place).with("column", name)),
    }
}

fn flag(value: &str) -> Option<bool> {
    match value.to_lowercase().as_str() {
        "yes" | "true" | "true()" | "sí" | "si" | "1" => Some(true),
        "no" | "false" | "false()" | "0" => Some(false),
        _ => None,
    }
}

/// Spreadsheets turn quotes into curly ones while typing; in a formula they are never meant.
fn straight_quotes(source: &str) -> String {
    source.replace(['‘', '’'], "'").replace(['“', '”'], "\"")
}
