//! The column `type`: one word or two, with the spellings that XLSForm has had over the years.

use crate::form::{Attachment, Kind, Meta};

/// What a row does to the tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum RowKind {
    /// A single item.
    Leaf(Kind),
    /// Opens a group or repeat.
    Begin(Kind),
    /// Closes one.
    End(Kind),
}

/// Reads a type; `parameters` is the column of that name. `Err` carries true if only the parameters
/// are wrong.
pub(super) fn parse(kind: &str, parameters: Option<&str>) -> Result<RowKind, bool> {
    let words: Vec<&str> = kind.split_whitespace().collect();
    let (head, rest) = match words.as_slice() {
        [a, b, rest @ ..] if matches!(*a, "begin" | "end") || (*a == "select") => (format!("{a}_{b}"), rest),
        [a, rest @ ..] => ((*a).to_owned(), rest),
        [] => return Err(false),
    };
    let list = match rest {
        [] => None,
        [list] => Some((*list).to_owned()),
        _ => return Err(false),
    };
    if let Some(list) = list {
        return match head.as_str() {
            "select_one" | "select1" => Ok(RowKind::Leaf(Kind::SelectOne { list })),
            "select_multiple" => Ok(RowKind::Leaf(Kind::SelectMultiple { list })),
            _ => Err(false),
        };
    }
    let meta = |fact| Ok(RowKind::Leaf(Kind::Meta { fact }));
    let media = |media| Ok(RowKind::Leaf(Kind::Attachment { media }));
    match head.as_str() {
        "begin_group" => Ok(RowKind::Begin(Kind::Group)),
        "begin_repeat" => Ok(RowKind::Begin(Kind::Repeat)),
        "end_group" => Ok(RowKind::End(Kind::Group)),
        "end_repeat" => Ok(RowKind::End(Kind::Repeat)),
        "text" | "string" => Ok(RowKind::Leaf(Kind::Text)),
        "integer" | "int" => Ok(RowKind::Leaf(Kind::Integer)),
        "decimal" => Ok(RowKind::Leaf(Kind::Decimal)),
        "date" => Ok(RowKind::Leaf(Kind::Date)),
        "time" => Ok(RowKind::Leaf(Kind::Time)),
        "dateTime" | "datetime" => Ok(RowKind::Leaf(Kind::DateTime)),
        "note" => Ok(RowKind::Leaf(Kind::Note)),
        "calculate" => Ok(RowKind::Leaf(Kind::Calculate)),
        "acknowledge" | "trigger" => Ok(RowKind::Leaf(Kind::Acknowledge)),
        "image" | "photo" => media(Attachment::Image),
        "audio" => media(Attachment::Audio),
        "video" => media(Attachment::Video),
        "file" => media(Attachment::File),
        "range" => range(parameters.unwrap_or_default()).map(RowKind::Leaf).ok_or(true),
        "start" => meta(Meta::Start),
        "end" => meta(Meta::End),
        "today" => meta(Meta::Today),
        "deviceid" => meta(Meta::DeviceId),
        "username" => meta(Meta::Username),
        _ => Err(false),
    }
}

/// `start=0 end=10 step=1`, each with that default.
fn range(parameters: &str) -> Option<Kind> {
    let (mut start, mut end, mut step) = (0.0, 10.0, 1.0);
    for pair in parameters.split([' ', ',', ';']).filter(|p| !p.is_empty()) {
        let (name, value) = pair.split_once('=')?;
        let value: f64 = value.parse().ok().filter(|v: &f64| v.is_finite())?;
        match name {
            "start" => start = value,
            "end" => end = value,
            "step" => step = value,
            _ => return None,
        }
    }
    (step > 0.0 && start <= end).then_some(Kind::Range { start, end, step })
}
