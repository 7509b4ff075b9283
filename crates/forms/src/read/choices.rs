//! The choices sheet.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Column, Languages, headers};
use super::workbook::Sheet;
use super::{texts, tree};
use crate::form::{Choice, List};
use crate::limits;
use crate::problem::{Code, Place, Problem};

/// Reads all lists. A sheet that is not there is a form without selects.
pub(super) fn read(
    sheet: Option<&Sheet>,
    languages: &mut Languages,
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, List> {
    let mut lists: BTreeMap<String, List> = BTreeMap::new();
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    let Some(sheet) = sheet else { return lists };
    let columns = headers(sheet, "choices", &["label"], languages, problems);
    if sheet.rows.len() > limits::CHOICES {
        problems.push(Problem::limit("choices", limits::CHOICES, Place::new("choices", 0, "")));
        return lists;
    }
    for (row, cells) in &sheet.rows {
        let mut choice = Choice::default();
        let mut list = String::new();
        for (index, column) in &columns {
            let Some(value) = cells.get(index) else { continue };
            match column {
                Column::Plain(name) if name == "list_name" => list.clone_from(value),
                Column::Plain(name) if name == "name" => choice.name.clone_from(value),
                Column::Plain(name) => {
                    choice.extra.insert(name.clone(), value.clone());
                }
                Column::Text(name, language) => {
                    let place = Place::new("choices", *row, &format!("{name}::{language}"));
                    texts::put(&mut choice.label, language, value, &place, problems);
                }
            }
        }
        if list.is_empty() || choice.name.is_empty() {
            let what = if list.is_empty() { "list_name" } else { "name" };
            let place = Place::new("choices", *row, what);
            problems.push(Problem::error(Code::MissingValue, place).with("what", what));
            continue;
        }
        let place = Place::new("choices", *row, "name");
        // Answers of select_multiple are separated by blanks.
        if choice.name.contains(char::is_whitespace) || choice.name.len() > limits::NAME_BYTES {
            problems.push(Problem::error(Code::BadName, place).with("name", &choice.name));
            continue;
        }
        if !tree::valid_name(&list) {
            let place = Place::new("choices", *row, "list_name");
            problems.push(Problem::error(Code::BadName, place).with("name", &list));
            continue;
        }
        if !seen.insert((list.clone(), choice.name.clone())) {
            problems.push(Problem::error(Code::DuplicateName, place).with("name", &choice.name));
            continue;
        }
        lists.entry(list).or_default().choices.push(choice);
    }
    lists
}
