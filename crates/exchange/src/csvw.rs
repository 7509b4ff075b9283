//! Tables as CSV with the description that machines read beside it (CSVW), and with a row of HXL tags when its columns have them.
//!
//! Source: W3C, «Metadata Vocabulary for Tabular Data» of 17 December 2015. File and description are made from one [`Table`], so that the
//! columns of one are those of the other. A hidden number is an empty field: a note beside it may say why.

use jiff::civil::Date;
use serde_json::{Map, Value as Json, json};

use crate::hxl;
use crate::iati::Number;

/// What stands in the fields of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number from zero up.
    Count,
    /// A number with at most two decimal places.
    Decimal,
    /// A day.
    Day,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in programs: small letters, digits, `_`. No two in a table are the same.
    pub name: String,
    /// Its heading, for people.
    pub title: String,
    /// Its HXL tag; empty when it has none.
    pub tag: String,
    /// What stands in it.
    pub kind: Kind,
    /// What it means.
    pub about: String,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing: none, or a number that is hidden.
    Empty,
    /// Text.
    Text(String),
    /// A number.
    Number(Number),
    /// A day.
    Day(Date),
}

/// A table that leaves as a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The name of the file.
    pub file: String,
    /// What it is called.
    pub title: String,
    /// What it says, how numbers are counted and which are hidden.
    pub about: String,
    /// BCP 47.
    pub language: String,
    /// Who publishes it.
    pub publisher: String,
    /// Whom to credit for what is not ours, as places.
    pub source: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with as many fields as there are columns.
    pub rows: Vec<Vec<Value>>,
}

/// Why a table cannot leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A name of a column that no program can use, or that is there twice.
    Name(String),
    /// A tag that HXL does not have the form of.
    Tag(String),
    /// A row with more or fewer fields than there are columns: its number, from 1.
    Row(usize),
    /// A field of another kind than its column: row and column, from 1.
    Field(usize, usize),
}

impl Table {
    /// Whether it has a row of tags.
    fn tagged(&self) -> bool {
        self.columns.iter().any(|c| !c.tag.is_empty())
    }

    fn check(&self) -> Result<(), Fault> {
        for (n, c) in self.columns.iter().enumerate() {
            let begins = c.name.starts_with(|c: char| c.is_ascii_lowercase());
            let fine = c.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            let twice = self.columns.iter().take(n).any(|before| before.name == c.name);
            if !begins || !fine || twice {
                return Err(Fault::Name(c.name.clone()));
            }
            if !c.tag.is_empty() && !hxl::tag(&c.tag) {
                return Err(Fault::Tag(c.tag.clone()));
            }
        }
        for (n, row) in self.rows.iter().enumerate() {
            if row.len() != self.columns.len() {
                return Err(Fault::Row(n + 1));
            }
            for (k, (value, column)) in row.iter().zip(&self.columns).enumerate() {
                let fits = match (value, column.kind) {
                    (Value::Empty, _) | (Value::Text(_), Kind::Text) | (Value::Day(_), Kind::Day) => true,
                    (Value::Number(_), Kind::Decimal) => true,
                    (Value::Number(n), Kind::Count) => n.0 >= 0 && n.0 % 100 == 0,
                    _ => false,
                };
                if !fits {
                    return Err(Fault::Field(n + 1, k + 1));
                }
            }
        }
        Ok(())
    }
}

/// The file: headings, tags if there are any, rows. UTF-8, line feeds.
///
/// # Errors
/// When the table does not hold together.
pub fn csv(t: &Table) -> Result<Vec<u8>, Fault> {
    t.check()?;
    let mut out = String::new();
    line(&mut out, t.columns.iter().map(|c| c.title.clone()));
    if t.tagged() {
        line(&mut out, t.columns.iter().map(|c| c.tag.clone()));
    }
    for row in &t.rows {
        line(
            &mut out,
            row.iter().map(|value| match value {
                Value::Empty => String::new(),
                Value::Text(text) => harmless(text),
                Value::Number(n) => n.to_string(),
                Value::Day(day) => day.to_string(),
            }),
        );
    }
    Ok(out.into_bytes())
}

/// Text that no spreadsheet takes for a formula: one that begins like one has an apostrophe before it. Control characters are spaces.
#[must_use]
pub fn harmless(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let clean = clean.trim();
    if clean.starts_with(['=', '+', '-', '@']) { format!("'{clean}") } else { clean.to_owned() }
}

fn line(out: &mut String, fields: impl Iterator<Item = String>) {
    for (n, field) in fields.enumerate() {
        if n > 0 {
            out.push(',');
        }
        if field.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&field);
        }
    }
    out.push('\n');
}

/// The name of the description of a file, where the standard looks for it first.
#[must_use]
pub fn beside(file: &str) -> String {
    format!("{file}-metadata.json")
}

/// The description.
///
/// # Errors
/// When the table does not hold together.
pub fn metadata(t: &Table) -> Result<Vec<u8>, Fault> {
    t.check()?;
    let columns: Vec<Json> = t.columns.iter().map(|c| column(t, c)).collect();
    let mut out = Map::new();
    out.insert("@context".into(), json!(["http://www.w3.org/ns/csvw", { "@language": t.language }]));
    out.insert("url".into(), json!(t.file));
    for (name, text) in [
        ("dc:title", &t.title),
        ("dc:description", &t.about),
        ("dc:publisher", &t.publisher),
        ("dc:source", &t.source),
    ] {
        if !text.is_empty() {
            out.insert(name.into(), json!(text));
        }
    }
    let rows = if t.tagged() { 2 } else { 1 };
    out.insert(
        "dialect".into(),
        json!({ "encoding": "utf-8", "lineTerminators": ["\n"], "headerRowCount": rows }),
    );
    out.insert("tableSchema".into(), json!({ "columns": columns }));
    let mut bytes = serde_json::to_vec_pretty(&Json::Object(out)).unwrap_or_default();
    bytes.push(b'\n');
    Ok(bytes)
}

fn column(t: &Table, c: &Column) -> Json {
    let datatype = match c.kind {
        Kind::Text => json!("string"),
        Kind::Count => json!("nonNegativeInteger"),
        Kind::Decimal => json!("decimal"),
        Kind::Day => json!({ "base": "date", "format": "yyyy-MM-dd" }),
    };
    let titles = if t.tagged() { json!([c.title, c.tag]) } else { json!(c.title) };
    let mut out =
        json!({ "name": c.name, "titles": titles, "datatype": datatype, "null": "", "required": false });
    if !c.about.is_empty()
        && let Some(map) = out.as_object_mut()
    {
        map.insert("dc:description".into(), json!(c.about));
    }
    out
}
