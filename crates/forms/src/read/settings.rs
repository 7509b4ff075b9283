//! The settings sheet: one row of names and values.

use super::workbook::Sheet;
use crate::limits;
use crate::problem::{Code, Place, Problem};

/// What the settings say.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub id: String,
    pub version: String,
    pub title: String,
    pub default_language: Option<String>,
    pub instance_name: Option<String>,
}

/// Reads the first row below the headers.
pub(super) fn read(sheet: Option<&Sheet>, problems: &mut Vec<Problem>) -> Settings {
    let mut settings = Settings::default();
    let Some(sheet) = sheet else {
        problems.push(Problem::error(Code::MissingSheet, Place::default()).with("sheet", "settings"));
        return settings;
    };
    let Some((row, cells)) = sheet.rows.first() else {
        let place = Place::new("settings", 2, "form_id");
        problems.push(Problem::error(Code::MissingValue, place).with("what", "form_id"));
        return settings;
    };
    for (index, header) in &sheet.headers {
        let Some(value) = cells.get(index).cloned() else { continue };
        let place = Place::new("settings", *row, header);
        let name = header.trim().to_lowercase().replace(' ', "_");
        if value.len() > limits::LABEL_BYTES && name != "instance_name" {
            problems.push(Problem::limit("bytes of a text", limits::LABEL_BYTES, place));
            continue;
        }
        match name.as_str() {
            "form_id" | "id_string" => settings.id = value,
            "version" => settings.version = value,
            "form_title" | "title" => settings.title = super::texts::clean(&value).0,
            "default_language" => settings.default_language = Some(value),
            "instance_name" => settings.instance_name = Some(value),
            // An address to send answers to belongs to the server, never to a form.
            "submission_url" | "public_key" | "auto_send" | "auto_delete" => {
                problems.push(Problem::warning(Code::IgnoredColumn, place).with("column", header.as_str()));
            }
            _ => {}
        }
    }
    if settings.id.is_empty() {
        let place = Place::new("settings", *row, "form_id");
        problems.push(Problem::error(Code::MissingValue, place).with("what", "form_id"));
    } else if !super::tree::valid_name(&settings.id) {
        let place = Place::new("settings", *row, "form_id");
        problems.push(Problem::error(Code::BadName, place).with("name", &settings.id));
    }
    if settings.title.is_empty() {
        settings.title.clone_from(&settings.id);
    }
    settings
}
