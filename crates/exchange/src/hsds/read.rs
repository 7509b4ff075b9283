//! Reading: each row for itself, and what is wrong with it in words that a page can say.

use serde_json::Value;
use uuid::Uuid;

use super::Service;

/// Services in one file.
pub const MOST: usize = 2000;

/// Why a file cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is not JSON.
    #[error("not JSON")]
    NotJson,
    /// There is no service in it, nor a list or page of services.
    #[error("no services in it")]
    NoServices,
    /// More than [`MOST`].
    #[error("too many services")]
    TooMany,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It must be there and is not.
    Missing,
    /// It must be a UUID.
    NotUuid,
    /// It is none of the values that the standard allows.
    NotOneOf,
    /// It is of another kind than the standard says.
    NotSuch,
}

impl Why {
    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotUuid => "not-uuid",
            Self::NotOneOf => "not-one-of",
            Self::NotSuch => "not-such",
        }
    }
}

/// One row of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, from one.
    pub number: usize,
    /// What it calls itself, as far as that can be read.
    pub name: String,
    /// The service, or each field that is wrong and why.
    pub service: Result<Box<Service>, Vec<(String, Why)>>,
    /// Whether it says where something is. That was not read.
    pub places: bool,
}

/// Reads one service, a list of services, or a page of the standard's API (`contents`).
///
/// # Errors
/// When the file as a whole is none of these. What is wrong with one service stands in its row.
pub fn read(bytes: &[u8]) -> Result<Vec<Row>, Fault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes).map_err(|_| Fault::NotJson)?;
    let rows = match value {
        Value::Array(rows) => rows,
        Value::Object(mut page) if page.contains_key("contents") => match page.remove("contents") {
            Some(Value::Array(rows)) => rows,
            _ => return Err(Fault::NoServices),
        },
        Value::Object(one) => vec![Value::Object(one)],
        _ => return Err(Fault::NoServices),
    };
    match rows.len() {
        0 => return Err(Fault::NoServices),
        n if n > MOST => return Err(Fault::TooMany),
        _ => {}
    }
    Ok(rows.into_iter().enumerate().map(|(n, value)| row(n + 1, value)).collect())
}

const STATUS: [&str; 4] = ["active", "inactive", "defunct", "temporarily closed"];

/// Arrays of a service, and what each object in them must have beside its id.
const PARTS: [(&str, &[&str]); 6] = [
    ("phones", &["number"]),
    ("schedules", &[]),
    ("service_areas", &[]),
    ("languages", &[]),
    ("required_documents", &[]),
    ("attributes", &["link_id", "link_entity"]),
];

fn row(number: usize, value: Value) -> Row {
    let name = value.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let places =
        ["service_at_locations", "locations", "location", "addresses"].iter().any(|k| value.get(k).is_some());
    let mut wrong = Vec::new();
    required(&value, "", &["name"], &mut wrong);
    match value.get("status") {
        None | Some(Value::Null) => wrong.push(("status".to_owned(), Why::Missing)),
        Some(Value::String(s)) if STATUS.contains(&s.as_str()) => {}
        Some(_) => wrong.push(("status".to_owned(), Why::NotOneOf)),
    }
    if let Some(organization) = value.get("organization").filter(|o| !o.is_null()) {
        required(organization, "organization.", &["name", "description"], &mut wrong);
    }
    for (list, must) in PARTS {
        for (n, part) in value.get(list).and_then(Value::as_array).into_iter().flatten().enumerate() {
            required(part, &format!("{list}[{n}]."), must, &mut wrong);
        }
    }
    let service = if wrong.is_empty() {
        // Whatever is of another kind than the standard says comes out here; the message names no value of the file.
        serde_json::from_value(value).map(Box::new).map_err(|_| vec![(String::new(), Why::NotSuch)])
    } else {
        Err(wrong)
    };
    Row { number, name, service, places }
}

/// An id that is a UUID, and texts that are there and not empty.
fn required(value: &Value, path: &str, texts: &[&str], wrong: &mut Vec<(String, Why)>) {
    let mut say = |field: &str, why| wrong.push((format!("{path}{field}"), why));
    match value.get("id") {
        None | Some(Value::Null) => say("id", Why::Missing),
        Some(id) if id.as_str().is_none_or(|id| id.parse::<Uuid>().is_err()) => say("id", Why::NotUuid),
        Some(_) => {}
    }
    for field in texts {
        match value.get(field) {
            None | Some(Value::Null) => say(field, Why::Missing),
            Some(Value::String(s)) if s.trim().is_empty() => say(field, Why::Missing),
            Some(Value::String(_)) => {}
            Some(_) => say(field, Why::NotSuch),
        }
    }
}
